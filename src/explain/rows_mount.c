// SPDX-License-Identifier: MIT
/*
 * Why a bind, a flag, a kernel file system or any other mount was refused. Particular kinds of
 * steps first, then what holds for every mount call.
 */
#include "explain/rows.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "explain/probe.h"
#include "plan/idmap.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CREATE_CALLS (CALL_BIT(CALL_FSOPEN) | CALL_BIT(CALL_FSCREATE) | CALL_BIT(CALL_ATTACH))
#define OPTION_CALLS (CALL_BIT(CALL_FSCONFIG) | CALL_BIT(CALL_FSCREATE))

static bool unshares(const struct case_file *c, enum ns_kind kind)
{
	return !c->plan || c->plan->unshare[kind];
}

/* The step mounts this type by its name: -m TYPE,... */
static bool mounts_type(const struct case_file *c, const char *type)
{
	return c->step && c->step->fstype && strcmp(c->step->fstype, type) == 0;
}

static bool bind_leaves_mounts_behind(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_text_ struct text list = { 0 };
	struct mounts m = { 0 };

	if (!c->step->src || c->step->recursive)
		return false;
	probe_mounts(&arena, &m);
	if (!probe_mounts_below(&m, probe_real(&arena, c->step->src), &list))
		return false;
	error_fact(c->err, "mounted below %s: %s", Q(c->step->src), text_str(&list));
	return true;
}

static bool source_is_unbindable(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct mounts m = { 0 };
	const struct mount_entry *mount;

	if (!c->step->src)
		return false;
	probe_mounts(&arena, &m);
	mount = mounts_at(&m, probe_real(&arena, c->step->src));
	if (!mount || !mount->unbindable)
		return false;
	error_fact(c->err, "%s lies on the unbindable mount %s", Q(c->step->src), Q(mount->point));
	return true;
}

/* ENOTDIR says it for mount(2); move_mount(2) says EINVAL, so there both ends are compared. */
static bool file_meets_directory(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *dst = host_path(&arena, c, c->step->dst);
	struct place source, target;
	/* Said of the attaching call itself, the errno needs no second look. */
	bool sure = c->err->sys == ENOTDIR &&
		    (c->err->call == CALL_ATTACH || c->err->call == CALL_BIND);

	/* A file system is a directory. */
	source.mode = S_IFDIR;
	if (c->step->kind == STEP_BIND && (!c->step->src || !place_read(c->step->src, &source)))
		return false;
	if (!sure && (!place_read(dst, &target) || S_ISDIR(source.mode) == S_ISDIR(target.mode)))
		return false;
	if (c->step->kind == STEP_BIND)
		error_fact(c->err, "%s is %s, %s is %s", Q(c->step->src),
			   S_ISDIR(source.mode) ? "a directory" : "a file", Q(c->step->dst),
			   S_ISDIR(source.mode) ? "a file" : "a directory");
	else
		error_fact(c->err, "%s is a file", Q(c->step->dst));
	if (S_ISDIR(source.mode))
		error_set_fix(c->err, "choose a place that is a directory, or is not there yet");
	return true;
}

static bool flag_is_locked(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_text_ struct text words = { 0 };
	struct mounts m = { 0 };
	const char *path = c->step->src ? c->step->src : host_path(&arena, c, c->step->dst);
	const struct mount_entry *mount;

	probe_mounts(&arena, &m);
	mount = mounts_at(&m, probe_real(&arena, path));
	if (!mount || !(mount->attr & c->step->flags.clear))
		return true;
	mount_flags_describe(&(struct mount_flags){ .set = mount->attr & c->step->flags.clear },
			     &words);
	error_fact(c->err, "%s is mounted with %s", Q(mount->point), text_str(&words));
	return true;
}

static bool wants_nosymfollow(struct case_file *c)
{
	return c->step->flags.set & MOUNT_ATTR_NOSYMFOLLOW;
}

static bool mounts_proc(const struct case_file *c)
{
	return c->step->kind == STEP_PROC || mounts_type(c, "proc");
}

static bool no_pid_namespace(struct case_file *c)
{
	return mounts_proc(c) && !unshares(c, NS_PID);
}

static bool proc_is_masked(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_text_ struct text list = { 0 };
	struct mounts m = { 0 };

	if (!mounts_proc(c))
		return false;
	probe_mounts(&arena, &m);
	if (!probe_mounts_below(&m, "/proc", &list))
		return false;
	error_fact(c->err, "mounted below /proc: %s", text_str(&list));
	return true;
}

static bool no_net_namespace(struct case_file *c)
{
	return (c->step->kind == STEP_SYS || mounts_type(c, "sysfs")) && !unshares(c, NS_NET);
}

static bool no_ipc_namespace(struct case_file *c)
{
	return (c->step->kind == STEP_MQUEUE || mounts_type(c, "mqueue")) && !unshares(c, NS_IPC);
}

static bool no_cgroup_namespace(struct case_file *c)
{
	return (mounts_type(c, "cgroup2") || mounts_type(c, "cgroup")) && !unshares(c, NS_CGROUP);
}

static bool id_is_unmapped(struct case_file *c)
{
	int64_t uid = c->step->uid, gid = c->step->gid;
	bool bad_uid, bad_gid;

	if (!c->plan || c->plan->no_userns)
		return false;
	bad_uid = uid >= 0 && !id_map_outside(&c->plan->identity.uids, (uint32_t)uid, NULL);
	bad_gid = gid >= 0 && !id_map_outside(&c->plan->identity.gids, (uint32_t)gid, NULL);
	if (bad_uid)
		error_fact(c->err, "user %lld is not mapped", (long long)uid);
	if (bad_gid)
		error_fact(c->err, "group %lld is not mapped", (long long)gid);
	return bad_uid || bad_gid;
}

static bool value_is_long(struct case_file *c)
{
	const char *value = strchr(c->err->object, '=');

	if (!value || strlen(value + 1) < 256)
		return false;
	error_fact(c->err, "the value has more than 255 bytes");
	return true;
}

static bool is_fuse(struct case_file *c)
{
	return mounts_type(c, "fuse") || mounts_type(c, "fuseblk") ||
	       (c->step->fstype && strncmp(c->step->fstype, "fuse.", 5) == 0);
}

/* Types with FS_USERNS_MOUNT are refused for other reasons. */
static bool type_needs_root(struct case_file *c)
{
	static const char *const allowed[] = {
		"tmpfs",  "ramfs",   "proc",	"sysfs", "devpts", "mqueue",
		"cgroup", "cgroup2", "overlay", "fuse",	 "bpf",
	};

	if (!c->step->fstype)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(allowed); i++)
		if (strcmp(c->step->fstype, allowed[i]) == 0)
			return false;
	error_fact(c->err, "the type is %s", Q(c->step->fstype));
	return true;
}

static bool too_many_mounts(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct mounts m = { 0 };

	probe_mounts(&arena, &m);
	error_fact(c->err, "fs.mount-max is %lld, %zu mounts were there before",
		   (long long)probe_number("/proc/sys/fs/mount-max"), m.v.count);
	return true;
}

static bool root_is_initramfs(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct mounts m = { 0 };
	const struct mount_entry *root;

	probe_mounts(&arena, &m);
	root = mounts_at(&m, "/");
	if (!root || strcmp(root->fstype, "rootfs") != 0)
		return false;
	error_fact(c->err, "the root file system is the kernel's rootfs");
	return true;
}

static bool under_seccomp(struct case_file *c)
{
	if (!probe_seccomp())
		return false;
	error_fact(c->err, "a seccomp filter is in force");
	return true;
}

const struct explanation mount_rows[] = {
	{
		.name = "bind-submounts",
		.title = "the source has other mounts below it, which a bind without them would "
			 "uncover",
		.fix = "leave out norec; with -m, use rbind",
		.text = "In a user namespace the mounts that were there before are locked, and a\n"
			"bind that leaves them behind would show what lies under them (mount(2),\n"
			"EINVAL). A recursive bind takes them along.",
		.calls = CALL_BIT(CALL_BIND),
		.kinds = KIND_BIT(STEP_BIND) | KIND_BIT(STEP_MOUNT),
		.errnos = { EINVAL },
		.probe = bind_leaves_mounts_behind,
	},
	{
		.name = "bind-unbindable",
		.title = "the source lies on a mount that cannot be bound",
		.fix = "as root: mount --make-private on that mount",
		.text = "A mount with the propagation type unbindable cannot be bound elsewhere\n"
			"(mount_namespaces(7)). findmnt -o TARGET,PROPAGATION shows the types.",
		.calls = CALL_BIT(CALL_BIND),
		.errnos = { EINVAL },
		.kinds = KIND_BIT(STEP_BIND) | KIND_BIT(STEP_MOUNT),
		.probe = source_is_unbindable,
	},
	{
		.name = "bind-file-on-directory",
		.title = "a file can only be bound on a file, and a directory on a directory",
		.fix = "name the full path of the place, with the file's name at its end",
		.text = "A mount covers what is there with a thing of the same kind. To put a\n"
			"file into a directory, write -b FILE:DIR/FILE. To put a directory where\n"
			"the base has a file, hide or move the file's directory first.",
		.calls = CALL_BIT(CALL_BIND) | TARGET_CALLS,
		.kinds = KIND_BIT(STEP_BIND) | KIND_BIT(STEP_MOUNT) | KIND_BIT(STEP_TMPFS) |
			 KIND_BIT(STEP_PROC) | KIND_BIT(STEP_DEV) | KIND_BIT(STEP_MQUEUE) |
			 KIND_BIT(STEP_OVERLAY),
		.errnos = { ENOTDIR, EISDIR, EINVAL },
		.probe = file_meets_directory,
	},
	{
		.name = "proc-no-pid",
		.title = "a fresh /proc needs a process namespace of its own",
		.fix = "leave pid out of --share, or bind the host's: -b /proc",
		.text = "proc shows the processes of one PID namespace, and only the owner of\n"
			"that namespace can mount it. With --share pid it is the host's.",
		.calls = CREATE_CALLS,
		.kinds = KIND_BIT(STEP_PROC) | KIND_BIT(STEP_MOUNT),
		.errnos = { EPERM },
		.probe = no_pid_namespace,
	},
	{
		.name = "proc-masked",
		.title = "parts of the /proc outside are covered, so the kernel gives no "
			 "uncovered one",
		.fix = "bind the covered one with -b /proc, or start the container with "
		       "--security-opt unmask=ALL",
		.text = "Containers cover files below /proc with other mounts. A fresh proc in a\n"
			"user namespace would show them again, so the kernel refuses (EPERM,\n"
			"\"mount too revealing\" in its log) unless one uncovered proc is\n"
			"visible. The covered one can be bound; it shows the processes outside.",
		.calls = CREATE_CALLS,
		.kinds = KIND_BIT(STEP_PROC) | KIND_BIT(STEP_MOUNT),
		.errnos = { EPERM },
		.probe = proc_is_masked,
	},
	{
		.name = "sys-no-net",
		.title = "a fresh /sys needs a network namespace of its own",
		.fix = "bind the host's: -b /sys:ro, or use --net none",
		.text = "sysfs shows the devices of one network namespace, and only its owner can\n"
			"mount it. With the host's network, the host's /sys is bound instead.",
		.calls = CREATE_CALLS,
		.kinds = KIND_BIT(STEP_SYS) | KIND_BIT(STEP_MOUNT),
		.errnos = { EPERM },
		.probe = no_net_namespace,
	},
	{
		.name = "mqueue-no-ipc",
		.title = "message queues need an IPC namespace of their own",
		.fix = "leave ipc out of --share, or bind the host's: -b /dev/mqueue",
		.text = "A file system of message queues shows those of one IPC namespace, and\n"
			"only its owner can mount it (mq_overview(7)).",
		.calls = CREATE_CALLS,
		.kinds = KIND_BIT(STEP_MQUEUE) | KIND_BIT(STEP_MOUNT),
		.errnos = { EPERM },
		.probe = no_ipc_namespace,
	},
	{
		.name = "cgroup-no-cgroup",
		.title = "control groups can only be mounted by the owner of the cgroup namespace",
		.fix = "leave cgroup out of --share, or bind the host's: -b /sys/fs/cgroup:ro",
		.text = "cgroup2 can be mounted in a user namespace together with a cgroup\n"
			"namespace of its own (cgroup_namespaces(7)).",
		.calls = CREATE_CALLS,
		.kinds = KIND_BIT(STEP_MOUNT),
		.errnos = { EPERM },
		.probe = no_cgroup_namespace,
	},
	{
		.name = "filesystem-id-unmapped",
		.title = "an id among its options does not exist in the box",
		.fix = "leave out uid= and gid=, or use an id of the map",
		.text = "uid= and gid= of a tmpfs or devpts are ids inside the box and must be\n"
			"mapped (EINVAL). With one id mapped, the default, only that one exists:\n"
			"gid=5, the usual group of terminals, needs --as-root.",
		.calls = OPTION_CALLS,
		.kinds = KIND_BIT(STEP_TMPFS) | KIND_BIT(STEP_DEVPTS),
		.errnos = { EINVAL },
		.probe = id_is_unmapped,
	},
	{
		.name = "filesystem-option-long",
		.title = "the value of an option is too long",
		.fix = "give a shorter value",
		.text = "The kernel takes values of up to 255 bytes for a file system's option\n"
			"(fsconfig(2)). Paths of layers have no such limit, nacre hands them over\n"
			"as descriptors.",
		.calls = CALL_BIT(CALL_FSCONFIG),
		.errnos = { EINVAL },
		.probe = value_is_long,
	},
	{
		.name = "filesystem-fuse",
		.title = "a FUSE file system is mounted by its own program",
		.fix = "mount it outside with its program, and bind the result with -b",
		.text = "The kernel's side of FUSE needs the descriptor of a serving program,\n"
			"which opens /dev/fuse. That program (sshfs, squashfuse, fuse-overlayfs)\n"
			"mounts the file system; a box can then show it by a bind.",
		.calls = CREATE_CALLS | CALL_BIT(CALL_FSCONFIG),
		.kinds = KIND_BIT(STEP_MOUNT),
		.errnos = { EINVAL, EPERM, ENODEV },
		.probe = is_fuse,
	},
	{
		.name = "filesystem-option",
		.title = "this file system does not know the option, or not this value",
		.fix = "leave the option out; those of each type are in mount(8)",
		.text = "Words of a mount that are no mount flags are handed to the file system\n"
			"as its own options, and this one refuses them. When the kernel says\n"
			"which, its words stand in the line \"kernel\".",
		.calls = OPTION_CALLS,
		.kinds = KIND_BIT(STEP_TMPFS) | KIND_BIT(STEP_MOUNT) | KIND_BIT(STEP_DEVPTS) |
			 KIND_BIT(STEP_MQUEUE) | KIND_BIT(STEP_PROC) | KIND_BIT(STEP_SYS) |
			 KIND_BIT(STEP_REMOUNT),
		.errnos = { EINVAL },
	},
	{
		.name = "filesystem-unknown",
		.title = "this kernel has no such file system",
		.fix = "compare the type with /proc/filesystems",
		.text = "The type is misspelt, or its module is not there or not loaded: a user\n"
			"namespace cannot load modules, root can (modprobe TYPE).",
		.calls = CREATE_CALLS,
		.errnos = { ENODEV },
	},
	{
		.name = "filesystem-needs-root",
		.title = "this type of file system cannot be mounted in a user namespace",
		.fix = "have root mount it outside, and bind the result with -b",
		.text = "Only file systems that were made safe against hostile content may be\n"
			"mounted without root: tmpfs, ramfs, proc, sysfs, devpts, mqueue,\n"
			"cgroup2, overlay, fuse. Those on block devices (ext4, xfs, vfat) are not\n"
			"among them, whoever owns the device (user_namespaces(7)).",
		.calls = CREATE_CALLS,
		.kinds = KIND_BIT(STEP_MOUNT),
		.errnos = { EPERM, EACCES, ENOTBLK },
		.probe = type_needs_root,
	},
	{
		.name = "filesystem-twice",
		.title = "the same file system is mounted at that very place already",
		.fix = "leave one of the two steps out",
		.text = "The kernel does not put a file system on its own root (EBUSY): sysfs has\n"
			"one instance for each network namespace, proc one for each process\n"
			"namespace.",
		.calls = CREATE_CALLS,
		.kinds = KIND_BIT(STEP_SYS) | KIND_BIT(STEP_PROC) | KIND_BIT(STEP_MOUNT),
		.errnos = { EBUSY },
	},
	{
		.name = "readonly-busy",
		.title = "a file on it is open for writing",
		.fix = "make it read-only before programs use it, or bind the directory "
		       "afresh with :ro",
		.text = "A mount becomes read-only when no file is open for writing through it\n"
			"(mount_setattr(2), EBUSY); recursively, that holds for all mounts below\n"
			"or nothing is changed.",
		.calls = CALL_BIT(CALL_ATTRIBUTE),
		.errnos = { EBUSY },
	},
	{
		.name = "flag-locked",
		.title = "a mount flag set outside cannot be taken off inside",
		.fix = "leave out the word that clears it (rw, suid, dev, exec, atime)",
		.text = "Flags that a mount had when the user namespace was made are locked:\n"
			"read-only, nosuid, nodev, noexec and the way access times are kept\n"
			"(mount_namespaces(7)). Only the owner of the mount, outside, can clear\n"
			"them.",
		.calls = CALL_BIT(CALL_ATTRIBUTE),
		.kinds = KIND_BIT(STEP_BIND) | KIND_BIT(STEP_REMOUNT) | KIND_BIT(STEP_MOUNT) |
			 KIND_BIT(STEP_OVERLAY),
		.errnos = { EPERM },
		.probe = flag_is_locked,
	},
	{
		.name = "nosymfollow-unknown",
		.title = "this kernel does not know nosymfollow",
		.fix = "leave out nosymfollow",
		.text = "Mounts on which links are not followed exist since Linux 5.10, and in\n"
			"the call that sets flags of a whole tree since 5.14 (mount_setattr(2)).",
		.calls = CALL_BIT(CALL_ATTRIBUTE),
		.kinds = KIND_BIT(STEP_BIND) | KIND_BIT(STEP_REMOUNT),
		.errnos = { EINVAL },
		.probe = wants_nosymfollow,
	},
	{
		.name = "not-a-mount-point",
		.title = "flags belong to a mount, and nothing is mounted there",
		.fix = "bind the directory on itself with the flags: -b DIR:OPTIONS",
		.text = "A remount changes a mount as a whole, so the path must be its mount\n"
			"point (mount_setattr(2), EINVAL). A bind of a directory makes a mount of\n"
			"it.",
		.calls = CALL_BIT(CALL_ATTRIBUTE),
		.kinds = KIND_BIT(STEP_REMOUNT),
		.errnos = { EINVAL },
	},
	{
		.name = "move-locked",
		.title = "only a mount that this run has made can be moved",
		.fix = "bind it at the other place instead",
		.text = "The source of a move is a mount point of the box, made by an earlier\n"
			"step. What came in with a recursive bind is locked to its place\n"
			"(move_mount(2), EINVAL).",
		.calls = CALL_BIT(CALL_ATTACH) | CALL_BIT(CALL_BIND),
		.kinds = KIND_BIT(STEP_MOVE),
		.errnos = { EINVAL },
	},
	{
		.name = "move-into-itself",
		.title = "a mount cannot be moved into itself",
		.fix = "choose a place outside of the mount",
		.text = "The place lies below the mount that is moved, perhaps by way of a\n"
			"symbolic link or a bind (move_mount(2), ELOOP).",
		.calls = CALL_BIT(CALL_ATTACH),
		.kinds = KIND_BIT(STEP_MOVE),
		.errnos = { ELOOP },
	},
	{
		.name = "mount-limit",
		.title = "a mount namespace has a limit on mounts, and it is reached",
		.fix = "bind fewer trees recursively (norec), or as root: sysctl "
		       "fs.mount-max=200000",
		.text = "The number of mounts in one namespace is limited by fs.mount-max, 100000\n"
			"by default. A recursive bind of / copies all of the host's mounts, each\n"
			"time.",
		.calls = MOUNT_CALLS,
		.errnos = { ENOSPC },
		.probe = too_many_mounts,
	},
	{
		.name = "pivot-initramfs",
		.title = "the system runs from an initramfs, whose root cannot be exchanged",
		.fix = "mount a tmpfs on the first root, copy the system into it and "
		       "switch_root there",
		.text = "pivot_root(2) moves the old root away, which the kernel's first root\n"
			"file system (rootfs) does not allow. Systems that never leave their\n"
			"initramfs run on it.",
		.calls = CALL_BIT(CALL_PIVOT),
		.errnos = { EINVAL },
		.probe = root_is_initramfs,
	},
	{
		.name = "mount-seccomp",
		.title = "a seccomp filter forbids mounts",
		.fix = "in a container: start it with --security-opt seccomp=unconfined",
		.text = "The filter that this process was started with refuses mount calls. That\n"
			"of docker and podman does so without CAP_SYS_ADMIN; a filter cannot be\n"
			"taken off from inside (seccomp(2)).",
		.calls = MOUNT_CALLS | CALL_BIT(CALL_PIVOT) | CALL_BIT(CALL_UNMOUNT),
		.errnos = { EPERM, ENOSYS, EACCES },
		.probe = under_seccomp,
	},
	{ 0 },
};
