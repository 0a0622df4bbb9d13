// SPDX-License-Identifier: MIT
/*
 * The command line as a plan. One table of rows is the only grammar: parser, -h, did-you-mean, the synopsis of the
 * man page and the completions of three shells read it (read/help.h).
 *
 * To add an option: a row in option_rows (read/options.c), a taker there or in read/take.c, a paragraph in
 * man/nacre-run.1.scd (a test fails without it), one positive and one negative test in tests/unit/test_options.c.
 */
#ifndef NACRE_READ_OPTIONS_H
#define NACRE_READ_OPTIONS_H

#include "plan/plan.h"

struct error;

/* Sections of the help, in its order. */
enum option_group {
	GROUP_BASE, /* what the box is built on, where writes go */
	GROUP_FILES, /* mounts and files, applied in the order given */
	GROUP_IDENTITY,
	GROUP_NAMESPACES,
	GROUP_DESKTOP, /* sockets and devices of the host's session */
	GROUP_COMMAND, /* environment, working directory, descriptors */
	GROUP_CHANGES, /* what to do with changes, and how they are shown */
	GROUP_LAYERS, /* layers and archives */
	GROUP_OUTPUT,
	GROUP_COUNT
};

/* Verbs that take an option: bits for option_row.verbs. */
enum {
	VERB_RUN = 1,
	VERB_DOCTOR = 2,
	VERB_EXPLAIN = 4,
	VERB_STATUS = 8,
	VERB_DIFF = 16,
	VERB_COMMIT = 32,
	VERB_UNDO = 64,
	VERB_DISCARD = 128,
	VERB_TRY = 256,
	VERB_LS = 512,
	VERB_INSPECT = 1024,
	VERB_RM = 2048,
	VERB_SAVE = 4096,
	VERB_LAYERS = 8192,
	VERB_EXPORT = 16384,
	VERB_IMPORT = 32768,
	VERB_GC = 65536,
	VERB_REVIEW = 131072,
	VERB_ENTER = 1 << 18,
	VERB_EXEC = 1 << 19,
	VERB_START = 1 << 20,
	VERB_STOP = 1 << 21,
	VERB_PROFILE = 1 << 22,
};

struct option_row {
	const char *name; /* long name without dashes */
	char letter; /* short name, or 0 */
	const char *args; /* "DIR", "TARGET DST" (two words), "[DIR]", "[a|b]" (only as --name=DIR), or NULL */
	const char *help; /* one line, lower case, no full stop */
	enum option_group group;
	unsigned verbs;
	/* Takes the words (values[0..1], NULL when absent); origin is the argument as typed. */
	int (*take)(struct plan *plan, const struct option_row *row, const char *const *values,
		    const char *origin, struct error *err);
	int value; /* small parameter, so that rows can share a taker */
};

/* Ends with a NULL name. */
extern const struct option_row option_rows[];

/* The row of that long name (n bytes) which one of the verbs takes, or NULL. */
const struct option_row *option_find(unsigned verbs, const char *name, size_t n);

/* The name of that row which is nearest to a mistyped one, or NULL. */
const char *option_nearest(unsigned verbs, const char *name);

/* The verb's name. */
const char *option_verb(unsigned verb);

/* How many words after its name the row takes when none is attached with "=": 0, 1 or 2. */
int option_words(const struct option_row *row);

/*
 * Reads argv[0..argc) (after the verb) into the plan: options up to the first word that is not one or "--", then
 * the command. A verb that runs no command takes options between and behind its words as well, up to "--". Returns 0, or OPTIONS_HELP when -h or --help was met (an answer: show the help), or -1. An error
 * repeats the line with the guilty word underlined in err->facts, and names the nearest option in err->fix.
 */
enum { OPTIONS_HELP = 1 };
int options_read(struct plan *plan, unsigned verb, int argc, char **argv, struct error *err);

/*
 * One option of these verbs by its long name, for who has no command line: as if it stood there behind those before it. NULL for a
 * value that is not given. Answers as above.
 */
int options_take(struct plan *plan, unsigned verbs, const char *name, const char *first,
		 const char *second, struct error *err);

/* Behind the last of these. May be called again. */
void options_settle(struct plan *plan);

#endif
