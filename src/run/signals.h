// SPDX-License-Identifier: MIT
/* The signals that nacre and init pass on to the command, and its stops and its end as a shell shall see them. */
#ifndef NACRE_RUN_SIGNALS_H
#define NACRE_RUN_SIGNALS_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

/* Those that are passed on. */
void signals_forwarded(sigset_t *set);

/* Blocks these, SIGCHLD and SIGTSTP, and makes them readable: a signalfd with those flags, or -1. The mask from before is the command's. */
int signals_open(int flags, sigset_t *ret_mask);

/* Sends a stop signal to a process or group that we are (in), as kill(2) takes it. True when we were stopped, and go on again. */
bool signals_stop(pid_t target, int signal);

/* The command has stopped: so do we, and then let it go on. A stop signal to an orphaned group does nothing, as it should. */
void signals_follow_stop(pid_t child);

/* The exit status that stands for a status of wait(2): 128 + n for signal n. */
int signals_status(int wait_status);

#endif
