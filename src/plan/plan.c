// SPDX-License-Identifier: MIT
/*
 * The plan's life, and the words for its enums. A new plan is that of a bare `nacre run`; who the
 * caller is comes later (enter/), because nothing in this folder asks the system.
 */
#include "plan/plan.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/syscalls.h"

#include <string.h>

static const struct {
	const char *name;
	int flag;
} namespaces[] = {
	[NS_USER] = { "user", CLONE_NEWUSER }, [NS_MOUNT] = { "mount", CLONE_NEWNS },
	[NS_PID] = { "pid", CLONE_NEWPID },    [NS_IPC] = { "ipc", CLONE_NEWIPC },
	[NS_UTS] = { "uts", CLONE_NEWUTS },    [NS_CGROUP] = { "cgroup", CLONE_NEWCGROUP },
	[NS_NET] = { "net", CLONE_NEWNET },    [NS_TIME] = { "time", CLONE_NEWTIME },
};
_Static_assert(ARRAY_LEN(namespaces) == NS_COUNT, "each namespace has a row");

static const struct plan bare = {
	.base = BASE_HOST,
	.writes = WRITES_KEEP,
	.identity = { .kind = IDENTITY_SAME },
	.unshare = { [NS_USER] = true,
		     [NS_MOUNT] = true,
		     [NS_PID] = true,
		     [NS_IPC] = true,
		     [NS_UTS] = true,
		     [NS_CGROUP] = true },
	.grace_ms = -1,
	.parents = 0755,
	.ask = { .grace_ms = 10000 },
};

struct plan *plan_new(const char *cwd, const char *home)
{
	struct arena arena = { 0 };
	struct plan *plan = arena_new(&arena, struct plan);

	*plan = bare;
	plan->cwd = arena_strdup(&arena, cwd ? cwd : "/");
	if (home)
		plan->home = arena_strdup(&arena, home);
	plan->arena = arena;
	return plan;
}

void plan_start_over(struct plan *plan)
{
	const struct plan had = *plan;

	*plan = bare;
	plan->arena = had.arena;
	plan->cwd = had.cwd;
	plan->home = had.home;
	plan->verb = had.verb;
	plan->name = had.name;
	plan->held = had.held;
	plan->owns_process = had.owns_process;
	plan->leash = had.leash;
	plan->recreate = had.recreate;
	plan->output = had.output;
	plan->ask = had.ask;
	plan->argv.items = had.argv.items;
	plan->argv.count = had.argv.count;
	plan->argv.capacity = had.argv.capacity;
}

struct plan *plan_free(struct plan *plan)
{
	if (plan)
		arena_release(&plan->arena);
	return NULL;
}

/* Of a run only the caller's own directory is asked for. */
static void add_place(struct plan *plan, const char *outside, const char *inside)
{
	if (plan->held || path_below(plan->cwd, outside))
		VECTOR_PUSH(&plan->arena, &plan->places, (struct place_inside){ outside, inside });
}

void plan_find_places(struct plan *plan)
{
	plan->places.count = 0;
	if (plan->base == BASE_DIR)
		add_place(plan, plan->root, "/");
	for (size_t i = 0; i < plan->asked.count; i++) {
		const struct step *s = &plan->asked.items[i];

		if (s->kind == STEP_BIND && s->src && !s->in_root && strcmp(s->src, s->dst) != 0)
			add_place(plan, s->src, s->dst);
		for (size_t k = 0; s->kind == STEP_OVERLAY && k < s->overlay->lowers.count; k++)
			if (!s->overlay->lowers.items[k].in_root)
				add_place(plan, s->overlay->lowers.items[k].path, s->dst);
	}
}

void plan_set_words(struct plan *plan, const char *const *words)
{
	plan->argv.items = NULL;
	plan->argv.count = plan->argv.capacity = 0;
	for (; *words; words++)
		*VECTOR_ADD(&plan->arena, &plan->argv) = arena_strdup(&plan->arena, *words);
	plan_close_words(plan);
}

void plan_close_words(struct plan *plan)
{
	*VECTOR_ADD(&plan->arena, &plan->argv) = NULL;
	plan->argv.count--;
}

const char *ns_name(enum ns_kind kind)
{
	return namespaces[kind].name;
}

const char *ns_file(enum ns_kind kind)
{
	return kind == NS_MOUNT ? "mnt" : ns_name(kind);
}

int ns_flag(enum ns_kind kind)
{
	return namespaces[kind].flag;
}

const char *writes_name(enum writes writes)
{
	static const char *const names[] = {
		[WRITES_KEEP] = "keep",
		[WRITES_DROP] = "drop",
		[WRITES_DENY] = "deny",
		[WRITES_HOST] = "host",
	};

	return names[writes];
}
