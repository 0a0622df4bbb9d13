// SPDX-License-Identifier: MIT
/*
 * The child of a run: from the clone to the end of the box.
 *
 *   1  maps its own id, or waits until the parent has written the maps
 *   2  loopback, host name
 *   3  steps, pivot                                  the old root is gone from here on
 *   4  not dumpable: /proc/1 tells the box nothing
 *   5  the command, in a child of its own            command.h
 *   6  init                                          init.h
 *
 * Errors of 1 to 5 go whole through the pipe. Must not: print, return.
 */
#ifndef NACRE_RUN_INSIDE_H
#define NACRE_RUN_INSIDE_H

#include "base/error.h"
#include "enter/apply.h"

#include <limits.h>
#include <signal.h>

struct inside {
	const struct plan *plan;
	int tell_fd; /* to the parent: a pipe for struct message, without a reader once the parent is gone */
	int maps_fd; /* a byte comes when the parent has written the maps; -1 when it need not */
	const char *box_path; /* the box's directory, or NULL */
	int parent_fds[3]; /* the parent's ends, which the child inherits and closes; or -1 */
	uid_t caller; /* the caller's uid in its own namespace */
	sigset_t mask; /* the caller's signal mask, for the command */
	bool terminal; /* the caller has a terminal */
	bool supervised; /* the command has an init for a parent */
	step_trace trace;
};

/* What the child says. A stop is the first byte alone; an error is whole, as a pipe takes it at once. */
enum message_kind { MESSAGE_STOP = 's', MESSAGE_ERROR = 'e' };

struct message {
	char kind;
	struct error err;
};

_Static_assert(sizeof(struct message) <= PIPE_BUF, "a message is written at once (pipe(7))");

_Noreturn void inside(const struct inside *in);

/* Steps 1 to 5 in the calling process, which is in its namespaces already. Returns only on failure, -1. */
int inside_here(const struct inside *in, struct error *err);

#endif
