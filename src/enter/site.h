// SPDX-License-Identifier: MIT
/*
 * The building site: what the engine knows while it builds a new root.
 *
 *   stage     a tmpfs of our own: seed layers, throw-away uppers, files with text. Attached on /proc/self/ns of the old tree, a
 *             directory that is always there and never needed, so that the one umount2 of the old root takes it along, and
 *             kernels before 6.15, which refuse layers of detached mounts, take its directories too.
 *   root      the mount that will be "/". Attached on "/" of the old tree, so nothing on the host is needed for it.
 *             When the root is the host's own, whole, the namespace's copy of it serves: a second copy and a pivot would cost
 *             a third of a start and give the same tree.
 */
#ifndef NACRE_ENTER_SITE_H
#define NACRE_ENTER_SITE_H

#include "base/error.h"
#include "plan/plan.h"

#include <errno.h>
#include <limits.h>

enum {
	SOURCES_MAX = 512, /* of the first steps: a process has 1024 descriptors, as a rule */
	SOURCE_NONE = 0, /* never a descriptor of ours: main() sees to the standard ones */
	SOURCE_MISSING = -1, /* there was nothing there */
};

struct site {
	const struct plan *plan;
	int root_fd; /* -EBADF before the first step */
	int stage_fd; /* -EBADF until somebody needs it: site_stage() */
	bool root_in_place; /* the namespace's own "/" is the root: nothing to pivot */
	int uppers_fd; /* directory of the box that holds upper/ and work/, or -EBADF; borrowed */
	bool api_known; /* one of the newer calls has worked */
	bool old_api; /* the descriptor-based mount calls are not to be had: mount(2) */
	bool sources_private; /* the namespace's copy of the host was made private as a whole */
	bool layers_known; /* how overlay takes its layers has been found out, by the first one */
	bool layer_paths; /* not by descriptor (before Linux 6.15): as paths under /proc/self/fd */
	bool layer_data; /* not one by one (before 6.7): as one option string of mount(2) */
	/* Copies of the binds' sources, by step: bind_source.h. */
	int sources[SOURCES_MAX];
	unsigned names; /* counter for names on the stage */
	/* The directory of the last mount point, so that a row of binds resolves it once. */
	int parent_fd;
	bool parent_ours; /* missing names may be made in it */
	bool parent_tmpfs; /* it is on a tmpfs of the plan: nothing made in it is a change */
	char parent[PATH_MAX];
};

/* Nothing to release yet. */
#define SITE_EMPTY                                                                              \
	{                                                                                       \
		.root_fd = -EBADF, .stage_fd = -EBADF, .parent_fd = -EBADF, .uppers_fd = -EBADF \
	}

/* uppers_fd is borrowed. */
int site_init(struct site *site, const struct plan *plan, int uppers_fd, struct error *err);
void site_release(struct site *site);

/* The stage's descriptor, made on first use. -1 with *err. */
int site_stage(struct site *site, struct error *err);

/*
 * A recursive copy of a tree of the host that the stage is attached in would show it in the box: for the time of the copy it goes,
 * and returns as another mount of the same tmpfs.
 */
bool site_stage_is_in(const struct site *site, const char *path);
int site_stage_leave(struct site *site, struct error *err);
int site_stage_return(struct site *site, struct error *err);

/* A fresh empty directory on the stage, O_PATH. -1 with *err. */
int site_stage_dir(struct site *site, mode_t mode, struct error *err);

#endif
