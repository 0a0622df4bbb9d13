// SPDX-License-Identifier: MIT
/*
 * May the owner of a directory without the right to write in it move it elsewhere?
 *
 * Not to another parent (EACCES), as its ".." is rewritten; only its name may change. With the right given for the time of the
 * rename, or with CAP_DAC_OVERRIDE over our own inodes in a user namespace, he may. changes/apply.c does the former where the
 * latter is lacking, and neither changes the inode, by which recovery finds what was moved.
 */
#include "kernel.h"

#include <linux/capability.h>

static int without_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[2] = { 0 };

	if (syscall(SYS_capset, &header, none) < 0)
		return 255;
	return answer(sys_renameat2(AT_FDCWD, "a/fixed", AT_FDCWD, "b/fixed", RENAME_NOREPLACE));
}

static int within_its_parent(void)
{
	return answer(sys_renameat2(AT_FDCWD, "a/fixed", AT_FDCWD, "a/other", RENAME_NOREPLACE));
}

TEST(kernel, move_directory)
{
	struct stat before, after;

	ENTER();
	kernel_dirs("a b a/fixed");
	require(chmod("a/fixed", 0555) == 0 && stat("a/fixed", &before) == 0);
	check(kernel_in_child(without_capabilities) == EACCES);
	require(chmod("a/fixed", 0755) == 0);
	check(kernel_in_child(without_capabilities) == 0);
	require(rename("b/fixed", "a/fixed") == 0 && chmod("a/fixed", 0555) == 0);
	check(kernel_in_child(within_its_parent) == 0);
	require(rename("a/other", "a/fixed") == 0);
	check(rename("a/fixed", "b/fixed") == 0);
	check(stat("b/fixed", &after) == 0 && after.st_ino == before.st_ino);
}
