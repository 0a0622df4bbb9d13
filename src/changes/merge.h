// SPDX-License-Identifier: MIT
/*
 * The picked changes of a box, merged into a layer that is there already: the same as a saved layer of them, stacked over that
 * one, as one tree. Uses of the layer that have it mounted go on with what they have: it is never written to. A new tree is made
 * beside it, of
 *
 *   a clone   its directories anew, everything else by further hard links
 *   items     what layer_walk() gives, by the rules of overlayfs for the upper of two layers      merge_tree.c
 *
 * and takes its place by a transaction (txn.h) that whoever calls puts together.
 */
#ifndef NACRE_CHANGES_MERGE_H
#define NACRE_CHANGES_MERGE_H

#include "changes/commit.h"

struct merge {
	struct changes *c;
	const char *layer; /* its path */
	int layer_fd;
	const char *at; /* the place in the box that its root stands for */
	bool *stacked; /* of each source: the box had the layer right below its upper */
};

/*
 * Finds out where the layer was in the box: in the stack of an overlay, or nowhere, then its root stands for "/". What is not
 * below that place is picked no longer, and noted in `left`, as is what a layer cannot take a part of. All but `stacked` and
 * `at` must be set; the arena keeps those, and the notes. -1 with *err: "merge-hidden", "merge-base".
 */
int merge_locate(struct merge *m, struct arena *arena, struct commit_notes *left, struct error *err);

/* What somebody else has changed in the layer since the box began, where the box had it in its stack. -1 with *err. */
int merge_check(const struct merge *m, struct arena *arena, struct commit_notes *conflicts,
		struct error *err);

/* Makes the new tree in the empty directory to_fd. -1 with *err; what was made is left. */
int merge_make(const struct merge *m, int to_fd, struct error *err);

#endif
