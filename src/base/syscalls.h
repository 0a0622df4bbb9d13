// SPDX-License-Identifier: MIT
/*
 * System calls that the C library of the runner (musl 1.2.3) does not wrap, with the C convention: -1 and
 * errno. The only file that knows call numbers. <linux/mount.h> supplies MS_*, MOUNT_ATTR_*, FSCONFIG_*;
 * <sys/mount.h> is never included, as glibc 2.36 declares the same enum in both.
 */
#ifndef NACRE_BASE_SYSCALLS_H
#define NACRE_BASE_SYSCALLS_H

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <sched.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/* Behind <sys/stat.h>: musl's has no struct statx, and the same S_* macros. */
#include <linux/stat.h>

#ifndef MS_NOSYMFOLLOW
#define MS_NOSYMFOLLOW 256
#endif
#ifndef MOUNT_ATTR_NOSYMFOLLOW
#define MOUNT_ATTR_NOSYMFOLLOW 0x00200000
#endif
#ifndef SO_PEERPIDFD
#define SO_PEERPIDFD 77
#endif
#ifndef CLONE_NEWTIME
#define CLONE_NEWTIME 0x00000080
#endif
#ifndef CLONE_NEWCGROUP
#define CLONE_NEWCGROUP 0x02000000
#endif
#ifndef MNT_DETACH
#define MNT_DETACH 2
#endif
#ifndef CLOSE_RANGE_CLOEXEC
#define CLOSE_RANGE_CLOEXEC (1U << 2) /* Linux 5.11 */
#endif
#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000
#endif
#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE (1 << 0)
#define RENAME_EXCHANGE (1 << 1)
#endif

/* musl's open() sets close-on-exec a second time, by a call of its own; a start opens half a dozen files. */
static inline int sys_open(const char *path, int flags)
{
	return openat(AT_FDCWD, path, flags);
}

static inline int sys_fsopen(const char *type)
{
	return (int)syscall(SYS_fsopen, type, FSOPEN_CLOEXEC);
}

static inline int sys_fsconfig(int fd, unsigned cmd, const char *key, const void *value, int aux)
{
	return (int)syscall(SYS_fsconfig, fd, cmd, key, value, aux);
}

static inline int sys_fspick(const char *path)
{
	return (int)syscall(SYS_fspick, AT_FDCWD, path, FSPICK_CLOEXEC);
}

static inline int sys_fsmount(int fd, unsigned attr)
{
	return (int)syscall(SYS_fsmount, fd, FSMOUNT_CLOEXEC, attr);
}

static inline int sys_open_tree(int dirfd, const char *path, unsigned flags)
{
	return (int)syscall(SYS_open_tree, dirfd, path, flags | OPEN_TREE_CLOEXEC);
}

static inline int sys_move_mount(int from, const char *from_path, int to, const char *to_path,
				 unsigned flags)
{
	return (int)syscall(SYS_move_mount, from, from_path, to, to_path, flags);
}

static inline int sys_mount_setattr(int fd, const char *path, unsigned flags, uint64_t set,
				    uint64_t clear, uint64_t propagation)
{
	struct mount_attr attr = { .attr_set = set, .attr_clr = clear, .propagation = propagation };

	return (int)syscall(SYS_mount_setattr, fd, path, flags, &attr, sizeof(attr));
}

static inline int sys_mount(const char *source, const char *target, const char *type,
			    unsigned long flags, const char *data)
{
	return (int)syscall(SYS_mount, source, target, type, flags, data);
}

static inline int sys_umount(const char *target, int flags)
{
	return (int)syscall(SYS_umount2, target, flags);
}

static inline int sys_pivot_root(const char *new_root, const char *put_old)
{
	return (int)syscall(SYS_pivot_root, new_root, put_old);
}

static inline int sys_openat2(int dirfd, const char *path, uint64_t flags, uint64_t mode,
			      uint64_t resolve)
{
	struct open_how how = { .flags = flags, .mode = mode, .resolve = resolve };

	return (int)syscall(SYS_openat2, dirfd, path, &how, sizeof(how));
}

static inline int sys_renameat2(int from_fd, const char *from, int to_fd, const char *to,
				unsigned flags)
{
	return (int)syscall(SYS_renameat2, from_fd, from, to_fd, to, flags);
}

static inline int sys_statx(int dirfd, const char *path, int flags, unsigned mask, struct statx *ret)
{
	return (int)syscall(SYS_statx, dirfd, path, flags, mask, ret);
}

/* Linux 6.13. */
static inline ssize_t sys_listxattrat(int dirfd, const char *path, unsigned flags, char *list,
				      size_t size)
{
#ifdef SYS_listxattrat
	return syscall(SYS_listxattrat, dirfd, path, flags, list, size);
#else
	return syscall(465, dirfd, path, flags, list, size);
#endif
}

/* Linux 6.13. */
static inline ssize_t sys_getxattrat(int dirfd, const char *path, unsigned flags, const char *key,
				     void *value, size_t size)
{
	/* struct xattr_args, which older headers lack. */
	struct {
		uint64_t value __attribute__((aligned(8)));
		uint32_t size, flags;
	} args = { (uint64_t)(uintptr_t)value, (uint32_t)size, 0 };
#ifdef SYS_getxattrat
	return syscall(SYS_getxattrat, dirfd, path, flags, key, &args, sizeof(args));
#else
	return syscall(464, dirfd, path, flags, key, &args, sizeof(args));
#endif
}

/* Linux 6.13. */
static inline int sys_removexattrat(int dirfd, const char *path, unsigned flags, const char *key)
{
#ifdef SYS_removexattrat
	return (int)syscall(SYS_removexattrat, dirfd, path, flags, key);
#else
	return (int)syscall(466, dirfd, path, flags, key);
#endif
}

static inline int sys_pidfd_send_signal(int pidfd, int signal)
{
	return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0);
}

static inline int sys_pidfd_open(pid_t pid)
{
	return (int)syscall(SYS_pidfd_open, pid, 0);
}

static inline int sys_close_range(unsigned first, unsigned last, unsigned flags)
{
#ifdef SYS_close_range
	return (int)syscall(SYS_close_range, first, last, flags);
#else
	return (int)syscall(436, first, last, flags);
#endif
}

/* Closes all above 2 but these, in any order; a negative one is none. Where the call is refused they stay open. */
static inline void close_all_but_these(const int *fds, size_t count)
{
	unsigned from = 3;

	for (;;) {
		unsigned next = ~0U;

		for (size_t i = 0; i < count; i++)
			if (fds[i] >= (int)from && (unsigned)fds[i] < next)
				next = (unsigned)fds[i];
		if (next > from)
			(void)sys_close_range(from, next == ~0U ? next : next - 1, 0);
		if (next == ~0U)
			return;
		from = next + 1;
	}
}

#endif
