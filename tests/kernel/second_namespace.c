// SPDX-License-Identifier: MIT
/*
 * Can a mount be undone from a second user namespace, by a process with all capabilities there?
 *
 * No: what came from the first one is locked. So a command that keeps capabilities is put into a
 * second one (run/second.c), and can neither lift a mask nor make a read-only place writable.
 */
#include "kernel.h"

TEST(kernel, second_namespace)
{
	ENTER();
	kernel_dirs("masked masked/secret view");
	require(sys_mount("none", "masked", "tmpfs", 0, NULL) == 0);
	require(sys_mount("view", "view", NULL, MS_BIND, NULL) == 0);
	require(sys_mount_setattr(AT_FDCWD, "view", 0, MOUNT_ATTR_RDONLY, 0, 0) == 0);

	require(kernel_enter() && chdir("/tmp") == 0);
	check(answer(sys_umount("masked", MNT_DETACH)) == EINVAL);
	check(answer(sys_open_tree(AT_FDCWD, "/tmp", OPEN_TREE_CLONE)) == EINVAL);
	check(answer(sys_mount(NULL, "view", NULL, MS_REMOUNT | MS_BIND, NULL)) == EPERM);
	check(answer(sys_mount_setattr(AT_FDCWD, "view", 0, 0, MOUNT_ATTR_RDONLY, 0)) == EPERM);
	check(!kernel_exists("masked/secret"));
}
