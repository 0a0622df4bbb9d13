// SPDX-License-Identifier: MIT
/* Merged lookups over directories. */
#include "changes/lowers.h"

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/syscalls.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

enum { FEW = 4 };

int lower_dir_fd(const struct lower_dir *dir, size_t i)
{
	return dir->more ? dir->more[i] : dir->few[i];
}

void lower_dir_add(struct lower_dir *dir, int take_fd)
{
	if (!dir->more && dir->count < FEW) {
		dir->few[dir->count++] = take_fd;
		return;
	}
	/* At powers of two: most directories are in one layer, and none is in more than a few hundred. */
	if (!dir->more || (dir->count & (dir->count - 1)) == 0) {
		int *more = realloc(dir->more, dir->count * 2 * sizeof(*more));

		if (!more)
			out_of_memory_();
		if (!dir->more)
			memcpy(more, dir->few, sizeof(dir->few));
		dir->more = more;
	}
	dir->more[dir->count++] = take_fd;
}

void lower_dir_release(struct lower_dir *dir)
{
	for (size_t i = 0; i < dir->count; i++)
		(void)close_fd(lower_dir_fd(dir, i));
	free(dir->more);
	*dir = (struct lower_dir){ 0 };
}

bool is_whiteout(const struct stat *st)
{
	return S_ISCHR(st->st_mode) && st->st_rdev == makedev(0, 0);
}

/* The one letter of a directory's overlay.opaque, 0 when it has none. By name, as the descriptor may be O_PATH. */
static char mark_of(int dir_fd)
{
	char path[40], value;

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", dir_fd);
	return getxattr(path, "user.overlay.opaque", &value, 1) == 1 ? value : 0;
}

bool is_opaque(int dir_fd)
{
	return mark_of(dir_fd) == 'y';
}

/* An empty file that is a whiteout by its attribute; only a directory marked "x" holds such. */
static bool is_marked_whiteout(int dir_fd, const char *name, const struct stat *st)
{
	_cleanup_fd_ int fd = -EBADF;

	if (!S_ISREG(st->st_mode) || st->st_size != 0 || mark_of(dir_fd) != 'x')
		return false;
	fd = openat(dir_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	return fd >= 0 && fgetxattr(fd, "user.overlay.whiteout", NULL, 0) >= 0;
}

/* statx(2), as it tells what fstatat(2) does not. */
static int look(int dir_fd, const char *name, struct lower_entry *ret)
{
	const uint64_t guards = STATX_ATTR_MOUNT_ROOT | STATX_ATTR_IMMUTABLE | STATX_ATTR_APPEND;
	struct statx st;

	if (sys_statx(dir_fd, name, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, STATX_BASIC_STATS, &st) <
	    0)
		return -1;
	ret->st = (struct stat){
		.st_dev = makedev(st.stx_dev_major, st.stx_dev_minor),
		.st_ino = st.stx_ino,
		.st_mode = st.stx_mode,
		.st_nlink = st.stx_nlink,
		.st_uid = st.stx_uid,
		.st_gid = st.stx_gid,
		.st_rdev = makedev(st.stx_rdev_major, st.stx_rdev_minor),
		.st_size = (off_t)st.stx_size,
		.st_blksize = st.stx_blksize,
		.st_blocks = (blkcnt_t)st.stx_blocks,
		.st_atim = { st.stx_atime.tv_sec, st.stx_atime.tv_nsec },
		.st_mtim = { st.stx_mtime.tv_sec, st.stx_mtime.tv_nsec },
		.st_ctim = { st.stx_ctime.tv_sec, st.stx_ctime.tv_nsec },
	};
	ret->guarded = (st.stx_attributes & guards) != 0;
	return 0;
}

int lower_lookup(const struct lower_dir *dir, const char *name, struct lower_entry *ret)
{
	for (size_t i = 0; i < dir->count; i++) {
		int fd = lower_dir_fd(dir, i);

		if (look(fd, name, ret) < 0) {
			if (errno != ENOENT)
				return -1;
			continue;
		}
		if (is_whiteout(&ret->st) || is_marked_whiteout(fd, name, &ret->st))
			return LOWER_NONE;
		ret->layer = i;
		return 0;
	}
	return LOWER_NONE;
}

/* One directory below the topmost: merged unless something else stands there. -1 with errno. */
static int enter_below(const struct lower_dir *dir, const char *name, size_t i, int *ret_fd)
{
	struct stat st;

	*ret_fd = -EBADF;
	if (fstatat(lower_dir_fd(dir, i), name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : -1;
	if (!S_ISDIR(st.st_mode))
		return LOWER_NONE;
	/* O_PATH: a directory that may be searched and not read is looked up in all the same. */
	*ret_fd = openat(lower_dir_fd(dir, i), name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return *ret_fd < 0 ? -1 : 0;
}

/* A copy of its descriptors. -1 with errno. */
static int duplicate(const struct lower_dir *dir, struct lower_dir *ret)
{
	for (size_t i = 0; i < dir->count; i++) {
		int fd = fcntl(lower_dir_fd(dir, i), F_DUPFD_CLOEXEC, 3);

		if (fd < 0)
			return -1;
		lower_dir_add(ret, fd);
	}
	return 0;
}

/* One component further down: *at is closed and becomes the next directory, empty when there is none. */
static int step_down(struct lower_dir *at, const char *name)
{
	struct lower_dir next = { 0 };
	struct lower_entry found;
	int answer = lower_lookup(at, name, &found);

	if (answer == 0 && S_ISDIR(found.st.st_mode))
		answer = lower_enter(at, name, found.layer, &next);
	lower_dir_release(at);
	*at = next;
	return answer < 0 ? -1 : 0;
}

int lower_open(const struct lower_dir *dir, const char *relative, struct lower_dir *ret)
{
	int answer;

	*ret = (struct lower_dir){ 0 };
	answer = duplicate(dir, ret);
	while (answer == 0 && *relative) {
		char name[NAME_MAX + 1];
		size_t n = strcspn(relative, "/");

		(void)snprintf(name, sizeof(name), "%.*s", (int)n, relative);
		answer = step_down(ret, name);
		relative += n + (relative[n] == '/');
	}
	if (answer < 0)
		lower_dir_release(ret);
	return answer;
}

int lower_names(const struct lower_dir *dir, struct names *ret)
{
	for (size_t i = 0; i < dir->count; i++) {
		_cleanup_fd_ int fd = openat(lower_dir_fd(dir, i), ".",
					     O_RDONLY | O_DIRECTORY | O_CLOEXEC);

		if (fd < 0 || names_read(ret, fd) < 0)
			return -1;
	}
	return 0;
}

int lower_enter(const struct lower_dir *dir, const char *name, size_t layer, struct lower_dir *ret)
{
	*ret = (struct lower_dir){ 0 };
	for (size_t i = layer; i < dir->count; i++) {
		int fd, answer = enter_below(dir, name, i, &fd);

		if (answer < 0) {
			lower_dir_release(ret);
			return -1;
		}
		if (answer == LOWER_NONE)
			break;
		if (fd < 0)
			continue;
		lower_dir_add(ret, fd);
		/* The last layer's mark would hide nothing. */
		if (i + 1 < dir->count && is_opaque(fd))
			break;
	}
	return 0;
}
