/* SPDX-License-Identifier: MIT */
/* pick DIR PATH COMMAND...: a command over DIR, what it would change there, and of that PATH alone is made real. */
#include <nacre.h>
#include <stdio.h>

static int end(struct nacre_error *error, const struct nacre_plan *plan)
{
	(void)fputs(nacre_error_text(error, plan, false), stderr);
	return nacre_error_status(error, plan);
}

int main(int argc, char **argv)
{
	struct nacre_error *error = nacre_error_new();
	struct nacre_plan *plan = nacre_plan_new();
	struct nacre_overlay_step over = { .size = sizeof(over), .target = argv[1], .shadow = true };
	struct nacre_result ran = { .size = sizeof(ran) };
	struct nacre_change change = { .size = sizeof(change) };
	struct nacre_commit_options options = { .size = sizeof(options) };
	struct nacre_commit_result done = { .size = sizeof(done) };
	struct nacre_changes *changes;

	if (nacre_plan_overlay(plan, &over, error) < 0 ||
	    nacre_plan_command(plan, (const char **)argv + (argc > 3 ? 3 : argc), error) < 0 ||
	    nacre_plan_prepare(plan, error) < 0 || nacre_plan_run(plan, NULL, &ran, error) < 0)
		return end(error, plan);
	if (!ran.kept)
		return 0; /* nothing was changed */
	if (nacre_changes_open(plan, (const char *[]){ ran.name, argv[2], 0 }, &changes, error) < 0)
		return end(error, plan);
	for (size_t i = 0; i < nacre_changes_size(changes); i++) {
		nacre_changes_get(changes, i, &change);
		(void)printf("%c %c %s\n", change.picked ? '*' : ' ', change.kind, change.path);
	}
	if (nacre_changes_commit(changes, &options, &done, error) < 0)
		return end(error, plan);
	return printf("%llu made real\n", (unsigned long long)done.changes) < 0;
}
