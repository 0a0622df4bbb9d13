// SPDX-License-Identifier: MIT
/* nacre.h: the programs that nacre stands in for. */
#include "compat/compat.h"

#include "nacre.h"

#include "api/handles.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/table.h"

#include <string.h>

static const char *program_name(size_t index, const void *unused)
{
	(void)unused;
	return compat_programs[index].name;
}

bool nacre_stands_for(const char *program)
{
	return compat_find(program);
}

char *nacre_programs(void)
{
	struct text text = { 0 };

	for (const struct compat *c = compat_programs; c->name; c++)
		text_printf(&text, "%s\n", c->name);
	return handles_give(&text);
}

static int unknown_program(const char *program, struct error *err)
{
	const char *nearest = nearest_word(program, program_name, NULL);

	(void)fail(err, ERROR_USAGE, 0, "nacre does not stand in for %s", Q(program));
	error_explain(err, "usage-unknown-program", NULL, NULL);
	if (nearest)
		(void)snprintf(err->fix, sizeof(err->fix), "did you mean nacre as %s?", nearest);
	return -1;
}

int nacre_plan_read_as(struct nacre_plan *plan, const char *program, int argc, char **argv,
		       char **ret_text, struct nacre_error *error)
{
	_cleanup_text_ struct text told = { 0 };
	const struct compat *c = compat_find(program);
	struct plan *p = plan->plan;
	int answer;

	*ret_text = NULL;
	if (!c)
		return unknown_program(program, &error->value);
	p->program = c->name;
	p->program_status = c->status;
	answer = c->read(p, argc, argv, &told, &error->value);
	if (answer && told.len)
		*ret_text = handles_give(&told);
	return answer == COMPAT_TOLD ? NACRE_HELP : answer;
}
