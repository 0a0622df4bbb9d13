// SPDX-License-Identifier: MIT
/* nacre run: read the words, prepare, show or run, say what was kept. */
#include "verbs/run.h"

#include "verbs/verbs.h"

#include "nacre.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --verbose: from inside the child, so without stdio's buffers. */
static void trace(const char *sentence)
{
	char line[1200];
	int n = snprintf(line, sizeof(line), "nacre: %s\n", sentence);

	if (n > (int)sizeof(line) - 1)
		n = (int)sizeof(line) - 1;
	if (n > 0 && write(STDERR_FILENO, line, (size_t)n) < 0)
		return;
}

/* Lines to stderr, if any. Takes them. */
static void say(char *lines)
{
	if (lines)
		(void)fputs(lines, stderr);
	free(lines);
}

/* One line, and only when there is something to say. */
static void report(const struct nacre_result *result, const char *root)
{
	if (result->kept && result->changes)
		(void)fprintf(stderr,
			      "nacre: %llu change%s kept in box %s (%s); "
			      "go on with: nacre run -n %s%s%s\n",
			      (unsigned long long)result->changes, result->changes == 1 ? "" : "s",
			      result->name, result->path, result->name, root ? " --root " : "",
			      root ? root : "");
}

bool run_announce(struct nacre_plan *plan, int *ret_status)
{
	struct nacre_output output = verb_output(plan);

	if (output.dry_run) {
		*ret_status = verb_print(output.as_profile ? nacre_plan_profile(plan)
							   : nacre_plan_show(plan, output.json),
					 0);
		return false;
	}
	if (!output.quiet)
		say(nacre_plan_warnings(plan));
	if (output.verbose)
		say(nacre_plan_left_out(plan));
	return true;
}

/* Runs the prepared plan, or shows it. True when it ran; else *ret_status is the answer. */
static bool run_or_show(struct nacre_plan *plan, struct nacre_result *result,
			struct nacre_error *error, int *ret_status)
{
	struct nacre_output output = verb_output(plan);

	if (!run_announce(plan, ret_status))
		return false;
	if (nacre_plan_become(plan, output.verbose ? trace : NULL, result, error) < 0) {
		*ret_status = verb_fail(error, plan, false);
		return false;
	}
	*ret_status = result->status;
	return true;
}

bool run_words(struct nacre_plan *plan, int argc, char **argv, struct nacre_result *result,
	       struct nacre_error *error, int *ret_status)
{
	int answer = nacre_plan_read(plan, argv[0], argc - 1, argv + 1, error);
	struct nacre_output output = verb_output(plan);

	if (answer == NACRE_HELP) {
		*ret_status = verb_print(nacre_help(argv[0]), 0);
		return false;
	}
	if (answer == 0 && !nacre_plan_words(plan)[0] && !output.dry_run)
		answer = nacre_usage(error, "usage-no-command", "no command given",
				     "say what to run: nacre run [OPTIONS] -- COMMAND");
	/* One that lives is joined: there is nothing to sum up afterwards. */
	if (answer == 0 && nacre_plan_name(plan) && !output.dry_run && strcmp(argv[0], "run") == 0) {
		answer = nacre_plan_join(plan, ret_status, error);
		if (answer == 0)
			return false;
		answer = answer == NACRE_NOT_LIVING ? 0 : answer;
	}
	if (answer < 0 || nacre_plan_prepare(plan, error) < 0) {
		*ret_status = verb_fail(error, plan, output.json);
		return false;
	}
	return run_or_show(plan, result, error, ret_status);
}

int verb_run(int argc, char **argv)
{
	struct nacre_plan *plan = verb_plan();
	struct nacre_error *error = nacre_error_new();
	struct nacre_result result = { .size = sizeof(result) };
	int status;

	if (run_words(plan, argc, argv, &result, error, &status) && !verb_output(plan).quiet)
		report(&result, nacre_plan_root(plan));
	/* Nothing is released: the process ends here, and unmapping page by page is 4 % of a start. */
	return status;
}
