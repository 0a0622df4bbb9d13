// SPDX-License-Identifier: MIT
/*
 * Text of others in the columns of a terminal: what would act on it, or not be seen, is made visible, tabs become blanks, and
 * what does not fit is cut.
 */
#ifndef NACRE_REVIEW_CELLS_H
#define NACRE_REVIEW_CELLS_H

#include <stdbool.h>
#include <stddef.h>

struct text;

struct cells {
	bool utf8; /* the terminal shows it; if not, what is beyond ASCII is escaped */
	size_t from, width; /* the columns to show */
};

/* Where a line goes on, bits. Its first or last column is blank then, for a mark. */
enum { CELLS_LEFT = 1, CELLS_RIGHT = 2 };

/* Appends the columns of s[0..n), one line, and adds how many they are to *columns. Returns where it goes on. */
unsigned cells_add(const struct cells *c, const char *s, size_t n, struct text *out,
		   size_t *columns);

/* How many columns s takes. */
size_t cells_width(bool utf8, const char *s);

#endif
