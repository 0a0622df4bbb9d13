// SPDX-License-Identifier: MIT
/*
 * What a layer takes away from those below it: the names by which OCI layers say it (image-spec, layer.md), and the marks by
 * which overlayfs does.
 */
#ifndef NACRE_ARCHIVE_WHITEOUTS_H
#define NACRE_ARCHIVE_WHITEOUTS_H

#include "archive/tree.h"

/* What a name says. */
enum whiteout_kind {
	WHITEOUT_NONE, /* an ordinary name */
	WHITEOUT_NAME, /* ".wh.NAME": NAME is gone */
	WHITEOUT_OPAQUE, /* ".wh..wh..opq": all that lower layers have in the directory is */
	WHITEOUT_OTHER, /* ".wh..wh.…": a note that aufs made for itself */
};
enum whiteout_kind whiteouts_kind(const char *name, const char **ret_hidden);

/* The prefix of all of them, and the one name that stands for many. */
#define WHITEOUT_PREFIX ".wh."
#define WHITEOUT_OPAQUE_NAME ".wh..wh..opq"

/* The path of the tree is a whiteout of overlayfs. */
bool whiteouts_has(struct tree *t, const char *path);

/*
 * Puts a whiteout there, unless this tree has something there already: that hides what is below by itself, a directory once it
 * is opaque. -1 with errno.
 */
int whiteouts_add(struct tree *t, const char *path);

/* Makes the directory hide what is below it; it is made when missing. The root of a layer cannot: nothing is done. -1 with errno. */
int whiteouts_make_opaque(struct tree *t, const char *path);

/* Empties the directory, if it is there. -1 with errno. */
int whiteouts_empty(struct tree *t, const char *path);

/*
 * Takes the whiteouts out of directories that hide everything below by themselves: overlayfs would show them, as names that
 * cannot be looked at. -1 with errno.
 */
int whiteouts_settle(struct tree *t);

#endif
