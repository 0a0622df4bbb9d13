// SPDX-License-Identifier: MIT
/* What saving into an empty directory and merging into a layer share; nobody else includes it. */
#ifndef NACRE_CHANGES_SAVE_PARTS_H
#define NACRE_CHANGES_SAVE_PARTS_H

#include "base/objects.h"
#include "base/text.h"
#include "changes/layer.h"

#include <time.h>

/* A directory that gets its last mode and its times at the end. */
struct saved_dir {
	const char *path;
	mode_t mode;
	struct timespec times[2];
	size_t turn; /* a later one says it anew */
};

/*
 * What the box calls user.overlay.X is user.overlay.overlay.X in an upper, and has to stay so in a layer. What begins with
 * user.overlay. and is not of these is overlayfs's own.
 */
#define MARK_PREFIX "user.overlay."
#define ESCAPED_PREFIX MARK_PREFIX "overlay."

struct saving {
	int root_fd;
	const char *into; /* for messages */
	const char *kept; /* attributes of overlayfs that begin so come along */
	struct arena arena;
	VECTOR(struct saved_dir) dirs; /* parents before children */
	struct objects objects;
	struct text parent; /* the directory that was opened last */
	int parent_fd;
	struct error *err;
};

struct saving save_begin(int root_fd, const char *into);
void save_release(struct saving *s);

/* Makes the item, for layer_walk(); arg is the saving. A directory may be there already, anything else may not. -1 with *err. */
int save_item(void *arg, const struct layer_item *item, struct error *err);

/* Where the item goes: its directory, which is there and kept open, and its name. -1 with errno. */
int save_parent(struct saving *s, const char *path, const char **ret_name);

/* Below the tree, never through a link. -1 with errno. */
int save_open(const struct saving *s, const char *path, int flags);

/* Something was removed: the directory that was opened last may be gone. */
void save_forget(struct saving *s);

/* "cannot save", by errno; returns -1. */
int save_failed(struct saving *s, const struct layer_item *item);

/* The last modes and times. Directories that were taken away again are left out. */
int save_finish(struct saving *s, struct error *err);

#endif
