// SPDX-License-Identifier: MIT
/*
 * One pass over each upper, beside its lowers. For each name in a directory of the upper:
 *
 *   whiteout                    the lowers have it: DELETED. Else it is an orphan and nothing
 *   directory, none below       ADDED, with all that is in it
 *   directory over another type TYPE, with all that is in it
 *   directory over a directory  META when mode, owner or attributes differ; then its entries. When it is opaque, names
 *                               that only the lowers have are DELETED
 *   anything else               ADDED, TYPE, MODIFIED or META by comparison; equal to the byte: noise, a copy that
 *                               overlayfs made because somebody opened it for writing
 *
 * Directories of the seed layer, and the root of an upper, were made for the box: their owner and time say nothing.
 */
#ifndef NACRE_CHANGES_WALK_H
#define NACRE_CHANGES_WALK_H

#include "changes/changes.h"

/*
 * Opens and lists the box whose directory is box_fd into c, which must be zeroed. Sorted by the bytes of each name. Nothing
 * is written. -1 with *err; c then is to be released as well.
 */
int changes_read(struct changes *c, int box_fd, struct error *err);

/*
 * How many changes there are, a whole directory counting once, at the least cost: bytes are compared only where neither time nor
 * size tells, and what may not be read counts as a change. -1 with *err.
 */
int changes_count(int box_fd, uint64_t *ret, struct error *err);

#endif
