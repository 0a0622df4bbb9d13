// SPDX-License-Identifier: MIT
/* The order of a run, one short function for each stage. */
#include "run/run.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "enter/host.h"
#include "enter/idmaps.h"
#include "run/outside.h"

int run_prepare(struct plan *plan, struct box *box, struct error *err)
{
	box_locate(box, plan);
	if (idmaps_resolve(plan, err) < 0 || plan_check(plan, err) < 0)
		return -1;
	return host_lower(plan, box->state_dir, err);
}

int run_plan(struct plan *plan, struct box *box, step_trace trace, struct run_result *ret,
	     struct error *err)
{
	*ret = (struct run_result){ 0 };
	if (box_open(box, plan, err) < 0 ||
	    outside_run(plan, box->path, trace, &ret->status, err) < 0) {
		box_abandon(box, plan);
		return -1;
	}
	ret->name = box->name;
	ret->state_fallback = box->name && box->fallback;
	return box_close(box, plan, &ret->box, err);
}
