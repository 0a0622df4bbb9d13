// SPDX-License-Identifier: MIT
/* Objects that have several names (hard links), known by the name that was met first. */
#ifndef NACRE_BASE_OBJECTS_H
#define NACRE_BASE_OBJECTS_H

#include "base/arena.h"

#include <sys/stat.h>

/* Zeroed is empty. */
struct objects {
	struct arena arena;
	void *tree; /* by tsearch(3) */
};

void objects_release(struct objects *o);

/* The name under which the object of this status was met first; path itself when this is the first time. It is copied. */
const char *objects_first(struct objects *o, const struct stat *st, const char *path);

#endif
