// SPDX-License-Identifier: MIT
/*
 * The look before anything is touched: what each item is on both sides, how it will be done, and whether it can be.
 *
 * Whatever would end an apply with EACCES, EPERM, EROFS, EXDEV, EBUSY or ENOSPC, as far as it can be known, becomes a
 * problem with the path that it is about; all of them are found in one go. An apply that is refused all the same is taken
 * back, so this is for the user's sake, not for safety's.
 */
#include "changes/txn_parts.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/text.h"
#include "changes/lowers.h"

#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>

void problem(struct txn *t, uint32_t dir, const char *name, int sys, const char *format, ...)
{
	_cleanup_text_ struct text path = { 0 };
	char why[320];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	txn_path(t, dir, name, &path);
	VECTOR_PUSH(&t->arena, &t->problems.v,
		    (struct txn_problem){
			    .path = arena_strdup(&t->arena, text_str(&path)),
			    .sys = sys,
			    .why = arena_strdup(&t->arena, why),
		    });
}

int problem_covered(struct txn *t, uint32_t dir, const struct error *err)
{
	if (err->sys != EXDEV)
		return -1;
	problem(t, dir, NULL, EXDEV, "something is mounted there, which the box did not see");
	return 0;
}

static struct timespec time_of(const struct statx_timestamp *time)
{
	return (struct timespec){ .tv_sec = time->tv_sec, .tv_nsec = time->tv_nsec };
}

/* Items in the order of their directories, and in it as they came. */
static void sort_items(struct txn *t)
{
	struct txn_item *sorted = t->items.items;
	bool in_order = true;
	uint32_t next = 0;

	for (size_t i = 0; i < t->items.count; i++) {
		t->dirs.items[t->items.items[i].dir].count++;
		in_order &= i == 0 || t->items.items[i - 1].dir <= t->items.items[i].dir;
	}
	/* Of a flat tree they came so: a second list of 100,000 is 5 MB. */
	if (!in_order)
		sorted = arena_alloc(&t->arena, t->items.count * sizeof(*sorted));
	for (size_t i = 0; i < t->dirs.count; i++) {
		t->dirs.items[i].first = next;
		next += t->dirs.items[i].count;
		t->dirs.items[i].count = 0;
	}
	for (size_t i = 0; i < t->items.count; i++) {
		struct txn_dir *d = &t->dirs.items[t->items.items[i].dir];

		sorted[d->first + d->count++] = t->items.items[i];
	}
	t->items.items = sorted;
	t->items.capacity = in_order ? t->items.capacity : t->items.count;
}

/* ---- directories ---- */

enum { MODE_TO_WORK_IN = S_IWUSR | S_IXUSR };

/* Notes the mode when its owner has to be given rights first. */
static int look_access(struct txn *t, uint32_t dir, int fd, const struct statx *st,
		       uint16_t *ret_mode)
{
	if ((st->stx_mode & MODE_TO_WORK_IN) != MODE_TO_WORK_IN && st->stx_uid == geteuid())
		*ret_mode = st->stx_mode & 07777;
	if (faccessat(fd, "", W_OK | X_OK, AT_EACCESS | AT_EMPTY_PATH) == 0)
		return 0;
	if (errno == EACCES && *ret_mode != TXN_NO_MODE)
		return 0;
	if (errno != EACCES && errno != EROFS && errno != EPERM)
		return -1;
	problem(t, dir, NULL, errno,
		errno == EROFS ? "it is on a read-only file system"
			       : "you may not write in this directory");
	return 0;
}

static int look_base_dir(struct txn *t, uint32_t dir, int fd)
{
	struct txn_dir *d = &t->dirs.items[dir];
	struct txn_volume volume;
	struct statx st;

	if (sys_statx(fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS, &st) < 0 ||
	    volume_of(fd, &volume) < 0)
		return -1;
	d->target_time = time_of(&st.stx_mtime);
	d->area = area_for(t, &volume, dir, false);
	if (st.stx_attributes & (STATX_ATTR_IMMUTABLE | STATX_ATTR_APPEND)) {
		problem(t, dir, NULL, EPERM, "it is marked as not to be changed (chattr)");
		return 0;
	}
	return look_access(t, dir, fd, &st, &d->target_mode);
}

static int look_box_dir(struct txn *t, uint32_t dir, int fd)
{
	struct txn_dir *d = &t->dirs.items[dir];
	struct statx st;

	if (sys_statx(fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS, &st) < 0)
		return -1;
	d->upper_time = time_of(&st.stx_mtime);
	return t->foreign ? 0 : look_access(t, dir, fd, &st, &d->upper_mode);
}

enum { DIR_COVERED = 1 };

/* Opens it. One that is to be made is like the one above it. DIR_COVERED: it cannot be reached, which is a problem. */
static int look_dir(struct txn *t, uint32_t dir, struct spot *ret, struct error *err)
{
	struct txn_dir *d = &t->dirs.items[dir];

	*ret = SPOT_NONE;
	if (d->flags & DIR_MAKE)
		d->area = t->dirs.items[d->parent].area;
	else if (spot_open(t, dir, ret, err) < 0)
		return problem_covered(t, dir, err) < 0 ? -1 : DIR_COVERED;
	if (ret->target_fd >= 0 && look_base_dir(t, dir, ret->target_fd) < 0)
		return txn_error(t, dir, NULL, "cannot look at", err);
	if (ret->upper_fd < 0)
		ret->upper_fd = dir_open(t, dir, SIDE_BOX);
	if (ret->upper_fd >= 0 && look_box_dir(t, dir, ret->upper_fd) < 0)
		return txn_error(t, dir, NULL, "cannot look at", err);
	d->flags |= DIR_TOUCHED;
	return 0;
}

/* ---- items ---- */

static bool is_staged(const struct txn *t, const struct txn_item *item)
{
	return t->roots.items[t->dirs.items[item->dir].root].staged;
}

static bool is_sticky_refusal(const struct stat *dir, const struct statx *old)
{
	return (dir->st_mode & S_ISVTX) && dir->st_uid != geteuid() && !may_act_for(old->stx_uid);
}

/* A directory that goes to another parent must be writable itself: its ".." is rewritten (rename(2)). */
static void look_moved(struct txn *t, const struct txn_item *item, int dir_fd, mode_t mode,
		       uid_t uid, uint16_t *ret_mode)
{
	if (!S_ISDIR(mode))
		return;
	if (!(mode & S_IWUSR))
		*ret_mode = mode & 07777;
	if (faccessat(dir_fd, item->name, W_OK, AT_EACCESS | AT_SYMLINK_NOFOLLOW) < 0 &&
	    !may_act_for(uid))
		problem(t, item->dir, item->name, EACCES,
			"it belongs to user %u, and only who may write in a directory can move it",
			(unsigned)uid);
}

/* The object that is replaced or deleted. */
static void look_old(struct txn *t, struct txn_item *item, const struct spot *s,
		     const struct statx *st)
{
	struct stat dir;

	if (item->old_ino && item->old_ino != st->stx_ino)
		problem(t, item->dir, item->name, ESTALE, "it was replaced meanwhile");
	item->old_ino = st->stx_ino;
	if (st->stx_attributes & STATX_ATTR_MOUNT_ROOT)
		problem(t, item->dir, item->name, EBUSY, "something is mounted there");
	else if (st->stx_attributes & (STATX_ATTR_IMMUTABLE | STATX_ATTR_APPEND))
		problem(t, item->dir, item->name, EPERM,
			"it is marked as not to be changed (chattr)");
	else if (st->stx_uid != t->uid && fstat(s->target_fd, &dir) == 0 &&
		 is_sticky_refusal(&dir, st))
		problem(t, item->dir, item->name, EPERM,
			"it belongs to user %u, and this directory lets only the owner remove it",
			(unsigned)st->stx_uid);
	else
		look_moved(t, item, s->target_fd, st->stx_mode, st->stx_uid, &item->old_mode);
	if (!is_staged(t, item))
		t->held += S_ISDIR(st->stx_mode) ? scan_size(s->target_fd, item->name)
						 : st->stx_blocks * 512;
}

void txn_saw_base(struct txn *t, int base_dir_fd, const struct statx *old)
{
	struct txn_item *item = &t->items.items[t->items.count - 1];

	item->flags |= ITEM_SEEN;
	if (old)
		look_old(t, item, &(struct spot){ base_dir_fd, -EBADF }, old);
}

void txn_saw_plain_base(struct txn *t, uint64_t ino, uint64_t held)
{
	struct txn_item *item = &t->items.items[t->items.count - 1];

	item->flags |= ITEM_SEEN;
	item->old_ino = ino;
	t->held += held;
}

static int look_base_item(struct txn *t, struct txn_item *item, const struct spot *s,
			  struct error *err)
{
	struct statx st;

	if (s->target_fd < 0 || (item->flags & ITEM_SEEN))
		return 0;
	if (sys_statx(s->target_fd, item->name, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT,
		      STATX_BASIC_STATS, &st) == 0) {
		if (item->kind == TXN_ADD)
			problem(t, item->dir, item->name, EEXIST, "it is there already");
		else
			look_old(t, item, s, &st);
		return 0;
	}
	if (errno == EACCES) /* the directory's own problem */
		return 0;
	if (errno != ENOENT)
		return txn_error(t, item->dir, item->name, "cannot look at", err);
	if (item->kind != TXN_ADD)
		problem(t, item->dir, item->name, ENOENT, "it is not there any more");
	return 0;
}

void txn_saw_plain(struct txn *t, uint64_t upper_ino)
{
	struct txn_item *item = &t->items.items[t->items.count - 1];

	item->flags |= ITEM_PLAIN;
	item->upper_ino = upper_ino;
}

/* What the upper has for the item; as much of it as is asked for here. -1: errno. */
static int stat_box(const struct txn *t, const struct txn_item *item, int upper_fd, struct stat *ret)
{
	if (!(item->flags & ITEM_PLAIN))
		return fstatat(upper_fd, item->name, ret, AT_SYMLINK_NOFOLLOW);
	*ret = (struct stat){
		.st_ino = item->upper_ino,
		.st_mode = item->kind == TXN_DELETE ? S_IFCHR : S_IFREG | S_IRUSR | S_IWUSR,
		.st_nlink = 1,
		.st_uid = t->uid,
		.st_gid = t->gid,
	};
	return 0;
}

/* A directory above what the upper's root stands for is made like any other: 0755. */
static int look_box_item(struct txn *t, uint32_t index, const struct spot *s, bool reaches,
			 struct error *err)
{
	struct txn_item *item = &t->items.items[index];
	struct stat st;

	if (s->upper_fd < 0)
		return 0;
	if (stat_box(t, item, s->upper_fd, &st) < 0) {
		if (errno == ENOENT && (item->kind == TXN_DELETE || (item->flags & ITEM_MAKE)))
			return 0;
		return txn_error(t, item->dir, item->name, "cannot look at the box's", err);
	}
	if (item->kind == TXN_DELETE) {
		if (is_whiteout(&st) && !(item->flags & ITEM_KEEP)) {
			item->upper_ino = st.st_ino;
			item->flags |= ITEM_CLEAR;
		}
		return 0;
	}
	item->upper_ino = item->new_ino = st.st_ino;
	if (!reaches || (item->flags & (ITEM_KEEP | ITEM_MAKE)))
		item->flags |= ITEM_COPY;
	else
		look_moved(t, item, s->upper_fd, st.st_mode, st.st_uid, &item->new_mode);
	return is_staged(t, item) ? 0 : scan_item(t, index, s->upper_fd, &st, err);
}

static int look_items(struct txn *t, uint32_t dir, struct error *err)
{
	const struct txn_dir *d = &t->dirs.items[dir];
	_cleanup_(spot_release) struct spot s = SPOT_NONE;
	int answer = look_dir(t, dir, &s, err);
	bool reaches;

	if (answer)
		return answer == DIR_COVERED ? 0 : -1;
	if (t->roots.items[d->root].staged)
		t->roots.items[d->root].upper_area = d->area;
	reaches = t->roots.items[d->root].upper_area == d->area;
	for (uint32_t i = d->first; i < d->first + d->count; i++)
		if (look_base_item(t, &t->items.items[i], &s, err) < 0 ||
		    look_box_item(t, i, &s, reaches, err) < 0)
			return -1;
	return 0;
}

/* ---- all ---- */

static void look_copies(struct txn *t)
{
	for (size_t i = 0; i < t->items.count; i++) {
		struct txn_item *item = &t->items.items[i];

		/* Of what was staged, whoever did so knows how much it is. */
		t->counts[item->kind] += !is_staged(t, item);
		item->stage = item->flags & ITEM_COPY ? STAGE_READY : STAGE_BEFORE;
		if (!(item->flags & ITEM_COPY))
			continue;
		item->new_mode = TXN_NO_MODE;
		if (!(item->flags & (ITEM_KEEP | ITEM_MAKE)))
			item->flags |= ITEM_CLEAR;
		if (item->flags & ITEM_FOREIGN)
			problem(t, item->dir, item->name, EPERM,
				"it belongs to somebody else, and only root can give things away");
	}
}

/* The bytes that copies into an area will take. */
static int look_room(struct txn *t, size_t area, struct error *err)
{
	uint64_t bytes = 0;
	struct statvfs fs;
	uint32_t some = TXN_NONE;

	for (uint32_t dir = 0; dir < t->dirs.count; dir++) {
		const struct txn_dir *d = &t->dirs.items[dir];
		_cleanup_fd_ int fd = -EBADF;

		for (uint32_t i = d->first; d->area == area && i < d->first + d->count; i++) {
			if (!(t->items.items[i].flags & ITEM_COPY))
				continue;
			if (fd < 0)
				fd = dir_open(t, dir, SIDE_BOX);
			bytes += fd < 0 ? 0 : scan_size(fd, t->items.items[i].name);
			some = dir;
		}
	}
	while (some != TXN_NONE && t->dirs.items[some].flags & DIR_MAKE)
		some = t->dirs.items[some].parent;
	if (some != TXN_NONE) {
		_cleanup_fd_ int fd = dir_open(t, some, SIDE_BASE);

		if (fd < 0 || fstatvfs(fd, &fs) < 0)
			return txn_error(t, some, NULL, "cannot look at", err);
		if (bytes > (uint64_t)fs.f_bavail * fs.f_frsize)
			problem(t, some, NULL, ENOSPC,
				"copies need %llu MB there, and %llu MB are free",
				(unsigned long long)(bytes >> 20),
				(unsigned long long)((uint64_t)fs.f_bavail * fs.f_frsize >> 20));
	}
	return 0;
}

static int look_roots(struct txn *t, struct error *err)
{
	for (size_t i = 0; i < t->roots.count; i++) {
		struct txn_root *root = &t->roots.items[i];
		struct txn_volume volume;

		if (root->upper_fd < 0 || root->staged || t->foreign)
			continue;
		if (volume_of(root->upper_fd, &volume) < 0)
			return fail(err, ERROR_SYSTEM, errno, "cannot look at the upper of %s",
				    Q(root->target));
		root->upper_area = area_for(t, &volume, (uint32_t)i, true);
	}
	return 0;
}

/* The marks by which the upper's directories hide those of the base, where that is to end. */
static int look_hidden(struct txn *t, struct error *err)
{
	static const char *const keys[] = { "user.overlay.opaque", "trusted.overlay.opaque" };

	for (uint32_t dir = 0; dir < t->dirs.count; dir++) {
		_cleanup_fd_ int fd = -EBADF;
		struct stat st;

		if (!(t->dirs.items[dir].flags & DIR_UNHIDE) || t->foreign)
			continue;
		fd = dir_open(t, dir, SIDE_BOX);
		if (fd < 0 || fstat(fd, &st) < 0)
			return txn_error(t, dir, NULL, "cannot look at the box's", err);
		for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
			struct txn_mark mark = { .item = TXN_NONE, .dir = dir, .path = "" };

			mark.mode = st.st_mode & S_IWUSR ? TXN_NO_MODE : st.st_mode & 07777;
			mark.key = keys[i];
			mark.value = attribute_load(&t->arena, fd, "", mark.key, &mark.size);
			if (mark.value)
				VECTOR_PUSH(&t->arena, &t->marks, mark);
		}
	}
	return 0;
}

int txn_refuse(const struct txn *t, const char *what, const char *explanation, struct error *err)
{
	enum { SHOWN = 5 };
	size_t count = t->problems.v.count;

	(void)fail(err, ERROR_SYSTEM, t->problems.v.items[0].sys, "cannot %s the changes", what);
	for (size_t i = 0; i < count && i < SHOWN; i++)
		error_fact(err, "%s: %s", Q(t->problems.v.items[i].path),
			   t->problems.v.items[i].why);
	if (count > SHOWN)
		error_fact(err, "and %zu more", count - SHOWN);
	error_explain(err, explanation, NULL, NULL);
	return -1;
}

int txn_look(struct txn *t, struct error *err)
{
	sort_items(t);
	if (look_roots(t, err) < 0)
		return -1;
	for (uint32_t dir = 0; dir < t->dirs.count; dir++)
		if (t->dirs.items[dir].count && look_items(t, dir, err) < 0)
			return -1;
	for (size_t i = 0; i < t->metas.count; i++)
		if (meta_look(t, &t->metas.items[i], err) < 0)
			return -1;
	t->meta_count = t->metas.count;
	if (look_hidden(t, err) < 0)
		return -1;
	scan_settle_links(t);
	look_copies(t);
	for (size_t area = 0; area < t->areas.count; area++)
		if (look_room(t, area, err) < 0)
			return -1;
	t->looked = true;
	return t->problems.v.count ? txn_refuse(t, "apply", "commit-refused", err) : 0;
}
