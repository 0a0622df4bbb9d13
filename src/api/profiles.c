// SPDX-License-Identifier: MIT
/* The profiles part of include/nacre.h: their list, and one of them, for people and for programs. */
#include "nacre.h"

#include "api/handles.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/path.h"
#include "read/options.h"
#include "read/profile.h"

#include <string.h>

char *nacre_plan_profile(const struct nacre_plan *plan)
{
	struct text out = { 0 };

	profile_write(plan->plan, &out);
	return handles_give(&out);
}

/* ---- the list ---- */

static void list_text(const struct profile_list *list, struct text *out)
{
	int width = 0;

	for (size_t i = 0; i < list->v.count; i++)
		if ((int)strlen(list->v.items[i].dir) > width)
			width = (int)strlen(list->v.items[i].dir);
	if (list->v.count)
		text_printf(out, "%-16s %-*s  %s\n", "NAME", width, "DIRECTORY", "DESCRIPTION");
	for (size_t i = 0; i < list->v.count; i++) {
		const struct profile_entry *e = &list->v.items[i];

		text_printf(out, "%-16s %-*s", e->name, width, Q(e->dir));
		if (*e->description)
			text_printf(out, "  %s", e->description);
		text_add_char(out, '\n');
	}
}

static void list_json(const struct profile_list *list, struct text *out)
{
	struct json j = { .out = out, .pretty = true };

	json_object(&j, NULL);
	json_number(&j, "version", 1);
	json_array(&j, "profiles");
	for (size_t i = 0; i < list->v.count; i++) {
		const struct profile_entry *e = &list->v.items[i];

		json_object(&j, NULL);
		json_string(&j, "name", e->name);
		json_path(&j, "directory", e->dir);
		json_string(&j, "description", e->description);
		json_end_object(&j);
	}
	json_end_array(&j);
	json_end_object(&j);
	text_add_char(out, '\n');
}

char *nacre_profiles(const struct nacre_plan *plan, bool json, struct nacre_error *error)
{
	struct profile_list list;
	struct text out = { 0 };

	if (profile_list(&plan->plan->arena, plan->plan->home, &list, &error->value) < 0)
		return NULL;
	if (json)
		list_json(&list, &out);
	else
		list_text(&list, &out);
	return handles_give(&out);
}

char *nacre_complete_profiles(const struct nacre_plan *plan, const char *const *words)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct profile_list list;
	struct error ignored;
	struct text out = { 0 };

	(void)words;
	if (profile_list(&arena, plan->plan->home, &list, &ignored) == 0)
		for (size_t i = 0; i < list.v.count; i++)
			text_printf(&out, "%s\n", list.v.items[i].name);
	return handles_give(&out);
}

/* ---- one of them ---- */

/* A comment where another file begins, or goes on. */
static void show_text(const struct plan *plan, size_t first, const char *path, struct text *out)
{
	text_add(out, "# ");
	quote_text(out, path);
	text_add_char(out, '\n');
	for (size_t i = first; i < plan->given.count; i++) {
		const struct given *given = &plan->given.items[i];

		if (strcmp(given->file, path) != 0) {
			path = given->file;
			text_add(out, "# ");
			quote_text(out, path);
			text_add_char(out, '\n');
		}
		profile_write_line(given, out);
	}
}

static void show_json(const struct plan *plan, size_t first, const char *path, struct text *out)
{
	struct json j = { .out = out, .pretty = true };

	json_object(&j, NULL);
	json_number(&j, "version", 1);
	json_path(&j, "path", path);
	json_array(&j, "options");
	for (size_t i = first; i < plan->given.count; i++) {
		const struct given *given = &plan->given.items[i];

		json_object(&j, NULL);
		json_string(&j, "option", given->row->name);
		if (given->values[0])
			json_path(&j, "value", given->values[0]);
		if (given->values[1])
			json_path(&j, "place", given->values[1]);
		json_path(&j, "path", given->file);
		json_unsigned(&j, "line", given->line);
		json_end_object(&j);
	}
	json_end_array(&j);
	json_end_object(&j);
	text_add_char(out, '\n');
}

char *nacre_profile_show(struct nacre_plan *plan, const char *name, bool json,
			 struct nacre_error *error)
{
	struct plan *p = plan->plan;
	size_t first = p->given.count;
	struct text out = { 0 };
	const char *path;

	if (profile_read(p, profile_verbs(), name, &path, &error->value) < 0)
		return NULL;
	if (json)
		show_json(p, first, path, &out);
	else
		show_text(p, first, path, &out);
	return handles_give(&out);
}
