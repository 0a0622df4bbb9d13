// SPDX-License-Identifier: MIT
/*
 * What a box sees below an upper: up to 500 directories as one, by the rules of overlayfs (Documentation/filesystems/overlayfs.rst):
 * a whiteout hides the name in what is below it, an opaque directory what is below it, a directory is merged with those below
 * it until something else stands there.
 *
 * Two marks make a whiteout: a character device 0:0, or an empty file with the attribute overlay.whiteout in a directory whose
 * overlay.opaque is "x" (Linux 6.7). The attributes are user.* as in every user namespace.
 */
#ifndef NACRE_CHANGES_LOWERS_H
#define NACRE_CHANGES_LOWERS_H

#include "changes/names.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/* A merged directory: descriptors, topmost first. Zeroed is one that is not there. */
struct lower_dir {
	int few[4];
	int *more; /* instead, when there are more than few holds */
	size_t count;
};

/* Takes fd as the next one below. */
void lower_dir_add(struct lower_dir *dir, int take_fd);
void lower_dir_release(struct lower_dir *dir);

/* The descriptor of layer i, topmost first. */
int lower_dir_fd(const struct lower_dir *dir, size_t i);

/* What a name in a merged directory is. */
struct lower_entry {
	struct stat st; /* of a directory: of the topmost one, as in the box */
	size_t layer; /* that has it */
	bool guarded; /* something is mounted there, or it is marked as not to be changed (chattr) */
};

/* Looks a name up: 0, 1 when there is none, -1 with errno. */
enum { LOWER_NONE = 1 };
int lower_lookup(const struct lower_dir *dir, const char *name, struct lower_entry *ret);

/* Opens the merged directory that lower_lookup() found in that layer. -1 with errno. */
int lower_enter(const struct lower_dir *dir, const char *name, size_t layer, struct lower_dir *ret);

/* Opens the merged directory at a relative path ("" is dir itself); an empty one when there is none. -1 with errno. */
int lower_open(const struct lower_dir *dir, const char *relative, struct lower_dir *ret);

/* Adds the names that are in any of the layers; some of them may be hidden. -1 with errno. */
int lower_names(const struct lower_dir *dir, struct names *ret);

/* True for a whiteout of the first kind, which is the only one an upper holds. */
bool is_whiteout(const struct stat *st);

/* True when the directory hides what is below it. */
bool is_opaque(int dir_fd);

#endif
