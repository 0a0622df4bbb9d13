// SPDX-License-Identifier: MIT
/*
 * From picked changes to a transaction: which objects go where, what somebody else has changed meanwhile, and what cannot be
 * done.
 *
 *   new, or not in the base           added
 *   another content, type or names    replaced, as a whole
 *   gone                              deleted
 *   a merged directory's metadata     changed in place
 *
 * Below a directory that hides the base's (opaque) things leave the upper only when all of it is picked, and the directory then
 * stops hiding; else they are copied, and the upper, which hides what the base gets, keeps its own. The same holds for a part of
 * a new directory.
 */
#ifndef NACRE_CHANGES_COMMIT_H
#define NACRE_CHANGES_COMMIT_H

#include "changes/changes.h"
#include "changes/txn.h"

/* Something that a commit has to say about a path. */
struct commit_note {
	const char *path; /* in the box */
	const char *why;
};

struct commit_notes {
	VECTOR(struct commit_note) v;
};

/* Notes the path of a change; `why` must stay valid. */
void commit_note(struct arena *arena, struct commit_notes *notes, const struct changes *c,
		 const struct change *change, const char *why);

struct commit {
	struct txn txn;
	struct commit_notes conflicts; /* changed by somebody else since the box began */
	struct commit_notes left; /* cannot be applied, and is not */
	uint64_t changes; /* that will be applied, counted as in a status */
};

/*
 * Changes of which only a part is applied: what the base gets instead of the upper's object is a file of the same path below
 * its source's root, in the directory SOURCE (its number) of dir_fd. The upper keeps its own.
 */
struct commit_parts {
	const size_t *changes;
	size_t count;
	int dir_fd;
};

/*
 * Plans the picked changes of c, which must outlive the commit, into *ret, which is begun here and to be released in any case.
 * box_path is the box's directory, NULL when its uppers are somebody else's and must stay as they are (txn.foreign). -1 with
 * *err. Conflicts are no error: whoever calls decides.
 */
int commit_plan(struct commit *ret, const struct changes *c, const struct commit_parts *parts,
		const char *box_path, struct error *err);

void commit_release(struct commit *commit);

#endif
