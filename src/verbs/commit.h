// SPDX-License-Identifier: MIT
/* A commit as verbs do it: with a line of progress, and a report on stderr. */
#ifndef NACRE_VERBS_COMMIT_H
#define NACRE_VERBS_COMMIT_H

#include "nacre.h"

enum { STATUS_CONFLICTS = 1 };

/* Applies what is meant and says what came of it. NACRE_CONFLICTS and errors as nacre_changes_commit(). */
int commit_changes(struct nacre_changes *changes, const struct nacre_output *output,
		   struct nacre_error *error);

/* Says what came of a commit. */
void commit_report(const struct nacre_commit_result *result, int answer,
		   const struct nacre_output *output);

#endif
