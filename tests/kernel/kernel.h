// SPDX-License-Identifier: MIT
/*
 * What the kernel tests share. Each is a program that asks one question about the kernel's
 * behaviour that src/ relies on, by the plainest calls that show it. A question that cannot be
 * put here (no user namespaces, an older kernel) is skipped with the reason.
 *
 * ENTER() puts the program into a user and a mount namespace of its own, its own id mapped to
 * itself, in an empty tmpfs on /tmp that nobody else sees. With the program all of it is gone, so
 * nothing is cleaned up.
 */
#ifndef NACRE_KERNEL_H
#define NACRE_KERNEL_H

#include "base/syscalls.h"
#include "test.h"

#include <stdio.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/wait.h>

/* errno of a failed call, or 0: check(answer(rmdir("x")) == ENOENT). */
#define answer(call) ((call) < 0 ? errno : 0)

#define ENTER()                                                                               \
	do {                                                                                  \
		if (!kernel_enter())                                                          \
			SKIP("no user namespaces");                                           \
		if (answer(sys_mount("none", "/tmp", "tmpfs", 0, NULL)) || chdir("/tmp") < 0) \
			SKIP("no tmpfs can be mounted");                                      \
	} while (0)

/* An overlay with an upper on a tmpfs is what most questions begin with. */
#define NEEDS_OVERLAY()                                              \
	do {                                                         \
		if (!kernel_has_overlay())                           \
			SKIP("no overlay with an upper on a tmpfs"); \
	} while (0)

/* The answer of one kernel is of use only with its release. */
__attribute__((constructor)) static inline void kernel_print_release(void)
{
	struct utsname name;

	if (uname(&name) == 0)
		printf("# Linux %s\n", name.release);
	(void)fflush(stdout);
}

static inline bool kernel_write(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
	bool ok = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	(void)close(fd);
	return ok;
}

/* A user and a mount namespace inside the present ones: all that is mounted so far is locked there. */
static inline bool kernel_enter(void)
{
	unsigned uid = geteuid(), gid = getegid();
	char map[40];

	if (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0)
		return false;
	(void)snprintf(map, sizeof(map), "%u %u 1", uid, uid);
	if (!kernel_write("/proc/self/uid_map", map) ||
	    !kernel_write("/proc/self/setgroups", "deny"))
		return false;
	(void)snprintf(map, sizeof(map), "%u %u 1", gid, gid);
	return kernel_write("/proc/self/gid_map", map);
}

/* Makes the directories, a blank between two names. */
static inline void kernel_dirs(const char *names)
{
	char name[64];

	for (int n; sscanf(names, "%63s%n", name, &n) == 1; names += n)
		(void)mkdir(name, 0755);
}

static inline int kernel_overlay(const char *target, const char *options)
{
	return sys_mount("overlay", target, "overlay", 0, options);
}

static inline bool kernel_has_overlay(void)
{
	int failed;

	kernel_dirs("probe probe/lower probe/upper probe/work probe/merged");
	failed = answer(kernel_overlay("probe/merged", "userxattr,lowerdir=probe/lower,"
						       "upperdir=probe/upper,workdir=probe/work"));
	return !failed && kernel_write("probe/merged/file", "") &&
	       sys_umount("probe/merged", 0) == 0;
}

/* What f returns (0 to 255) in a process of its own: an errno, or 0. */
static inline int kernel_in_child(int (*f)(void))
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0)
		_exit(f());
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return 255;
	return WEXITSTATUS(status);
}

static inline bool kernel_exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

#endif
