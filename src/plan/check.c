// SPDX-License-Identifier: MIT
/*
 * Contradictions that the text of a plan shows, found before anything is touched.
 *
 *   step_check   one step: the fields all kinds share, then the row of its kind (overlays: check_overlay.c)
 *   plan_check   the asked steps, each alone and against earlier ones, then the whole run's options
 *
 * Each refusal says what cannot be done and why, and carries a stable name; what to do about it
 * stands in the table of src/explain/, under that name. Nothing here makes a system call: whether a
 * path exists, or is another one through a symbolic link, is for the engine to find.
 */
#include "plan/check.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "plan/idmap.h"

#include <stdio.h>
#include <string.h>

enum {
	MAX_HOSTNAME = 64, /* __NEW_UTS_LEN, sethostname(2) */
	MAX_MODE = 07777,
};

#define MAX_ID (INT64_C(4294967294)) /* one less than (uid_t)-1, which means "no id" */

/* "cannot … PLACE". */
static const char *const actions[] = {
	[STEP_BIND] = "bind on",
	[STEP_TMPFS] = "mount tmpfs on",
	[STEP_PROC] = "mount proc on",
	[STEP_DEV] = "make a private /dev on",
	[STEP_DEVPTS] = "mount devpts on",
	[STEP_MQUEUE] = "mount message queues on",
	[STEP_SYS] = "mount sysfs on",
	[STEP_MOUNT] = "mount on",
	[STEP_REMOUNT] = "remount",
	[STEP_MOVE] = "move a mount to",
	[STEP_OVERLAY] = "overlay",
	[STEP_DIR] = "make the directory",
	[STEP_SYMLINK] = "make the link",
	[STEP_FILE] = "make the file",
	[STEP_HIDE] = "hide",
	[STEP_ONLY] = "hide all except",
	[STEP_ACCOUNT] = "add a line to",
	[STEP_CHMOD] = "set the permissions of",
};
_Static_assert(ARRAY_LEN(actions) == STEP_KIND_COUNT, "each kind has an action");

int check_refuse(const struct step *step, struct error *err, const char *name, const char *format,
		 ...)
{
	char reason[sizeof(err->reason)];
	va_list args;

	fail(err, ERROR_PLAN, 0, "cannot %s %s", actions[step->kind],
	     step->dst ? Q(step->dst) : "an unnamed place");
	va_start(args, format);
	(void)vsnprintf(reason, sizeof(reason), format, args);
	va_end(args);
	error_explain(err, name, reason, NULL);
	return -1;
}

/* What no single step is to blame for. */
static int contradiction(struct error *err, const char *name, const char *message,
			 const char *reason)
{
	fail(err, ERROR_PLAN, 0, "%s", message);
	error_explain(err, name, reason, NULL);
	return -1;
}

/* Absolute, and nothing between the slashes is empty, "." or "..". */
static bool is_clean(const char *path)
{
	size_t len;

	if (*path != '/')
		return false;
	if (path[1] == '\0')
		return true;
	for (const char *p = path; *p == '/'; p += len) {
		p++;
		len = strcspn(p, "/");
		if (len == 0 || (len <= 2 && strspn(p, ".") >= len))
			return false;
	}
	return true;
}

int check_path(const struct step *step, const char *what, const char *path, struct error *err)
{
	if (!path || !*path)
		return check_refuse(step, err, "plan-source-missing", "%s is missing", what);
	if (*path != '/')
		return check_refuse(step, err, "plan-source-relative", "%s %s is not absolute",
				    what, SHORT(path));
	if (!is_clean(path))
		return check_refuse(step, err, "plan-path-not-clean", "%s %s is not a clean path",
				    what, SHORT(path));
	return 0;
}

static const bool may_be_root[STEP_KIND_COUNT] = {
	[STEP_BIND] = true,    [STEP_TMPFS] = true, [STEP_OVERLAY] = true,
	[STEP_REMOUNT] = true, [STEP_CHMOD] = true,
};

static int check_target(const struct step *step, struct error *err)
{
	if (!step->dst || *step->dst != '/')
		return check_refuse(step, err, "plan-target-relative",
				    "the place is not an absolute path");
	if (!is_clean(step->dst))
		return check_refuse(step, err, "plan-path-not-clean",
				    "the place is not a clean path");
	if (strcmp(step->dst, "/") == 0 && !may_be_root[step->kind])
		return check_refuse(step, err, "plan-target-root", "only a mount can be the root");
	return 0;
}

static int check_flags(const struct step *step, struct error *err)
{
	const struct mount_flags *flags = &step->flags;
	/* A change of the atime mode clears the whole mask and sets one value in it (mount_setattr(2)). */
	uint64_t both = flags->set & flags->clear & ~(uint64_t)MOUNT_ATTR__ATIME;

	if (both)
		return check_refuse(step, err, "plan-flags-contradict",
				    "a mount flag is both set and cleared");
	switch (flags->propagation) {
	case 0:
	case MS_PRIVATE:
	case MS_SLAVE:
	case MS_SHARED:
	case MS_UNBINDABLE:
		return 0;
	default:
		return check_refuse(step, err, "plan-propagation",
				    "it is given more than one propagation type");
	}
}

static int check_owner(const struct step *step, struct error *err)
{
	if (step->mode < -1 || step->mode > MAX_MODE)
		return check_refuse(step, err, "plan-mode-range", "the mode has bits beyond 07777");
	if (step->uid < -1 || step->uid > MAX_ID || step->gid < -1 || step->gid > MAX_ID)
		return check_refuse(step, err, "plan-id-range", "its owner is not an id");
	return 0;
}

static int check_nothing(const struct step *step, struct error *err)
{
	(void)step;
	(void)err;
	return 0;
}

static int check_bind(const struct step *step, struct error *err)
{
	if (step->from_fd < 0 && check_path(step, "the source", step->src, err) < 0)
		return -1;
	if (step->optional && step->ensure)
		return check_refuse(step, err, "plan-bind-optional-ensure",
				    "a missing source is either skipped or made");
	return 0;
}

static int check_tmpfs(const struct step *step, struct error *err)
{
	if (step->size && step->blocks)
		return check_refuse(step, err, "plan-tmpfs-size-twice",
				    "its size is given in bytes and in blocks");
	return 0;
}

static int check_mount(const struct step *step, struct error *err)
{
	if (!step->fstype || !*step->fstype)
		return check_refuse(step, err, "plan-mount-type", "the file-system type is missing");
	return 0;
}

static int check_move(const struct step *step, struct error *err)
{
	if (check_path(step, "the source", step->src, err) < 0)
		return -1;
	if (path_below(step->dst, step->src))
		return check_refuse(step, err, "plan-move-into-itself",
				    "it is inside the mount at %s", SHORT(step->src));
	return 0;
}

static int check_symlink(const struct step *step, struct error *err)
{
	/* Read when the plan is prepared. */
	if (!step->text && step->src)
		return check_path(step, "the source", step->src, err);
	if (!step->text || !*step->text)
		return check_refuse(step, err, "plan-symlink-target", "its target is missing");
	return 0;
}

static int check_file(const struct step *step, struct error *err)
{
	if (step->from_fd >= 0)
		return 0;
	if (!step->text && !step->src)
		return check_refuse(step, err, "plan-file-content", "it has no content");
	if (step->text && step->src)
		return check_refuse(step, err, "plan-file-content", "it has a text and a source");
	return step->src ? check_path(step, "the source", step->src, err) : 0;
}

static int check_chmod(const struct step *step, struct error *err)
{
	if (step->mode < 0)
		return check_refuse(step, err, "plan-mode-range", "no mode is given");
	return 0;
}

static int (*const check_kind[])(const struct step *step, struct error *err) = {
	[STEP_BIND] = check_bind,	[STEP_TMPFS] = check_tmpfs,
	[STEP_PROC] = check_nothing,	[STEP_DEV] = check_nothing,
	[STEP_DEVPTS] = check_nothing,	[STEP_MQUEUE] = check_nothing,
	[STEP_SYS] = check_nothing,	[STEP_MOUNT] = check_mount,
	[STEP_REMOUNT] = check_nothing, [STEP_MOVE] = check_move,
	[STEP_OVERLAY] = check_overlay, [STEP_DIR] = check_nothing,
	[STEP_SYMLINK] = check_symlink, [STEP_FILE] = check_file,
	[STEP_HIDE] = check_nothing,	[STEP_ONLY] = check_nothing,
	[STEP_ACCOUNT] = check_nothing, [STEP_CHMOD] = check_chmod,
};
_Static_assert(ARRAY_LEN(check_kind) == STEP_KIND_COUNT, "each kind has a check");

int step_check(const struct step *step, struct error *err)
{
	if (check_target(step, err) < 0 || check_flags(step, err) < 0 || check_owner(step, err) < 0)
		return -1;
	return check_kind[step->kind](step, err);
}

/* A namespace that the box shares belongs to the host, with the right to mount its file system. */
static int check_namespace_of_step(const struct plan *plan, const struct step *step,
				   struct error *err)
{
	if (plan->no_userns)
		return 0;
	if (step->kind == STEP_MQUEUE && !plan->unshare[NS_IPC])
		return check_refuse(step, err, "plan-mqueue-shared",
				    "the ipc namespace is shared with the host");
	if (step->kind == STEP_PROC && !plan->unshare[NS_PID] && !step->fallback_bind)
		return check_refuse(step, err, "plan-proc-shared",
				    "the pid namespace is shared with the host");
	if (step->kind == STEP_OVERLAY)
		return check_overlay_userns(step, err);
	return 0;
}

static int check_only(const struct plan *plan, const struct step *step, struct error *err)
{
	if (step->kind != STEP_ONLY)
		return 0;
	if (!plan->home)
		return check_refuse(step, err, "plan-only-without-home",
				    "the home directory is not known");
	if (strcmp(step->dst, plan->home) == 0 || !path_below(step->dst, plan->home))
		return check_refuse(step, err, "plan-only-outside-home",
				    "it is not below the home directory %s", SHORT(plan->home));
	return 0;
}

static int check_earlier(const struct plan *plan, const struct step *step, struct error *err)
{
	bool new_root = (step->kind == STEP_BIND || step->kind == STEP_TMPFS) && !step->in_root &&
			!step->mirror && strcmp(step->dst, "/") == 0;

	if (new_root && step > plan->asked.items)
		return check_refuse(step, err, "plan-root-not-first",
				    "it would cover what the steps before it made");
	if (step->kind != STEP_OVERLAY)
		return 0;
	for (const struct step *other = plan->asked.items; other < step; other++) {
		const char *shared = other->kind == STEP_OVERLAY ? check_overlay_shared(step, other)
								 : NULL;

		if (shared)
			return check_refuse(step, err, "plan-upper-shared",
					    "%s serves the overlay on %s already", SHORT(shared),
					    SHORT(other->dst));
	}
	return 0;
}

static int check_steps(const struct plan *plan, struct error *err)
{
	for (size_t i = 0; i < plan->asked.count; i++) {
		const struct step *step = &plan->asked.items[i];

		if (step_check(step, err) < 0 || check_namespace_of_step(plan, step, err) < 0 ||
		    check_only(plan, step, err) < 0 || check_earlier(plan, step, err) < 0) {
			err->step = (int)i;
			return -1;
		}
	}
	return 0;
}

static int layer_refused(const char *layer, const char *name, const char *reason, struct error *err)
{
	fail(err, ERROR_PLAN, 0, "cannot stack the layer %s", Q(layer));
	error_explain(err, name, reason, NULL);
	return -1;
}

static int check_layers(const struct plan *plan, struct error *err)
{
	const char *base = plan->base == BASE_HOST ? "/" : plan->root, *twice;
	const char *paths[MAX_LAYERS];

	for (size_t i = 0; i < plan->layers.count; i++) {
		const char *layer = plan->layers.items[i];

		paths[i] = layer;
		if (!is_clean(layer))
			return layer_refused(layer, "plan-layer-path",
					     "it is not an absolute, clean path", err);
		if (strcmp(layer, base) == 0)
			return layer_refused(layer, "plan-layer-twice", "it is the base", err);
	}
	twice = check_given_twice(paths, plan->layers.count);
	return twice ? layer_refused(twice, "plan-layer-twice", "it is given twice", err) : 0;
}

static int check_base(const struct plan *plan, struct error *err)
{
	if (plan->base == BASE_DIR && (!plan->root || !is_clean(plan->root)))
		return contradiction(err, "plan-root-path", "cannot build on the root directory",
				     "it is not an absolute, clean path");
	if (plan->layers.count && plan->writes == WRITES_HOST)
		return contradiction(err, "plan-layers-writes-host", "cannot stack layers",
				     "writes go to the host, not to a layer");
	/* The base is the lowest layer of all. */
	if (plan->layers.count + 1 > MAX_LAYERS)
		return contradiction(err, "plan-overlay-too-many-layers", "cannot stack the layers",
				     "with the base they are more than the kernel's limit of 500");
	return check_layers(plan, err);
}

/* An empty map is one that the front end leaves to the engine: it will hold the command's id. */
static int check_mapped(const struct id_map *map, const char *what, uint32_t id, struct error *err)
{
	if (!map->v.count || id_map_outside(map, id, NULL))
		return 0;
	fail(err, ERROR_PLAN, 0, "cannot run as %s %u", what, id);
	error_explain(err, "plan-id-unmapped", NULL, NULL);
	error_set_reason(err, "the %s map has no line for it", what);
	return -1;
}

static int check_identity(const struct plan *plan, struct error *err)
{
	const struct identity *id = &plan->identity;

	if (plan->no_userns) {
		if (id->kind == IDENTITY_SAME || id->kind == IDENTITY_ALL)
			return 0;
		return contradiction(err, "plan-no-userns-identity", "cannot map ids",
				     "there is no user namespace");
	}
	if (!id->uids.v.count != !id->gids.v.count)
		return contradiction(err, "plan-idmap-incomplete", "cannot map ids",
				     id->uids.v.count ? "--uid-map is given without --gid-map"
						      : "--gid-map is given without --uid-map");
	if (check_mapped(&id->uids, "uid", id->uid, err) < 0)
		return -1;
	return check_mapped(&id->gids, "gid", id->gid, err);
}

static int check_namespaces(const struct plan *plan, struct error *err)
{
	if (!plan->unshare[NS_MOUNT])
		return contradiction(err, "plan-mount-shared", "cannot share the mount namespace",
				     "the box is its view of the file system");
	if (!plan->unshare[NS_USER] && !plan->no_userns)
		return contradiction(err, "plan-userns-shared", "cannot share the user namespace",
				     "the other namespaces are made with its rights");
	if (plan->hostname && !plan->unshare[NS_UTS])
		return contradiction(err, "plan-hostname-shared", "cannot set the host name",
				     "the uts namespace is shared with the host");
	if (plan->hostname && strlen(plan->hostname) > MAX_HOSTNAME)
		return contradiction(err, "plan-hostname-length", "cannot set the host name",
				     "it is longer than 64 bytes");
	return 0;
}

static int check_command(const struct plan *plan, struct error *err)
{
	if (plan->workdir && *plan->workdir != '/')
		return contradiction(err, "plan-path-relative", "cannot set the working directory",
				     "it is not an absolute path");
	for (size_t i = 0; i < plan->seeds.count; i++)
		if (!is_clean(plan->seeds.items[i]))
			return contradiction(err, "plan-path-relative", "cannot seed a directory",
					     "its path is not absolute and clean");
	if (plan->output.json && !plan->output.dry_run)
		return contradiction(err, "plan-json-needs-dry-run", "cannot print json",
				     "the output of a run is the command's own");
	return 0;
}

int plan_check(const struct plan *plan, struct error *err)
{
	if (check_steps(plan, err) < 0 || check_base(plan, err) < 0 ||
	    check_identity(plan, err) < 0 || check_namespaces(plan, err) < 0)
		return -1;
	return check_command(plan, err);
}
