// SPDX-License-Identifier: MIT
/*
 * The overlays of a box, opened: what it wrote (the upper), what it saw below that (the lowers), what a commit changes (the
 * target). The target is the lowest lower, since what lies over it are layers; an overlay without lowers mirrors the place
 * itself in the base.
 */
#ifndef NACRE_CHANGES_SOURCE_H
#define NACRE_CHANGES_SOURCE_H

#include "changes/changes.h"

/*
 * Loads the record of the box whose directory is box_fd and opens its overlays into c, which must be zeroed. An upper that
 * was never written is no error. -1 with *err.
 */
int sources_open(struct changes *c, int box_fd, struct error *err);

/* The seed at that path below the source's place, or NULL. */
const struct record_seed *source_seed(const struct change_source *source, const char *relative);

/* Closes what sources_open() opened. */
void sources_release(struct changes *c);

#endif
