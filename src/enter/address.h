// SPDX-License-Identifier: MIT
/*
 * Addresses of sound servers and message buses, as text: no system call.
 *
 * Both are lists of which the first that answers is taken. Each function gives one of them and moves *at behind it.
 */
#ifndef NACRE_ENTER_ADDRESS_H
#define NACRE_ENTER_ADDRESS_H

#include <stdbool.h>

struct arena;
struct text;

enum address_kind {
	ADDRESS_PATH, /* a socket in the file system */
	ADDRESS_ABSTRACT, /* a socket of the network namespace (unix(7)) */
	ADDRESS_RUNTIME, /* "bus" in $XDG_RUNTIME_DIR */
	ADDRESS_NETWORK,
	ADDRESS_OTHER, /* nothing that a client can be handed: to listen at, to start a program */
	ADDRESS_BROKEN,
};

struct address {
	enum address_kind kind;
	const char *path; /* PATH, ABSTRACT */
	const char *text; /* as it stands in the list, for messages */
};

/*
 * $DBUS_SESSION_BUS_ADDRESS (D-Bus specification, "Server Addresses"): "unix:path=/a%20b,guid=…;tcp:…". False at the end.
 */
bool address_next_bus(struct arena *arena, const char **at, struct address *ret);

/* $PULSE_SERVER (pulseaudio's "Server Strings"): "{machine}unix:/path tcp:host". False at the end. */
bool address_next_pulse(struct arena *arena, const char **at, struct address *ret);

/* "unix:path=" and the path, with all that means something in an address escaped. */
void address_format_bus(const char *path, struct text *out);

#endif
