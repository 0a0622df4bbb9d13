// SPDX-License-Identifier: MIT
/*
 * What can a process without capabilities read about another one with the same id?
 *
 * Everything, unless that one is not dumpable: then its program, environment, memory and
 * descriptors are closed to it. So init clears the flag before it starts the command
 * (run/inside.c).
 */
#include "kernel.h"

#include <linux/capability.h>
#include <signal.h>
#include <sys/prctl.h>

static bool drop_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { 0 };

	return syscall(SYS_capset, &header, data) == 0;
}

static pid_t start(int dumpable)
{
	int ready[2];
	char byte;
	pid_t pid;

	if (pipe(ready) < 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		if (prctl(PR_SET_DUMPABLE, dumpable, 0, 0, 0) == 0 && write(ready[1], "", 1) == 1)
			(void)pause();
		_exit(1);
	}
	(void)close(ready[1]);
	if (read(ready[0], &byte, 1) != 1)
		return -1;
	(void)close(ready[0]);
	return pid;
}

static int try_open(pid_t pid, const char *name)
{
	char path[64];
	int fd, failed;

	(void)snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	failed = answer(fd);
	(void)close(fd);
	return failed;
}

static void stop(pid_t pid)
{
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
}

TEST(kernel, not_dumpable)
{
	pid_t pid;

	ENTER();
	require(drop_capabilities());
	pid = start(1);
	require(pid > 0);
	check(try_open(pid, "exe") == 0);
	check(try_open(pid, "environ") == 0);
	stop(pid);
	pid = start(0);
	require(pid > 0);
	check(try_open(pid, "exe") == EACCES);
	check(try_open(pid, "environ") == EACCES);
	check(try_open(pid, "mem") == EACCES);
	check(try_open(pid, "fd/0") == EACCES);
	stop(pid);
}
