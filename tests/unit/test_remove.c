// SPDX-License-Identifier: MIT
/* Removing trees: every kind of entry, what stands in the way, and what must be left alone. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/remove.h"
#include "base/syscalls.h"
#include "test.h"

#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* A directory of the test's own, "box" in it. */
struct scratch {
	char path[PATH_MAX];
	int fd;
};

static bool scratch_make(struct scratch *s)
{
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(s->path, sizeof(s->path), "%s/nacre-remove-XXXXXX", tmp ? tmp : "/tmp");
	s->fd = mkdtemp(s->path) ? open(s->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -EBADF;
	return check(s->fd >= 0) && check(mkdirat(s->fd, "box", 0755) == 0);
}

/* Only what remove_tree() has emptied can go: what it left makes the test fail. */
static void scratch_release(struct scratch *s)
{
	s->fd = close_fd(s->fd);
	check(rmdir(s->path) == 0);
}

#define SCRATCH(s)                                                      \
	_cleanup_(scratch_release) struct scratch s = { .fd = -EBADF }; \
	if (!scratch_make(&(s)))                                        \
	return

static bool make_file(int dir_fd, const char *path)
{
	_cleanup_fd_ int fd = openat(dir_fd, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

	return check(fd >= 0);
}

static bool exists(int dir_fd, const char *path)
{
	struct stat st;

	return fstatat(dir_fd, path, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

TEST(remove, missing_name_is_success)
{
	SCRATCH(s);
	struct error err = { 0 };

	check(unlinkat(s.fd, "box", AT_REMOVEDIR) == 0);
	check(remove_tree(s.fd, "box", &err) == 0);
	check(err.kind == ERROR_NONE);
}

TEST(remove, every_kind_and_hostile_names)
{
	SCRATCH(s);
	struct error err = { 0 };

	check(mkdirat(s.fd, "box/new\nline", 0755) == 0);
	check(mkdirat(s.fd, "box/not\xffutf8", 0755) == 0);
	make_file(s.fd, "box/new\nline/a,b:c\\d");
	make_file(s.fd, "box/not\xffutf8/\xfe");
	make_file(s.fd, "box/-rf");
	make_file(s.fd, "box/*");
	check(mkfifoat(s.fd, "box/fifo", 0644) == 0);
	check(mknodat(s.fd, "box/socket", S_IFSOCK | 0644, 0) == 0);
	check(symlinkat("/nowhere/at all", s.fd, "box/dangling") == 0);
	check(remove_tree(s.fd, "box", &err) == 0);
	check_str(err.message, "");
	check(!exists(s.fd, "box"));
}

TEST(remove, name_may_be_a_file_or_a_link)
{
	SCRATCH(s);
	struct error err = { 0 };

	make_file(s.fd, "box/kept");
	make_file(s.fd, "file");
	check(symlinkat("box", s.fd, "link") == 0);
	check(remove_tree(s.fd, "file", &err) == 0);
	check(remove_tree(s.fd, "link", &err) == 0);
	check(!exists(s.fd, "file"));
	check(!exists(s.fd, "link"));
	check(exists(s.fd, "box/kept"));
	check(remove_tree(s.fd, "box", &err) == 0);
}

TEST(remove, links_are_not_followed)
{
	SCRATCH(s);
	struct error err = { 0 };

	check(mkdirat(s.fd, "outside", 0755) == 0);
	make_file(s.fd, "outside/kept");
	check(symlinkat("../outside", s.fd, "box/relative") == 0);
	check(mkdirat(s.fd, "box/dir", 0755) == 0);
	check(symlinkat(s.path, s.fd, "box/dir/absolute") == 0);
	check(remove_tree(s.fd, "box", &err) == 0);
	check(exists(s.fd, "outside/kept"));
	check(remove_tree(s.fd, "outside", &err) == 0);
}

TEST(remove, directories_of_any_mode)
{
	SCRATCH(s);
	struct error err = { 0 };

	check(mkdirat(s.fd, "box/empty", 0) == 0);
	check(mkdirat(s.fd, "box/work", 0755) == 0);
	check(mkdirat(s.fd, "box/work/work", 0755) == 0);
	make_file(s.fd, "box/work/work/#1");
	check(fchmodat(s.fd, "box/work/work", 0, 0) == 0);
	check(mkdirat(s.fd, "box/read-only", 0755) == 0);
	make_file(s.fd, "box/read-only/file");
	check(fchmodat(s.fd, "box/read-only", 0555, 0) == 0);
	check(fchmodat(s.fd, "box", 0, 0) == 0);
	check(remove_tree(s.fd, "box", &err) == 0);
	check_str(err.message, "");
}

TEST(remove, contents_leave_the_directory)
{
	SCRATCH(s);
	struct error err = { 0 };
	_cleanup_fd_ int box = openat(s.fd, "box", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	make_file(s.fd, "box/file");
	check(mkdirat(s.fd, "box/dir", 0755) == 0);
	make_file(s.fd, "box/dir/file");
	check(fchmod(box, 0) == 0);
	check(remove_contents(box, &err) == 0);
	check_str(err.message, "");
	check(exists(s.fd, "box"));
	check(unlinkat(s.fd, "box", AT_REMOVEDIR) == 0);
}

TEST(remove, directory_that_can_only_be_searched)
{
	SCRATCH(s);
	struct error err = { 0 };

	check(fchmod(s.fd, 0300) == 0);
	check(remove_tree(s.fd, "box", &err) == 0);
	check(!exists(s.fd, "box"));
}

/* Deeper than there may be descriptors, and than a path may be long. */
TEST(remove, five_thousand_levels)
{
	SCRATCH(s);
	struct error err = { 0 };
	struct rlimit usual, few = { 64, 64 };
	int fd = openat(s.fd, "box", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	for (int i = 0; i < 5000 && fd >= 0; i++) {
		int below;

		check(mkdirat(fd, "directory", 0755) == 0);
		check(i % 100 || make_file(fd, "zz"));
		below = openat(fd, "directory", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		close_fd(fd);
		fd = below;
	}
	require(fd >= 0);
	close_fd(fd);
	require(getrlimit(RLIMIT_NOFILE, &usual) == 0);
	few.rlim_max = usual.rlim_max;
	require(setrlimit(RLIMIT_NOFILE, &few) == 0);
	check(remove_tree(s.fd, "box", &err) == 0);
	check_str(err.message, "");
	check(setrlimit(RLIMIT_NOFILE, &usual) == 0);
}

/* More names than one getdents(2) returns. */
TEST(remove, directory_of_many_entries)
{
	SCRATCH(s);
	struct error err = { 0 };
	_cleanup_fd_ int box = openat(s.fd, "box", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int made = 0;

	for (int i = 0; i < 10000; i++) {
		char name[32];

		(void)snprintf(name, sizeof(name), "entry-%d", i);
		made += symlinkat("x", box, name) == 0;
	}
	check(made == 10000);
	check(remove_tree(s.fd, "box", &err) == 0);
}

TEST(remove, error_names_the_path)
{
	SCRATCH(s);
	struct error err = { 0 };

	if (geteuid() == 0) {
		check(remove_tree(s.fd, "box", &err) == 0);
		SKIP("root may remove everything");
	}
	/* The directory that holds the name is not ours to change. */
	check(fchmod(s.fd, 0500) == 0);
	check(remove_tree(s.fd, "box", &err) == -1);
	check(err.kind == ERROR_SYSTEM && err.call == CALL_STATE && err.sys == EACCES);
	check_str(err.object, "box");
	check_str(err.message, "cannot remove box");
	check(fchmod(s.fd, 0700) == 0);
	check(remove_tree(s.fd, "box", &err) == 0);
}

/*
 * Runs f in a new user and mount namespace, where it may mount; its status, or -1 where there are
 * none.
 */
static int in_mount_namespace(int (*f)(const struct scratch *s), const struct scratch *s)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		if (geteuid() == 0 ? unshare(CLONE_NEWNS) < 0
				   : unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0)
			_exit(100);
		if (sys_mount(NULL, "/", "none", MS_REC | MS_PRIVATE, NULL) < 0)
			_exit(100);
		_exit(f(s));
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -2;
	return WEXITSTATUS(status) == 100 ? -1 : WEXITSTATUS(status);
}

/* 0, or the number of the first thing that is not as it should be. */
static int meets_mounts(const struct scratch *s)
{
	struct error err = { 0 };
	/* Not s->fd: mounts made here are not met from the mount namespace outside. */
	_cleanup_fd_ int fd = open(s->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || fchdir(fd) < 0)
		return 1;
	/* A bind shows the same device: only the kernel's EBUSY tells. */
	if (sys_mount("outside", "box/dir/mo\nunt", "none", MS_BIND, NULL) < 0)
		return 2;
	if (remove_tree(fd, "box", &err) == 0 || err.sys != EBUSY)
		return 3;
	if (strcmp(err.object, "box/dir/mo\nunt") != 0 || !err.reason[0] ||
	    strchr(err.message, '\n'))
		return 4;
	if (!exists(fd, "outside/kept"))
		return 5;
	if (sys_umount("box/dir/mo\nunt", MNT_DETACH) < 0)
		return 6;
	if (sys_mount("tmpfs", "box/dir", "tmpfs", 0, NULL) < 0)
		return 7;
	err = (struct error){ 0 };
	if (remove_tree(fd, "box", &err) == 0 || strcmp(err.object, "box/dir") != 0)
		return 8;
	return 0;
}

TEST(remove, mounts_are_left_alone)
{
	SCRATCH(s);
	struct error err = { 0 };
	int status;

	check(mkdirat(s.fd, "outside", 0755) == 0);
	make_file(s.fd, "outside/kept");
	check(mkdirat(s.fd, "box/dir", 0755) == 0);
	check(mkdirat(s.fd, "box/dir/mo\nunt", 0755) == 0);
	status = in_mount_namespace(meets_mounts, &s);
	check(remove_tree(s.fd, "box", &err) == 0);
	check(exists(s.fd, "outside/kept"));
	check(remove_tree(s.fd, "outside", &err) == 0);
	if (status == -1)
		SKIP("no mount namespace");
	test_check(status == 0, __FILE__, __LINE__, "step %d in the namespace", status);
}
