// SPDX-License-Identifier: MIT
/*
 * Taking commits back: what was displaced goes to its place again, what was added goes back to the upper, so that the box
 * shows the changes again; without the box, or where it has something newer, it goes.
 *
 *	struct txn t;
 *
 *	undo_open(&t, store_fd, id, err)      which box it is; the caller locks that, if it is still there
 *	undo_check(&t, err)                   what has changed since; left out when the user insists
 *	undo_run(&t, err)
 *	txn_release(&t)
 */
#ifndef NACRE_CHANGES_UNDO_H
#define NACRE_CHANGES_UNDO_H

#include "changes/txn.h"

struct undo_entry {
	const char *id, *box;
	struct timespec began;
	uint64_t counts[TXN_KIND_COUNT], meta_count;
	uint64_t held; /* bytes that what was displaced takes */
};

struct undo_list {
	VECTOR(struct undo_entry) v; /* newest first */
};

/* Every done commit of the store. One whose journal cannot be read is an error. */
int undo_list(struct arena *arena, int store_fd, struct undo_list *ret, struct error *err);

/*
 * Opens a done commit, with NULL the latest, and locks it with the directories of the base. t is begun here and to be
 * released in any case. "undo-unknown", "undo-none", "commit-locked".
 */
int undo_open(struct txn *t, int store_fd, const char *id, struct error *err);

/*
 * Compares the base with what the commit made of it. -1 with *err ("undo-conflict") and t->problems when somebody has
 * changed it since.
 */
int undo_check(struct txn *t, struct error *err);

/* Takes it back. -1 with *err: all is as it was before the undo, or the next recover_all() goes on with it. */
int undo_run(struct txn *t, struct error *err);

/* Gives up what the commit displaced: it cannot be taken back any more. */
int undo_purge(int store_fd, const char *id, struct error *err);

#endif
