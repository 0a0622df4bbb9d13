// SPDX-License-Identifier: MIT
/*
 * The forms of $DISPLAY, as text (X(7); libxcb's xcb_connect): no system call.
 *
 *   [unix][/host]:N[.S], local/:N    the local socket of display N
 *   [unix:]/path[.S]                 a socket by its path
 *   [tcp/]host:N[.S]                 over the network; inet and inet6 too
 */
#ifndef NACRE_ENTER_DISPLAY_H
#define NACRE_ENTER_DISPLAY_H

#include <stdbool.h>

struct arena;

enum display_kind { DISPLAY_LOCAL, DISPLAY_PATH, DISPLAY_NETWORK };

struct display {
	enum display_kind kind;
	const char *path; /* PATH: whole, as only the file system knows whether a ".S" at its end is a screen */
	const char *host; /* NETWORK */
	bool loopback; /* NETWORK: the host is this one */
	const char *number; /* LOCAL, NETWORK: without leading zeros */
	const char *screen; /* ".S", or "" */
};

/* -1 when the text is none of the forms. */
int display_parse(struct arena *arena, const char *text, struct display *ret);

/* A path without the ".S" at its end; *ret_screen is that then. NULL when it ends in none. */
const char *display_path_without_screen(struct arena *arena, const char *path,
					const char **ret_screen);

#endif
