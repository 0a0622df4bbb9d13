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
 * Errors of 1 to 5 go whole over the socket. Must not: print, return.
 */
#ifndef NACRE_RUN_INSIDE_H
#define NACRE_RUN_INSIDE_H

#include "enter/apply.h"

#include <signal.h>

struct inside {
	const struct plan *plan;
	int stop_fd; /* an eventfd: counts the command's stops */
	int socket_fd; /* to the parent: errors out; one byte in when the maps are there; its end = the parent's */
	const char *box_path; /* the box's directory, or NULL */
	int parent_fds[2]; /* the parent's ends, which the child inherits and closes */
	uid_t caller; /* the caller's uid in its own namespace */
	sigset_t mask; /* the caller's signal mask, for the command */
	bool terminal; /* the caller has a terminal */
	bool supervised; /* the command has an init for a parent */
	step_trace trace;
};

_Noreturn void inside(const struct inside *in);

/* Steps 1 to 5 in the calling process, which is in its namespaces already. Returns only on failure, -1. */
int inside_here(const struct inside *in, struct error *err);

#endif
