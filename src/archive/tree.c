// SPDX-License-Identifier: MIT
/* Directories of a tree that is unpacked: found, made, and finished. */
#include "archive/tree.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/remove.h"
#include "base/syscalls.h"

#include <archive_entry.h>
#include <fcntl.h>
#include <limits.h>
#include <search.h>
#include <string.h>
#include <sys/stat.h>

enum { RESOLVE = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS };

/* A directory and what it shall be in the end. */
struct tree_dir {
	const char *path;
	size_t depth;
	struct archive_entry *entry; /* NULL: nothing is said of it */
};

void tree_init(struct tree *t, int fd)
{
	*t = (struct tree){ .fd = fd, .parent_fd = -EBADF };
	tree_describe(t, "", NULL);
}

static void keep_dir(void *dir)
{
	(void)dir; /* the arena's */
}

void tree_release(struct tree *t)
{
	tdestroy(t->dirs, keep_dir);
	for (size_t i = 0; i < t->list.count; i++)
		archive_entry_free(t->list.items[i]->entry);
	t->parent_fd = close_fd(t->parent_fd);
	text_release(&t->parent);
	arena_release(&t->arena);
}

/* ---- paths ---- */

enum path_verdict tree_path(struct arena *arena, const char *path, const char **ret)
{
	char *clean = arena_alloc(arena, strlen(path) + 1), *end = clean;

	if (*path == '/')
		return PATH_ABSOLUTE;
	while (*path) {
		size_t n = strcspn(path, "/");

		if (n == 2 && path[0] == '.' && path[1] == '.')
			return PATH_ABOVE;
		if (n > NAME_MAX)
			return PATH_LONG;
		if (n && !(n == 1 && *path == '.')) {
			if (end > clean)
				*end++ = '/';
			memcpy(end, path, n);
			end += n;
		}
		path += n + (path[n] == '/');
	}
	*ret = clean;
	return end - clean < PATH_MAX ? PATH_FITS : PATH_LONG;
}

const char *tree_split(struct arena *arena, const char *path, const char **ret_name)
{
	const char *slash = strrchr(path, '/');

	*ret_name = slash ? slash + 1 : path;
	return slash ? arena_strndup(arena, path, (size_t)(slash - path)) : "";
}

static int open_directory(const struct tree *t, const char *path, uint64_t flags)
{
	return sys_openat2(t->fd, *path ? path : ".", flags | O_DIRECTORY | O_CLOEXEC, 0, RESOLVE);
}

/* ---- directories ---- */

static int compare_dirs(const void *a, const void *b)
{
	const struct tree_dir *x = a, *y = b;

	return strcmp(x->path, y->path);
}

static size_t depth_of(const char *path)
{
	size_t depth = *path != '\0';

	for (; *path; path++)
		depth += *path == '/';
	return depth;
}

void tree_describe(struct tree *t, const char *path, struct archive_entry *entry)
{
	const struct tree_dir key = { .path = path };
	struct tree_dir **known = tfind(&key, &t->dirs, compare_dirs), *dir;

	if (!known) {
		dir = arena_new(&t->arena, struct tree_dir);
		dir->path = arena_strdup(&t->arena, path);
		dir->depth = depth_of(path);
		known = tsearch(dir, &t->dirs, compare_dirs);
		if (!known)
			out_of_memory_();
		*VECTOR_ADD(&t->arena, &t->list) = dir;
	}
	dir = *known;
	archive_entry_free(dir->entry);
	dir->entry = entry ? archive_entry_clone(entry) : NULL;
}

/* Makes a directory in one that is there. */
static int make_directory(struct tree *t, const char *path)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *name, *above = tree_split(&arena, path, &name);
	_cleanup_fd_ int fd = open_directory(t, above, O_PATH);

	if (fd < 0)
		return -1;
	if (mkdirat(fd, name, S_IRWXU) < 0)
		return errno == EEXIST ? 0 : -1;
	tree_describe(t, path, NULL);
	return 0;
}

/* Makes what is missing of a path: the directory of an entry need not have an entry itself. */
static int make_missing(struct tree *t, const char *path)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	size_t n = 0;

	do {
		n += path[n] == '/';
		n += strcspn(path + n, "/");
		if (make_directory(t, arena_strndup(&arena, path, n)) < 0)
			return -1;
	} while (path[n]);
	return 0;
}

int tree_directory(struct tree *t, const char *path, bool make)
{
	int fd;

	/* Entries of one directory mostly follow one another. */
	if (t->parent_fd >= 0 && strcmp(text_str(&t->parent), path) == 0)
		return t->parent_fd;
	fd = open_directory(t, path, O_PATH);
	if (fd < 0 && errno == ENOENT && make && make_missing(t, path) == 0)
		fd = open_directory(t, path, O_PATH);
	if (fd < 0)
		return -1;
	(void)close_fd(t->parent_fd);
	t->parent_fd = fd;
	text_clear(&t->parent);
	text_add(&t->parent, path);
	return fd;
}

int tree_clear(struct tree *t, const char *path)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *name, *above = tree_split(&arena, path, &name);
	int fd = tree_directory(t, above, false);
	struct error err;

	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	if (unlinkat(fd, name, 0) == 0 || errno == ENOENT)
		return 0;
	if (errno != EISDIR)
		return -1;
	if (remove_tree(fd, name, &err) < 0) {
		errno = err.sys;
		return -1;
	}
	/* The directory that was opened last may have been in there. */
	t->parent_fd = close_fd(t->parent_fd);
	return 0;
}

int tree_make_directory(struct tree *t, const char *path)
{
	_cleanup_fd_ int there = open_directory(t, path, O_PATH | O_NOFOLLOW);

	if (there >= 0)
		return 0;
	return tree_clear(t, path) < 0 ? -1 : make_missing(t, path);
}

/* ---- the end ---- */

static int compare_depths(const void *a, const void *b)
{
	const struct tree_dir *const *x = a, *const *y = b;

	return ((*x)->depth < (*y)->depth) - ((*x)->depth > (*y)->depth);
}

/* One that was replaced by something else is no directory any more. */
static bool is_gone(int sys)
{
	return sys == ENOENT || sys == ENOTDIR || sys == ELOOP;
}

static int finish_directory(struct tree *t, const struct tree_dir *dir)
{
	_cleanup_fd_ int fd = open_directory(t, dir->path, O_RDONLY);

	if (fd < 0)
		return is_gone(errno) ? 0 : -1;
	return dir->entry ? metadata_apply(fd, dir->entry, &t->dropped) : fchmod(fd, 0755);
}

int tree_finish(struct tree *t)
{
	t->parent_fd = close_fd(t->parent_fd);
	qsort(t->list.items, t->list.count, sizeof(*t->list.items), compare_depths);
	for (size_t i = 0; i < t->list.count; i++)
		if (finish_directory(t, t->list.items[i]) < 0)
			return -1;
	return 0;
}
