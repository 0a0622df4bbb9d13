// SPDX-License-Identifier: MIT
/* Who holds a lock of flock(2), for people. */
#ifndef NACRE_BASE_LOCK_H
#define NACRE_BASE_LOCK_H

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

struct lock_holder {
	pid_t pid;
	char command[160]; /* its words with spaces between, cut when long; "" when it has ended, and children have the lock */
};

/*
 * The process that took the lock on the file, by /proc/locks. False when none is seen: nobody holds it, or a process of
 * another pid namespace, or the file system numbers its files otherwise there (btrfs).
 */
bool lock_holder_find(const struct stat *st, struct lock_holder *ret);

/* Adds it to the facts of an error, when one is seen. */
struct error;
void lock_holder_tell(const struct stat *st, struct error *err);

#endif
