// SPDX-License-Identifier: MIT
/*
 * Help for people and the synopsis of the man page, from the tables.
 *
 * Help fits 80 columns: names on the left, one sentence on the right, which moves to a line of its
 * own where the name is too long for the left.
 */
#include "read/help.h"

#include "read/options.h"

#include <ctype.h>
#include <string.h>

enum {
	WIDTH = 80,
	OPTION_COLUMN = 34, /* where the sentences of options start */
	VERB_COLUMN = 12,
};

static const char *const group_titles[] = {
	[GROUP_BASE] = "Base and writes", [GROUP_FILES] = "Files, in the order given",
	[GROUP_IDENTITY] = "Identity",	  [GROUP_NAMESPACES] = "Namespaces",
	[GROUP_DESKTOP] = "Desktop",	  [GROUP_COMMAND] = "Command",
	[GROUP_CHANGES] = "Changes",	  [GROUP_LAYERS] = "Layers",
	[GROUP_OUTPUT] = "Output",
};
_Static_assert(sizeof(group_titles) / sizeof(group_titles[0]) == GROUP_COUNT,
	       "each group has a title");

static void add_spaces(struct text *out, size_t n)
{
	while (n--)
		text_add_char(out, ' ');
}

/* A sentence from `column` on, broken at spaces; `at` is the column that the line has reached. */
static void add_wrapped(struct text *out, const char *sentence, size_t at, size_t column)
{
	if (at + 2 > column) {
		text_add_char(out, '\n');
		at = 0;
	}
	add_spaces(out, column - at);
	at = column;
	while (*sentence) {
		size_t n = strcspn(sentence, " ");

		if (at > column && at + 1 + n > WIDTH) {
			text_add_char(out, '\n');
			add_spaces(out, column);
			at = column;
		} else if (at > column) {
			text_add_char(out, ' ');
			at++;
		}
		text_add_bytes(out, sentence, n);
		at += n;
		sentence += n + (sentence[n] == ' ');
	}
	text_add_char(out, '\n');
}

static void add_option(struct text *out, const struct option_row *row)
{
	size_t start = out->len;

	if (row->letter)
		text_printf(out, "  -%c, --%s", row->letter, row->name);
	else
		text_printf(out, "      --%s", row->name);
	if (row->args && *row->args == '[')
		text_printf(out, "[=%s", row->args + 1);
	else if (row->args)
		text_printf(out, " %s", row->args);
	add_wrapped(out, row->help, out->len - start, OPTION_COLUMN);
}

/* Row of the group that the verb takes, from `row` on; NULL when there is no more. */
static const struct option_row *next_option(const struct option_row *row, unsigned verb,
					    enum option_group group)
{
	for (; row->name; row++)
		if ((row->verbs & verb) && row->group == group)
			return row;
	return NULL;
}

void help_verb(const struct verb_row *verb, struct text *out)
{
	text_printf(out, "nacre %s %s\n", verb->name, verb->synopsis);
	add_wrapped(out, verb->help, 0, 4);
	text_add_char(out, '\n');
	for (const char *const *example = verb->examples; example && *example; example++) {
		size_t n = strcspn(*example, "\n");

		text_printf(out, "  %.*s\n", (int)n, *example);
		if ((*example)[n])
			add_wrapped(out, *example + n + 1, 0, 6);
	}
	for (int group = 0; group < GROUP_COUNT; group++) {
		const struct option_row *row = next_option(option_rows, verb->verb,
							   (enum option_group)group);

		if (row)
			text_printf(out, "\n%s:\n", group_titles[group]);
		for (; row; row = next_option(row + 1, verb->verb, (enum option_group)group))
			add_option(out, row);
	}
}

void help_all(const struct verb_row *verbs, struct text *out)
{
	text_add(out, "nacre VERB [OPTIONS] [NAME] [--] [COMMAND [ARG...]]\n\n");
	for (; verbs->name; verbs++) {
		size_t start = out->len;

		text_printf(out, "  %s", verbs->name);
		add_wrapped(out, verbs->help, out->len - start, VERB_COLUMN);
	}
	text_add(out, "\n\"nacre VERB -h\" shows the options of a verb.\n");
}

/* scdoc(5): bytes that mean something to it somewhere; an escape is allowed everywhere. */
static void add_scdoc(struct text *out, char c)
{
	if (strchr("\\*_[]|#<>~", c))
		text_add_char(out, '\\');
	text_add_char(out, c);
}

/*
 * Words in capitals stand for what the user writes: underlined. The rest of args is written as it
 * is.
 */
static void add_scdoc_args(struct text *out, const char *args)
{
	while (*args) {
		size_t n = 0;

		while (isupper((unsigned char)args[n]))
			n++;
		if (n)
			text_printf(out, "_%.*s_", (int)n, args);
		else
			add_scdoc(out, args[n++]);
		args += n;
	}
}

static void add_scdoc_option(struct text *out, const struct option_row *row)
{
	text_add(out, "++\n");
	if (row->letter)
		text_printf(out, "*-%c*, ", row->letter);
	text_printf(out, "*--%s*", row->name);
	if (row->args) {
		text_add_char(out, ' ');
		add_scdoc_args(out, row->args);
	}
}

void help_scdoc_synopsis(const struct verb_row *verb, struct text *out)
{
	text_printf(out, "*nacre %s* ", verb->name);
	add_scdoc_args(out, verb->synopsis);
	text_add_char(out, '\n');
	for (int group = 0; group < GROUP_COUNT; group++) {
		const struct option_row *row = next_option(option_rows, verb->verb,
							   (enum option_group)group);

		if (!row)
			continue;
		text_printf(out, "\n%s:", group_titles[group]);
		for (; row; row = next_option(row + 1, verb->verb, (enum option_group)group))
			add_scdoc_option(out, row);
		text_add_char(out, '\n');
	}
}
