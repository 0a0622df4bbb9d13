// SPDX-License-Identifier: MIT
/* Takers of the verbs on changes. */
#include "read/take.h"

#include "base/error.h"
#include "base/path.h"
#include "read/value.h"

#include <string.h>

TAKER(take_ask)
{
	struct ask *ask = &plan->ask;
	bool *const switches[] = {
		[ASK_ALL] = &ask->all,
		[ASK_PORCELAIN] = &ask->porcelain,
		[ASK_NAME_ONLY] = &ask->name_only,
		[ASK_NUL] = &ask->nul,
		[ASK_EXIT_CODE] = &ask->exit_code,
		[ASK_REMOVE] = &ask->remove,
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

TAKER(take_grace)
{
	(void)row, (void)origin;
	return value_seconds(values[0], &plan->ask.grace_ms, err);
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

TAKER(take_output_file)
{
	bool standard = strcmp(values[0], "-") == 0;

	(void)row, (void)origin;
	plan->ask.output = standard ? "-" : take_path(plan, values[0], "the file to write", err);
	return plan->ask.output ? 0 : -1;
}

TAKER(take_pack_plain)
{
	(void)row, (void)origin;
	plan->ask.plain = take_path(plan, values[0], "the directory to pack", err);
	return plan->ask.plain ? 0 : -1;
}
