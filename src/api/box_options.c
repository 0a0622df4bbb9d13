// SPDX-License-Identifier: MIT
/* Noting, comparing, taking. */
#include "api/box_options.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "read/options.h"
#include "read/profile.h"
#include "state/store.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

void box_options_note(struct plan *plan, struct box_options *given)
{
	_cleanup_text_ struct text all = { 0 }, box = { 0 };

	if (given->taken)
		return;
	given->taken = true;
	profile_write(plan, &all);
	profile_keep_box(text_str(&all), &box);
	given->all = arena_strdup(&plan->arena, text_str(&all));
	given->box = arena_strdup(&plan->arena, text_str(&box));
	for (size_t i = 0; i < plan->given.count; i++)
		if (profile_of_command(plan->given.items[i].row))
			VECTOR_PUSH(&plan->arena, &given->own, plan->given.items[i]);
}

int box_options_check(const struct plan *plan, const struct box_options *given, const char *kept,
		      struct error *err)
{
	enum { SHOWN = 8 };
	_cleanup_text_ struct text box = { 0 }, differences = { 0 };

	profile_keep_box(kept, &box);
	if (!*given->box || !profile_differences(text_str(&box), given->box, SHOWN, &differences))
		return 0;
	(void)fail(err, ERROR_PLAN, 0, "cannot use the box %s with these options", Q(plan->name));
	/* Each line is one already. */
	differences.data[--differences.len] = '\0';
	error_fact(err, "%s", text_str(&differences));
	error_explain(err, "box-other-options", NULL, NULL);
	return -1;
}

/* The file in the box's directory, or NULL. What is no file of ours, or longer than a profile may be, says nothing. */
static char *load(struct arena *arena, const char *box_path)
{
	const char *path = arena_printf(arena, "%s/options", box_path);
	_cleanup_fd_ int fd = sys_open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	char *text;

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size > PROFILE_BYTES_MAX)
		return NULL;
	text = arena_alloc(arena, (size_t)st.st_size + 1);
	return read(fd, text, (size_t)st.st_size) == st.st_size ? text : NULL;
}

const char *box_options_kept(struct plan *plan)
{
	const char *paths[STORE_PATHS];
	const char *kept = NULL;

	if (!plan->name || plan->recreate || plan->passing)
		return NULL;
	store_box_paths(&plan->arena, plan->home, plan->name, paths);
	for (size_t i = 0; i < STORE_PATHS && !kept; i++)
		if (paths[i])
			kept = load(&plan->arena, paths[i]);
	return kept;
}

int box_options_again(struct plan *plan, const struct box_options *given, struct error *err)
{
	for (size_t i = 0; i < given->own.count; i++) {
		const struct given *option = &given->own.items[i];

		plan->in_profile = option->file != NULL;
		if (option->row->take(plan, option->row, option->values,
				      option->values[0] ? option->values[0] : "", err) < 0)
			return -1;
		VECTOR_PUSH(&plan->arena, &plan->given, *option);
	}
	plan->in_profile = false;
	return 0;
}

int box_options_settle(struct plan *plan, const struct box_options *given, const char *kept,
		       struct error *err)
{
	const char *name;

	plan->options = given->all;
	if (!kept || (!plan->held && *given->box))
		return 0;
	if (box_options_check(plan, given, kept, err) < 0)
		return -1;
	name = arena_printf(&plan->arena, "the options of the box %s", plan->name);
	plan_start_over(plan);
	if (profile_read_text(plan, VERB_ENTER, name, kept, strlen(kept), err) < 0)
		return -1;
	plan->options = kept;
	/* Not the keeper's, who would give it to all members; whoever joins takes it again (live.c). */
	return plan->held && !plan->output.dry_run ? 0 : box_options_again(plan, given, err);
}
