// SPDX-License-Identifier: MIT
/*
 * Where boxes are: $XDG_STATE_HOME/nacre, or /dev/shm/nacre-UID where no upper can be (docs/box-format.md). Knows names,
 * directories and locks; what is in a box is the business of run/ (which fills it) and changes/ (which reads it).
 */
#ifndef NACRE_STATE_STORE_H
#define NACRE_STATE_STORE_H

#include "base/arena.h"

#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

struct error;

/* ---- the directories ---- */

/* STATE for a caller with this home (may be NULL): of $XDG_STATE_HOME, which is ignored when relative. NULL without either. */
const char *store_path(struct arena *arena, const char *home);

/* The directory in memory that stands in for it. */
const char *store_fallback_path(struct arena *arena);

/* Every store that the caller may have. At most two; ends with NULL. */
enum { STORE_PATHS = 3 };
void store_paths(struct arena *arena, const char *home, const char *ret[static STORE_PATHS]);

/*
 * Opens path (mode 0700, made with its parents when `make`), which must be the caller's own with no right to write for
 * others, as they could swap uppers under us. The descriptor; -1 with *err, or with *err untouched and errno ENOENT when it
 * is missing and not to be made.
 */
int store_open(const char *path, bool make, struct error *err);

/* A directory of the store by one name ("boxes", "live", "undo"), made when missing and `make`. -1 with errno. */
int store_shelf(int store_fd, const char *shelf, bool make);

/* The name of one box: letters, digits, dots, underscores and dashes, up to 64, and neither a dot nor a dash first. */
bool store_name_valid(const char *name);

/* A box that is being removed has this before its name, in the same shelf; so it is none any more. */
#define STORE_REMOVED ".removed-"

/* ---- the boxes ---- */

/* A box that is there. */
struct store_box {
	const char *store; /* the path of the store it is in */
	const char *name;
	const char *path; /* of its directory */
	bool live; /* below live/: unnamed and running, or killed */
	bool running; /* somebody has it for himself: a run, a commit */
	pid_t holder; /* who, as far as /proc/locks tells; 0 when unknown */
	struct timespec used; /* when it was run or committed last: the record's modification time */
};

struct store_list {
	VECTOR(struct store_box) v; /* newest first */
};

/* Every box of every store of the caller. A store that cannot be read is an error; a missing one is empty. */
int store_boxes(struct arena *arena, const char *home, struct store_list *ret, struct error *err);

/* Where a box of that name may be, in the order of the stores; NULL where there is no such store. */
void store_box_paths(struct arena *arena, const char *home, const char *name,
		     const char *ret[static STORE_PATHS]);

/*
 * The box of that name, or with NULL the one used last (running ones aside). Not found: -1, an error that names the nearest
 * box. The kinds of refusal: "box-unknown", "box-none".
 */
int store_find(struct arena *arena, const char *home, const char *name, struct store_box *ret,
	       struct error *err);

/* ---- files ---- */

/* Puts the bytes in the place of the file dir_fd/name, at once, by way of NAME.new. sync: they are on disk before. -1 with errno. */
int store_replace(int dir_fd, const char *name, const char *bytes, size_t n, bool sync);

/* ---- locks ---- */

enum store_lock { STORE_SHARED, STORE_EXCLUSIVE };

/*
 * Opens the box's directory and locks it without waiting; the lock ends with the descriptor. Refused ("box-in-use") while
 * somebody else uses it; the explained error names the process and its command.
 */
int store_lock(const struct store_box *box, enum store_lock lock, struct error *err);

/* The same for a directory that is open: that of the box at path (STORE/SHELF/NAME). */
int store_lock_at(int dir_fd, const char *path, enum store_lock lock, struct error *err);

/* The process that holds a flock on the file of that descriptor, by /proc/locks; 0 when none is seen. */
pid_t store_lock_holder(int fd);

#endif
