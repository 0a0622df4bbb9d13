// SPDX-License-Identifier: MIT
/* What the verbs share: the table, printing. */
#include "verbs/verbs.h"

#include "nacre.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const struct verb verbs[] = {
	{ "run", verb_run },
	{ "enter", verb_enter },
	{ "exec", verb_exec },
	{ "start", verb_start },
	{ "stop", verb_stop },
	{ "status", verb_status },
	{ "diff", verb_diff },
	{ "review", verb_review },
	{ "try", verb_try },
	{ "commit", verb_commit },
	{ "undo", verb_undo },
	{ "discard", verb_discard },
	{ "ls", verb_ls },
	{ "inspect", verb_inspect },
	{ "rm", verb_rm },
	{ "gc", verb_gc },
	{ "save", verb_save },
	{ "layers", verb_layers },
	{ "profile", verb_profile },
	{ "export", verb_export },
	{ "import", verb_import },
	{ "as", verb_as },
	{ "doctor", verb_doctor },
	{ "explain", verb_explain },
	{ "help", verb_help },
	{ "__complete", verb_complete }, /* for the completion scripts; help does not show it */
	{ 0 },
};

struct nacre_plan *verb_plan(void)
{
	struct nacre_plan *plan = nacre_plan_new();

	nacre_plan_own_process(plan);
	return plan;
}

struct nacre_output verb_output(const struct nacre_plan *plan)
{
	struct nacre_output output = { .size = sizeof(output) };

	nacre_plan_output(plan, &output);
	return output;
}

int verb_fail(const struct nacre_error *error, const struct nacre_plan *plan, bool json)
{
	char *text = nacre_error_text(error, plan, json);

	(void)fputs(text, json ? stdout : stderr);
	free(text);
	return nacre_error_status(error, plan);
}

int verb_print(char *take_text, int status)
{
	int bad = fputs(take_text, stdout) < 0;

	free(take_text);
	if (fflush(stdout) < 0 || bad) {
		perror("nacre: cannot write the output");
		return 125;
	}
	return status;
}

/*
 * Reads the words of a verb that takes up to `most` of them; true when its body shall run, else *ret_status is the answer.
 */
static bool begin(int argc, char **argv, int most, struct nacre_plan *plan,
		  struct nacre_error *error, int *ret_status)
{
	int answer = nacre_plan_read(plan, argv[0], argc - 1, argv + 1, error);
	const char *const *words = nacre_plan_words(plan);

	if (answer == NACRE_HELP) {
		*ret_status = verb_print(nacre_help(argv[0]), 0);
		return false;
	}
	for (int i = 0; answer == 0 && words[i]; i++)
		if (i == most)
			answer = nacre_usage(error, "usage-extra-word",
					     most ? "there is more than one name"
						  : "this verb takes no name",
					     NULL);
	if (answer == 0)
		return true;
	*ret_status = verb_fail(error, plan, verb_output(plan).json);
	return false;
}

int verb_with_plan(int argc, char **argv, int most,
		   int (*body)(struct nacre_plan *plan, struct nacre_error *error))
{
	struct nacre_plan *plan = verb_plan();
	struct nacre_error *error = nacre_error_new();
	int status;

	if (begin(argc, argv, most, plan, error, &status))
		status = body(plan, error);
	nacre_error_free(error);
	nacre_plan_free(plan);
	return status;
}
