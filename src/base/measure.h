// SPDX-License-Identifier: MIT
/* How much room a tree takes, and how to say it. */
#ifndef NACRE_BASE_MEASURE_H
#define NACRE_BASE_MEASURE_H

#include <stdbool.h>
#include <stdint.h>

struct text;

struct tree_size {
	uint64_t bytes; /* on disk; a file with several names counts once when all of them are in the tree */
	uint64_t objects;
	bool partial; /* a directory could not be read: there is more */
};

/* Adds the tree `name` (one component) in dir_fd; one that is missing adds nothing. Links are not followed. */
void tree_measure(int dir_fd, const char *name, struct tree_size *size);

/* "12 B", "3.4 KB", "1.2 GB", in powers of 1000. */
void size_format(uint64_t bytes, struct text *out);

/* "3 days", "1 hour", "now": in the largest unit that there is one of. */
void span_format(int64_t seconds, struct text *out);

#endif
