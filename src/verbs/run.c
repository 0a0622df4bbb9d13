// SPDX-License-Identifier: MIT
/* nacre run: read the words, prepare, show or run, say what was kept. */
#include "verbs/verbs.h"

#include "nacre.h"

#include <stdio.h>
#include <stdlib.h>
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

static void warn(const struct nacre_plan *plan)
{
	char *warnings = nacre_plan_warnings(plan);

	if (warnings)
		(void)fputs(warnings, stderr);
	free(warnings);
}

/* One line, and only when there is something to say. */
static void report(const struct nacre_result *result)
{
	if (result->kept && result->changes)
		(void)fprintf(
			stderr,
			"nacre: %llu change%s kept in box %s (%s); go on with: nacre run -n %s\n",
			(unsigned long long)result->changes, result->changes == 1 ? "" : "s",
			result->name, result->path, result->name);
}

static int run(struct nacre_plan *plan, struct nacre_output output, struct nacre_error *error)
{
	struct nacre_result result = { 0 };
	int status;

	if (nacre_plan_run(plan, output.verbose ? trace : NULL, &result, error) < 0)
		return verb_fail(error, plan, false);
	if (!output.quiet)
		report(&result);
	status = result.status;
	free(result.name);
	free(result.path);
	return status;
}

static int run_or_show(struct nacre_plan *plan, struct nacre_error *error)
{
	struct nacre_output output = nacre_plan_output(plan);

	if (!nacre_plan_words(plan)[0] && !output.dry_run) {
		(void)nacre_usage(error, "usage-no-command", "no command given",
				  "say what to run: nacre run [OPTIONS] -- COMMAND");
		return verb_fail(error, plan, output.json);
	}
	if (nacre_plan_prepare(plan, error) < 0)
		return verb_fail(error, plan, output.json);
	if (output.dry_run)
		return verb_print(nacre_plan_show(plan, output.json), 0);
	if (!output.quiet)
		warn(plan);
	return run(plan, output, error);
}

int verb_run(int argc, char **argv)
{
	struct nacre_plan *plan = nacre_plan_new();
	struct nacre_error *error = nacre_error_new();
	int answer = nacre_plan_read(plan, argv[0], argc - 1, argv + 1, error);
	int status;

	if (answer == NACRE_HELP)
		status = verb_print(nacre_help(argv[0]), 0);
	else if (answer < 0)
		status = verb_fail(error, plan, nacre_plan_output(plan).json);
	else
		status = run_or_show(plan, error);
	/* Nothing is released: the process ends here, and unmapping page by page is 4 % of a start. */
	return status;
}
