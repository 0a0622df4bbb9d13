/* SPDX-License-Identifier: MIT */
/*
 * nacre: run a program in a layered view of the file system, then decide what becomes of what it wrote.
 *
 * This header is internal until the library is published; the verbs of the command line use nothing else. All handles are
 * opaque. Functions that can fail return 0, or -1 with *error filled; an answer is positive and named. Strings that are
 * returned as char * are the caller's, to be released with free(). Nothing here prints or exits.
 */
#ifndef NACRE_H
#define NACRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct nacre_plan;
struct nacre_error;

/* The plan of a bare run for the calling process: host as base, writes kept. Released with nacre_plan_free(). */
struct nacre_plan *nacre_plan_new(void);
void nacre_plan_free(struct nacre_plan *plan); /* NULL is allowed */

/* An empty error, to be filled by any function below. Released with nacre_error_free(). */
struct nacre_error *nacre_error_new(void);
void nacre_error_free(struct nacre_error *error);

/* Reads the words after the verb into the plan. NACRE_HELP: -h was among them. */
enum { NACRE_HELP = 1 };
int nacre_plan_read(struct nacre_plan *plan, const char *verb, int argc, char **argv,
		    struct nacre_error *error);

/* What the words asked of the front end itself. */
struct nacre_output {
	bool dry_run, json, quiet, verbose;
	bool exit_code; /* the status tells whether there was anything */
	int colour; /* 0 automatic, 1 always, 2 never */
};
struct nacre_output nacre_plan_output(const struct nacre_plan *plan);

/* The words after the options: a command, or a verb's arguments. The array ends with NULL and lives as long as the plan. */
const char *const *nacre_plan_words(const struct nacre_plan *plan);

/* Ids, the base as steps, contradictions. Reads the host and changes nothing. */
int nacre_plan_prepare(struct nacre_plan *plan, struct nacre_error *error);

/* The prepared plan for people, or as JSON (nacre-json(7)). */
char *nacre_plan_show(const struct nacre_plan *plan, bool json);

/* Warnings about what will not work although the run goes on, one a line; NULL when there are none. */
char *nacre_plan_warnings(const struct nacre_plan *plan);

/* What came of a run. */
struct nacre_result {
	int status; /* exit status of the command; 128 + n when signal n ended it */
	uint64_t changes; /* what its box holds */
	bool kept; /* the box was kept */
	char *name; /* of the kept box, or NULL; free() */
	char *path; /* its directory, or NULL; free() */
};

/* Runs a prepared plan to its end. trace: called before each step with its sentence, or NULL. */
int nacre_plan_run(struct nacre_plan *plan, void (*trace)(const char *sentence),
		   struct nacre_result *result, struct nacre_error *error);

/*
 * What a box would change in its base.
 *
 * The words say which: "[NAME] [PATH…]", the box used last without a name, all changes without paths; NULL after the last.
 * They live as long as the handle, and so does the plan, whose options say how things are shown. Opening reads the box and
 * its base and changes nothing; where files of other ids or unreadable directories ask for it, the calling process enters a
 * user namespace for good.
 */
struct nacre_changes;
int nacre_changes_open(const struct nacre_plan *plan, const char *const *words,
		       struct nacre_changes **ret, struct nacre_error *error);
void nacre_changes_free(struct nacre_changes *changes); /* NULL is allowed */

const char *nacre_changes_box(const struct nacre_changes *changes); /* its name; lives as long as changes */
bool nacre_changes_running(const struct nacre_changes *changes); /* somebody uses the box now: the list may be outdated */
uint64_t nacre_changes_count(const struct nacre_changes *changes); /* of those that are meant */

/* One change. Strings live until the next call with this handle. */
struct nacre_change {
	char kind; /* A M D R T m: nacre-status(1) */
	const char *path; /* in the box, absolute */
	const char *shown; /* as its user would type it, quoted where needed */
	const char *note; /* sizes, modes…: what stands behind it in a status; "" for nothing */
	const char *runs; /* why it matters later, a sentence; or NULL */
	bool directory;
	bool whole; /* came or went with all that is in it: the changes behind it, up to the first that is not inside */
	bool inside; /* part of such a directory */
	bool cache;
	bool picked; /* meant by the words, or by nacre_changes_pick() */
};

/* How many there are, those inside of whole directories included; and one of them. They come in the order of a status. */
size_t nacre_changes_size(const struct nacre_changes *changes);
void nacre_changes_get(struct nacre_changes *changes, size_t index, struct nacre_change *ret);

/* Means it or not, with all that is inside of it. */
void nacre_changes_pick(struct nacre_changes *changes, size_t index, bool picked);

/* The list as the plan's options ask: for people, as JSON, as lines. *ret_len bytes, which may hold NULs; free(). */
char *nacre_changes_status(struct nacre_changes *changes, bool colour, size_t *ret_len);

/* The message as users see it, or as JSON, cause and advice included. plan may be NULL. */
char *nacre_error_text(const struct nacre_error *error, const struct nacre_plan *plan, bool json);

/* 125, 126 or 127. */
int nacre_error_status(const struct nacre_error *error);

/* What works on this machine. *ret_ok is false when something that nacre needs does not. */
char *nacre_doctor(bool json, bool *ret_ok);

/* The long text about one error name; NULL when there is none, and then *ret_nearest (free()) may name one. */
char *nacre_explain(const char *name, bool json, char **ret_nearest);

/* All names with their titles, one a line. */
char *nacre_explain_list(bool json);

/* Help for one verb, or for all when verb is NULL. NULL when there is no such verb. */
char *nacre_help(const char *verb);

/* An error that is about the command line as a whole: "no command given". */
int nacre_usage(struct nacre_error *error, const char *name, const char *message, const char *fix);

/* The verb nearest to a mistyped one, or NULL. */
const char *nacre_nearest_verb(const char *word);

#ifdef __cplusplus
}
#endif

#endif
