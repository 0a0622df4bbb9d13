// SPDX-License-Identifier: MIT
/*
 * The only home of advice: from what failed (call, errno, step) to why, evidence and one thing to do.
 *
 * Facts are gathered after the failure, in the caller's namespaces, so success costs nothing. The rows are tried
 * in order; the first whose call, errno and step kind match and whose probe says yes fills name, reason, facts and
 * fix. A row without a probe always says yes, so a general row stands after the particular ones. When no row
 * matches, the reason is the errno's text.
 *
 * To add a row: an entry in a table of src/explain/rows_*.c, its long text beside it, and a test that provokes it in
 * tests/cli/explain (tests/cli/explain/coverage fails when a row has none). nacre-errors(7) comes from the table.
 */
#ifndef NACRE_EXPLAIN_EXPLAIN_H
#define NACRE_EXPLAIN_EXPLAIN_H

#include "base/error.h"
#include "base/text.h"
#include "plan/plan.h"

#include <stdbool.h>

/* What a probe may look at and fill. */
struct case_file {
	struct error *err;
	const struct plan *plan; /* NULL when there is none */
	const struct step *step; /* the failing one, or NULL */
};

struct explanation {
	const char *name; /* stable: "overlay-work-elsewhere" */
	const char *title; /* the cause in one clause: "upper and work are on different file systems" */
	const char *fix; /* one thing to do; a probe may set a better one with error_set_fix() */
	const char *text; /* two to ten lines for `nacre explain` and nacre-errors(7) */
	uint64_t calls; /* bit 1 << CALL_…; 0 = never by itself (named at the origin) */
	uint32_t kinds; /* bit 1 << STEP_…; 0 = any or none */
	int errnos[6]; /* 0-terminated; empty = any */
	bool (*probe)(struct case_file *c); /* may add facts and set a reason; NULL = yes */
};

/* Fills name, reason, facts and fix. An error that has a name already gets what it lacks from that row. */
void explain_error(struct error *err, const struct plan *plan);

/* By name; NULL when there is none. */
const struct explanation *explanation_find(const char *name);

/* Row i of all tables, NULL past the end. */
const struct explanation *explanation_at(size_t i);

/* The message as users see it (design: "nacre: …", step, facts, fix, name). colour is never used. plan may be NULL. */
void error_format(const struct error *err, const struct plan *plan, struct text *out);

/* {"error":{…}} */
void error_format_json(const struct error *err, const struct plan *plan, struct text *out);

/* nacre-errors(7) as scdoc. */
void explain_scdoc(struct text *out);

#endif
