// SPDX-License-Identifier: MIT
/*
 * --dbus: a message bus.
 *
 * The address inside is written anew, with nothing but the path: what else stands in one, such as guid, tells servers apart and is
 * no part of the path.
 */
#include "base/cleanup.h"
#include "base/path.h"
#include "base/text.h"
#include "enter/address.h"
#include "enter/desktop_parts.h"

static const char system_socket[] = "/run/dbus/system_bus_socket";

/* Which bus, and how it is told where that is. */
struct bus {
	const char *what, *variable;
	const char *usual; /* where it is without the variable; NULL: "bus" in $XDG_RUNTIME_DIR */
};

static void give(struct desktop *d, const struct bus *bus, const char *path, const char *real)
{
	struct arena *arena = &d->plan->arena;
	_cleanup_text_ struct text address = { 0 };
	const char *dst = bus->usual && d->own_root ? bus->usual : desktop_place(d, path, "bus");

	(void)desktop_bind(d, real, dst, bus->what);
	address_format_bus(dst, &address);
	desktop_set(d, bus->variable, arena_strdup(arena, text_str(&address)));
	d->given++;
}

static const char *usual_path(struct desktop *d, const struct bus *bus, const char **ret_reason)
{
	return bus->usual ? bus->usual : desktop_in_runtime(d, "bus", ret_reason);
}

/* What makes an address useless for the box, or NULL when it may be used as it is. */
static const char *refusal(const struct desktop *d, const struct address *address)
{
	bool apart = d->plan->unshare[NS_NET];

	switch (address->kind) {
	case ADDRESS_ABSTRACT:
		return apart ? "its socket belongs to the network outside" : NULL;
	case ADDRESS_NETWORK:
		return apart ? "the box has no way to that network" : NULL;
	case ADDRESS_PATH:
	case ADDRESS_RUNTIME:
	case ADDRESS_OTHER:
		break;
	case ADDRESS_BROKEN:
		return "that is no address";
	}
	return "that is no address of a socket";
}

static bool try_address(struct desktop *d, const struct bus *bus, const struct address *address,
			const char **ret_reason)
{
	const char *path = address->path, *real;

	if (address->kind != ADDRESS_PATH && address->kind != ADDRESS_RUNTIME) {
		*ret_reason = refusal(d, address);
		if (*ret_reason)
			return false;
		desktop_set(d, bus->variable, address->text);
		d->given++;
		return true;
	}
	if (address->kind == ADDRESS_RUNTIME)
		path = desktop_in_runtime(d, "bus", ret_reason);
	real = path ? desktop_find(d, path, S_IFSOCK, ret_reason) : NULL;
	if (!real)
		return false;
	give(d, bus, path, real);
	return true;
}

static void add_bus(struct desktop *d, const struct bus *bus)
{
	const char *list = desktop_variable(d, bus->variable), *at = list;
	const char *reason = NULL, *first = NULL, *path, *real;
	struct address address;

	if (!list) {
		path = usual_path(d, bus, &reason);
		real = path ? desktop_find(d, path, S_IFSOCK, &reason) : NULL;
		if (real)
			give(d, bus, path, real);
		else
			desktop_leave_out(d, bus->what, "%s", reason);
		return;
	}
	while (address_next_bus(&d->plan->arena, &at, &address)) {
		if (try_address(d, bus, &address, &reason))
			return;
		first = first ? first : reason;
	}
	desktop_leave_out(d, bus->what, "%s is %s, and %s", bus->variable, Q(list),
			  first ? first : "that is no address");
}

void desktop_session_bus(struct desktop *d)
{
	add_bus(d, &(struct bus){ "session bus", "DBUS_SESSION_BUS_ADDRESS", NULL });
}

void desktop_system_bus(struct desktop *d)
{
	add_bus(d, &(struct bus){ "system bus", "DBUS_SYSTEM_BUS_ADDRESS", system_socket });
}
