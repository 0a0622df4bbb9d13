// SPDX-License-Identifier: MIT
/*
 * The order of a run.
 *
 *   prepare   ids, the base as steps, contradictions       reads the host, touches nothing
 *   start     box directory and locks, clone, id maps
 *   inside    steps, pivot, privileges, command            in the child: inside.h, init.h
 *   supervise signals, stops, the end                      outside.h
 *   finish    work directories, changes or none
 *
 * Everything that can fail for textual reasons fails in prepare.
 */
#ifndef NACRE_RUN_RUN_H
#define NACRE_RUN_RUN_H

#include "enter/apply.h"
#include "plan/plan.h"
#include "run/box.h"

/* What came of a run. */
struct run_result {
	int status; /* exit status: the command's, 128+n after signal n */
	const char *name; /* of the box, or NULL when it had none */
	struct box_result box;
	bool state_fallback; /* the box had to be kept in /dev/shm */
};

/* Completes the plan: maps, steps, notes. Fills box->state_dir. */
int run_prepare(struct plan *plan, struct box *box, struct error *err);

struct hold;

/* Runs a prepared plan to its end, with hold as the keeper of a box that others join. trace may be NULL. */
int run_plan(struct plan *plan, struct box *box, struct hold *hold, step_trace trace,
	     struct run_result *ret, struct error *err);

#endif
