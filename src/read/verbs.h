// SPDX-License-Identifier: MIT
/*
 * The verbs as rows of the grammar: help and completion read them here; the functions behind them are in src/verbs/.
 *
 * To add a verb: a row in read/verbs.c, a function and a row in verbs/verbs.c, a page man/nacre-VERB.1.scd, cases in
 * tests/cli/VERB.
 */
#ifndef NACRE_READ_VERBS_H
#define NACRE_READ_VERBS_H

#include "read/help.h"

/* Ends with a NULL name. */
extern const struct verb_row verb_rows[];

#endif
