// SPDX-License-Identifier: MIT
/*
 * A child in new namespaces, as cheap as the kernel has it.
 *
 * spawn_shared.c: the child shares our memory and runs on a stack of its own, so no page table is copied and no page faults
 * are taken on either side: 60 to 100 us of a start. The price is a discipline that holds in outside.c: while the child lives,
 * the parent allocates nothing and makes no call that fails (errno is shared, as there is one thread pointer).
 * spawn_copied.c: a plain fork; spawn_plain.c makes spawn() that for sanitizers, which know one stack a
 * process, and for the library, whose program may have threads.
 */
#ifndef NACRE_RUN_SPAWN_H
#define NACRE_RUN_SPAWN_H

#include <sys/types.h>

/*
 * Runs body(arg), which must not return, in a child made with these CLONE_NEW* flags. The pid, or -1 with errno. Its end is told by
 * *ret_pidfd alone, and waited for with __WALL: SIGCHLD could go to another thread of our program, to its handler, or, when that
 * ignores it, take the status with it (wait(2)).
 */
pid_t spawn(int flags, int (*body)(void *arg), void *arg, int *ret_pidfd);

/* The same with a copy of our memory, and SIGCHLD as at first: for a parent that goes on working, or does what it likes with signals. */
pid_t spawn_copied(int flags, int (*body)(void *arg), void *arg, int *ret_pidfd);

/*
 * Runs body(arg), which must not return, in a process that is nobody's child: what becomes of it nobody has to wait for. 0, or -1 with
 * errno.
 */
int spawn_orphan(void (*body)(void *arg), void *arg);

#endif
