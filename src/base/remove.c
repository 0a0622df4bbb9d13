// SPDX-License-Identifier: MIT
/*
 * Removing trees, one entry after another:
 *
 *   unlink    what is no directory
 *   rmdir     before it is opened, as an empty directory needs no permission on itself; and EBUSY
 *             for every mount point, also where a bind shows the same file system
 *   descend   what is left has entries; when they are gone, rmdir again
 *
 * It must not use a path of more than one component, and must not open what may be a link without
 * O_NOFOLLOW.
 */
#include "base/remove.h"

#include "base/cleanup.h"
#include "base/dirstack.h"
#include "base/error.h"
#include "base/path.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static int fail_here(const struct dirstack *s, struct error *err)
{
	_cleanup_text_ struct text path = { 0 };
	int sys = errno;

	dirstack_path(s, &path);
	fail(err, ERROR_SYSTEM, sys, "cannot remove %s", Q(path.len ? text_str(&path) : "."));
	if (sys == EBUSY)
		error_set_reason(err, "something is mounted there");
	if (sys == EXDEV)
		error_set_reason(err, "it is another file system");
	return fail_at(err, CALL_STATE, text_str(&path));
}

enum { ENTRY_FULL = 1 };

/* 0: gone; ENTRY_FULL: a directory that is not empty; -1 with errno. */
static int remove_entry(int dir_fd, const char *name)
{
	if (unlinkat(dir_fd, name, 0) == 0 || errno == ENOENT)
		return 0;
	if (errno != EISDIR)
		return -1;
	if (unlinkat(dir_fd, name, AT_REMOVEDIR) == 0 || errno == ENOENT)
		return 0;
	/* rmdir(2) allows either. */
	return errno == ENOTEMPTY || errno == EEXIST ? ENTRY_FULL : -1;
}

/* Opens a directory of whatever mode, if it can be made accessible. -1 with errno. */
static int open_directory(int dir_fd, const char *name)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int fd = openat(dir_fd, name, flags);

	if (fd >= 0 || errno != EACCES)
		return fd;
	if (fchmodat(dir_fd, name, S_IRWXU, AT_SYMLINK_NOFOLLOW) < 0) {
		errno = EACCES;
		return -1;
	}
	return openat(dir_fd, name, flags);
}

/* Makes take_fd the last level, reads its names, and sees to it that they can be removed. */
static int push_listed(struct dirstack *s, int take_fd, struct stat *st)
{
	dirstack_push(s, take_fd, st);
	/* Refused where it is another user's; if it has entries, they will tell. */
	if ((st->st_mode & S_IRWXU) != S_IRWXU)
		(void)fchmod(take_fd, (st->st_mode & 07777) | S_IRWXU);
	return dirstack_list(s);
}

static int descend(struct dirstack *s, const char *name, struct error *err)
{
	const struct dirstack_level *last = dirstack_last(s);
	dev_t dev = last->st.st_dev;
	_cleanup_fd_ int fd = open_directory(last->fd, name);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		return fail_here(s, err);
	/* Mounted since rmdir, or a subvolume of btrfs: not ours to empty. */
	if (st.st_dev != dev) {
		errno = EXDEV;
		return fail_here(s, err);
	}
	return push_listed(s, TAKE_FD(fd), &st) < 0 ? fail_here(s, err) : 0;
}

static int ascend(struct dirstack *s, struct error *err)
{
	const struct dirstack_level *last;

	if (dirstack_pop(s) < 0)
		return fail_here(s, err);
	last = dirstack_last(s);
	if (unlinkat(last->fd, last->name, AT_REMOVEDIR) < 0 && errno != ENOENT)
		return fail_here(s, err);
	return 0;
}

/* Removes the entries that the one level of s names. */
static int remove_listed(struct dirstack *s, struct error *err)
{
	for (;;) {
		const char *name = dirstack_next(s);
		int answer;

		if (!name) {
			if (s->v.count == 1)
				return 0;
			if (ascend(s, err) < 0)
				return -1;
			continue;
		}
		answer = remove_entry(dirstack_last(s)->fd, name);
		if (answer < 0)
			return fail_here(s, err);
		if (answer == ENTRY_FULL && descend(s, name, err) < 0)
			return -1;
	}
}

int remove_tree(int dir_fd, const char *name, struct error *err)
{
	_cleanup_(dirstack_release) struct dirstack s = { 0 };
	/* O_PATH: a directory may hold what we remove and not be readable. */
	_cleanup_fd_ int fd = openat(dir_fd, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		return fail_here(&s, err);
	dirstack_push(&s, TAKE_FD(fd), &st);
	text_add_bytes(&dirstack_last(&s)->names, name, strlen(name) + 1);
	return remove_listed(&s, err);
}

int remove_contents(int dir_fd, struct error *err)
{
	_cleanup_(dirstack_release) struct dirstack s = { 0 };
	_cleanup_fd_ int fd = -EBADF;
	struct stat st;

	/* With mode 000 even "." cannot be looked up. O_PATH refuses: then do without. */
	if (fstat(dir_fd, &st) == 0 && (st.st_mode & S_IRWXU) != S_IRWXU)
		(void)fchmod(dir_fd, (st.st_mode & 07777) | S_IRWXU);
	fd = openat(dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0 || push_listed(&s, TAKE_FD(fd), &st) < 0)
		return fail_here(&s, err);
	return remove_listed(&s, err);
}
