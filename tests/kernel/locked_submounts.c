// SPDX-License-Identifier: MIT
/*
 * May a directory with mounts below it be a layer?
 *
 * Not in a user namespace when the mounts are older than the namespace: they are locked, and a
 * layer is a clone of its mount without them, which would show what they hide. Mounts of the
 * namespace's own are no obstacle. So enter/compose.c takes the base apart at its mounts.
 */
#include "kernel.h"

TEST(kernel, locked_submounts)
{
	ENTER();
	NEEDS_OVERLAY();
	kernel_dirs("lower lower/below upper work merged");
	check(answer(kernel_overlay("merged",
				    "userxattr,lowerdir=/,upperdir=upper,workdir=work")) == EINVAL);
	/* The cheap way to find out: a clone is refused for the same reason. */
	check(answer(sys_open_tree(AT_FDCWD, "/", OPEN_TREE_CLONE)) == EINVAL);
	check(answer(sys_open_tree(AT_FDCWD, "/", OPEN_TREE_CLONE | AT_RECURSIVE)) == 0);

	require(sys_mount("none", "lower/below", "tmpfs", 0, NULL) == 0);
	check(answer(kernel_overlay("merged",
				    "userxattr,lowerdir=lower,upperdir=upper,workdir=work")) == 0);
}
