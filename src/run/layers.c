// SPDX-License-Identifier: MIT
/* Which layer a word means. */
#include "run/layers.h"

#include "base/error.h"
#include "base/path.h"
#include "run/box.h"
#include "state/layers.h"

#include <sys/stat.h>

static int fail_unknown(struct plan *plan, const char *word, struct error *err)
{
	(void)layers_fail_unknown(&plan->arena, plan->home, word, err);
	error_explain(err, NULL, "it is neither a directory here nor a saved layer", NULL);
	return -1;
}

static int settle(struct plan *plan, struct box *box, const char **layer, struct error *err)
{
	const char *here = path_join(&plan->arena, plan->cwd, *layer);
	struct saved_layer saved;
	struct stat st;
	bool there = stat(here, &st) == 0;
	int answer, fd;

	if (there && S_ISDIR(st.st_mode)) {
		*layer = here;
		return 0;
	}
	answer = layers_find(&plan->arena, plan->home, *layer, &saved, err);
	if (answer < 0)
		return -1;
	if (answer == LAYERS_NONE && !there)
		return fail_unknown(plan, *layer, err);
	*layer = answer == LAYERS_NONE ? here : saved.path;
	if (answer == LAYERS_NONE)
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
