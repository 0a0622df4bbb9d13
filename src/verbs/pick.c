// SPDX-License-Identifier: MIT
/* The questions of nacre try. */
#include "verbs/pick.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

enum answer { YES = 'y', NO = 'n', ALL = 'a', REST_NO = 'q', DIFF = 'd', SPLIT = 's', HELP = '?' };

struct picker {
	struct nacre_changes *changes;
	struct nacre_error *error;
	bool colour;
	enum answer rest; /* ALL or REST_NO once the rest is answered; else 0 */
	uint64_t taken;
};

/* One letter of `letters`, or REST_NO at the end of the input. */
static enum answer ask(const char *question, const char *letters)
{
	char line[64];

	for (;;) {
		(void)fprintf(stderr, "%s [%s]? ", question, letters);
		if (!fgets(line, sizeof(line), stdin)) {
			(void)fputc('\n', stderr);
			return REST_NO;
		}
		for (const char *letter = letters; *letter; letter++)
			if (*letter != ',' && tolower((unsigned char)line[0]) == *letter)
				return (enum answer) * letter;
	}
}

static void help(bool hunk)
{
	(void)fprintf(stderr,
		      "y: apply this %s\n"
		      "n: leave it in the box\n"
		      "a: apply it and all that follow\n"
		      "q: leave it and all that follow\n",
		      hunk ? "hunk" : "change");
	if (!hunk)
		(void)fputs("d: show it\ns: go through it hunk by hunk\n", stderr);
}

static int show_patch(struct picker *p, size_t index)
{
	char *text = nacre_changes_patch(p->changes, index, p->colour, p->error);

	if (!text)
		return -1;
	(void)fputs(text, stderr);
	free(text);
	return 0;
}

/* One hunk: true when it is taken. `rest` is ALL or REST_NO once the rest of the file is answered. */
static int ask_hunk(struct picker *p, size_t index, size_t hunk, enum answer *rest)
{
	char *text;

	if (*rest)
		return *rest == ALL;
	text = nacre_changes_hunk(p->changes, index, hunk, p->colour, p->error);
	if (!text)
		return -1;
	(void)fputs(text, stderr);
	free(text);
	for (;;) {
		enum answer answer = ask("apply this hunk", "y,n,a,q,?");

		if (answer == HELP) {
			help(true);
			continue;
		}
		if (answer == ALL || answer == REST_NO)
			*rest = answer;
		return answer == YES || answer == ALL;
	}
}

static int split(struct picker *p, size_t index, size_t count)
{
	bool *picked = calloc(count + 1, sizeof(*picked)), any = false;
	enum answer rest = 0;
	int answer = picked ? 0 : -1;

	for (size_t i = 0; answer >= 0 && i < count; i++) {
		answer = ask_hunk(p, index, i, &rest);
		picked[i] = answer == 1;
		any = any || picked[i];
	}
	if (answer >= 0)
		answer = nacre_changes_pick_hunks(p->changes, index, picked, p->error);
	free(picked);
	nacre_changes_pick(p->changes, index, any);
	p->taken += any;
	return answer < 0 ? -1 : 0;
}

static void take(struct picker *p, size_t index, bool taken)
{
	nacre_changes_pick(p->changes, index, taken);
	p->taken += taken;
}

static void show_line(const struct nacre_change *change)
{
	(void)fprintf(stderr, "%c %s%s%s%s%s%s%s\n", change->kind, change->shown,
		      change->directory ? "/" : "", *change->note ? "  " : "", change->note,
		      change->runs ? "  (" : "", change->runs ? change->runs : "",
		      change->runs ? ")" : "");
}

/* A change, and what of a whole directory may run by itself. */
static void show_change(struct nacre_changes *changes, size_t index)
{
	size_t count = nacre_changes_size(changes);
	struct nacre_change change = { .size = sizeof(change) };

	nacre_changes_get(changes, index, &change);
	(void)fputc('\n', stderr);
	show_line(&change);
	while (++index < count) {
		nacre_changes_get(changes, index, &change);
		if (!change.inside)
			break;
		if (change.alert)
			show_line(&change);
	}
}

static int ask_change(struct picker *p, size_t index)
{
	struct nacre_change change = { .size = sizeof(change) };
	size_t hunks = 0;

	nacre_changes_get(p->changes, index, &change);
	show_change(p->changes, index);
	if (change.kind == 'M' && nacre_changes_hunks(p->changes, index, &hunks, p->error) < 0)
		return -1;
	for (;;) {
		enum answer answer = ask("apply this change",
					 hunks > 1 ? "y,n,a,q,d,s,?" : "y,n,a,q,d,?");

		switch (answer) {
		case DIFF:
			if (show_patch(p, index) < 0)
				return -1;
			break;
		case SPLIT:
			return split(p, index, hunks);
		case HELP:
			help(false);
			break;
		case ALL:
		case REST_NO:
			p->rest = answer;
			take(p, index, answer == ALL);
			return 0;
		case YES:
		case NO:
			take(p, index, answer == YES);
			return 0;
		}
	}
}

int pick_changes(struct nacre_changes *changes, bool colour, uint64_t *ret_taken,
		 struct nacre_error *error)
{
	struct picker p = { .changes = changes, .error = error, .colour = colour };
	size_t count = nacre_changes_size(changes);

	for (size_t i = 0; i < count; i++) {
		struct nacre_change change = { .size = sizeof(change) };

		nacre_changes_get(changes, i, &change);
		if (change.inside || change.former || !change.picked)
			continue;
		if (p.rest)
			take(&p, i, p.rest == ALL);
		else if (ask_change(&p, i) < 0)
			return -1;
	}
	*ret_taken = p.taken;
	return 0;
}
