// SPDX-License-Identifier: MIT
/*
 * Content, link targets, devices, and attributes.
 *
 * Attributes are read by name in /proc/self/fd of an O_PATH descriptor, as links, fifos and sockets cannot be opened. What
 * overlayfs keeps for itself (user.overlay.*, trusted.overlay.*) is left out; user.overlay.overlay.X is the X of an overlay
 * inside the box, escaped once (Linux 6.7). A file capability that the box copied up has become one of revision 3 with the
 * box's own user as its root: the same rights as revision 2 outside (capabilities(7)).
 */
#include "changes/compare.h"

#include "base/arena.h"
#include "base/cleanup.h"
#include "changes/changes.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <linux/limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>

enum { BLOCK = 128 * 1024 };

static int open_file(const struct compare_side *side)
{
	return openat(side->dir_fd, side->name,
		      O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

/* Whole blocks, as a short read would shift one side against the other. */
static ssize_t read_block(int fd, char *buf)
{
	size_t used = 0;

	while (used < BLOCK) {
		ssize_t n = read(fd, buf + used, BLOCK - used);

		if (n < 0)
			return -1;
		if (n == 0)
			break;
		used += (size_t)n;
	}
	return (ssize_t)used;
}

/* 1: the bytes differ, 0: they are equal, -1 with errno. */
static int compare_content(const struct compare_side *now, const struct compare_side *old)
{
	_cleanup_fd_ int a = -EBADF, b = -EBADF;
	_cleanup_free_ char *buf = NULL;

	if (now->st->st_size != old->st->st_size)
		return 1;
	if (now->st->st_size == 0)
		return 0;
	a = open_file(now);
	b = a < 0 ? -1 : open_file(old);
	buf = malloc(2L * BLOCK);
	if (a < 0 || b < 0 || !buf)
		return -1;
	for (;;) {
		ssize_t n = read_block(a, buf), m = read_block(b, buf + BLOCK);

		if (n < 0 || m < 0)
			return -1;
		if (n != m || memcmp(buf, buf + BLOCK, (size_t)n) != 0)
			return 1;
		if (n < BLOCK)
			return 0;
	}
}

static int compare_targets(const struct compare_side *now, const struct compare_side *old)
{
	char a[PATH_MAX], b[PATH_MAX];
	ssize_t n = readlinkat(now->dir_fd, now->name, a, sizeof(a));
	ssize_t m = readlinkat(old->dir_fd, old->name, b, sizeof(b));

	if (n < 0 || m < 0)
		return -1;
	return n != m || memcmp(a, b, (size_t)n) != 0;
}

struct attribute {
	const char *name;
	const char *value;
	size_t size;
};

struct attributes {
	struct arena arena;
	VECTOR(struct attribute) v;
};

static void attributes_release(struct attributes *a)
{
	arena_release(&a->arena);
}

/* The name that stands for it outside of the overlay, in the arena; NULL for one of overlayfs itself. */
static const char *outside_name(struct arena *arena, const char *name)
{
	static const char *const prefixes[] = { "user.overlay.", "trusted.overlay." };

	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++) {
		size_t n = strlen(prefixes[i]);

		if (strncmp(name, prefixes[i], n) != 0)
			continue;
		if (strncmp(name + n, "overlay.", 8) != 0)
			return NULL;
		return arena_concat(arena, prefixes[i], "", name + n + 8);
	}
	return arena_strdup(arena, name);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct attribute *)a)->name, ((const struct attribute *)b)->name);
}

/* Revision 3 without its root id: what is left is a capability of revision 2. */
static void level_capability(char *value, size_t *size)
{
	uint32_t magic;

	if (*size != XATTR_CAPS_SZ_3)
		return;
	memcpy(&magic, value, sizeof(magic));
	if ((magic & VFS_CAP_REVISION_MASK) != VFS_CAP_REVISION_3)
		return;
	magic = (magic & ~(uint32_t)VFS_CAP_REVISION_MASK) | VFS_CAP_REVISION_2;
	memcpy(value, &magic, sizeof(magic));
	*size = XATTR_CAPS_SZ_2;
}

static bool is_unseen(int sys)
{
	return sys == ENODATA || sys == EACCES || sys == EPERM || sys == EOVERFLOW ||
	       sys == ENOTSUP;
}

static int add_attribute(struct attributes *a, const char *path, const char *name)
{
	const char *outside = outside_name(&a->arena, name);
	ssize_t size;
	char *value;

	if (!outside)
		return 0;
	size = getxattr(path, name, NULL, 0);
	if (size < 0)
		return is_unseen(errno) ? 0 : -1;
	value = arena_alloc(&a->arena, (size_t)size + 1);
	size = getxattr(path, name, value, (size_t)size);
	if (size < 0)
		return is_unseen(errno) ? 0 : -1;
	VECTOR_PUSH(&a->arena, &a->v, (struct attribute){ outside, value, (size_t)size });
	if (strcmp(name, "security.capability") == 0)
		level_capability(value, &a->v.items[a->v.count - 1].size);
	return 0;
}

static int attributes_read(const struct compare_side *side, struct attributes *ret)
{
	_cleanup_fd_ int fd = openat(side->dir_fd, side->name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	char path[40], few[2048], *list = few;
	ssize_t size;

	if (fd < 0)
		return -1;
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	/* Nearly always there is nothing, or overlayfs's own: then nothing is allocated. */
	size = listxattr(path, few, sizeof(few));
	if (size < 0 && errno == ERANGE) {
		list = arena_alloc(&ret->arena, XATTR_LIST_MAX);
		size = listxattr(path, list, XATTR_LIST_MAX);
	}
	if (size < 0)
		return errno == ENOTSUP ? 0 : -1;
	for (ssize_t at = 0; at < size; at += (ssize_t)strlen(list + at) + 1)
		if (add_attribute(ret, path, list + at) < 0)
			return -1;
	if (ret->v.count)
		qsort(ret->v.items, ret->v.count, sizeof(*ret->v.items), by_name);
	return 0;
}

static int compare_attributes(const struct compare_side *now, const struct compare_side *old)
{
	_cleanup_(attributes_release) struct attributes a = { 0 }, b = { 0 };

	if (attributes_read(now, &a) < 0 || attributes_read(old, &b) < 0)
		return -1;
	if (a.v.count != b.v.count)
		return 1;
	for (size_t i = 0; i < a.v.count; i++) {
		const struct attribute *x = &a.v.items[i], *y = &b.v.items[i];

		if (strcmp(x->name, y->name) != 0 || x->size != y->size ||
		    memcmp(x->value, y->value, x->size) != 0)
			return 1;
	}
	return 0;
}

static int compare_by_type(const struct compare_side *now, const struct compare_side *old)
{
	switch (now->st->st_mode & S_IFMT) {
	case S_IFREG:
		return compare_content(now, old);
	case S_IFLNK:
		return compare_targets(now, old);
	case S_IFCHR:
	case S_IFBLK:
		return now->st->st_rdev != old->st->st_rdev;
	default:
		return 0;
	}
}

static bool same_time(const struct stat *a, const struct stat *b)
{
	return a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

bool compare_looks(const struct stat *now, const struct stat *old)
{
	return now->st_size != old->st_size || !same_time(now, old) ||
	       ((now->st_mode ^ old->st_mode) & 07777);
}

int compare_objects(const struct compare_side *now, const struct compare_side *old)
{
	const struct stat *a = now->st, *b = old->st;
	int differs = compare_by_type(now, old), attributes;

	if (differs < 0)
		return -1;
	differs = differs ? DIFFERS_CONTENT : 0;
	if ((a->st_mode ^ b->st_mode) & 07777)
		differs |= DIFFERS_MODE;
	if (a->st_uid != b->st_uid || a->st_gid != b->st_gid)
		differs |= DIFFERS_OWNER;
	if (!S_ISDIR(a->st_mode) && !same_time(a, b))
		differs |= DIFFERS_MTIME;
	/* What is listed anyway is looked at again when it is shown or applied. */
	if (differs & DIFFERS_CONTENT)
		return differs;
	attributes = compare_attributes(now, old);
	return attributes < 0 ? -1 : differs | (attributes ? DIFFERS_XATTRS : 0);
}
