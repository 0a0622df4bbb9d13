// SPDX-License-Identifier: MIT
/*
 * Can a root that was attached on "/" itself be entered, and is the old one gone after one
 * umount?
 *
 * Yes: pivot_root(".", ".") puts the old root on top of the new one, where umount2(".") finds it.
 * So enter/apply.c needs no directory on the host for the new root.
 */
#include "kernel.h"

/* Mounts outside of /proc, the root included. */
static int count_mounts(void)
{
	FILE *f = fopen("/proc/self/mountinfo", "re");
	char point[256];
	int n = 0;

	while (f && fscanf(f, "%*d %*d %*s %*s %255s%*[^\n]", point) == 1)
		n += strncmp(point, "/proc", 5) != 0;
	if (f)
		(void)fclose(f);
	return n;
}

TEST(kernel, pivot_on_root)
{
	int fs, root;

	ENTER();
	fs = sys_fsopen("tmpfs");
	require(fs >= 0 && sys_fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0) == 0);
	root = sys_fsmount(fs, 0);
	require(root >= 0 && mkdirat(root, "proc", 0755) == 0 && mkdirat(root, "mark", 0755) == 0);
	require(sys_move_mount(root, "", AT_FDCWD, "/", MOVE_MOUNT_F_EMPTY_PATH) == 0);
	/* The old /proc, to be able to count. */
	fs = sys_open_tree(AT_FDCWD, "/proc", OPEN_TREE_CLONE | AT_RECURSIVE);
	require(fs >= 0);
	require(sys_move_mount(fs, "", root, "proc", MOVE_MOUNT_F_EMPTY_PATH) == 0);

	require(fchdir(root) == 0);
	require(sys_pivot_root(".", ".") == 0);
	require(sys_umount(".", MNT_DETACH) == 0);
	require(chdir("/") == 0);
	check(kernel_exists("/mark"));
	check(kernel_exists("/../mark"));
	check(!kernel_exists("/usr"));
	check(count_mounts() == 1);
	check(answer(sys_umount("/", MNT_DETACH)) == EINVAL);
}
