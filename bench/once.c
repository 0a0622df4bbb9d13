// SPDX-License-Identifier: MIT
/*
 * Runs a command once and prints what it cost: milliseconds from before the start to after the wait, and the most memory that
 * it had, in KiB. For commands that change what they work on, so that something has to be done between two runs of them.
 *
 *	once COMMAND [ARG...]
 *
 * Its output goes to /dev/null, so that no terminal is measured; what it says on stderr is to be seen. Exits with 1 when the
 * command does not end with 0.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

int main(int argc, char **argv)
{
	posix_spawn_file_actions_t actions;
	struct timespec begin, end;
	struct rusage usage;
	int status, error;
	pid_t pid;

	if (argc < 2) {
		(void)fputs("usage: once COMMAND [ARG...]\n", stderr);
		return 2;
	}
	(void)posix_spawn_file_actions_init(&actions);
	(void)posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	(void)clock_gettime(CLOCK_MONOTONIC, &begin);
	error = posix_spawnp(&pid, argv[1], &actions, NULL, argv + 1, environ);
	if (error) {
		(void)fprintf(stderr, "once: cannot start \"%s\": %s\n", argv[1], strerror(error));
		return 1;
	}
	while (wait4(pid, &status, 0, &usage) < 0 && errno == EINTR)
		;
	(void)clock_gettime(CLOCK_MONOTONIC, &end);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		(void)fprintf(stderr, "once: \"%s\" failed\n", argv[1]);
		return 1;
	}
	(void)printf("%.3f %ld\n",
		     (double)(end.tv_sec - begin.tv_sec) * 1e3 +
			     (double)(end.tv_nsec - begin.tv_nsec) / 1e6,
		     usage.ru_maxrss);
	return 0;
}
