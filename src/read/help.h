// SPDX-License-Identifier: MIT
/* What is generated from the option table: help, the man page's options, completions. */
#ifndef NACRE_READ_HELP_H
#define NACRE_READ_HELP_H

#include "base/text.h"

struct verb_row {
	const char *name;
	const char *synopsis; /* "[OPTIONS] [--] COMMAND [ARG...]" */
	const char *help; /* one line */
	const char *const *examples; /* three, each "command\nwhat it does"; NULL-terminated */
	unsigned verb; /* VERB_* bit */
};

/* Examples first, then the options by group. */
void help_verb(const struct verb_row *verb, struct text *out);

/* All verbs, one line each. */
void help_all(const struct verb_row *verbs, struct text *out);

/* The options of a verb as scdoc, for the SYNOPSIS of its page. */
void help_scdoc_synopsis(const struct verb_row *verb, struct text *out);

/* Completion scripts for all verbs. */
void help_bash(const struct verb_row *verbs, struct text *out);
void help_zsh(const struct verb_row *verbs, struct text *out);
void help_fish(const struct verb_row *verbs, struct text *out);

#endif
