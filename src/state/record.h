// SPDX-License-Identifier: MIT
/*
 * The record of a box, read back: versioned text that says what its uppers belong to (docs/box-format.md).
 *
 * It is data of whoever owns the box's directory: sizes and numbers are checked, paths are absolute and clean, and nothing in
 * it is trusted to exist.
 */
#ifndef NACRE_STATE_RECORD_H
#define NACRE_STATE_RECORD_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

struct error;

enum record_seed_kind {
	RECORD_SEED_DIR,
	RECORD_SEED_FILE,
	RECORD_SEED_LINK,
	RECORD_SEED_COPY, /* a copy of a file of the base */
	RECORD_SEED_POINT, /* a mere mount point */
};

struct record_seed {
	enum record_seed_kind kind;
	mode_t mode; /* permission bits */
	const char *path; /* relative to the overlay's place; "" is the place itself */
};

struct record_lower {
	const char *path; /* absolute and clean: of the host, or in the box when shadow */
	bool shadow; /* what the place showed at that moment */
};

struct record_overlay {
	const char *slot; /* name of its upper below upper/; one component */
	const char *place; /* in the box; absolute and clean */
	bool is_volatile;
	VECTOR(struct record_lower) lowers; /* lowest first; may be empty */
	VECTOR(struct record_seed) seeds;
};

struct record_range {
	uint32_t inside, outside, count;
};

/* A commit or an undo of our own: what it touched in the base is no change by somebody else. */
struct record_window {
	struct timespec from, to; /* CLOCK_REALTIME */
};

struct record {
	const char *name;
	int64_t created; /* seconds since 1970 */
	VECTOR(struct timespec) runs; /* when each run began, oldest first; CLOCK_REALTIME */
	VECTOR(struct record_window) windows;
	bool torn; /* the machine was restarted after an unsynced run: the uppers may be incomplete */
	bool same_boot;
	const char *base; /* "/" or the root directory */
	VECTOR(const char *) layers;
	VECTOR(struct record_range) uids, gids;
	VECTOR(const char *) command; /* of the last run */
	VECTOR(struct record_overlay) overlays;
};

/*
 * Reads dir_fd/record; strings live in the arena. 0, or -1 with *err: missing, cut, of another version, or malformed (the
 * error names the line).
 */
int record_load(struct arena *arena, int dir_fd, struct record *ret, struct error *err);

/* Appends a word as it stands in a line of the record, a space before it; bytes that would end it become %XX. */
void record_add_word(struct text *out, const char *word);

#endif
