// SPDX-License-Identifier: MIT
/* Finding and making places in the new root. */
#include "enter/place.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "enter/resolve.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

void place_release(struct place *place)
{
	if (place->owned)
		(void)close(place->fd);
	*place = (struct place){ .fd = -EBADF, .name = "" };
}

/* Of a --mount: it is a new one each time, and so ours. */
static bool mounts_tmpfs(const struct step *step)
{
	return step->kind == STEP_MOUNT &&
	       (strcmp(step->fstype, "tmpfs") == 0 || strcmp(step->fstype, "ramfs") == 0);
}

/* True when names may be made below what this step put there. */
static bool holds_new_names(const struct step *step)
{
	switch (step->kind) {
	case STEP_TMPFS:
	case STEP_DEV:
	case STEP_DIR:
	case STEP_ONLY:
		return true;
	case STEP_OVERLAY:
		return step->overlay->upper_kind != UPPER_NONE;
	case STEP_MOUNT:
		return mounts_tmpfs(step);
	case STEP_BIND:
	case STEP_PROC:
	case STEP_DEVPTS:
	case STEP_MQUEUE:
	case STEP_SYS:
	case STEP_REMOUNT:
	case STEP_MOVE:
	case STEP_SYMLINK:
	case STEP_FILE:
	case STEP_HIDE:
	case STEP_ACCOUNT:
	case STEP_CHMOD:
	case STEP_KIND_COUNT:
		break;
	}
	return false;
}

/* Directories that --only keeps are shown by what lies below it; the rest of the home is its tmpfs. */
static bool is_kept(const struct plan *plan, const char *path)
{
	for (size_t i = 0; i < plan->steps.count; i++)
		if (plan->steps.items[i].kind == STEP_ONLY &&
		    path_below(path, plan->steps.items[i].dst))
			return true;
	return false;
}

/* What a step covers when path is below it, or NULL. */
static const char *covered_by(const struct plan *plan, const struct step *s, const char *path)
{
	const char *place = s->dst;

	if (s->kind == STEP_REMOUNT || s->kind == STEP_MOVE || s->kind == STEP_CHMOD)
		return NULL;
	if (s->kind == STEP_ONLY)
		place = is_kept(plan, path) ? NULL : plan->home;
	return place && path_below(path, place) ? place : NULL;
}

/* The step before `index` that decides what lies at path: the last of the deepest destinations above it. */
static const struct step *covering_step(const struct plan *plan, size_t index, const char *path)
{
	const struct step *deepest = NULL;
	size_t depth = 0;

	for (size_t i = 0; i < index; i++) {
		const struct step *s = &plan->steps.items[i];
		const char *place = covered_by(plan, s, path);

		if (!place)
			continue;
		if (!deepest || path_depth(place) >= depth) {
			deepest = s;
			depth = path_depth(place);
		}
	}
	return deepest;
}

static bool is_tmpfs(const struct step *step)
{
	return step->kind == STEP_TMPFS || step->kind == STEP_DEV || step->kind == STEP_ONLY ||
	       (step->kind == STEP_DIR && step->covered) || mounts_tmpfs(step);
}

/* Opens the directory at path, making what is missing when ours. A descriptor, or -1 with errno. */
static int open_or_make(struct site *site, char *path, bool ours, mode_t mode)
{
	_cleanup_fd_ int above = -EBADF;
	int fd = resolve_in_root(site->root_fd, path, O_PATH | O_DIRECTORY);
	char *slash = strrchr(path, '/');

	if (fd >= 0 || errno != ENOENT || !ours || !slash)
		return fd;
	*slash = '\0';
	above = open_or_make(site, slash == path ? (char[]){ "/" } : path, ours, mode);
	*slash = '/';
	if (above < 0)
		return -1;
	if (mkdirat(above, slash + 1, mode) < 0 && errno != EEXIST)
		return -1;
	return openat(above, slash + 1, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* True when the directory of dst is the one that parent_fd is. */
static bool is_cached_parent(const struct site *site, const char *dst)
{
	size_t len = (size_t)(path_name(dst) - dst);

	len = len > 1 ? len - 1 : 1;
	return site->parent_fd >= 0 && strlen(site->parent) == len &&
	       memcmp(site->parent, dst, len) == 0;
}

/* Makes parent_fd the directory that holds dst. */
static int enter_parent(struct site *site, size_t index, struct error *err)
{
	const char *dst = site->plan->steps.items[index].dst;
	size_t len = (size_t)(path_name(dst) - dst);
	const struct step *covering;
	char parent[PATH_MAX];

	if (is_cached_parent(site, dst))
		return 0;
	len = len > 1 ? len - 1 : 1;
	if (len >= sizeof(parent)) {
		errno = ENAMETOOLONG;
		return fail_call(err, CALL_OPEN_TARGET, dst);
	}
	memcpy(parent, dst, len);
	parent[len] = '\0';
	site->parent_fd = close_fd(site->parent_fd);
	covering = covering_step(site->plan, index, parent);
	site->parent_ours = (covering && holds_new_names(covering)) ||
			    site->plan->steps.items[index].mkdir == MKDIR_ANYWHERE;
	site->parent_tmpfs = covering && is_tmpfs(covering);
	memcpy(site->parent, parent, len + 1);
	site->parent_fd = open_or_make(site, parent, site->parent_ours,
				       site->plan->steps.items[index].parents);
	if (site->parent_fd >= 0)
		return 0;
	return fail_call(err, errno == ENOENT ? CALL_MAKE_TARGET : CALL_OPEN_TARGET, dst);
}

int place_parent(struct site *site, size_t index, int *ret_fd, struct error *err)
{
	if (enter_parent(site, index, err) < 0)
		return -1;
	*ret_fd = site->parent_fd;
	return site->parent_ours ? 0 : 1;
}

/* A file that may stay in a tree of the user is not one to write to: nothing but a mount was wanted there. */
static int make_point(int dir_fd, const struct step *step, bool directory)
{
	const char *name = path_name(step->dst);

	if (directory)
		return mkdirat(dir_fd, name, 0755);
	return mknodat(dir_fd, name, S_IFREG | (step->mkdir == MKDIR_ANYWHERE ? 0444 : 0644), 0);
}

static int found(int fd, struct place *ret)
{
	*ret = (struct place){ .fd = fd, .name = "", .owned = true };
	return 0;
}

static bool expects_new_name(const struct site *site, size_t index)
{
	const struct step *step = &site->plan->steps.items[index], *covering;

	if (step->mkdir == MKDIR_NEVER || step->mkdir == MKDIR_REQUIRE)
		return step->mkdir == MKDIR_REQUIRE;
	if (is_cached_parent(site, step->dst))
		return site->parent_tmpfs;
	covering = covering_step(site->plan, index, step->dst);
	return covering && is_tmpfs(covering);
}

/*
 * What a mount covers is not what the cached parent shows when the mount was made through a link: so the cache is kept only
 * for a fresh name, which is certainly a child of its parent.
 */
static int make_or_find(struct site *site, size_t index, bool directory, struct place *ret,
			struct error *err)
{
	const struct step *step = &site->plan->steps.items[index];
	const char *name = path_name(step->dst);
	int fd;

	if (step->mkdir != MKDIR_NEVER) {
		if (enter_parent(site, index, err) < 0)
			return -1;
		if (site->parent_ours && make_point(site->parent_fd, step, directory) == 0) {
			*ret = (struct place){ .fd = site->parent_fd, .name = name };
			return 0;
		}
		if (site->parent_ours && (errno != EEXIST || step->mkdir == MKDIR_REQUIRE))
			return fail_call(err, CALL_MAKE_TARGET, step->dst);
	}
	fd = resolve_in_root(site->root_fd, step->dst, O_PATH);
	if (fd < 0 && errno == ENOENT) {
		/* Its directory is there, and a tree of the host: nothing is made in it. */
		if (step->mkdir != MKDIR_NEVER && !site->parent_ours)
			errno = EROFS;
		return fail_call(err, CALL_MAKE_TARGET, step->dst);
	}
	if (fd < 0)
		return fail_call(err, CALL_OPEN_TARGET, step->dst);
	if (step->mkdir == MKDIR_REQUIRE) {
		(void)close(fd);
		errno = EEXIST;
		return fail_call(err, CALL_MAKE_TARGET, step->dst);
	}
	site->parent_fd = close_fd(site->parent_fd);
	return found(fd, ret);
}

int place_find(struct site *site, size_t index, bool directory, struct place *ret, struct error *err)
{
	const struct step *step = &site->plan->steps.items[index];
	int fd;

	if (!*path_name(step->dst)) {
		fd = resolve_in_root(site->root_fd, "/", O_PATH);
		return fd < 0 ? fail_call(err, CALL_OPEN_TARGET, step->dst) : found(fd, ret);
	}
	/* On a tmpfs of ours the name is most likely new, elsewhere most likely there: the likely thing is tried first. */
	if (expects_new_name(site, index))
		return make_or_find(site, index, directory, ret, err);
	fd = resolve_in_root(site->root_fd, step->dst, O_PATH);
	if (fd >= 0) {
		site->parent_fd = close_fd(site->parent_fd);
		return found(fd, ret);
	}
	if (errno != ENOENT)
		return fail_call(err, CALL_OPEN_TARGET, step->dst);
	return make_or_find(site, index, directory, ret, err);
}

int place_turn_to_file(const struct place *place, const struct step *step)
{
	if (unlinkat(place->fd, place->name, AT_REMOVEDIR) < 0)
		return -1;
	return make_point(place->fd, step, false);
}
