// SPDX-License-Identifier: MIT
/*
 * What comes of an overlay whose work directory cannot be used?
 *
 * It is mounted, read-only, and the mount succeeds. So enter/overlay.c looks at what it got, and
 * work directories are emptied before a run.
 */
#include "kernel.h"

#include <sys/statvfs.h>

TEST(kernel, readonly_fallback)
{
	struct statvfs st;

	ENTER();
	NEEDS_OVERLAY();
	/* The kernel clears what is left in work/work, two levels deep and no more. */
	kernel_dirs("lower upper work work/work work/work/a work/work/a/b work/work/a/b/c merged");
	check(answer(kernel_overlay("merged",
				    "userxattr,lowerdir=lower,upperdir=upper,workdir=work")) == 0);
	require(statvfs("merged", &st) == 0);
	check(st.f_flag & ST_RDONLY);
	check(answer(mkdir("merged/new", 0755)) == EROFS);
}
