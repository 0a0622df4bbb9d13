// SPDX-License-Identifier: MIT
/*
 * Seeds: directories that get an owner overlayfs can copy up.
 *
 * overlayfs refuses to copy up what belongs to an id that is not mapped (EOVERFLOW), parents included. So the seed layer
 * holds, each with its ancestors in the overlay:
 *   open    directories that this user may write although their owner is not mapped: /tmp, /var/tmp, those of a group…
 *   home    the home and working directories, for their ancestors (/home/dept of /home/dept/user)
 *   own     directories of the system that are the user's in a box: /usr/local, /opt, and --seed
 *   point   mount points that the base lacks
 */
#ifndef NACRE_ENTER_SEEDS_H
#define NACRE_ENTER_SEEDS_H

#include "enter/compose.h"

#include <sys/stat.h>

/* Fills overlay->seeds and root_mode for the overlay of host directory `dir` (NULL: only layers) shown at dst. */
void seeds_fill(struct composition *c, struct overlay *overlay, const char *dir, const char *dst);

/* Adds a mount point, or what the user made, with its missing parents. relative says where; point->path is not read. */
void seeds_add_point(struct plan *plan, struct overlay *overlay, const char *dir,
		     const char *relative, const struct point *point);

/* True when some seed or point lies at or below dst. */
bool seeds_below(const struct composition *c, const char *dst);

/* The mode a directory shows when its owner becomes the user: without write bits where the user may not write. */
mode_t seeds_mode(const char *path, const struct stat *st);

#endif
