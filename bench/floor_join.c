// SPDX-License-Identifier: MIT
/*
 * The floor of a join: enters the namespaces of a process all at once, and starts a command there. Like floor.c it does nothing else: no
 * look at whether that process is the one that was meant, no privileges dropped, no signals passed on.
 *
 *	floor_join PID COMMAND
 *
 * With SHARED the child is one of vfork(2), which is a seventh cheaper; else it is one of fork(2).
 */
#include <linux/sched.h>
#include <linux/signal.h>

#include "floor_kernel.h"

#ifdef SHARED
enum { CHILD = CLONE_VM | CLONE_VFORK | SIGCHLD };
#else
enum { CHILD = SIGCHLD };
#endif

struct command {
	char *words[2];
	char **environment;
};

static int become(void *argument)
{
	struct command *c = argument;

	return (int)-call(execve, c->words[0], c->words, c->environment);
}

int program(int argc, char **argv, char **environment)
{
	_Alignas(16) char stack[4096];
	struct command command = { { argc == 3 ? argv[2] : 0, 0 }, environment };
	int pid = 0, status = 0;
	long fd;

	if (argc != 3)
		return 2;
	for (const char *digit = argv[1]; *digit; digit++)
		pid = pid * 10 + *digit - '0';
	fd = must(pidfd_open, pid, 0);
	must(setns, fd,
	     CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS |
		     CLONE_NEWCGROUP);
	pid = (int)succeed(spawn(CHILD, stack + sizeof(stack), become, &command));
	must(wait4, pid, &status, 0, 0);
	return status & 0x7f ? 128 + (status & 0x7f) : status >> 8 & 0xff;
}
