// SPDX-License-Identifier: MIT
/*
 * The record of a box: versioned text that says what its uppers belong to (docs/box-format.md). It is read here; what a run
 * has to say is put together by run/record.
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
struct text;

enum record_seed_kind {
	RECORD_SEED_DIR,
	RECORD_SEED_FILE,
	RECORD_SEED_LINK,
	RECORD_SEED_COPY, /* a copy of a file of the base */
	RECORD_SEED_POINT, /* a mere mount point */
	RECORD_SEED_KIND_COUNT
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
	const char *slot; /* name of its upper below upper/; one component, no two alike */
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
 * Reads dir_fd/record; strings live in the arena. 0, or -1 with *err: missing (errno ENOENT), cut, of another version, or
 * malformed (the error names the line).
 */
int record_load(struct arena *arena, int dir_fd, struct record *ret, struct error *err);

/* True when an upper was written without syncs. */
bool record_is_volatile(const struct record *record);

/* ---- for those who write it ---- */

/* Appends a word as it stands in a line of the record, a space before it; bytes that would end it become %XX. */
void record_add_word(struct text *out, const char *word);

/* The same for a moment: SECONDS.NANOSECONDS. */
void record_add_time(struct text *out, struct timespec time);

const char *record_seed_word(enum record_seed_kind kind);

/* Identifies the time since the machine was started; "" when the kernel does not tell. */
enum { BOOT_ID_SIZE = 64 };
void record_boot_id(char ret[static BOOT_ID_SIZE]);

/* Makes the text dir_fd/record, by a temporary name and a rename; `sync`: it is on disk before it is. -1 with errno. */
int record_replace(int dir_fd, const struct text *text, bool sync);

/* Adds a window to dir_fd/record, whatever else is in it. The caller holds the box's lock. */
int record_add_window(int dir_fd, struct timespec from, struct timespec to, struct error *err);

#endif
