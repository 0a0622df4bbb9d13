// SPDX-License-Identifier: MIT
/*
 * From the list to a tree. The list has what differs, and nothing of the directories on the way:
 *
 *   directory on the way     as the upper has it; where that one was made for the box (the root of an upper, a seed), and the
 *                            list does not say that it was changed, as the base has it
 *   above an overlay         as the base has it
 *   opaque over the base's   all that the upper has in it, equal or not, as nothing of the base is to be seen through it
 *
 * Where only a part of what is in a directory is picked, it hides nothing: each picked change stands for itself, a whiteout for
 * what is gone, and the directories on the way are like those of the box as far as that was picked, else like the base's.
 */
#include "changes/layer.h"

#include "base/cleanup.h"
#include "base/dirstack.h"
#include "base/error.h"
#include "base/path.h"
#include "base/strset.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "changes/lowers.h"
#include "changes/select.h"
#include "changes/source.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

struct layering {
	const struct changes *c;
	layer_taker *take;
	void *arg;
	struct error *err;
	struct arena arena;
	struct strset made; /* paths of the directories that were given */
	bool *partly; /* of each directory of the list: something below it is not picked */
	bool *plain; /* what the box made of the directory itself is not picked */
	struct text gone; /* the last directory that is no more: one whiteout, or what stands there now, says it for all below */
	uint32_t dir; /* the one that was opened last; NO_CHANGE: none */
	int dir_fd;
	/* Of the directory that is given: those that the box saw, where all else is the base's. */
	const struct timespec *times;
};

static void layering_release(struct layering *l)
{
	l->dir_fd = close_fd(l->dir_fd);
	free(l->partly);
	free(l->plain);
	text_release(&l->gone);
	arena_release(&l->arena);
}

static int fail_place(struct layering *l, const char *place)
{
	(void)fail(l->err, ERROR_SYSTEM, errno, "cannot read %s of the box", Q(place));
	return fail_at(l->err, CALL_NONE, place);
}

/* True for the first time that this directory is met. */
static bool is_new(struct layering *l, const char *place)
{
	if (strset_has(&l->made, place, strlen(place)))
		return false;
	return strset_add(&l->arena, &l->made, arena_strdup(&l->arena, place));
}

static int give(struct layering *l, struct layer_item *item)
{
	item->path = item->place + 1;
	if (item->kind != LAYER_WHITEOUT &&
	    fstatat(item->dir_fd, item->name, &item->st, AT_SYMLINK_NOFOLLOW) < 0)
		return fail_place(l, item->place);
	if (item->kind == LAYER_DIRECTORY && l->times)
		item->st.st_mtim = *l->times;
	return l->take(l->arg, item, l->err);
}

/* A directory of the list in the upper, kept open as changes of one directory follow one another. */
static int open_upper(struct layering *l, uint32_t dir)
{
	if (l->dir == dir)
		return l->dir_fd;
	l->dir_fd = close_fd(l->dir_fd);
	l->dir = NO_CHANGE;
	l->dir_fd = changes_open(l->c, dir, SIDE_UPPER);
	if (l->dir_fd >= 0)
		l->dir = dir;
	return l->dir_fd;
}

/* ---- whole directories ---- */

static int enter_whole(struct layering *l, struct dirstack *s, int take_fd, const char *place)
{
	struct stat st;

	if (take_fd < 0 || fstat(take_fd, &st) < 0) {
		(void)close_fd(take_fd);
		return fail_place(l, place);
	}
	dirstack_push(s, take_fd, &st);
	return dirstack_list(s) < 0 ? fail_place(l, place) : 0;
}

static int give_below(struct layering *l, struct dirstack *s, const char *top)
{
	_cleanup_text_ struct text place = { 0 };
	struct layer_item item = { .dir_fd = dirstack_last(s)->fd, .name = dirstack_last(s)->name };
	struct stat st;

	text_printf(&place, "%s/", top);
	dirstack_path(s, &place);
	item.place = text_str(&place);
	if (fstatat(item.dir_fd, item.name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return fail_place(l, item.place);
	/* A whiteout in a directory that hides everything is an orphan. */
	if (is_whiteout(&st))
		return 0;
	item.kind = S_ISDIR(st.st_mode) ? LAYER_DIRECTORY : LAYER_OBJECT;
	if (give(l, &item) < 0)
		return -1;
	if (item.kind != LAYER_DIRECTORY)
		return 0;
	(void)is_new(l, item.place);
	return enter_whole(
		l, s,
		openat(item.dir_fd, item.name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
		item.place);
}

static int give_whole(struct layering *l, int take_fd, const char *place)
{
	_cleanup_(dirstack_release) struct dirstack s = { 0 };

	if (enter_whole(l, &s, take_fd, place) < 0)
		return -1;
	for (;;) {
		if (dirstack_next(&s)) {
			if (give_below(l, &s, place) < 0)
				return -1;
		} else if (s.v.count == 1) {
			return 0;
		} else if (dirstack_pop(&s) < 0) {
			return fail_place(l, place);
		}
	}
}

/* ---- directories ---- */

enum { GIVEN = 1 };

/* GIVEN for the first time that it is met. */
static int give_directory(struct layering *l, int dir_fd, const char *name, const char *place,
			  bool opaque)
{
	struct layer_item item = {
		.kind = LAYER_DIRECTORY,
		.place = place,
		.dir_fd = dir_fd,
		.name = name,
		.opaque = opaque,
	};

	if (!is_new(l, place))
		return 0;
	return give(l, &item) < 0 ? -1 : GIVEN;
}

/* The directories above an overlay; where the base lacks one, its mount point was made for the box. */
static int make_place(struct layering *l, const struct change_source *source)
{
	const char *place = source->place;

	for (const char *slash = place; slash && place[1]; slash = strchr(slash + 1, '/')) {
		size_t n = slash == place ? 1 : (size_t)(slash - place);
		const char *above = arena_strndup(&l->arena, place, n);
		_cleanup_fd_ int fd = sys_open(path_join(&l->arena, l->c->record.base, above + 1),
					       O_PATH | O_DIRECTORY | O_CLOEXEC);

		if (give_directory(l, fd < 0 ? source->upper_fd : fd, ".", above, false) < 0)
			return -1;
	}
	return 0;
}

static const char *dir_place(struct layering *l, uint32_t dir, struct text *out)
{
	const struct change_dir *d = &l->c->dirs[dir];

	change_path(l->c, &(struct change){ .dir = d->parent, .name = d->name }, out);
	return text_str(out);
}

/* It was made for the box, so that what it is like says nothing. */
static bool is_made_up(const struct layering *l, uint32_t dir)
{
	const struct change_dir *d = &l->c->dirs[dir];
	_cleanup_text_ struct text relative = { 0 };

	change_relative(l->c, &(struct change){ .dir = d->parent, .name = d->name }, &relative);
	return d->in_base && source_seed(&l->c->sources.items[d->source], text_str(&relative));
}

/* The outermost directory on the way that hides the base's, or NO_CHANGE. */
static uint32_t hiding_above(const struct changes *c, uint32_t dir)
{
	uint32_t found = NO_CHANGE;

	for (;; dir = c->dirs[dir].parent) {
		const struct change_dir *d = &c->dirs[dir];

		if (d->parent == dir)
			return found;
		if (d->opaque && d->in_base)
			found = dir;
	}
}

/* It hides the base's in the layer as well: all that is below it is picked. */
static bool is_hiding(const struct layering *l, uint32_t dir)
{
	return !l->partly[dir] && hiding_above(l->c, dir) == dir;
}

/* A directory of the list as the base has it, the topmost of several. -1 with errno. */
static int open_base(const struct layering *l, uint32_t dir)
{
	const struct change_source *source = &l->c->sources.items[l->c->dirs[dir].source];
	_cleanup_text_ struct text relative = { 0 };
	struct lower_dir lower;
	int fd = -1;

	change_dir_relative(l->c, dir, &relative);
	if (lower_open(source->lowers, text_str(&relative), &lower) < 0)
		return -1;
	errno = ENOENT;
	if (lower.count)
		fd = fcntl(lower_dir_fd(&lower, 0), F_DUPFD_CLOEXEC, 3);
	lower_dir_release(&lower);
	return fd;
}

static int give_way(struct layering *l, uint32_t dir, const char *place)
{
	const struct change_dir *d = &l->c->dirs[dir];
	bool root = d->parent == dir && l->c->sources.items[d->source].lowers->count;
	_cleanup_fd_ int fd = -EBADF, upper_fd = -EBADF;
	struct stat st;
	int answer;

	if (d->in_upper) {
		upper_fd = changes_open(l->c, dir, SIDE_UPPER);
		if (upper_fd < 0 || fstat(upper_fd, &st) < 0)
			return fail_place(l, place);
	}
	if (d->in_upper && !root && !l->plain[dir] && !is_made_up(l, dir))
		return give_directory(l, upper_fd, ".", place, is_hiding(l, dir));
	fd = open_base(l, dir);
	if (fd < 0)
		return fail_place(l, place);
	l->times = d->in_upper ? &st.st_mtim : NULL;
	answer = give_directory(l, fd, ".", place, is_hiding(l, dir));
	l->times = NULL;
	return answer;
}

/* The directory of the list and those above it. */
static int make_way(struct layering *l, uint32_t dir)
{
	const struct change_dir *d = &l->c->dirs[dir];
	_cleanup_text_ struct text text = { 0 };
	const char *place = dir_place(l, dir, &text);
	int answer;

	if (strset_has(&l->made, place, strlen(place)))
		return 0;
	if ((d->parent == dir ? make_place(l, &l->c->sources.items[d->source])
			      : make_way(l, d->parent)) < 0)
		return -1;
	answer = give_way(l, dir, place);
	if (answer != GIVEN || !is_hiding(l, dir))
		return answer < 0 ? -1 : 0;
	return give_whole(l, changes_open(l->c, dir, SIDE_UPPER), place);
}

/* ---- changes ---- */

static int give_change(struct layering *l, const struct change *change, const char *place)
{
	const char *name = change_name(l->c, change);
	struct layer_item item = { .kind = LAYER_OBJECT,
				   .place = place,
				   .name = *name ? name : "." };
	bool hides = change->kind == CHANGE_META && S_ISDIR(change->mode) && *name &&
		     is_hiding(l, change->from);
	int answer;

	if (change->kind == CHANGE_DELETED) {
		item.kind = LAYER_WHITEOUT;
		return give(l, &item);
	}
	item.dir_fd = open_upper(l, change->dir);
	if (item.dir_fd < 0)
		return fail_place(l, place);
	item.replaces = change->kind == CHANGE_TYPE;
	if (!S_ISDIR(change->mode))
		return give(l, &item);
	/* A new directory is marked as opaque as well, and hides nothing. */
	answer = give_directory(l, item.dir_fd, item.name, place, hides);
	if (answer != GIVEN || !hides)
		return answer < 0 ? -1 : 0;
	return give_whole(l, changes_open(l->c, change->from, SIDE_UPPER), place);
}

/* What was in it needs no whiteouts. */
static void note_gone(struct layering *l, const struct change *change, const char *place)
{
	if (!S_ISDIR(change->old_mode) || S_ISDIR(change->mode))
		return;
	text_clear(&l->gone);
	text_add(&l->gone, place);
}

static int take_change(struct layering *l, const struct change *change)
{
	_cleanup_text_ struct text text = { 0 };
	uint32_t hiding = hiding_above(l->c, change->dir);
	const char *place;

	if (!(change->flags & CHANGE_PICKED))
		return 0;
	if (hiding != NO_CHANGE && !l->partly[hiding])
		return make_way(l, hiding);
	change_path(l->c, change, &text);
	place = text_str(&text);
	if (change->kind == CHANGE_DELETED && l->gone.len && path_below(place, text_str(&l->gone)))
		return 0;
	/* The root of an overlay is its own parent in the list. */
	if (*change_name(l->c, change)
		    ? make_way(l, change->dir) < 0
		    : make_place(l, &l->c->sources.items[l->c->dirs[change->dir].source]) < 0)
		return -1;
	note_gone(l, change, place);
	return give_change(l, change, place);
}

/* What is not picked, by directories. */
static void find_parts(struct layering *l)
{
	l->partly = calloc(l->c->dir_count + 1, sizeof(*l->partly));
	l->plain = calloc(l->c->dir_count + 1, sizeof(*l->plain));
	if (!l->partly || !l->plain)
		out_of_memory_();
	changes_find_unpicked(l->c, l->partly);
	for (size_t i = 0; i < l->c->count; i++) {
		const struct change *change = &l->c->v[i];

		if (change->kind == CHANGE_META && S_ISDIR(change->mode) &&
		    !(change->flags & CHANGE_PICKED))
			l->plain[change->from] = true;
	}
}

int layer_walk(const struct changes *c, layer_taker *take, void *arg, struct error *err)
{
	_cleanup_(layering_release) struct layering l = {
		.c = c,
		.take = take,
		.arg = arg,
		.err = err,
		.dir = NO_CHANGE,
		.dir_fd = -EBADF,
	};

	find_parts(&l);
	for (size_t i = 0; i < c->count; i++)
		if (take_change(&l, &c->v[i]) < 0)
			return -1;
	return 0;
}
