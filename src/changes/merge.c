// SPDX-License-Identifier: MIT
/* Where a layer stands in a box, and what became of it since. */
#include "changes/merge.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "changes/conflict.h"
#include "changes/lowers.h"

#include <fcntl.h>
#include <string.h>

/* ---- where it is ---- */

enum { NOT_THERE = -1 };

/* Which of the lowers that directory is, topmost 0; or NOT_THERE. */
static int find_lower(const struct change_source *source, int dir_fd)
{
	struct stat dir, st;

	if (dir_fd < 0 || fstat(dir_fd, &dir) < 0)
		return NOT_THERE;
	for (size_t i = 0; i < source->lowers->count; i++)
		if (fstat(lower_dir_fd(source->lowers, i), &st) == 0 && st.st_dev == dir.st_dev &&
		    st.st_ino == dir.st_ino)
			return (int)i;
	return NOT_THERE;
}

static int open_in_layer(const struct merge *m, const char *relative)
{
	return sys_openat2(m->layer_fd, *relative ? relative : ".", O_PATH | O_DIRECTORY | O_CLOEXEC,
			   0, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
}

static bool is_target(const struct change_source *source, int dir_fd)
{
	struct stat a, b;

	return source->target_fd >= 0 && fstat(source->target_fd, &a) == 0 &&
	       fstat(dir_fd, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* The source is at or below m->at. */
static int look_at(const struct merge *m, size_t index, struct error *err)
{
	const struct change_source *source = &m->c->sources.items[index];
	_cleanup_fd_ int fd = open_in_layer(m, path_relative(source->place, m->at));
	int found = find_lower(source, fd);

	if (fd >= 0 && is_target(source, fd)) {
		(void)fail(err, ERROR_SPEC, 0, "cannot merge into %s", Q(m->layer));
		error_explain(err, "merge-base", NULL, NULL);
		return -1;
	}
	if (found > 0) {
		(void)fail(err, ERROR_SPEC, 0, "cannot merge into %s", Q(m->layer));
		error_explain(err, "merge-hidden", NULL, NULL);
		return -1;
	}
	m->stacked[index] = found == 0;
	return 0;
}

/* The new content of what replaced something, without that. */
static bool is_half(const struct change *change, const struct change *top)
{
	return change != top && change->kind == CHANGE_ADDED && top->kind == CHANGE_TYPE &&
	       !(top->flags & CHANGE_PICKED);
}

static const char elsewhere[] = "not in the directory that the layer stands for";

/* Why a layer cannot take the change, or NULL. */
static const char *reason_to_leave(const struct merge *m, const struct change *change,
				   const struct change *top)
{
	_cleanup_text_ struct text path = { 0 };

	change_path(m->c, change, &path);
	if (!path_below(text_str(&path), m->at))
		return elsewhere;
	return is_half(change, top) ? "can be applied only with the directory that it is in, which "
				      "replaces something"
				    : NULL;
}

static void leave_some(const struct merge *m, struct arena *arena, struct commit_notes *left)
{
	struct changes *c = m->c;
	const struct change *top = c->v;

	for (size_t i = 0; i < c->count; i++) {
		struct change *change = &c->v[i];
		const char *why;

		if (!(change->flags & CHANGE_INSIDE))
			top = change;
		why = change->flags & CHANGE_PICKED ? reason_to_leave(m, change, top) : NULL;
		if (!why)
			continue;
		/* A directory tells of what is in it. */
		if (!(change->flags & CHANGE_INSIDE) || why != elsewhere)
			commit_note(arena, left, c, change, why);
		change->flags &= (uint8_t)~CHANGE_PICKED;
	}
}

int merge_locate(struct merge *m, struct arena *arena, struct commit_notes *left, struct error *err)
{
	size_t count = m->c->sources.count;

	m->stacked = arena_alloc(arena, (count + 1) * sizeof(*m->stacked));
	memset(m->stacked, 0, (count + 1) * sizeof(*m->stacked));
	m->at = "/";
	for (size_t i = count; i-- > 0;)
		if (find_lower(&m->c->sources.items[i], m->layer_fd) != NOT_THERE)
			m->at = m->c->sources.items[i].place;
	for (size_t i = 0; i < count; i++)
		if (path_below(m->c->sources.items[i].place, m->at) && look_at(m, i, err) < 0)
			return -1;
	leave_some(m, arena, left);
	return 0;
}

/* ---- conflicts ---- */

/* The directory of the change that was looked at last, on both sides. */
struct checking {
	const struct merge *m;
	uint32_t dir;
	int upper_fd, layer_fd;
};

static void checking_release(struct checking *k)
{
	k->upper_fd = close_fd(k->upper_fd);
	k->layer_fd = close_fd(k->layer_fd);
}

static int enter(struct checking *k, uint32_t dir)
{
	const struct changes *c = k->m->c;
	_cleanup_text_ struct text path = { 0 };

	if (k->dir == dir)
		return 0;
	checking_release(k);
	k->dir = NO_CHANGE;
	if (c->dirs[dir].in_upper && (k->upper_fd = changes_open(c, dir, SIDE_UPPER)) < 0)
		return -1;
	change_dir_path(c, dir, &path);
	k->layer_fd = open_in_layer(k->m, path_relative(text_str(&path), k->m->at));
	if (k->layer_fd < 0 && errno != ENOENT && errno != ENOTDIR && errno != ELOOP)
		return -1;
	k->dir = dir;
	return 0;
}

/* Why the change is in conflict, or NULL. Directories are not asked: each clone makes them anew. */
static const char *conflict_of(const struct checking *k, const struct change *change)
{
	const struct changes *c = k->m->c;
	const char *name = change_name(c, change);
	struct stat st, dir;
	bool there = k->layer_fd >= 0 &&
		     fstatat(k->layer_fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && !is_whiteout(&st);

	if (there && !S_ISDIR(st.st_mode))
		return conflict_layered(&c->record, k->layer_fd, name,
					conflict_since_change(c, change, k->upper_fd))
			       ? "changed in the layer since the box began"
			       : NULL;
	/* Without the directory it was a copy of something below the layer. */
	if (!there && k->layer_fd >= 0 && change->kind == CHANGE_ADDED && k->upper_fd >= 0 &&
	    fstat(k->layer_fd, &dir) == 0 &&
	    conflict_removed(&c->record, k->upper_fd, name, S_ISDIR(change->mode), &dir))
		return "removed from the layer since the box began";
	return NULL;
}

int merge_check(const struct merge *m, struct arena *arena, struct commit_notes *conflicts,
		struct error *err)
{
	_cleanup_(checking_release) struct checking k = {
		.m = m, .dir = NO_CHANGE, .upper_fd = -EBADF, .layer_fd = -EBADF
	};
	const struct changes *c = m->c;

	for (size_t i = 0; i < c->count; i++) {
		const struct change *change = &c->v[i];
		const char *why;

		if (!(change->flags & CHANGE_PICKED) || !*change_name(c, change) ||
		    !m->stacked[c->dirs[change->dir].source])
			continue;
		if (enter(&k, change->dir) < 0) {
			(void)fail_call(err, CALL_STATE, change_name(c, change));
			return fail_message(err, "cannot look at %s", Q(change_name(c, change)));
		}
		why = conflict_of(&k, change);
		if (why)
			commit_note(arena, conflicts, c, change, why);
	}
	return 0;
}
