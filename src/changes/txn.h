// SPDX-License-Identifier: MIT
/*
 * A transaction: objects of uppers go into the base, all or none, and can be taken back.
 *
 *   roots    each overlay: the directory of the base, and the upper that stands over it
 *   dirs     directories on both sides, as a tree; an item lies in one
 *   items    disjoint objects by one name: added, replaced or deleted as a whole
 *   metas    merged directories that get mode, owner and attributes of the upper's
 *
 * The order of a commit, and what a kill leaves at each point (docs/decisions/0004-commit.md):
 *
 *   look      every item and directory once; what may not be done is listed, nothing is touched    txn_look.c
 *   stage     copies for what cannot be moved; then all of it is on disk                          txn_stage.c
 *   journal   what will be done, and the inode numbers by which one can see what was              journal.c
 *   apply     one atomic call for an item                                                         apply.c
 *   done      on disk; what is left of the changes in the upper leaves it too
 *
 * STATE/undo/ID/ keeps the journal and all that was displaced (docs/undo-format.md). A commit that was killed is finished or
 * taken back by recover_all() (recover.h), a done one is taken back by undo.h.
 *
 * The engine works with the ids and capabilities that the process has. To move directories of one's own without the right to
 * write in them, or files of subordinate ids, enter a user namespace first whose maps are the identity on the ids that one has:
 * then the journal's ids mean the same outside.
 */
#ifndef NACRE_CHANGES_TXN_H
#define NACRE_CHANGES_TXN_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

struct error;
struct text;

enum txn_kind {
	TXN_ADD, /* the base has nothing of that name */
	TXN_REPLACE, /* the base has an object, of any type */
	TXN_DELETE, /* the base's object goes; the upper may have a whiteout */
	TXN_KIND_COUNT
};

/* How far an item is. What lies where tells it, so a process that comes later can see it too (recover.c). */
enum txn_stage {
	STAGE_BEFORE, /* the new object is in the upper */
	STAGE_READY, /* it is in its slot */
	STAGE_APPLIED, /* it is in the base, and the old one in the slot */
	STAGE_CLEARED, /* what the upper still had of the change has left it */
};

/* Bits of txn_item.flags. */
enum {
	ITEM_KEEP = 1, /* the upper stays as it is: the base gets a copy */
	ITEM_COPY = 2, /* the new object is a copy that was staged */
	ITEM_CLEAR = 4, /* the upper's object leaves it at the end: a whiteout, or what was copied */
	ITEM_MAKE = 8, /* a directory without its content: of dirs that the base lacks */
	ITEM_SEEN = 32, /* what the base has was looked at when it was added; not for the journal */
	ITEM_PLAIN =
		64, /* what the upper has was, and is a whiteout or a file of ours like most; not for the journal */
	ITEM_FOREIGN =
		16, /* it holds what belongs to somebody whom we can give nothing: it may be moved, not copied */
};

enum { TXN_NO_MODE = UINT16_MAX, TXN_NONE = UINT32_MAX };

struct txn_item {
	const char *name;
	uint64_t new_ino, old_ino,
		upper_ino; /* 0: there is none; old_ino of a staged item may be set before: which object goes */
	uint32_t dir;
	uint16_t new_mode,
		old_mode; /* of a directory without the right to write for its owner; else TXN_NO_MODE */
	uint8_t kind, flags, stage;
};

/* Bits of txn_dir.flags. */
enum {
	DIR_TIME = 1, /* afterwards the base's has the modification time of the upper's */
	DIR_MAKE = 2, /* the base has none: it is made, like the upper's or 0755 */
	DIR_ABOVE = 4, /* the upper's root stands for one below it: it has no counterpart there */
	DIR_UNHIDE =
		8, /* the upper's is opaque, and nothing is left that it hides: it stops being so */
	DIR_TOUCHED = 16, /* its entries are changed */
};

struct txn_dir {
	const char *name; /* "" for a root */
	uint32_t root, parent; /* a root is its own parent */
	uint32_t first, count; /* its items */
	uint16_t area; /* where displaced objects of it go */
	uint16_t target_mode,
		upper_mode; /* without the right to write for the owner; else TXN_NO_MODE */
	uint8_t flags;
	struct timespec target_time, upper_time; /* modification times from before */
};

struct txn_root {
	const char *target, *upper; /* absolute; upper is NULL when it may not be found again */
	int target_fd, upper_fd; /* ours */
	int lock_fd; /* the base's directory, locked; -EBADF when it may not be read, or another root has the lock */
	uint64_t target_ino, upper_ino;
	uint16_t upper_area;
	/*
	 * The upper was made in the base's directory for this commit alone: what is in it is moved as it stands, with all marks of
	 * overlayfs. Neither counts nor held tell of it: who made it does.
	 */
	bool staged;
};

/* What renames can reach from a directory: another mount, subvolume, project or encryption refuses them with EXDEV. */
struct txn_volume {
	uint64_t mount, dev;
	uint32_t project;
	bool encrypted;
};

/* A directory for slots. The first is STATE/undo/ID itself. */
struct txn_area {
	struct txn_volume volume;
	int fd;
	uint32_t dir; /* it is in the base's directory, or, with `beside`, beside the upper of that root; TXN_NONE: the first */
	bool beside;
	const char *name;
};

/* Bits of txn_meta.parts. */
enum { META_MODE = 1, META_OWNER = 2, META_ATTRIBUTES = 4 };

/* One attribute of a merged directory; NULL is none. */
struct txn_value {
	const char *key, *before, *after;
	size_t before_size, after_size;
};

struct txn_owner_mode {
	uid_t uid;
	gid_t gid;
	mode_t mode; /* 07777 */
};

struct txn_meta {
	uint32_t dir;
	uint8_t parts;
	struct txn_owner_mode before, after;
	VECTOR(struct txn_value) values;
};

/* An attribute of overlayfs on what leaves the upper, or of a directory that stops being opaque. */
struct txn_mark {
	uint32_t item; /* TXN_NONE: of the directory `dir` */
	uint32_t dir;
	uint16_t mode; /* of an object whose owner must be given the right to write; else TXN_NO_MODE */
	const char *path; /* below the item's name; "" is the item itself */
	const char *key, *value;
	size_t size;
};

/* A further name of an object that is seen while items are looked at. */
struct txn_link {
	uint64_t ino;
	uint32_t root, item, links;
	const char *path; /* below the item's name */
};

/* Why a transaction is refused. */
struct txn_problem {
	const char *path; /* of the base */
	int sys; /* errno that it would end with */
	const char *why; /* in words */
};

struct txn_problems {
	VECTOR(struct txn_problem) v;
};

struct txn_progress {
	void (*report)(void *arg, uint64_t done, uint64_t total, uint64_t bytes);
	void *arg;
	uint64_t done, total, bytes;
};

struct txn {
	struct arena arena;
	const char *box,
		*box_path; /* name and directory; the latter NULL when no record is to be told of the times */
	bool foreign; /* the uppers are somebody else's: copies only, which become ours and lose set-id bits and capabilities */
	struct txn_progress progress;

	int state_fd, undo_fd; /* STATE/undo, and ID in it, which is locked */
	const char *id;
	VECTOR(struct txn_root) roots;
	VECTOR(struct txn_dir) dirs;
	VECTOR(struct txn_item) items;
	VECTOR(struct txn_meta) metas;
	VECTOR(struct txn_mark) marks;
	VECTOR(struct txn_area) areas;
	VECTOR(struct txn_link) links;
	VECTOR(struct txn_link) orphans; /* whiteouts inside what is copied: they are left out */
	struct txn_problems problems;
	VECTOR(const char *)
	reduced; /* foreign: paths of the base whose set-id bits or capabilities were dropped */
	bool looked; /* txn_look() is through, and the box locked since: what was in the upper still is */
	uid_t uid; /* we */
	gid_t gid;
	struct timespec began, ended,
		committed; /* the last: when the commit that is undone began */
	uint64_t counts[TXN_KIND_COUNT], meta_count; /* how many items of each kind */
	uint64_t held; /* bytes that the displaced objects take */
};

/* An empty transaction for the box; its undo directory will be in a store (state/store.h). Released is empty too. */
void txn_begin(struct txn *t, const char *box, const char *box_path);
void txn_release(struct txn *t);

/* Adds a root; its index. Descriptors are copied; upper_fd may be -1. upper as in txn_root. -1 with *err. */
int txn_add_root(struct txn *t, const char *target, int target_fd, const char *upper, int upper_fd,
		 struct error *err);

/* Adds a directory (parents first, the root with parent TXN_NONE and name ""); its index. The name must stay valid. */
uint32_t txn_add_dir(struct txn *t, uint32_t root, uint32_t parent, const char *name,
		     unsigned flags);

/* Adds an item; flags is ITEM_KEEP or 0. The name must stay valid. */
void txn_add_item(struct txn *t, enum txn_kind kind, uint32_t dir, const char *name, unsigned flags);

/*
 * What the base has for the item added last, as statx(2) tells it (STATX_BASIC_STATS), or NULL for nothing: it is not looked at
 * again. base_dir_fd is its directory there.
 */
struct statx;
void txn_saw_base(struct txn *t, int base_dir_fd, const struct statx *old);

/* The same for what is no directory, may be replaced, and holds so many bytes. */
void txn_saw_plain_base(struct txn *t, uint64_t ino, uint64_t held);

/*
 * What the upper has for the item added last, which is not looked at again: of TXN_DELETE the whiteout, else a regular file that is
 * ours, writable for its owner, without further names.
 */
void txn_saw_plain(struct txn *t, uint64_t upper_ino);

/* Gives a directory that is on both sides those parts (META_*) of the upper's. */
void txn_add_meta(struct txn *t, uint32_t dir, unsigned parts);

/*
 * Does it all, with the undo directory in the store store_fd. -1 with *err: nothing has changed, or, when taking back failed
 * as well, the next recover_all() has to; t->problems tells what stood in the way ("commit-refused"), each by its path.
 * Another process at the same base: "commit-locked".
 */
int txn_commit(struct txn *t, int store_fd, struct error *err);

/* Looks only: the problems that txn_commit() would find. -1 with *err when there are any. */
int txn_check(struct txn *t, int store_fd, struct error *err);

/* The path of an item in the base, or of a directory with NULL, appended. */
void txn_path(const struct txn *t, uint32_t dir, const char *name, struct text *out);

#endif
