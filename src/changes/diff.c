// SPDX-License-Identifier: MIT
/* Walking the list beside both sides of each change. */
#include "changes/diff.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/text.h"
#include "changes/lowers.h"
#include "changes/show.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* The directories of the change that is looked at; they are kept, as the next one is mostly in the same. */
struct sides {
	const struct changes *c;
	uint32_t dir;
	int upper_fd;
	struct lower_dir lowers;
};

static void sides_release(struct sides *s)
{
	s->upper_fd = close_fd(s->upper_fd);
	lower_dir_release(&s->lowers);
}

static int enter(struct sides *s, uint32_t dir)
{
	const struct change_source *source = &s->c->sources.items[s->c->dirs[dir].source];
	_cleanup_text_ struct text path = { 0 };

	if (s->dir == dir)
		return 0;
	sides_release(s);
	s->dir = dir;
	if (s->c->dirs[dir].in_upper) {
		s->upper_fd = changes_open(s->c, dir, SIDE_UPPER);
		if (s->upper_fd < 0)
			return -1;
	}
	change_dir_relative(s->c, dir, &path);
	return lower_open(source->lowers, text_str(&path), &s->lowers);
}

/* One change with both sides as they are now. */
struct pair {
	struct patch_side old, now;
	bool has_old, has_now;
};

static int look(struct sides *s, const struct change *change, struct pair *ret, struct error *err)
{
	const char *name = change_name(s->c, change);
	size_t layer;

	*ret = (struct pair){ 0 };
	if (enter(s, change->dir) < 0)
		goto failed;
	if (change->mode) {
		ret->now = (struct patch_side){ .dir_fd = s->upper_fd, .name = *name ? name : "." };
		if (fstatat(s->upper_fd, ret->now.name, &ret->now.st, AT_SYMLINK_NOFOLLOW) < 0)
			goto failed;
		ret->has_now = true;
	}
	if (change->old_mode) {
		ret->old = (struct patch_side){ .name = *name ? name : "." };
		if (lower_lookup(&s->lowers, ret->old.name, &ret->old.st, &layer) != 0)
			goto failed;
		ret->old.dir_fd = lower_dir_fd(&s->lowers, layer);
		ret->has_old = true;
	}
	/* The owner that a directory of the box was given for it to be written in. */
	if (ret->has_now && ret->has_old && (change->differs & DIFFERS_SEED)) {
		ret->now.st.st_uid = ret->old.st.st_uid;
		ret->now.st.st_gid = ret->old.st.st_gid;
	}
	return 0;
failed:
	(void)fail_call(err, CALL_STATE, name);
	return fail_message(err, "cannot read the change of %s", Q(name));
}

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
	struct sides old_sides = { .c = s->c, .dir = NO_CHANGE, .upper_fd = -EBADF };
	struct pair old, now;
	const char *from_label;
	int answer = -1;

	change_path(s->c, source, &from);
	from_label = patch_label(text_str(&from), dir);
	if (look(s, change, &now, err) == 0 && look(&old_sides, source, &old, err) == 0)
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
	struct pair pair;

	change_path(s->c, change, &path);
	label = patch_label(text_str(&path), dir);
	if (!label)
		return 0;
	if (change->kind == CHANGE_RENAMED)
		return add_rename(s, change, label, dir, options, out, err);
	if (look(s, change, &pair, err) < 0)
		return -1;
	return patch_object(*label ? label : ".", pair.has_old ? &pair.old : NULL,
			    pair.has_now ? &pair.now : NULL, options, out, err);
}

int diff_patch(const struct changes *c, const char *dir, const struct patch_options *options,
	       diff_sink sink, void *arg, struct error *err)
{
	_cleanup_(sides_release) struct sides s = { .c = c, .dir = NO_CHANGE, .upper_fd = -EBADF };
	_cleanup_text_ struct text text = { 0 };

	for (size_t i = 0; i < c->count; i++) {
		if (!is_wanted(c, i))
			continue;
		text_clear(&text);
		if (add_patch(&s, &c->v[i], dir, options, &text, err) < 0)
			return -1;
		if (text.len && !sink(arg, text.data, text.len))
			return 0;
	}
	return 0;
}

int diff_one(const struct changes *c, size_t index, const char *dir,
	     const struct patch_options *options, struct text *out, struct error *err)
{
	_cleanup_(sides_release) struct sides s = { .c = c, .dir = NO_CHANGE, .upper_fd = -EBADF };
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
	_cleanup_(sides_release) struct sides s = { .c = c, .dir = NO_CHANGE, .upper_fd = -EBADF };
	_cleanup_(arena_release) struct arena arena = { 0 };
	VECTOR(struct patch_stat) rows = { 0 };
	_cleanup_text_ struct text path = { 0 };

	for (size_t i = 0; i < c->count; i++) {
		struct patch_stat row = { 0 };
		struct pair pair;
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
		} else if (look(&s, &c->v[i], &pair, err) < 0 ||
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
