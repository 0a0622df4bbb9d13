// SPDX-License-Identifier: MIT
/*
 * --gui: the X11 server that DISPLAY names, with the keys to it, and the Wayland compositor.
 *
 * One socket of a display, not its directory: on another root that directory is a tmpfs with nothing else in it. It has the
 * mode 1777 that servers want of it (Xwayland in the box). X servers listen at an abstract socket of the same name too, which belongs to
 * the network namespace and has no place in the file system (unix(7)).
 */
#include "base/cleanup.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "enter/desktop_parts.h"
#include "enter/display.h"
#include "enter/xauthority.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>

#define SOCKETS "/tmp/.X11-unix"

/* A file of keys has some hundred bytes. */
enum { AUTHORITY_MAX = 1 << 20 };

/* The whole of a regular file, which somebody may replace by a fifo; NULL when it cannot be had. */
static char *read_keys(struct arena *arena, const char *path, size_t *ret_len)
{
	_cleanup_fd_ int fd = sys_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;
	size_t len = 0;
	char *bytes;

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size > AUTHORITY_MAX)
		return NULL;
	bytes = arena_alloc(arena, (size_t)st.st_size + 1);
	while (len < (size_t)st.st_size) {
		ssize_t n = read(fd, bytes + len, (size_t)st.st_size - len);

		if (n <= 0)
			break;
		len += (size_t)n;
	}
	*ret_len = len;
	return bytes;
}

/* The keys to this display, for a box whatever its host name is. Without any the server may know the user by his id. */
static void add_authority(struct desktop *d, const struct display *display)
{
	struct arena *arena = &d->plan->arena;
	const char *path = desktop_variable(d, "XAUTHORITY"), *real, *reason = NULL;
	char host[HOST_NAME_MAX + 1] = "";
	const struct xauthority_wanted wanted = {
		.number = display->number,
		.host = host,
		.remote = display->kind == DISPLAY_NETWORK && !display->loopback,
	};
	_cleanup_text_ struct text keys = { 0 };
	struct step *step;
	size_t len = 0;
	char *bytes;

	(void)gethostname(host, sizeof(host) - 1);
	if (!path && d->plan->home)
		path = path_join(arena, d->plan->home, ".Xauthority");
	real = path ? desktop_find(d, path, S_IFREG, &reason) : NULL;
	bytes = real ? read_keys(arena, real, &len) : NULL;
	if (!bytes || !xauthority_filter(bytes, len, &wanted, &keys)) {
		desktop_leave_out(d, "X11 keys", "%s",
				  reason  ? reason
				  : !path ? "XAUTHORITY and HOME are not set"
				  : bytes ? "there is none for this display"
					  : "the file cannot be read");
		return;
	}
	step = desktop_file(d, desktop_place(d, path, "Xauthority"), "keys to the X server");
	step->text = arena_memdup(arena, keys.data, keys.len);
	step->text_len = keys.len;
	desktop_set(d, "XAUTHORITY", step->dst);
}

/* The socket of a path with or without a screen behind it. */
static const char *find_path(struct desktop *d, struct display *display, const char **ret_reason)
{
	const char *real = desktop_find(d, display->path, S_IFSOCK, ret_reason), *screen = "";
	const char *shorter = display_path_without_screen(&d->plan->arena, display->path, &screen);
	const char *ignored;

	if (real || !shorter)
		return real;
	real = desktop_find(d, shorter, S_IFSOCK, &ignored);
	if (real) {
		display->path = shorter;
		display->screen = screen;
	}
	return real;
}

/* The directory of all displays: what DISPLAY says outside is as true inside. */
static bool add_all_sockets(struct desktop *d)
{
	struct stat st;

	if (!(d->plan->desktop & DESKTOP_X11_WHOLE))
		return false;
	if (stat(SOCKETS, &st) < 0 || !S_ISDIR(st.st_mode))
		return false;
	(void)desktop_bind(d, SOCKETS, SOCKETS, "X11");
	d->given++;
	return true;
}

static void add_socket(struct desktop *d, struct display *display, const char *text)
{
	struct arena *arena = &d->plan->arena;
	const char *reason = NULL, *real, *dst = display->path;

	if (display->kind == DISPLAY_PATH) {
		real = find_path(d, display, &reason);
	} else {
		display->path = arena_concat(arena, SOCKETS, "/X", display->number);
		real = desktop_find(d, display->path, S_IFSOCK, &reason);
	}
	if (!real) {
		desktop_leave_out(d, "X11", "DISPLAY is %s, and %s", Q(text), reason);
		return;
	}
	dst = path_absolute(arena, "/", display->path);
	if (d->own_root) {
		struct step *step = desktop_step(d, STEP_TMPFS, SOCKETS, "for the X11 socket");

		step->mode = 01777;
		step->flags.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
		dst = arena_concat(arena, SOCKETS, "/X", display->number);
		text = arena_concat(arena, ":", display->number, display->screen);
	}
	(void)desktop_bind(d, real, dst, "X11");
	desktop_set(d, "DISPLAY", text);
	add_authority(d, display);
	d->given++;
}

static void add_x11(struct desktop *d)
{
	const char *text = desktop_variable(d, "DISPLAY");
	bool all = add_all_sockets(d);
	struct display display;

	if (!text) {
		if (!all)
			desktop_leave_out(d, "X11", "DISPLAY is not set");
	} else if (display_parse(&d->plan->arena, text, &display) < 0) {
		desktop_leave_out(d, "X11", "DISPLAY is %s, which is no display", Q(text));
	} else if (display.kind == DISPLAY_LOCAL && all) {
		add_authority(d, &display);
	} else if (display.kind != DISPLAY_NETWORK) {
		add_socket(d, &display, text);
	} else if (d->plan->unshare[NS_NET]) {
		desktop_leave_out(d, "X11", "DISPLAY is %s, and the box has no way to that network",
				  Q(text));
	} else {
		desktop_set(d, "DISPLAY", text);
		add_authority(d, &display);
		d->given++;
	}
}

static void add_wayland(struct desktop *d)
{
	const char *name = desktop_variable(d, "WAYLAND_DISPLAY"), *reason = NULL;
	const char *path = desktop_in_runtime(d, name ? name : "wayland-0", &reason);
	const char *real = path ? desktop_find(d, path, S_IFSOCK, &reason) : NULL;
	const char *dst;

	if (!real) {
		desktop_leave_out(d, "Wayland", "%s", reason);
		return;
	}
	dst = desktop_place(d, path, "wayland-0");
	(void)desktop_bind(d, real, dst, "Wayland");
	desktop_set(d, "WAYLAND_DISPLAY", d->own_root || !name ? "wayland-0" : name);
	if (!d->own_root && desktop_variable(d, "XDG_RUNTIME_DIR"))
		desktop_set(d, "XDG_RUNTIME_DIR", desktop_variable(d, "XDG_RUNTIME_DIR"));
	d->given++;
}

void desktop_gui(struct desktop *d)
{
	add_x11(d);
	add_wayland(d);
}
