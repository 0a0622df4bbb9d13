// SPDX-License-Identifier: MIT
/*
 * Dropping picked changes from a box, so that it shows there what the base has.
 *
 *   new, changed                  the upper's object goes; directories are moved out of it at once and then removed
 *   gone                          the whiteout goes
 *   a directory's metadata        becomes the base's again
 *   below a directory that hides the base's (opaque): it stops doing so when all of it is dropped; alone only what is new there
 *
 * A kill leaves each change either there or gone.
 */
#ifndef NACRE_CHANGES_DISCARD_H
#define NACRE_CHANGES_DISCARD_H

#include "changes/changes.h"
#include "changes/commit.h"

/*
 * Drops what is picked from the box whose directory is box_fd, which nobody else uses. *ret_count of them; what cannot be
 * dropped alone is noted in *left, in the arena. -1 with *err; what was dropped until then stays so.
 */
int changes_discard(const struct changes *c, int box_fd, struct arena *arena, uint64_t *ret_count,
		    struct commit_notes *left, struct error *err);

#endif
