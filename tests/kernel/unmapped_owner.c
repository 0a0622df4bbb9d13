// SPDX-License-Identifier: MIT
/*
 * May a file be made in a directory that everybody may write in and an unmapped user owns?
 *
 * Not in an overlay: the directory has to be copied up first, and its owner cannot be written
 * (EOVERFLOW). A layer on top in which the caller owns the same directory cures it, and hides
 * nothing. These are the seeds of enter/seeds.c.
 */
#include "kernel.h"

/* A directory whose "open" is writable and somebody else's: root makes it, others look for a /tmp. */
static bool open_directory(char parent[static 64], char name[static 64])
{
	static const char *const parents[] = { "/var", "/", "/run" };
	static const char *const names[] = { "tmp", "lock" };

	for (size_t i = 0; i < 3; i++) {
		for (size_t j = 0; j < 2; j++) {
			char path[130];
			struct stat st;
			int fd = sys_open_tree(AT_FDCWD, parents[i], OPEN_TREE_CLONE);

			(void)close(fd);
			(void)snprintf(path, sizeof(path), "%s/%s", parents[i], names[j]);
			if (fd < 0 || lstat(path, &st) < 0 || !S_ISDIR(st.st_mode) ||
			    !(st.st_mode & 02) || st.st_uid == geteuid())
				continue;
			(void)snprintf(parent, 64, "%s", parents[i]);
			(void)snprintf(name, 64, "%s", names[j]);
			return true;
		}
	}
	return false;
}

TEST(kernel, unmapped_owner)
{
	char parent[64] = "base", name[64] = "open", options[256], path[128];
	bool root = geteuid() == 0;

	/* Before the namespace: afterwards root is nobody special to other ids. */
	if (root) {
		require(unshare(CLONE_NEWNS) == 0);
		require(sys_mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0);
		require(sys_mount("none", "/mnt", "tmpfs", 0, NULL) == 0);
		kernel_dirs("/mnt/open");
		require(chown("/mnt/open", 65530, 65530) == 0 && chmod("/mnt/open", 0777) == 0);
		(void)snprintf(parent, sizeof(parent), "/mnt");
	}
	ENTER();
	NEEDS_OVERLAY();
	if (!root && !open_directory(parent, name))
		SKIP("no directory of another user to write in");
	kernel_dirs("upper work merged seeds upper2 work2");

	(void)snprintf(options, sizeof(options),
		       "userxattr,lowerdir=%s,upperdir=upper,workdir=work", parent);
	require(kernel_overlay("merged", options) == 0);
	(void)snprintf(path, sizeof(path), "merged/%s/file", name);
	check(answer(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600)) == EOVERFLOW);
	require(sys_umount("merged", 0) == 0);

	(void)snprintf(path, sizeof(path), "seeds/%s", name);
	require(mkdir(path, 0777) == 0);
	(void)snprintf(options, sizeof(options),
		       "userxattr,lowerdir=seeds:%s,upperdir=upper2,workdir=work2", parent);
	require(kernel_overlay("merged", options) == 0);
	(void)snprintf(path, sizeof(path), "merged/%s/file", name);
	check(answer(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600)) == 0);
}
