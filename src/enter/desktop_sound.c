// SPDX-License-Identifier: MIT
/*
 * --audio: the PulseAudio server with its cookie, and PipeWire.
 *
 * PipeWire's second socket, pipewire-0-manager, gives rights over all streams and is left outside unless a variable names it.
 */
#include "base/cleanup.h"
#include "base/path.h"
#include "enter/address.h"
#include "enter/desktop_parts.h"

#include <string.h>

/* libpulse reads 256 bytes of it. */
enum { COOKIE_MAX = 4096 };

/* As libpulse looks for it (pa_client_conf_load_cookie). NULL when there is none. */
static const char *cookie_path(struct desktop *d)
{
	struct arena *arena = &d->plan->arena;
	const char *config = desktop_variable(d, "XDG_CONFIG_HOME"), *home = d->plan->home;
	const char *candidates[] = {
		desktop_variable(d, "PULSE_COOKIE"),
		config && *config == '/' ? path_join(arena, config, "pulse/cookie")
		: home			 ? path_join(arena, home, ".config/pulse/cookie")
					 : NULL,
		home ? path_join(arena, home, ".pulse-cookie") : NULL,
	};

	for (size_t i = 0; i < ARRAY_LEN(candidates); i++)
		if (candidates[i] && access(candidates[i], R_OK) == 0)
			return candidates[i];
	return NULL;
}

/*
 * A copy, as libpulse opens the cookie for writing first and takes no other refusal than EACCES. Without it the server knows
 * the user by his id.
 */
static void add_cookie(struct desktop *d)
{
	const char *path = cookie_path(d), *reason = NULL, *real;
	struct step *step;
	struct stat st;

	real = path ? desktop_find(d, path, S_IFREG, &reason) : NULL;
	if (real && (stat(real, &st) < 0 || st.st_size > COOKIE_MAX)) {
		reason = "it is too big for one";
		real = NULL;
	}
	if (!real) {
		desktop_leave_out(d, "PulseAudio cookie", "%s", reason ? reason : "there is none");
		return;
	}
	step = desktop_file(d, desktop_place(d, path, "pulse/cookie"), "key to PulseAudio");
	step->src = real;
	desktop_set(d, "PULSE_COOKIE", step->dst);
}

static void give_pulse(struct desktop *d, const char *path, const char *real)
{
	const char *dst = desktop_place(d, path, "pulse/native");

	(void)desktop_bind(d, real, dst, "PulseAudio");
	desktop_set(d, "PULSE_SERVER", arena_concat(&d->plan->arena, "unix", ":", dst));
	add_cookie(d);
	d->given++;
}

/* The first of a list that is there. */
static void add_pulse_server(struct desktop *d, const char *list)
{
	const char *at = list, *reason = NULL, *first = NULL, *real;
	struct address address;

	while (address_next_pulse(&d->plan->arena, &at, &address)) {
		if (address.kind == ADDRESS_NETWORK && !d->plan->unshare[NS_NET]) {
			desktop_set(d, "PULSE_SERVER", list);
			add_cookie(d);
			d->given++;
			return;
		}
		reason = "the box has no network";
		if (address.kind == ADDRESS_BROKEN)
			reason = "that is no address";
		real = address.kind == ADDRESS_PATH
			       ? desktop_find(d, address.path, S_IFSOCK, &reason)
			       : NULL;
		if (real) {
			give_pulse(d, address.path, real);
			return;
		}
		first = first ? first : reason;
	}
	desktop_leave_out(d, "PulseAudio", "PULSE_SERVER is %s, and %s", Q(list),
			  first ? first : "that is no address");
}

static void add_pulse(struct desktop *d)
{
	const char *list = desktop_variable(d, "PULSE_SERVER");
	const char *dir = desktop_variable(d, "PULSE_RUNTIME_PATH"), *reason = NULL, *path, *real;

	if (list) {
		add_pulse_server(d, list);
		return;
	}
	path = dir ? path_join(&d->plan->arena, dir, "native")
		   : desktop_in_runtime(d, "pulse/native", &reason);
	real = path ? desktop_find(d, path, S_IFSOCK, &reason) : NULL;
	if (real)
		give_pulse(d, path, real);
	else
		desktop_leave_out(d, "PulseAudio", "%s", reason);
}

static void add_pipewire(struct desktop *d)
{
	const char *remote = desktop_variable(d, "PIPEWIRE_REMOTE"), *reason = NULL, *real, *path;
	const char *dir = desktop_variable(d, "PIPEWIRE_RUNTIME_DIR"), *name, *dst;

	name = remote ? remote : "pipewire-0";
	path = dir && *name != '/' ? path_join(&d->plan->arena, dir, name)
				   : desktop_in_runtime(d, name, &reason);
	real = path ? desktop_find(d, path, S_IFSOCK, &reason) : NULL;
	if (!real) {
		desktop_leave_out(d, "PipeWire", "%s", reason);
		return;
	}
	dst = desktop_place(d, path, "pipewire-0");
	(void)desktop_bind(d, real, dst, "PipeWire");
	desktop_set(d, "PIPEWIRE_REMOTE", dst);
	d->given++;
}

void desktop_audio(struct desktop *d)
{
	add_pulse(d);
	add_pipewire(d);
}
