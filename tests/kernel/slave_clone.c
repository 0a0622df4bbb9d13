// SPDX-License-Identifier: MIT
/*
 * Does a clone of a mount that receives the host's mounts receive them too?
 *
 * Yes: a clone of a slave is a slave, also before it is attached. So enter/apply.c makes every bind private unless another
 * propagation was asked for.
 */
#include "kernel.h"

static int clone_tree(const char *path)
{
	return sys_open_tree(AT_FDCWD, path, OPEN_TREE_CLONE | AT_RECURSIVE);
}

/* Takes a clone and a private clone of "shared" in a namespace of its own; bit 0, bit 1: "below" was mounted in it. */
static int look_later(int go, int ready)
{
	int slave, private, seen = 0;
	char byte;

	if (!kernel_enter() || chdir("/tmp") < 0)
		return 255;
	slave = clone_tree("shared");
	private = clone_tree("shared");
	if (slave < 0 || private < 0 ||
	    sys_mount_setattr(private, "", AT_EMPTY_PATH | AT_RECURSIVE, 0, 0, MS_PRIVATE) < 0)
		return 255;
	if (write(ready, "", 1) != 1 || read(go, &byte, 1) != 1)
		return 255;
	seen |= faccessat(slave, "below/mark", F_OK, 0) == 0 ? 1 : 0;
	seen |= faccessat(private, "below/mark", F_OK, 0) == 0 ? 2 : 0;
	return seen;
}

TEST(kernel, slave_clone)
{
	int ready[2], go[2], status = 0;
	char byte;
	pid_t pid;

	ENTER();
	kernel_dirs("shared");
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
