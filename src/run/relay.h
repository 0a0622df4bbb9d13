// SPDX-License-Identifier: MIT
/*
 * The caller's side of a terminal of a member's own (docs/decisions/0008-terminal.md): bytes both ways, size, modes, and the stops of a job.
 *
 *   foreground   the caller's terminal is raw, what is typed goes to the command's, whose line discipline makes signals of it
 *   background   the caller's terminal is left alone, and the command is in the background of its own: when it wants to read, it stops,
 *                and so do we
 *   stopped      all is shown, the modes are the caller's again; going on, we are in the foreground or in the background
 *   hung up      the caller's terminal is gone: so is the command's
 *
 * When: in the box, not dumpable. Must not: wait for one direction while the other could go on.
 */
#ifndef NACRE_RUN_RELAY_H
#define NACRE_RUN_RELAY_H

#include "run/inside.h"
#include "run/pty.h"

/*
 * Starts the command with the pair as its terminal and serves it until it ends; what is in the terminal then is still shown. signal_fd is
 * that of signals_open(). *ret_status is of wait(2). -1 with *err: it was not started.
 */
int relay_run(struct inside *in, struct pty *pty, int signal_fd, int *ret_status, struct error *err);

#endif
