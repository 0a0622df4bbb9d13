// SPDX-License-Identifier: MIT
/*
 * The leader of the session that a terminal of a member's own is for: a process between nacre and the command, in the box. With it the
 * command's group has a parent in its own session, so that it can be stopped from the terminal: the group of a session's leader never
 * is (setpgid(2), orphaned process groups).
 *
 *   reports   to the relay: the command's wait status whenever it stops or ends; or an error, when it could not be started
 *   obeys     signals, and who has the terminal's foreground
 *   ends      with the command, or as soon as the relay is gone, and the command with it
 *
 * Must not: be dumpable, have the caller's terminal or the master of its own.
 */
#ifndef NACRE_RUN_MONITOR_H
#define NACRE_RUN_MONITOR_H

#include "run/inside.h"

/* A word of the relay. */
enum monitor_kind {
	MONITOR_FOREGROUND = 'f', /* the command goes on, with the terminal */
	MONITOR_BACKGROUND = 'b', /* the command goes on without */
	MONITOR_SIGNAL = 's', /* for the command */
	MONITOR_SIGNAL_GROUP = 'g', /* for its whole group, as from a terminal */
};

struct monitor_word {
	char kind;
	unsigned char signal;
};

/* A report: a wait status, or a whole error; told apart by their sizes. */
union monitor_report {
	int wait_status;
	struct error err;
};

/* In a child of the box's init. The terminal is stdin; channel_fd a socket of packets. */
_Noreturn void monitor_run(const struct inside *in, int slave_fd, int channel_fd);

#endif
