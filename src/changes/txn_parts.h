// SPDX-License-Identifier: MIT
/* What the files of a transaction share among themselves; nobody else includes it. */
#ifndef NACRE_CHANGES_TXN_PARTS_H
#define NACRE_CHANGES_TXN_PARTS_H

#include "base/syscalls.h"
#include "changes/txn.h"

#include <linux/limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- places: txn_place.c ---- */

/*
 * Slots of item number N are called N, N.upper for what leaves the upper, N.swap while two objects are exchanged by hand. From
 * 100 on they are in directories by hundreds, 1200/1234: in a small directory a rename costs less.
 */
enum { SLOTS_TOGETHER = 100 };
struct slot_name {
	char v[64];
};
#define SLOT(number, suffix) (slot_name((number), (suffix)).v)
static inline struct slot_name slot_name(size_t number, const char *suffix)
{
	struct slot_name name;
	char digits[20], *at = digits + sizeof(digits), *end = name.v;
	size_t n;

	/* By hand: one or more for each item. */
	do
		*--at = (char)('0' + number % 10);
	while (number /= 10);
	n = (size_t)(digits + sizeof(digits) - at);
	if (n > 2)
		end = stpcpy(mempcpy(end, at, n - 2), "00/");
	(void)stpcpy(mempcpy(end, at, n), suffix);
	return name;
}

enum txn_side { SIDE_BASE, SIDE_BOX };

/* A directory of the transaction, open on both sides: O_PATH. A side that is not there is -EBADF. */
struct spot {
	int target_fd, upper_fd;
};

void spot_release(struct spot *s);
#define SPOT_NONE ((struct spot){ -EBADF, -EBADF })

/*
 * Opens a directory below its root, never through a link or into another mount. -1 with errno; ENOENT when that side has
 * none.
 */
int dir_open(const struct txn *t, uint32_t dir, enum txn_side side);

/* Both sides. -1 with *err when the base's cannot be had; the upper's may be missing. */
int spot_open(const struct txn *t, uint32_t dir, struct spot *ret, struct error *err);

/* Opens the directory of `path`, which is below dir_fd, and tells the last name. -1 with errno. */
int parent_open(int dir_fd, const char *path, const char **ret_name);

/* Where renames from the directory lead. -1 with errno. */
int volume_of(int dir_fd, struct txn_volume *ret);
bool volume_equal(const struct txn_volume *a, const struct txn_volume *b);

/* The area of that volume, which is thought up when there is none: in the base's directory dir, or beside the upper of a root. */
uint16_t area_for(struct txn *t, const struct txn_volume *volume, uint32_t dir, bool beside);

/* The directory that an area other than the first lies in: O_PATH. -1 with errno. */
int area_parent(const struct txn *t, const struct txn_area *area);

/* Makes those that are thought up; opens those that a journal names, if they are there. The first is left alone. */
int areas_make(struct txn *t, struct error *err);
int areas_open(struct txn *t, struct error *err);

/* Removes them: with all that is in them, or those in which nothing is. The directories that they are in keep their times. */
int areas_remove(struct txn *t, struct error *err);
void areas_trim(struct txn *t);

/* ---- attributes: txn_attribute.c. Of an object by directory and name; "" is the directory itself. -1 with errno. ---- */

ssize_t attribute_list(int dir_fd, const char *name, char *list, size_t size);
ssize_t attribute_get(int dir_fd, const char *name, const char *key, void *value, size_t size);
int attribute_set(int dir_fd, const char *name, const char *key, const void *value, size_t size);
int attribute_remove(int dir_fd, const char *name, const char *key);

/* True for what overlayfs put there. */
bool attribute_is_mark(const char *key);

/*
 * Since Linux 6.7 an attribute that a box calls user.overlay.X is user.overlay.overlay.X in the upper. The name that the box
 * gave it, in the buffer; NULL for any other mark.
 */
const char *attribute_plain(const char *key, char buffer[static XATTR_NAME_MAX + 1]);

/* Into the arena, with its size. NULL with errno. */
const char *attribute_load(struct arena *arena, int dir_fd, const char *name, const char *key,
			   size_t *ret_size);

/* ---- what a journal tells, opened again: recover.c ---- */

/*
 * The roots and areas of a journal that was read. An upper that is not there any more is -EBADF; so is the base's directory
 * with `tolerant`, else it is an error.
 */
int txn_reopen(struct txn *t, bool tolerant, struct error *err);

/* Finds out where each item is. True when all are in the base. -1 with *err. */
int txn_inspect(struct txn *t, bool *ret_applied, struct error *err);

/* ---- looking: txn_look.c, txn_scan.c ---- */

int txn_look(struct txn *t, struct error *err);

/* Walks the upper's object of an item: marks, links, owners, sizes. Adds problems. -1 with *err. */
int scan_item(struct txn *t, uint32_t index, int upper_fd, const struct stat *st, struct error *err);

/* Decides which items are copied, from what the scans have seen. */
void scan_settle_links(struct txn *t);

/* Bytes of all objects in a tree, with their attributes' blocks. */
uint64_t scan_size(int dir_fd, const char *name);

__attribute__((format(printf, 5, 6))) void problem(struct txn *t, uint32_t dir, const char *name,
						   int sys, const char *format, ...);

/* When a directory could not be opened because it is on another mount: a problem, and 0. Any other error: -1. */
int problem_covered(struct txn *t, uint32_t dir, const struct error *err);

/* All problems in one error, the first few of them as facts. Returns -1. */
int txn_refuse(const struct txn *t, const char *what, const char *explanation, struct error *err);

/* True when the process may give things to that owner, and act on those of that user. */
bool may_give(uid_t uid, gid_t gid);
bool may_act_for(uid_t uid);

/* ---- stage: txn_stage.c ---- */

int stage_copies(struct txn *t, struct error *err);

/* ---- journal.c, journal_read.c ---- */

/* The first tells of areas that are going to be made, so that they can be removed; the other of all that is going to be done. */
enum journal_extent { JOURNAL_AREAS, JOURNAL_WHOLE };

/* Writes STATE/undo/ID/journal; it is on disk afterwards. */
int journal_write(const struct txn *t, enum journal_extent extent, struct error *err);

/*
 * Reads the journal of the open t->undo_fd into t, as txn_begin() made it; the roots and areas are not opened. The answers
 * are an extent, or JOURNAL_NONE.
 */
enum { JOURNAL_NONE = JOURNAL_WHOLE + 1 };
int journal_read(struct txn *t, struct error *err);

/* The same for what stands before the first root: the box, times and counts. */
int journal_read_head(struct txn *t, struct error *err);

/* What became of it since: empty files beside the journal. */
enum journal_mark { MARK_DONE, MARK_UNDOING, MARK_UNDONE, MARK_PURGING, MARK_COUNT };

/*
 * Sets a mark (or takes it away); on disk afterwards. In it stands when the transaction ended, and what anybody changes after the
 * return gets a later time than that.
 */
int journal_mark(const struct txn *t, enum journal_mark mark, bool set, struct error *err);
bool journal_has(const struct txn *t, enum journal_mark mark);
bool journal_marked(int undo_fd, enum journal_mark mark); /* of a commit's directory alone */

/* ---- apply.c ---- */

/* All items from where they are to the end, or to the beginning. The base is on disk afterwards. */
int apply_forward(struct txn *t, struct error *err);
int apply_back(struct txn *t, struct error *err);

/* ---- merged directories: txn_meta.c ---- */

/* Notes what it is and what it will be. */
int meta_look(struct txn *t, struct txn_meta *meta, struct error *err);

/* Makes it one or the other; may be repeated. */
int meta_apply(struct txn *t, const struct txn_meta *meta, bool forward, struct error *err);

/* ---- the order: txn.c ---- */

/* Locks the directory of the base of each root. -1 with *err. */
int txn_lock(struct txn *t, struct error *err);

/* All file systems that take part, to disk. */
int txn_sync(const struct txn *t, struct error *err);

/* Tells the box's record from when to when the base was changed. */
void txn_end(const struct txn *t);

/* After a failure or an undo: all is as before, and stays so. The undo directory goes. */
int txn_undone(struct txn *t, struct error *err);

/*
 * Removes the undo directory with its areas. The directories of the base that those are in keep the time they have, or get
 * back the one from before the commit.
 */
enum txn_times { TIMES_KEPT, TIMES_BEFORE };
int txn_drop(struct txn *t, enum txn_times times, struct error *err);

/*
 * Notes a time in which ctimes changed that the undo of another commit must not take for somebody's doing: what was moved to and
 * fro has a new one, and what gets or loses a further name, as the files of a layer that is merged into do.
 */
void txn_note_touched(const struct txn *t, struct timespec from, struct timespec to);

/* The same as txn_drop() for one that was undone or is given up: what that touches is noted for the undo of others. */
int txn_forget(struct txn *t, enum txn_times times, struct error *err);

/* Opens STATE/undo. -1 with *err; with `make` false and none there *err is untouched and errno ENOENT. */
int txn_open_state(struct txn *t, int store_fd, bool make, struct error *err);

/* Opens and locks STATE/undo/ID. TXN_BUSY: somebody else works on it, or it is gone. */
enum { TXN_BUSY = 1 };
int txn_open_undo(struct txn *t, const char *id, struct error *err);

/* "cannot WHAT PATH" with errno. Returns -1. */
int txn_error(const struct txn *t, uint32_t dir, const char *name, const char *what,
	      struct error *err);

#endif
