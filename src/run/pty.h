// SPDX-License-Identifier: MIT
/*
 * A terminal of a member's own, as the command's (docs/decisions/0008-terminal.md): what the caller's terminal shows and types goes
 * through nacre (relay.h), and nothing in the box ever has the caller's.
 *
 *   prepare   outside: descriptors of the caller's terminal that are ours alone
 *   open      in the box: a pair of its own devpts, so that its name can be found there; else one of the host's
 *   close     the pair alone: one for each command
 */
#ifndef NACRE_RUN_PTY_H
#define NACRE_RUN_PTY_H

#include "plan/plan.h"

#include <errno.h>

struct pty {
	int in_fd,
		out_fd; /* the caller's terminal: input, output; they do not block, and nobody shares them */
	int dev_fd; /* the host's /dev, O_PATH */
	int master_fd; /* does not block */
	int slave_fd;
};

#define PTY_NONE ((struct pty){ -EBADF, -EBADF, -EBADF, -EBADF, -EBADF })
void pty_release(struct pty *p);

/* True when the command shall have one: the caller's input and output are both terminals. */
bool pty_wanted(void);

/* Before the namespaces are entered. What cannot be had here may be had later. */
void pty_prepare(struct pty *p);

/* In the box, whose root may be hostile: the pair, for the command's user. -1 with *err. */
int pty_open(struct pty *p, const struct plan *plan, struct error *err);
void pty_close(struct pty *p);

#endif
