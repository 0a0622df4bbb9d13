// SPDX-License-Identifier: MIT
/*
 * A base directory as steps.
 *
 * A user namespace may not overlay a directory with inherited mounts below it (they are locked; since the fix of
 * CVE-2021-3732), so the tree is taken apart at its mounts:
 *
 *   mount of a kernel file system            recursive bind, read-only
 *   read-only mount, place nothing can be    recursive bind, read-only
 *     written in by this user
 *   no mount below                           overlay: lower = itself and the layers, seeds, upper
 *   mounts below                             skeleton: a directory of the root's tmpfs, or, where the user may write,
 *                                            an overlay whose lower is a copy of the skeleton; then its entries, each by this table
 *
 * Where nothing is captured the tree is one bind, read-only or not, but for the directories that lack a mount point.
 */
#ifndef NACRE_ENTER_COMPOSE_H
#define NACRE_ENTER_COMPOSE_H

#include "base/mountinfo.h"
#include "plan/plan.h"

/* A place in the box that lacks a mount point in the base, or a directory or link that the user asked for. */
struct point {
	const char *path; /* clean and absolute */
	bool directory;
	const struct step *made; /* DIR or SYMLINK: the place is this; NULL for a mount point */
	mode_t parents; /* permission bits of directories on the way that are nowhere */
};

/* What composing knows beside the plan. */
struct composition {
	struct plan *plan;
	int base_fd; /* the base itself, O_PATH */
	const char *base; /* its path */
	const char *table; /* mountinfo's bytes, NULL until read */
	size_t table_len;
	struct mounts mounts; /* through composition_mounts() */
	bool mounts_read;
	struct {
		VECTOR(struct point) v;
	} points;
	struct {
		VECTOR(const char *) v; /* places that a later step covers whole: left out of the base */
	} covered;
	bool capture; /* writes are kept or dropped, so overlays are wanted */
};

/* The host's mounts, read when first needed: a base that is taken whole needs none. NULL with *err. */
const struct mounts *composition_mounts(struct composition *c, struct error *err);

/* The base's path with its links resolved; asked for where paths of the host are compared with it. */
const char *composition_real_base(struct composition *c);

/* Opens the base. */
int compose_open(struct composition *c, struct error *err);

/*
 * Makes the steps of the base. A root directory is taken for one leaf without a look at the mount table (a quarter of what
 * nacre adds to a start) when plan->assume_whole allows it: the kernel refuses such an overlay with EINVAL when inherited
 * mounts lie below, and then the run is prepared again, with the look (run/run.c).
 */
int compose_base(struct composition *c, struct error *err);

/* True when the calling user may write in the directory (access(2) by real ids). */
bool may_write(const char *path);

#endif
