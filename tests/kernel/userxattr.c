// SPDX-License-Identifier: MIT
/*
 * What does an overlay in a user namespace do without userxattr?
 *
 * It is mounted, and fails later: it cannot mark a directory opaque, so a directory of the base
 * cannot be removed and made anew, or removed at all once something was written into it. So
 * enter/overlay.c always asks for it.
 */
#include "kernel.h"

static int remove_directory(void)
{
	if (kernel_write("merged/dir/new", "") && unlink("merged/dir/new") == 0 &&
	    unlink("merged/dir/old") == 0)
		return answer(rmdir("merged/dir"));
	return 255;
}

TEST(kernel, userxattr)
{
	ENTER();
	NEEDS_OVERLAY();
	kernel_dirs("lower lower/dir upper work upper2 work2 merged");
	require(kernel_write("lower/dir/old", ""));

	if (answer(kernel_overlay("merged", "lowerdir=lower,upperdir=upper,workdir=work")))
		SKIP("this kernel mounts no overlay without userxattr");
	check(remove_directory() == EIO);
	require(sys_umount("merged", 0) == 0);

	require(kernel_overlay("merged",
			       "userxattr,lowerdir=lower,upperdir=upper2,workdir=work2") == 0);
	check(remove_directory() == 0);
}
