// SPDX-License-Identifier: MIT
/*
 * Does openat2(2) with RESOLVE_NO_XDEV notice a bind mount of the same file system?
 *
 * Yes (EXDEV). changes/txn_place.c thereby never works in a directory that the box did not see, as an overlay shows what is
 * below a mount point; and what it has open below one root is one mount, where renames work.
 */
#include "kernel.h"

TEST(kernel, no_xdev)
{
	int top;

	ENTER();
	kernel_dirs("top top/plain top/bound other");
	top = open("top", O_PATH | O_DIRECTORY | O_CLOEXEC);
	require(top >= 0 && sys_mount("other", "top/bound", NULL, MS_BIND, NULL) == 0);
	check(sys_openat2(top, "plain", O_PATH, 0, RESOLVE_BENEATH | RESOLVE_NO_XDEV) >= 0);
	check(answer(sys_openat2(top, "bound", O_PATH, 0, RESOLVE_BENEATH | RESOLVE_NO_XDEV)) ==
	      EXDEV);
}
