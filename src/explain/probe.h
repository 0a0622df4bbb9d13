// SPDX-License-Identifier: MIT
/*
 * Small questions to the system, shared by the rows of the table and by doctor. They are asked
 * after a failure, by the process outside of the box; an answer can be "unknown", and none of them
 * changes anything or fails.
 */
#ifndef NACRE_EXPLAIN_PROBE_H
#define NACRE_EXPLAIN_PROBE_H

#include "base/arena.h"
#include "base/mountinfo.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct error;

/* The first line of a small file without its newline. False when there is none; buf is "" then. */
bool probe_line(const char *path, char *buf, size_t size);

/* The decimal number that a file holds, such as /proc/sys/user/max_user_namespaces; -1 when it
 * cannot be read. */
int64_t probe_number(const char *path);

/* A decimal field of /proc/self/status ("Seccomp", "NoNewPrivs", "Threads"), or -1. */
int64_t probe_status(const char *field);

/* True when capability cap (capabilities(7)) is in the effective set. */
bool probe_capability(unsigned cap);

/* A seccomp filter is in force: a container's, or one of a service manager. */
bool probe_seccomp(void);

/* The caller's root is a plain directory: no mount has "/" as its point (unshare(2), EPERM). */
bool probe_chrooted(void);

/* The caller lives in a user namespace that does not map all ids. */
bool probe_in_userns(void);

/* Ubuntu's kernel.apparmor_restrict_unprivileged_userns bites: on, and the caller is unconfined and
 * not root. */
bool probe_apparmor(void);

/* An id of the caller's user namespace (file: "uid_map" or "gid_map") is one that a child can be
 * given. */
bool probe_id_mapped(const char *file, uint32_t id);

enum subid_state {
	SUBID_NONE, /* no line for this user, by name or by number */
	SUBID_OTHER, /* lines, but none that holds the range */
	SUBID_COVERED,
};

/* What /etc/subuid or /etc/subgid grants the caller. No name service is asked (static runner). */
enum subid_state probe_subids(const char *file, uint32_t from, uint32_t count);

/* Where a program is in $PATH, or NULL. */
const char *probe_program(struct arena *arena, const char *name);

/* A program gains rights when it is started: set-user-ID, or file capabilities in their stead. */
bool probe_privileged(const char *program);

/* Adds who holds the flock of path, when that is seen. */
void fact_lock_holder(struct error *err, const char *path);

/* A path as it is now, links followed. */
struct place {
	dev_t dev;
	ino_t ino;
	mode_t mode;
	uid_t uid;
	gid_t gid;
	int64_t fs; /* f_type of statfs(2) */
	bool readonly, noexec;
	int mount_id; /* -1: unknown */
};

/* False when it cannot be reached. */
bool place_read(const char *path, struct place *ret);

/* Both are one file, under whatever names and mounts. */
bool place_same(const struct place *a, const struct place *b);

/* path is dir or lies in it; seen through links and binds, as overlayfs sees it. */
bool place_contains(const char *dir, const char *path);

/* "ext4"; "an unknown file system" for a type that is not in the list. */
const char *fs_name(int64_t type);

/* The nearest ancestor that exists, path itself when it does. */
const char *probe_existing(struct arena *arena, const char *path);

/* The first directory on the way to path that the caller may not search, or NULL. */
const char *probe_unsearchable(struct arena *arena, const char *path);

/* path with all links resolved; path itself when that fails. */
const char *probe_real(struct arena *arena, const char *path);

/* How many mounts sit below dir. The first few are appended to list: "/a, /b and 3 more". */
size_t probe_mounts_below(const struct mounts *m, const char *dir, struct text *list);

/* Reads the caller's mounts; an empty table when that fails. */
void probe_mounts(struct arena *arena, struct mounts *ret);

/* Where boxes are kept: $XDG_STATE_HOME/nacre, else ~/.local/state/nacre; NULL without a home. */
const char *probe_state_dir(struct arena *arena);

#endif
