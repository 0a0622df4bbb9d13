// SPDX-License-Identifier: MIT
/* Running what the words of a verb say; run and try share it. */
#ifndef NACRE_VERBS_RUN_H
#define NACRE_VERBS_RUN_H

#include "nacre.h"

/*
 * Reads argv, prepares and runs. True when the command ran: *ret_status is its status and *result the caller's. False when it
 * came to no run, because help or the plan was asked for or something failed, which is said: *ret_status is the answer.
 */
bool run_words(struct nacre_plan *plan, int argc, char **argv, struct nacre_result *result,
	       struct nacre_error *error, int *ret_status);

/* What comes before a prepared plan is carried out: warnings and notes. False: it was only to be shown, and *ret_status is the answer. */
bool run_announce(struct nacre_plan *plan, int *ret_status);

#endif
