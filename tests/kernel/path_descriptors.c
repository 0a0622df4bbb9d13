// SPDX-License-Identifier: MIT
/*
 * What can be done with a directory that is open by O_PATH, itself?
 *
 * Its access can be asked and its time set with an empty path. Its attributes cannot be listed so (EBADF), but through
 * /proc/self/fd. changes/txn_look.c, apply.c and txn_attribute.c hold directories by O_PATH, as that needs no right to read.
 */
#include "kernel.h"

#include <sys/xattr.h>

TEST(kernel, path_descriptors)
{
	const struct timespec times[] = { { .tv_nsec = UTIME_OMIT }, { .tv_sec = 1000000000 } };
	char list[256], path[40];
	struct stat st;
	int fd;

	ENTER();
	kernel_dirs("dir");
	fd = open("dir", O_PATH | O_DIRECTORY | O_CLOEXEC);
	require(fd >= 0);
	check(faccessat(fd, "", W_OK | X_OK, AT_EACCESS | AT_EMPTY_PATH) == 0);
	check(utimensat(fd, "", times, AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW) == 0);
	check(fstat(fd, &st) == 0 && st.st_mtim.tv_sec == 1000000000);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	check(listxattr(path, list, sizeof(list)) >= 0);
	check(chmod(path, 0711) == 0 && fstat(fd, &st) == 0 && (st.st_mode & 07777) == 0711);
	if (answer(sys_listxattrat(fd, "", AT_EMPTY_PATH, list, sizeof(list))) == ENOSYS)
		printf("# no listxattrat()\n");
	else
		check(answer(sys_listxattrat(fd, "", AT_EMPTY_PATH, list, sizeof(list))) == EBADF);
}
