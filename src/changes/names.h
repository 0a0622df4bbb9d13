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
	size_t count;
};

void names_release(struct names *n);

/* Adds the names in the open directory but "." and "..". It is read from its begin. -1 with errno. */
int names_read(struct names *n, int dir_fd);

/* Sorts, drops doubles and fills v; after the last names_read(). */
void names_sort(struct names *n);

#endif
