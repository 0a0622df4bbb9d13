// SPDX-License-Identifier: MIT
/*
 * The box's own directory and its lock; what users meet inside a box, which is only ever looked up
 * by name; and at the end what holds for any call: limits of the machine, a kernel that lacks a
 * call, a bug.
 */
#include "explain/rows.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "explain/probe.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>

#define STATE_CALL CALL_BIT(CALL_STATE)
#define LOCK_CALL CALL_BIT(CALL_LOCK)

static bool lock_is_held(struct case_file *c)
{
	fact_lock_holder(c->err, c->err->object);
	return true;
}

static bool show_file_system(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *path = c->err->object;
	struct place place;

	if (path[0] != '/')
		return true;
	path = probe_existing(&arena, path);
	if (place_read(path, &place))
		error_fact(c->err, "%s is on %s%s", Q(path), fs_name(place.fs),
			   place.readonly ? ", mounted read-only" : "");
	return true;
}

static bool show_state_owner(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };

	if (c->err->object[0] == '/')
		fact_owner(c->err, probe_existing(&arena, c->err->object));
	return true;
}

static bool show_file_limit(struct case_file *c)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
		error_fact(c->err, "this process may open %llu files",
			   (unsigned long long)limit.rlim_cur);
	return true;
}

static bool show_kernel(struct case_file *c)
{
	struct utsname name;

	if (uname(&name) == 0)
		error_fact(c->err, "Linux %s on %s", name.release, name.machine);
	if (probe_seccomp())
		error_fact(c->err, "a seccomp filter is in force");
	return true;
}

/* Answers that the kernel gives only when the engine has used a call wrongly. */
static bool is_internal(struct case_file *c)
{
	static const struct {
		enum error_call call;
		int sys;
	} internal[] = {
		{ CALL_CLONE, EINVAL },	 { CALL_UID_MAP, EINVAL },   { CALL_GID_MAP, EINVAL },
		{ CALL_PIVOT, EINVAL },	 { CALL_PIVOT, EBUSY },	     { CALL_UNMOUNT, EINVAL },
		{ CALL_UNMOUNT, EBUSY }, { CALL_ATTRIBUTE, EINVAL }, { CALL_SETGROUPS, EINVAL },
		{ CALL_ATTACH, EINVAL },
	};

	if (c->err->sys == EBADF || c->err->sys == EFAULT || c->err->sys == E2BIG)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(internal); i++)
		if (internal[i].call == c->err->call && internal[i].sys == c->err->sys)
			return true;
	return false;
}

const struct explanation state_rows[] = {
	{
		.name = "box-other-base",
		.title = "the box was made over another base",
		.fix = "use another name with -n, or the base it was made over",
		.text = "What a box wrote belongs to the base it was made over: the host, or one\n"
			"root directory. Over another base its changes and deletions would meet\n"
			"other files, and nobody could tell later what they were changes of.",
	},
	{
		.name = "box-not-living",
		.title = "no process keeps that box",
		.fix = "nacre enter NAME or nacre start NAME brings it to life; nacre ls lists the "
		       "boxes",
		.text = "A box lives from nacre enter or nacre start until its last process has "
			"left,\n"
			"or nacre stop. What it wrote is kept and can be committed all the same.",
	},
	{
		.name = "box-other-options",
		.title = "the box keeps other options than these",
		.fix = "leave them out, or take --recreate: the box ends and is made anew with "
		       "them; what it "
		       "wrote stays",
		.text = "A box keeps the options that it was made with, so that nacre enter NAME "
			"is enough\n"
			"afterwards. Lines with - are what it has and the command line lacks, "
			"those with +\n"
			"what it has not. What is about the command alone may be given each time: "
			"-w, -e,\n"
			"--unset-env, --clear-env.",
	},
	{
		.name = "setup-failed",
		.title = "the command of --setup did not succeed",
		.fix = "run it by hand in a box without --setup to see what is wrong",
		.text = "The command of --setup runs in a new box before anybody else is let in, "
			"with\n"
			"--setup-on-join also before the command of whoever joins. Only after it "
			"has\n"
			"answered 0 the box can be used; a new box ends again.",
	},
	{
		.name = "box-other-version",
		.title = "another version of nacre keeps that box",
		.fix = "stop the box with that version, then use it again",
		.text = "Who joins a living box is told by its keeper what to become. The keeper "
			"is the\n"
			"program that made the box, and may be older or newer than the one that "
			"joins.",
	},
	{
		.name = "namespaces-there",
		.title = "the place where the link to the namespaces is to be is taken",
		.fix = "join them, or take another path; what is no link of living namespaces must "
		       "be "
		       "removed by hand",
		.text = "Namespaces that others can join are known by a link. What lies at its "
			"place\n"
			"already, living namespaces, a file, a directory, is left alone. Only a "
			"link "
			"to\n"
			"namespaces that are gone is replaced.",
	},
	{
		.name = "namespaces-absent",
		.title = "there are no namespaces at that path",
		.fix = "make them first: with steamns -c PATH, or let -D do it: steamns -D -j PATH",
		.text = "Nothing lies there, or a link to namespaces whose last process has gone, "
			"which\n"
			"was removed. They live until the last of those who joined them has left.",
	},
	{
		.name = "namespaces-other",
		.title = "what lies at that path are no namespaces that can be joined",
		.fix = "give a link that steamns -c has made, or a directory like /proc/PID/ns of "
		       "a "
		       "process of yours",
		.text = "What can be joined is a directory, or a link to one, with the files user, "
			"mnt\n"
			"and pid of namespaces(7). Those of a process can be opened by who may "
			"trace "
			"it:\n"
			"not those of another user, nor of a process that has closed itself to "
			"others.\n"
			"Those that one is in already are not entered again.",
	},
	{
		.name = "live-needs-pid",
		.title = "a box that lives needs a pid namespace of its own",
		.fix = "leave out --share pid, or use nacre run",
		.text = "All processes of a living box end with its first one, which only a pid\n"
			"namespace sees to. Without it some could stay behind when the box ends.",
	},
	{
		.name = "box-in-use",
		.title = "another process uses the box",
		.fix = "wait until it ends; for a run at once, use another name with -n",
		.text = "A box keeps its writes in one place, and two runs that write there at\n"
			"once would spoil them, as would a commit or rm while it runs. nacre "
			"holds\n"
			"a lock on the box (flock(2)) meanwhile; it is gone as soon as the last\n"
			"process that uses the box is.",
		.calls = LOCK_CALL,
		.errnos = { EAGAIN, EBUSY },
		.probe = lock_is_held,
	},
	{
		.name = "box-unknown",
		.title = "there is no box of that name",
		.fix = "nacre ls lists the boxes",
		.text = "A run without -n leaves a box only when it changed something, and the\n"
			"last line that it prints names the box. Boxes are those of the caller:\n"
			"what sudo nacre run left is seen by sudo nacre ls. XDG_STATE_HOME, when\n"
			"it is set, decides where they are.",
	},
	{
		.name = "box-none",
		.title = "there is no box that could be meant",
		.fix = "name the box; nacre ls lists them",
		.text = "Without a name a verb means the box that was used last, but for those\n"
			"that are in use by a run. There is none: nothing was run in a box, or no\n"
			"run has changed anything, or all boxes were removed.",
	},
	{
		.name = "box-not-removed",
		.title = "something in the box could not be removed",
		.fix = "see to that, and then: nacre gc",
		.text = "A removal takes the box away from its name before it removes its files,\n"
			"so what is left is no box any more. nacre gc goes on with it. In the way\n"
			"can be a mount below the box's directory, an immutable file (chattr +i),\n"
			"or files of ids that the caller has not got any more.",
	},
	{
		.name = "box-record",
		.title = "the record of the box cannot be understood",
		.fix = "take what you need from the box's directory, then: nacre rm NAME",
		.text = "The file \"record\" in a box's directory says what the box was made over\n"
			"and which of its files belong where. When it is missing, cut or\n"
			"malformed, what the box wrote is still there, below \"upper\", but "
			"nobody\n"
			"can tell what it is a change of. A record is replaced as a whole and\n"
			"never written in part; a crash of the machine may lose one.",
	},
	{
		.name = "box-record-version",
		.title = "the box was made by a newer nacre",
		.fix = "use that nacre",
		.text = "The first line of a box's record has the version of its format. This\n"
			"nacre does not know that version, and would read the rest wrongly.",
	},
	{
		.name = "lock-unsupported",
		.title = "the file system of the boxes does not support locks",
		.fix = "move the boxes to a local disk: XDG_STATE_HOME=DIR",
		.text = "Boxes are guarded by flock(2). Some network file systems do not have it,\n"
			"or lack the service that it needs (ENOLCK).",
		.calls = LOCK_CALL,
		.errnos = { ENOLCK, ENOSYS, EOPNOTSUPP, EINVAL },
		.probe = show_file_system,
	},
	{
		.name = "state-readonly",
		.title = "the directory of the boxes is on a read-only mount",
		.fix = "move the boxes: XDG_STATE_HOME=DIR",
		.text = "Boxes are kept below $XDG_STATE_HOME/nacre, by default\n"
			"~/.local/state/nacre. There nacre notes what a run was, and keeps what\n"
			"it wrote.",
		.calls = STATE_CALL | LOCK_CALL,
		.errnos = { EROFS },
		.probe = show_file_system,
	},
	{
		.name = "state-not-writable",
		.title = "the caller may not write in the directory of the boxes",
		.fix = "correct its owner, or move the boxes: XDG_STATE_HOME=DIR",
		.text = "Boxes are kept below $XDG_STATE_HOME/nacre, by default\n"
			"~/.local/state/nacre. When nacre was once run by root with the caller's\n"
			"HOME (sudo without -H), the directory belongs to root.",
		.calls = STATE_CALL | LOCK_CALL,
		.errnos = { EACCES, EPERM },
		.probe = show_state_owner,
	},
	{
		.name = "state-missing",
		.title = "the directory of the boxes cannot be made",
		.fix = "set HOME or XDG_STATE_HOME to a directory that exists",
		.text = "Boxes are kept below $XDG_STATE_HOME/nacre, by default\n"
			"~/.local/state/nacre. nacre makes these directories, but not a home that\n"
			"is missing, as it is for many users of services.",
		.calls = STATE_CALL | LOCK_CALL,
		.errnos = { ENOENT, ENOTDIR },
		.probe = show_state_owner,
	},
	{
		.name = "state-foreign",
		.title = "the directory of the boxes belongs to somebody else, or others may "
			 "write in it",
		.fix = "correct its owner and mode, or move the boxes: XDG_STATE_HOME=DIR",
		.text = "Who can write in this directory decides what boxes contain, so nacre\n"
			"uses it only when it belongs to the caller and nobody else may write\n"
			"there.",
		.calls = 0,
	},
	{
		.name = "diff-missing",
		.title = "diff(1) is not installed",
		.fix = "apt-get install diffutils",
		.text = "How a text changed is found by diff(1), which is called for each pair of\n"
			"files. Every distribution has it, but small containers leave it out.",
		.calls = 0,
	},
	{
		.name = "proc-missing",
		.title = "/proc is not mounted",
		.fix = "mount -t proc proc /proc",
		.text = "nacre reads the mounts and writes the id maps below /proc. In a chroot\n"
			"or a small container it has to be mounted first.",
		.calls = CALL_BIT(CALL_READ_MOUNTS) | CALL_BIT(CALL_UID_MAP) |
			 CALL_BIT(CALL_GID_MAP) | CALL_BIT(CALL_SETGROUPS),
		.errnos = { ENOENT },
	},
	{
		.name = "inside-cross-device",
		.title = "inside a box: \"Invalid cross-device link\" when a directory is renamed",
		.fix = "use mv, which copies",
		.text = "A directory that a lower layer has cannot be renamed in a user namespace\n"
			"(EXDEV): the overlay would have to note where it came from in an\n"
			"attribute that users can forge. mv copes by copying; programs that call\n"
			"rename(2) themselves often do as well. When every write fails so, upper\n"
			"and work are in different btrfs subvolumes or under different project\n"
			"quotas.",
	},
	{
		.name = "inside-readonly",
		.title = "inside a box: \"Read-only file system\"",
		.fix = "nacre run --dry-run lists the places that are read-only, and why",
		.text = "The place was asked to be read-only (--ro, a bind with ro), or it is one\n"
			"that cannot be captured: a mount of a kernel file system, or a file that\n"
			"is a mount itself. --rw, or a bind of the place without ro, writes there\n"
			"for real.",
	},
	{
		.name = "inside-io-error",
		.title = "inside a box: \"Input/output error\" when a directory is removed",
		.fix = "put the upper on a file system with user.* attributes: ext4, xfs, btrfs",
		.text = "To remove a directory of a lower layer the overlay marks its place with\n"
			"a user.* attribute. An upper on a tmpfs before Linux 6.6, or on a file\n"
			"system mounted without these attributes, has no room for it (EIO).",
	},
	{
		.name = "inside-stale",
		.title = "inside a box: \"Stale file handle\" when a hard link is renamed",
		.fix = "remove the old name first",
		.text = "In an overlay without an index, two hard links of a lower file become\n"
			"two files. A rename of one over the other, which is nothing elsewhere,\n"
			"ends in ESTALE.",
	},
	{
		.name = "inside-loop",
		.title = "inside a box: \"Too many levels of symbolic links\" at the box's own "
			 "files",
		.fix = "keep upper and work directories out of the layers",
		.text = "When upper or work lie inside a lower layer, the overlay would show\n"
			"itself, and the kernel answers ELOOP for that one name. nacre hides its\n"
			"own directory of boxes; upper=DIR inside lower=DIR is up to the caller.",
	},
	{
		.name = "too-many-files",
		.title = "too many files are open",
		.fix = "raise ulimit -n",
		.text = "A process may have RLIMIT_NOFILE descriptors open (EMFILE), the machine\n"
			"fs.file-max of them (ENFILE). An overlay of many layers takes one for\n"
			"each.",
		.calls = ANY_CALL,
		.errnos = { EMFILE, ENFILE },
		.probe = show_file_limit,
	},
	{
		.name = "no-memory",
		.title = "the kernel has no memory for it",
		.fix = "end other programs, or raise the control group's memory.max",
		.text = "The machine, or the control group that nacre runs in, is out of memory.",
		.calls = ANY_CALL,
		.errnos = { ENOMEM },
	},
	{
		.name = "name-too-long",
		.title = "the path or a name in it is too long",
		.fix = "use a shorter path; a name has at most 255 bytes, a path 4095",
		.text = "The limits are those of the kernel and of nearly all file systems\n"
			"(path_resolution(7)). Changing the working directory and giving a\n"
			"relative path does not help: nacre makes paths absolute.",
		.calls = ANY_CALL,
		.errnos = { ENAMETOOLONG },
	},
	{
		.name = "kernel-too-old",
		.title = "this kernel lacks a call that nacre needs",
		.fix = "use Linux 5.12 or newer",
		.text = "nacre needs the kernel calls of Linux 5.12. A newer kernel lacks one\n"
			"when it was built without it, when a seccomp filter hides it (old\n"
			"versions of docker and libseccomp answer ENOSYS), or under an emulator\n"
			"such as qemu-user.",
		.calls = ANY_CALL,
		.errnos = { ENOSYS },
		.probe = show_kernel,
	},
	{
		.name = "bug",
		.title = "this should not happen",
		.fix = "report it with this message and the output of nacre doctor",
		.text = "nacre used the kernel in a way that the kernel does not accept, or came\n"
			"to a place that it cannot come to. The fault is not in the command line.\n"
			"The plan (--dry-run --json) helps to find it.",
		.calls = ANY_CALL,
		.errnos = { EBADF, EFAULT, EINVAL, EBUSY, E2BIG },
		.probe = is_internal,
	},
	{ 0 },
};
