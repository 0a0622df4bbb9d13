// SPDX-License-Identifier: MIT
/* What the verbs share: the table, printing. */
#include "verbs/verbs.h"

#include "nacre.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct verb verbs[] = {
	{ "run", verb_run },	     { "status", verb_status }, { "doctor", verb_doctor },
	{ "explain", verb_explain }, { "help", verb_help },	{ 0 },
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

/* The rules that most tools follow (no-color.org, bixense.com/clicolors). */
bool verb_colour(int when)
{
	const char *no = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE"),
		   *term = getenv("TERM");

	if (when)
		return when == 1;
	if (no && *no)
		return false;
	if (force && *force && strcmp(force, "0") != 0)
		return true;
	return isatty(STDOUT_FILENO) && term && strcmp(term, "dumb") != 0;
}
