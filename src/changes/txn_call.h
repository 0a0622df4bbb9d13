// SPDX-License-Identifier: MIT
/*
 * The calls by which a transaction changes something. Each asks txn_before_change first, so that a test can fail or die
 * before any one of them; outside of tests it is NULL.
 */
#ifndef NACRE_CHANGES_TXN_CALL_H
#define NACRE_CHANGES_TXN_CALL_H

#include "base/syscalls.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>

/* Returns 0, or the errno that the call is to fail with. `name` tells the call. */
extern int (*txn_before_change)(const char *name);

static inline bool change_refused(const char *name)
{
	int sys = txn_before_change ? txn_before_change(name) : 0;

	if (sys)
		errno = sys;
	return sys != 0;
}

static inline int call_rename(int from_fd, const char *from, int to_fd, const char *to,
			      unsigned flags)
{
	if (change_refused(flags == RENAME_EXCHANGE ? "exchange" : "rename"))
		return -1;
	return sys_renameat2(from_fd, from, to_fd, to, flags);
}

static inline int call_link(int from_fd, const char *from, int to_fd, const char *to)
{
	return change_refused("link") ? -1 : linkat(from_fd, from, to_fd, to, 0);
}

static inline int call_unlink(int dir_fd, const char *name, int flags)
{
	return change_refused("unlink") ? -1 : unlinkat(dir_fd, name, flags);
}

static inline int call_mknod(int dir_fd, const char *name, mode_t mode)
{
	return change_refused("mknod") ? -1 : mknodat(dir_fd, name, mode, 0);
}

static inline int call_mkdir(int dir_fd, const char *name, mode_t mode)
{
	return change_refused("mkdir") ? -1 : mkdirat(dir_fd, name, mode);
}

static inline int call_chmod(int dir_fd, const char *name, mode_t mode)
{
	return change_refused("chmod") ? -1 : fchmodat(dir_fd, name, mode, AT_SYMLINK_NOFOLLOW);
}

/* For descriptors of O_PATH, which fchmod(2) refuses. */
static inline int call_chmod_fd(int fd, mode_t mode)
{
	char path[40];

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return change_refused("chmod") ? -1 : chmod(path, mode);
}

static inline int call_chown(int dir_fd, const char *name, uid_t uid, gid_t gid)
{
	return change_refused("chown")
		       ? -1
		       : fchownat(dir_fd, name, uid, gid, AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW);
}

/* The modification time alone. AT_EMPTY_PATH: Linux 5.8. */
static inline int call_time(int dir_fd, const char *name, struct timespec time)
{
	const struct timespec times[] = { { .tv_nsec = UTIME_OMIT }, time };

	return change_refused("utimens")
		       ? -1
		       : utimensat(dir_fd, name, times, AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW);
}

#endif
