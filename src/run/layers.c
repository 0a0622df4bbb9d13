// SPDX-License-Identifier: MIT
/* Which layer a word means. */
#include "run/layers.h"

#include "run/box.h"
#include "state/layers.h"

static int settle(struct plan *plan, struct box *box, const char **layer, struct error *err)
{
	struct saved_layer saved;
	int answer = layers_mean(&plan->arena, plan->cwd, plan->home, *layer, &saved, err), fd;

	if (answer < 0)
		return -1;
	*layer = saved.path;
	if (answer == LAYERS_DIRECTORY)
		return 0;
	fd = layers_hold(&saved, err);
	if (fd < 0)
		return -1;
	*VECTOR_ADD(&plan->arena, &box->locks.v) = fd;
	return 0;
}

int layers_settle(struct plan *plan, struct box *box, struct error *err)
{
	for (size_t i = 0; i < plan->layers.count; i++)
		if (plan->layers.items[i][0] != '/' &&
		    settle(plan, box, &plan->layers.items[i], err) < 0)
			return -1;
	return 0;
}
