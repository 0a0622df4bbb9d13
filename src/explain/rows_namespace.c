// SPDX-License-Identifier: MIT
/*
 * Why a namespace was refused (namespaces(7), user_namespaces(7)), and what is set up in one: its
 * limits first, then what forbids it to this caller, then the plain refusal. Id maps are in
 * rows_idmap.c.
 */
#include "explain/rows.h"

#include "base/cleanup.h"
#include "explain/probe.h"

#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define CLONE_CALL CALL_BIT(CALL_CLONE)
#define MAP_CALLS (CALL_BIT(CALL_UID_MAP) | CALL_BIT(CALL_GID_MAP))

/* Namespace names as in --unshare, with the words of /proc/sys/user/max_*_namespaces and
 * /proc/self/ns. */
static const struct {
	const char *name, *limit, *proc;
} namespace_words[] = {
	{ "user", "user", "user" }, { "mount", "mnt", "mnt" },	      { "pid", "pid", "pid" },
	{ "ipc", "ipc", "ipc" },    { "uts", "uts", "uts" },	      { "net", "net", "net" },
	{ "time", "time", "time" }, { "cgroup", "cgroup", "cgroup" },
};

/* The comma-separated list names this namespace; an empty list names them all. */
static bool asked_for(const struct error *err, const char *name)
{
	size_t len = strlen(name);

	for (const char *word = err->object; *word; word += strcspn(word, ",")) {
		word += *word == ',';
		if (strncmp(word, name, len) == 0 && (word[len] == ',' || !word[len]))
			return true;
	}
	return !err->object[0];
}

static int64_t namespace_limit(size_t i)
{
	char path[64];

	(void)snprintf(path, sizeof(path), "/proc/sys/user/max_%s_namespaces",
		       namespace_words[i].limit);
	return probe_number(path);
}

static bool user_limit_is_zero(struct case_file *c)
{
	if (!asked_for(c->err, "user") || namespace_limit(0) != 0)
		return false;
	error_fact(c->err, "user.max_user_namespaces is 0");
	return true;
}

static bool other_limit_is_zero(struct case_file *c)
{
	for (size_t i = 1; i < ARRAY_LEN(namespace_words); i++) {
		const char *word = namespace_words[i].limit;

		if (!asked_for(c->err, namespace_words[i].name) || namespace_limit(i) != 0)
			continue;
		error_set_reason(c->err, "this machine allows no %s namespaces",
				 namespace_words[i].name);
		error_fact(c->err, "user.max_%s_namespaces is 0", word);
		error_set_fix(c->err, "as root: sysctl user.max_%s_namespaces=10000; or --share %s",
			      word, namespace_words[i].name);
		return true;
	}
	return false;
}

static bool limit_used_up(struct case_file *c)
{
	for (size_t i = 0; i < ARRAY_LEN(namespace_words); i++)
		if (asked_for(c->err, namespace_words[i].name) && namespace_limit(i) > 0)
			error_fact(c->err, "user.max_%s_namespaces is %lld",
				   namespace_words[i].limit, (long long)namespace_limit(i));
	if (probe_in_userns())
		error_fact(c->err, "this process is in a user namespace already");
	return true;
}

static bool alone_without_rights(struct case_file *c)
{
	return c->plan && c->plan->no_userns && !probe_capability(CAP_SYS_ADMIN);
}

static bool in_chroot(struct case_file *c)
{
	if (!probe_chrooted())
		return false;
	error_fact(c->err, "no mount has the root of this process as its mount point");
	return true;
}

static bool clone_is_off(struct case_file *c)
{
	if (geteuid() == 0 || probe_number("/proc/sys/kernel/unprivileged_userns_clone") != 0)
		return false;
	error_fact(c->err, "kernel.unprivileged_userns_clone is 0");
	return true;
}

static bool id_has_no_name_here(struct case_file *c)
{
	bool uid = probe_id_mapped("uid_map", geteuid()),
	     gid = probe_id_mapped("gid_map", getegid());

	if (uid && gid)
		return false;
	error_fact(c->err, "%s id %u is not in the map of this user namespace",
		   uid ? "group" : "user", uid ? (unsigned)getegid() : (unsigned)geteuid());
	return true;
}

static bool under_seccomp(struct case_file *c)
{
	if (!probe_seccomp())
		return false;
	error_fact(c->err, "a seccomp filter is in force (Seccomp: %lld in /proc/self/status)",
		   (long long)probe_status("Seccomp"));
	return true;
}

static bool under_apparmor(struct case_file *c)
{
	if (!probe_apparmor())
		return false;
	error_fact(c->err, "kernel.apparmor_restrict_unprivileged_userns is 1");
	return true;
}

static bool under_selinux(struct case_file *c)
{
	char label[160];

	if (probe_number("/sys/fs/selinux/enforce") == 1)
		error_fact(c->err, "SELinux is enforcing");
	if (probe_line("/proc/self/attr/current", label, sizeof(label)) && label[0])
		error_fact(c->err, "this process has the label %s", label);
	return true;
}

static bool kind_is_missing(struct case_file *c)
{
	for (size_t i = 0; i < ARRAY_LEN(namespace_words); i++) {
		char path[32];

		(void)snprintf(path, sizeof(path), "/proc/self/ns/%s", namespace_words[i].proc);
		if (!asked_for(c->err, namespace_words[i].name) || access(path, F_OK) == 0)
			continue;
		if (access("/proc/self/ns", F_OK) < 0)
			return false;
		error_set_reason(c->err, "this kernel has no %s namespaces",
				 namespace_words[i].name);
		if (i > 0)
			error_set_fix(c->err, "--share %s", namespace_words[i].name);
		return true;
	}
	return false;
}

static bool too_many_processes(struct case_file *c)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NPROC, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
		error_fact(c->err, "the user's process limit (ulimit -u) is %llu",
			   (unsigned long long)limit.rlim_cur);
	return true;
}

const struct explanation namespace_rows[] = {
	{
		.name = "userns-limit",
		.title = "this machine allows no user namespaces",
		.fix = "as root: sysctl user.max_user_namespaces=10000",
		.text = "Everything that nacre does without root, it does in a user namespace.\n"
			"The limit user.max_user_namespaces says how many there may be, and it is\n"
			"0 here. The kernel reports that as \"no space left on device\", which\n"
			"has nothing to do with disks. A line in a file of /etc/sysctl.d makes a\n"
			"new limit permanent. In a container the limit of the container counts,\n"
			"and that of each parent.",
		.calls = CLONE_CALL,
		.errnos = { ENOSPC, EUSERS },
		.probe = user_limit_is_zero,
	},
	{
		.name = "namespace-limit",
		.title = "this machine allows no namespaces of one of the kinds asked for",
		.fix = "as root: raise the limit with sysctl",
		.text = "For each kind of namespace there is a limit user.max_KIND_namespaces\n"
			"(namespaces(7)); one of them is 0. Raise it, or do without that\n"
			"namespace: --share KIND leaves the box in the one of the host.",
		.calls = CLONE_CALL,
		.errnos = { ENOSPC, EUSERS },
		.probe = other_limit_is_zero,
	},
	{
		.name = "namespace-limit-used",
		.title = "a limit on namespaces is used up, or they are nested too deep",
		.fix = "end boxes that are not needed, or raise the limit with sysctl",
		.text = "The kernel counts the namespaces of each user against\n"
			"user.max_*_namespaces, in this namespace and in each of its parents, and\n"
			"nests user and process namespaces at most 32 deep (user_namespaces(7)).\n"
			"Both are reported as \"no space left on device\". Processes that still\n"
			"run in old boxes keep theirs.",
		.calls = CLONE_CALL,
		.errnos = { ENOSPC, EUSERS },
		.probe = limit_used_up,
	},
	{
		.name = "no-userns-not-root",
		.title = "without a user namespace this takes root",
		.fix = "leave out --no-userns, or run nacre as root",
		.text = "A plain user has the right to make mounts in a user namespace only, and\n"
			"--no-userns asks for none. Root may lack that right too: in a container\n"
			"without CAP_SYS_ADMIN.",
		.calls = CLONE_CALL,
		.errnos = { EPERM },
		.probe = alone_without_rights,
	},
	{
		.name = "userns-apparmor",
		.title = "AppArmor keeps unprivileged programs from using user namespaces",
		.fix = "install nacre's AppArmor profile, or as root: sysctl "
		       "kernel.apparmor_restrict_unprivileged_userns=0",
		.text = "Ubuntu since 23.10 lets a program without a profile make a user\n"
			"namespace and takes all capabilities away in it: the id map, a mount or\n"
			"the loopback device is then refused. A profile for the installed program\n"
			"that holds \"userns,\" lifts this for nacre alone. It is tied to the\n"
			"program's path, so it does not hold for a copy in a build or home\n"
			"directory. The sysctl lifts it for all programs.",
		.calls = CLONE_CALL | MAP_CALLS | CALL_BIT(CALL_SETGROUPS) | CALL_BIT(CALL_NET) |
			 MOUNT_CALLS,
		.errnos = { EPERM, EACCES },
		.probe = under_apparmor,
	},
	{
		.name = "userns-chroot",
		.title = "a process in a chroot cannot make a user namespace or a new root",
		.fix = "run nacre outside of the chroot; nacre run --root DIR takes its place",
		.text = "Inside chroot(2) the root of the process is not the root of its mount\n"
			"namespace. A user namespace could undo the chroot, so the kernel refuses\n"
			"to make one (unshare(2), EPERM), for root as well; pivot_root(2) is\n"
			"refused with EINVAL. Programs that enter a directory by pivot_root do\n"
			"not have this limit.",
		.calls = CLONE_CALL | CALL_BIT(CALL_PIVOT),
		.errnos = { EPERM, EINVAL },
		.probe = in_chroot,
	},
	{
		.name = "userns-disabled",
		.title = "user namespaces are switched off for plain users",
		.fix = "as root: sysctl kernel.unprivileged_userns_clone=1",
		.text = "Kernels of Debian and Arch have a switch of their own beside the limits\n"
			"of the plain kernel: kernel.unprivileged_userns_clone. At 0, only root\n"
			"can make user namespaces. A line in a file of /etc/sysctl.d makes the\n"
			"change permanent.",
		.calls = CLONE_CALL,
		.errnos = { EPERM },
		.probe = clone_is_off,
	},
	{
		.name = "userns-unmapped",
		.title = "the caller has no id in the user namespace that it is in",
		.fix = "start nacre with an id that is mapped there",
		.text = "A nested user namespace needs an owner: user and group id of the process\n"
			"that makes it must be mapped in the one it is in (user_namespaces(7)).\n"
			"This process shows as \"nobody\" there, as after entering a container by\n"
			"hand.",
		.calls = CLONE_CALL,
		.errnos = { EPERM },
		.probe = id_has_no_name_here,
	},
	{
		.name = "userns-seccomp",
		.title = "a seccomp filter forbids new namespaces",
		.fix = "in a container: start it with --security-opt seccomp=unconfined; in a "
		       "service: RestrictNamespaces=no",
		.text = "A seccomp filter limits the calls of this process and cannot be taken\n"
			"off again. The default filter of docker and podman refuses new\n"
			"namespaces to processes without CAP_SYS_ADMIN, RestrictNamespaces= of\n"
			"systemd does so in services. Whoever starts the container or the service\n"
			"can choose another.",
		.calls = CLONE_CALL,
		.errnos = { EPERM, ENOSYS },
		.probe = under_seccomp,
	},
	{
		.name = "userns-policy",
		.title = "a security policy forbids user namespaces for this program",
		.fix = "ask the administrator to allow it: audit messages name the rule",
		.text = "SELinux has a permission user_namespace:create since Linux 6.1, and\n"
			"other security modules have the like. The policy refuses it to the\n"
			"domain of this process. The audit log (ausearch -m avc) names domain and\n"
			"permission.",
		.calls = CLONE_CALL,
		.errnos = { EACCES },
		.probe = under_selinux,
	},
	{
		.name = "namespace-missing",
		.title = "this kernel lacks a kind of namespace",
		.fix = "use a kernel built with CONFIG_USER_NS",
		.text = "Each kind of namespace is an option of the kernel's build, and time\n"
			"namespaces came with Linux 5.6. /proc/self/ns lists those of this\n"
			"kernel. All but user and mount can be left out with --share.",
		.calls = CLONE_CALL,
		.errnos = { EINVAL, ENOSYS },
		.probe = kind_is_missing,
	},
	{
		.name = "userns-refused",
		.title = "the kernel refuses it, and none of the usual causes is seen",
		.fix = "nacre doctor",
		.text = "Looked at, and not the cause: the limits user.max_*_namespaces, a\n"
			"chroot, kernel.unprivileged_userns_clone, AppArmor's restriction, a\n"
			"seccomp filter. A chroot into the root of a mount cannot be told from\n"
			"none, and a security module can refuse without a trace; the kernel's log\n"
			"may say more.",
		.calls = CLONE_CALL,
		.errnos = { EPERM },
	},
	{
		.name = "process-limit",
		.title = "no further process can be started",
		.fix = "end some processes, or raise ulimit -u or the control group's pids.max",
		.text = "The number of a user's processes is limited (RLIMIT_NPROC), and so is\n"
			"that of a control group (pids.max), such as a login session or a\n"
			"container. fork(2) fails with EAGAIN when one is reached. A box needs\n"
			"two or three processes.",
		.calls = CLONE_CALL | CALL_BIT(CALL_PROCESS),
		.errnos = { EAGAIN },
		.probe = too_many_processes,
	},
	{
		.name = "capability-refused",
		.title = "the caller cannot pass on a capability that it has not",
		.fix = "leave it out with --cap-drop, or leave out --no-userns",
		.text = "In a user namespace of its own a process has all capabilities, over that\n"
			"namespace only. With --no-userns, and in a container, it has what was\n"
			"left to it (CapBnd and CapPrm in /proc/self/status).",
		.calls = CALL_BIT(CALL_CAPABILITY),
		.errnos = { EPERM },
	},
	{
		.name = "net-loopback",
		.title = "the loopback device of the new network cannot be brought up",
		.fix = "--net host",
		.text = "--net none gives a network with a loopback device only, which is made\n"
			"usable by one ioctl (netdevice(7)) that needs CAP_NET_ADMIN over the new\n"
			"network. A security module that takes capabilities away, or a seccomp\n"
			"filter, refuses it.",
		.calls = CALL_BIT(CALL_NET),
		.errnos = { EPERM, EACCES, ENOSYS },
	},
	{
		.name = "hostname-too-long",
		.title = "a host name has at most 64 bytes",
		.fix = "give a shorter --hostname",
		.text = "The kernel keeps 64 bytes of a host name (sethostname(2),\n"
			"HOST_NAME_MAX).",
		.calls = CALL_BIT(CALL_HOSTNAME),
		.errnos = { EINVAL, ENAMETOOLONG },
	},
	{
		.name = "cgroup-missing",
		.title = "there is no such control group",
		.fix = "make it with mkdir, in a group that is yours; /proc/self/cgroup names "
		       "the one you are in",
		.text = "--cgroup takes a directory of a control group file system (cgroups(7)),\n"
			"usually below /sys/fs/cgroup; it has a file cgroup.procs. mkdir(1) makes\n"
			"a group.",
		.calls = CALL_BIT(CALL_CGROUP),
		.errnos = { ENOENT, ENOTDIR, ENODEV },
	},
	{
		.name = "cgroup-denied",
		.title = "a process may not be put there by this user",
		.fix = "use a group that was delegated to you: systemd-run --user --scope -p "
		       "Delegate=yes starts a shell in one",
		.text = "To move a process one has to be allowed to write cgroup.procs of the\n"
			"group it goes to, and of the nearest group above both that one and the\n"
			"one it is in (cgroups(7), delegation containment).",
		.calls = CALL_BIT(CALL_CGROUP),
		.errnos = { EACCES, EPERM, EROFS },
	},
	{
		.name = "cgroup-no-processes",
		.title = "this control group takes no processes",
		.fix = "make a group in it, and give that",
		.text = "A group of the second version either hands its controllers on to the\n"
			"groups in it or has processes (cgroups(7), no internal processes); and\n"
			"one beside a threaded group is none for whole processes. A group of\n"
			"cpuset without processors and memory has no place for one either.",
		.calls = CALL_BIT(CALL_CGROUP),
		.errnos = { EBUSY, EOPNOTSUPP, ENOSPC },
	},
	{ 0 },
};
