// SPDX-License-Identifier: MIT
/*
 * Does the mark "opaque" on a directory of an upper mean that it replaces one of the base?
 *
 * No: every directory made in a merged one carries it. run/upper.c takes it for a change, never for a replacement.
 */
#include "kernel.h"

#include <sys/xattr.h>

TEST(kernel, opaque)
{
	char value = 0;

	ENTER();
	NEEDS_OVERLAY();
	kernel_dirs("lower upper work merged");
	require(kernel_overlay("merged", "userxattr,lowerdir=lower,upperdir=upper,workdir=work") == 0);
	kernel_dirs("merged/new merged/new/below");
	check(getxattr("upper/new", "user.overlay.opaque", &value, 1) == 1);
	check(value == 'y');
	check(answer((int)getxattr("upper/new/below", "user.overlay.opaque", &value, 1)) == ENODATA);
}
