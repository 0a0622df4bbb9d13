// SPDX-License-Identifier: MIT
/* What the verbs on boxes share below nacre.h: a box as it is looked at, and how it is shown. */
#ifndef NACRE_API_BOXES_H
#define NACRE_API_BOXES_H

#include "base/json.h"
#include "base/measure.h"
#include "base/text.h"
#include "run/look.h"
#include "state/record.h"
#include "state/store.h"

struct error;

/* A box with what is in it. */
struct box_view {
	const struct store_box *box;
	const struct record *record; /* NULL when it cannot be read */
	const struct look *look; /* at its life */
	bool killed; /* its run did not end by itself */
	uint64_t changes; /* as a run counts them when it ends */
	struct tree_size size; /* of all uppers */
	const struct tree_size *upper_sizes; /* of each overlay of the record */
	uint64_t held; /* bytes that undo keeps for it */
};

struct box_views {
	VECTOR(struct box_view) v;
};

/* What the boxes hold is of ids of others, or of modes without a right: into a user namespace where that is no obstacle. */
int boxes_enter(struct arena *arena, const struct record *const *records, size_t count,
		struct error *err);

/* ---- boxes_show.c ---- */

/* A table without the space that a terminal of `width` columns does not have; 0: nothing is cut. */
void boxes_table(const struct box_views *views, unsigned width, struct text *out);
void boxes_json(const struct box_views *views, struct text *out);

/* One box at length. */
void box_text(const struct box_view *view, struct text *out);
void box_json(const struct box_view *view, struct text *out);

/* What begins a line about a box, and a time in it. */
void box_label(struct text *out, const char *label);
void box_moment(struct text *out, int64_t seconds);

/* ---- boxes_life.c: of one that lives ---- */

/* Cells of the table. */
void life_processes_cell(const struct look *look, struct text *out);
void life_members_cell(const struct look *look, struct text *out);

void life_text(const struct look *look, struct text *out);

/* The member "life"; `processes`: with each of them. */
void life_json(struct json *j, const struct look *look, bool processes);

#endif
