// SPDX-License-Identifier: MIT
/* nacre status: the verbs that look at what a box would change. */
#include "verbs/verbs.h"

#include "nacre.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Reads the words of a verb; true when its body shall run, else *ret_status is the answer. */
static bool begin(int argc, char **argv, struct nacre_plan *plan, struct nacre_error *error,
		  int *ret_status)
{
	int answer = nacre_plan_read(plan, argv[0], argc - 1, argv + 1, error);

	if (answer == 0)
		return true;
	*ret_status = answer == NACRE_HELP ? verb_print(nacre_help(argv[0]), 0)
					   : verb_fail(error, plan, nacre_plan_output(plan).json);
	return false;
}

/* Like verb_print(), of bytes that may hold NULs. */
static int print_bytes(char *take_text, size_t len, int status)
{
	bool bad = fwrite(take_text, 1, len, stdout) != len;

	free(take_text);
	if (fflush(stdout) < 0 || bad) {
		perror("nacre: cannot write the output");
		return 125;
	}
	return status;
}

static int status(struct nacre_plan *plan, struct nacre_error *error)
{
	struct nacre_output output = nacre_plan_output(plan);
	struct nacre_changes *changes;
	size_t len;
	char *text;
	int answer;

	if (nacre_changes_open(plan, nacre_plan_words(plan), &changes, error) < 0)
		return verb_fail(error, plan, output.json);
	if (nacre_changes_running(changes) && !output.quiet)
		(void)fprintf(stderr,
			      "nacre: box %s is running; what it writes now may be missing\n",
			      nacre_changes_box(changes));
	answer = output.exit_code && nacre_changes_count(changes) ? 1 : 0;
	text = nacre_changes_status(changes, verb_colour(output.colour), &len);
	nacre_changes_free(changes);
	return print_bytes(text, len, answer);
}

int verb_status(int argc, char **argv)
{
	struct nacre_plan *plan = nacre_plan_new();
	struct nacre_error *error = nacre_error_new();
	int answer;

	if (begin(argc, argv, plan, error, &answer))
		answer = status(plan, error);
	nacre_error_free(error);
	nacre_plan_free(plan);
	return answer;
}
