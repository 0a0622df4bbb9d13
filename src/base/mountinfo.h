// SPDX-License-Identifier: MIT
/*
 * /proc/PID/mountinfo as structs (proc_pid_mountinfo(5)). The parser is pure and takes bytes; paths are
 * unescaped (\040 and friends), may hold any byte, and a field may be empty (an empty source is legal).
 */
#ifndef NACRE_BASE_MOUNTINFO_H
#define NACRE_BASE_MOUNTINFO_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct error;

struct mount_entry {
	int id, parent;
	unsigned major, minor;
	const char *root; /* of the mount inside its file system */
	const char *point; /* mount point relative to the reader's root */
	const char *fstype;
	const char *source; /* "" when empty */
	const char *super; /* per-superblock options, still escaped: \054 is a comma inside a value */
	uint64_t attr; /* MOUNT_ATTR_* that are set: RDONLY NOSUID NODEV NOEXEC NOSYMFOLLOW, atime bits */
	int shared, master; /* peer group ids, 0 when not */
	bool unbindable;
	bool covered; /* another mount sits on the very same mount point above this one */
};

struct mounts {
	VECTOR(struct mount_entry) v; /* in file order, which says nothing about what is on top */
};

/* Parses text of len bytes. A malformed row is an error that names its line and shows it. */
int mountinfo_parse(struct arena *arena, const char *text, size_t len, struct mounts *ret,
		    struct error *err);

/* Reads /proc/self/mountinfo; the bytes live in the arena. */
int mountinfo_load(struct arena *arena, const char **ret_text, size_t *ret_len, struct error *err);

/* Reads and parses it. */
int mountinfo_read(struct arena *arena, struct mounts *ret, struct error *err);

/*
 * A look at the bytes alone: false when certainly no mount lies below dir (clean, absolute), true when one may. Ten times
 * cheaper than parsing, for the usual case of a directory without mounts.
 */
bool mountinfo_may_be_below(const char *text, size_t len, const char *dir);

/*
 * The mount that a walk to path (clean, absolute) ends on: the topmost there, never one that a later mount on a
 * directory above it hides. NULL when the table shows none, as when it is empty.
 */
const struct mount_entry *mounts_at(const struct mounts *m, const char *path);

/* True when a mount that a walk reaches sits strictly below dir (by components). */
bool mounts_below(const struct mounts *m, const char *dir);

#endif
