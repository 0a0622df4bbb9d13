// SPDX-License-Identifier: MIT
/* nacre status and diff: looking at what a box would change. */
#include "verbs/verbs.h"

#include "nacre.h"
#include "verbs/pager.h"
#include "verbs/patch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int broken_output(void)
{
	perror("nacre: cannot write the output");
	return 125;
}

/* Like verb_print(), of bytes that may hold NULs. */
static int print_bytes(char *take_text, size_t len, int status)
{
	bool bad = fwrite(take_text, 1, len, stdout) != len;

	free(take_text);
	return fflush(stdout) < 0 || bad ? broken_output() : status;
}

/* Columns of the terminal; 80 elsewhere. */
static size_t width(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
}

static void say_running(const struct nacre_changes *changes, const struct nacre_output *output)
{
	if (nacre_changes_running(changes) && !output->quiet)
		(void)fprintf(stderr,
			      "nacre: box %s is running; what it writes now may be missing\n",
			      nacre_changes_box(changes));
}

static int print_stat(struct nacre_changes *changes, const struct nacre_output *output, int answer,
		      const struct nacre_plan *plan, struct nacre_error *error)
{
	char *text = nacre_changes_stat(changes, in_colour(output), width(), error);

	return text ? verb_print(text, answer) : verb_fail(error, plan, output->json);
}

static int status_of(struct nacre_changes *changes, const struct nacre_output *output, int answer,
		     const struct nacre_plan *plan, struct nacre_error *error)
{
	size_t len;
	char *text;

	if (output->stat)
		return print_stat(changes, output, answer, plan, error);
	text = nacre_changes_status(changes, in_colour(output), &len);
	return print_bytes(text, len, answer);
}

static int patch_of(struct nacre_changes *changes, const struct nacre_output *output, int answer,
		    const struct nacre_plan *plan, struct nacre_error *error)
{
	switch (patch_show(changes, output, error)) {
	case 0:
		return answer;
	case PATCH_BROKEN_OUTPUT:
		return broken_output();
	default:
		return verb_fail(error, plan, false);
	}
}

static int diff_of(struct nacre_changes *changes, const struct nacre_output *output, int answer,
		   const struct nacre_plan *plan, struct nacre_error *error)
{
	if (output->stat || output->name_only)
		return status_of(changes, output, answer, plan, error);
	return patch_of(changes, output, answer, plan, error);
}

/* What status and diff share: the box, and what the exit status says. */
static int look(struct nacre_plan *plan, struct nacre_error *error,
		int (*show)(struct nacre_changes *changes, const struct nacre_output *output,
			    int answer, const struct nacre_plan *plan, struct nacre_error *error))
{
	struct nacre_output output = verb_output(plan);
	struct nacre_changes *changes;
	int answer;

	if (nacre_changes_open(plan, nacre_plan_words(plan), &changes, error) < 0)
		return verb_fail(error, plan, output.json);
	say_running(changes, &output);
	answer = output.exit_code && nacre_changes_count(changes) ? 1 : 0;
	answer = show(changes, &output, answer, plan, error);
	nacre_changes_free(changes);
	return answer;
}

static int status(struct nacre_plan *plan, struct nacre_error *error)
{
	return look(plan, error, status_of);
}

static int diff(struct nacre_plan *plan, struct nacre_error *error)
{
	return look(plan, error, diff_of);
}

int verb_status(int argc, char **argv)
{
	return verb_with_plan(argc, argv, VERB_ANY_NUMBER, status);
}

int verb_diff(int argc, char **argv)
{
	return verb_with_plan(argc, argv, VERB_ANY_NUMBER, diff);
}
