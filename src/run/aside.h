// SPDX-License-Identifier: MIT
/*
 * A process beside the one that calls us, for whom uses us as a library: it runs a box, or is in one, so that the caller is neither
 * bothered nor changed by it.
 *
 * The caller may have threads, and one of them may hold a lock of malloc(3) or of stdio(3) just now. So the copy of it is made by
 * fork(3), which takes these locks before (and those of who asked by pthread_atfork(3)), and releases them on both sides: of a bare
 * clone(2) the copy would wait for ever. But fork() makes a child whose end is told by SIGCHLD. It is called by a child of ours that
 * shares our memory, as vfork(2) has it, and has no signal for its end; that is gone at once, and the copy is nobody's child:
 *
 *   caller ─ clone(VM, VFORK) → forker ─ fork() → aside
 *
 * Neither SIGCHLD nor wait(2) of the caller tells of any of these. A pidfd tells the end of the one that is beside us; only for who
 * adopts orphans (PR_SET_CHILD_SUBREAPER, PID 1) it is a child, which aside_end() takes.
 *
 * It has the caller's memory as it was, none of its handlers of signals, all signals blocked, and no descriptors but those that it
 * was given. By a pidfd it sees the caller end: PR_SET_PDEATHSIG would tell the end of the calling thread.
 */
#ifndef NACRE_RUN_ASIDE_H
#define NACRE_RUN_ASIDE_H

#include "plan/plan.h"

#include <signal.h>
#include <stddef.h>

struct error;

/* What ties it to the caller: plan->leash, as it is in there. */
struct leash {
	int caller_fd; /* a pidfd, readable when the caller is gone */
	int channel_fd; /* to the caller, both ways: enum aside_word, and what the body says */
	sigset_t mask; /* the caller's, for a command */
};

struct aside {
	pid_t pid;
	int pidfd; /* readable when it has ended */
	int channel_fd;
};

#define ASIDE_NONE ((struct aside){ 0, -EBADF, -EBADF })

/* The caller's descriptor `fd`, as number `as`; fd -1: /dev/null. */
struct aside_fd {
	int fd, as;
};

struct aside_start {
	struct aside_fd *fds; /* what it has; of each number one */
	size_t fd_count;
	bool keep_all; /* and all else that the caller has */
	sigset_t mask;
	void (*body)(const struct leash *leash, void *arg);
	void *arg;
};

/* Starts it. What the body leaves behind is nothing: it ends with _exit(0). -1 with *err. */
int aside_start(const struct aside_start *start, struct aside *ret, struct error *err);

/* What the body says before its own, and what it is told: end the box. One byte each. */
enum aside_word { ASIDE_STOPPED = 's', ASIDE_KILL = 'k' };

/* One message on the channel, ours or its; how long they may be is 200 KiB (SO_SNDBUF). False: nobody is there. */
bool aside_send(int channel_fd, const void *message, size_t n);

/* The next message, at most n bytes: its length. 0: it is gone, and there is none; with `wait` false also: none yet. */
size_t aside_receive(const struct aside *a, void *message, size_t n, bool wait);

/* Waits for its end. */
void aside_wait(const struct aside *a);

/* Closes both; it goes on. */
void aside_release(struct aside *a);

/*
 * In there, for who has joined a box: the descriptor to poll(2) for the caller's end, -1 without a leash; and when that is readable: we
 * end, and our command by that.
 */
int leash_fd(const struct plan *plan);
void leash_check(const struct plan *plan);

#endif
