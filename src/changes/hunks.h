// SPDX-License-Identifier: MIT
/*
 * How one text becomes another, as the hunks of a unified diff: made by diff(1), read back, and applied one by one.
 *
 * A line is what ends with a newline; the last one of a file may lack it. Content is any bytes, NUL too. Errors of this module
 * have no message: the caller knows the path (fail_message()).
 */
#ifndef NACRE_CHANGES_HUNKS_H
#define NACRE_CHANGES_HUNKS_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct error;

/* A run of lines with their context. Text points into hunks.diff. */
struct hunk {
	uint64_t old_start,
		old_count; /* lines of the old file; without any, start is the line before */
	uint64_t new_start, new_count;
	const char *header; /* "@@ -1,7 +1,8 @@ …", no newline */
	size_t header_size;
	const char *body; /* its lines, each behind ' ', '-' or '+' */
	size_t body_size;
};

/* Zeroed is empty. */
struct hunks {
	struct text diff; /* unified hunks as they stand in a patch, without the lines that name files */
	VECTOR(struct hunk) v; /* in order, none overlapping another */
	struct arena arena; /* of the vector */
};

void hunks_release(struct hunks *h);

/*
 * Compares the content of two open files and fills *ret, which is empty. Equal ones have no hunks. The descriptors keep their
 * offsets. -1 with *err: "diff-missing" when diff(1) is not installed.
 */
int hunks_compare(int old_fd, int new_fd, struct hunks *ret, struct error *err);

/* All old lines go, all new ones come: a hunk without context, none when both are empty. */
void hunks_replace(const char *old, size_t old_size, const char *now, size_t new_size,
		   struct hunks *ret);

/* Fills h->v from h->diff. -1 with *err when that is no unified diff. */
int hunks_parse(struct hunks *h, struct error *err);

/* The number of old lines before the hunk. */
uint64_t hunk_lines_before(const struct hunk *hunk);

/* One line of a hunk. */
struct hunk_line {
	char sign; /* ' ', '-' or '+' */
	const char *bytes; /* with its newline, when it has one in the file */
	size_t size;
};

/* The line at *at, which begins as 0 and moves on; false behind the last one. */
bool hunk_next_line(const struct hunk *hunk, size_t *at, struct hunk_line *ret);

/* Adds the lines that come and go in all hunks. */
void hunks_count(const struct hunks *h, uint64_t *added, uint64_t *removed);

/*
 * Writes the old file with only those hunks applied whose picked[i] is set: all give the new file, none the old one. Reads
 * old_fd from its beginning and keeps its offset; writes at that of out_fd. -1 with *err, ESTALE when the old file is not the
 * one that was compared; what was written until then stays.
 */
int hunks_apply(int old_fd, const struct hunks *h, const bool picked[], int out_fd,
		struct error *err);

#endif
