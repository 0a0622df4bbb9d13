// SPDX-License-Identifier: MIT
/* Hiding: paths covered by nothing, by name or pattern; the home directory hidden except some directories. */
#ifndef NACRE_ENTER_HIDE_H
#define NACRE_ENTER_HIDE_H

#include "enter/site.h"

/*
 * Covers every path that step->dst matches with an empty read-only directory or file. Components with * ? [ match names as
 * glob(7) does, a leading dot only explicitly. No match is no error: there is nothing to hide.
 */
int hide_path(struct site *site, const struct step *step, struct error *err);

/* Covers the home with an empty tmpfs and puts back the directories of all STEP_ONLY; done at the first of them. */
int hide_home(struct site *site, size_t index, struct error *err);

#endif
