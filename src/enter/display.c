// SPDX-License-Identifier: MIT
/* Reading $DISPLAY from its end, where its colon is: a host may hold colons of its own. */
#include "enter/display.h"

#include "base/arena.h"
#include "base/cleanup.h"

#include <string.h>

static const char digits[] = "0123456789";

/* Numbers of a display are ports above 6000; a screen has no such limit, but no server has more. */
enum { NUMBER_DIGITS = 5 };

/* What n bytes are, or -1: which way leads to the server. */
static int protocol_kind(const char *name, size_t n)
{
	static const struct {
		const char *name;
		enum display_kind kind;
	} protocols[] = {
		{ "unix", DISPLAY_LOCAL },    { "local", DISPLAY_LOCAL },
		{ "tcp", DISPLAY_NETWORK },   { "inet", DISPLAY_NETWORK },
		{ "inet6", DISPLAY_NETWORK },
	};

	for (size_t i = 0; i < ARRAY_LEN(protocols); i++)
		if (strlen(protocols[i].name) == n && memcmp(protocols[i].name, name, n) == 0)
			return (int)protocols[i].kind;
	return -1;
}

/* libxcb authenticates to these as to the local socket (get_authptr in xcb_auth.c). */
static bool is_loopback(const char *host)
{
	static const char *const names[] = { "", "localhost", "127.0.0.1", "::1", "[::1]" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i], host) == 0)
			return true;
	return false;
}

/* "N" or "N.S". */
static int take_number(struct arena *arena, const char *text, struct display *ret)
{
	size_t n = strspn(text, digits), zeros = strspn(text, "0");
	const char *screen = text + n;
	size_t m = *screen == '.' ? strspn(screen + 1, digits) : 0;

	if (n == 0 || (*screen && (m == 0 || m > NUMBER_DIGITS || screen[1 + m])))
		return -1;
	zeros = zeros == n ? n - 1 : zeros;
	if (n - zeros > NUMBER_DIGITS)
		return -1;
	ret->number = arena_strndup(arena, text + zeros, n - zeros);
	ret->screen = arena_strdup(arena, screen);
	return 0;
}

int display_parse(struct arena *arena, const char *text, struct display *ret)
{
	const char *path = strncmp(text, "unix:/", 6) == 0 ? text + 5 : text;
	const char *colon = strrchr(text, ':'), *slash, *host = text;
	int kind = -1;

	*ret = (struct display){ .kind = DISPLAY_PATH, .path = path, .number = "0", .screen = "" };
	if (*path == '/')
		return 0;
	if (!colon || take_number(arena, colon + 1, ret) < 0)
		return -1;
	ret->path = NULL;
	slash = memchr(text, '/', (size_t)(colon - text));
	if (slash) {
		kind = protocol_kind(text, (size_t)(slash - text));
		host = slash + 1;
		if (kind < 0 || memchr(host, '/', (size_t)(colon - host)))
			return -1;
	}
	ret->host = arena_strndup(arena, host, (size_t)(colon - host));
	if (kind < 0)
		kind = !*ret->host || strcmp(ret->host, "unix") == 0 ? DISPLAY_LOCAL
								     : DISPLAY_NETWORK;
	ret->kind = (enum display_kind)kind;
	ret->loopback = is_loopback(ret->host);
	return 0;
}

const char *display_path_without_screen(struct arena *arena, const char *path,
					const char **ret_screen)
{
	const char *dot = strrchr(path, '.');

	if (!dot || !dot[1] || dot[1 + strspn(dot + 1, digits)])
		return NULL;
	*ret_screen = arena_strdup(arena, dot);
	return arena_strndup(arena, path, (size_t)(dot - path));
}
