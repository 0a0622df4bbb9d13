// SPDX-License-Identifier: MIT
/* The record of a box: versioned text that says what its uppers belong to. See docs/box-format.md. */
#ifndef NACRE_RUN_RECORD_H
#define NACRE_RUN_RECORD_H

#include "plan/plan.h"

/* What an earlier run left in the record of a box that is used again. */
struct record_past {
	bool found;
	long long created; /* seconds since 1970 */
	const char *base; /* "/" or the root directory */
	bool is_volatile; /* an upper was written without syncs */
	bool same_boot; /* the machine has not been restarted since */
	bool torn; /* it was restarted after an unsynced run: the uppers may be incomplete for ever */
};

/* Reads dir_fd/record; strings live in the arena. A missing or foreign record is not found; nothing fails. */
void record_read(struct arena *arena, int dir_fd, struct record_past *ret);

/* The whole record of a plan. name is the box's. past may be NULL. */
void record_format(const struct plan *plan, const char *name, const struct record_past *past,
		   struct text *out);

/* Writes it as dir_fd/record, by a temporary name and a rename. -1 with errno. */
int record_write(int dir_fd, const struct plan *plan, const char *name,
		 const struct record_past *past);

#endif
