// SPDX-License-Identifier: MIT
/* nacre commit, undo, discard: what becomes of the changes of a box. */
#include "verbs/commit.h"

#include "verbs/verbs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A line on the terminal that is written over, from one second of work on. */
struct progress {
	struct timespec began;
	bool shown;
};

static double seconds_since(const struct timespec *began)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - began->tv_sec) + (double)(now.tv_nsec - began->tv_nsec) / 1e9;
}

static void show_progress(void *arg, uint64_t done, uint64_t total, uint64_t bytes)
{
	struct progress *p = arg;

	if (!p->shown && seconds_since(&p->began) < 1)
		return;
	p->shown = true;
	(void)fprintf(stderr, "\rcommit  %llu of %llu changes  %llu MB\033[K",
		      (unsigned long long)done, (unsigned long long)total,
		      (unsigned long long)(bytes / 1000000));
	(void)fflush(stderr);
}

static void end_progress(const struct progress *p)
{
	if (p->shown)
		(void)fputs("\r\033[K", stderr);
}

static const char *plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

void commit_report(const struct nacre_commit_result *result, int answer,
		   const struct nacre_output *output)
{
	const char *applied = output->layer ? "merged into the layer" : "applied";

	if (result->report)
		(void)fputs(result->report, stderr);
	if (answer == NACRE_CONFLICTS)
		(void)fprintf(
			stderr,
			"nacre: %llu conflict%s with changes of others; nothing was applied\n"
			"  fix     name the paths that shall be applied, or take --force          "
			"[commit-conflict]\n",
			(unsigned long long)result->conflicts, plural(result->conflicts));
	else if (output->dry_run)
		(void)fprintf(stderr, "nacre: %llu change%s would be %s\n",
			      (unsigned long long)result->changes, plural(result->changes), applied);
	else if (result->changes)
		(void)fprintf(stderr, "nacre: %llu change%s %s; take back with: nacre undo\n",
			      (unsigned long long)result->changes, plural(result->changes), applied);
	else
		(void)fputs("nacre: there is nothing to apply\n", stderr);
}

static void release(struct nacre_commit_result *result)
{
	free(result->report);
	free(result->id);
}

int commit_changes(struct nacre_changes *changes, const struct nacre_output *output,
		   struct nacre_error *error)
{
	struct progress progress = { 0 };
	const struct nacre_commit_options options = {
		.size = sizeof(options),
		.force = output->force,
		.dry_run = output->dry_run,
		.layer = output->layer,
		.progress = isatty(STDERR_FILENO) && !output->quiet ? show_progress : NULL,
		.arg = &progress,
	};
	struct nacre_commit_result result = { .size = sizeof(result) };
	int answer;

	(void)clock_gettime(CLOCK_MONOTONIC, &progress.began);
	answer = nacre_changes_commit(changes, &options, &result, error);
	end_progress(&progress);
	if (answer >= 0 && (!output->quiet || answer == NACRE_CONFLICTS))
		commit_report(&result, answer, output);
	release(&result);
	return answer;
}

static int commit(struct nacre_plan *plan, struct nacre_error *error)
{
	struct nacre_output output = verb_output(plan);
	struct nacre_changes *changes;
	int answer;

	if (nacre_changes_open(plan, nacre_plan_words(plan), &changes, error) < 0)
		return verb_fail(error, plan, false);
	answer = commit_changes(changes, &output, error);
	nacre_changes_free(changes);
	if (answer < 0)
		return verb_fail(error, plan, false);
	return answer == NACRE_CONFLICTS ? STATUS_CONFLICTS : 0;
}

static int discard(struct nacre_plan *plan, struct nacre_error *error)
{
	struct nacre_output output = verb_output(plan);
	struct nacre_commit_result result = { .size = sizeof(result) };
	struct nacre_changes *changes;
	int answer;

	if (nacre_changes_open(plan, nacre_plan_words(plan), &changes, error) < 0)
		return verb_fail(error, plan, false);
	if (output.dry_run) {
		result.changes = nacre_changes_count(changes);
		answer = 0;
	} else {
		answer = nacre_changes_discard(changes, &result, error);
	}
	if (answer == 0 && !output.quiet)
		(void)fprintf(stderr, "nacre: %llu change%s %s box %s\n",
			      (unsigned long long)result.changes, plural(result.changes),
			      output.dry_run ? "would be dropped from" : "dropped from",
			      nacre_changes_box(changes));
	release(&result);
	nacre_changes_free(changes);
	return answer < 0 ? verb_fail(error, plan, false) : 0;
}

static int list_undos(struct nacre_plan *plan, const struct nacre_output *output,
		      struct nacre_error *error)
{
	char *text = nacre_undo_list(plan, output->json, error);

	return text ? verb_print(text, 0) : verb_fail(error, plan, output->json);
}

/* Of the commits that are named; all of them is not a thing to say in passing. */
static int purge(struct nacre_plan *plan, struct nacre_error *error)
{
	const char *const *ids = nacre_plan_words(plan);

	if (!ids[0]) {
		(void)nacre_usage(error, "usage-missing-value", "--purge needs the ID of a commit",
				  "nacre undo --list names them");
		return verb_fail(error, plan, false);
	}
	for (; *ids; ids++)
		if (nacre_undo_purge(plan, *ids, error) < 0)
			return verb_fail(error, plan, false);
	return 0;
}

static int undo(struct nacre_plan *plan, struct nacre_error *error)
{
	struct nacre_output output = verb_output(plan);
	const struct nacre_commit_options options = { .size = sizeof(options),
						      .force = output.force,
						      .dry_run = output.dry_run };
	struct nacre_commit_result result = { .size = sizeof(result) };
	int answer;

	if (output.list)
		return list_undos(plan, &output, error);
	if (output.purge)
		return purge(plan, error);
	if (nacre_plan_words(plan)[0] && nacre_plan_words(plan)[1]) {
		(void)nacre_usage(error, "usage-extra-word", "one commit is taken back at a time",
				  NULL);
		return verb_fail(error, plan, false);
	}
	answer = nacre_undo(plan, nacre_plan_words(plan)[0], &options, &result, error);
	if (answer < 0)
		return verb_fail(error, plan, false);
	if (result.report)
		(void)fputs(result.report, stderr);
	if (answer == NACRE_CONFLICTS)
		(void)fprintf(
			stderr,
			"nacre: %llu conflict%s with changes since the commit; nothing was taken "
			"back\n"
			"  fix     see to them, or take --force          [undo-conflict]\n",
			(unsigned long long)result.conflicts, plural(result.conflicts));
	else if (!output.quiet)
		(void)fprintf(stderr, "nacre: %llu change%s %s back\n",
			      (unsigned long long)result.changes, plural(result.changes),
			      output.dry_run ? "would be taken" : "taken");
	release(&result);
	return answer == NACRE_CONFLICTS ? STATUS_CONFLICTS : 0;
}

int verb_commit(int argc, char **argv)
{
	return verb_with_plan(argc, argv, VERB_ANY_NUMBER, commit);
}

int verb_discard(int argc, char **argv)
{
	return verb_with_plan(argc, argv, VERB_ANY_NUMBER, discard);
}

int verb_undo(int argc, char **argv)
{
	return verb_with_plan(argc, argv, VERB_ANY_NUMBER, undo);
}
