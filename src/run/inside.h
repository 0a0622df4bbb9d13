// SPDX-License-Identifier: MIT
/*
 * The child of a run: from the clone to the end of the box.
 *
 *   1  maps its own id, or waits until the parent has written the maps
 *   2  control group, loopback, host name
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
	int ask_fd; /* of a box that is held: words of the keeper (hold.h) come here; else -1 */
	int cgroup_fd; /* cgroup.procs of the group to go into, or -1 */
	int proc_fd; /* a /proc with our children, where the box may have none, or we are in another pid namespace than they; else -1 */
	int parent_fds[6]; /* the parent's ends, which the child inherits and closes; or -1 */
	uid_t caller; /* the caller's uid in its own namespace */
	sigset_t mask; /* the caller's signal mask, for the command */
	bool terminal; /* the caller has a terminal */
	bool supervised; /* the command has an init for a parent */
	bool held; /* init has no command: others join */
	bool member; /* the command is that of one who joined, and dies with him */
	bool job; /* the command is a group of its own, whose terminal is stdin */
	bool foreground; /* a job: it begins with the terminal */
	step_trace trace;
};

/* What the child says. An error is whole, as a pipe takes it at once; all else is one byte. */
enum message_kind {
	MESSAGE_STOP = 's', /* the command has stopped */
	MESSAGE_ERROR = 'e',
	MESSAGE_END = 'x', /* the command has ended: loose.h */
	MESSAGE_READY = 'r', /* held: the box can be joined */
	MESSAGE_IDLE = 'i', /* held: init has no children */
	MESSAGE_BUSY = 'b', /* held: it was asked, and has some */
};

struct message {
	char kind;
	struct error err;
};

_Static_assert(sizeof(struct message) <= PIPE_BUF, "a message is written at once (pipe(7))");

_Noreturn void inside(const struct inside *given);

/* Steps 1 to 3. */
int inside_prepare(struct inside *in, struct error *err);

/* Steps 1 to 5 in the calling process, which is in its namespaces already. Returns only on failure, -1. */
int inside_here(struct inside *in, struct error *err);

#endif
