// SPDX-License-Identifier: MIT
/*
 * The picked changes of a box as a layer: what has to lie over the base so that it is what the box saw. One tree from the root
 * of the box on, whatever number of overlays it had. Copies that changed nothing are left out; a directory that hides the base's
 * is given whole.
 */
#ifndef NACRE_CHANGES_LAYER_H
#define NACRE_CHANGES_LAYER_H

#include "changes/changes.h"

enum layer_kind {
	LAYER_DIRECTORY, /* each once, before what is in it */
	LAYER_OBJECT, /* anything else that is there */
	LAYER_WHITEOUT, /* a name of the base that is gone */
};

struct layer_item {
	enum layer_kind kind;
	const char *place; /* its path in the box */
	const char *path; /* in the tree: the same without the leading slash, "" for the root */
	int dir_fd; /* where the object is, and its name there; "." is dir_fd itself. Not for a whiteout */
	const char *name;
	struct stat st;
	bool opaque; /* a directory: it hides what the base has there */
	bool replaces; /* an object: the base has one of another type there */
};

/* Called for each item; strings and descriptors are valid until it returns. 0, or -1 with *err, which ends the walk. */
typedef int layer_taker(void *arg, const struct layer_item *item, struct error *err);

/* -1 with *err, the taker's or its own. */
int layer_walk(const struct changes *c, layer_taker *take, void *arg, struct error *err);

#endif
