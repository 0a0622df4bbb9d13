/* SPDX-License-Identifier: MIT */
/*
 * A box that lives, and commands that join it one after the other: they share its processes and what they write.
 *
 *	join NAME COMMAND...		each for sh -c
 */
#include <nacre.h>

#include <stdio.h>
#include <stdlib.h>

static int fail(struct nacre_error *error, struct nacre_plan *plan)
{
	char *text = nacre_error_text(error, plan, false);
	int status = nacre_error_status(error, plan);

	(void)fputs(text, stderr);
	free(text);
	nacre_error_free(error);
	nacre_plan_free(plan);
	return status;
}

/* A plan of its own for each: it says what is run, and may say the directory and variables for that. */
static int join(const char *box, const char *command, int *ret_status, struct nacre_error *error)
{
	const char *const words[] = { "sh", "-c", command, NULL };
	struct nacre_plan *plan = nacre_plan_new();
	int answer = nacre_plan_hold(plan, box, error);

	if (answer == 0)
		answer = nacre_plan_command(plan, words, error);
	if (answer == 0)
		answer = nacre_plan_join(plan, ret_status, error);
	if (answer == NACRE_NOT_LIVING)
		answer = nacre_not_living(plan, box, error);
	nacre_plan_free(plan);
	return answer;
}

int main(int argc, char **argv)
{
	struct nacre_error *error = nacre_error_new();
	struct nacre_plan *plan = nacre_plan_new();
	bool made;
	int status;

	if (argc < 2) {
		(void)fputs("usage: join NAME COMMAND...\n", stderr);
		return 2;
	}
	if (nacre_plan_hold(plan, argv[1], error) < 0 || nacre_plan_prepare(plan, error) < 0 ||
	    nacre_plan_start(plan, &made, error) < 0)
		return fail(error, plan);
	(void)printf("%s %s\n", argv[1], made ? "lives" : "lived already");
	for (int i = 2; i < argc; i++) {
		/* The command writes to the same. */
		(void)fflush(stdout);
		if (join(argv[1], argv[i], &status, error) < 0)
			return fail(error, plan);
		(void)printf("%d: %s\n", status, argv[i]);
	}
	if (nacre_stop(plan, argv[1], 1000, error) < 0)
		return fail(error, plan);
	nacre_error_free(error);
	nacre_plan_free(plan);
	return 0;
}
