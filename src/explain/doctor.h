// SPDX-License-Identifier: MIT
/* What works on this machine, what does not, why, and how to mend it: every probe, without a failure. */
#ifndef NACRE_EXPLAIN_DOCTOR_H
#define NACRE_EXPLAIN_DOCTOR_H

#include "base/arena.h"
#include "base/text.h"

enum finding_state { FINDING_OK, FINDING_WARN, FINDING_FAIL };

struct finding {
	const char *name; /* stable: "user-namespaces" */
	enum finding_state state;
	const char *text; /* "user namespaces work", "no subordinate ids for tester" */
	const char *fix; /* or NULL */
	const char *explain; /* name of an explanation, or NULL */
};

struct findings {
	VECTOR(struct finding) v;
};

/* Runs all of them in child processes where they change anything; leaves nothing behind. state_dir is where boxes
 * would be kept (may not exist yet). */
void doctor_run(struct arena *arena, const char *state_dir, struct findings *ret);

/* FAIL when any failed, else WARN when any warned, else OK. */
enum finding_state doctor_worst(const struct findings *f);

void doctor_text(const struct findings *f, struct text *out);
void doctor_json(const struct findings *f, struct text *out);

#endif
