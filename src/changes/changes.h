// SPDX-License-Identifier: MIT
/*
 * What the uppers of a box say differs from its base.
 *
 *   source    the overlays of a record with their uppers, lowers and targets open             source.h
 *   lowers    what a box sees below an upper: several directories as one                      lowers.h
 *   walk      one pass over each upper beside its lowers: a flat list of changes              walk.h
 *   compare   two objects of one name: what differs                                           compare.h
 *   links     which names share an object, and what was renamed                               links.h
 *   mark      what runs by itself later; caches; sections                                     mark.h
 *   select    which of them the user means                                                    select.h
 *   show      for people, as JSON, for line tools                                             show.h
 *   patch     their content                                                                   patch.h
 *   commit    applied to the base, journalled; undo, recovery                                 commit.h
 *
 * Names are bytes. A path is never handed to the kernel whole where a link in it could lead elsewhere: the directory is opened
 * below its overlay's root first (changes_open). The list is flat and small, 100,000 files are a usual box: objects are looked
 * at again when they are needed.
 */
#ifndef NACRE_CHANGES_CHANGES_H
#define NACRE_CHANGES_CHANGES_H

#include "base/arena.h"
#include "state/record.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

struct error;
struct text;

enum change_kind {
	CHANGE_ADDED = 'A',
	CHANGE_MODIFIED = 'M', /* content or target */
	CHANGE_DELETED = 'D',
	CHANGE_RENAMED =
		'R', /* an added file that is a deleted one by content; `from` is that one, which is not listed itself */
	CHANGE_TYPE = 'T', /* another kind of object */
	CHANGE_META = 'm', /* mode, owner, times or attributes alone */
};

/* What differs; bits. */
enum {
	DIFFERS_CONTENT = 1, /* of a file; the target of a link; the number of a device */
	DIFFERS_MODE = 2,
	DIFFERS_OWNER = 4,
	DIFFERS_MTIME = 8, /* of files; a directory's alone is a side effect and no change */
	DIFFERS_XATTRS = 16, /* ACLs and capabilities are attributes */
	DIFFERS_LINKS = 32, /* the names that it shares with others */
	DIFFERS_SEED = 64, /* a directory that the box was given as its own: its owner says nothing */
};

/* Bits of change.flags. */
enum {
	CHANGE_INSIDE =
		1, /* in a directory that is new, gone or replaced as a whole: not a change of its own */
	CHANGE_WHOLE =
		2, /* a directory that is new, gone or replaced as a whole: files, size, old_size tell what is in it */
	CHANGE_OPAQUE =
		4, /* below a directory that hides the base's (change_dir.opaque): no whiteout stands for a deletion */
	CHANGE_PICKED = 8, /* chosen by select */
	CHANGE_CACHE = 16, /* below a cache directory: folded */
	CHANGE_EXECUTABLE = 32, /* newly so */
	CHANGE_LINKED = 64, /* the upper's object has further names */
	CHANGE_SOURCE = 128, /* the deleted half of a rename: told by the other half */
	CHANGE_ALERT =
		256, /* INSIDE, with a mark that the directory it is in has not: told all the same */
	CHANGE_OLD_PLAIN =
		512, /* nothing but its size and inode number need be known of what the base has: no directory, ours, as it was when
			the box began, neither a mount point nor marked as not to be changed, without holes */
};

enum change_section { SECTION_HERE, SECTION_HOME, SECTION_SYSTEM, SECTION_COUNT };

enum { NO_CHANGE = UINT32_MAX };

struct change {
	uint32_t dir; /* in changes.dirs: where it is */
	uint32_t name; /* offset in changes.names */
	uint32_t from; /* RENAMED: in changes.v; META of a directory: itself in changes.dirs; else NO_CHANGE */
	uint8_t kind; /* enum change_kind */
	uint8_t differs;
	uint16_t flags;
	uint8_t section;
	uint16_t mark; /* enum change_mark (mark.h): why it may run by itself later; 0 none */
	uint16_t mode, old_mode; /* with the type, which makes 16 bits; 0 = absent */
	uid_t uid, old_uid; /* as outside */
	gid_t gid, old_gid;
	int64_t time; /* when it was modified, nanoseconds since 1970; of what was there when there is nothing now */
	uint64_t size, old_size; /* bytes; WHOLE: of all files in it */
	union {
		struct {
			uint32_t files,
				old_files; /* WHOLE: objects below it that are no directories */
		};
		uint64_t upper_ino; /* not WHOLE: of what the upper has, a whiteout too; 0 is unknown */
	};
	uint64_t old_ino; /* OLD_PLAIN: of what the base has */
};

/* A directory on the way to a change: the same path in the upper and in the base. */
struct change_dir {
	uint32_t source; /* in changes.sources */
	uint32_t parent; /* in changes.dirs; the root of a source is its own parent */
	uint32_t name; /* offset in changes.names; "" for a root */
	bool in_upper, in_base;
	bool opaque; /* it, or one above it, hides the lowers': names that it lacks are deleted without a whiteout */
};

/* One overlay of the box. */
struct change_source {
	const struct record_overlay *overlay;
	const char *place; /* in the box */
	const char *target; /* the directory that a commit changes: the lowest lower, or where the place is in the base */
	int upper_fd; /* O_RDONLY; -EBADF when nothing was ever written here */
	int target_fd; /* O_RDONLY | O_DIRECTORY, or O_PATH where it may not be read; -1 when it is not there */
	struct lower_dir *lowers; /* what the box saw below its upper, merged; lowers.h */
};

struct changes {
	struct arena arena; /* record, sources and strings */
	struct record record;
	VECTOR(struct change_source) sources;
	/* These grow large, so they are mapped, not in the arena; changes_release() ends them. */
	struct change *v;
	size_t count, capacity;
	struct change_dir *dirs;
	size_t dir_count, dir_capacity;
	char *names; /* each with its NUL */
	size_t names_len, names_capacity;
	uint64_t noise; /* copies of the base that are no change */
	struct timespec read; /* when that began; CLOCK_MONOTONIC */
};

/* Zeroed is empty. */
void changes_release(struct changes *c);

/* The name of a change, and the path of it in the box ("/home/me/x"), which is appended. */
const char *change_name(const struct changes *c, const struct change *change);
void change_path(const struct changes *c, const struct change *change, struct text *out);

/* The path in the box of a directory of the list, appended. */
void change_dir_path(const struct changes *c, uint32_t dir, struct text *out);

/* The same below its source's root, for the upper, the lowers and the target alike; "" for the root. */
void change_dir_relative(const struct changes *c, uint32_t dir, struct text *out);

/* The path relative to its source's root ("me/x"), for the target and the upper alike. */
void change_relative(const struct changes *c, const struct change *change, struct text *out);

/* What a file of that size usually takes, without holes. */
static inline uint64_t change_whole_blocks(uint64_t size)
{
	enum { BLOCK = 4096 };

	return (size + BLOCK - 1) / BLOCK * BLOCK;
}

enum change_side { SIDE_UPPER, SIDE_TARGET };

/*
 * Opens a directory of the list below its source, never through a link (openat2, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS).
 * O_RDONLY | O_DIRECTORY. -1 with errno; ENOENT when that side has none.
 */
int changes_open(const struct changes *c, uint32_t dir, enum change_side side);

#endif
