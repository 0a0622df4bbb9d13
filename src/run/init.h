// SPDX-License-Identifier: MIT
/*
 * PID 1 of the box: reaps, passes signals on, tells stops, ends with the command or with nacre.
 *
 *   signalfd   SIGCHLD: reap; the command's end is our end. Others: to the command, when a process sent them (si_code ≤ 0);
 *              what the terminal sends reaches the command by itself
 *   pipe       has no reader when nacre is gone: so are we, and with us everything in the namespace
 *
 * Without a pid namespace it is a subreaper, and kills what is left of its descendants at the end.
 */
#ifndef NACRE_RUN_INIT_H
#define NACRE_RUN_INIT_H

#include "run/inside.h"

/* Tells the parent about a stopped command through tell_fd. */
_Noreturn void init_run(const struct inside *in, pid_t command);

/* Without a command: reaps and answers the keeper (hold.h) until that kills it, or is gone. */
_Noreturn void init_hold(const struct inside *in);

#endif
