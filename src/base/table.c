// SPDX-License-Identifier: MIT
/* Keyword tables, and the word that was probably meant. */
#include "base/table.h"

#include <stdbool.h>
#include <string.h>

const struct keyword *keyword_find(const struct keyword *table, const char *word, size_t len)
{
	for (; table->word; table++)
		if (strlen(table->word) == len && memcmp(table->word, word, len) == 0)
			return table;
	return NULL;
}

const char *keyword_name(const struct keyword *table, uint64_t value)
{
	for (; table->word; table++)
		if (table->value == value)
			return table->word;
	return NULL;
}

/* Longer words are never near: no table holds one, and a row of distances stays on the stack. */
enum { WORD_MAX = 120 };

/*
 * Optimal string alignment distance of two words of at most WORD_MAX bytes: Levenshtein's, where
 * swapped neighbours count once. Three rows are enough, because a swap looks two rows back.
 */
static size_t alignment_distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
	unsigned char rows[3][WORD_MAX + 1];
	unsigned char *before = rows[0], *above = rows[1], *row = rows[2];

	for (size_t j = 0; j <= b_len; j++)
		above[j] = (unsigned char)j;
	for (size_t i = 1; i <= a_len; i++) {
		unsigned char *recycled = before;

		row[0] = (unsigned char)i;
		for (size_t j = 1; j <= b_len; j++) {
			unsigned best = above[j - 1] + (a[i - 1] != b[j - 1]);

			if (above[j] + 1U < best)
				best = above[j] + 1U;
			if (row[j - 1] + 1U < best)
				best = row[j - 1] + 1U;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    before[j - 2] + 1U < best)
				best = before[j - 2] + 1U;
			row[j] = (unsigned char)best;
		}
		before = above;
		above = row;
		row = recycled;
	}
	return above[b_len];
}

const char *nearest_word(const char *word, const char *(*next)(size_t i, const void *arg),
			 const void *arg)
{
	size_t len = strlen(word), nearest = SIZE_MAX;
	size_t limit = len <= 4 ? 1 : len <= 7 ? 2 : 3;
	const char *found = NULL, *candidate;

	for (size_t i = 0; (candidate = next(i, arg)); i++) {
		bool prefix = len >= 3 && strncmp(candidate, word, len) == 0;
		size_t n = strlen(candidate), distance;

		if (prefix)
			distance = n - len; /* what is missing at the end */
		else if (len <= WORD_MAX && n <= WORD_MAX)
			distance = alignment_distance(word, len, candidate, n);
		else
			continue;
		if (distance < nearest && (prefix || distance <= limit)) {
			nearest = distance;
			found = candidate;
		}
	}
	return found;
}
