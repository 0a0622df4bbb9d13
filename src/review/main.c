// SPDX-License-Identifier: MIT
/* nacre-review, which nacre review executes: a program of its own, as curses has no place in the runner. */
#include "base/cleanup.h"
#include "review/review.h"
#include "review/screen.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>

static int print_error(struct box *b)
{
	_cleanup_free_ char *text = nacre_error_text(b->error, b->plan, false);

	(void)fputs(text, stderr);
	return nacre_error_status(b->error, NULL);
}

static int print_help(void)
{
	_cleanup_free_ char *text = nacre_help("review");

	return fputs(text, stdout) < 0 || fflush(stdout) < 0 ? 125 : 0;
}

static int no_terminal(struct box *b, const char *message)
{
	(void)nacre_usage(b->error, "review-no-terminal", message, NULL);
	return print_error(b);
}

/* What came of it, in one line: the screen is gone. */
static void report(const struct review *r)
{
	const char *name = nacre_changes_box(r->box.changes);
	unsigned long long applied = r->applied, dropped = r->dropped;

	if (dropped)
		(void)fprintf(stderr, "nacre: %llu change%s dropped from box %s\n", dropped,
			      dropped == 1 ? "" : "s", name);
	if (applied)
		(void)fprintf(stderr, "nacre: %llu change%s applied; take back with: nacre undo\n",
			      applied, applied == 1 ? "" : "s");
	else
		(void)fprintf(stderr,
			      "nacre: nothing was applied; the box is kept: nacre review %s\n",
			      name);
}

/* Ends as the signal would have ended us, with the terminal as it was. */
static int end_by(int sig)
{
	(void)signal(sig, SIG_DFL);
	(void)raise(sig);
	return 128 + sig;
}

static int review(struct review *r)
{
	if (box_read(&r->box, screen_is_utf8()) < 0)
		return print_error(&r->box);
	if (tree_at(&r->box.tree) == TREE_NONE) {
		(void)fprintf(stderr, "nacre: box %s holds no change\n",
			      nacre_changes_box(r->box.changes));
		return 0;
	}
	if (!screen_open())
		return no_terminal(&r->box, "this terminal cannot place its cursor, or its type "
					    "(TERM) is not known");
	review_recount(r);
	review_loop(r);
	screen_close();
	report(r);
	if (screen_signal())
		return end_by(screen_signal());
	return r->failed ? print_error(&r->box) : 0;
}

int main(int argc, char **argv)
{
	struct review r = { .page_node = TREE_NONE };
	int status;

	(void)setlocale(LC_CTYPE, "");
	box_init(&r.box);
	status = box_words(&r.box, argc - 1, argv + 1);
	if (status == NACRE_HELP)
		status = print_help();
	else if (status < 0)
		status = print_error(&r.box);
	else if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		status = no_terminal(&r.box, "a review needs a terminal");
	else
		status = review(&r);
	page_release(&r.page);
	text_release(&r.message);
	text_release(&r.word);
	box_release(&r.box);
	return status;
}
