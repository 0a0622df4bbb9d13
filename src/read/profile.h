// SPDX-License-Identifier: MIT
/*
 * Profiles: options as text, one a line, by their long names without the dashes (nacre-profile(5)).
 *
 *   #…                    a comment, as is an empty line
 *   include NAME          another profile, here
 *   OPTION                a row of the option table
 *   OPTION VALUE          the value is the rest of the line, without the blanks around it
 *   OPTION VALUE VALUE    of two values the first ends at a blank
 *   OPTION "VALUE"        any bytes: \\ \" and \xNN, as messages of nacre show names
 *
 * A line is taken as if its option stood on the command line. Only in paths "~" is the home directory, and relative ones
 * are joined to the caller's directory, as there. What is about one call (output, what becomes of changes) is no
 * business of a profile.
 */
#ifndef NACRE_READ_PROFILE_H
#define NACRE_READ_PROFILE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct error;
struct option_row;
struct plan;
struct text;

/* ---- profile.c: text to plan ---- */

/* True for the options that a profile may hold. */
bool profile_takes(const struct option_row *row);

/* The verbs that take profiles, as VERB_* bits. */
unsigned profile_verbs(void);

/*
 * Takes the options of a profile, named by a word as for --profile, as those of the verbs (VERB_* bits). *ret_path, unless
 * NULL, is its file. An error in a line tells file and line; then plan->in_profile stays set.
 */
int profile_read(struct plan *plan, unsigned verbs, const char *word, const char **ret_path,
		 struct error *err);

/*
 * The same from memory, n bytes that are called `name` in errors and origins, and without includes. The plan is whole
 * afterwards, as after options_read().
 */
int profile_read_text(struct plan *plan, unsigned verbs, const char *name, const char *bytes,
		      size_t n, struct error *err);

/* ---- profile_file.c: where they are ---- */

enum { PROFILE_BYTES_MAX = 1024 * 1024 }; /* that one --profile reads, includes and all */

/* A file that is read, and those whose include led to it. */
struct profile_file {
	const char *path;
	dev_t dev;
	ino_t ino;
	unsigned line; /* that is read, from 1 */
	const struct profile_file *from; /* or NULL */
};

/*
 * Finds and reads the profile that a word means: with a slash a file, relative to the including file's directory or the
 * caller's; else a name, looked for in the directories below, then beside the including file. A file that is being read is
 * not found again by its name, so a profile can include the one that it stands for. *left is lessened by its size.
 */
int profile_load(struct plan *plan, const char *word, const struct profile_file *from, size_t *left,
		 struct profile_file *ret, struct text *ret_text, struct error *err);

struct profile_entry {
	const char *name;
	const char *dir;
	const char *description; /* its first line, when that is a comment; or "" */
};

struct profile_list {
	VECTOR(struct profile_entry) v; /* by name */
};

/*
 * Those found by name: of $XDG_CONFIG_HOME/nacre/profiles, /etc/nacre/profiles and the installed ones; of one name the
 * first.
 */
int profile_list(struct arena *arena, const char *home, struct profile_list *ret, struct error *err);

/* ---- profile_text.c: plan to text ---- */

/*
 * The options that the plan was given, in their order, as a profile that gives the same plan from any directory: long
 * names, absolute paths, includes resolved. Without those that profile_takes() refuses, and without the command.
 */
void profile_write(const struct plan *plan, struct text *out);

/*
 * Of such a text the lines about a box: without what a command in it may be given by itself (all that nacre exec takes), and the
 * name.
 */
void profile_keep_box(const char *profile, struct text *out);

/* True for an option that is about a command and not about its box. */
bool profile_of_command(const struct option_row *row);

/* One option as a line, values as they were typed. */
struct given;
void profile_write_line(const struct given *given, struct text *out);

/*
 * What became of one such text in another: its lines that are gone with "- ", those that are new with "+ ", as many as
 * `most` and then how many more; with the same lines in another order, those that moved. Returns how many lines there
 * are to tell of, 0 for equal texts.
 */
size_t profile_differences(const char *before, const char *after, size_t most, struct text *out);

#endif
