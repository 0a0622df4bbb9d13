// SPDX-License-Identifier: MIT
/*
 * A set of strings, for the questions that would otherwise compare every path of a plan with every other one. The strings
 * themselves are not copied; the table lives in the arena that is passed and grows with its content.
 */
#ifndef NACRE_BASE_STRSET_H
#define NACRE_BASE_STRSET_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Zeroed is empty. */
struct strset {
	const char **slots; /* open addressing, at most half full; a power of two of them */
	size_t size, count;
};

/* Adds s; false when an equal string is there already. */
bool strset_add(struct arena *arena, struct strset *set, const char *s);

/* True when the first n bytes of s are a string of the set. */
bool strset_has(const struct strset *set, const char *s, size_t n);

#endif
