// SPDX-License-Identifier: MIT
/* What a run has to say in the record of its box (state/record.h, docs/box-format.md). */
#ifndef NACRE_RUN_RECORD_H
#define NACRE_RUN_RECORD_H

#include "plan/plan.h"
#include "state/record.h"

/* So many runs a record names: the first, since when the box is there, and the last ones. */
enum { RECORD_RUNS_MAX = 1000 };

/*
 * The whole record of a plan whose run began at `started`. name is the box's. past is the record of the runs before it, or
 * NULL: what it tells of the box's life is carried over.
 */
void record_format(const struct plan *plan, const char *name, struct timespec started,
		   const struct record *past, struct text *out);

#endif
