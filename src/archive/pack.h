// SPDX-License-Identifier: MIT
/*
 * Objects as entries of a tar (pax), with all that a tar can say of them: modes, owners as the box saw them, times, user.*
 * attributes and file capabilities, ACLs, holes, hard links, names of any bytes. What is overlayfs's own is left out, and what
 * the box called user.overlay.X, stored as user.overlay.overlay.X, gets that name back.
 */
#ifndef NACRE_ARCHIVE_PACK_H
#define NACRE_ARCHIVE_PACK_H

#include "base/objects.h"
#include "changes/layer.h"

struct archive;
struct record;

struct pack {
	struct archive *archive; /* its opener's */
	const struct record *record; /* its maps tell the owners inside */
	bool plain; /* no whiteouts: names that look like them are names */
	bool quiet;
	struct objects objects;
	uint64_t entries;
};

void pack_release(struct pack *p);

#define _cleanup_pack_ __attribute__((cleanup(pack_release)))

/*
 * Writes the item, for layer_walk() and view_walk(); arg is the pack. Sockets are left out, and said to be; a whiteout stands for
 * one that took the place of something else. -1 with *err.
 */
int pack_item(void *arg, const struct layer_item *item, struct error *err);

/* What libarchive could not write. Returns -1. */
int pack_fail(struct archive *archive, struct error *err);

#endif
