// SPDX-License-Identifier: MIT
/*
 * Does mount_setattr with AT_RECURSIVE make a whole tree read-only, before it is attached?
 *
 * Yes, and all or nothing: a file that is open for writing anywhere in it refuses the whole. So a
 * read-only bind of enter/apply.c is never there writable.
 */
#include "kernel.h"

#include <sys/statvfs.h>

TEST(kernel, recursive_readonly)
{
	struct statvfs st;
	int tree, busy;

	ENTER();
	kernel_dirs("source target");
	require(sys_mount("none", "source", "tmpfs", 0, NULL) == 0);
	kernel_dirs("source/below source/below2");
	require(sys_mount("none", "source/below", "tmpfs", 0, NULL) == 0);

	tree = sys_open_tree(AT_FDCWD, "source", OPEN_TREE_CLONE | AT_RECURSIVE);
	require(tree >= 0);
	require(sys_mount_setattr(tree, "", AT_EMPTY_PATH | AT_RECURSIVE, MOUNT_ATTR_RDONLY, 0,
				  0) == 0);
	require(sys_move_mount(tree, "", AT_FDCWD, "target", MOVE_MOUNT_F_EMPTY_PATH) == 0);
	require(statvfs("target/below", &st) == 0);
	check(st.f_flag & ST_RDONLY);
	check(answer(mkdir("target/below/new", 0755)) == EROFS);
	check(answer(mkdir("target/new", 0755)) == EROFS);
	check(answer(mkdir("source/below/new", 0755)) == 0);

	busy = open("source/below/busy", O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	require(busy >= 0);
	check(answer(sys_mount_setattr(AT_FDCWD, "source", AT_RECURSIVE, MOUNT_ATTR_RDONLY, 0,
				       0)) == EBUSY);
	check(answer(mkdir("source/new", 0755)) == 0);
}
