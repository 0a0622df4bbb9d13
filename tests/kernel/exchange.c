// SPDX-License-Identifier: MIT
/*
 * Can two objects of any types change places by one call, and does each stay the inode that it was?
 *
 * Yes: a file and a directory that is not empty as well, across directories. changes/apply.c replaces by this, and tells from
 * the inode number in the slot whether it was done.
 */
#include "kernel.h"

static ino_t inode(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 ? st.st_ino : 0;
}

TEST(kernel, exchange)
{
	ino_t file, dir;

	ENTER();
	kernel_dirs("a b a/dir");
	require(kernel_write("a/dir/inside", "x") && kernel_write("b/file", "y"));
	file = inode("b/file");
	dir = inode("a/dir");
	require(sys_renameat2(AT_FDCWD, "a/dir", AT_FDCWD, "b/file", RENAME_EXCHANGE) == 0);
	check(inode("b/file") == dir && inode("a/dir") == file);
	check(kernel_exists("b/file/inside"));
	check(answer(sys_renameat2(AT_FDCWD, "a/dir", AT_FDCWD, "b/none", RENAME_EXCHANGE)) ==
	      ENOENT);
	check(answer(sys_renameat2(AT_FDCWD, "a/dir", AT_FDCWD, "b/file", RENAME_NOREPLACE)) ==
	      EEXIST);
}
