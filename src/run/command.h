// SPDX-License-Identifier: MIT
/*
 * Starting the command, as a child of init, with clone(VM|VFORK): init sleeps until the command has been executed or has
 * failed, so the failure comes back as a plain value in shared memory.
 *
 * Order in the child: second user namespace if needed → a group of its own if it is a job → working directory → privileges →
 * descriptors → signals → execve, the name looked up in PATH of the box.
 */
#ifndef NACRE_RUN_COMMAND_H
#define NACRE_RUN_COMMAND_H

#include "run/inside.h"

/* The command's pid, or -1 with *err (kind ERROR_COMMAND with status 126 or 127 when it could not be executed). */
pid_t command_start(const struct inside *in, struct error *err);

/* The child's part, in whatever process it is called. Returns only on failure, -1. */
typedef int command_body(const struct inside *in, char *const *env, struct error *err);
command_body command_become;

/* The child by vfork(2), and its failure. */
pid_t command_fork(command_body *become, const struct inside *in, char *const *env,
		   struct error *err);

/* The calling process is killed when its parent ends: "cannot tie WHAT to TO". */
int command_tie(const char *what, const char *to, struct error *err);

#endif
