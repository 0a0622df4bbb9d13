// SPDX-License-Identifier: MIT
/* The order of a run, one short function for each stage. */
#include "run/run.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "enter/account.h"
#include "enter/desktop.h"
#include "enter/host.h"
#include "enter/idmaps.h"
#include "enter/mirror.h"
#include "run/hold.h"
#include "run/layers.h"
#include "run/outside.h"

/* Back to what the user asked for, and lowered again with a look at the mount table. */
static int prepare_again(struct plan *plan, struct box *box, struct error *err)
{
	plan->assume_whole = false;
	plan->steps.count = 0;
	plan->notes.count = 0;
	if (host_lower(plan, box->state_dir, err) < 0)
		return -1;
	return box->dir_fd < 0 ? 0 : box_record(box, plan, err);
}

/* The one refusal that an assumption about the root's mounts can explain. */
static bool assumed_wrongly(const struct plan *plan, const struct error *err)
{
	return plan->assume_whole && err->call == CALL_FSCREATE && err->sys == EINVAL &&
	       err->step == 0;
}

/* Beside a caller it may be long since the mount table was looked at: what has been mounted below a directory since is in the way. */
static bool is_outdated(const struct plan *plan, const struct error *err)
{
	return plan->leash && err->call == CALL_FSCREATE && err->sys == EINVAL;
}

static int run_once(struct plan *plan, const struct box *box, struct hold *hold, step_trace trace,
		    int *ret_status, struct error *err)
{
	*err = (struct error){ 0 };
	return outside_run(plan, box->path, hold, trace, ret_status, err);
}

static int run_in_box(struct plan *plan, struct box *box, struct hold *hold, step_trace trace,
		      int *ret_status, struct error *err)
{
	size_t steps = plan->steps.count;

	if (run_once(plan, box, hold, trace, ret_status, err) == 0)
		return 0;
	if ((!assumed_wrongly(plan, err) && !is_outdated(plan, err)) ||
	    prepare_again(plan, box, err) < 0)
		return -1;
	if (run_once(plan, box, hold, trace, ret_status, err) == 0)
		return 0;
	/* The caller has the steps of before. */
	if (plan->leash && plan->steps.count != steps)
		err->step = -1;
	return -1;
}

int run_prepare(struct plan *plan, struct box *box, struct error *err)
{
	box_locate(box, plan);
	if (layers_settle(plan, box, err) < 0 || idmaps_resolve(plan, err) < 0)
		return -1;
	if (mirror_settle(plan, box->state_dir, err) < 0)
		return -1;
	if (plan->account)
		account_add(plan);
	/* Before the check, which then sees these steps too. */
	if ((plan->desktop && desktop_add(plan, err) < 0) || plan_check(plan, err) < 0)
		return -1;
	plan_find_places(plan);
	/* Whoever runs it beside us would look again where we do not see it, and tell of steps that we do not know. */
	plan->assume_whole = plan->unshare[NS_USER] && !plan->output.dry_run &&
			     !plan->output.verbose && plan->owns_process;
	if (host_lower(plan, box->state_dir, err) < 0)
		return -1;
	box_settle(box, plan);
	return 0;
}

int run_plan(struct plan *plan, struct box *box, struct hold *hold, step_trace trace,
	     struct run_result *ret, struct error *err)
{
	*ret = (struct run_result){ 0 };
	if (box_open(box, plan, err) < 0) {
		box_abandon(box, plan);
		return -1;
	}
	if (hold) {
		hold->dir_fd = box->dir_fd;
		hold->box_path = box->path;
	}
	if (run_in_box(plan, box, hold, trace, &ret->status, err) < 0) {
		box_abandon(box, plan);
		return -1;
	}
	/* Its set-up command failed. */
	if (hold && hold->setup) {
		box_abandon(box, plan);
		return 0;
	}
	ret->name = box->name;
	ret->state_fallback = box->name && box->fallback;
	return box_close(box, plan, &ret->box, err);
}
