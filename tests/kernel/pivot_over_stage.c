// SPDX-License-Identifier: MIT
/*
 * Is one umount enough when something else was attached on "/" below the new root?
 *
 * No: umount2(".") goes to the topmost mount of the stack, and what lies below stays visible at
 * "/..". enter/apply.c takes two where the stage is attached, on kernels that take no layers of
 * detached mounts.
 */
#include "kernel.h"

static int fresh(const char *mark)
{
	int fs = sys_fsopen("tmpfs"), fd;

	if (fs < 0 || sys_fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0) < 0)
		return -1;
	fd = sys_fsmount(fs, 0);
	(void)close(fs);
	if (fd < 0 || mkdirat(fd, mark, 0755) < 0 ||
	    sys_move_mount(fd, "", AT_FDCWD, "/", MOVE_MOUNT_F_EMPTY_PATH) < 0)
		return -1;
	return fd;
}

TEST(kernel, pivot_over_stage)
{
	int stage, root;

	ENTER();
	stage = fresh("of_stage");
	root = fresh("of_root");
	require(stage >= 0 && root >= 0 && fchdir(root) == 0);
	require(sys_pivot_root(".", ".") == 0);
	require(sys_umount(".", MNT_DETACH) == 0);
	check(kernel_exists("/of_root"));
	check(!kernel_exists("/../of_root"));
	require(sys_umount(".", MNT_DETACH) == 0);
	check(kernel_exists("/of_root"));
	check(kernel_exists("/../of_root"));
	check(!kernel_exists("/../of_stage"));
	check(!kernel_exists("/../usr"));
}
