// SPDX-License-Identifier: MIT
/* By plain forks. */
#include "run/spawn.h"

#include "base/syscalls.h"

#include <sched.h>
#include <signal.h>
#include <sys/wait.h>

pid_t spawn_copied(int flags, int (*body)(void *arg), void *arg, int *ret_pidfd)
{
	pid_t pid = (pid_t)syscall(SYS_clone, flags | CLONE_PIDFD, 0, ret_pidfd, 0, 0);

	if (pid == 0) {
		/* A program that links us may ignore it. Now, as what is pending later would be dropped (sigaction(2)). */
		(void)signal(SIGCHLD, SIG_DFL);
		_exit(body(arg));
	}
	return pid;
}

int spawn_orphan(void (*body)(void *arg), void *arg)
{
	pid_t pid = fork();
	int status = 0;

	if (pid == 0) {
		pid = fork();
		if (pid == 0)
			body(arg);
		_exit(pid < 0 ? errno : 0);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (pid > 0 && status)
		errno = WIFEXITED(status) ? WEXITSTATUS(status) : ECHILD;
	return pid < 0 || status ? -1 : 0;
}
