// SPDX-License-Identifier: MIT
/* Dropping changes. */
#include "changes/discard.h"

#include "base/cleanup.h"
#include "base/copy.h"
#include "base/error.h"
#include "base/path.h"
#include "base/remove.h"
#include "base/text.h"
#include "changes/sides.h"

#include <fcntl.h>
#include <linux/limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>

/* What is moved out of an upper waits here, in the box's directory, until it is removed. */
static const char trash[] = "discarded";

struct discarder {
	const struct changes *c;
	int trash_fd;
	struct sides sides;
	struct arena *arena;
	struct commit_notes *left;
	unsigned names;
	uint32_t hiding; /* the directory that was decided last */
	bool unhidden;
	struct error *err;
};

static int discard_failed(struct discarder *d, const struct change *change)
{
	_cleanup_text_ struct text path = { 0 };
	int sys = errno;

	change_path(d->c, change, &path);
	errno = sys;
	(void)fail_call(d->err, CALL_STATE, text_str(&path));
	return fail_message(d->err, "cannot drop the change of %s", Q(text_str(&path)));
}

static void leave(struct discarder *d, const struct change *change, const char *why)
{
	_cleanup_text_ struct text path = { 0 };

	change_path(d->c, change, &path);
	VECTOR_PUSH(d->arena, &d->left->v,
		    (struct commit_note){ arena_strdup(d->arena, text_str(&path)), why });
}

/* The upper's object goes at once, whatever it is. */
static int take_out(struct discarder *d, const struct change *change, int upper_fd)
{
	const char *name = change_name(d->c, change);
	char spare[24];

	if (unlinkat(upper_fd, name, 0) == 0 || errno == ENOENT)
		return 0;
	if (errno != EISDIR)
		return discard_failed(d, change);
	(void)snprintf(spare, sizeof(spare), "%u", d->names++);
	if (renameat(upper_fd, name, d->trash_fd, spare) < 0)
		return discard_failed(d, change);
	return remove_tree(d->trash_fd, spare, d->err);
}

/* The topmost directory that hides the base's for this one. */
static uint32_t hiding_dir(const struct changes *c, uint32_t dir)
{
	while (c->dirs[dir].parent != dir && c->dirs[c->dirs[dir].parent].opaque)
		dir = c->dirs[dir].parent;
	return dir;
}

/* True when all changes below the directory are dropped: then it can stop hiding. */
static bool is_dropped(const struct changes *c, uint32_t dir)
{
	for (size_t i = 0; i < c->count; i++) {
		uint32_t at = c->v[i].dir;

		if (c->v[i].flags & CHANGE_PICKED)
			continue;
		while (at != dir && c->dirs[at].parent != at)
			at = c->dirs[at].parent;
		if (at == dir)
			return false;
	}
	return true;
}

/* Decides once for each directory that hides something. */
static int unhide(struct discarder *d, const struct change *change)
{
	uint32_t dir = hiding_dir(d->c, change->dir);
	_cleanup_fd_ int fd = -EBADF;

	if (d->hiding == dir)
		return 0;
	d->hiding = dir;
	d->unhidden = is_dropped(d->c, dir);
	if (!d->unhidden)
		return 0;
	fd = changes_open(d->c, dir, SIDE_UPPER);
	if (fd < 0 || (fremovexattr(fd, "user.overlay.opaque") < 0 && errno != ENODATA))
		return discard_failed(d, change);
	return 0;
}

static bool is_users(const char *key)
{
	return (strncmp(key, "user.", 5) == 0 && strncmp(key, "user.overlay.", 13) != 0) ||
	       strcmp(key, "security.capability") == 0;
}

/* What a change of metadata added is not looked for by copy_metadata(). */
static int drop_attributes(int fd)
{
	char list[XATTR_LIST_MAX];
	ssize_t size = flistxattr(fd, list, sizeof(list));

	for (ssize_t at = 0; at < size; at += (ssize_t)strlen(list + at) + 1)
		if (is_users(list + at) && fremovexattr(fd, list + at) < 0)
			return -1;
	return 0;
}

static int reset_directory(struct discarder *d, const struct change *change)
{
	_cleanup_fd_ int now_fd = changes_open(d->c, change->from, SIDE_UPPER);
	_cleanup_fd_ int old_fd = -EBADF;
	struct side_pair pair;

	if (now_fd < 0)
		return discard_failed(d, change);
	if (change->differs & DIFFERS_SEED)
		return fchmod(now_fd, change->old_mode & 07777) < 0 ? discard_failed(d, change) : 0;
	if (sides_look(&d->sides, change, &pair, d->err) < 0)
		return -1;
	old_fd = openat(pair.old.dir_fd, pair.old.name,
			O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	/* The time of the upper's is that of its entries. */
	pair.old.st.st_mtim = pair.now.st.st_mtim;
	if (old_fd < 0 || drop_attributes(now_fd) < 0)
		return discard_failed(d, change);
	return copy_metadata(old_fd, now_fd, &pair.old.st, d->err);
}

static const char not_alone[] = "can be dropped only with the whole directory that it is in";

/* True when it was dropped; -1 on failure. */
static int discard_change(struct discarder *d, const struct change *change, const struct change *top)
{
	bool opaque = change->flags & CHANGE_OPAQUE;
	_cleanup_fd_ int upper_fd = -EBADF;

	if (change->kind == CHANGE_META && S_ISDIR(change->mode))
		return reset_directory(d, change) < 0 ? -1 : 1;
	if (change != top && (change->kind == CHANGE_DELETED || top->kind == CHANGE_TYPE)) {
		leave(d, change, not_alone);
		return 0;
	}
	if (opaque && unhide(d, change) < 0)
		return -1;
	if (opaque && !d->unhidden && change->kind != CHANGE_ADDED) {
		leave(d, change, not_alone);
		return 0;
	}
	if (opaque && change->kind == CHANGE_DELETED)
		return 1;
	upper_fd = changes_open(d->c, change->dir, SIDE_UPPER);
	if (upper_fd < 0)
		return errno == ENOENT ? 1 : discard_failed(d, change);
	return take_out(d, change, upper_fd) < 0 ? -1 : 1;
}

static int discard_all(struct discarder *d, uint64_t *ret_count)
{
	const struct change *top = NULL;

	*ret_count = 0;
	for (size_t i = 0; i < d->c->count; i++) {
		const struct change *change = &d->c->v[i];
		int answer;

		if (!(change->flags & CHANGE_INSIDE))
			top = change;
		if (!(change->flags & CHANGE_PICKED) ||
		    (change != top && (!top || (top->flags & CHANGE_PICKED))))
			continue;
		answer = discard_change(d, change, top);
		if (answer < 0)
			return -1;
		*ret_count += (uint64_t)answer;
	}
	return 0;
}

int changes_discard(const struct changes *c, int box_fd, struct arena *arena, uint64_t *ret_count,
		    struct commit_notes *left, struct error *err)
{
	struct discarder d = { .c = c,
			       .sides = sides_begin(c),
			       .arena = arena,
			       .left = left,
			       .hiding = NO_CHANGE,
			       .err = err };
	int answer;

	/* What a killed one left goes first. */
	if (remove_tree(box_fd, trash, err) < 0)
		return -1;
	if (mkdirat(box_fd, trash, 0700) < 0)
		d.trash_fd = -1;
	else
		d.trash_fd = openat(box_fd, trash, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (d.trash_fd < 0) {
		(void)fail_call(err, CALL_STATE, trash);
		return fail_message(err, "cannot drop changes of the box");
	}
	answer = discard_all(&d, ret_count);
	sides_release(&d.sides);
	(void)close(d.trash_fd);
	return answer < 0 ? -1 : remove_tree(box_fd, trash, err);
}
