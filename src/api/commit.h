// SPDX-License-Identifier: MIT
/* What commits of both kinds share: into the base, and into a layer. */
#ifndef NACRE_API_COMMIT_H
#define NACRE_API_COMMIT_H

#include "api/changes.h"
#include "changes/commit.h"

struct beside_answer;
struct nacre_commit_options;
struct nacre_commit_result;

/* The box for ourselves, for as long as the descriptor is open; and as it was when its changes were listed. -1 with *err. */
int commit_lock_box(const struct nacre_changes *ch, struct error *err);

/* The store, with nothing left unfinished in it. -1 with *err. */
int commit_open_store(const char *path, struct error *err);

/* A line for each note: WORD, the path as the user would type it, why. */
void commit_add_notes(const struct nacre_changes *ch, const char *word,
		      const struct commit_notes *notes, struct text *out);

/* Fills the result in. Returns NACRE_CONFLICTS. */
int commit_report_conflicts(const struct nacre_changes *ch, const struct commit_notes *conflicts,
			    struct nacre_commit_result *result);

/* What came of it, as an answer, which takes its strings; and back, into the caller's. */
void commit_tell(const struct nacre_commit_result *result, struct beside_answer *ret);
int commit_told(const struct beside_answer *answer, struct nacre_commit_result *ret);

/* nacre_changes_commit() with options->layer: merge.c. */
int commit_to_layer(struct nacre_changes *ch, const struct nacre_commit_options *options,
		    struct nacre_commit_result *result, struct error *err);

#endif
