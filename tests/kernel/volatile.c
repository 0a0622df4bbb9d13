// SPDX-License-Identifier: MIT
/*
 * What does a volatile overlay leave?
 *
 * A mark in its work directory, which refuses the next mount until it is removed. run/box.c
 * removes work directories before and after each run; a torn upper is told by the boot id in the
 * box's record.
 */
#include "kernel.h"

TEST(kernel, volatile_mark)
{
	ENTER();
	NEEDS_OVERLAY();
	kernel_dirs("lower upper work merged");
	if (answer(kernel_overlay("merged", "userxattr,volatile,lowerdir=lower,upperdir=upper,"
					    "workdir=work")))
		SKIP("no volatile overlays (Linux 5.10)");
	require(sys_umount("merged", 0) == 0);
	check(kernel_exists("work/work/incompat/volatile"));
	check(answer(kernel_overlay(
		      "merged", "userxattr,lowerdir=lower,upperdir=upper,workdir=work")) == EINVAL);
	require(rmdir("work/work/incompat/volatile/dirty") == 0 ||
		unlink("work/work/incompat/volatile/dirty") == 0);
	require(rmdir("work/work/incompat/volatile") == 0 && rmdir("work/work/incompat") == 0);
	check(answer(kernel_overlay("merged",
				    "userxattr,lowerdir=lower,upperdir=upper,workdir=work")) == 0);
}
