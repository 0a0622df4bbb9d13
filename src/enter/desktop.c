// SPDX-License-Identifier: MIT
/* The options of the desktop in their order, and what their parts share. */
#include "enter/desktop.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "enter/desktop_parts.h"
#include "enter/host.h"
#include "enter/walk.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What an option is called, and the error when nothing of it, nor of any other, is there. */
static const struct {
	unsigned bit;
	const char *option, *what, *name;
	void (*add)(struct desktop *d);
} options[] = {
	{ DESKTOP_GUI, "--gui", "a display", "desktop-no-display", desktop_gui },
	{ DESKTOP_AUDIO, "--audio", "sound", "desktop-no-sound", desktop_audio },
	{ DESKTOP_SESSION_BUS, "--dbus", "the session's message bus", "desktop-no-bus",
	  desktop_session_bus },
	{ DESKTOP_SYSTEM_BUS, "--dbus=system", "the system's message bus", "desktop-no-system-bus",
	  desktop_system_bus },
	{ DESKTOP_GPU, "--gpu", "a graphics card", "desktop-no-gpu", desktop_gpu },
	{ DESKTOP_MEDIA, "--media", "removable media", "desktop-no-media", desktop_media },
};

const char *desktop_variable(const struct desktop *d, const char *name)
{
	const struct plan *plan = d->plan;
	const char *value = getenv(name);

	for (size_t i = 0; i < d->variables; i++) {
		const struct env_change *change = &plan->env.items[i];

		if (strcmp(change->name, name) != 0)
			continue;
		value = change->action == ENV_SET    ? change->value
			: change->action == ENV_KEEP ? getenv(name)
						     : NULL;
	}
	return value && *value ? value : NULL;
}

void desktop_set(struct desktop *d, const char *name, const char *value)
{
	struct env_change *change = VECTOR_ADD(&d->plan->arena, &d->plan->env);

	change->action = ENV_SET;
	change->name = name;
	change->value = value;
}

void desktop_leave_out(struct desktop *d, const char *what, const char *format, ...)
{
	struct plan *plan = d->plan;
	char reason[1024];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(reason, sizeof(reason), format, args);
	va_end(args);
	*VECTOR_ADD(&plan->arena, &plan->left_out) = arena_printf(&plan->arena, "%s: %s", what,
								  reason);
}

/* After a link ".." is another directory than the text says, and a place in the box is text. */
static bool climbs(const char *path)
{
	for (const char *at = path; (at = strstr(at, "/..")); at += 3)
		if (at[3] == '/' || !at[3])
			return true;
	return false;
}

const char *desktop_find(struct desktop *d, const char *path, mode_t type, const char **ret_reason)
{
	struct arena *arena = &d->plan->arena;
	const char *real;
	struct stat st;

	if (*path != '/' || climbs(path)) {
		*ret_reason = arena_printf(arena, "%s is not a clean, absolute path", Q(path));
		return NULL;
	}
	real = walk_links(arena, path, ret_reason);
	if (!real)
		return NULL;
	if (lstat(real, &st) < 0)
		*ret_reason = arena_printf(arena, "%s: %s", Q(path), errno_text(errno));
	else if (!type || (st.st_mode & S_IFMT) == type)
		return real;
	else
		*ret_reason = arena_printf(arena, "%s is not a %s", Q(path),
					   type == S_IFSOCK ? "socket" : "regular file");
	return NULL;
}

const char *desktop_in_runtime(struct desktop *d, const char *name, const char **ret_reason)
{
	const char *dir = desktop_variable(d, "XDG_RUNTIME_DIR");

	if (*name == '/')
		return name;
	if (dir && *dir == '/')
		return path_join(&d->plan->arena, dir, name);
	*ret_reason = dir ? "XDG_RUNTIME_DIR is not an absolute path"
			  : "XDG_RUNTIME_DIR is not set";
	return NULL;
}

static bool is_asked(const struct plan *plan, const char *dst)
{
	for (size_t i = 0; i < plan->asked.count; i++)
		if (strcmp(plan->asked.items[i].dst, dst) == 0)
			return true;
	return false;
}

struct step *desktop_step(struct desktop *d, enum step_kind kind, const char *dst, const char *why)
{
	struct step *step = VECTOR_ADD(&d->plan->arena, &d->plan->asked);

	*step = step_init(kind, dst);
	step->origin = d->option;
	step->why = why;
	return step;
}

/*
 * The directory of the XDG Base Directory Specification: the command's own, mode 0700, gone with the box. It is named after the
 * id inside, as programs derive it from that where the variable is lost.
 */
static const char *runtime_dir(struct desktop *d)
{
	const struct identity *id = &d->plan->identity;
	struct step *step;

	if (d->runtime)
		return d->runtime;
	d->runtime = arena_printf(&d->plan->arena, "/run/user/%u", id->uid);
	if (!is_asked(d->plan, d->runtime)) {
		step = desktop_step(d, STEP_TMPFS, d->runtime, "for sockets");
		step->mode = 0700;
		step->uid = id->uid;
		step->gid = id->gid;
		step->flags.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
	}
	desktop_set(d, "XDG_RUNTIME_DIR", d->runtime);
	return d->runtime;
}

const char *desktop_place(struct desktop *d, const char *path, const char *name)
{
	struct arena *arena = &d->plan->arena;

	if (!d->own_root)
		return path_absolute(arena, "/", path);
	return path_join(arena, runtime_dir(d), name);
}

struct step *desktop_bind(struct desktop *d, const char *src, const char *dst, const char *why)
{
	struct step *step = desktop_step(d, STEP_BIND, dst, why);

	step->src = src;
	step->recursive = false;
	step->flags.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
	return step;
}

struct step *desktop_file(struct desktop *d, const char *dst, const char *why)
{
	struct step *step = desktop_step(d, STEP_FILE, dst, why);

	step->mode = 0600;
	step->uid = d->plan->identity.uid;
	step->gid = d->plan->identity.gid;
	return step;
}

/* Nothing at all: the first option says what was wanted, the parts say why. */
static int nothing(const struct desktop *d, struct error *err)
{
	const struct plan *plan = d->plan;
	size_t i = 0;

	while (!(plan->desktop & options[i].bit))
		i++;
	(void)fail(err, ERROR_PLAN, 0, "cannot give the box %s", options[i].what);
	error_explain(err, options[i].name, NULL, NULL);
	for (size_t k = 0; k < plan->left_out.count; k++)
		error_fact(err, "%s", plan->left_out.items[k]);
	return -1;
}

int desktop_add(struct plan *plan, struct error *err)
{
	struct desktop d = { .plan = plan, .variables = plan->env.count };

	d.own_root = plan->base == BASE_DIR || (plan->desktop & DESKTOP_APART) ||
		     (plan->asked.count && host_makes_root(&plan->asked.items[0]));
	for (size_t i = 0; i < ARRAY_LEN(options); i++) {
		if (!(plan->desktop & options[i].bit))
			continue;
		d.option = options[i].option;
		options[i].add(&d);
	}
	return d.given || (plan->desktop & DESKTOP_OPTIONAL) ? 0 : nothing(&d, err);
}
