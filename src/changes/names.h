// SPDX-License-Identifier: MIT
/* The names in a directory, sorted by their bytes. */
#ifndef NACRE_CHANGES_NAMES_H
#define NACRE_CHANGES_NAMES_H

#include "base/text.h"

#include <stddef.h>

/* Zeroed is empty. */
struct names {
	struct text bytes; /* each name with its NUL */
	const char **v;
	size_t count, room; /* entries of v; the latter with what is for the sort */
};

void names_release(struct names *n);

/*
 * Names for one directory after another in the same memory: what *spare has becomes an empty *ret, and goes back with what is in
 * *n afterwards. Directories within each other have memory each.
 */
struct names names_take(struct names *spare);
void names_give(struct names *n, struct names *spare);

/* Adds the names in the open directory but "." and "..". It is read from its begin. -1 with errno. */
int names_read(struct names *n, int dir_fd);

/* Sorts, drops doubles and fills v; after the last names_read(). */
void names_sort(struct names *n);

#endif
