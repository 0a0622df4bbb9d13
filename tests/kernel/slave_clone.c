// SPDX-License-Identifier: MIT
/*
 * Does a clone of a mount that receives the host's mounts receive them too?
 *
 * Yes: a clone of a slave is a slave, also before it is attached. So enter/apply.c makes every
 * bind private unless another propagation was asked for.
 */
#include "kernel.h"

/* A clone of "shared", attached at path; with its propagation changed before that, if any. */
static bool attach_clone(const char *path, uint64_t propagation)
{
	int fd = sys_open_tree(AT_FDCWD, "shared", OPEN_TREE_CLONE | AT_RECURSIVE);

	if (fd < 0 ||
	    (propagation && sys_mount_setattr(fd, "", AT_EMPTY_PATH, 0, 0, propagation) < 0))
		return false;
	return sys_move_mount(fd, "", AT_FDCWD, path, MOVE_MOUNT_F_EMPTY_PATH) == 0;
}

/* In a namespace of its own. Bit 0, bit 1: the clone, the private one got what was mounted later. */
static int look_later(int go, int ready)
{
	char byte;

	if (!kernel_enter() || chdir("/tmp") < 0 || !attach_clone("clone", 0) ||
	    !attach_clone("private", MS_PRIVATE))
		return 255;
	if (write(ready, "", 1) != 1 || read(go, &byte, 1) != 1)
		return 255;
	return (kernel_exists("clone/below/mark") ? 1 : 0) |
	       (kernel_exists("private/below/mark") ? 2 : 0);
}

TEST(kernel, slave_clone)
{
	int ready[2] = { -1, -1 }, go[2] = { -1, -1 }, status = 0;
	char byte;
	pid_t pid;

	ENTER();
	kernel_dirs("shared clone private");
	require(sys_mount("none", "shared", "tmpfs", 0, NULL) == 0);
	kernel_dirs("shared/below");
	require(sys_mount(NULL, "shared", NULL, MS_SHARED, NULL) == 0);
	require(pipe(ready) == 0 && pipe(go) == 0);
	pid = fork();
	if (pid == 0)
		_exit(look_later(go[0], ready[1]));
	(void)close(ready[1]);
	require(read(ready[0], &byte, 1) == 1);
	require(sys_mount("none", "shared/below", "tmpfs", 0, NULL) == 0);
	kernel_dirs("shared/below/mark");
	require(write(go[1], "", 1) == 1);
	require(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
	check(WEXITSTATUS(status) == 1);
}
