// SPDX-License-Identifier: MIT
/* nacre doctor, nacre explain, nacre help: verbs that only tell. */
#include "verbs/verbs.h"

#include "nacre.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int doctor(struct nacre_plan *plan, struct nacre_error *error)
{
	bool ok = false;
	char *text = nacre_doctor(verb_output(plan).json, &ok);

	(void)error;
	return verb_print(text, ok ? 0 : 1);
}

static int explain(struct nacre_plan *plan, struct nacre_error *error)
{
	const char *const *words = nacre_plan_words(plan);
	bool json = verb_output(plan).json;
	char *nearest = NULL, *text, fix[160] = "nacre explain lists all names";
	int status;

	if (!words[0])
		return verb_print(nacre_explain_list(json), 0);
	text = nacre_explain(words[0], json, &nearest);
	if (text)
		return verb_print(text, 0);
	if (nearest)
		(void)snprintf(fix, sizeof(fix), "did you mean %s?", nearest);
	(void)nacre_usage(error, "usage-unknown-name", "there is no explanation of that name", fix);
	status = verb_fail(error, plan, json);
	free(nearest);
	return status;
}

int verb_doctor(int argc, char **argv)
{
	return verb_with_plan(argc, argv, VERB_ANY_NUMBER, doctor);
}

int verb_explain(int argc, char **argv)
{
	return verb_with_plan(argc, argv, VERB_ANY_NUMBER, explain);
}

int verb_help(int argc, char **argv)
{
	char *text = nacre_help(argc > 1 && argv[1][0] != '-' ? argv[1] : NULL);
	struct nacre_error *error;
	int status;

	if (text)
		return verb_print(text, 0);
	error = nacre_error_new();
	(void)nacre_usage(error, "usage-unknown-verb", "there is no such verb",
			  "nacre help lists the verbs");
	status = verb_fail(error, NULL, false);
	nacre_error_free(error);
	return status;
}
