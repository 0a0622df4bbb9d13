// SPDX-License-Identifier: MIT
/*
 * Copies for what cannot be moved, in slots on the target's own volume.
 *
 *   copy      base/copy, with all metadata; names of one object among the items of a root become one object again
 *   escaped   attributes that overlayfs had renamed get their names
 *   foreign   an upper of somebody else: what was copied becomes ours before anybody can reach it
 */
#include "changes/txn_parts.h"

#include "base/cleanup.h"
#include "base/copy.h"
#include "base/dirstack.h"
#include "base/error.h"
#include "base/path.h"
#include "base/text.h"
#include "changes/txn_call.h"

#include <fcntl.h>
#include <string.h>
#include <sys/xattr.h>

/* ---- one object ---- */

static int copy_file(int from_dir, const char *name, int to_dir, const char *slot, struct error *err)
{
	_cleanup_fd_ int from = openat(from_dir, name,
				       O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	_cleanup_fd_ int to = -EBADF;
	struct stat st;

	if (from < 0 || fstat(from, &st) < 0)
		return fail_call(err, CALL_COPY, "");
	if (!S_ISREG(st.st_mode)) {
		errno = ESTALE;
		return fail_call(err, CALL_COPY, "");
	}
	to = openat(to_dir, slot, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		    S_IRUSR | S_IWUSR);
	if (to < 0)
		return fail_call(err, CALL_COPY, "");
	return copy_data(from, to, err) < 0 ? -1 : copy_metadata(from, to, &st, err);
}

static int copy_symlink(int from_dir, const char *name, int to_dir, const char *slot)
{
	char target[PATH_MAX + 1];
	ssize_t n = readlinkat(from_dir, name, target, sizeof(target));

	if (n < 0)
		return -1;
	if ((size_t)n == sizeof(target)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	target[n] = '\0';
	return symlinkat(target, to_dir, slot);
}

static int copy_special(int from_dir, const char *name, const struct stat *st, int to_dir,
			const char *slot, struct error *err)
{
	int made = S_ISLNK(st->st_mode) ? copy_symlink(from_dir, name, to_dir, slot)
					: mknodat(to_dir, slot, st->st_mode & S_IFMT, st->st_rdev);

	if (made < 0)
		return fail_call(err, CALL_COPY, "");
	return copy_metadata_at(from_dir, name, to_dir, slot, st, err);
}

static int copy_directory(int from_dir, const char *name, int to_dir, const char *slot,
			  bool content, struct error *err)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	_cleanup_fd_ int from = openat(from_dir, name, flags), to = -EBADF;
	struct stat st;

	if (from < 0 || fstat(from, &st) < 0 || mkdirat(to_dir, slot, S_IRWXU) < 0)
		return fail_call(err, CALL_COPY, "");
	to = openat(to_dir, slot, flags);
	if (to < 0)
		return fail_call(err, CALL_COPY, "");
	if (content && copy_tree(from, to, err) < 0)
		return -1;
	return copy_metadata(from, to, &st, err);
}

static int copy_object(int from_dir, const char *name, int to_dir, const char *slot, bool content,
		       struct error *err)
{
	struct stat st;

	if (fstatat(from_dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return fail_call(err, CALL_COPY, "");
	if (S_ISDIR(st.st_mode))
		return copy_directory(from_dir, name, to_dir, slot, content, err);
	return S_ISREG(st.st_mode) ? copy_file(from_dir, name, to_dir, slot, err)
				   : copy_special(from_dir, name, &st, to_dir, slot, err);
}

/* ---- what was somebody else's ---- */

/*
 * Nothing may stay by which the former owner could go on ruling the object: no owner, no rights for others to write, no
 * set-id bit, and of the attributes only user.*: neither ACLs nor capabilities nor labels.
 */
static int disown_object(int dir_fd, const char *name, const struct stat *st, bool *reduced)
{
	char list[XATTR_LIST_MAX];
	ssize_t size = attribute_list(dir_fd, name, list, sizeof(list));
	mode_t mode = st->st_mode & 07777 & ~(mode_t)(S_ISUID | S_ISGID | S_IWGRP | S_IWOTH);

	if (!S_ISDIR(st->st_mode) && (st->st_mode & (S_ISUID | S_ISGID)))
		*reduced = true;
	if (size < 0 && errno != ENOTSUP)
		return -1;
	for (ssize_t at = 0; at < size; at += (ssize_t)strlen(list + at) + 1) {
		if (strncmp(list + at, "user.", 5) == 0)
			continue;
		*reduced |= strcmp(list + at, "security.capability") == 0;
		if (attribute_remove(dir_fd, name, list + at) < 0 && errno != ENODATA &&
		    errno != EPERM && errno != ENOTSUP)
			return -1;
	}
	if (fchownat(dir_fd, name, geteuid(), getegid(), AT_SYMLINK_NOFOLLOW) < 0)
		return -1;
	return S_ISLNK(st->st_mode) ? 0 : fchmodat(dir_fd, name, mode, AT_SYMLINK_NOFOLLOW);
}

/* The object and all below it. Directories are entered before they lose what lets us in. */
static int disown_tree(int dir_fd, const char *name, bool *reduced)
{
	_cleanup_(dirstack_release) struct dirstack stack = { 0 };
	struct stat st;

	for (int above = dir_fd;; above = dirstack_last(&stack)->fd) {
		struct timespec times[2];

		if (fstatat(above, name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
		    disown_object(above, name, &st, reduced) < 0)
			return -1;
		times[0] = st.st_atim;
		times[1] = st.st_mtim;
		if (utimensat(above, name, times, AT_SYMLINK_NOFOLLOW) < 0)
			return -1;
		if (S_ISDIR(st.st_mode)) {
			int fd = openat(above, name,
					O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

			if (fd < 0)
				return -1;
			dirstack_push(&stack, fd, &st);
			if (dirstack_list(&stack) < 0)
				return -1;
		}
		if (!stack.v.count)
			return 0;
		while (!(name = dirstack_next(&stack))) {
			if (stack.v.count == 1)
				return 0;
			if (dirstack_pop(&stack) < 0)
				return -1;
		}
	}
}

/* ---- one item ---- */

static int stage_error(struct txn *t, const struct txn_item *item, struct error *err)
{
	_cleanup_text_ struct text path = { 0 };

	txn_path(t, item->dir, item->name, &path);
	return fail_message(err, "cannot copy %s", Q(text_str(&path)));
}

/* A directory that the upper does not have either. */
static int make_plain(int area_fd, const char *slot)
{
	return mkdirat(area_fd, slot, 0755) < 0 ? -1 : fchmodat(area_fd, slot, 0755, 0);
}

static int stage_item(struct txn *t, uint32_t index, int upper_fd, struct error *err)
{
	struct txn_item *item = &t->items.items[index];
	int area_fd = t->areas.items[t->dirs.items[item->dir].area].fd;
	const char *slot = SLOT(index, "");
	bool reduced = false;
	struct stat st;

	if (change_refused("copy"))
		return txn_error(t, item->dir, item->name, "cannot copy", err);
	if (item->upper_ino ? copy_object(upper_fd, item->name, area_fd, slot,
					  !(item->flags & ITEM_MAKE), err) < 0
			    : make_plain(area_fd, slot) < 0 && fail_call(err, CALL_COPY, "") < 0)
		return stage_error(t, item, err);
	if ((t->foreign && disown_tree(area_fd, slot, &reduced) < 0) ||
	    fstatat(area_fd, slot, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return txn_error(t, item->dir, item->name, "cannot copy", err);
	if (reduced) {
		_cleanup_text_ struct text path = { 0 };

		txn_path(t, item->dir, item->name, &path);
		*VECTOR_ADD(&t->arena, &t->reduced) = arena_strdup(&t->arena, text_str(&path));
	}
	item->new_ino = st.st_ino;
	if (S_ISDIR(st.st_mode) && !(st.st_mode & S_IWUSR))
		item->new_mode = st.st_mode & 07777;
	t->progress.bytes += (uint64_t)st.st_blocks * 512;
	if (t->progress.report)
		t->progress.report(t->progress.arg, t->progress.done, t->progress.total,
				   t->progress.bytes);
	return 0;
}

static int stage_items(struct txn *t, struct error *err)
{
	for (uint32_t dir = 0; dir < t->dirs.count; dir++) {
		const struct txn_dir *d = &t->dirs.items[dir];
		_cleanup_fd_ int upper_fd = -EBADF;

		for (uint32_t i = d->first; i < d->first + d->count; i++) {
			if (!(t->items.items[i].flags & ITEM_COPY))
				continue;
			if (upper_fd < 0)
				upper_fd = dir_open(t, dir, SIDE_BOX);
			if (stage_item(t, i, upper_fd, err) < 0)
				return -1;
		}
	}
	return 0;
}

/* ---- what concerns several objects, or one inside ---- */

/* The slot of an item, and below it, as a path from its area. */
static int open_staged(const struct txn *t, uint32_t index, const char *path, const char **ret_name,
		       struct text *buffer)
{
	const struct txn_item *item = &t->items.items[index];
	int area_fd = t->areas.items[t->dirs.items[item->dir].area].fd;

	text_printf(buffer, "%u%s%s", index, *path ? "/" : "", path);
	return parent_open(area_fd, text_str(buffer), ret_name);
}

/* Runs an action on an object in a staged copy, and gives its directory the time that it had. */
static int on_staged(struct txn *t, uint32_t index, const char *path,
		     int (*act)(int dir_fd, const char *name, const void *arg), const void *arg,
		     struct error *err)
{
	_cleanup_text_ struct text buffer = { 0 };
	const struct txn_item *item = &t->items.items[index];
	const char *name;
	_cleanup_fd_ int dir_fd = open_staged(t, index, path, &name, &buffer);
	struct stat above;

	if (dir_fd < 0 || fstat(dir_fd, &above) < 0 || act(dir_fd, name, arg) < 0 ||
	    (*path && call_time(dir_fd, "", above.st_mtim) < 0))
		return txn_error(t, item->dir, item->name, "cannot copy", err);
	return 0;
}

struct other_name {
	int dir_fd;
	const char *name;
};

static int link_to(int dir_fd, const char *name, const void *arg)
{
	const struct other_name *first = arg;

	if (call_unlink(dir_fd, name, 0) < 0)
		return -1;
	return call_link(first->dir_fd, first->name, dir_fd, name);
}

/* Names that are one object in the upper are several copies by now, unless they lie in one item. */
static int join_links(struct txn *t, size_t first, size_t count, struct error *err)
{
	const struct txn_link *links = t->links.items + first;
	_cleanup_text_ struct text buffer = { 0 };
	struct other_name from;
	_cleanup_fd_ int dir_fd = open_staged(t, links[0].item, links[0].path, &from.name, &buffer);
	struct stat st;

	from.dir_fd = dir_fd;
	if (dir_fd < 0 || fstatat(dir_fd, from.name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return txn_error(t, t->items.items[links[0].item].dir,
				 t->items.items[links[0].item].name, "cannot copy", err);
	for (size_t i = 1; i < count; i++) {
		struct txn_item *item = &t->items.items[links[i].item];

		if (links[i].item == links[0].item)
			continue; /* base/copy saw to it */
		if (on_staged(t, links[i].item, links[i].path, link_to, &from, err) < 0)
			return -1;
		if (!*links[i].path)
			item->new_ino = st.st_ino;
	}
	return 0;
}

static int stage_links(struct txn *t, struct error *err)
{
	for (size_t i = 0, n; i < t->links.count; i += n) {
		const struct txn_link *links = t->links.items;

		for (n = 1; i + n < t->links.count && links[i + n].ino == links[i].ino &&
			    links[i + n].root == links[i].root;)
			n++;
		if (n > 1 && (t->items.items[links[i].item].flags & ITEM_COPY) &&
		    join_links(t, i, n, err) < 0)
			return -1;
	}
	return 0;
}

static int name_again(int dir_fd, const char *name, const void *arg)
{
	const struct txn_mark *mark = arg;
	char plain[XATTR_NAME_MAX + 1];

	if (mark->mode != TXN_NO_MODE && call_chmod(dir_fd, name, mark->mode | S_IWUSR) < 0)
		return -1;
	if (attribute_set(dir_fd, name, attribute_plain(mark->key, plain), mark->value,
			  mark->size) < 0)
		return -1;
	return mark->mode != TXN_NO_MODE ? call_chmod(dir_fd, name, mark->mode) : 0;
}

static int drop_orphan(int dir_fd, const char *name, const void *arg)
{
	(void)arg;
	return call_unlink(dir_fd, name, 0);
}

static int stage_insides(struct txn *t, struct error *err)
{
	char plain[XATTR_NAME_MAX + 1];

	for (size_t i = 0; i < t->marks.count; i++) {
		const struct txn_mark *mark = &t->marks.items[i];

		if (mark->item != TXN_NONE && (t->items.items[mark->item].flags & ITEM_COPY) &&
		    attribute_plain(mark->key, plain) &&
		    on_staged(t, mark->item, mark->path, name_again, mark, err) < 0)
			return -1;
	}
	for (size_t i = 0; i < t->orphans.count; i++)
		if (on_staged(t, t->orphans.items[i].item, t->orphans.items[i].path, drop_orphan,
			      NULL, err) < 0)
			return -1;
	return 0;
}

int stage_copies(struct txn *t, struct error *err)
{
	if (stage_items(t, err) < 0 || stage_links(t, err) < 0 || stage_insides(t, err) < 0)
		return -1;
	/* What is moved has to be on disk as well: a volatile box syncs nothing, and its files may still be in memory alone. */
	return txn_sync(t, err);
}
