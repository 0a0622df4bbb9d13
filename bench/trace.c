// SPDX-License-Identifier: MIT
/*
 * Which instructions of a static program a run of it executes, itself and its children up to their own execve(2): steps through them
 * one by one (ptrace(2)) and prints the addresses, each once, in hexadecimal. bench/hot makes a list of functions of them.
 *
 *	trace OUTPUT PROGRAM [ARG...]
 */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	ADDRESSES = 1 << 24, /* a static program begins at 4 MiB, and is smaller than 12 */
	PIDS = 1 << 22, /* the kernel's most (proc(5), pid_max) */
};

static bool executed[ADDRESSES];
static bool is_other[PIDS]; /* has executed another program */

static void begin(char **words)
{
	if (ptrace(PTRACE_TRACEME, 0, 0, 0) == 0 && raise(SIGSTOP) == 0)
		(void)execv(words[0], words);
	perror(words[0]);
	_exit(127);
}

/* What stopped it is passed on, unless it was the tracing. */
static void go_on(pid_t pid, int signal)
{
	struct user_regs_struct registers;
	int passed_on = signal == SIGTRAP || signal == SIGSTOP ? 0 : signal;

	if (is_other[pid]) {
		(void)ptrace(PTRACE_CONT, pid, 0, passed_on);
		return;
	}
	if (ptrace(PTRACE_GETREGS, pid, 0, &registers) == 0 && registers.rip < ADDRESSES)
		executed[registers.rip] = true;
	(void)ptrace(PTRACE_SINGLESTEP, pid, 0, passed_on);
}

static void follow(void)
{
	bool begun = false;
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, __WALL)) > 0) {
		if (!WIFSTOPPED(status))
			continue;
		if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXEC << 8)) {
			is_other[pid] = begun;
			begun = true;
		}
		go_on(pid, WSTOPSIG(status));
	}
}

int main(int argc, char **argv)
{
	FILE *output;
	int status;
	pid_t pid;

	if (argc < 3)
		return 2;
	pid = fork();
	if (pid == 0)
		begin(argv + 2);
	if (pid < 0 || waitpid(pid, &status, 0) != pid ||
	    ptrace(PTRACE_SETOPTIONS, pid, 0,
		   PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
			   PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL) != 0 ||
	    ptrace(PTRACE_CONT, pid, 0, 0) != 0) {
		perror("trace");
		return 1;
	}
	follow();
	output = fopen(argv[1], "w");
	for (size_t i = 0; output && i < ADDRESSES; i++)
		if (executed[i])
			(void)fprintf(output, "0x%016zx\n", i);
	return !output || fclose(output) != 0;
}
