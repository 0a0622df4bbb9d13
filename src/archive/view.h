// SPDX-License-Identifier: MIT
/*
 * A directory as a box saw it, without mounting anything: its uppers over what was below them, over the base where it had no
 * overlay. Mounts are not entered, but for the box's own overlays: what else was mounted there was never the box's.
 */
#ifndef NACRE_ARCHIVE_VIEW_H
#define NACRE_ARCHIVE_VIEW_H

#include "changes/layer.h"

/*
 * Gives the directory ("" is its path) and all below it, sorted, directories before what is in them; whiteouts are followed and
 * never given. dir is a path in the box, absolute and clean; a link on its way is not followed. -1 with *err.
 */
int view_walk(const struct changes *c, const char *dir, layer_taker *take, void *arg,
	      struct error *err);

#endif
