// SPDX-License-Identifier: MIT
/*
 * The ways of a program that nacre stands in for, where they differ from ours: what becomes of the box when nacre ends, who is
 * told about it, what it waits for. plan->life; NULL is our way, and costs nothing.
 *
 * With a life:
 *   - the box is not bound to nacre: it goes on until its last process ends, unless die_with_parent says otherwise
 *   - signals are not passed on, and descriptors above 2 are the command's as they were the caller's
 *   - plan->caps_add is the whole of the command's capabilities, unless caps_kept
 *   - the working directory: plan->workdir, else the caller's own, else $HOME, else "/"; PWD is set to it
 *
 * Descriptors are -1 when they are not given. They are closed by execve, but for sync_fd in a box without an init.
 */
#ifndef NACRE_PLAN_LIFE_H
#define NACRE_PLAN_LIFE_H

#include "base/arena.h"

#include <stdbool.h>

/* Instructions of classic BPF, as seccomp(2) takes them. */
struct filter {
	const void *code;
	size_t len; /* bytes, a multiple of 8 */
	int fd; /* where they came from, for an error */
};

struct life {
	bool die_with_parent; /* nacre ends with who started it, and the box with nacre */
	bool new_session;
	bool as_pid_1; /* the command itself: nobody reaps */
	bool caps_kept; /* the command has the caller's capabilities */
	bool disable_userns; /* the command can make no user namespace */
	bool assert_userns; /* fail unless that is so */
	const char *argv0; /* or NULL */
	int info_fd; /* is told the pid and the namespaces */
	int status_fd; /* the same, and how it ended */
	int block_fd; /* a byte from here lets the command begin */
	int maps_block_fd; /* somebody else writes the maps of ids; a byte from here says that they are there */
	int sync_fd; /* held open as long as the box is there */
	int userns_fd, pidns_fd; /* namespaces to be in */
	int userns2_fd; /* user namespace to go to when all is set up */
	VECTOR(const char *) locks; /* files of the box, locked for reading as long as it is there */
	VECTOR(struct filter) filters; /* loaded in order, last of all */
};

#endif
