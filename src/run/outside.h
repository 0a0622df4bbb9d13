// SPDX-License-Identifier: MIT
/*
 * nacre's own process while a box lives: clone, id maps, then waiting.
 *
 *   signalfd   what others send to nacre goes to init; SIGCHLD: init's end
 *   pipe       from inside: a stop of the command, which nacre follows so that the shell sees it; the
 *              error of a set-up that failed
 *
 * When: after everything is prepared. Must not: touch the box's tree.
 */
#ifndef NACRE_RUN_OUTSIDE_H
#define NACRE_RUN_OUTSIDE_H

#include "enter/apply.h"

struct hold;

/* Runs the plan's box to its end. *ret_status is the command's exit status. hold: as its keeper (hold.h), or NULL. */
int outside_run(const struct plan *plan, const char *box_path, struct hold *hold, step_trace trace,
		int *ret_status, struct error *err);

/* The CLONE_NEW* of the plan's own namespaces. */
int outside_clone_flags(const struct plan *plan);

/* Says which namespaces could not be made, with errno. Returns -1. */
int outside_clone_failed(const struct plan *plan, struct error *err);

#endif
