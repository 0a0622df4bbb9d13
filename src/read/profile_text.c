// SPDX-License-Identifier: MIT
/*
 * Options as the text of a profile.
 *
 * What is written is what was given, value by value, and not what a plan has become: so nothing that the plan does not
 * keep can be lost. Only relative paths and "~" would mean something else elsewhere; `forms` knows where in the value of
 * which option they stand.
 */
#include "read/profile.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/text.h"
#include "plan/plan.h"
#include "read/options.h"
#include "read/take.h"
#include "read/value.h"

#include <string.h>

/* ---- lines ---- */

/* Fit to stand as it is, up to the end of a line. */
static bool is_bare(const char *value)
{
	size_t left = strlen(value);

	if (!left || *value == '"' || *value == ' ' || value[left - 1] == ' ')
		return false;
	while (left) {
		uint32_t code = 0;
		size_t n = utf8_decode(value, left, &code);

		if (!n || code_is_control(code))
			return false;
		value += n;
		left -= n;
	}
	return true;
}

static void add_line(const char *name, const char *const *values, struct text *out)
{
	text_add(out, name);
	for (int i = 0; i < 2 && values[i]; i++) {
		bool last = i == 1 || !values[1];

		text_add_char(out, ' ');
		if (last && is_bare(values[i]))
			text_add(out, values[i]);
		else
			quote_text(out, values[i]);
	}
	text_add_char(out, '\n');
}

void profile_write_line(const struct given *given, struct text *out)
{
	add_line(given->row->name, given->values, out);
}

/* ---- values with absolute paths ---- */

struct writer {
	struct arena arena;
	const struct plan *plan;
	bool in_profile; /* the option that is written stands in one */
	size_t layers; /* options --layer so far */
};

static const char *absolute(struct writer *w, const char *path)
{
	const char *meant = path_meant(&w->arena, w->plan, w->in_profile, path);

	return meant ? meant : path;
}

/* The path, absolute, with a backslash before each byte that means something there. */
static void add_path(struct writer *w, const char *path, const char *special, struct text *out)
{
	for (path = absolute(w, path); *path; path++) {
		if (*path == '\\' || strchr(special, *path))
			text_add_char(out, '\\');
		text_add_char(out, *path);
	}
}

static struct spec split(struct writer *w, const char *value, char separator)
{
	struct error ignored;
	struct spec spec;

	/* It was taken, so it can be cut. */
	(void)spec_split(&w->arena, value, separator, &spec, &ignored);
	return spec;
}

static void put_path(struct writer *w, const char *value, struct text *out)
{
	text_add(out, absolute(w, value));
}

/*
 * Whether a bare word is a directory or a saved layer is settled with the plan: before that, and for a saved layer, the word
 * stays.
 */
static void put_layer(struct writer *w, const char *value, struct text *out)
{
	const char *path = absolute(w, value);
	size_t i = w->layers++;
	struct error ignored;
	bool word = value_name(value, &ignored) == 0;
	bool settled = i < w->plan->layers.count && strcmp(w->plan->layers.items[i], path) == 0;

	text_add(out, word && !settled ? value : path);
}

/* DST[,WORD...] */
static void put_place(struct writer *w, const char *value, struct text *out)
{
	struct spec spec = split(w, value, ',');

	add_path(w, spec.v.items[0].text, ",", out);
	for (size_t i = 1; i < spec.v.count; i++)
		text_printf(out, ",%s", spec.v.items[i].raw);
}

static void put_bind(struct writer *w, const char *value, struct text *out)
{
	struct spec spec = split(w, value, ':');
	size_t words_at = bind_words_at(&w->arena, &spec);

	for (size_t i = 0; i < spec.v.count; i++) {
		if (i)
			text_add_char(out, ':');
		if (i < words_at)
			add_path(w, spec.v.items[i].text, ":", out);
		else
			text_add(out, spec.v.items[i].raw);
	}
}

static void put_mount(struct writer *w, const char *value, struct text *out)
{
	struct spec spec = split(w, value, ',');
	bool source = mount_source_is_path(&w->arena, &spec);

	for (size_t i = 0; i < spec.v.count; i++) {
		if (i)
			text_add_char(out, ',');
		if (i == 2 || (i == 1 && source))
			add_path(w, spec.v.items[i].text, ",", out);
		else
			text_add(out, spec.v.items[i].raw);
	}
}

static void put_overlay_word(struct writer *w, const struct spec_piece *piece, struct text *out)
{
	enum overlay_paths paths = overlay_word_paths(piece);
	struct spec dirs;

	if (paths == OVERLAY_NO_PATH) {
		text_add(out, piece->raw);
		return;
	}
	text_printf(out, "%s=", piece->key);
	if (paths == OVERLAY_ONE_PATH) {
		add_path(w, piece->value, ",", out);
		return;
	}
	dirs = split(w, piece->raw_value, ':');
	for (size_t i = 0; i < dirs.v.count; i++) {
		if (i)
			text_add_char(out, ':');
		add_path(w, dirs.v.items[i].text, ",:", out);
	}
}

static void put_overlay(struct writer *w, const char *value, struct text *out)
{
	struct spec spec = split(w, value, ',');

	add_path(w, spec.v.items[0].text, ",", out);
	for (size_t i = 1; i < spec.v.count; i++) {
		text_add_char(out, ',');
		put_overlay_word(w, &spec.v.items[i], out);
	}
}

/* DIR, or the directory and a word behind a colon; or nothing */
static void put_directory(struct writer *w, const char *value, struct text *out)
{
	struct spec spec = split(w, value, ':');

	add_path(w, spec.v.items[0].text, ":", out);
	if (spec.v.count > 1)
		text_printf(out, ":%s", spec.v.items[1].raw);
}

/* DST=TEXT */
static void put_file(struct writer *w, const char *value, struct text *out)
{
	size_t n = spec_span(value, '=');

	add_path(w, spec_unescape(&w->arena, value, n), "=", out);
	text_add(out, value + n);
}

/* Of options with paths: how each of their values is written. Others are written as they were typed. */
static const struct form {
	TAKER((*take));
	void (*put[2])(struct writer *w, const char *value, struct text *out);
} forms[] = {
	{ take_root, { put_path } },
	{ take_layer, { put_layer } },
	{ take_seed, { put_path } },
	{ take_no_seed, { put_path } },
	{ take_overlay, { put_overlay } },
	{ take_bind, { put_bind } },
	{ take_mount, { put_mount } },
	{ take_tmpfs, { put_place } },
	{ take_place, { put_path } },
	{ take_devpts, { put_place } },
	{ take_dir, { put_place } },
	{ take_symlink, { NULL, put_path } },
	{ take_file, { put_file } },
	{ take_file_from, { put_path, put_path } },
	{ take_hide, { put_path } },
	{ take_only, { put_path } },
	{ take_workdir, { put_path } },
	{ take_dev, { put_place } },
	{ take_symlink_from, { put_path, put_path } },
	{ take_root_from, { put_directory } },
	{ take_etc, { put_directory } },
	{ take_cgroup, { put_path } },
};

static const struct form *find_form(const struct option_row *row)
{
	static const struct form none = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(forms); i++)
		if (forms[i].take == row->take)
			return &forms[i];
	return &none;
}

/* Options with two names are written by the first: --volume is --bind. */
static const char *canonical_name(const struct option_row *row)
{
	for (const struct option_row *first = option_rows; first->name; first++)
		if (first->take == row->take && first->value == row->value && first->args &&
		    row->args && (first->verbs & row->verbs) && strcmp(first->args, row->args) == 0)
			return first->name;
	return row->name;
}

static void write_given(struct writer *w, const struct given *given, struct text *out)
{
	const struct form *form = find_form(given->row);
	_cleanup_text_ struct text first = { 0 }, second = { 0 };
	struct text *const values[2] = { &first, &second };
	const char *written[2] = { NULL, NULL };

	w->in_profile = given->file != NULL;
	for (int i = 0; i < 2 && given->values[i]; i++) {
		if (form->put[i])
			form->put[i](w, given->values[i], values[i]);
		written[i] = form->put[i] ? text_str(values[i]) : given->values[i];
	}
	add_line(canonical_name(given->row), written, out);
}

void profile_write(const struct plan *plan, struct text *out)
{
	struct writer w = { .plan = plan };

	for (size_t i = 0; i < plan->given.count; i++)
		if (profile_takes(plan->given.items[i].row))
			write_given(&w, &plan->given.items[i], out);
	arena_release(&w.arena);
}

/* ---- boxes and commands ---- */

bool profile_of_command(const struct option_row *row)
{
	return (row->verbs & VERB_EXEC) && profile_takes(row);
}

void profile_keep_box(const char *profile, struct text *out)
{
	for (size_t n; *profile; profile += n) {
		const struct option_row *row = option_find(~0U, profile, strcspn(profile, " \n"));

		n = strcspn(profile, "\n");
		n += profile[n] == '\n';
		if (row && !profile_of_command(row) && row->take != take_name)
			text_add_bytes(out, profile, n);
	}
}

/* ---- differences ---- */

struct lines {
	VECTOR(const char *) v;
	bool *met; /* has a like in the other text */
};

static void cut_lines(struct arena *arena, const char *text, struct lines *ret)
{
	for (size_t n; *text; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		*VECTOR_ADD(arena, &ret->v) = arena_strndup(arena, text, n);
	}
	ret->met = arena_alloc(arena, ret->v.count + 1);
}

/* Pairs equal lines off: each has one like at the most. True when the pairs stand in the same order. */
static bool pair(struct lines *a, struct lines *b)
{
	bool ordered = true;
	size_t next = 0;

	for (size_t i = 0; i < a->v.count; i++) {
		for (size_t k = 0; k < b->v.count; k++) {
			if (b->met[k] || strcmp(a->v.items[i], b->v.items[k]) != 0)
				continue;
			a->met[i] = b->met[k] = true;
			ordered = ordered && k >= next;
			next = k + 1;
			break;
		}
	}
	return ordered;
}

/* The lines without a like, or all. */
static size_t tell(const struct lines *lines, bool all, const char *sign, size_t told, size_t most,
		   struct text *out)
{
	for (size_t i = 0; i < lines->v.count; i++) {
		if (lines->met[i] && !all)
			continue;
		if (told++ < most)
			text_printf(out, "%s%s\n", sign, lines->v.items[i]);
	}
	return told;
}

/* The same lines in another order: those between what the texts begin and end with alike. */
static void trim(struct lines *a, struct lines *b)
{
	while (a->v.count && b->v.count &&
	       strcmp(a->v.items[a->v.count - 1], b->v.items[b->v.count - 1]) == 0)
		a->v.count--, b->v.count--;
	while (a->v.count && b->v.count && strcmp(a->v.items[0], b->v.items[0]) == 0) {
		a->v.items++, b->v.items++;
		a->v.count--, b->v.count--;
	}
}

size_t profile_differences(const char *before, const char *after, size_t most, struct text *out)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct lines a = { 0 }, b = { 0 };
	size_t told;
	bool moved;

	cut_lines(&arena, before, &a);
	cut_lines(&arena, after, &b);
	moved = !pair(&a, &b);
	told = tell(&a, false, "- ", 0, most, out);
	told = tell(&b, false, "+ ", told, most, out);
	if (!told && moved) {
		trim(&a, &b);
		told = tell(&a, true, "- ", 0, most, out);
		told = tell(&b, true, "+ ", told, most, out);
	}
	if (told > most)
		text_printf(out, "and %zu more\n", told - most);
	return told;
}
