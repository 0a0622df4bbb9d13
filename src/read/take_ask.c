// SPDX-License-Identifier: MIT
/* Takers of the verbs on changes. */
#include "read/take.h"

#include "read/value.h"

TAKER(take_ask)
{
	struct ask *ask = &plan->ask;
	bool *const switches[] = {
		[ASK_ALL] = &ask->all,
		[ASK_PORCELAIN] = &ask->porcelain,
		[ASK_NAME_ONLY] = &ask->name_only,
		[ASK_NUL] = &ask->nul,
		[ASK_EXIT_CODE] = &ask->exit_code,
		[ASK_STAT] = &ask->stat,
		[ASK_NO_PAGER] = &ask->no_pager,
		[ASK_FORCE] = &ask->force,
		[ASK_LIST] = &ask->list,
		[ASK_PURGE] = &ask->purge,
	};

	(void)values, (void)origin, (void)err;
	*switches[row->value] = true;
	return 0;
}

TAKER(take_answer)
{
	(void)values, (void)origin, (void)err;
	plan->ask.answer = (enum ask_answer)row->value;
	return 0;
}

TAKER(take_from)
{
	(void)row, (void)origin;
	plan->ask.from = take_path(plan, values[0], "the directory of a box", err);
	return plan->ask.from ? 0 : -1;
}

TAKER(take_relative)
{
	(void)row, (void)origin;
	plan->ask.relative = take_path(plan, values[0], "the directory", err);
	return plan->ask.relative ? 0 : -1;
}

TAKER(take_colour)
{
	static const struct keyword words[] = {
		{ "auto", COLOUR_AUTO, NULL },
		{ "always", COLOUR_ALWAYS, NULL },
		{ "never", COLOUR_NEVER, NULL },
		{ 0 },
	};
	uint64_t value;

	(void)row, (void)origin;
	if (value_word(values[0], words, "when to use colours", &value, err))
		return -1;
	plan->ask.colour = (enum ask_colour)value;
	return 0;
}
