// SPDX-License-Identifier: MIT
/*
 * The options that a box keeps: those that it was made with, as a profile in its directory. `nacre enter NAME` needs no others
 * afterwards, and others are refused: a box that is not what its words say would be taken for something else. What is about the
 * command alone (profile_of_command()) may differ each time, and comes behind the box's own.
 */
#ifndef NACRE_API_BOX_OPTIONS_H
#define NACRE_API_BOX_OPTIONS_H

#include "plan/plan.h"

struct error;

/* What one call gave. */
struct box_options {
	bool taken;
	const char *all; /* as a profile */
	const char *box; /* of that, what is about the box; "" when nothing */
	VECTOR(struct given) own; /* about the command */
};

/* Notes what the plan was given, once; it may start over afterwards. Lives in its arena. */
void box_options_note(struct plan *plan, struct box_options *given);

/* -1 with *err when something is given about the box, and other than what it keeps. */
int box_options_check(const struct plan *plan, const struct box_options *given, const char *kept,
		      struct error *err);

/* What the box plan->name keeps, in one of the stores; NULL when nothing, or when plan->recreate. */
const char *box_options_kept(struct plan *plan);

/*
 * Before the plan is prepared: what the box keeps, unless NULL, becomes the plan's options; what was given about the command comes
 * behind, but for a plan that is held, whose keeper gives its own to all. plan->options is what the box is to keep. -1 with *err as above; for nacre run, others just count.
 */
int box_options_settle(struct plan *plan, const struct box_options *given, const char *kept,
		       struct error *err);

/* Takes what was given about the command once more, behind the options that the plan has by now. */
int box_options_again(struct plan *plan, const struct box_options *given, struct error *err);

#endif
