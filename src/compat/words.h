// SPDX-License-Identifier: MIT
/*
 * The words of programs that read them by getopt_long(3): letters, several in one word, long names that may be shortened, values
 * in the same word or the next one. Options end at the first word that is none, or at "--".
 */
#ifndef NACRE_COMPAT_WORDS_H
#define NACRE_COMPAT_WORDS_H

#include "plan/plan.h"

#include <stdbool.h>

struct error;

/* A table of them ends with a zero letter. */
struct word_option {
	char letter;
	const char *name; /* or NULL: it has none */
	bool takes; /* a value */
};

struct words {
	struct plan *plan;
	const struct word_option *options;
	int argc;
	char **argv; /* [0] is the program itself */
	int at; /* the next word; zeroed is before the first */
	int first; /* word of the option that was read last */
	const char *letters; /* that are left of its word, or NULL */
	const char *value; /* of that option, or NULL */
	const char *origin; /* that option as typed */
};

/* The next option: its letter. 0: there is none, and w->at is the word after them. -1 with *err. */
int words_next(struct words *w, struct error *err);

/* Shows the option that was read last, underlined, in an error about it. Returns -1. */
int words_underline(const struct words *w, struct error *err);

/* What is left becomes the plan's command. */
void words_command(struct words *w);

#endif
