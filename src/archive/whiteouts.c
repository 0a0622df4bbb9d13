// SPDX-License-Identifier: MIT
/* Names of whiteouts, marks of overlayfs. */
#include "archive/whiteouts.h"

#include "base/cleanup.h"
#include "base/dirstack.h"
#include "base/error.h"
#include "base/remove.h"
#include "changes/lowers.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

static const char opaque_mark[] = "user.overlay.opaque";

static bool starts_with(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

enum whiteout_kind whiteouts_kind(const char *name, const char **ret_hidden)
{
	if (!starts_with(name, WHITEOUT_PREFIX))
		return WHITEOUT_NONE;
	if (strcmp(name, WHITEOUT_OPAQUE_NAME) == 0)
		return WHITEOUT_OPAQUE;
	if (starts_with(name, ".wh..wh."))
		return WHITEOUT_OTHER;
	*ret_hidden = name + strlen(WHITEOUT_PREFIX);
	return WHITEOUT_NAME;
}

/* -1 with errno; what is there, never what a link leads to. */
static int look_at(struct tree *t, const char *path, struct stat *ret)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *name, *dir = tree_split(&arena, path, &name);
	int fd = tree_directory(t, dir, false);

	return fd < 0 ? -1 : fstatat(fd, name, ret, AT_SYMLINK_NOFOLLOW);
}

bool whiteouts_has(struct tree *t, const char *path)
{
	struct stat st;

	return *path && look_at(t, path, &st) == 0 && is_whiteout(&st);
}

int whiteouts_add(struct tree *t, const char *path)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *name, *dir = tree_split(&arena, path, &name);
	struct stat st;
	int fd;

	if (look_at(t, path, &st) == 0)
		return S_ISDIR(st.st_mode) ? whiteouts_make_opaque(t, path) : 0;
	if (errno != ENOENT)
		return -1;
	fd = tree_directory(t, dir, true);
	return fd < 0 ? -1 : mknodat(fd, name, S_IFCHR, makedev(0, 0));
}

static int open_listed(struct tree *t, const char *path)
{
	int fd = tree_directory(t, path, true);

	return fd < 0 ? -1 : openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

int whiteouts_make_opaque(struct tree *t, const char *path)
{
	_cleanup_fd_ int fd = -EBADF;

	if (!*path)
		return 0;
	fd = open_listed(t, path);
	return fd < 0 ? -1 : fsetxattr(fd, opaque_mark, "y", 1, 0);
}

int whiteouts_empty(struct tree *t, const char *path)
{
	int fd = tree_directory(t, path, false);
	struct error err;

	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR || errno == ELOOP ? 0 : -1;
	if (remove_contents(fd, &err) == 0)
		return 0;
	errno = err.sys;
	return -1;
}

/* ---- settling ---- */

/* How many of the directories on the way are opaque tells whether one is inside of one: counted as the walk goes. */
struct settling {
	struct dirstack s;
	size_t hidden; /* levels up to and with the outermost opaque one; 0: none is */
};

static void settling_release(struct settling *w)
{
	dirstack_release(&w->s);
}

static int push(struct settling *w, int take_fd)
{
	struct stat st;

	if (fstat(take_fd, &st) < 0) {
		(void)close_fd(take_fd);
		return -1;
	}
	dirstack_push(&w->s, take_fd, &st);
	if (!w->hidden && is_opaque(take_fd))
		w->hidden = w->s.v.count;
	return dirstack_list(&w->s);
}

static int pop(struct settling *w)
{
	if (w->hidden == w->s.v.count)
		w->hidden = 0;
	return dirstack_pop(&w->s);
}

static int settle_entry(struct settling *w, const char *name)
{
	int dir_fd = dirstack_last(&w->s)->fd, fd;
	struct stat st;

	if (fstatat(dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return -1;
	if (w->hidden && is_whiteout(&st))
		return unlinkat(dir_fd, name, 0);
	if (!S_ISDIR(st.st_mode))
		return 0;
	fd = openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return fd < 0 ? -1 : push(w, fd);
}

int whiteouts_settle(struct tree *t)
{
	_cleanup_(settling_release) struct settling w = { 0 };
	int fd = open_listed(t, "");

	if (fd < 0 || push(&w, fd) < 0)
		return -1;
	for (;;) {
		const char *name = dirstack_next(&w.s);

		if (!name && w.s.v.count == 1)
			return 0;
		if ((name ? settle_entry(&w, name) : pop(&w)) < 0)
			return -1;
	}
}
