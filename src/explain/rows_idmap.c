// SPDX-License-Identifier: MIT
/*
 * Why an id map, its helper or the command's identity was refused (user_namespaces(7),
 * newuidmap(1)). The helper's exit status tells nothing, so its rows look at what it looks at:
 * /etc/subuid, /etc/subgid, its own rights.
 */
#include "explain/rows.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/subids.h"
#include "explain/probe.h"
#include "plan/idmap.h"

#include <errno.h>
#include <linux/capability.h>
#include <string.h>
#include <unistd.h>

#define MAP_CALLS (CALL_BIT(CALL_UID_MAP) | CALL_BIT(CALL_GID_MAP))
#define HELPER_CALL CALL_BIT(CALL_NEWUIDMAP)

static bool proc_hides_pids(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct mounts m = { 0 };
	const struct mount_entry *proc;
	const char *option;

	probe_mounts(&arena, &m);
	proc = mounts_at(&m, "/proc");
	option = proc ? strstr(proc->super, "hidepid=") : NULL;
	if (!option || option[strlen("hidepid=")] == '0' || strncmp(option, "hidepid=off", 11) == 0)
		return false;
	error_fact(c->err, "/proc is mounted with %.*s", (int)strcspn(option, ","), option);
	return true;
}

static bool outside_id_unknown(struct case_file *c)
{
	bool gid = c->err->call == CALL_GID_MAP;
	const char *file = gid ? "gid_map" : "uid_map";
	const struct id_map *map;

	if (!c->plan || !probe_in_userns())
		return false;
	map = gid ? &c->plan->identity.gids : &c->plan->identity.uids;
	for (size_t i = 0; i < map->v.count; i++) {
		uint32_t first = map->v.items[i].outside, last = first + map->v.items[i].count - 1;

		if (probe_id_mapped(file, first) && probe_id_mapped(file, last))
			continue;
		error_fact(c->err, "ids %u to %u are not all in this user namespace", first, last);
		return true;
	}
	return false;
}

static bool root_without_setfcap(struct case_file *c)
{
	if (!c->plan || !id_map_inside(&c->plan->identity.uids, 0, NULL))
		return false;
	return geteuid() == 0 && !probe_capability(CAP_SETFCAP);
}

static bool helper_is_missing(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *missing = probe_program(&arena, "newuidmap") ? "newgidmap" : "newuidmap";

	if (probe_program(&arena, missing))
		return false;
	error_fact(c->err, "%s is not in $PATH", missing);
	return true;
}

/* The first range of the map that is not the caller's own id, by the file that has to grant it. */
static enum subid_state helper_ids(const struct case_file *c, const char **ret_file,
				   struct id_range *ret_range)
{
	for (int kind = 0; kind < 2; kind++) {
		const char *file = kind ? "/etc/subgid" : "/etc/subuid";
		const struct id_map *map = kind ? &c->plan->identity.gids : &c->plan->identity.uids;
		unsigned own = kind ? (unsigned)getgid() : (unsigned)getuid();

		for (size_t i = 0; i < map->v.count; i++) {
			struct id_range r = map->v.items[i];
			enum subid_state state;

			if (r.outside == own && r.count == 1)
				continue;
			state = probe_subids(file, r.outside, r.count);
			*ret_file = file;
			*ret_range = r;
			if (state != SUBID_COVERED)
				return state;
		}
	}
	return SUBID_COVERED;
}

static bool no_subids(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *file = "/etc/subuid", *login = login_name(&arena, getuid());
	struct id_range range = { .outside = 0, .count = 1 };

	if (c->plan && helper_ids(c, &file, &range) != SUBID_NONE)
		return false;
	if (!c->plan && probe_subids(file, 0, 1) != SUBID_NONE &&
	    probe_subids(file = "/etc/subgid", 0, 1) != SUBID_NONE)
		return false;
	error_fact(c->err, "%s has no line for %s", file, Q(login));
	error_set_fix(c->err,
		      "as root: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 %s",
		      Q(login));
	return true;
}

static bool other_subids(struct case_file *c)
{
	const char *file;
	struct id_range range;

	if (!c->plan || helper_ids(c, &file, &range) != SUBID_OTHER)
		return false;
	error_fact(c->err, "%s does not grant %u to %u", file, range.outside,
		   range.outside + range.count - 1);
	return true;
}

static bool no_new_privileges(struct case_file *c)
{
	if (probe_status("NoNewPrivs") != 1)
		return false;
	error_fact(c->err, "this process runs with no_new_privs (prctl(2))");
	return true;
}

static bool helper_without_rights(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	static const char *const programs[] = { "newuidmap", "newgidmap" };

	for (size_t i = 0; i < ARRAY_LEN(programs); i++) {
		const char *path = probe_program(&arena, programs[i]);

		if (!path || probe_privileged(path))
			continue;
		error_fact(c->err, "%s is not set-user-ID and has no file capabilities", Q(path));
		return true;
	}
	return false;
}

static bool helper_in_userns(struct case_file *c)
{
	if (!probe_in_userns())
		return false;
	error_fact(c->err, "this process is in a user namespace already");
	return true;
}

static bool helper_said(struct case_file *c)
{
	/* Its own name stands there when it said nothing. */
	if (strchr(c->err->object, ' '))
		error_fact(c->err, "the helper said: %s", c->err->object);
	return true;
}

const struct explanation idmap_rows[] = {
	{
		.name = "proc-hidepid",
		.title = "/proc hides the processes of others",
		.fix = "as root: mount -o remount,hidepid=0 /proc",
		.text = "With hidepid= a process in a new user namespace is hidden from the one\n"
			"that has to write its id map. The option is set when /proc is mounted\n"
			"(proc(5)), by the administrator or by ProtectProc= of a systemd service.",
		.calls = MAP_CALLS | HELPER_CALL,
		.errnos = { EPERM, EACCES, ENOENT },
		.probe = proc_hides_pids,
	},
	{
		.name = "id-not-in-parent",
		.title = "an id of the map is not known in the user namespace nacre runs in",
		.fix = "map only ids that /proc/self/uid_map and gid_map list",
		.text = "Maps of nested user namespaces refine those of their parents: each id\n"
			"outside must have a meaning in the namespace that nacre was started in.\n"
			"Inside a container or a box of nacre that is often one id, or 65536 of\n"
			"them.",
		.calls = MAP_CALLS,
		.errnos = { EPERM },
		.probe = outside_id_unknown,
	},
	{
		.name = "uid-map-setfcap",
		.title = "mapping root takes a capability that this process has not",
		.fix = "start the container or service with CAP_SETFCAP",
		.text = "Since Linux 5.12, whoever maps user 0 of the parent needs CAP_SETFCAP\n"
			"there: otherwise a nested namespace could forge file capabilities\n"
			"(user_namespaces(7)). Root in a container often lacks it.",
		.calls = CALL_BIT(CALL_UID_MAP),
		.errnos = { EPERM },
		.probe = root_without_setfcap,
	},
	{
		.name = "id-map-refused",
		.title = "the kernel refuses the id map",
		.fix = "leave out --uid-map, --gid-map and --as-root: one id needs no rights",
		.text = "Without help, a process may map its own user id and its own group id,\n"
			"one each, to any id inside. More takes newuidmap and newgidmap with\n"
			"subordinate ids, or root (user_namespaces(7)). EACCES when the map is\n"
			"opened means that the process is protected, as a program is that its\n"
			"user may not read.",
		.calls = MAP_CALLS | CALL_BIT(CALL_SETGROUPS),
		.errnos = { EPERM, EACCES },
	},
	{
		.name = "newuidmap-missing",
		.title = "the programs that map ranges of ids are not installed",
		.fix = "apt-get install uidmap",
		.text = "A range of ids is mapped by newuidmap and newgidmap, which check it\n"
			"against /etc/subuid and /etc/subgid. They are part of shadow: the\n"
			"package is called uidmap on Debian and Ubuntu, shadow-utils or shadow\n"
			"elsewhere. Without them a box can have one user and one group.",
		.calls = HELPER_CALL,
		.probe = helper_is_missing,
	},
	{
		.name = "subuid-missing",
		.title = "the caller has no subordinate ids",
		.fix = "as root: usermod --add-subuids 100000-165535 --add-subgids "
		       "100000-165535 USER",
		.text = "A range of ids comes from the caller's lines in /etc/subuid and\n"
			"/etc/subgid (subuid(5)), NAME:FIRST:COUNT, one in each. The range must\n"
			"not be used by others. useradd makes the lines for new users; older\n"
			"ones, and users from a directory service, often have none. Without them\n"
			"a box has one id.",
		.calls = HELPER_CALL,
		.probe = no_subids,
	},
	{
		.name = "subuid-too-small",
		.title = "the map asks for ids that are not granted",
		.fix = "map only ids of the caller's lines in /etc/subuid and /etc/subgid",
		.text = "newuidmap and newgidmap map the caller's own id, and ranges that lie\n"
			"within one line of /etc/subuid or /etc/subgid. The map reaches beyond.\n"
			"Either map less, or have root extend the line (usermod --add-subuids).",
		.calls = HELPER_CALL,
		.probe = other_subids,
	},
	{
		.name = "newuidmap-no-new-privs",
		.title = "nacre was started with no_new_privs, so newuidmap gains no rights",
		.fix = "start nacre from a plain session, or leave out --as-root: one id "
		       "needs no rights",
		.text = "newuidmap is set-user-ID. A process with no_new_privs set, and all of\n"
			"its descendants, get nothing from such programs (prctl(2)). Sandboxes,\n"
			"and services with NoNewPrivileges=yes, run that way; it cannot be unset.",
		.calls = HELPER_CALL,
		.probe = no_new_privileges,
	},
	{
		.name = "newuidmap-not-setuid",
		.title = "newuidmap has not the rights to map ids",
		.fix = "as root: reinstall it, or chmod u+s its two programs",
		.text = "newuidmap and newgidmap work with the set-user-ID bit or with the file\n"
			"capability cap_setuid or cap_setgid. Copying a system without them, as\n"
			"into an image, and mounting it nosuid both take these rights away.",
		.calls = HELPER_CALL,
		.probe = helper_without_rights,
	},
	{
		.name = "newuidmap-nested",
		.title = "subordinate ids cannot be mapped from inside another user namespace",
		.fix = "leave out --as-root, or run nacre outside of the container",
		.text = "/etc/subuid speaks of the ids outside. In a container or in a box those\n"
			"ids are mostly not mapped, or mean other users, and set-user-ID root\n"
			"gives the rights of the namespace only. One id, the default, works at\n"
			"any depth.",
		.calls = HELPER_CALL,
		.probe = helper_in_userns,
	},
	{
		.name = "newuidmap-refused",
		.title = "newuidmap or newgidmap refused the map",
		.fix = "compare the map with the caller's lines in /etc/subuid and /etc/subgid",
		.text = "The helper ran and ended with an error; what it said is shown as a fact.\n"
			"The usual causes (no lines for the caller, too small ones, lost\n"
			"set-user-ID bit, no_new_privs, nesting) were looked at and do not hold.",
		.calls = HELPER_CALL,
		.probe = helper_said,
	},
	{
		.name = "user-not-mapped",
		.title = "this id does not exist in the box",
		.fix = "choose an id of the map, or add a line with --uid-map or --gid-map",
		.text = "A process in a user namespace can take ids that the map holds, and no\n"
			"others (setresuid(2), EINVAL). The same holds for uid= and gid= of a\n"
			"tmpfs.",
		.calls = CALL_BIT(CALL_SET_ID),
		.errnos = { EINVAL },
	},
	{
		.name = "groups-denied",
		.title = "supplementary groups cannot be changed in this user namespace",
		.fix = "leave out -u, or run nacre outside of that user namespace",
		.text = "A single group can be mapped without rights only after setgroups(2) is\n"
			"denied for good in that namespace: else a group that takes rights away\n"
			"could be dropped (user_namespaces(7)). Programs such as apt that change\n"
			"groups fail with EPERM (for apt: -o APT::Sandbox::User=root). With\n"
			"ranges mapped by newgidmap it stays allowed.",
		.calls = CALL_BIT(CALL_SET_ID),
		.errnos = { EPERM },
	},
	{ 0 },
};
