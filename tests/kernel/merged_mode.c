// SPDX-License-Identifier: MIT
/*
 * Which layer gives a merged directory its mode?
 *
 * The topmost that has it; for the overlay's own root that is the upper, whatever is below. So
 * seeds and the roots of uppers are made with the mode of what they stand for (enter/seeds.c).
 */
#include "kernel.h"

static unsigned mode_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? st.st_mode & 07777U : 0;
}

TEST(kernel, merged_mode)
{
	ENTER();
	NEEDS_OVERLAY();
	kernel_dirs("lower lower/dir top top/dir upper work merged");
	require(chmod("lower", 0711) == 0 && chmod("upper", 0750) == 0);
	require(chmod("lower/dir", 0755) == 0 && chmod("top/dir", 01777) == 0);
	require(kernel_overlay("merged",
			       "userxattr,lowerdir=top:lower,upperdir=upper,workdir=work") == 0);
	check(mode_of("merged") == 0750);
	check(mode_of("merged/dir") == 01777);
}
