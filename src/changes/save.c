// SPDX-License-Identifier: MIT
/*
 * Freezing changes. Directories get their metadata when they are made, but for the right of their owner to fill them, and the
 * times that filling them changes: that follows at the end, the deepest first.
 */
#include "changes/save.h"

#include "base/cleanup.h"
#include "base/copy.h"
#include "base/error.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "changes/save_parts.h"
#include "state/layers.h"

#include <fcntl.h>
#include <linux/limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

struct saving save_begin(int root_fd, const char *into)
{
	return (struct saving){
		.root_fd = root_fd, .into = into, .kept = ESCAPED_PREFIX, .parent_fd = -EBADF
	};
}

void save_release(struct saving *s)
{
	objects_release(&s->objects);
	s->parent_fd = close_fd(s->parent_fd);
	text_release(&s->parent);
	arena_release(&s->arena);
}

int save_failed(struct saving *s, const struct layer_item *item)
{
	(void)fail(s->err, ERROR_SYSTEM, errno, "cannot save %s", Q(item->place));
	(void)fail_at(s->err, CALL_NONE, item->place);
	return layers_explain(s->err, s->into);
}

/* An error of base/copy.h, which knows no path. */
static int fail_copy(struct saving *s, const struct layer_item *item)
{
	errno = s->err->sys;
	return save_failed(s, item);
}

int save_open(const struct saving *s, const char *path, int flags)
{
	return sys_openat2(s->root_fd, *path ? path : ".", (uint64_t)flags | O_CLOEXEC, 0,
			   RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
}

void save_forget(struct saving *s)
{
	s->parent_fd = close_fd(s->parent_fd);
}

int save_parent(struct saving *s, const char *path, const char **ret_name)
{
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) : 0;

	*ret_name = slash ? slash + 1 : path;
	if (s->parent_fd >= 0 && s->parent.len == n && memcmp(text_str(&s->parent), path, n) == 0)
		return s->parent_fd;
	save_forget(s);
	text_clear(&s->parent);
	text_add_bytes(&s->parent, path, n);
	return s->parent_fd = save_open(s, text_str(&s->parent), O_PATH | O_DIRECTORY);
}

/* ---- metadata ---- */

/* copy_metadata() takes all of user.overlay.* for overlayfs's own. */
static int copy_kept(const struct saving *s, int from_fd, int to_fd)
{
	char list[XATTR_LIST_MAX], value[XATTR_SIZE_MAX];
	ssize_t size = flistxattr(from_fd, list, sizeof(list)), n;

	for (ssize_t at = 0; at < size; at += (ssize_t)strlen(list + at) + 1) {
		if (strncmp(list + at, s->kept, strlen(s->kept)) != 0)
			continue;
		n = fgetxattr(from_fd, list + at, value, sizeof(value));
		if (n < 0 || fsetxattr(to_fd, list + at, value, (size_t)n, 0) < 0)
			return -1;
	}
	return size < 0 && errno != ENOTSUP ? -1 : 0;
}

/* st is that of from_fd, maybe with another mode. */
static int copy_all(struct saving *s, const struct layer_item *item, int from_fd, int to_fd,
		    const struct stat *st)
{
	if (copy_kept(s, from_fd, to_fd) < 0)
		return save_failed(s, item);
	return copy_metadata(from_fd, to_fd, st, s->err) < 0 ? fail_copy(s, item) : 0;
}

/* ---- the kinds of items ---- */

static int save_directory(struct saving *s, const struct layer_item *item)
{
	const char *name;
	int dir_fd = *item->path ? save_parent(s, item->path, &name) : s->root_fd;
	_cleanup_fd_ int from = openat(item->dir_fd, item->name,
				       O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	_cleanup_fd_ int to = -EBADF;
	struct stat st = item->st;

	/* Of a directory of the base that may be searched and not read, the mode and the times are known. */
	if ((from < 0 && errno != EACCES) || dir_fd < 0 ||
	    (*item->path && mkdirat(dir_fd, name, S_IRWXU) < 0 && errno != EEXIST))
		return save_failed(s, item);
	to = save_open(s, item->path, O_RDONLY | O_DIRECTORY);
	if (to < 0 || (item->opaque && fsetxattr(to, MARK_PREFIX "opaque", "y", 1, 0) < 0))
		return save_failed(s, item);
	st.st_mode |= S_IRWXU;
	if (from >= 0 && copy_all(s, item, from, to, &st) < 0)
		return -1;
	(void)VECTOR_PUSH(&s->arena, &s->dirs,
			  (struct saved_dir){
				  .path = arena_strdup(&s->arena, item->path),
				  .mode = item->st.st_mode & 07777,
				  .times = { item->st.st_atim, item->st.st_mtim },
				  .turn = s->dirs.count,
			  });
	return 0;
}

static int save_file(struct saving *s, const struct layer_item *item, int dir_fd, const char *name)
{
	_cleanup_fd_ int from = openat(item->dir_fd, item->name,
				       O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	_cleanup_fd_ int to = -EBADF;

	if (from < 0)
		return save_failed(s, item);
	to = openat(dir_fd, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		    S_IRUSR | S_IWUSR);
	if (to < 0)
		return save_failed(s, item);
	if (copy_data(from, to, s->err) < 0)
		return fail_copy(s, item);
	return copy_all(s, item, from, to, &item->st);
}

static int make_symlink(const struct layer_item *item, int dir_fd, const char *name)
{
	char target[PATH_MAX];
	ssize_t n = readlinkat(item->dir_fd, item->name, target, sizeof(target) - 1);

	if (n < 0)
		return -1;
	target[n] = '\0';
	return symlinkat(target, dir_fd, name);
}

/* Fifos, sockets, links. */
static int save_special(struct saving *s, const struct layer_item *item, int dir_fd,
			const char *name)
{
	int made = S_ISLNK(item->st.st_mode)
			   ? make_symlink(item, dir_fd, name)
			   : mknodat(dir_fd, name, item->st.st_mode & S_IFMT, item->st.st_rdev);

	if (made < 0)
		return save_failed(s, item);
	if (copy_metadata_at(item->dir_fd, item->name, dir_fd, name, &item->st, s->err) < 0)
		return fail_copy(s, item);
	return 0;
}

static int save_object(struct saving *s, const struct layer_item *item)
{
	const char *name, *first = item->path, *first_name;
	int dir_fd = save_parent(s, item->path, &name);

	if (dir_fd < 0)
		return save_failed(s, item);
	if (item->st.st_nlink > 1)
		first = objects_first(&s->objects, &item->st, item->path);
	if (strcmp(first, item->path) != 0) {
		_cleanup_fd_ int to = fcntl(dir_fd, F_DUPFD_CLOEXEC, 3);
		int from = to < 0 ? -1 : save_parent(s, first, &first_name);

		return from < 0 || linkat(from, first_name, to, name, 0) < 0 ? save_failed(s, item)
									     : 0;
	}
	return S_ISREG(item->st.st_mode) ? save_file(s, item, dir_fd, name)
					 : save_special(s, item, dir_fd, name);
}

static int save_whiteout(struct saving *s, const struct layer_item *item)
{
	const char *name;
	int dir_fd = save_parent(s, item->path, &name);

	if (dir_fd < 0 || mknodat(dir_fd, name, S_IFCHR, makedev(0, 0)) < 0)
		return save_failed(s, item);
	return 0;
}

int save_item(void *arg, const struct layer_item *item, struct error *err)
{
	struct saving *s = arg;

	s->err = err;
	if (item->kind == LAYER_DIRECTORY)
		return save_directory(s, item);
	return item->kind == LAYER_WHITEOUT ? save_whiteout(s, item) : save_object(s, item);
}

/* ---- the end ---- */

/* Children before their parents, and of one directory the last word first. */
static int by_depth(const void *a, const void *b)
{
	const struct saved_dir *x = a, *y = b;
	int order = strcmp(y->path, x->path);

	return order ? order : (x->turn < y->turn) - (x->turn > y->turn);
}

/* Something else took the place of the directory, or of one above it. */
static bool is_gone(int sys)
{
	return sys == ENOENT || sys == ENOTDIR || sys == ELOOP;
}

/* fchmod(2) keeps an ACL's mask: its bits are the same. */
static int finish_directory(const struct saving *s, const struct saved_dir *dir, struct error *err)
{
	_cleanup_fd_ int fd = save_open(s, dir->path, O_RDONLY | O_DIRECTORY);

	if (fd < 0 && is_gone(errno))
		return 0;
	if (fd >= 0 && fchmod(fd, dir->mode) == 0 && futimens(fd, dir->times) == 0)
		return 0;
	(void)fail(err, ERROR_SYSTEM, errno, "cannot save %s", Q(dir->path));
	return fail_at(err, CALL_NONE, dir->path);
}

int save_finish(struct saving *s, struct error *err)
{
	struct saved_dir *dirs = s->dirs.items;

	if (s->dirs.count)
		qsort(dirs, s->dirs.count, sizeof(*dirs), by_depth);
	for (size_t i = 0; i < s->dirs.count; i++)
		if ((i == 0 || strcmp(dirs[i].path, dirs[i - 1].path) != 0) &&
		    finish_directory(s, &dirs[i], err) < 0)
			return -1;
	return 0;
}

int changes_save(const struct changes *c, int to_fd, const char *into, struct error *err)
{
	_cleanup_(save_release) struct saving s = save_begin(to_fd, into);

	return layer_walk(c, save_item, &s, err) < 0 ? -1 : save_finish(&s, err);
}
