/* SPDX-License-Identifier: MIT */
/*
 * What is mounted after a plan was prepared is in the way of the overlay of the place above it; the run looks again. In a mount namespace of
 * its own, with a directory for the mount.
 */
#include <nacre.h>

#include <stdio.h>
#include <sys/mount.h>

int main(int argc, char **argv)
{
	const char *const words[] = { "sh", "-c", "cd \"$0\" && echo x >in && cat in", argv[1],
				      NULL };
	struct nacre_error *error = nacre_error_new();
	struct nacre_plan *plan = nacre_plan_new();
	struct nacre_result result = { .size = sizeof(result) };

	if (argc != 2 || nacre_plan_set(plan, "rm", NULL, error) < 0 ||
	    nacre_plan_command(plan, words, error) < 0 || nacre_plan_prepare(plan, error) < 0 ||
	    mount("none", argv[1], "tmpfs", 0, NULL) < 0) {
		perror("late");
		return 2;
	}
	if (nacre_plan_run(plan, NULL, &result, error) < 0) {
		(void)fputs(nacre_error_text(error, plan, false), stderr);
		return 1;
	}
	return result.status;
}
