// SPDX-License-Identifier: MIT
/* How a verb shows much text on a terminal: whether in colour, and through a pager. */
#ifndef NACRE_VERBS_PAGER_H
#define NACRE_VERBS_PAGER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum colour_choice { CHOICE_AUTO, CHOICE_ALWAYS, CHOICE_NEVER };

/* What colours depend on: values of the environment, NULL when unset, and the output. */
struct colour_facts {
	const char *no_color; /* NO_COLOR: no-color.org */
	const char *clicolor_force; /* CLICOLOR_FORCE: bixense.com/clicolors */
	const char *term; /* TERM */
	bool terminal; /* the output is one */
};

/* --color, then NO_COLOR, then CLICOLOR_FORCE, then whether a terminal that knows colours is there. */
bool colour_wanted(enum colour_choice choice, const struct colour_facts *facts);

/* The facts of this process about stdout. Asked for before a pager takes its place. */
struct colour_facts colour_facts(void);

/* Where stdout goes to meanwhile. Zeroed is ready. */
struct pager {
	pid_t pid; /* 0: there is none */
	int stdout_fd; /* stdout as it was */
	int sys; /* why a write failed */
	void (*old_sigpipe)(int), (*old_sigint)(int), (*old_sigquit)(int);
};

/*
 * The pager's command line: NACRE_PAGER, or PAGER, or less. NULL for none: one of them is "cat" or empty. A choice that is made
 * is not looked behind.
 */
const char *pager_command(const char *nacre_pager, const char *pager);

/*
 * Sends stdout to the pager, when it is a terminal. Without a pager, or one that cannot be started, it stays where it is. Until
 * pager_end() all output goes through pager_write().
 */
void pager_begin(struct pager *p);

/*
 * False when nobody reads any more, because the user left the pager, or stdout is broken: then there is no point in going on,
 * and pager_end() tells which.
 */
bool pager_write(struct pager *p, const char *bytes, size_t n);

/* Waits until the user leaves the pager, and puts stdout back. 0, or -1 with errno when stdout was broken. */
int pager_end(struct pager *p);

#endif
