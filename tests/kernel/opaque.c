// SPDX-License-Identifier: MIT
/*
 * What does the mark "opaque" on a directory of an upper say?
 *
 * It is there for certain on one that was removed and made again. On one that is new in a merged
 * directory it may be there or not, as the overlay's features will have it. So run/upper.c takes
 * it for a change, and its absence for nothing.
 */
#include "kernel.h"

#include <sys/xattr.h>

static bool is_opaque(const char *path)
{
	char value = 0;

	return getxattr(path, "user.overlay.opaque", &value, 1) == 1 && value == 'y';
}

TEST(kernel, opaque)
{
	ENTER();
	NEEDS_OVERLAY();
	kernel_dirs("lower lower/again lower/kept upper work merged");
	require(kernel_overlay("merged", "userxattr,lowerdir=lower,upperdir=upper,workdir=work") ==
		0);
	kernel_dirs("merged/new merged/kept/new");
	require(rmdir("merged/again") == 0 && mkdir("merged/again", 0755) == 0);
	check(is_opaque("upper/again"));
	check(!is_opaque("upper/kept"));
	printf("# a new directory is %sopaque\n", is_opaque("upper/new") ? "" : "not ");
}
