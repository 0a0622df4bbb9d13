// SPDX-License-Identifier: MIT
/*
 * From an error to its explanation: matching the rows, and the three ways to show the result.
 *
 *   explain_error()   call, errno, step → row whose probe agrees → name, reason, facts, fix
 *   error_format()    for people; error_format_json() for programs
 *   explain_scdoc()   all rows as nacre-errors(7)
 *
 * The tables are in rows_*.c. Nothing here knows a particular cause.
 */
#include "explain/explain.h"

#include "base/cleanup.h"
#include "base/json.h"
#include "base/path.h"
#include "explain/rows.h"

#include <string.h>

static const struct explanation *const tables[] = {
	command_rows, namespace_rows, idmap_rows,   overlay_rows, mount_rows,
	source_rows,  state_rows,     change_rows,  layer_rows,	  desktop_rows,
	plan_rows,    usage_rows,     profile_rows,
};

const struct explanation *explanation_at(size_t i)
{
	for (size_t t = 0; t < ARRAY_LEN(tables); t++)
		for (const struct explanation *row = tables[t]; row->name; row++)
			if (i-- == 0)
				return row;
	return NULL;
}

const struct explanation *explanation_find(const char *name)
{
	const struct explanation *row;

	for (size_t i = 0; (row = explanation_at(i)); i++)
		if (strcmp(row->name, name) == 0)
			return row;
	return NULL;
}

/* The list that err->step counts in: a check runs over what was asked for, the engine over
 * everything. */
static const struct step *step_list(const struct error *err, const struct plan *plan,
				    size_t *ret_count)
{
	bool asked = err->kind == ERROR_PLAN || plan->steps.count == 0;

	*ret_count = asked ? plan->asked.count : plan->steps.count;
	return asked ? plan->asked.items : plan->steps.items;
}

static const struct step *failing_step(const struct error *err, const struct plan *plan)
{
	const struct step *steps;
	size_t count;

	if (!plan || err->step < 0)
		return NULL;
	steps = step_list(err, plan, &count);
	return (size_t)err->step < count ? &steps[err->step] : NULL;
}

static bool errno_matches(const struct explanation *row, int sys)
{
	if (row->errnos[0] == 0)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(row->errnos) && row->errnos[i]; i++)
		if (row->errnos[i] == sys)
			return true;
	return false;
}

static bool row_matches(const struct explanation *row, struct case_file *c)
{
	if (!(row->calls & CALL_BIT(c->err->call)) || !errno_matches(row, c->err->sys))
		return false;
	if (row->kinds && !(c->step && row->kinds & KIND_BIT(c->step->kind)))
		return false;
	return !row->probe || row->probe(c);
}

/* What the origin or the probe has said stays. */
static void adopt(struct error *err, const struct explanation *row)
{
	/* A message about the command line is whole; the row's title would say it twice. */
	bool whole = err->kind == ERROR_USAGE || err->kind == ERROR_SPEC;

	if (!err->name[0])
		error_explain(err, row->name, NULL, NULL);
	if (!err->reason[0] && !whole)
		error_explain(err, NULL, row->title, NULL);
	if (!err->fix[0])
		error_explain(err, NULL, NULL, row->fix);
}

void explain_error(struct error *err, const struct plan *plan)
{
	struct case_file c = { .err = err, .plan = plan, .step = failing_step(err, plan) };
	const struct explanation *row = NULL;

	if (err->kind == ERROR_BUG && !err->name[0])
		error_explain(err, "bug", NULL, NULL);
	if (err->name[0]) {
		row = explanation_find(err->name);
	} else if (err->call != CALL_NONE) {
		for (size_t i = 0; (row = explanation_at(i)); i++)
			if (row_matches(row, &c))
				break;
	}
	if (row)
		adopt(err, row);
	if (!err->reason[0] && err->sys)
		error_explain(err, NULL, errno_text(err->sys), NULL);
}

/* Length of the well-formed printable character at s, or 0 when its first byte is to be escaped. */
static size_t printable(const char *s)
{
	unsigned char c = (unsigned char)*s;
	size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;

	if (c < 0x20 || c == 0x7f || strnlen(s, n) < n || !utf8_valid(s, n))
		return 0;
	/* The C1 controls, which some terminals obey (ECMA-48), are U+0080 to U+009F. */
	return c == 0xc2 && (unsigned char)s[1] < 0xa0 ? 0 : n;
}

/* Paths are quoted at the origin; this is for words of others: a helper, the kernel. */
static void add_safe(struct text *out, const char *s, size_t len)
{
	for (size_t n; len; s += n, len -= n) {
		n = printable(s);
		if (n) {
			text_add_bytes(out, s, n);
		} else {
			text_printf(out, "\\x%02x", (unsigned char)*s);
			n = 1;
		}
	}
}

/* A labelled field; further lines stand below the first. No line ends with a space. */
static void add_field(struct text *out, const char *label, const char *lines)
{
	for (const char *line = lines; *line; label = "") {
		size_t len = strcspn(line, "\n"), shown = len;

		while (shown && line[shown - 1] == ' ')
			shown--;
		if (shown) {
			text_printf(out, "  %-8s", label);
			add_safe(out, line, shown);
			text_add_char(out, '\n');
		}
		line += len + (line[len] == '\n');
	}
}

/* An argument as typed: quoted only when it holds more than a space that asks for it. */
static void add_origin(struct text *out, struct arena *arena, const char *origin)
{
	const char *quoted = quote_path(arena, origin);
	size_t len = strlen(origin);

	if (quoted[0] == '"' && strlen(quoted) == len + 2 && memcmp(quoted + 1, origin, len) == 0)
		quoted = origin;
	text_printf(out, "          (from %s)", quoted);
}

static void add_step(struct text *out, const struct error *err, const struct plan *plan)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_text_ struct text line = { 0 };
	const struct step *step = failing_step(err, plan);
	size_t count;

	if (!step)
		return;
	(void)step_list(err, plan, &count);
	text_printf(&line, "%d of %zu: ", err->step + 1, count);
	step_describe(step, &line);
	if (step->origin)
		add_origin(&line, &arena, step->origin);
	add_field(out, "step", text_str(&line));
}

void error_format(const struct error *err, const struct plan *plan, struct text *out)
{
	const char *reason = err->reason[0] ? err->reason : err->sys ? errno_text(err->sys) : "";
	_cleanup_text_ struct text fix = { 0 };

	text_printf(out, "%s: ", plan && plan->program ? plan->program : "nacre");
	add_safe(out, err->message, strlen(err->message));
	if (reason[0]) {
		text_add(out, ": ");
		add_safe(out, reason, strlen(reason));
	}
	text_add_char(out, '\n');
	if (plan && plan->terse)
		return;
	add_step(out, err, plan);
	add_field(out, "kernel", err->kernel);
	add_field(out, "facts", err->facts);
	if (err->fix[0] && err->name[0])
		text_printf(&fix, "%s          [%s]", err->fix, err->name);
	else
		text_add(&fix, err->fix);
	add_field(out, "fix", text_str(&fix));
	if (err->name[0] && !err->fix[0])
		text_printf(out, "  see     nacre explain %s\n", err->name);
}

static const char *const kind_names[ERROR_KIND_COUNT] = {
	[ERROR_NONE] = "none", [ERROR_USAGE] = "usage",	  [ERROR_SPEC] = "spec",
	[ERROR_PLAN] = "plan", [ERROR_SYSTEM] = "system", [ERROR_COMMAND] = "command",
	[ERROR_BUG] = "bug",
};

static void json_step(struct json *j, const struct error *err, const struct plan *plan)
{
	_cleanup_text_ struct text sentence = { 0 };
	const struct step *step = failing_step(err, plan);
	size_t count;

	if (!step)
		return;
	(void)step_list(err, plan, &count);
	step_describe(step, &sentence);
	json_object(j, "step");
	json_number(j, "number", err->step + 1);
	json_unsigned(j, "count", count);
	json_string(j, "kind", step_kind_name(step->kind));
	json_string(j, "text", text_str(&sentence));
	if (step->origin)
		json_path(j, "origin", step->origin);
	json_end_object(j);
}

static void json_facts(struct json *j, const char *facts)
{
	_cleanup_(arena_release) struct arena arena = { 0 };

	json_array(j, "facts");
	while (*facts) {
		size_t len = strcspn(facts, "\n");

		json_string(j, NULL, arena_strndup(&arena, facts, len));
		facts += len + (facts[len] == '\n');
	}
	json_end_array(j);
}

static const char *or_null(const char *field)
{
	return field[0] ? field : NULL;
}

void error_format_json(const struct error *err, const struct plan *plan, struct text *out)
{
	struct json j = { .out = out };

	json_object(&j, NULL);
	json_object(&j, "error");
	json_string(&j, "name", or_null(err->name));
	json_string(&j, "kind", kind_names[err->kind]);
	json_string(&j, "message", err->message);
	json_string(&j, "reason", or_null(err->reason));
	json_string(&j, "errno", err->sys ? errno_name(err->sys) : NULL);
	if (err->object[0])
		json_path(&j, "object", err->object);
	json_step(&j, err, plan);
	json_string(&j, "kernel", or_null(err->kernel));
	json_facts(&j, err->facts);
	json_string(&j, "fix", or_null(err->fix));
	json_number(&j, "status", err->status);
	json_end_object(&j);
	json_end_object(&j);
	text_add_char(out, '\n');
}

/* A backslash takes the meaning from a character (scdoc(5)); some have one only in front. */
static void scdoc_text(struct text *out, const char *s)
{
	for (bool start = true; *s; start = *s++ == '\n') {
		if (strchr("\\*_`<>[]#|~", *s) || (start && strchr("-.;", *s)))
			text_add_char(out, '\\');
		text_add_char(out, *s);
	}
	text_add_char(out, '\n');
}

void explain_scdoc(struct text *out)
{
	const struct explanation *row;

	text_add(out, "nacre-errors(7)\n\n"
		      "# NAME\n\nnacre-errors - causes of failures, and what to do about them\n\n"
		      "# DESCRIPTION\n\n"
		      "A message of *nacre*(1) ends with a name in brackets. *nacre explain* "
		      "_NAME_ prints\n"
		      "what stands here under that name: the cause, its background, and one thing "
		      "to do.\n"
		      "The names are stable.\n\n"
		      "# CAUSES\n\n");
	for (size_t i = 0; (row = explanation_at(i)); i++) {
		text_printf(out, "## %s\n\n", row->name);
		text_add(out, "_Cause:_ ");
		scdoc_text(out, row->title);
		text_add_char(out, '\n');
		scdoc_text(out, row->text);
		if (row->fix) {
			text_add(out, "\n_Remedy:_ ");
			scdoc_text(out, row->fix);
		}
		text_add_char(out, '\n');
	}
	text_add(out,
		 "# SEE ALSO\n\n*nacre*(1), *nacre-run*(1), *user_namespaces*(7), *mount*(2)\n");
}
