// SPDX-License-Identifier: MIT
/* The functions behind the verbs. Each prints, and returns the exit status. argv[0] is the verb. */
#ifndef NACRE_VERBS_VERBS_H
#define NACRE_VERBS_VERBS_H

#include "nacre.h"

int verb_run(int argc, char **argv);
int verb_enter(int argc, char **argv);
int verb_exec(int argc, char **argv);
int verb_start(int argc, char **argv);
int verb_stop(int argc, char **argv);
int verb_status(int argc, char **argv);
int verb_save(int argc, char **argv);
int verb_layers(int argc, char **argv);
int verb_profile(int argc, char **argv);
int verb_export(int argc, char **argv);
int verb_import(int argc, char **argv);
int verb_diff(int argc, char **argv);
int verb_review(int argc, char **argv);
int verb_commit(int argc, char **argv);
int verb_undo(int argc, char **argv);
int verb_discard(int argc, char **argv);
int verb_try(int argc, char **argv);
int verb_ls(int argc, char **argv);
int verb_inspect(int argc, char **argv);
int verb_rm(int argc, char **argv);
int verb_gc(int argc, char **argv);
int verb_complete(int argc, char **argv);
int verb_as(int argc, char **argv);
int verb_doctor(int argc, char **argv);
int verb_explain(int argc, char **argv);
int verb_help(int argc, char **argv);

/*
 * Called by the name of a program that nacre stands in for: true, and it is done as that program. `called` is the path that the
 * process was started by.
 */
bool verb_as_link(const char *called, int argc, char **argv, int *ret_status);

struct verb {
	const char *name;
	int (*run)(int argc, char **argv);
};

/* Ends with a NULL name. */
extern const struct verb verbs[];

/* A plan of the process's own, which ends with the verb. */
struct nacre_plan *verb_plan(void);

/* What the words asked of us. */
struct nacre_output verb_output(const struct nacre_plan *plan);

/* Prints the error to stderr (JSON: stdout) and returns its status. */
int verb_fail(const struct nacre_error *error, const struct nacre_plan *plan, bool json);

/* Prints a string that is the caller's to stdout, releases it, and returns status, or 125 when stdout is broken. */
int verb_print(char *take_text, int status);

/*
 * What verbs without a command of their own share: reads up to `most` words, calls the body between that and the end, and
 * answers with its status; help and usage errors are dealt with.
 */
enum { VERB_ANY_NUMBER = 1000000 };
int verb_with_plan(int argc, char **argv, int most,
		   int (*body)(struct nacre_plan *plan, struct nacre_error *error));

#endif
