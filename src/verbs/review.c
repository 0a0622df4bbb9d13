// SPDX-License-Identifier: MIT
/* nacre review: its words are read here, so that help and mistakes need no terminal; the rest is nacre-review's. */
#include "verbs/helper.h"
#include "verbs/verbs.h"

#include "nacre.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Without curses when nacre was built there is no nacre-review, and the installation is not to blame. */
static int missing(struct nacre_error *error, int sys)
{
	char message[160];

	if (sys != ENOENT) {
		(void)snprintf(message, sizeof(message), "cannot execute nacre-review: %s",
			       strerror(sys));
		return nacre_usage(error, "review-missing", message, NULL);
	}
	return nacre_usage(error, "review-missing", "nacre-review is not there",
			   NACRE_REVIEW ? "install nacre with all its programs"
					: "install libncurses-dev and build nacre again");
}

int verb_review(int argc, char **argv)
{
	static char program[] = "nacre-review";
	struct nacre_plan *plan = verb_plan();
	struct nacre_error *error = nacre_error_new();
	int status, answer = nacre_plan_read(plan, argv[0], argc - 1, argv + 1, error);

	if (answer == 0) {
		argv[0] = program;
		answer = missing(error, helper_exec(program, argv));
	}
	status = answer == NACRE_HELP ? verb_print(nacre_help(argv[0]), 0)
				      : verb_fail(error, plan, false);
	nacre_error_free(error);
	nacre_plan_free(plan);
	return status;
}
