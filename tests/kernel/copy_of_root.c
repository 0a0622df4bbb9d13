// SPDX-License-Identifier: MIT
/*
 * Does a recursive copy of "/" hold what has been attached on "/" itself?
 *
 * Yes, and where the copy is attached that is what is seen, not the old root. So enter/site.c takes the copies that steps want of
 * it before the new root is attached there.
 */
#include "kernel.h"

/* Attaches a tmpfs with a directory of that name in it. */
static int attach(const char *at, const char *name)
{
	int fs = sys_fsopen("tmpfs"), root;

	if (fs < 0 || sys_fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0) < 0)
		return -1;
	root = sys_fsmount(fs, 0);
	if (root < 0 || mkdirat(root, name, 0755) < 0 ||
	    sys_move_mount(root, "", AT_FDCWD, at, MOVE_MOUNT_F_EMPTY_PATH) < 0)
		return -1;
	return root;
}

TEST(kernel, copy_of_root)
{
	int root, before, after;

	ENTER();
	before = sys_open_tree(AT_FDCWD, "/", OPEN_TREE_CLONE | AT_RECURSIVE);
	require(before >= 0);
	root = attach("/", "mark");
	after = sys_open_tree(AT_FDCWD, "/", OPEN_TREE_CLONE | AT_RECURSIVE);
	require(root >= 0 && after >= 0);
	require(mkdirat(root, "before", 0755) == 0 && mkdirat(root, "after", 0755) == 0);
	require(sys_move_mount(before, "", root, "before", MOVE_MOUNT_F_EMPTY_PATH) == 0);
	require(sys_move_mount(after, "", root, "after", MOVE_MOUNT_F_EMPTY_PATH) == 0);
	require(fchdir(root) == 0);
	check(kernel_exists("before/usr") && !kernel_exists("before/mark"));
	check(kernel_exists("after/mark") && !kernel_exists("after/usr"));
}
