// SPDX-License-Identifier: MIT
/* nacre as PROGRAM, and a link of that name: the words, messages and statuses of another program. */
#include "verbs/run.h"
#include "verbs/verbs.h"

#include "nacre.h"

#include <stdlib.h>
#include <string.h>

/* argv[0] is the program's name. */
static int run_as(int argc, char **argv)
{
	struct nacre_plan *plan = verb_plan();
	struct nacre_error *error = nacre_error_new();
	struct nacre_result result = { .size = sizeof(result) };
	char *text;
	int answer = nacre_plan_read_as(plan, argv[0], argc, argv, &text, error), status = 0;

	if (answer == NACRE_HELP)
		return verb_print(text, 0);
	if (answer < 0 && text)
		return verb_print(text, verb_fail(error, plan, false));
	if (answer == 0 && nacre_plan_shared(plan)) {
		answer = nacre_plan_share(plan, &status, error);
		return answer < 0 ? verb_fail(error, plan, false) : status;
	}
	if (answer == 0)
		answer = nacre_plan_prepare(plan, error);
	if (answer == 0 && !run_announce(plan, &status))
		return status;
	if (answer == 0)
		answer = nacre_plan_become(plan, NULL, &result, error);
	/* Nothing is released: the process ends here. */
	return answer < 0 ? verb_fail(error, plan, false) : result.status;
}

int verb_as(int argc, char **argv)
{
	struct nacre_error *error;
	int status;

	if (argc > 1 && argv[1][0] != '-')
		return run_as(argc - 1, argv + 1);
	if (argc > 1 && (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0))
		return verb_print(nacre_help(argv[0]), 0);
	error = nacre_error_new();
	(void)nacre_usage(error, "usage-no-program", "no program named",
			  "say what to stand in for: nacre as PROGRAM [ARG...]");
	status = verb_fail(error, NULL, false);
	nacre_error_free(error);
	return status;
}

bool verb_as_link(const char *called, int argc, char **argv, int *ret_status)
{
	const char *slash = strrchr(called, '/');
	const char *name = slash ? slash + 1 : called;

	if (!nacre_stands_for(name))
		return false;
	argv[0] = (char *)name;
	*ret_status = run_as(argc, argv);
	return true;
}
