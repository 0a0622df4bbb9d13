// SPDX-License-Identifier: MIT
/* A change with both of its objects at hand: the upper's, and the one that the box saw before. */
#ifndef NACRE_CHANGES_SIDES_H
#define NACRE_CHANGES_SIDES_H

#include "changes/changes.h"
#include "changes/lowers.h"
#include "changes/patch.h"

/* The directories of the change that was looked at last; they are kept, as the next one is mostly in the same. */
struct sides {
	const struct changes *c;
	uint32_t dir;
	int upper_fd;
	struct lower_dir lowers;
};

struct side_pair {
	struct patch_side old, now; /* valid until the next sides_look() */
	bool has_old, has_now;
};

struct sides sides_begin(const struct changes *c);
void sides_release(struct sides *s);

/* -1 with *err when one of them is gone, or cannot be looked at. */
int sides_look(struct sides *s, const struct change *change, struct side_pair *ret,
	       struct error *err);

#endif
