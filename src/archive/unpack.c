// SPDX-License-Identifier: MIT
/* Entries of a tar, one after another: checked, then made where they say. */
#include "archive/unpack.h"

#include "archive/reader.h"
#include "archive/whiteouts.h"
#include "base/cleanup.h"
#include "base/error.h"

#include <archive_entry.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

/* What is done with the whiteouts among the entries. */
enum whiteout_policy { KEEP, APPLY, PASS };

/* An entry that is being made. */
struct item {
	struct reader *reader;
	struct tree *tree;
	struct archive_entry *entry;
	struct arena arena;
	const char *path; /* clean */
	const char *dir, *name; /* its two parts */
	enum whiteout_policy policy;
	struct error *err;
};

static void item_release(struct item *i)
{
	arena_release(&i->arena);
}

static int refuse(const struct item *i, const char *explanation, const char *reason)
{
	return reader_refuse(i->reader, i->err, explanation, archive_entry_pathname(i->entry),
			     reason);
}

/* A call that failed: what stands in the way of the path is the archive's fault, anything else the system's. */
static int fail_item(const struct item *i)
{
	if (errno == ELOOP)
		return refuse(i, "archive-unsafe", "its way leads through a symbolic link");
	if (errno == ENOTDIR)
		return refuse(i, "archive-unsafe", "its way leads through what is no directory");
	return reader_fail(i->reader, i->err, archive_entry_pathname(i->entry));
}

static int clean_path(const struct item *i, struct arena *arena, const char *path, const char **ret)
{
	switch (tree_path(arena, path, ret)) {
	case PATH_FITS:
		return 0;
	case PATH_ABSOLUTE:
		return refuse(i, "archive-unsafe", "it has an absolute name");
	case PATH_ABOVE:
		return refuse(i, "archive-unsafe", "it has \"..\" in a name");
	case PATH_LONG:
		break;
	}
	return refuse(i, "archive-limits", "it has a name that is too long");
}

/* ---- the kinds of entries ---- */

/* A directory in the place of a whiteout is a new one: it must not show what the whiteout has hidden. */
static int make_directory(struct item *i)
{
	bool hides = whiteouts_has(i->tree, i->path);

	if (tree_make_directory(i->tree, i->path) < 0)
		return fail_item(i);
	if (hides && whiteouts_make_opaque(i->tree, i->path) < 0)
		return fail_item(i);
	tree_describe(i->tree, i->path, i->entry);
	return 0;
}

/* The directory of the entry, made when missing, without what had the entry's name; -1 with *err. */
static int clear_place(struct item *i)
{
	int fd;

	if (tree_clear(i->tree, i->path) < 0)
		return fail_item(i);
	fd = tree_directory(i->tree, i->dir, true);
	return fd < 0 ? fail_item(i) : fd;
}

static int make_file(struct item *i)
{
	int dir_fd = clear_place(i);
	_cleanup_fd_ int fd = -EBADF;

	if (dir_fd < 0)
		return -1;
	fd = openat(dir_fd, i->name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		    S_IRUSR | S_IWUSR);
	if (fd < 0)
		return fail_item(i);
	if (reader_data(i->reader, i->entry, fd, i->err) < 0)
		return -1;
	return metadata_apply(fd, i->entry, &i->tree->dropped) < 0 ? fail_item(i) : 0;
}

static int make_symlink(struct item *i)
{
	const char *target = archive_entry_symlink(i->entry);
	int dir_fd;

	if (!target || !*target)
		return refuse(i, "archive-damaged", "it has a link without a target");
	dir_fd = clear_place(i);
	if (dir_fd < 0)
		return -1;
	if (symlinkat(target, dir_fd, i->name) < 0 ||
	    metadata_apply_at(dir_fd, i->name, i->entry, &i->tree->dropped) < 0)
		return fail_item(i);
	return 0;
}

/* The process has no umask. */
static int make_fifo(struct item *i)
{
	int dir_fd = clear_place(i);

	if (dir_fd < 0)
		return -1;
	if (mknodat(dir_fd, i->name, S_IFIFO | (archive_entry_perm(i->entry) & 0777), 0) < 0 ||
	    metadata_apply_at(dir_fd, i->name, i->entry, &i->tree->dropped) < 0)
		return fail_item(i);
	return 0;
}

static int fail_hardlink(const struct item *i)
{
	if (errno == ENOENT)
		return refuse(i, "archive-unsafe",
			      "it has a hard link to what is not there before it");
	if (errno == EPERM)
		return refuse(i, "archive-unsafe", "it has a hard link to a directory");
	return fail_item(i);
}

static int make_hardlink(struct item *i, const char *target)
{
	const char *path, *name, *dir;
	_cleanup_fd_ int from = -EBADF;
	int dir_fd;

	if (clean_path(i, &i->arena, target, &path) < 0)
		return -1;
	if (!*path)
		return refuse(i, "archive-unsafe", "it has a hard link to a directory");
	/* GNU tar writes it for a file that it was given twice. */
	if (strcmp(path, i->path) == 0)
		return 0;
	dir = tree_split(&i->arena, path, &name);
	dir_fd = tree_directory(i->tree, dir, false);
	from = dir_fd < 0 ? -1 : fcntl(dir_fd, F_DUPFD_CLOEXEC, 3);
	if (from < 0)
		return fail_hardlink(i);
	dir_fd = clear_place(i);
	if (dir_fd < 0)
		return -1;
	/* Without AT_SYMLINK_FOLLOW a link is linked itself. */
	return linkat(from, name, dir_fd, i->name, 0) < 0 ? fail_hardlink(i) : 0;
}

/* 0:0 is how overlayfs itself writes a whiteout. */
static int make_device(struct item *i)
{
	if (i->policy != KEEP || archive_entry_filetype(i->entry) != AE_IFCHR ||
	    archive_entry_rdevmajor(i->entry) != 0 || archive_entry_rdevminor(i->entry) != 0)
		return refuse(i, "archive-device", "it has a device");
	return whiteouts_add(i->tree, i->path) < 0 ? fail_item(i) : 0;
}

static int make_entry(struct item *i)
{
	const char *hardlink = archive_entry_hardlink(i->entry);
	mode_t type = archive_entry_filetype(i->entry);

	if (!*i->path && type != AE_IFDIR)
		return refuse(i, "archive-unsafe", "its root is no directory");
	if (hardlink)
		return make_hardlink(i, hardlink);
	switch (type) {
	case AE_IFDIR:
		return make_directory(i);
	case AE_IFREG:
		return make_file(i);
	case AE_IFLNK:
		return make_symlink(i);
	case AE_IFIFO:
		return make_fifo(i);
	case AE_IFCHR:
	case AE_IFBLK:
		return make_device(i);
	default:
		return refuse(i, "archive-device", "it has an entry of an unknown type");
	}
}

/* ---- whiteouts among them ---- */

/* The path that a whiteout takes away. */
static int hidden_path(struct item *i, const char *hidden, const char **ret)
{
	const char *path = *i->dir ? arena_concat(&i->arena, i->dir, "/", hidden) : hidden;

	if (!*hidden || strcmp(hidden, ".") == 0)
		return refuse(i, "archive-damaged", "it has a whiteout of no name");
	return clean_path(i, &i->arena, path, ret);
}

static int take_whiteout(struct item *i)
{
	const char *hidden = "", *path = "";
	enum whiteout_kind kind = whiteouts_kind(i->name, &hidden);
	int done = 0;

	if (kind == WHITEOUT_OTHER || i->policy == PASS)
		return 0;
	if (kind == WHITEOUT_OPAQUE) {
		done = i->policy == KEEP ? whiteouts_make_opaque(i->tree, i->dir)
					 : whiteouts_empty(i->tree, i->dir);
		return done < 0 ? fail_item(i) : 0;
	}
	if (hidden_path(i, hidden, &path) < 0)
		return -1;
	done = i->policy == KEEP ? whiteouts_add(i->tree, path) : tree_clear(i->tree, path);
	/* A layer below may lack the way to what this one takes away. */
	if (done < 0 && i->policy == APPLY && (errno == ENOTDIR || errno == ELOOP))
		return 0;
	return done < 0 ? fail_item(i) : 0;
}

static int take_entry(struct item *i)
{
	const char *name = archive_entry_pathname(i->entry), *hidden;

	if (!name || !*name)
		return refuse(i, "archive-damaged", "it has an entry without a name");
	if (clean_path(i, &i->arena, name, &i->path) < 0)
		return -1;
	i->dir = tree_split(&i->arena, i->path, &i->name);
	if (whiteouts_kind(i->name, &hidden) != WHITEOUT_NONE)
		return take_whiteout(i);
	return i->policy == APPLY ? 0 : make_entry(i);
}

static int unpack(struct reader *r, struct tree *t, enum whiteout_policy policy, struct error *err)
{
	for (;;) {
		_cleanup_(item_release) struct item i = {
			.reader = r, .tree = t, .policy = policy, .err = err
		};
		int answer = reader_next(r, &i.entry, err);

		if (answer)
			return answer == READER_END ? 0 : -1;
		if (take_entry(&i) < 0)
			return -1;
	}
}

int unpack_layer(struct reader *r, struct tree *t, struct error *err)
{
	if (unpack(r, t, KEEP, err) < 0)
		return -1;
	return whiteouts_settle(t) < 0 ? reader_fail(r, err, NULL) : 0;
}

int unpack_whiteouts(struct reader *r, struct tree *t, struct error *err)
{
	return unpack(r, t, APPLY, err);
}

int unpack_over(struct reader *r, struct tree *t, struct error *err)
{
	return unpack(r, t, PASS, err);
}
