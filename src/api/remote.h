// SPDX-License-Identifier: MIT
/*
 * Changes for a process that is not the plan's own: the list is in a process beside it, which may enter the ids of the box, and answers
 * until the handle is released or the caller is gone. The functions are those of nacre.h, of a handle that is `remote`.
 */
#ifndef NACRE_API_REMOTE_H
#define NACRE_API_REMOTE_H

#include "nacre.h"

int remote_open(const struct nacre_plan *plan, const char *const *words, struct nacre_changes **ret,
		struct nacre_error *error);
void remote_close(struct nacre_changes *ch);

uint64_t remote_count(struct nacre_changes *ch);
void remote_get(struct nacre_changes *ch, size_t index, struct nacre_change *ret);
void remote_pick(struct nacre_changes *ch, size_t index, bool picked);
char *remote_status(struct nacre_changes *ch, bool colour, size_t *ret_len);
int remote_diff(struct nacre_changes *ch, bool colour, bool terminal, nacre_sink sink, void *arg,
		struct nacre_error *error);
char *remote_stat(struct nacre_changes *ch, bool colour, size_t width, struct nacre_error *error);
char *remote_patch(struct nacre_changes *ch, size_t index, bool colour, struct nacre_error *error);
int remote_commit(struct nacre_changes *ch, const struct nacre_commit_options *options,
		  struct nacre_commit_result *result, struct nacre_error *error);
int remote_discard(struct nacre_changes *ch, struct nacre_commit_result *result,
		   struct nacre_error *error);
int remote_hunks(struct nacre_changes *ch, size_t index, size_t *ret_count,
		 struct nacre_error *error);
char *remote_hunk(struct nacre_changes *ch, size_t index, size_t hunk, bool colour,
		  struct nacre_error *error);
int remote_pick_hunks(struct nacre_changes *ch, size_t index, const bool *picked,
		      struct nacre_error *error);

#endif
