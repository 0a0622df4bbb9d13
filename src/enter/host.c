// SPDX-License-Identifier: MIT
/* Lowering a plan to its full list of steps. */
#include "enter/host.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "enter/compose.h"
#include "enter/points.h"
#include "enter/resolve.h"
#include "enter/slot.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct step *add_default(struct plan *plan, enum step_kind kind, const char *dst,
				const char *why)
{
	struct step *step = VECTOR_ADD(&plan->arena, &plan->steps);

	*step = step_init(kind, dst);
	step->why = why;
	return step;
}

bool host_makes_root(const struct step *step)
{
	switch (step->kind) {
	case STEP_BIND:
	case STEP_TMPFS:
	case STEP_OVERLAY:
	case STEP_MOUNT:
		return strcmp(step->dst, "/") == 0;
	case STEP_PROC:
	case STEP_DEV:
	case STEP_DEVPTS:
	case STEP_MQUEUE:
	case STEP_SYS:
	case STEP_REMOUNT:
	case STEP_MOVE:
	case STEP_DIR:
	case STEP_SYMLINK:
	case STEP_FILE:
	case STEP_HIDE:
	case STEP_ONLY:
	case STEP_ACCOUNT:
	case STEP_CHMOD:
	case STEP_KIND_COUNT:
		break;
	}
	return false;
}

/* An asked root must come first: everything before it would be covered. */
static int asked_root(const struct plan *plan, bool *ret, struct error *err)
{
	*ret = plan->asked.count && host_makes_root(&plan->asked.items[0]);
	if (*ret && plan->layers.count) {
		(void)fail(err, ERROR_PLAN, 0, "cannot stack the layer %s",
			   Q(plan->layers.items[0]));
		error_explain(err, "plan-layers-own-root", NULL, NULL);
		return -1;
	}
	for (size_t i = 1; i < plan->asked.count; i++) {
		if (!host_makes_root(&plan->asked.items[i]))
			continue;
		(void)fail(err, ERROR_PLAN, 0, "cannot use %s",
			   plan->asked.items[i].origin ? plan->asked.items[i].origin : "/");
		error_explain(err, "root-not-first", NULL, "give the file system for / first");
		return -1;
	}
	return 0;
}

/* Whether the box can show something there. A root of the user's own making can show anything. */
static bool base_has(const struct composition *c, const char *path, bool directory)
{
	int flags = O_PATH | (directory ? O_DIRECTORY : 0);
	_cleanup_fd_ int fd = c->base_fd < 0 ? -1 : resolve_in_root(c->base_fd, path, flags);

	return c->base_fd < 0 || fd >= 0;
}

/* Steps that are to be where the base has a place for them. */
static void drop_placeless(const struct composition *c)
{
	struct plan *plan = c->plan;
	size_t kept = 0;

	for (size_t i = 0; i < plan->asked.count; i++) {
		const struct step *step = &plan->asked.items[i];

		if (!step->if_there || base_has(c, step->dst, step->kind != STEP_ACCOUNT))
			plan->asked.items[kept++] = *step;
	}
	plan->asked.count = kept;
}

static bool is_asked(const struct plan *plan, const char *dst)
{
	for (size_t i = 0; i < plan->asked.count; i++)
		if (strcmp(plan->asked.items[i].dst, dst) == 0 &&
		    plan->asked.items[i].kind != STEP_REMOUNT)
			return true;
	return false;
}

/* Places that the defaults put something over: the base need not show them. */
static void cover_defaults(struct composition *c)
{
	static const char *const covered[] = { "/proc", "/dev", "/sys" };
	struct plan *plan = c->plan;

	for (size_t i = 0; i < sizeof(covered) / sizeof(covered[0]); i++)
		if (!plan->no_defaults || is_asked(plan, covered[i]))
			*VECTOR_ADD(&plan->arena, &c->covered.v) = covered[i];
}

static void add_resolver(struct plan *plan)
{
	struct step *step = add_default(plan, STEP_BIND, "/etc/resolv.conf",
					"names resolve as on the host's network");

	step->src = "/etc/resolv.conf";
	step->optional = true;
	step->flags.set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV |
			  MOUNT_ATTR_NOEXEC;
}

static void add_defaults(const struct composition *c)
{
	struct plan *plan = c->plan;

	if (plan->no_defaults)
		return;
	if (!is_asked(plan, "/proc"))
		add_default(plan, STEP_PROC, "/proc", "default")->fallback_bind =
			!plan->unshare[NS_PID];
	if (!is_asked(plan, "/dev"))
		(void)add_default(plan, STEP_DEV, "/dev", "default");
	if (!is_asked(plan, "/sys") && base_has(c, "/sys", true))
		add_default(plan, STEP_SYS, "/sys", "default")->fallback_bind = true;
	if (resolver_wanted(c))
		add_resolver(plan);
}

/* Compared by inode, whatever links led to either. */
const char *host_state_below(struct plan *plan, int dir_fd, const char *state_dir)
{
	struct arena *arena = &plan->arena;
	struct stat base, st;

	if (fstat(dir_fd, &base) < 0)
		return NULL;
	if (stat("/", &st) == 0 && st.st_dev == base.st_dev && st.st_ino == base.st_ino)
		return state_dir;
	for (const char *above = state_dir; strcmp(above, "/") != 0;
	     above = path_parent(arena, above))
		if (stat(above, &st) == 0 && st.st_dev == base.st_dev && st.st_ino == base.st_ino)
			return path_join(arena, "/", path_relative(state_dir, above));
	return NULL;
}

/* The boxes must not be seen from inside a box: neither read, nor written, nor layered over themselves. */
static void add_mask(const struct composition *c, const char *state_dir)
{
	struct plan *plan = c->plan;
	const char *seen = state_dir;

	if (!state_dir || plan->as_is)
		return;
	if (plan->base == BASE_DIR) {
		seen = host_state_below(plan, c->base_fd, state_dir);
		if (!seen)
			return;
	}
	if (path_below(seen, "/dev") && !plan->no_defaults)
		return;
	(void)add_default(plan, STEP_HIDE, seen, "boxes are not seen from inside a box");
}

static void add_asked(struct plan *plan, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		struct step *step = VECTOR_PUSH(&plan->arena, &plan->steps, plan->asked.items[i]);

		if (step->kind == STEP_OVERLAY && step->overlay->upper_kind == UPPER_BOX) {
			step->overlay->slot = slot_name(&plan->arena, step->dst);
			if (plan->writes == WRITES_DROP)
				step->overlay->upper_kind = UPPER_TMP;
		}
	}
}

static bool is_covered_later(const struct plan *plan, size_t index)
{
	for (size_t i = index + 1; i < plan->steps.count; i++)
		if (plan->steps.items[i].origin &&
		    path_below(plan->steps.items[index].dst, plan->steps.items[i].dst))
			return true;
	return false;
}

/*
 * A tmpfs that stands for a directory of the base holds only names that nacre made: nothing written there would be kept. Where
 * something of the user lies over it, that is what one would seal.
 */
static void add_seals(struct plan *plan)
{
	size_t count = plan->steps.count;

	for (size_t i = 0; i < count; i++) {
		const struct step *over = &plan->steps.items[i];
		struct step *step;

		if (over->kind != STEP_TMPFS || !over->covered || is_covered_later(plan, i))
			continue;
		step = add_default(plan, STEP_REMOUNT, over->dst,
				   plan->writes == WRITES_HOST
					   ? "what is made there would not be made outside"
					   : "this user may not write there outside either");
		step->flags.set = MOUNT_ATTR_RDONLY;
	}
}

/* True when path, with its links resolved, lies at or below a destination of the plan. */
static bool is_covered_source(const struct plan *plan, const char *path)
{
	char real[PATH_MAX];

	if (!realpath(path, real))
		return true;
	for (size_t i = 1; i < plan->steps.count; i++)
		if (path_below(real, plan->steps.items[i].dst))
			return true;
	return false;
}

static bool has_covered_source(const struct plan *plan, const struct step *step)
{
	if (step->src && (step->kind == STEP_BIND || step->kind == STEP_FILE) && !step->in_root)
		return is_covered_source(plan, step->src);
	if (step->kind != STEP_OVERLAY)
		return false;
	for (size_t i = 0; i < step->overlay->lowers.count; i++)
		if (!step->overlay->lowers.items[i].in_root &&
		    is_covered_source(plan, step->overlay->lowers.items[i].path))
			return true;
	return step->overlay->upper && is_covered_source(plan, step->overlay->upper);
}

/* The namespace's own copy of the host may serve as the root unless a step would hide what a later one takes from it. */
static bool stays_in_place(const struct plan *plan)
{
	const struct step *root = &plan->steps.items[0];

	if (root->kind != STEP_BIND || !root->covered || !root->recursive ||
	    strcmp(root->src, "/") != 0)
		return false;
	for (size_t i = 1; i < plan->steps.count; i++)
		if (plan->steps.items[i].kind == STEP_MOVE ||
		    has_covered_source(plan, &plan->steps.items[i]))
			return false;
	return true;
}

/* The seed layer counts against the kernel's limit of layers, and only now it is known which overlays have one. */
static int check_seeded(const struct plan *plan, struct error *err)
{
	for (size_t i = 0; i < plan->steps.count; i++) {
		const struct step *step = &plan->steps.items[i];

		if (step->kind != STEP_OVERLAY || !step->overlay->seeds.count)
			continue;
		if (step_check(step, err) < 0) {
			err->step = (int)i;
			return -1;
		}
	}
	return 0;
}

static void composition_release(struct composition *c)
{
	c->base_fd = close_fd(c->base_fd);
}

/* More than the base and the defaults usually are. */
enum { BASE_STEPS = 48 };

int host_lower(struct plan *plan, const char *state_dir, struct error *err)
{
	_cleanup_(composition_release) struct composition c = { .plan = plan, .base_fd = -EBADF };
	bool own_root = false;

	if (asked_root(plan, &own_root, err) < 0)
		return -1;
	VECTOR_RESERVE(&plan->arena, &plan->steps, plan->asked.count + BASE_STEPS);
	if (!own_root) {
		if (compose_open(&c, err) < 0)
			return -1;
		drop_placeless(&c);
		cover_defaults(&c);
		points_in_base(&c);
		if (compose_base(&c, err) < 0)
			return -1;
		add_defaults(&c);
		add_mask(&c, state_dir);
		add_asked(plan, 0, plan->asked.count);
	} else {
		add_asked(plan, 0, 1);
		add_defaults(&c);
		add_asked(plan, 1, plan->asked.count);
	}
	points_in_overlays(plan);
	if (check_seeded(plan, err) < 0)
		return -1;
	add_seals(plan);
	plan->root_in_place = stays_in_place(plan);
	return 0;
}
