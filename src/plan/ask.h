// SPDX-License-Identifier: MIT
/* What a verb other than run was asked: filled from the option table like the rest of the plan, and no part of a run. */
#ifndef NACRE_PLAN_ASK_H
#define NACRE_PLAN_ASK_H

#include <stdbool.h>
#include <stdint.h>

enum ask_colour { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

/* try: what to do with the changes without asking. */
enum ask_answer { ANSWER_ASK, ANSWER_APPLY, ANSWER_KEEP, ANSWER_DISCARD };

struct ask {
	bool all; /* whole directories entry by entry, caches too */
	bool porcelain, nul; /* for line tools; -z: names end with NUL */
	bool name_only, stat, exit_code;
	bool json; /* try: of the list that follows the run */
	bool force; /* conflicts notwithstanding */
	bool list, purge; /* undo: what could be taken back; give that up */
	bool remove; /* layers: the named ones go */
	bool no_pager;
	enum ask_colour colour;
	enum ask_answer answer;
	const char *relative; /* diff: paths below this directory, relative to it; absolute */
	const char *into; /* commit --layer: the layer that takes the changes: a directory, or the name of a saved one */
	const char *from; /* commit --from: a box's directory; absolute */
	uint32_t grace_ms; /* stop: from SIGTERM to SIGKILL */
	const char *output; /* export: the file, absolute, or "-" */
	const char *plain; /* export: the directory of the merged view */
};

#endif
