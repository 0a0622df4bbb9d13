// SPDX-License-Identifier: MIT
/* How much changed, as git diff --stat prints it. */
#ifndef NACRE_CHANGES_PATCH_STAT_H
#define NACRE_CHANGES_PATCH_STAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text;

struct patch_stat {
	const char *path;
	const char *from; /* what was renamed; or NULL */
	uint64_t added,
		removed; /* lines; of a binary file the new and the old size, both 0 when it is the same */
	bool binary;
};

/*
 * A line for each, then the sum. width: the columns to fill, 80 when stdout is no terminal. Names are quoted as git quotes
 * them; one that is too long loses its beginning.
 */
void patch_stat_lines(const struct patch_stat *v, size_t count, size_t width, bool colour,
		      struct text *out);

#endif
