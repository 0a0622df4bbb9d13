// SPDX-License-Identifier: MIT
/*
 * Getting into a living box (docs/decisions/0005-living-boxes.md):
 *
 *   find     we let ourselves in (key.h), or somebody answers at the door, or the box is made by a keeper of its own, with the gate locked
 *   enter    the namespaces of init, by the descriptors that came with the answer; not dumpable before that
 *   become   a child by vfork, of ours or of a terminal's monitor (relay.h), takes on what the first command of a run does (command.h), and executes
 *   wait     its stops and its end are ours; signals are passed on
 *
 * Nothing of the box is read on the way.
 */
#ifndef NACRE_RUN_MEMBER_H
#define NACRE_RUN_MEMBER_H

#include "plan/plan.h"
#include "run/box.h"
#include "run/live.h"
#include "run/pty.h"

/* A way in. */
struct member {
	int connection_fd; /* the membership: a connection, or the key */
	int keeper_fd; /* of a member who let himself in: key_is_void() */
	struct live_way way; /* of init */
	bool created; /* we made the box */
	bool entered; /* we are in its namespaces, and our children in its pid namespace */
	struct pty pty; /* when we are at a terminal */
	int proc_fd; /* /proc from outside, for a command that gets a user namespace of its own and no terminal; or -1 */
};

#define MEMBER_NOBODY \
	((struct member){ -EBADF, -EBADF, LIVE_NO_WAY, false, false, PTY_NONE, -EBADF })
void member_release(struct member *m);

/*
 * Joins the box plan->name in box->state_dir. One that does not live is made from the prepared plan.
 * *ret is to be released in any case. -1 with *err.
 */
int member_find(struct plan *plan, struct box *box, struct member *ret, struct error *err);

/* Joins the box in that directory if it lives. *ret is to be released in any case. MEMBER_NONE: it does not. -1 with *err. */
enum { MEMBER_NONE = 1 };
int member_join(const char *box_path, struct member *ret, struct error *err);

/*
 * Removes the link and the directory of a box that passes, if nobody keeps it: a killed keeper left them. MEMBER_LIVES: somebody does, by
 * now. -1 with *err.
 */
enum { MEMBER_LIVES = 2 };
int member_clean(const char *box_path, const char *link, struct error *err);

/* The set-up command of a box that we made has succeeded: from here on others get in. -1 with *err. */
int member_ready(struct member *m, struct error *err);

/* Puts the calling process into it, as running a command does otherwise; again is nothing. -1 with *err. */
int member_enter(const struct plan *plan, struct member *m, struct error *err);

/* Runs plan->argv in it, with the ids, the environment and so on of the plan. *ret_status as for a run. May be called again. */
int member_run(const struct plan *plan, struct member *m, int *ret_status, struct error *err);

/* Leaves it; when the box ends by that, waits until it is gone. One that `stays` does not. */
void member_leave(struct member *m, bool stays);

/* Stops the living box in that directory, and waits until it is gone. MEMBER_NONE: it does not live. */
int member_stop(const char *box_path, uint32_t grace_ms, struct error *err);

#endif
