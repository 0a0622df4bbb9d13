// SPDX-License-Identifier: MIT
/* Between doctor.c, which runs and shows, and doctor_probes.c, which asks. */
#ifndef NACRE_EXPLAIN_DOCTOR_PROBES_H
#define NACRE_EXPLAIN_DOCTOR_PROBES_H

#include "base/error.h"
#include "explain/doctor.h"

#include <stdbool.h>

struct doctor {
	struct arena *arena;
	const char *state_dir;
	struct findings *findings;
	bool userns; /* a box can be entered: what needs one is worth asking */
	bool overlay;
};

/* All probes in the order of the report, ended by NULL. A later one may rely on what an earlier one
 * found. */
extern void (*const doctor_probes[])(struct doctor *d);

/* Adds a finding; its text is formatted into the arena. fix and explain may be NULL. */
void doctor_add(struct doctor *d, const char *name, enum finding_state state, const char *fix,
		const char *explain, const char *format, ...) __attribute__((format(printf, 6, 7)));

/* Adds a finding from a failed call: its explanation gives reason, fix and name. */
void doctor_add_error(struct doctor *d, const char *name, enum finding_state state,
		      const char *what, const struct error *err);

enum { TRIAL_ANSWERS = 8 };

/* Tries something in the child; answer[i] starts as -1 and becomes 0 (works) or an errno. */
typedef void trial_fn(const void *arg, int answer[TRIAL_ANSWERS]);

/* Runs fn in a process of its own that is gone afterwards, at the latest after some seconds. False
 * when it never answered; the answers are then -1. */
bool trial_run(trial_fn *fn, const void *arg, int answer[TRIAL_ANSWERS]);

#endif
