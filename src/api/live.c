// SPDX-License-Identifier: MIT
/* The part of include/nacre.h about boxes that live. */
#include "nacre.h"

#include "api/handles.h"
#include "api/live.h"
#include "api/process.h"
#include "base/cleanup.h"
#include "base/path.h"
#include "run/layers.h"
#include "run/member.h"
#include "run/run.h"
#include "run/terms.h"
#include "state/store.h"

#include <stdlib.h>

/* The caller's shell, as a terminal would start it. */
void live_default_command(struct plan *plan)
{
	const char *shell = getenv("SHELL");

	if (plan->argv.count)
		return;
	plan_set_words(plan, (const char *const[]){ shell && *shell ? shell : "/bin/sh", NULL });
}

static int check_living(const struct plan *plan, struct error *err)
{
	if (plan->unshare[NS_PID])
		return 0;
	(void)fail(err, ERROR_PLAN, 0, "cannot let the box %s live", Q(plan->name));
	error_explain(err, "live-needs-pid", NULL, NULL);
	return -1;
}

static int fail_setup(const char *name, int status, struct error *err)
{
	(void)fail(err, ERROR_COMMAND, 0, "the set-up command of the box %s failed", Q(name));
	error_fact(err, "exit status %d", status);
	error_explain(err, "setup-failed", NULL, NULL);
	return -1;
}

int handles_note_options(struct nacre_plan *plan, struct error *err)
{
	struct plan *p = plan->plan;

	if (!plan->given.taken && p->layers.count) {
		box_locate(&plan->box, p);
		if (layers_settle(p, &plan->box, err) < 0)
			return -1;
	}
	box_options_note(p, &plan->given);
	return 0;
}

/* In the box, by its shell, as whoever uses it. */
static int run_setup(struct plan *plan, struct member *member, struct error *err)
{
	const char *const words[] = { "/bin/sh", "-c", plan->setup, NULL };
	const __typeof__(plan->argv) command = plan->argv;
	int status = 0, answer;

	plan->argv.items = (const char **)words;
	plan->argv.count = ARRAY_LEN(words) - 1;
	answer = member_run(plan, member, &status, err);
	plan->argv = command;
	return answer < 0 ? -1 : status ? fail_setup(plan->name, status, err) : 0;
}

/* With a way in: whoever came becomes what the box says, and is what it was asked for. */
static int take_part(struct nacre_plan *plan, struct member *member, struct error *err)
{
	struct plan *p = plan->plan;

	if (terms_take(member->way.terms, p, err) < 0)
		return -1;
	if (!member->created && box_options_check(p, &plan->given, p->options, err) < 0)
		return -1;
	if (box_options_again(p, &plan->given, err) < 0)
		return -1;
	if (p->setup && (member->created || p->setup_on_join) && run_setup(p, member, err) < 0)
		return -1;
	return p->setup && member->created ? member_ready(member, err) : 0;
}

static int join_living(struct plan *plan, struct member *ret, struct error *err)
{
	const char *paths[STORE_PATHS];
	int answer = MEMBER_NONE;

	store_box_paths(&plan->arena, plan->home, plan->name, paths);
	for (size_t i = 0; i < STORE_PATHS && answer == MEMBER_NONE; i++) {
		member_release(ret);
		answer = paths[i] ? member_join(paths[i], ret, err) : MEMBER_NONE;
	}
	return answer;
}

void join_here(struct nacre_plan *plan, struct process_report *report)
{
	_cleanup_(member_release) struct member member = MEMBER_NOBODY;
	struct plan *p = plan->plan;
	int answer = p->name && !p->recreate ? join_living(p, &member, &report->err) : MEMBER_NONE;

	report->answer = answer == MEMBER_NONE ? NACRE_NOT_LIVING : answer;
	if (answer)
		return;
	live_default_command(p);
	report->answer = handles_note_options(plan, &report->err);
	if (report->answer == 0)
		report->answer = take_part(plan, &member, &report->err);
	if (report->answer == 0)
		report->answer = member_run(p, &member, &report->status, &report->err);
	member_leave(&member, p->stays);
}

/* --recreate: the one that lives ends first. */
static int end_living(struct plan *plan, struct error *err)
{
	const char *paths[STORE_PATHS];

	if (!plan->recreate)
		return 0;
	store_box_paths(&plan->arena, plan->home, plan->name, paths);
	for (size_t i = 0; i < STORE_PATHS; i++)
		if (paths[i] && member_stop(paths[i], plan->ask.grace_ms, err) < 0)
			return -1;
	return 0;
}

int live_fail_there(const struct plan *plan, struct error *err)
{
	(void)fail(err, ERROR_PLAN, EEXIST, "cannot make the namespaces %s", Q(plan->link));
	error_explain(err, "namespaces-there", NULL, NULL);
	return -1;
}

int live_find(struct nacre_plan *plan, bool stays, struct member *ret, struct error *err)
{
	bool anew = plan->plan->company == COMPANY_NEW || plan->plan->company == COMPANY_HOLDER;

	plan->plan->stays = stays;
	/* One that was read for another verb. */
	if (!plan->plan->options) {
		if (handles_note_options(plan, err) < 0)
			return -1;
		plan->plan->options = plan->given.all;
	}
	if (check_living(plan->plan, err) < 0 || end_living(plan->plan, err) < 0)
		return -1;
	if (member_find(plan->plan, &plan->box, ret, err) < 0)
		return -1;
	return anew && !ret->created ? live_fail_there(plan->plan, err) : 0;
}

void enter_here(struct nacre_plan *plan, struct process_report *report)
{
	_cleanup_(member_release) struct member member = MEMBER_NOBODY;

	live_default_command(plan->plan);
	report->answer = live_find(plan, false, &member, &report->err);
	if (report->answer < 0)
		return;
	report->answer = take_part(plan, &member, &report->err);
	if (report->answer == 0)
		report->answer = member_run(plan->plan, &member, &report->status, &report->err);
	member_leave(&member, plan->plan->stays);
}

void start_here(struct nacre_plan *plan, struct process_report *report)
{
	_cleanup_(member_release) struct member member = MEMBER_NOBODY;

	report->answer = live_find(plan, true, &member, &report->err);
	if (report->answer < 0)
		return;
	report->made = member.created;
	report->answer = take_part(plan, &member, &report->err);
	/* One that came to nothing is gone at the return. */
	member_leave(&member, plan->plan->stays && report->answer == 0);
}

static int call_for_status(struct nacre_plan *plan, int how, int *ret_status,
			   struct nacre_error *error)
{
	struct process_report report;
	int answer = process_call(plan, how, NULL, &report, error);

	if (answer == 0)
		*ret_status = report.status;
	return answer;
}

int nacre_plan_join(struct nacre_plan *plan, int *ret_status, struct nacre_error *error)
{
	return call_for_status(plan, NACRE_JOIN, ret_status, error);
}

int nacre_plan_enter(struct nacre_plan *plan, int *ret_status, struct nacre_error *error)
{
	return call_for_status(plan, NACRE_ENTER, ret_status, error);
}

int nacre_plan_start(struct nacre_plan *plan, bool *ret_made, struct nacre_error *error)
{
	struct process_report report;
	int answer = process_call(plan, NACRE_START, NULL, &report, error);

	if (answer == 0)
		*ret_made = report.made;
	return answer;
}

int nacre_not_living(const struct nacre_plan *plan, const char *name, struct nacre_error *error)
{
	struct store_box box;

	/* One that is not there at all is told with the name that is nearest. */
	if (store_find(&plan->plan->arena, plan->plan->home, name, &box, &error->value) < 0)
		return -1;
	(void)fail(&error->value, ERROR_SPEC, 0, "the box %s does not live", Q(name));
	error_explain(&error->value, "box-not-living", NULL, NULL);
	return -1;
}

int nacre_stop(const struct nacre_plan *plan, const char *name, unsigned grace_ms,
	       struct nacre_error *error)
{
	struct store_box box;
	int answer;

	if (store_find(&plan->plan->arena, plan->plan->home, name, &box, &error->value) < 0)
		return -1;
	answer = member_stop(box.path, grace_ms, &error->value);
	return answer == MEMBER_NONE ? nacre_not_living(plan, name, error) : answer;
}
