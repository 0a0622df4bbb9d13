// SPDX-License-Identifier: MIT
/* include/nacre.h over the parts. Thin: every function gathers, calls one part, and hands the result out. */
#include "nacre.h"

#include "api/handles.h"
#include "api/process.h"
#include "base/arena.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/json.h"
#include "base/path.h"
#include "base/table.h"
#include "base/text.h"
#include "explain/doctor.h"
#include "explain/explain.h"
#include "plan/plan.h"
#include "read/options.h"
#include "read/verbs.h"
#include "run/run.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *handles_give(struct text *text)
{
	char *s = text->data ? text->data : strdup("");

	if (!s)
		out_of_memory_();
	*text = (struct text){ 0 };
	return s;
}

int handles_take(void *ret, size_t known, const void *given, struct error *err)
{
	const unsigned char *bytes = given;
	size_t size;

	memcpy(&size, given, sizeof(size));
	for (size_t i = known; i < size; i++)
		if (bytes[i])
			return fail(err, ERROR_PLAN, E2BIG,
				    "cannot use options that this version does not know");
	if (size < sizeof(size))
		return fail(err, ERROR_PLAN, EINVAL, "cannot use options without a size");
	memset(ret, 0, known);
	memcpy(ret, given, size < known ? size : known);
	return 0;
}

int handles_check(const void *ret, struct error *err)
{
	size_t size;

	memcpy(&size, ret, sizeof(size));
	return size < sizeof(size)
		       ? fail(err, ERROR_PLAN, EINVAL, "cannot fill a struct without a size")
		       : 0;
}

void handles_fill(void *ret, const void *value, size_t known)
{
	size_t size;

	memcpy(&size, ret, sizeof(size));
	if (size < sizeof(size))
		return;
	memset(ret, 0, size);
	memcpy(ret, value, size < known ? size : known);
	memcpy(ret, &size, sizeof(size));
}

struct nacre_plan *nacre_plan_new(void)
{
	char buf[PATH_MAX];
	/* getcwd() of a directory outside our root starts with "(unreachable)" (getcwd(2)). */
	const char *cwd = getcwd(buf, sizeof(buf)), *home = getenv("HOME");
	struct plan *plan = plan_new(cwd && *cwd == '/' ? cwd : "/",
				     home && *home == '/' ? home : NULL);
	struct nacre_plan *p = arena_new(&plan->arena, struct nacre_plan);

	*p = (struct nacre_plan){ .plan = plan, .box = { .state_fd = -EBADF, .dir_fd = -EBADF } };
	return p;
}

void nacre_plan_free(struct nacre_plan *plan)
{
	if (plan)
		plan_free(plan->plan);
}

struct nacre_error *nacre_error_new(void)
{
	struct arena arena = { 0 };
	struct nacre_error *error = arena_new(&arena, struct nacre_error);

	error->arena = arena;
	return error;
}

void nacre_error_free(struct nacre_error *error)
{
	if (error)
		arena_release(&error->arena);
}

static const struct verb_row *find_verb(const char *name)
{
	for (const struct verb_row *v = verb_rows; v->name; v++)
		if (strcmp(v->name, name) == 0)
			return v;
	return NULL;
}

int nacre_plan_read(struct nacre_plan *plan, const char *verb, int argc, char **argv,
		    struct nacre_error *error)
{
	const struct verb_row *row = find_verb(verb);
	int answer = options_read(plan->plan, row ? row->verb : 0, argc, argv, &error->value);

	/* Of a run itself nothing is printed but its command's output. */
	if (row && row->verb == VERB_TRY && !plan->plan->output.dry_run) {
		plan->plan->ask.json = plan->plan->output.json;
		plan->plan->output.json = false;
	}
	return answer == OPTIONS_HELP ? NACRE_HELP : answer;
}

void nacre_plan_output(const struct nacre_plan *plan, struct nacre_output *ret)
{
	const struct plan_output *o = &plan->plan->output;
	const struct ask *ask = &plan->plan->ask;

	const struct nacre_output value = {
		.dry_run = o->dry_run,
		.json = o->json || ask->json,
		.quiet = o->quiet,
		.verbose = o->verbose,
		.as_profile = o->as_profile,
		.remove = ask->remove,
		.exit_code = ask->exit_code,
		.force = ask->force,
		.list = ask->list,
		.purge = ask->purge,
		.answer = (enum nacre_answer)ask->answer,
		.all = ask->all,
		.layer = ask->into,
		.grace_ms = ask->grace_ms,
		.stat = ask->stat,
		.name_only = ask->name_only || ask->nul,
		.no_pager = ask->no_pager,
		.colour = (int)ask->colour,
	};

	handles_fill(ret, &value, sizeof(value));
}

const char *const *nacre_plan_words(const struct nacre_plan *plan)
{
	static const char *const none[] = { NULL };

	return plan->plan->argv.items ? plan->plan->argv.items : none;
}

const char *nacre_plan_name(const struct nacre_plan *plan)
{
	return plan->plan->name;
}

const char *nacre_plan_root(struct nacre_plan *plan)
{
	return plan->plan->base == BASE_DIR ? quote_path(&plan->plan->arena, plan->plan->root)
					    : NULL;
}

int nacre_plan_prepare(struct nacre_plan *plan, struct nacre_error *error)
{
	struct plan *p = plan->plan;
	const char *kept;

	plan->prepared = true;
	options_settle(p);
	kept = box_options_kept(p);
	if (plan->beyond_words && (kept || p->held))
		return fail(
			&error->value, ERROR_PLAN, EINVAL,
			"cannot keep a file with NUL bytes among the options of a box that lives");
	if ((kept || p->held) && (handles_note_options(plan, &error->value) < 0 ||
				  box_options_settle(p, &plan->given, kept, &error->value) < 0))
		return -1;
	return run_prepare(p, &plan->box, &error->value);
}

char *nacre_plan_show(const struct nacre_plan *plan, bool json)
{
	struct text text = { 0 };

	if (json)
		plan_show_json(plan->plan, &text);
	else
		plan_show_text(plan->plan, &text);
	return handles_give(&text);
}

char *nacre_plan_warnings(const struct nacre_plan *plan)
{
	struct text text = { 0 };

	if (plan->plan->identity.fallback)
		text_printf(&text,
			    "nacre: warning: the box has one id and no range of them: chown, "
			    "setgroups and programs that change their user will not work in it "
			    "(nacre explain %s)\n",
			    plan->plan->identity.fallback);
	if (plan->box.fallback && plan->plan->writes == WRITES_KEEP)
		text_printf(&text,
			    "nacre: warning: the state directory cannot hold an upper; the box is "
			    "kept in memory, in %s\n",
			    plan->box.state_dir);
	return text.len ? handles_give(&text) : NULL;
}

char *nacre_plan_left_out(const struct nacre_plan *plan)
{
	struct text text = { 0 };

	for (size_t i = 0; i < plan->plan->left_out.count; i++)
		text_printf(&text, "nacre: left out: %s\n", plan->plan->left_out.items[i]);
	return text.len ? handles_give(&text) : NULL;
}

/* The engine traces with the plan and an index; users of the header get the sentence. */
static _Thread_local void (*trace_sentence)(const char *sentence);

static void trace_step(const struct plan *plan, size_t index)
{
	struct text text = { 0 };

	text_printf(&text, "step %zu of %zu: ", index + 1, plan->steps.count);
	step_describe(&plan->steps.items[index], &text);
	trace_sentence(text_str(&text));
	text_release(&text);
}

int nacre_plan_become(struct nacre_plan *plan, void (*trace)(const char *sentence),
		      struct nacre_result *result, struct nacre_error *error)
{
	/* Of a program with threads the command would take the place of all. */
	plan->plan->becomes = plan->plan->owns_process;
	return nacre_plan_run(plan, trace, result, error);
}

void nacre_plan_own_process(struct nacre_plan *plan)
{
	plan->plan->owns_process = true;
}

static void copy_name(char *ret, size_t size, const char *name)
{
	(void)snprintf(ret, size, "%s", name ? name : "");
}

void run_here(struct nacre_plan *plan, process_trace trace, struct process_report *report)
{
	struct run_result r;

	trace_sentence = trace;
	report->answer = run_plan(plan->plan, &plan->box, NULL, trace ? trace_step : NULL, &r,
				  &report->err);
	report->status = r.status;
	report->changes = r.box.changes;
	report->kept = r.box.kept;
	report->named = plan->plan->name != NULL;
	copy_name(report->name, sizeof(report->name), r.box.kept ? r.name : NULL);
	copy_name(report->path, sizeof(report->path), r.box.path);
}

int nacre_plan_run(struct nacre_plan *plan, void (*trace)(const char *sentence),
		   struct nacre_result *result, struct nacre_error *error)
{
	struct process_report report;

	if (handles_check(result, &error->value) < 0 ||
	    process_call(plan, NACRE_RUN, trace, &report, error) < 0)
		return -1;
	process_result(&report, result);
	return 0;
}

char *nacre_error_text(const struct nacre_error *error, const struct nacre_plan *plan, bool json)
{
	struct error explained = error->value;
	struct text text = { 0 };

	explain_error(&explained, plan ? plan->plan : NULL);
	if (json)
		error_format_json(&explained, plan ? plan->plan : NULL, &text);
	else
		error_format(&explained, plan ? plan->plan : NULL, &text);
	return handles_give(&text);
}

int nacre_error_status(const struct nacre_error *error, const struct nacre_plan *plan)
{
	int status = plan && plan->plan->program_status ? plan->plan->program_status(&error->value)
							: 0;

	if (!status)
		status = error->value.status;
	return status ? status : STATUS_FAILED;
}

char *nacre_doctor(bool json, bool *ret_ok)
{
	struct nacre_plan *plan = nacre_plan_new();
	struct findings findings = { 0 };
	struct text text = { 0 };

	box_locate(&plan->box, plan->plan);
	doctor_run(&plan->plan->arena, plan->box.state_dir, &findings);
	*ret_ok = doctor_worst(&findings) != FINDING_FAIL;
	if (json)
		doctor_json(&findings, &text);
	else
		doctor_text(&findings, &text);
	nacre_plan_free(plan);
	return handles_give(&text);
}

static const char *explanation_name(size_t i, const void *unused)
{
	const struct explanation *e = explanation_at(i);

	(void)unused;
	return e ? e->name : NULL;
}

char *nacre_explain(const char *name, bool json, char **ret_nearest)
{
	const struct explanation *e = explanation_find(name);
	struct text text = { 0 };

	if (!e) {
		const char *nearest = nearest_word(name, explanation_name, NULL);

		*ret_nearest = nearest ? strdup(nearest) : NULL;
		return NULL;
	}
	if (json) {
		struct json j = { .out = &text, .pretty = true };

		json_object(&j, NULL);
		json_number(&j, "version", 1);
		json_string(&j, "name", e->name);
		json_string(&j, "title", e->title);
		json_string(&j, "text", e->text);
		json_string(&j, "fix", e->fix);
		json_end_object(&j);
		text_add_char(&text, '\n');
	} else {
		text_printf(&text, "%s: %s\n\n%s\n", e->name, e->title, e->text);
		if (e->fix)
			text_printf(&text, "\nFix: %s\n", e->fix);
	}
	return handles_give(&text);
}

char *nacre_explain_list(bool json)
{
	const struct explanation *e;
	struct text text = { 0 };
	struct json j = { .out = &text, .pretty = true };

	if (json) {
		json_object(&j, NULL);
		json_number(&j, "version", 1);
		json_array(&j, "explanations");
	}
	for (size_t i = 0; (e = explanation_at(i)); i++) {
		if (!json) {
			text_printf(&text, "%-28s %s\n", e->name, e->title);
			continue;
		}
		json_object(&j, NULL);
		json_string(&j, "name", e->name);
		json_string(&j, "title", e->title);
		json_end_object(&j);
	}
	if (json) {
		json_end_array(&j);
		json_end_object(&j);
		text_add_char(&text, '\n');
	}
	return handles_give(&text);
}

char *nacre_help(const char *verb)
{
	const struct verb_row *row = verb ? find_verb(verb) : NULL;
	struct text text = { 0 };

	if (verb && !row)
		return NULL;
	if (row)
		help_verb(row, &text);
	else
		help_all(verb_rows, &text);
	return handles_give(&text);
}

int nacre_usage(struct nacre_error *error, const char *name, const char *message, const char *fix)
{
	(void)fail(&error->value, ERROR_USAGE, 0, "%s", message);
	error_explain(&error->value, name, NULL, fix);
	return -1;
}

static const char *verb_name(size_t i, const void *unused)
{
	(void)unused;
	return verb_rows[i].name;
}

const char *nacre_nearest_verb(const char *word)
{
	return nearest_word(word, verb_name, NULL);
}
