// SPDX-License-Identifier: MIT
/* nacre ls, inspect, rm, gc: boxes as such. And __complete, which the completion scripts call. */
#include "verbs/verbs.h"

#include "nacre.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Of the terminal that stdout is; 0 when it is none. */
static unsigned terminal_width(void)
{
	struct winsize size = { 0 };

	return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col
										     : 0;
}

static int list(struct nacre_plan *plan, struct nacre_error *error)
{
	char *text = nacre_boxes_list(plan, terminal_width(), error);

	if (!text)
		return verb_fail(error, plan, verb_output(plan).json);
	if (!*text)
		(void)fputs("nacre: there is no box; nacre run COMMAND makes one when the command "
			    "changes something\n",
			    stderr);
	return verb_print(text, 0);
}

static int inspect(struct nacre_plan *plan, struct nacre_error *error)
{
	char *text = nacre_box_show(plan, nacre_plan_words(plan)[0], error);

	return text ? verb_print(text, 0) : verb_fail(error, plan, verb_output(plan).json);
}

static int remove_boxes(struct nacre_plan *plan, struct nacre_error *error)
{
	const char *const *words = nacre_plan_words(plan);
	bool all = verb_output(plan).all;

	if (all && words[0])
		(void)nacre_usage(error, "usage-extra-word", "both --all and a name are given",
				  NULL);
	else if (!all && !words[0])
		(void)nacre_usage(error, "usage-no-box", "no box named", NULL);
	else if (nacre_boxes_remove(plan, all ? NULL : words, error) == 0)
		return 0;
	return verb_fail(error, plan, false);
}

static int clean(struct nacre_plan *plan, struct nacre_error *error)
{
	char *report;
	int answer = nacre_boxes_clean(plan, &report, error), status = verb_print(report, 0);

	return answer < 0 ? verb_fail(error, plan, false) : status;
}

int verb_ls(int argc, char **argv)
{
	return verb_with_plan(argc, argv, 0, list);
}

int verb_inspect(int argc, char **argv)
{
	return verb_with_plan(argc, argv, 1, inspect);
}

int verb_rm(int argc, char **argv)
{
	return verb_with_plan(argc, argv, VERB_ANY_NUMBER, remove_boxes);
}

int verb_gc(int argc, char **argv)
{
	return verb_with_plan(argc, argv, 0, clean);
}

/* What a script can ask for. Each gets the words behind its name, and prints one candidate a line. */
static const struct {
	const char *what;
	char *(*list)(const struct nacre_plan *plan, const char *const *words);
} completions[] = {
	{ "boxes", nacre_complete_boxes },
	{ "profiles", nacre_complete_profiles },
};

int verb_complete(int argc, char **argv)
{
	struct nacre_plan *plan = verb_plan();
	int status = 0;

	for (size_t i = 0; argc > 1 && i < sizeof(completions) / sizeof(completions[0]); i++)
		if (strcmp(completions[i].what, argv[1]) == 0)
			status = verb_print(
				completions[i].list(plan, (const char *const *)argv + 2), 0);
	nacre_plan_free(plan);
	return status;
}
