/* SPDX-License-Identifier: MIT */
/*
 * Runs several commands at once, each in a box of its own whose writes end with it, and tells how they ended, as they do.
 *
 *	spawn COMMAND...		each for sh -c
 */
#include <nacre.h>

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST = 64 };

static void tell(struct nacre_error *error)
{
	char *text = nacre_error_text(error, NULL, false);

	(void)fputs(text, stderr);
	free(text);
}

static int start(const char *command, struct nacre_process **ret, struct nacre_error *error)
{
	const char *const words[] = { "sh", "-c", command, NULL };
	/* Nothing to read, so that they do not fight for it; output and errors are the caller's. */
	const int standard[] = { -1, 1, 2 };
	const struct nacre_spawn spawn = { .size = sizeof(spawn), .standard = standard };
	struct nacre_plan *plan = nacre_plan_new();
	int answer = nacre_plan_set(plan, "rm", NULL, error);

	if (answer == 0)
		answer = nacre_plan_command(plan, words, error);
	if (answer == 0)
		answer = nacre_plan_prepare(plan, error);
	if (answer == 0)
		answer = nacre_plan_spawn(plan, &spawn, ret, error);
	nacre_plan_free(plan);
	return answer;
}

int main(int argc, char **argv)
{
	struct nacre_error *error = nacre_error_new();
	struct nacre_process *processes[MOST];
	struct pollfd fds[MOST];
	int count = 0, left;

	for (; count < argc - 1 && count < MOST; count++) {
		if (start(argv[count + 1], &processes[count], error) < 0) {
			tell(error);
			break;
		}
		fds[count] = (struct pollfd){ nacre_process_fd(processes[count]), POLLIN, 0 };
	}
	for (left = count; left > 0;) {
		if (poll(fds, (nfds_t)count, -1) < 0)
			continue;
		for (int i = 0; i < count; i++) {
			struct nacre_result result = { .size = sizeof(result) };

			if (!fds[i].revents)
				continue;
			if (nacre_process_wait(processes[i], &result, error) < 0)
				tell(error);
			else
				(void)printf("%d: %s\n", result.status, argv[i + 1]);
			nacre_process_free(processes[i]);
			fds[i].fd = -1; /* poll() passes it over */
			left--;
		}
	}
	nacre_error_free(error);
	return count < argc - 1;
}
