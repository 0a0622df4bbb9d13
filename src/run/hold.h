// SPDX-License-Identifier: MIT
/*
 * The keeper of a living box, beside what it does as the outer half of a run (outside.h): members come and go, and when the last
 * process has left, or the box is stopped, it ends. docs/decisions/0005-living-boxes.md tells the rules of the gate.
 *
 *   connection   JOIN: a member until it closes; WATCH: the same, until another has joined; STOP: SIGTERM for all, SIGKILL after the grace; LOOK: told, and closed
 *   init         says when it has no children (any more)
 *   key          those who let themselves in (key.h) are told of, and are members when the box is stopped
 *
 * When: in a process of its own, without a terminal. Must not: print.
 */
#ifndef NACRE_RUN_HOLD_H
#define NACRE_RUN_HOLD_H

#include "base/arena.h"
#include "plan/plan.h"
#include "run/key.h"
#include "run/live.h"

#include <poll.h>
#include <time.h>

struct hold {
	bool stays; /* until it is stopped */
	int dir_fd; /* of the box, which carries its lock */
	const char *box_path; /* its directory */
	int gate_fd; /* locked by who began to make the box, until it can be joined; and at the end */
	int creator_fd; /* the creator's end is a membership; or -1 */
	/* What follows is zero at first, but for descriptors, which are -EBADF. */
	struct arena arena;
	VECTOR(struct hold_peer) peers;
	VECTOR(struct pollfd) watched;
	const struct plan *plan; /* of the box */
	bool setup; /* nobody but the creator is let in before he says so */
	int listen_fd, ask_fd;
	struct live_way way; /* into the box: LIVE_NO_WAY at first */
	bool has_secret; /* in its terms */
	struct secret secret;
	int key_fd; /* or -1 */
	pid_t init;
	int64_t since;
	bool joined; /* others than its creator have been in it */
	bool linked; /* plan->link is ours */
	bool idle; /* init has no children, as it said after whoever left last */
	bool ending; /* SIGTERM was sent */
	bool over; /* SIGKILL was */
	bool full; /* no descriptor is left for who knocks */
	bool owing; /* peers wait for their way in */
	struct timespec deadline; /* of the SIGKILL; CLOCK_MONOTONIC */
};

struct hold_peer {
	int fd; /* of its connection; of one who let himself in a pidfd */
	enum live_kind kind; /* 0: nothing was asked yet */
	bool owed; /* the way in, which could not be sent */
};

void hold_release(struct hold *h);

/* What init is told: one byte each. It answers by a message (inside.h): to IDLE that it has no children, or that it has some. */
enum hold_word { HOLD_IDLE = 'i', HOLD_TERMINATE = 't' };

/* Opens the namespaces of init, which waits until it is told HOLD_IDLE: afterwards it lets nobody look at it. -1 with *err. */
int hold_open(struct hold *h, const struct plan *plan, pid_t init, struct error *err);

/* The box is there: from here on it can be joined. -1 with *err. */
int hold_ready(struct hold *h, struct error *err);

/* Init is gone, for whatever reason. */
void hold_end(struct hold *h);

/* The creator is told why there is no box. */
void hold_fail(struct hold *h, const struct error *err);

/*
 * What to wait for, behind `first` places for the caller's own, and how many milliseconds; -1 for ever. Returns how many there are
 * with those. Good until the next call.
 */
size_t hold_watch(struct hold *h, size_t first, struct pollfd **ret, int *ret_timeout);
void hold_handle(struct hold *h, const struct pollfd *fds, size_t count);

/* What init says. Idle is said unasked as well. */
void hold_init_is(struct hold *h, bool idle);

/* Asks all processes to end, and kills them after the grace. */
enum { HOLD_GRACE_MS = 10000 };
void hold_stop(struct hold *h, uint32_t grace_ms);

#endif
