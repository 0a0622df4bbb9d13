// SPDX-License-Identifier: MIT
/* Finding the mount points that a plan needs and the base lacks. */
#include "enter/points.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "enter/mount.h"
#include "enter/resolve.h"
#include "enter/seeds.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* A bind that will be skipped. */
static bool is_skipped(const struct step *step)
{
	return step->optional && access(step->src, F_OK) < 0 && errno == ENOENT;
}

/*
 * Kinds that put something at a place which must be there, or make it: in the seed layer, so that it is no change of the box.
 * HIDE and REMOUNT take what there is. `required`: also for those that make it themselves, and need a directory of ours for that.
 */
static bool needs_point(const struct step *step, bool required)
{
	bool made = step->mkdir == MKDIR_MAYBE || (required && step->mkdir == MKDIR_REQUIRE);

	switch (step->kind) {
	case STEP_BIND:
		return made && !is_skipped(step);
	case STEP_TMPFS:
	case STEP_PROC:
	case STEP_DEV:
	case STEP_DEVPTS:
	case STEP_MQUEUE:
	case STEP_SYS:
	case STEP_MOUNT:
	case STEP_OVERLAY:
	case STEP_MOVE:
	case STEP_FILE:
	case STEP_DIR:
	case STEP_SYMLINK:
	case STEP_ACCOUNT:
		return made;
	case STEP_REMOUNT:
	case STEP_HIDE:
	case STEP_ONLY:
	case STEP_CHMOD:
	case STEP_KIND_COUNT:
		break;
	}
	return false;
}

static struct point point_of(const struct step *step)
{
	struct point point = { .path = step->dst,
			       .parents = step->parents,
			       .directory = step->kind != STEP_FILE && step->kind != STEP_ACCOUNT };
	struct stat st;

	if (step->kind == STEP_DIR || step->kind == STEP_SYMLINK)
		point.made = step;
	else if (step->kind == STEP_BIND && !step->ensure)
		point.directory = stat(step->src, &st) < 0 || S_ISDIR(st.st_mode);
	return point;
}

static bool exists_at(int root_fd, const char *path)
{
	_cleanup_fd_ int fd = resolve_in_root(root_fd, path, O_PATH);

	/* What may not be looked at counts as there: the mount itself will tell. */
	return fd >= 0 || (errno != ENOENT && errno != ENOTDIR);
}

static bool exists_in(const char *root, const char *path)
{
	_cleanup_fd_ int root_fd = sys_open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);

	return root_fd >= 0 && exists_at(root_fd, path);
}

/* A path of the host inside the base, as a place in the box, with the rest that does not exist. */
static const char *below_base(struct composition *c, const char *host, const char *rest)
{
	struct arena *arena = &c->plan->arena;
	const char *base = composition_real_base(c);

	if (!path_below(host, base))
		return path_join(arena, "/", rest);
	return path_join(arena, path_join(arena, "/", path_relative(host, base)), rest);
}

/*
 * The place with the links of its existing part resolved in the base, so that "/var/run/x" is found to be "/run/x".
 * NULL when the whole of it exists.
 */
static const char *missing_place(struct composition *c, const struct point *point)
{
	const char *dst = point->path;
	struct arena *arena = &c->plan->arena;

	for (const char *known = dst;; known = path_parent(arena, known)) {
		/* A link cannot be made over a link, wherever that leads. */
		int flags = O_PATH | (known == dst && point->made ? O_NOFOLLOW : 0);
		_cleanup_fd_ int fd = resolve_in_root(c->base_fd, known, flags);
		char target[PATH_MAX];
		ssize_t n;

		if (fd < 0 && (errno == ENOENT || errno == ENOTDIR) && strcmp(known, "/") != 0)
			continue;
		if (fd < 0 || known == dst)
			return NULL;
		n = readlink(FD_PATH(fd), target, sizeof(target) - 1);
		if (n < 0)
			return dst;
		target[n] = '\0';
		return below_base(c, target, path_relative(dst, known));
	}
}

static bool exists_in_layers(const struct plan *plan, const char *path)
{
	for (size_t i = 0; i < plan->layers.count; i++)
		if (exists_in(plan->layers.items[i], path))
			return true;
	return false;
}

/* Whether later places below what this step puts there are its business, not the base's. */
static bool lies_over_base(const struct step *step)
{
	/* A directory that was asked for is in the seed layer too, and so is what lies in it. */
	return step->kind != STEP_REMOUNT && step->kind != STEP_HIDE && step->kind != STEP_DIR;
}

/* True when an earlier step of the user lies over the place: one of the directories above dst is its place. */
static bool under_asked(const struct strset *earlier, const char *dst)
{
	for (const char *slash = strchr(dst + 1, '/'); slash; slash = strchr(slash + 1, '/'))
		if (strset_has(earlier, dst, (size_t)(slash - dst)))
			return true;
	return strset_has(earlier, "/", 1) && dst[1];
}

/* The place that is missing, with links resolved, or NULL. */
static const char *add_missing(struct composition *c, struct point point)
{
	point.path = missing_place(c, &point);
	/* A mount point that a layer has too does no harm in the seed layer: it will be covered. */
	if (point.path && (!point.made || !exists_in_layers(c->plan, point.path)))
		*VECTOR_ADD(&c->plan->arena, &c->points.v) = point;
	return point.path;
}

bool resolver_wanted(const struct composition *c)
{
	static const char path[] = "/etc/resolv.conf";
	const struct plan *plan = c->plan;

	if (plan->no_defaults || plan->base != BASE_DIR || plan->unshare[NS_NET] ||
	    !exists_in("/", path) || !exists_at(c->base_fd, "/etc"))
		return false;
	for (size_t i = 0; i < plan->asked.count; i++)
		if (strcmp(plan->asked.items[i].dst, path) == 0)
			return false;
	/* The root is the user's and is not captured: no place is made for what was not asked for. */
	return plan->writes != WRITES_HOST || exists_at(c->base_fd, path);
}

void points_in_base(struct composition *c)
{
	static const char *const defaults[] = { "/proc", "/dev" };
	struct plan *plan = c->plan;
	bool capture = plan->writes == WRITES_KEEP || plan->writes == WRITES_DROP;
	struct strset earlier = { 0 };

	for (size_t i = 0; !plan->no_defaults && i < ARRAY_LEN(defaults); i++)
		(void)add_missing(c, (struct point){ defaults[i], true, NULL, 0755 });
	if (resolver_wanted(c))
		(void)add_missing(c, (struct point){ "/etc/resolv.conf", false, NULL, 0755 });
	for (size_t i = 0; i < plan->asked.count; i++) {
		struct step *s = &plan->asked.items[i];
		const char *missing = NULL;

		/* Captured, the place is made in an upper; here its directory must become one of ours. */
		if (needs_point(s, plan->writes == WRITES_HOST) && !under_asked(&earlier, s->dst))
			missing = add_missing(c, point_of(s));
		/* In such a directory, whatever links lead to it (enter/place.c goes by names). */
		if (missing && !capture)
			s->dst = missing;
		if (lies_over_base(s))
			(void)strset_add(&plan->arena, &earlier, s->dst);
	}
}

static bool layers_have(const struct overlay *o, const char *relative)
{
	for (size_t i = 0; i < o->lowers.count; i++)
		if (!o->lowers.items[i].in_root && exists_in(o->lowers.items[i].path, relative))
			return true;
	return false;
}

static bool has_shadow(const struct overlay *o)
{
	for (size_t i = 0; i < o->lowers.count; i++)
		if (o->lowers.items[i].in_root)
			return true;
	return false;
}

/* Where the directory of a shadow layer is on the host, for the modes of its ancestors. */
static const char *top_directory(const struct step *step)
{
	const struct overlay *o = step->overlay;

	return o->lowers.count ? o->lowers.items[o->lowers.count - 1].path : NULL;
}

static void points_in_one(struct plan *plan, size_t index)
{
	struct step *over = &plan->steps.items[index];
	struct overlay *o = over->overlay;

	for (size_t i = index + 1; i < plan->steps.count; i++) {
		const struct step *s = &plan->steps.items[i];
		struct point point;
		const char *relative;

		if (!needs_point(s, false) || !path_below(s->dst, over->dst) ||
		    strcmp(s->dst, over->dst) == 0)
			continue;
		point = point_of(s);
		relative = path_relative(s->dst, over->dst);
		if (!layers_have(o, relative) &&
		    !(has_shadow(o) && exists_in("/", s->dst) && plan->base == BASE_HOST))
			seeds_add_point(plan, o, top_directory(over), relative, &point);
	}
}

void points_in_overlays(struct plan *plan)
{
	for (size_t i = 0; i < plan->steps.count; i++)
		if (plan->steps.items[i].kind == STEP_OVERLAY && plan->steps.items[i].origin)
			points_in_one(plan, i);
}
