// SPDX-License-Identifier: MIT
/* Walking the list beside both sides of each change. */
#include "changes/diff.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/text.h"
#include "changes/show.h"
#include "changes/sides.h"

#include <errno.h>
#include <string.h>

/* True for a directory with something in it: the list has that right behind. */
static bool holds_something(const struct changes *c, size_t index)
{
	const struct change *change = &c->v[index], *next = change + 1;
	const struct change_dir *dir;

	if (index + 1 == c->count || !(next->flags & CHANGE_INSIDE))
		return false;
	dir = &c->dirs[next->dir];
	return dir->parent == change->dir &&
	       strcmp(c->names + dir->name, change_name(c, change)) == 0;
}

/* Directories come and go with what they hold. */
static bool is_wanted(const struct changes *c, size_t index)
{
	const struct change *change = &c->v[index];

	if (!(change->flags & CHANGE_PICKED) || (change->flags & CHANGE_SOURCE))
		return false;
	return change->kind == CHANGE_TYPE || !holds_something(c, index);
}

static int add_rename(struct sides *s, const struct change *change, const char *label,
		      const char *dir, const struct patch_options *options, struct text *out,
		      struct error *err)
{
	_cleanup_text_ struct text from = { 0 };
	const struct change *source = &s->c->v[change->from];
	struct sides old_sides = sides_begin(s->c);
	struct side_pair old, now;
	const char *from_label;
	int answer = -1;

	change_path(s->c, source, &from);
	from_label = patch_label(text_str(&from), dir);
	if (sides_look(s, change, &now, err) == 0 && sides_look(&old_sides, source, &old, err) == 0)
		answer = from_label ? patch_rename(from_label, &old.old, label, &now.now, options,
						   out, err)
				    : patch_object(label, NULL, &now.now, options, out, err);
	sides_release(&old_sides);
	return answer;
}

static int add_patch(struct sides *s, const struct change *change, const char *dir,
		     const struct patch_options *options, struct text *out, struct error *err)
{
	_cleanup_text_ struct text path = { 0 };
	const char *label;
	struct side_pair pair;

	change_path(s->c, change, &path);
	label = patch_label(text_str(&path), dir);
	if (!label)
		return 0;
	if (change->kind == CHANGE_RENAMED)
		return add_rename(s, change, label, dir, options, out, err);
	if (sides_look(s, change, &pair, err) < 0)
		return -1;
	return patch_object(*label ? label : ".", pair.has_old ? &pair.old : NULL,
			    pair.has_now ? &pair.now : NULL, options, out, err);
}

/*
 * Which change comes as the i-th: what stands in the place of a directory behind what was in that, as it must be empty first;
 * everything else as it is listed. *replaced is such a change while its directory's entries are gone through.
 */
static size_t in_order(const struct changes *c, size_t i, size_t *replaced)
{
	bool last = i + 1 == c->count || !(c->v[i + 1].flags & CHANGE_INSIDE);

	if (c->v[i].kind == CHANGE_TYPE && S_ISDIR(c->v[i].old_mode))
		*replaced = i;
	if (*replaced == NO_CHANGE)
		return i;
	if (!last)
		return i + 1;
	i = *replaced;
	*replaced = NO_CHANGE;
	return i;
}

int diff_patch(const struct changes *c, const char *dir, const struct patch_options *options,
	       diff_sink sink, void *arg, struct error *err)
{
	_cleanup_(sides_release) struct sides s = sides_begin(c);
	_cleanup_text_ struct text text = { 0 };
	size_t replaced = NO_CHANGE;

	for (size_t i = 0; i < c->count; i++) {
		size_t at = in_order(c, i, &replaced);

		if (!is_wanted(c, at))
			continue;
		text_clear(&text);
		if (add_patch(&s, &c->v[at], dir, options, &text, err) < 0)
			return -1;
		if (text.len && !sink(arg, text.data, text.len))
			return 0;
	}
	return 0;
}

int diff_one(const struct changes *c, size_t index, const char *dir,
	     const struct patch_options *options, struct text *out, struct error *err)
{
	_cleanup_(sides_release) struct sides s = sides_begin(c);
	_cleanup_text_ struct text above = { 0 }, path = { 0 };

	change_path(c, &c->v[index], &above);
	for (size_t i = index; i < c->count; i++) {
		text_clear(&path);
		change_path(c, &c->v[i], &path);
		if (i > index && (!(c->v[i].flags & CHANGE_INSIDE) ||
				  !path_below(text_str(&path), text_str(&above))))
			break;
		if (add_patch(&s, &c->v[i], dir, options, out, err) < 0)
			return -1;
	}
	return 0;
}

int diff_stat(const struct changes *c, const char *dir, const struct patch_options *options,
	      size_t width, struct text *out, struct error *err)
{
	_cleanup_(sides_release) struct sides s = sides_begin(c);
	_cleanup_(arena_release) struct arena arena = { 0 };
	VECTOR(struct patch_stat) rows = { 0 };
	_cleanup_text_ struct text path = { 0 };

	for (size_t i = 0; i < c->count; i++) {
		struct patch_stat row = { 0 };
		struct side_pair pair;
		const char *label;

		text_clear(&path);
		change_path(c, &c->v[i], &path);
		label = patch_label(text_str(&path), dir);
		if (!is_wanted(c, i) || !label)
			continue;
		label = arena_strdup(&arena, *label ? label : ".");
		if (c->v[i].kind == CHANGE_RENAMED) {
			text_clear(&path);
			change_path(c, &c->v[c->v[i].from], &path);
			row.path = label;
			row.from = patch_label(arena_strdup(&arena, text_str(&path)), dir);
		} else if (sides_look(&s, &c->v[i], &pair, err) < 0 ||
			   patch_count(label, pair.has_old ? &pair.old : NULL,
				       pair.has_now ? &pair.now : NULL, options, &row, err) < 0) {
			return -1;
		}
		VECTOR_PUSH(&arena, &rows, row);
	}
	patch_stat_lines(rows.items, rows.count, width, options->colour, out);
	return 0;
}

const char *diff_dir(const struct changes *c, const char *cwd)
{
	_cleanup_text_ struct text path = { 0 };

	for (size_t i = 0; i < c->count; i++) {
		if (!show_wants(&c->v[i], false))
			continue;
		text_clear(&path);
		change_path(c, &c->v[i], &path);
		if (!path_below(text_str(&path), cwd))
			return "/";
	}
	return cwd;
}
