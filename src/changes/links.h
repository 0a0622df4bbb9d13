// SPDX-License-Identifier: MIT
/*
 * Objects with several names. The upper's inode tells which names a box made one object: a file that it linked, and the file
 * of the base that it linked to. In the mounted view the numbers are of no use (kernel: with index=off the names of one
 * copied-up object have different ones until a remount).
 */
#ifndef NACRE_CHANGES_LINKS_H
#define NACRE_CHANGES_LINKS_H

#include "changes/changes.h"

struct link_name {
	uint32_t change;
	ino_t ino, old_ino; /* old_ino is 0 when the base has no such object of that type there */
	dev_t dev, old_dev;
};

/* Zeroed is empty. */
struct links {
	struct link_name *v;
	size_t count, capacity;
};

void links_add(struct links *links, const struct link_name *name);
void links_release(struct links *links);

/*
 * Compares the names that share an object in the upper with those in the base: where they are not the same names of one
 * object, each is marked DIFFERS_LINKS. Then drops from the list what differs in nothing, counted as noise. Indices of
 * changes are other ones afterwards.
 */
void links_settle(const struct links *links, struct changes *c);

#endif
