// SPDX-License-Identifier: MIT
/*
 * May a user remove and move what a box of subordinate ids left, and directories of mode 000, in a user namespace that maps
 * those ids to themselves?
 *
 * Yes: whoever has made the namespace has CAP_DAC_OVERRIDE, CAP_FOWNER and CAP_CHOWN over inodes whose user and group are both
 * mapped, wherever they are, and a process outside may join it when a child has made it. A rename of a directory, which writes
 * its "..", works without the write bit on it, RENAME_NOREPLACE and RENAME_EXCHANGE likewise. An id that is not mapped stays
 * out of reach. enter/idmaps.c, the rm of boxes and the commit of changes rest on it.
 */
#include "base/subids.h"
#include "kernel.h"

#include <signal.h>
#include <stdlib.h>

struct other {
	unsigned uid, gid;
};

/* Subordinate ids of the caller, or any for root. */
static bool other_ids(struct other *ret)
{
	static struct arena arena;
	struct subids uids, gids;

	*ret = (struct other){ 70000, 70000 };
	if (geteuid() == 0)
		return true;
	subids_read(&arena, "/etc/subuid", getuid(), &uids);
	subids_read(&arena, "/etc/subgid", getuid(), &gids);
	if (!uids.v.count || !gids.v.count)
		return false;
	*ret = (struct other){ uids.v.items[0].first, gids.v.items[0].first };
	return true;
}

/* Writes one map of pid, "uid" or "gid": the own id and another, both to themselves. */
static bool write_map(const char *kind, pid_t pid, unsigned own, unsigned other)
{
	char path[48], lines[64], helper[16], words[3][16];
	int status;
	pid_t child;

	(void)snprintf(path, sizeof(path), "/proc/%d/%s_map", (int)pid, kind);
	(void)snprintf(lines, sizeof(lines), "%u %u 1\n%u %u 1\n", own, own, other, other);
	if (geteuid() == 0)
		return kernel_write(path, lines);
	(void)snprintf(helper, sizeof(helper), "new%smap", kind);
	(void)snprintf(words[0], sizeof(words[0]), "%d", (int)pid);
	(void)snprintf(words[1], sizeof(words[1]), "%u", own);
	(void)snprintf(words[2], sizeof(words[2]), "%u", other);
	child = fork();
	if (child == 0) {
		(void)execlp(helper, helper, words[0], words[1], words[1], "1", words[2], words[2],
			     "1", NULL);
		_exit(127);
	}
	return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

/* A child makes the namespace, we write its maps and join it. */
static bool join_namespace(const struct other *other)
{
	char path[48];
	int ready[2], fd;
	pid_t pid;
	char c;

	if (pipe2(ready, O_CLOEXEC) < 0 || (pid = fork()) < 0)
		return false;
	if (pid == 0) {
		if (unshare(CLONE_NEWUSER) == 0)
			(void)!write(ready[1], "", 1);
		for (;;)
			(void)pause();
	}
	(void)snprintf(path, sizeof(path), "/proc/%d/ns/user", (int)pid);
	fd = read(ready[0], &c, 1) == 1 && write_map("uid", pid, geteuid(), other->uid) &&
			     write_map("gid", pid, getegid(), other->gid)
		     ? open(path, O_RDONLY | O_CLOEXEC)
		     : -1;
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	return fd >= 0 && setns(fd, CLONE_NEWUSER) == 0;
}

static struct other other;

static int may_join(void)
{
	return !join_namespace(&other);
}

/* In the namespace: a tree of the other's, with directories that nobody may enter. */
static int make(void)
{
	if (!join_namespace(&other))
		return 1;
	kernel_dirs("left left/dir left/dir/sealed mine mine/sealed");
	return !kernel_write("left/dir/sealed/file", "x") ||
	       chown("left/dir/sealed/file", other.uid, other.gid) < 0 ||
	       chown("left/dir/sealed", other.uid, other.gid) < 0 ||
	       chown("left/dir", other.uid, other.gid) < 0 || chmod("left/dir/sealed", 0) < 0 ||
	       chmod("left/dir", 0) < 0 || !kernel_write("mine/sealed/file", "x") ||
	       chmod("mine/sealed", 0) < 0 || chmod("mine", 0) < 0;
}

/* The line on which it failed. */
#define TRY(call)                              \
	do {                                   \
		if (!(call))                   \
			return __LINE__ & 255; \
	} while (0)

static int use(void)
{
	struct stat st;

	TRY(join_namespace(&other));
	TRY(geteuid() == getuid() && stat("left/dir", &st) == 0 && st.st_uid == other.uid);
	/* Read, change, move: into another directory, without a write bit on it. */
	TRY(stat("left/dir/sealed/file", &st) == 0);
	TRY(renameat2(AT_FDCWD, "left/dir", AT_FDCWD, "moved", RENAME_NOREPLACE) == 0);
	TRY(renameat2(AT_FDCWD, "mine", AT_FDCWD, "moved", RENAME_EXCHANGE) == 0);
	TRY(chown("mine/sealed/file", geteuid(), getegid()) == 0);
	TRY(chmod("mine/sealed", 0700) == 0);
	/* And remove, modes notwithstanding. */
	TRY(unlink("mine/sealed/file") == 0 && rmdir("mine/sealed") == 0 && rmdir("mine") == 0);
	TRY(unlink("moved/sealed/file") == 0 && rmdir("moved/sealed") == 0);
	return rmdir("moved") < 0 || rmdir("left") < 0;
}

TEST(kernel, user_namespace_files)
{
	char dir[] = "/tmp/nacre-kernel-XXXXXX";

	if (!other_ids(&other))
		SKIP("no subordinate ids");
	if (kernel_in_child(may_join) != 0)
		SKIP("no user namespace with a range of ids");
	require(mkdtemp(dir) && chdir(dir) == 0);
	require(kernel_in_child(make) == 0);
	if (geteuid() != 0) {
		check(answer(rmdir("left/dir/sealed")) == EACCES);
		check(answer(rename("left/dir", "moved")) == EACCES);
	}
	check(kernel_in_child(use) == 0);
	check(rmdir(dir) == 0);
}
