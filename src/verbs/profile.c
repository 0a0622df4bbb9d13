// SPDX-License-Identifier: MIT
/* nacre profile: lists the profiles, or shows one. */
#include "verbs/verbs.h"

#include "nacre.h"

#include <stdio.h>
#include <string.h>

static int list(struct nacre_plan *plan, struct nacre_error *error)
{
	bool json = verb_output(plan).json;
	char *text = nacre_profiles(plan, json, error);

	if (!text)
		return verb_fail(error, plan, json);
	if (!*text)
		(void)fputs("nacre: there is no profile; nacre-profile(5) tells where one is put\n",
			    stderr);
	return verb_print(text, 0);
}

static int profile(struct nacre_plan *plan, struct nacre_error *error)
{
	const char *const *words = nacre_plan_words(plan);
	bool json = verb_output(plan).json;
	char *text;

	if (!words[0] || (strcmp(words[0], "list") == 0 && !words[1]))
		return list(plan, error);
	if (strcmp(words[0], "show") != 0 || !words[1] || words[2]) {
		(void)nacre_usage(error, "usage-words", "profile takes list, or show and a name",
				  "write nacre profile list, or nacre profile show NAME");
		return verb_fail(error, plan, json);
	}
	text = nacre_profile_show(plan, words[1], json, error);
	return text ? verb_print(text, 0) : verb_fail(error, plan, json);
}

int verb_profile(int argc, char **argv)
{
	return verb_with_plan(argc, argv, VERB_ANY_NUMBER, profile);
}
