// SPDX-License-Identifier: MIT
/*
 * May a layer's descriptor have been opened before the mount namespace was made?
 *
 * No: its mount is one of the old namespace. So run/inside.c opens the box's directory again, by
 * its path.
 */
#include "kernel.h"

TEST(kernel, early_descriptor)
{
	int early, again, fs;

	ENTER();
	NEEDS_OVERLAY();
	kernel_dirs("lower");
	early = open("lower", O_PATH | O_DIRECTORY | O_CLOEXEC);
	require(early >= 0 && kernel_enter());
	again = open("lower", O_PATH | O_DIRECTORY | O_CLOEXEC);

	fs = sys_fsopen("overlay");
	require(fs >= 0);
	if (sys_fsconfig(fs, FSCONFIG_SET_FD, "lowerdir+", NULL, again) < 0)
		SKIP("overlay takes no O_PATH descriptors (Linux 6.15)");
	check(answer(sys_open_tree(again, "", OPEN_TREE_CLONE | AT_EMPTY_PATH)) == 0);
	check(answer(sys_open_tree(early, "", OPEN_TREE_CLONE | AT_EMPTY_PATH)) == EINVAL);

	fs = sys_fsopen("overlay");
	require(sys_fsconfig(fs, FSCONFIG_SET_FD, "lowerdir+", NULL, early) == 0);
	require(sys_fsconfig(fs, FSCONFIG_SET_FD, "lowerdir+", NULL, again) == 0);
	check(answer(sys_fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0)) == EINVAL);
}
