// SPDX-License-Identifier: MIT
/*
 * A box's own directory: where its uppers are, who uses it, what is left of it. The format is docs/box-format.md.
 *
 *   STATE/live/NAME    an unnamed box while it runs; locked. One without a lock was killed: the next run cleans it
 *   STATE/boxes/NAME   a kept box
 *       record         versioned text: base, overlays, seeds, maps
 *       upper/SLOT     what the box wrote at one place of the base
 *       work/SLOT      overlayfs's scratch space, fresh for each run
 *
 * STATE is $XDG_STATE_HOME/nacre (~/.local/state/nacre); where no upper can be (overlay, FUSE, NFS), a tmpfs in /dev/shm.
 */
#ifndef NACRE_RUN_BOX_H
#define NACRE_RUN_BOX_H

#include "plan/plan.h"

#include <time.h>

struct record;

struct box {
	const char *state_dir; /* absolute; in the plan's arena */
	const char *name; /* NULL until opened */
	const char *path; /* of its directory while it runs, or NULL */
	int state_fd, dir_fd; /* dir_fd is O_RDONLY and carries the lock */
	bool fallback; /* the state directory is not where it should be: said in a warning */
	bool live; /* it is below live/, not boxes/ */
	struct timespec started; /* CLOCK_REALTIME */
	const struct record *past; /* of a named box that was there before, or NULL */
	bool fresh; /* a named box of which nothing was there before */
	struct {
		VECTOR(int) v; /* locks on uppers of the user */
	} locks;
};

/* Finds the state directory; makes nothing. */
void box_locate(struct box *box, struct plan *plan);

/* When the lowered plan has uppers in the box: takes another directory where the state directory cannot hold them. */
void box_settle(struct box *box, struct plan *plan);

/* Writes the record anew. */
int box_record(struct box *box, const struct plan *plan, struct error *err);

/* Makes or reopens the box and locks it; locks uppers of the user and readies their work directories. */
int box_open(struct box *box, struct plan *plan, struct error *err);

/* What is left at the end. */
struct box_result {
	uint64_t changes; /* entries in the uppers that are changes */
	bool kept;
	const char *path; /* of the kept box */
};

/* Removes the work directories; drops the box when it holds no change, keeps it otherwise. Releases everything. */
int box_close(struct box *box, struct plan *plan, struct box_result *ret, struct error *err);

/*
 * What becomes of live/NAME when its run was killed: what it wrote is kept, an empty one goes. look_only: nothing is done.
 * -1 with *err.
 */
enum box_fate {
	BOX_IN_USE, /* it was not killed; or somebody else is at it */
	BOX_DROPPED,
	BOX_KEPT, /* in boxes/ now */
};
int box_bury(int store_fd, const char *name, bool look_only, struct error *err);

/* After a failed start: an unnamed box goes, with all its files. */
void box_abandon(struct box *box, struct plan *plan);

#endif
