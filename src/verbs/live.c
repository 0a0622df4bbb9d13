// SPDX-License-Identifier: MIT
/* nacre enter, start, stop: boxes that live. */
#include "verbs/run.h"
#include "verbs/verbs.h"

#include "nacre.h"

#include <stdio.h>

/* Reads; true when there is something to do. */
static bool read_words(struct nacre_plan *plan, int argc, char **argv, struct nacre_error *error,
		       int *ret_status)
{
	int answer = nacre_plan_read(plan, argv[0], argc - 1, argv + 1, error);

	if (answer == NACRE_HELP) {
		*ret_status = verb_print(nacre_help(argv[0]), 0);
		return false;
	}
	if (answer == 0 && !nacre_plan_name(plan))
		answer = nacre_usage(error, "usage-no-box", "no box named",
				     "say which: nacre enter NAME");
	if (answer < 0)
		*ret_status = verb_fail(error, plan, verb_output(plan).json);
	return answer == 0;
}

/* Prepares, and shows what was asked for; true when the box shall be made or joined. */
static bool prepare(struct nacre_plan *plan, struct nacre_error *error, int *ret_status)
{
	if (nacre_plan_prepare(plan, error) == 0)
		return run_announce(plan, ret_status);
	*ret_status = verb_fail(error, plan, verb_output(plan).json);
	return false;
}

int verb_enter(int argc, char **argv)
{
	struct nacre_plan *plan = verb_plan();
	struct nacre_error *error = nacre_error_new();
	int status = 0, answer = NACRE_NOT_LIVING;

	if (!read_words(plan, argc, argv, error, &status))
		return status;
	/* A box that lives needs no preparation. */
	if (!verb_output(plan).dry_run)
		answer = nacre_plan_join(plan, &status, error);
	if (answer == NACRE_NOT_LIVING) {
		if (!prepare(plan, error, &status))
			return status;
		answer = nacre_plan_enter(plan, &status, error);
	}
	/* Nothing is released: the process ends here. */
	return answer < 0 ? verb_fail(error, plan, false) : status;
}

int verb_exec(int argc, char **argv)
{
	struct nacre_plan *plan = verb_plan();
	struct nacre_error *error = nacre_error_new();
	int status = 0, answer = 0;

	if (!read_words(plan, argc, argv, error, &status))
		return status;
	if (!nacre_plan_words(plan)[0])
		answer = nacre_usage(error, "usage-no-command", "no command given",
				     "say what to run: nacre exec NAME COMMAND");
	if (answer == 0)
		answer = nacre_plan_join(plan, &status, error);
	if (answer == NACRE_NOT_LIVING)
		answer = nacre_not_living(plan, nacre_plan_name(plan), error);
	return answer < 0 ? verb_fail(error, plan, false) : status;
}

int verb_start(int argc, char **argv)
{
	struct nacre_plan *plan = verb_plan();
	struct nacre_error *error = nacre_error_new();
	bool made = false;
	int status = 0;

	if (read_words(plan, argc, argv, error, &status) && prepare(plan, error, &status)) {
		if (nacre_plan_start(plan, &made, error) < 0)
			status = verb_fail(error, plan, false);
		else if (!verb_output(plan).quiet)
			(void)fprintf(stderr, "nacre: the box %s %s; get in with: nacre enter %s\n",
				      nacre_plan_name(plan), made ? "lives" : "lived already",
				      nacre_plan_name(plan));
	}
	nacre_error_free(error);
	nacre_plan_free(plan);
	return status;
}

static int stop(struct nacre_plan *plan, struct nacre_error *error)
{
	if (!nacre_plan_name(plan))
		(void)nacre_usage(error, "usage-no-box", "no box named", "nacre ls lists them");
	else if (nacre_stop(plan, nacre_plan_name(plan), verb_output(plan).grace_ms, error) == 0)
		return 0;
	return verb_fail(error, plan, false);
}

int verb_stop(int argc, char **argv)
{
	return verb_with_plan(argc, argv, 0, stop);
}
