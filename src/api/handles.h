// SPDX-License-Identifier: MIT
/* What is behind the opaque handles of nacre.h, for the files of this folder. */
#ifndef NACRE_API_HANDLES_H
#define NACRE_API_HANDLES_H

#include "api/box_options.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "plan/plan.h"
#include "run/box.h"

struct nacre_plan {
	struct plan *plan;
	struct box box;
	struct box_options given;
	bool prepared;
	bool beyond_words; /* one of its steps is said by no option: no box can keep it */
};

/* Not by malloc(3): a start that needs no heap saves the calls and page faults that set one up. */
struct nacre_error {
	struct arena arena;
	struct error value;
};

/* box_options_note() for a plan as it was read. A layer by a word alone is settled before: it is a name, or a directory here. */
int handles_note_options(struct nacre_plan *plan, struct error *err);

/* Options, whose first member is their size, as this library knows them, into ret. -1 with *err: they have more, or less than that. */
int handles_take(void *ret, size_t known, const void *given, struct error *err);

/* Before anything is done: a struct to be filled has a size. -1 with *err. */
int handles_check(const void *ret, struct error *err);

/* A struct as this library knows it, into the caller's, of whatever size that is; what only the caller knows becomes zero. */
void handles_fill(void *ret, const void *value, size_t known);

/* The text as the caller's string; releases it. */
char *handles_give(struct text *text);

#endif
