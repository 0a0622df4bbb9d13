// SPDX-License-Identifier: MIT
/*
 * The reader of profiles: lines to options (read/profile.h has the form).
 *
 * It knows no option by name but the one that it is called by: what a line may hold follows from the table.
 */
#include "read/profile.h"

#include "base/error.h"
#include "base/path.h"
#include "base/text.h"
#include "plan/plan.h"
#include "read/options.h"
#include "read/take.h"
#include "read/underline.h"

#include <string.h>

static const char blanks[] = " \t\r";
static const char include_word[] = "include";

/* A profile while it is read. */
struct reading {
	struct plan *plan;
	unsigned verbs; /* whose options it holds */
	struct profile_file file;
	bool in_memory; /* nothing can be included */
	size_t *left; /* bytes that may still be read */
	struct error *err;
};

/* A line, cut. */
struct line {
	const char *text; /* whole, without the blanks around it */
	const char *words[3]; /* the name, and the values as meant */
	int count;
};

unsigned profile_verbs(void)
{
	return option_find(~0U, "profile", 7)->verbs;
}

bool profile_takes(const struct option_row *row)
{
	return (row->verbs & profile_verbs()) && row->take != take_profile &&
	       row->take != take_recreate && row->group != GROUP_OUTPUT &&
	       row->group != GROUP_CHANGES;
}

/* ---- where an error is ---- */

/* Adds file and line, the line with its words first to last marked, and who includes it. Returns -1. */
static int show(struct reading *r, const struct line *line, int first, int last)
{
	const struct command_line words = { NULL, line->count, (char *const *)line->words, NULL };
	const struct profile_file *file = &r->file;

	error_fact(r->err, "from %s, line %u", Q(file->path), file->line);
	underline(&words, first, last, r->err);
	while ((file = file->from))
		error_fact(r->err, "included by %s, line %u", Q(file->path), file->line);
	return -1;
}

/* The line itself is wrong. */
static int bad_line(struct reading *r, const char *text, const char *message, const char *fix)
{
	const struct line whole = { .text = text, .words = { text }, .count = 1 };

	(void)fail(r->err, ERROR_SPEC, 0, "%s", message);
	error_explain(r->err, "profile-line", NULL, fix);
	return show(r, &whole, 0, 0);
}

/* ---- words ---- */

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 'a' ^ 'A';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One escape behind a backslash; returns how many bytes it has, 0 when it is none. */
static size_t unescape(const char *s, char *ret)
{
	int high, low;

	if (*s == '\\' || *s == '"') {
		*ret = *s;
		return 1;
	}
	if (*s != 'x')
		return 0;
	high = hex_digit(s[1]);
	low = high < 0 ? -1 : hex_digit(s[2]);
	*ret = (char)(high * 16 + low);
	return low < 0 || !*ret ? 0 : 3;
}

/* The value in double quotes at *at, which is left behind them; NULL when they do not close, or hold a wrong escape. */
static const char *take_quoted(struct arena *arena, const char **at)
{
	const char *from = *at + 1;
	char *value = arena_alloc(arena, strlen(from) + 1), *to = value;

	while (*from && *from != '"') {
		size_t n = 1;

		if (*from == '\\')
			n = unescape(++from, to++);
		else
			*to++ = *from;
		if (!n)
			return NULL;
		from += n;
	}
	if (!*from)
		return NULL;
	*at = from + 1;
	return value;
}

/* The next value: in quotes, or up to a blank, or as the last one up to the end. NULL for a wrong one. */
static const char *take_value(struct arena *arena, const char **at, bool last)
{
	size_t n = strcspn(*at, last ? "" : blanks);
	const char *value;

	if (**at == '"') {
		value = take_quoted(arena, at);
		if (value && **at && !strchr(blanks, **at))
			value = NULL;
	} else {
		value = arena_strndup(arena, *at, n);
		*at += n;
	}
	*at += strspn(*at, blanks);
	return value;
}

/* The values of an option that takes so many. */
static int cut_values(struct reading *r, struct line *line, const char *rest, int want)
{
	while (*rest && line->count <= want) {
		const char *value = take_value(&r->plan->arena, &rest, line->count == want);

		if (!value || (*rest && line->count == want))
			return bad_line(r, line->text, "a value in quotes is not well formed",
					"close the quotes at the end of the value; in them, write "
					"\\\" \\\\ and \\xNN");
		line->words[line->count++] = value;
	}
	return 0;
}

/* ---- options ---- */

static int no_option(struct reading *r, const struct line *line, const char *fix)
{
	(void)fail(r->err, ERROR_USAGE, 0, "unknown option %s", Q(line->words[0]));
	error_explain(r->err, "usage-unknown-option", NULL, fix);
	return -1;
}

/* What may have been meant by the name. */
static int unknown(struct reading *r, const struct line *line)
{
	const char *name = line->words[0], *bare = name + strspn(name, "-");
	size_t n = strcspn(bare, "=");
	const struct option_row *row = option_find(r->verbs, bare, n);
	const char *near = n > 1 ? option_nearest(r->verbs, bare) : NULL;

	(void)no_option(r, line, "nacre run -h lists the options");
	if (row && bare[n])
		error_set_fix(r->err, "write it with a blank: %s VALUE", row->name);
	else if (row)
		error_set_fix(r->err, "write it without dashes: %s", row->name);
	else if (option_find(profile_verbs(), bare, n))
		error_set_fix(r->err, "nacre %s does not take it", option_verb(r->verbs));
	else if (near)
		error_set_fix(r->err, "did you mean %s?", near);
	return show(r, line, 0, 0);
}

static int take_option(struct reading *r, const struct option_row *row, struct line *line,
		       const char *rest)
{
	struct plan *plan = r->plan;
	const char *origin = arena_printf(&plan->arena, "%s, line %u: %s", r->file.path,
					  r->file.line, line->text);
	int want = option_words(row);
	struct given given = { .row = row, .file = r->file.path, .line = r->file.line };

	if (*rest && !row->args) {
		(void)fail(r->err, ERROR_USAGE, 0, "%s takes no value", row->name);
		error_explain(r->err, "usage-unexpected-value", NULL, "leave it out");
		return show(r, line, 0, 0);
	}
	if (cut_values(r, line, rest, row->args && !want ? 1 : want) < 0)
		return -1;
	if (line->count - 1 < want) {
		(void)fail(r->err, ERROR_USAGE, 0, "%s needs %s", row->name, row->args);
		error_explain(r->err, "usage-missing-value", NULL, "write it behind a blank");
		return show(r, line, 0, 0);
	}
	memcpy(given.values, line->words + 1, sizeof(given.values));
	if (row->take(plan, row, given.values, origin, r->err) < 0)
		return show(r, line, 0, line->count - 1);
	(void)VECTOR_PUSH(&plan->arena, &plan->given, given);
	return 0;
}

static int read_lines(struct reading *r, const char *bytes, size_t n);

static int include(struct reading *r, struct line *line, const char *rest)
{
	struct reading inner = *r;
	_cleanup_text_ struct text text = { 0 };

	if (r->in_memory)
		return bad_line(r, line->text, "include is for files", NULL);
	if (cut_values(r, line, rest, 1) < 0)
		return -1;
	if (line->count < 2)
		return bad_line(r, line->text, "include needs the name of a profile", NULL);
	if (profile_load(r->plan, line->words[1], &r->file, r->left, &inner.file, &text, r->err) < 0)
		return show(r, line, 1, 1);
	return read_lines(&inner, text_str(&text), text.len);
}

/* One line, with neither blanks around it nor NULs in it. */
static int read_line(struct reading *r, const char *text)
{
	size_t n = strcspn(text, blanks);
	struct line line = { .text = text,
			     .words = { arena_strndup(&r->plan->arena, text, n) },
			     .count = 1 };
	const char *rest = text + n + strspn(text + n, blanks);
	const struct option_row *row = option_find(r->verbs, line.words[0], n);

	if (strcmp(line.words[0], include_word) == 0)
		return include(r, &line, rest);
	if (!row)
		return unknown(r, &line);
	if (row->take == take_profile)
		return bad_line(r, text, "a profile in a profile is included",
				"write include instead of profile");
	if (!profile_takes(row))
		return bad_line(r, text, "this option is about one call, and not for profiles",
				"give it on the command line");
	return take_option(r, row, &line, rest);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static int read_lines(struct reading *r, const char *bytes, size_t n)
{
	for (size_t at = 0, len; at < n; at += len + 1) {
		const char *line = bytes + at, *end = memchr(line, '\n', n - at), *text;

		len = end ? (size_t)(end - line) : n - at;
		end = line + len;
		r->file.line++;
		while (line < end && is_blank(*line))
			line++;
		while (line < end && is_blank(end[-1]))
			end--;
		if (line == end || *line == '#')
			continue;
		text = arena_memdup(&r->plan->arena, line, (size_t)(end - line));
		if (memchr(line, '\0', (size_t)(end - line)))
			return bad_line(r, text, "there is a NUL byte in the line",
					"a profile is text: is this the right file?");
		if (read_line(r, text) < 0)
			return -1;
	}
	return 0;
}

int profile_read(struct plan *plan, unsigned verbs, const char *word, const char **ret_path,
		 struct error *err)
{
	size_t left = PROFILE_BYTES_MAX;
	struct reading r = { .plan = plan, .verbs = verbs, .left = &left, .err = err };
	_cleanup_text_ struct text text = { 0 };

	if (profile_load(plan, word, NULL, &left, &r.file, &text, err) < 0)
		return -1;
	if (ret_path)
		*ret_path = r.file.path;
	plan->in_profile = true;
	if (read_lines(&r, text_str(&text), text.len) < 0)
		return -1;
	plan->in_profile = false;
	return 0;
}

int profile_read_text(struct plan *plan, unsigned verbs, const char *name, const char *bytes,
		      size_t n, struct error *err)
{
	struct reading r = {
		.plan = plan,
		.verbs = verbs,
		.file = { .path = arena_strdup(&plan->arena, name) },
		.in_memory = true,
		.err = err,
	};

	plan->in_profile = true;
	if (read_lines(&r, bytes, n) < 0)
		return -1;
	plan->in_profile = false;
	settle_identity(plan);
	return 0;
}

TAKER(take_profile)
{
	(void)row, (void)origin;
	return profile_read(plan, plan->verb, values[0], NULL, err);
}
