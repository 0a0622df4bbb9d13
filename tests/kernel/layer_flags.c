// SPDX-License-Identifier: MIT
/*
 * Do the flags of a layer's mount hold for the overlay?
 *
 * No: what may not be executed below may be executed through the overlay. So enter/overlay.c and
 * enter/compose.c carry the flags over.
 */
#include "kernel.h"

#include <sys/statvfs.h>

TEST(kernel, layer_flags)
{
	struct statvfs st;

	ENTER();
	NEEDS_OVERLAY();
	kernel_dirs("lower upper work merged");
	require(sys_mount("none", "lower", "tmpfs", MS_NOEXEC | MS_NOSUID | MS_NODEV, NULL) == 0);
	require(kernel_overlay("merged", "userxattr,lowerdir=lower,upperdir=upper,workdir=work") ==
		0);
	require(statvfs("lower", &st) == 0);
	check(st.f_flag & ST_NOEXEC);
	require(statvfs("merged", &st) == 0);
	check(!(st.f_flag & ST_NOEXEC));
	check(!(st.f_flag & ST_NOSUID));
}
