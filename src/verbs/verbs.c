// SPDX-License-Identifier: MIT
/* What the verbs share: the table, printing. */
#include "verbs/verbs.h"

#include "nacre.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const struct verb verbs[] = {
	{ "run", verb_run },
	{ "status", verb_status },
	{ "diff", verb_diff },
	{ "ls", verb_ls },
	{ "inspect", verb_inspect },
	{ "rm", verb_rm },
	{ "gc", verb_gc },
	{ "doctor", verb_doctor },
	{ "explain", verb_explain },
	{ "help", verb_help },
	{ "__complete", verb_complete }, /* for the completion scripts; help does not show it */
	{ 0 },
};

int verb_fail(const struct nacre_error *error, const struct nacre_plan *plan, bool json)
{
	char *text = nacre_error_text(error, plan, json);

	(void)fputs(text, json ? stdout : stderr);
	free(text);
	return nacre_error_status(error);
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
