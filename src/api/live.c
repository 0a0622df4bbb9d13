// SPDX-License-Identifier: MIT
/* The part of include/nacre.h about boxes that live. */
#include "nacre.h"

#include "api/handles.h"
#include "base/cleanup.h"
#include "base/path.h"
#include "enter/privilege.h"
#include "run/member.h"
#include "run/run.h"
#include "state/store.h"

#include <stdlib.h>

/* The caller's shell, as a terminal would start it. */
static void default_command(struct plan *plan)
{
	const char *shell = getenv("SHELL");

	if (plan->argv.count)
		return;
	plan->argv.items = NULL;
	plan->argv.capacity = 0;
	*VECTOR_ADD(&plan->arena, &plan->argv) = shell && *shell ? shell : "/bin/sh";
	*VECTOR_ADD(&plan->arena, &plan->argv) = NULL;
	plan->argv.count--;
}

static int check_living(const struct plan *plan, struct error *err)
{
	/* Those are made for the first command, and init, which members follow, is in neither. */
	bool beyond_init = plan->unshare[NS_TIME] || privilege_needs_second(plan);

	if (plan->unshare[NS_PID] && !beyond_init)
		return 0;
	(void)fail(err, ERROR_PLAN, 0, "cannot let the box %s live", Q(plan->name));
	error_explain(err, beyond_init ? "live-beyond-init" : "live-needs-pid", NULL, NULL);
	return -1;
}

int nacre_plan_enter(struct nacre_plan *plan, int *ret_status, struct nacre_error *error)
{
	_cleanup_(member_release) struct member member = { -EBADF, LIVE_NO_WAY, false };
	int answer;

	default_command(plan->plan);
	if (check_living(plan->plan, &error->value) < 0 ||
	    member_find(plan->plan, &plan->box, false, &member, &error->value) < 0)
		return -1;
	answer = member_run(plan->plan, &member, ret_status, &error->value);
	member_leave(&member);
	return answer;
}

int nacre_plan_start(struct nacre_plan *plan, bool *ret_made, struct nacre_error *error)
{
	_cleanup_(member_release) struct member member = { -EBADF, LIVE_NO_WAY, false };

	if (check_living(plan->plan, &error->value) < 0 ||
	    member_find(plan->plan, &plan->box, true, &member, &error->value) < 0)
		return -1;
	*ret_made = member.created;
	member_leave(&member);
	return 0;
}

static int fail_not_living(const char *name, struct error *err)
{
	(void)fail(err, ERROR_SPEC, 0, "the box %s does not live", Q(name));
	error_explain(err, "box-not-living", NULL, NULL);
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
	return answer == MEMBER_NONE ? fail_not_living(name, &error->value) : answer;
}
