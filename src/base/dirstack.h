// SPDX-License-Identifier: MIT
/*
 * The directories between the top of a tree and the place where a walk stands, as descriptors.
 *
 * A walk that goes up and down by descriptors cannot be led astray by a name that is swapped for a
 * link, and its paths have no longest length. A tree may be deeper than a process may have open
 * files, so only the top and the deepest few stay open; going up, a directory that was closed is
 * opened again through ".." and must be the one that it was. The names of a directory are read at
 * once: what is made or removed in it meanwhile cannot upset the reading.
 */
#ifndef NACRE_BASE_DIRSTACK_H
#define NACRE_BASE_DIRSTACK_H

#include "base/arena.h"
#include "base/text.h"

#include <sys/stat.h>

struct dirstack_level {
	int fd; /* -EBADF while too many deeper ones are open */
	struct stat st; /* of the directory, when it was pushed */
	struct text names; /* its entries, a NUL behind each */
	size_t next; /* where the first name that was not handed out begins */
	const char *name; /* the one handed out last; NULL before the first and after the last */
};

/* Zeroed is empty and ready. */
struct dirstack {
	struct arena arena;
	VECTOR(struct dirstack_level) v;
};

void dirstack_release(struct dirstack *s);

/* Goes down: take_fd, of which st is the status, becomes the last level. */
void dirstack_push(struct dirstack *s, int take_fd, const struct stat *st);

/* Goes up. -1 with errno when the level above cannot be had again: ESTALE when ".." is another. */
int dirstack_pop(struct dirstack *s);

/* The last level: it is valid until the next push. */
struct dirstack_level *dirstack_last(const struct dirstack *s);

/* Reads the names of the last level, in no order; its descriptor must allow it. -1 with errno. */
int dirstack_list(struct dirstack *s);

/* The next name of the last level, valid until it is popped; NULL when there is none left. */
const char *dirstack_next(struct dirstack *s);

/* Adds the path from the top to the entry handed out last: "" when there is none. */
void dirstack_path(const struct dirstack *s, struct text *path);

#endif
