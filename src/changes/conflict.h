// SPDX-License-Identifier: MIT
/*
 * What somebody else has changed in the base since a box made its copy.
 *
 * The upper's object was made at its birth time (statx(2)), in the run that began last before that; a base's object that has
 * changed since then has a later ctime, which nobody can set back. What a commit or an undo of our own did is known by the
 * windows of the record. Both clocks are the kernel's: ctime comes from the coarse one, up to a tick behind, hence the slack.
 */
#ifndef NACRE_CHANGES_CONFLICT_H
#define NACRE_CHANGES_CONFLICT_H

#include "changes/changes.h"

/* When the object of the upper at dir_fd/name was made: the begin of that run. The first run's when it cannot be told. */
struct timespec conflict_since(const struct record *record, int dir_fd, const char *name);

/* The same for what the upper has of a change, in its directory there (-1: none): of a deletion the whiteout, or what hides the base's. */
struct timespec conflict_since_change(const struct changes *c, const struct change *change,
				      int upper_fd);

/* False when the object of the base has not been touched since the box was first run: then no since need be asked for. */
bool conflict_possible(const struct record *record, const struct stat *base);

/* True when the object of the base has changed since, by others. */
bool conflict_changed(const struct record *record, const struct stat *base, struct timespec since);

/* The same for a directory whose metadata is in question: its entries change its ctime too, and its mtime with it. */
bool conflict_changed_directory(const struct record *record, const struct stat *base,
				struct timespec since);

/*
 * True when the upper's object at upper_fd/name is a copy of something that is not in the base's directory any more; base is
 * that directory, or NULL when it is gone too.
 */
bool conflict_removed(const struct record *record, int upper_fd, const char *name, bool directory,
		      const struct stat *base);

/*
 * The same as conflict_changed() for the object dir_fd/name of a layer, which must be there. Its files share their inodes with
 * those of the layer that it took the place of (docs/layer-format.md), so ctime says nothing: birth and modification do.
 */
bool conflict_layered(const struct record *record, int dir_fd, const char *name,
		      struct timespec since);

#endif
