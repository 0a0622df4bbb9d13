// SPDX-License-Identifier: MIT
/* Between the patch and the pager. */
#include "verbs/patch.h"

#include "verbs/pager.h"

#include <unistd.h>

bool in_colour(const struct nacre_output *output)
{
	struct colour_facts facts = colour_facts();

	return colour_wanted((enum colour_choice)output->colour, &facts);
}

static bool to_pager(void *arg, const char *bytes, size_t n)
{
	return pager_write(arg, bytes, n);
}

int patch_show(struct nacre_changes *changes, const struct nacre_output *output,
	       struct nacre_error *error)
{
	bool colour = in_colour(output), terminal = isatty(STDOUT_FILENO);
	struct pager pager = { 0 };
	int answer;

	if (terminal && !output->no_pager)
		pager_begin(&pager);
	answer = nacre_changes_diff(changes, colour, terminal, to_pager, &pager, error);
	return pager_end(&pager) < 0 ? PATCH_BROKEN_OUTPUT : answer;
}
