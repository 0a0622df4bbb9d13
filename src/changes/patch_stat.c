// SPDX-License-Identifier: MIT
/*
 * The lines of --stat, in git's proportions: NAME | COUNT GRAPH.
 *
 * Names and graphs get what they want when that fits. Otherwise the graph gets at most three eighths of the width less its
 * count, the name the rest, and what the name does not use goes back to the graph. A graph that is too long is scaled so that no
 * change becomes nothing. All of this is found in show_stats() of git, and compared with it by a test.
 */
#include "changes/patch_stat.h"

#include "base/cleanup.h"
#include "base/text.h"
#include "changes/quote.h"

#include <stdio.h>
#include <string.h>

enum {
	FRAME = 6, /* " ", " | ", " " and a spare column */
	GRAPH_MIN = 6,
	NAME_MIN = 10,
	BINARY_WORD = 4, /* "Bin " stands where the counts do */
	BINARY_REST = 14, /* of "Bin 10 -> 20 bytes" without the numbers */
};

struct layout {
	size_t name, number, graph; /* columns */
	uint64_t most; /* the largest change */
};

static size_t decimal_width(uint64_t n)
{
	size_t width = 1;

	while (n /= 10)
		width++;
	return width;
}

/* The bytes that two names share at the beginning, up to a slash. */
static size_t common_prefix(const char *a, const char *b)
{
	size_t shared = 0;

	for (size_t i = 0; a[i] && a[i] == b[i]; i++)
		if (a[i] == '/')
			shared = i + 1;
	return shared;
}

/* The same at the end, from a slash on; it may share that slash with the prefix. */
static size_t common_suffix(const char *a, const char *b, size_t prefix)
{
	size_t a_size = strlen(a), b_size = strlen(b), shared = 0;
	size_t least = prefix ? prefix - 1 : 0;

	for (size_t i = 1; i + least <= a_size && i + least <= b_size; i++) {
		if (a[a_size - i] != b[b_size - i])
			break;
		if (a[a_size - i] == '/')
			shared = i;
	}
	return shared;
}

/* "dir/{old => new}/file", or "old => new" where they share nothing or are quoted. */
static void add_renamed(struct text *out, const char *from, const char *to)
{
	_cleanup_text_ struct text a = { 0 }, b = { 0 };
	size_t prefix, suffix, from_size = strlen(from), to_size = strlen(to);

	quote_git(&a, from);
	quote_git(&b, to);
	prefix = common_prefix(from, to);
	suffix = common_suffix(from, to, prefix);
	if (a.len != from_size || b.len != to_size || prefix + suffix == 0) {
		text_printf(out, "%s => %s", text_str(&a), text_str(&b));
		return;
	}
	text_add_bytes(out, from, prefix);
	text_add_char(out, '{');
	if (from_size > prefix + suffix)
		text_add_bytes(out, from + prefix, from_size - prefix - suffix);
	text_add(out, " => ");
	if (to_size > prefix + suffix)
		text_add_bytes(out, to + prefix, to_size - prefix - suffix);
	text_add_char(out, '}');
	text_add_bytes(out, from + from_size - suffix, suffix);
}

/* As it stands in the line: ASCII, so that bytes are columns. */
static void add_name(struct text *out, const struct patch_stat *s)
{
	if (s->from)
		add_renamed(out, s->from, s->path);
	else
		quote_git(out, s->path);
}

static size_t name_width(const struct patch_stat *s)
{
	_cleanup_text_ struct text name = { 0 };

	add_name(&name, s);
	return name.len;
}

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* What names, counts and graphs want. Returns the columns of the widest "Bin …". */
static size_t measure(const struct patch_stat *v, size_t count, struct layout *ret)
{
	size_t binary = 0;

	*ret = (struct layout){ 0 };
	for (size_t i = 0; i < count; i++) {
		ret->name = larger(ret->name, name_width(&v[i]));
		if (v[i].binary) {
			binary = larger(binary, BINARY_REST + decimal_width(v[i].added) +
							decimal_width(v[i].removed));
			ret->number = 3; /* "Bin" */
		} else {
			ret->most = larger(ret->most, v[i].added + v[i].removed);
		}
	}
	ret->number = larger(ret->number, decimal_width(ret->most));
	return binary;
}

static struct layout lay_out(const struct patch_stat *v, size_t count, size_t width)
{
	struct layout l;
	size_t binary = measure(v, count, &l), share;

	width = larger(width, NAME_MIN + GRAPH_MIN + FRAME + l.number);
	l.graph = l.most + BINARY_WORD > binary ? l.most : binary - BINARY_WORD;
	if (l.name + l.number + FRAME + l.graph <= width)
		return l;
	share = width * 3 / 8 > l.number + FRAME ? width * 3 / 8 - l.number - FRAME : 0;
	if (l.graph > share)
		l.graph = larger(share, GRAPH_MIN);
	if (l.name > width - l.number - FRAME - l.graph)
		l.name = width - l.number - FRAME - l.graph;
	else
		l.graph = width - l.number - FRAME - l.name;
	return l;
}

/* At least one column for what is not nothing. */
static uint64_t scale(uint64_t n, const struct layout *l)
{
	return n ? 1 + n * (l->graph - 1) / l->most : 0;
}

static void add_coloured(struct text *out, bool colour, const char *begin, const char *piece)
{
	if (!*piece)
		return;
	text_printf(out, "%s%s%s", colour ? begin : "", piece, colour ? "\033[m" : "");
}

static void add_signs(struct text *out, bool colour, char sign, uint64_t n)
{
	_cleanup_text_ struct text signs = { 0 };

	while (n--)
		text_add_char(&signs, sign);
	add_coloured(out, colour, sign == '+' ? "\033[32m" : "\033[31m", text_str(&signs));
}

static void add_graph(struct text *out, const struct patch_stat *s, const struct layout *l,
		      bool colour)
{
	uint64_t added = s->added, removed = s->removed, total;

	if (l->graph <= l->most) {
		total = scale(added + removed, l);
		if (total < 2 && added && removed)
			total = 2;
		/* The smaller one is scaled, so that it does not vanish. */
		if (added < removed) {
			added = scale(added, l);
			removed = total - added;
		} else {
			removed = scale(removed, l);
			added = total - removed;
		}
	}
	if (s->added + s->removed)
		text_add_char(out, ' ');
	add_signs(out, colour, '+', added);
	add_signs(out, colour, '-', removed);
}

static void add_size(struct text *out, bool colour, const char *begin, uint64_t size)
{
	char digits[24];

	(void)snprintf(digits, sizeof(digits), "%llu", (unsigned long long)size);
	add_coloured(out, colour, begin, digits);
}

static void add_binary(struct text *out, const struct patch_stat *s, const struct layout *l,
		       bool colour)
{
	text_printf(out, "%*s", (int)l->number, "Bin");
	if (!s->added && !s->removed)
		return;
	text_add_char(out, ' ');
	add_size(out, colour, "\033[31m", s->removed);
	text_add(out, " -> ");
	add_size(out, colour, "\033[32m", s->added);
	text_add(out, " bytes");
}

/* A name that is too long loses its beginning, if it can up to a slash. */
static void add_fitted_name(struct text *out, const struct patch_stat *s, const struct layout *l)
{
	_cleanup_text_ struct text name = { 0 };
	const char *shown;
	size_t width = l->name;

	add_name(&name, s);
	shown = text_str(&name);
	if (name.len > width) {
		const char *slash;

		text_add(out, "...");
		width -= 3;
		shown += name.len - width;
		slash = strchr(shown, '/');
		shown = slash ? slash : shown;
	}
	text_printf(out, "%-*s", (int)width, shown);
}

static void add_sum(struct text *out, const struct patch_stat *v, size_t count)
{
	uint64_t added = 0, removed = 0;

	for (size_t i = 0; i < count; i++) {
		if (v[i].binary)
			continue;
		added += v[i].added;
		removed += v[i].removed;
	}
	text_printf(out, " %zu file%s changed", count, count == 1 ? "" : "s");
	if (count && (added || !removed))
		text_printf(out, ", %llu insertion%s(+)", (unsigned long long)added,
			    added == 1 ? "" : "s");
	if (count && (removed || !added))
		text_printf(out, ", %llu deletion%s(-)", (unsigned long long)removed,
			    removed == 1 ? "" : "s");
	text_add_char(out, '\n');
}

void patch_stat_lines(const struct patch_stat *v, size_t count, size_t width, bool colour,
		      struct text *out)
{
	struct layout l = lay_out(v, count, width);

	for (size_t i = 0; i < count; i++) {
		text_add_char(out, ' ');
		add_fitted_name(out, &v[i], &l);
		text_add(out, " | ");
		if (v[i].binary) {
			add_binary(out, &v[i], &l, colour);
		} else {
			unsigned long long total = v[i].added + v[i].removed;

			text_printf(out, "%*llu", (int)l.number, total);
			add_graph(out, &v[i], &l, colour);
		}
		text_add_char(out, '\n');
	}
	add_sum(out, v, count);
}
