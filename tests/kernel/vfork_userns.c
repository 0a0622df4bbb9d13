// SPDX-License-Identifier: MIT
/*
 * Can a process that shares its memory make itself a user namespace?
 *
 * No: after vfork() unshare is EINVAL, as with threads. So run/second.c starts a command with a namespace of its own by a
 * clone that copies.
 */
#include "kernel.h"

TEST(kernel, vfork_userns)
{
	volatile int shared = 0;
	int status = 0;
	pid_t pid;

	ENTER();
	pid = vfork();
	if (pid == 0) {
		shared = answer((int)syscall(SYS_unshare, CLONE_NEWUSER));
		_exit(0);
	}
	require(pid > 0 && waitpid(pid, &status, 0) == pid);
	check(shared == EINVAL);
	pid = fork();
	if (pid == 0)
		_exit(answer((int)syscall(SYS_unshare, CLONE_NEWUSER)));
	require(pid > 0 && waitpid(pid, &status, 0) == pid);
	check(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}
