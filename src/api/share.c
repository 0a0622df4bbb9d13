// SPDX-License-Identifier: MIT
/*
 * The part of include/nacre.h about boxes that are known by a link to their namespaces, as programs that nacre stands in for know
 * them.
 *
 * The link is a sign for others: whether a box of ours lives is told by its keeper alone. Where it leads elsewhere, and namespaces are
 * there, these are joined whoever made them.
 */
#include "nacre.h"

#include "api/handles.h"
#include "api/live.h"
#include "base/cleanup.h"
#include "base/path.h"
#include "run/holder.h"
#include "run/link.h"
#include "state/store.h"

#include <unistd.h>

bool nacre_plan_shared(const struct nacre_plan *plan)
{
	return plan->plan->held;
}

static int fail_absent(const struct plan *plan, struct error *err)
{
	(void)fail(err, ERROR_PLAN, ENOENT, "cannot join the namespaces %s", Q(plan->link));
	error_explain(err, "namespaces-absent", NULL, NULL);
	return -1;
}

static int fail_other(const struct plan *plan, struct error *err)
{
	(void)fail(err, ERROR_PLAN, 0, "cannot join the namespaces %s", Q(plan->link));
	error_explain(err, "namespaces-other", NULL, NULL);
	return -1;
}

static enum link_state look(struct plan *plan)
{
	const char *paths[STORE_PATHS];

	store_box_paths(&plan->arena, plan->home, plan->name, paths);
	return link_look(plan->link, paths, ARRAY_LEN(paths));
}

/* ---- others' ---- */

/* Its command is who the caller is in there: of these namespaces nothing else is known. */
static int join_others(struct plan *plan, int *ret_status, struct error *err)
{
	_cleanup_(member_release) struct member member = MEMBER_NOBODY;

	live_default_command(plan);
	if (link_open(plan->link, &member.way) < 0)
		return fail_other(plan, err);
	if (member_enter(plan, &member, err) < 0) {
		int sys = err->sys;

		(void)fail_other(plan, err);
		error_fact(err, "to enter them was refused: %s", errno_text(sys));
		return -1;
	}
	plan->identity.uid = getuid();
	plan->identity.gid = getgid();
	plan->caps_add = 0;
	return member_run(plan, &member, ret_status, err);
}

/* ---- ours ---- */

/* A link of a box that does not live. NACRE_NOT_LIVING: it is gone. */
static int clean(struct plan *plan, struct error *err)
{
	const char *paths[STORE_PATHS];
	int answer = 0;

	store_box_paths(&plan->arena, plan->home, plan->name, paths);
	for (size_t i = 0; i < ARRAY_LEN(paths) && answer == 0; i++)
		if (paths[i])
			answer = member_clean(paths[i], plan->link, err);
	return answer ? answer : NACRE_NOT_LIVING;
}

/* The box, or what lies at its link, when it lives; 0 with *ret_status. NACRE_NOT_LIVING: nothing does, and no link is left. */
static int join(struct nacre_plan *plan, int *ret_status, struct nacre_error *error)
{
	/* One that is made while we look at it is joined then. */
	enum { TRIES = 100 };
	struct plan *p = plan->plan;
	int answer = MEMBER_LIVES;

	for (int i = 0; i < TRIES && answer == MEMBER_LIVES; i++) {
		answer = nacre_plan_join(plan, ret_status, error);
		if (answer != NACRE_NOT_LIVING)
			return answer;
		switch (look(p)) {
		case LINK_LIVE:
			return join_others(p, ret_status, &error->value);
		case LINK_OTHER:
			return fail_other(p, &error->value);
		case LINK_STALE:
			(void)unlink(p->link);
			return NACRE_NOT_LIVING;
		case LINK_OWN:
			answer = clean(p, &error->value);
			break;
		case LINK_NONE:
			break;
		}
	}
	return answer == MEMBER_LIVES ? fail_other(p, &error->value) : answer;
}

/* What others have there stays; what is left of one that is dead goes. Our own is the keeper's business. */
static int make_room(struct plan *plan, struct error *err)
{
	enum link_state state = look(plan);

	if (state == LINK_LIVE || state == LINK_OTHER)
		return live_fail_there(plan, err);
	if (state == LINK_STALE)
		(void)unlink(plan->link);
	return 0;
}

static int hold(struct nacre_plan *plan, int *ret_status, struct error *err)
{
	_cleanup_(member_release) struct member member = MEMBER_NOBODY;
	struct plan *p = plan->plan;

	if (live_find(plan, false, &member, err) < 0)
		return -1;
	return holder_wait(&member,
			   arena_printf(&p->arena, "%s/boxes/%s", plan->box.state_dir, p->name),
			   ret_status, err);
}

int nacre_plan_share(struct nacre_plan *plan, int *ret_status, struct nacre_error *error)
{
	struct plan *p = plan->plan;
	int answer;

	if (p->company == COMPANY_THERE || p->company == COMPANY_ANY) {
		answer = join(plan, ret_status, error);
		if (answer != NACRE_NOT_LIVING)
			return answer;
		if (p->company == COMPANY_THERE)
			return fail_absent(p, &error->value);
	} else if (make_room(p, &error->value) < 0) {
		return -1;
	}
	if (nacre_plan_prepare(plan, error) < 0)
		return -1;
	return p->company == COMPANY_HOLDER ? hold(plan, ret_status, &error->value)
					    : nacre_plan_enter(plan, ret_status, error);
}
