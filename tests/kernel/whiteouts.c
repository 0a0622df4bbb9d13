// SPDX-License-Identifier: MIT
/*
 * What does an upper hold where a file of the base was removed?
 *
 * A character device 0:0, and all of one mount are hard links of one inode: a link count says
 * nothing about whiteouts.
 */
#include "kernel.h"

#include <sys/sysmacros.h>

TEST(kernel, whiteouts)
{
	struct stat a = { 0 }, b = { 0 };

	ENTER();
	NEEDS_OVERLAY();
	kernel_dirs("lower upper work merged");
	require(kernel_write("lower/a", "") && kernel_write("lower/b", ""));
	require(kernel_overlay("merged", "userxattr,lowerdir=lower,upperdir=upper,workdir=work") ==
		0);
	require(unlink("merged/a") == 0 && unlink("merged/b") == 0);
	require(lstat("upper/a", &a) == 0 && lstat("upper/b", &b) == 0);
	check(S_ISCHR(a.st_mode) && a.st_rdev == makedev(0, 0));
	check(a.st_ino == b.st_ino);
	check(a.st_nlink > 1);
}
