// SPDX-License-Identifier: MIT
/*
 * A directory that an archive is unpacked into. The paths are the archive's and hostile: each is cleaned first, and each
 * directory on the way is opened below the root and never through a link (openat2, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS). So
 * whatever the entries say, in whatever order, nothing outside of the tree is touched.
 *
 * Directories get their metadata at the end: their mode may forbid to fill them, and filling them changes their times.
 */
#ifndef NACRE_ARCHIVE_TREE_H
#define NACRE_ARCHIVE_TREE_H

#include "archive/metadata.h"
#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>

struct tree_dir;

struct tree {
	int fd; /* of its root; its maker's */
	struct arena arena;
	void *dirs; /* all directories by path, for tsearch(3) */
	VECTOR(struct tree_dir *) list; /* the same */
	struct text parent; /* the directory that was opened last */
	int parent_fd; /* -EBADF: none */
	struct dropped dropped;
};

/* An empty tree in the directory fd, which stays the caller's. */
void tree_init(struct tree *t, int fd);
void tree_release(struct tree *t);

/*
 * Cleans a path of an archive: no leading "./", no "//", no "." and no trailing slash; "" is the root. Anything but PATH_FITS
 * is a reason to refuse it.
 */
enum path_verdict {
	PATH_FITS,
	PATH_ABSOLUTE,
	PATH_ABOVE, /* it has a ".." */
	PATH_LONG, /* more than the kernel takes, as a whole or in one name */
};
enum path_verdict tree_path(struct arena *arena, const char *path, const char **ret);

/*
 * The directory of a clean path, O_PATH; valid until the next call. Missing ones are made when `make`. -1 with errno: ELOOP
 * when a link is on the way, ENOTDIR when something else is.
 */
int tree_directory(struct tree *t, const char *path, bool make);

/* Splits a clean path that is not "" into its directory and its name. */
const char *tree_split(struct arena *arena, const char *path, const char **ret_name);

/* Makes the path a directory, unless it is one, in place of whatever else is there. -1 with errno. */
int tree_make_directory(struct tree *t, const char *path);

/* The entry whose metadata the directory gets at the end; a copy is kept. Without one it is 0755. */
void tree_describe(struct tree *t, const char *path, struct archive_entry *entry);

/* Removes what is there, with all below it; nothing is fine. -1 with errno. */
int tree_clear(struct tree *t, const char *path);

/* Gives all directories their metadata, the deepest first. -1 with errno. */
int tree_finish(struct tree *t);

#endif
