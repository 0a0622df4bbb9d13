// SPDX-License-Identifier: MIT
/* nacre status and diff: looking at what a box would change. */
#include "verbs/verbs.h"

#include "nacre.h"
#include "verbs/pager.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
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

static bool in_colour(const struct nacre_output *output)
{
	struct colour_facts facts = colour_facts();

	return colour_wanted((enum colour_choice)output->colour, &facts);
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

static int print_stat(struct nacre_changes *changes, const struct nacre_output *output, int status,
		      const struct nacre_plan *plan, struct nacre_error *error)
{
	char *text = nacre_changes_stat(changes, in_colour(output), width(), error);

	return text ? verb_print(text, status) : verb_fail(error, plan, output->json);
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

static bool to_pager(void *arg, const char *bytes, size_t n)
{
	return pager_write(arg, bytes, n);
}

static int patch_of(struct nacre_changes *changes, const struct nacre_output *output, int answer,
		    const struct nacre_plan *plan, struct nacre_error *error)
{
	bool colour = in_colour(output), terminal = isatty(STDOUT_FILENO);
	struct pager pager = { 0 };
	int failed;

	if (terminal && !output->no_pager)
		pager_begin(&pager);
	failed = nacre_changes_diff(changes, colour, terminal, to_pager, &pager, error);
	if (pager_end(&pager) < 0)
		return broken_output();
	return failed < 0 ? verb_fail(error, plan, false) : answer;
}

static int diff_of(struct nacre_changes *changes, const struct nacre_output *output, int answer,
		   const struct nacre_plan *plan, struct nacre_error *error)
{
	if (output->stat || output->name_only)
		return status_of(changes, output, answer, plan, error);
	return patch_of(changes, output, answer, plan, error);
}

/* What status and diff share: the box, and what the exit status says. */
static int look(int argc, char **argv,
		int (*show)(struct nacre_changes *changes, const struct nacre_output *output,
			    int answer, const struct nacre_plan *plan, struct nacre_error *error))
{
	struct nacre_plan *plan = nacre_plan_new();
	struct nacre_error *error = nacre_error_new();
	struct nacre_changes *changes = NULL;
	struct nacre_output output;
	int answer;

	if (begin(argc, argv, plan, error, &answer)) {
		output = nacre_plan_output(plan);
		if (nacre_changes_open(plan, nacre_plan_words(plan), &changes, error) < 0) {
			answer = verb_fail(error, plan, output.json);
		} else {
			say_running(changes, &output);
			answer = output.exit_code && nacre_changes_count(changes) ? 1 : 0;
			answer = show(changes, &output, answer, plan, error);
		}
	}
	nacre_changes_free(changes);
	nacre_error_free(error);
	nacre_plan_free(plan);
	return answer;
}

int verb_status(int argc, char **argv)
{
	return look(argc, argv, status_of);
}

int verb_diff(int argc, char **argv)
{
	return look(argc, argv, diff_of);
}
