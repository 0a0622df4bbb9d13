// SPDX-License-Identifier: MIT
/* Keyword tables: look a word up, find the nearest when it is not there. */
#ifndef NACRE_BASE_TABLE_H
#define NACRE_BASE_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct keyword {
	const char *word;
	uint64_t value;
	const char *help; /* one sentence, or NULL */
};

/* NULL when absent. A table ends with a NULL word. */
const struct keyword *keyword_find(const struct keyword *table, const char *word, size_t len);

/* Word for a value, or NULL. */
const char *keyword_name(const struct keyword *table, uint64_t value);

/*
 * The candidate nearest to word by optimal string alignment (insert, delete, replace, swap neighbours), or
 * NULL when none is near enough: distance at most 1 for up to 4 letters, 2 up to 7, else 3; a candidate that
 * word is a prefix of (three letters or more) always counts as near. next(i, arg) yields candidate i or NULL.
 */
const char *nearest_word(const char *word, const char *(*next)(size_t i, const void *arg),
			 const void *arg);

#endif
