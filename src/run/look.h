// SPDX-License-Identifier: MIT
/*
 * Looking at boxes that live, without becoming a member and without waiting for anybody (docs/decisions/0005-living-boxes.md):
 *
 *   ask         all keepers at once; who has not answered after LOOK_MS is left alone
 *   processes   those in the pid namespace that a keeper answered with, found in the caller's own /proc
 *
 * When: before the caller enters another user namespace, as he has lost the rights over his boxes then.
 */
#ifndef NACRE_RUN_LOOK_H
#define NACRE_RUN_LOOK_H

#include "base/arena.h"
#include "state/record.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

enum { LOOK_MS = 1000 };

/* A process in a box. */
struct look_process {
	pid_t pid, inside; /* by the caller's /proc; by the box's */
	char command[160]; /* its words, or its name in brackets. Any bytes */
	int fd; /* for those who look: its directory in /proc */
};

struct look {
	const char *path; /* of the box's directory */
	const struct record *record; /* or NULL */
	/* What is seen. */
	bool living; /* it has a keeper */
	pid_t keeper; /* 0: the caller's pid namespace has him not */
	bool told; /* the keeper has answered: what follows is known */
	uint32_t members;
	int64_t since;
	pid_t init; /* 0 as above */
	bool counted; /* processes were looked for */
	bool partial; /* there may be more */
	VECTOR(struct look_process) processes; /* but for init, and for those that have ended */
	/* For those who look. */
	int fd, pid_namespace;
	size_t depth; /* of the namespace below that of /proc, which is 1; 0 when unknown */
	bool init_met;
};

/* A look at the box at path (not running: NULL, nobody is asked); to be released. */
void look_init(struct look *look, const char *path, const struct record *record);
void look_release(struct look *look);

/* Fills in all but the processes. */
void look_ask(struct look *looks, size_t count);

/* Until there is something to read; false when LOOK_MS have passed since then (CLOCK_MONOTONIC). */
bool look_wait(int fd, const struct timespec *begin);

/* Finds the processes; `commands` tells whether what they run is wanted. Nothing of a box is waited for. */
void look_processes(struct arena *arena, struct look *looks, size_t count, bool commands);

#endif
