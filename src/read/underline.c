// SPDX-License-Identifier: MIT
/*
 * A command line shown again with the guilty word underlined.
 *
 * The line is built whole, quoted, with the mark as two byte offsets in it; then the part around
 * the mark is cut out. A column is a code point: wide and combining characters shift the mark,
 * which is harmless.
 */
#include "read/underline.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/path.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>

enum {
	LINE_MAX_BYTES = 200, /* err->facts holds two of them and the dots */
	BEFORE_MARK = 60, /* bytes of a cut line that stay in front of the mark */
};

struct mark {
	size_t from, to; /* bytes of the line */
};

static bool continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* The last place of object in s, or NULL: a value stands behind the name of its option. */
static const char *last_place(const char *s, const char *object)
{
	const char *found = NULL;

	for (const char *at = s; *object && (at = strstr(at, object)); at++)
		found = at;
	return found;
}

/* Narrows the mark to the object, where the word is shown as it was typed. */
static void narrow(struct mark *mark, size_t start, const char *word, const char *shown,
		   const char *object)
{
	const char *at = strcmp(word, shown) == 0 ? last_place(shown, object) : NULL;

	if (at) {
		mark->from = start + (size_t)(at - shown);
		mark->to = mark->from + strlen(object);
	}
}

static struct mark build(const struct command_line *line, int first, int last, const char *object,
			 struct arena *arena, struct text *out)
{
	struct mark whole = { 0, 0 }, part = { 0, 0 };

	if (line->program)
		text_add(out, line->program);
	else if (line->verb)
		text_printf(out, "nacre %s", line->verb);
	for (int i = 0; i < line->argc; i++) {
		const char *shown = quote_path(arena, line->argv[i]);
		const char *blank = out->len ? " " : "";
		size_t start = out->len + strlen(blank);

		text_printf(out, "%s%s", blank, shown);
		if (i < first || i > last)
			continue;
		if (i == first)
			whole.from = start;
		whole.to = out->len;
		narrow(&part, start, line->argv[i], shown, object);
	}
	return part.to ? part : whole;
}

/* The part of the line that is shown, on code point borders, around the mark. */
static struct mark window(const struct text *line, struct mark mark)
{
	struct mark shown = { 0, line->len };

	if (line->len <= LINE_MAX_BYTES)
		return shown;
	if (mark.from > BEFORE_MARK)
		shown.from = mark.from - BEFORE_MARK;
	if (shown.from > line->len - LINE_MAX_BYTES)
		shown.from = line->len - LINE_MAX_BYTES;
	shown.to = shown.from + LINE_MAX_BYTES;
	while (continuation(line->data[shown.from]))
		shown.from++;
	while (shown.to < line->len && continuation(line->data[shown.to]))
		shown.to--;
	return shown;
}

static void add_columns(struct text *out, const char *bytes, size_t n, char column)
{
	for (size_t i = 0; i < n; i++)
		if (!continuation(bytes[i]))
			text_add_char(out, column);
}

void underline(const struct command_line *line, int first, int last, struct error *err)
{
	_cleanup_text_ struct text whole = { 0 }, below = { 0 };
	struct arena arena = { 0 };
	struct mark mark = build(line, first, last, err->object, &arena, &whole);
	struct mark shown = window(&whole, mark);
	const char *before = shown.from ? "..." : "", *after = shown.to < whole.len ? "..." : "";

	if (mark.to > shown.to)
		mark.to = shown.to;
	add_columns(&below, before, strlen(before), ' ');
	add_columns(&below, whole.data + shown.from, mark.from - shown.from, ' ');
	add_columns(&below, whole.data + mark.from, mark.to - mark.from, '^');
	error_fact(err, "%s%.*s%s", before, (int)(shown.to - shown.from), whole.data + shown.from,
		   after);
	error_fact(err, "%s", text_str(&below));
	arena_release(&arena);
}
