// SPDX-License-Identifier: MIT
/*
 * How many layers does an overlay without an upper need?
 *
 * Two. For a read-only view of one, enter/overlay.c adds an empty layer.
 */
#include "kernel.h"

TEST(kernel, two_lowers)
{
	ENTER();
	NEEDS_OVERLAY();
	kernel_dirs("lower empty merged");
	check(answer(kernel_overlay("merged", "userxattr,lowerdir=lower")) == EINVAL);
	check(answer(kernel_overlay("merged", "userxattr,lowerdir=empty:lower")) == 0);
}
