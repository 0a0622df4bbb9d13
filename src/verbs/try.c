// SPDX-License-Identifier: MIT
/*
 * nacre try: run, show what was changed, and ask what is to become of it. Without a terminal nothing is asked and nothing
 * applied: the box is kept, and what to type next is said.
 */
#include "verbs/commit.h"
#include "verbs/patch.h"
#include "verbs/pick.h"
#include "verbs/run.h"
#include "verbs/verbs.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct trial {
	struct nacre_plan *plan;
	struct nacre_output output;
	struct nacre_error *error;
	const char *words[2]; /* the box, as the words of a verb on changes */
	int status; /* of the command */
	bool named; /* by the user: it may have held something before */
};

static int failed(const struct trial *t)
{
	return verb_fail(t->error, t->plan, t->output.json);
}

static struct nacre_changes *open_box(struct trial *t)
{
	struct nacre_changes *changes = NULL;

	return nacre_changes_open(t->plan, t->words, &changes, t->error) < 0 ? NULL : changes;
}

static int show_list(struct trial *t, struct nacre_changes *changes)
{
	size_t len;
	char *text = nacre_changes_status(changes, in_colour(&t->output), &len);

	(void)fprintf(stderr, "\nnacre: status %d; nothing is written yet\n", t->status);
	(void)fwrite(text, 1, len, t->output.json ? stdout : stderr);
	free(text);
	return fflush(stdout);
}

/* What the command did stays its answer; a failure of ours is one. */
static int apply(struct trial *t, struct nacre_changes *changes)
{
	int answer = commit_changes(changes, &t->output, t->error);

	if (answer < 0)
		return failed(t);
	return answer == NACRE_CONFLICTS ? STATUS_CONFLICTS : t->status;
}

static int discard(struct trial *t, struct nacre_changes *changes)
{
	struct nacre_commit_result result = { .size = sizeof(result) };

	/* A box that was made for this goes with what is in it. */
	if (t->named ? nacre_changes_discard(changes, &result, t->error) < 0
		     : nacre_boxes_remove(t->plan, t->words, t->error) < 0)
		return failed(t);
	free(result.report);
	if (!t->output.quiet)
		(void)fputs("nacre: everything was dropped\n", stderr);
	return t->status;
}

static int keep(struct trial *t)
{
	if (!t->output.quiet)
		(void)fprintf(stderr,
			      "nacre: kept in box %s; go on with: nacre status %s, nacre diff %s, "
			      "nacre commit %s, nacre rm %s\n",
			      t->words[0], t->words[0], t->words[0], t->words[0], t->words[0]);
	return t->status;
}

static void show_diff(struct trial *t, struct nacre_changes *changes)
{
	if (patch_show(changes, &t->output, t->error) < 0)
		(void)failed(t);
}

/* Path by path, hunk by hunk; then what was taken is applied. */
static int select_some(struct trial *t, struct nacre_changes *changes)
{
	uint64_t taken;

	if (pick_changes(changes, in_colour(&t->output), &taken, t->error) < 0)
		return failed(t);
	if (!taken)
		return keep(t);
	return apply(t, changes);
}

static int ask(struct trial *t, struct nacre_changes *changes)
{
	char line[64];

	for (;;) {
		(void)fputs("[a]pply, [d]iff, [s]elect, [k]eep, [q] discard? ", stderr);
		if (!fgets(line, sizeof(line), stdin)) {
			(void)fputc('\n', stderr);
			return keep(t);
		}
		switch (tolower((unsigned char)line[0])) {
		case 'a':
			return apply(t, changes);
		case 'd':
			show_diff(t, changes);
			break;
		case 's':
			return select_some(t, changes);
		case 'k':
			return keep(t);
		case 'q':
			return discard(t, changes);
		default:
			(void)fputs("a: apply all to the base\n"
				    "d: show what would be applied\n"
				    "s: go through the changes one by one, and apply some\n"
				    "k: keep them in the box, and decide later\n"
				    "q: drop them all\n",
				    stderr);
		}
	}
}

static int decide(struct trial *t)
{
	struct nacre_changes *changes = open_box(t);
	int status;

	if (!changes)
		return failed(t);
	(void)show_list(t, changes);
	switch (t->output.answer) {
	case NACRE_ANSWER_APPLY:
		status = apply(t, changes);
		break;
	case NACRE_ANSWER_DISCARD:
		status = discard(t, changes);
		break;
	case NACRE_ANSWER_KEEP:
		status = keep(t);
		break;
	case NACRE_ANSWER_ASK:
	default:
		status = isatty(STDIN_FILENO) && isatty(STDERR_FILENO) ? ask(t, changes) : keep(t);
	}
	nacre_changes_free(changes);
	return status;
}

int verb_try(int argc, char **argv)
{
	struct nacre_result result = { .size = sizeof(result) };
	struct trial t = { .plan = verb_plan(), .error = nacre_error_new() };
	bool ran = run_words(t.plan, argc, argv, &result, t.error, &t.status);
	int answer = t.status;

	t.output = verb_output(t.plan);
	if (ran && result.kept && result.changes) {
		t.words[0] = result.name;
		t.named = result.named;
		answer = decide(&t);
	} else if (ran && !t.output.quiet) {
		(void)fprintf(stderr, "nacre: status %d; nothing was changed\n", answer);
	}
	free(result.name);
	free(result.path);
	nacre_error_free(t.error);
	nacre_plan_free(t.plan);
	return answer;
}
