// SPDX-License-Identifier: MIT
/*
 * The verbs as rows: help and completion read them here, main picks the function in verbs.h.
 *
 * To add a verb: a row in table.c, a function and a row in verbs.c, a page man/nacre-VERB.1.scd, cases in tests/cli/VERB.
 */
#ifndef NACRE_VERBS_TABLE_H
#define NACRE_VERBS_TABLE_H

#include "read/help.h"

/* Ends with a NULL name. */
extern const struct verb_row verb_rows[];

#endif
