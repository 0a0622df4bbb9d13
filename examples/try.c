/* SPDX-License-Identifier: MIT */
/*
 * Runs a command over the whole file system, and tells what it would change; nothing of it is made for real.
 *
 *	try COMMAND [WORD...]
 */
#include <nacre.h>

#include <stdio.h>
#include <stdlib.h>

static int fail(struct nacre_error *error, struct nacre_plan *plan)
{
	char *text = nacre_error_text(error, plan, false);
	int status = nacre_error_status(error, plan);

	(void)fputs(text, stderr);
	free(text);
	nacre_error_free(error);
	nacre_plan_free(plan);
	return status;
}

/* Each change as "LETTER PATH". */
static int tell(struct nacre_plan *plan, const char *box, struct nacre_error *error)
{
	const char *const words[] = { box, NULL };
	struct nacre_changes *changes;

	if (nacre_changes_open(plan, words, &changes, error) < 0)
		return -1;
	for (size_t i = 0; i < nacre_changes_size(changes); i++) {
		struct nacre_change change = { .size = sizeof(change) };

		nacre_changes_get(changes, i, &change);
		if (!change.inside)
			(void)printf("%c %s\n", change.kind, change.path);
	}
	nacre_changes_free(changes);
	return 0;
}

int main(int argc, char **argv)
{
	struct nacre_error *error = nacre_error_new();
	struct nacre_plan *plan = nacre_plan_new();
	struct nacre_result result = { .size = sizeof(result) };
	char *box[] = { NULL, NULL };

	if (argc < 2) {
		(void)fputs("usage: try COMMAND [WORD...]\n", stderr);
		return 2;
	}
	if (nacre_plan_read(plan, "run", argc - 1, argv + 1, error) < 0 ||
	    nacre_plan_prepare(plan, error) < 0 || nacre_plan_run(plan, NULL, &result, error) < 0)
		return fail(error, plan);
	box[0] = result.name;
	if (result.kept && (tell(plan, result.name, error) < 0 ||
			    nacre_boxes_remove(plan, (const char *const *)box, error) < 0))
		return fail(error, plan);
	free(result.name);
	free(result.path);
	nacre_error_free(error);
	nacre_plan_free(plan);
	return result.status;
}
