// SPDX-License-Identifier: MIT
/* What the host's session lacks. enter/desktop names these at the origin, with each part's reason as a fact. */
#include "explain/rows.h"

const struct explanation desktop_rows[] = {
	{
		.name = "desktop-no-display",
		.title = "neither an X11 server nor a Wayland compositor is found outside",
		.fix = "start it in the session whose windows it shall share, or set DISPLAY",
		.text = "--gui gives the box the socket of the X11 server that DISPLAY names, and\n"
			"the one of the Wayland compositor: WAYLAND_DISPLAY in XDG_RUNTIME_DIR,\n"
			"wayland-0 without that variable. Neither is there. Behind su and sudo, "
			"or\n"
			"in a service, these variables are often missing although a session runs.\n"
			"A display of another host needs its network: not with --net none.",
	},
	{
		.name = "desktop-no-sound",
		.title = "neither PulseAudio nor PipeWire is found outside",
		.fix = "start it in the session whose sound it shall share",
		.text = "--audio gives the box the socket that PULSE_SERVER names, else\n"
			"pulse/native in XDG_RUNTIME_DIR, and the one that PIPEWIRE_REMOTE names,\n"
			"else pipewire-0 there. Neither is there. ALSA's devices are not given:\n"
			"bind /dev/snd (-b /dev/snd::dev) for programs that use them alone.",
	},
	{
		.name = "desktop-no-bus",
		.title = "the session's message bus is not found outside",
		.fix = "start it in a session that has a bus, or under dbus-run-session",
		.text = "--dbus gives the box the socket that DBUS_SESSION_BUS_ADDRESS names, "
			"else\n"
			"bus in XDG_RUNTIME_DIR. It is not there. An abstract socket\n"
			"(unix:abstract=) belongs to the network outside, and cannot be given to "
			"a\n"
			"box with --net none.",
	},
	{
		.name = "desktop-no-system-bus",
		.title = "the machine's message bus is not found outside",
		.fix = "start the service dbus on the machine",
		.text = "--dbus=system gives the box the socket that DBUS_SYSTEM_BUS_ADDRESS "
			"names,\n"
			"else /run/dbus/system_bus_socket. It is not there: the machine, or the\n"
			"container that nacre runs in, has no such bus.",
	},
	{
		.name = "desktop-no-gpu",
		.title = "the machine shows no graphics card",
		.fix = "leave out --gpu; programs then draw without one",
		.text = "--gpu gives the box the devices of graphics cards: /dev/dri, /dev/kfd,\n"
			"/dev/nvidia* and their like, as far as they are there. None is. In a\n"
			"container they have to be given to the container first.",
	},
	{
		.name = "desktop-no-media",
		.title = "there is no place for removable media outside",
		.fix = "bind the place where they are mounted, as in -b /mnt",
		.text = "--media gives the box /media and /run/media/USER, where removable media\n"
			"are mounted, and what will be mounted there while it runs. Neither\n"
			"directory is there.",
	},
	{ 0 },
};
