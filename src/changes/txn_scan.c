// SPDX-License-Identifier: MIT
/*
 * Looking at the objects that leave an upper: every object in an item, once.
 *
 *   marks       overlayfs's attributes, which must not reach the base
 *   whiteouts   in a directory that hides nothing they are orphans; what holds one is copied, without it
 *   links       all names of an object have to move together, or none: a name that stayed behind would let the box write
 *               into the base, as both would be one inode
 *   owners      copies are made by us, and may not be given to everybody
 */
#include "changes/txn_parts.h"

#include "base/cleanup.h"
#include "base/dirstack.h"
#include "base/error.h"
#include "base/path.h"
#include "base/text.h"
#include "changes/lowers.h"
#include "changes/txn_call.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/xattr.h>

/* ---- who we are ---- */

static bool has_capability(unsigned capability)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { 0 };

	return syscall(SYS_capget, &header, data) == 0 &&
	       data[CAP_TO_INDEX(capability)].effective & CAP_TO_MASK(capability);
}

static bool in_group(gid_t gid)
{
	gid_t groups[1024];
	int n = getgroups((int)ARRAY_LEN(groups), groups);

	for (int i = 0; i < n; i++)
		if (groups[i] == gid)
			return true;
	return gid == getegid();
}

/* In a user namespace an id that is not mapped looks like this one (user_namespaces(7)), and capabilities are of no use for it. */
static bool is_unmapped(unsigned id)
{
	static int whole = -1;
	static const unsigned overflow = 65534;

	if (whole < 0) {
		_cleanup_fd_ int fd = sys_open("/proc/self/uid_map", O_RDONLY | O_CLOEXEC);
		char map[64] = { 0 };
		unsigned inside, outside, count = 0;

		if (fd >= 0 && read(fd, map, sizeof(map) - 1) > 0)
			(void)sscanf(map, "%u %u %u", &inside, &outside, &count);
		whole = count == UINT32_MAX;
	}
	return !whole && id == overflow;
}

bool may_act_for(uid_t uid)
{
	return uid == geteuid() || (has_capability(CAP_FOWNER) && !is_unmapped(uid));
}

bool may_give(uid_t uid, gid_t gid)
{
	bool any = has_capability(CAP_CHOWN);

	return (uid == geteuid() || (any && !is_unmapped(uid))) &&
	       (in_group(gid) || (any && !is_unmapped(gid)));
}

/* ---- one item ---- */

struct scanner {
	struct txn *t;
	uint32_t item;
	struct error *err;
	struct dirstack stack;
	bool copy; /* it cannot be moved */
};

static const char *kept_path(struct scanner *s)
{
	_cleanup_text_ struct text path = { 0 };

	dirstack_path(&s->stack, &path);
	return path.len ? arena_strdup(&s->t->arena, text_str(&path)) : "";
}

static int scan_failed(struct scanner *s, const char *what)
{
	const struct txn_item *item = &s->t->items.items[s->item];
	_cleanup_text_ struct text path = { 0 };
	int sys = errno;

	dirstack_path(&s->stack, &path);
	if (sys == EACCES || sys == EPERM) {
		problem(s->t, item->dir, item->name, sys, "%s in the box cannot be read%s%s", what,
			path.len ? ": " : "", path.len ? Q(text_str(&path)) : "");
		return 0;
	}
	errno = sys;
	return txn_error(s->t, item->dir, item->name, "cannot read what the box has for", s->err);
}

/* An object without the right to write for its owner cannot lose a user.* attribute (xattr(7)). */
static uint16_t mode_to_open(const struct stat *st)
{
	return st->st_mode & S_IWUSR ? TXN_NO_MODE : st->st_mode & 07777;
}

/* Most marks are of one key. */
static const char *kept_key(struct txn *t, const char *key)
{
	const struct txn_mark *last = t->marks.count ? &t->marks.items[t->marks.count - 1] : NULL;

	return last && strcmp(last->key, key) == 0 ? last->key : arena_strdup(&t->arena, key);
}

static int note_mark(struct scanner *s, int dir_fd, const char *name, const char *key,
		     const struct stat *st)
{
	size_t size = 0;
	const char *value = attribute_load(&s->t->arena, dir_fd, name, key, &size), *kept;

	if (!value)
		return errno == ENODATA ? 0 : scan_failed(s, "an attribute");
	kept = kept_key(s->t, key);
	VECTOR_PUSH(&s->t->arena, &s->t->marks,
		    (struct txn_mark){
			    .item = s->item,
			    .dir = TXN_NONE,
			    .mode = mode_to_open(st),
			    .path = kept_path(s),
			    .key = kept,
			    .value = value,
			    .size = size,
		    });
	return 0;
}

/* Marks of overlayfs itself first: one that was escaped may get the name of one. */
static int scan_marks(struct scanner *s, int dir_fd, const char *name, const struct stat *st)
{
	char list[XATTR_LIST_MAX], plain[XATTR_NAME_MAX + 1];
	ssize_t size = attribute_list(dir_fd, name, list, sizeof(list));

	if (size < 0)
		return errno == ENOTSUP ? 0 : scan_failed(s, "attributes");
	for (int escaped = 0; size && escaped < 2; escaped++)
		for (ssize_t at = 0; at < size; at += (ssize_t)strlen(list + at) + 1)
			if (attribute_is_mark(list + at) &&
			    (attribute_plain(list + at, plain) != NULL) == escaped &&
			    note_mark(s, dir_fd, name, list + at, st) < 0)
				return -1;
	return 0;
}

static void scan_owner(struct scanner *s, const struct stat *st)
{
	struct txn *t = s->t;
	struct txn_item *item = &t->items.items[s->item];

	/* Asked once for all that is plainly ours. */
	if (t->foreign || (st->st_uid == t->uid && st->st_gid == t->gid))
		return;
	if (!(item->flags & ITEM_FOREIGN) && !may_give(st->st_uid, st->st_gid))
		item->flags |= ITEM_FOREIGN;
}

static int scan_object(struct scanner *s, int dir_fd, const char *name, const struct stat *st)
{
	struct txn *t = s->t;
	struct txn_item *item = &t->items.items[s->item];

	if (is_whiteout(st)) {
		VECTOR_PUSH(&t->arena, &t->orphans,
			    (struct txn_link){ .item = s->item, .path = kept_path(s) });
		s->copy = true;
		return 0;
	}
	scan_owner(s, st);
	if (!S_ISDIR(st->st_mode) && st->st_nlink > 1)
		VECTOR_PUSH(&t->arena, &t->links,
			    (struct txn_link){
				    .ino = st->st_ino,
				    .root = t->dirs.items[item->dir].root,
				    .item = s->item,
				    .links = (uint32_t)st->st_nlink,
				    .path = kept_path(s),
			    });
	/* Others can have user.* attributes on files and directories alone. */
	return S_ISREG(st->st_mode) || S_ISDIR(st->st_mode) ? scan_marks(s, dir_fd, name, st) : 0;
}

static int scan_enter(struct scanner *s, int dir_fd, const char *name, const struct stat *st)
{
	_cleanup_fd_ int fd = -EBADF;

	if (S_ISDIR(st->st_mode))
		fd = openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (S_ISDIR(st->st_mode) && fd < 0)
		return scan_failed(s, "a directory");
	if (fd < 0)
		return 0;
	dirstack_push(&s->stack, TAKE_FD(fd), st);
	return dirstack_list(&s->stack) < 0 ? scan_failed(s, "a directory") : 0;
}

/* The entries of the directories on the stack, until it is empty. */
static int scan_below(struct scanner *s)
{
	while (s->stack.v.count) {
		struct dirstack_level *level = dirstack_last(&s->stack);
		const char *name = dirstack_next(&s->stack);
		struct stat st;

		if (!name) {
			if (s->stack.v.count == 1)
				return 0;
			if (dirstack_pop(&s->stack) < 0)
				return scan_failed(s, "a directory");
			continue;
		}
		if (fstatat(level->fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0) {
			if (scan_failed(s, "an entry") < 0)
				return -1;
			continue;
		}
		if (scan_object(s, level->fd, name, &st) < 0 ||
		    scan_enter(s, level->fd, name, &st) < 0)
			return -1;
	}
	return 0;
}

static void release_stack(struct scanner *s)
{
	dirstack_release(&s->stack);
}

int scan_item(struct txn *t, uint32_t index, int upper_fd, const struct stat *st, struct error *err)
{
	_cleanup_(release_stack) struct scanner s = { .t = t, .item = index, .err = err };
	struct txn_item *item = &t->items.items[index];

	if (scan_object(&s, upper_fd, item->name, st) < 0)
		return -1;
	if (!(item->flags & ITEM_MAKE) &&
	    (scan_enter(&s, upper_fd, item->name, st) < 0 || scan_below(&s) < 0))
		return -1;
	if (s.copy)
		item->flags |= ITEM_COPY;
	return 0;
}

/* ---- all items ---- */

static int by_object(const void *a, const void *b)
{
	const struct txn_link *x = a, *y = b;

	if (x->root != y->root)
		return x->root < y->root ? -1 : 1;
	if (x->ino != y->ino)
		return x->ino < y->ino ? -1 : 1;
	return (x->item > y->item) - (x->item < y->item);
}

/* The number of names that are one object with the first of them. */
static size_t same_object(const struct txn *t, size_t first)
{
	const struct txn_link *links = t->links.items;
	size_t n = 1;

	while (first + n < t->links.count && links[first + n].ino == links[first].ino &&
	       links[first + n].root == links[first].root)
		n++;
	return n;
}

/* True when some of those items became copies by this. */
static bool copy_together(struct txn *t, size_t first, size_t count)
{
	const struct txn_link *links = t->links.items + first;
	bool copy = count < links->links, changed = false;

	for (size_t i = 0; i < count; i++)
		copy |= t->items.items[links[i].item].flags & ITEM_COPY;
	for (size_t i = 0; copy && i < count; i++) {
		struct txn_item *item = &t->items.items[links[i].item];

		changed |= !(item->flags & ITEM_COPY);
		item->flags |= ITEM_COPY;
	}
	return changed;
}

void scan_settle_links(struct txn *t)
{
	bool changed = t->links.count != 0;

	if (changed)
		qsort(t->links.items, t->links.count, sizeof(*t->links.items), by_object);
	while (changed) {
		changed = false;
		for (size_t i = 0, n; i < t->links.count; i += n) {
			n = same_object(t, i);
			changed |= copy_together(t, i, n);
		}
	}
}

uint64_t scan_size(int dir_fd, const char *name)
{
	_cleanup_(dirstack_release) struct dirstack stack = { 0 };
	struct stat st;
	uint64_t size = 0;

	if (fstatat(dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return 0;
	for (int above = dir_fd;;) {
		int fd = -EBADF;

		size += (uint64_t)st.st_blocks * 512;
		if (S_ISDIR(st.st_mode))
			fd = openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (fd >= 0) {
			dirstack_push(&stack, fd, &st);
			(void)dirstack_list(&stack);
		}
		do {
			if (!stack.v.count)
				return size;
			name = dirstack_next(&stack);
			if (!name && (stack.v.count == 1 || dirstack_pop(&stack) < 0))
				return size;
		} while (!name);
		above = dirstack_last(&stack)->fd;
		if (fstatat(above, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
			st = (struct stat){ 0 };
	}
}
