// SPDX-License-Identifier: MIT
/*
 * Why a path could not be used: sources on the host, places in the new root, and what is made or
 * copied there. Also the two facts about paths that other tables share.
 */
#include "explain/rows.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "explain/probe.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define ALL_PATHS (SOURCE_CALLS | TARGET_CALLS | CALL_BIT(CALL_COPY) | CALL_BIT(CALL_STATE))

const char *host_path(struct arena *arena, const struct case_file *c, const char *path)
{
	if (c->plan && c->plan->base == BASE_DIR && c->plan->root)
		return path_join(arena, c->plan->root, path[0] == '/' ? path + 1 : path);
	return path;
}

void fact_missing(struct error *err, const char *path)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *there;
	char target[PATH_MAX];
	ssize_t n;

	if (path[0] != '/' || access(path, F_OK) == 0)
		return;
	there = probe_existing(&arena, path);
	n = readlink(there, target, sizeof(target) - 1);
	if (n > 0) {
		target[n] = '\0';
		error_fact(err, "%s is a symbolic link to %s", Q(there), Q(target));
	} else if (strcmp(there, path) != 0) {
		size_t len = strlen(there) + (there[1] ? 1 : 0);
		const char *missing = arena_strndup(&arena, path, len + strcspn(path + len, "/"));

		error_fact(err, "%s exists, %s does not", Q(there), Q(missing));
	}
}

void fact_owner(struct error *err, const char *path)
{
	struct place place;

	if (!place_read(path, &place))
		return;
	error_fact(err, "%s belongs to user %u, group %u, mode %04o", Q(path), (unsigned)place.uid,
		   (unsigned)place.gid, (unsigned)(place.mode & 07777));
}

static bool object_missing(struct case_file *c)
{
	fact_missing(c->err, c->err->object);
	return true;
}

/* A layer of the step that failed, or one of --layer, which the base is made of before any step. */
static bool layer_missing(struct case_file *c)
{
	if (!(c->step && c->step->kind == STEP_OVERLAY) && c->err->call != CALL_OVERLAY_LAYER)
		return false;
	fact_missing(c->err, c->err->object);
	return true;
}

static bool is_root_dir(struct case_file *c)
{
	struct place place;

	if (!c->plan || !c->plan->root || strcmp(c->plan->root, c->err->object) != 0)
		return false;
	if (place_read(c->err->object, &place))
		error_set_reason(c->err, "it is not a directory");
	fact_missing(c->err, c->err->object);
	return true;
}

static bool upper_missing(struct case_file *c)
{
	const struct overlay *o = c->step->overlay;
	const char *path = c->err->object;

	if (!o ||
	    !((o->upper && strcmp(o->upper, path) == 0) || (o->work && strcmp(o->work, path) == 0)))
		return false;
	fact_missing(c->err, path);
	return true;
}

static bool goes_through_file(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *there;
	struct place place;

	if (c->err->object[0] != '/')
		return true;
	there = probe_existing(&arena, host_path(&arena, c, c->err->object));
	if (place_read(there, &place) && !S_ISDIR(place.mode))
		error_fact(c->err, "%s is not a directory", Q(there));
	return true;
}

static bool way_is_barred(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *dir = probe_unsearchable(&arena, c->err->object);

	if (!dir)
		return false;
	fact_owner(c->err, dir);
	return true;
}

static bool show_owner(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };

	if (c->err->object[0] == '/')
		fact_owner(c->err, probe_existing(&arena, host_path(&arena, c, c->err->object)));
	return true;
}

static bool must_exist(struct case_file *c)
{
	return c->step && c->step->mkdir == MKDIR_NEVER;
}

/* As the program that is stood in for does: a read-only file system is all that is in the way. */
static bool made_anywhere(struct case_file *c)
{
	return c->step && c->step->mkdir == MKDIR_ANYWHERE;
}

static bool must_be_new(struct case_file *c)
{
	return c->step && c->step->mkdir == MKDIR_REQUIRE;
}

/* New files and copies end up in the box's directory, unless a step says otherwise. */
static bool space_is_used_up(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *dir = c->step && c->step->overlay && c->step->overlay->upper
				  ? c->step->overlay->upper
				  : probe_state_dir(&arena);
	struct statvfs fs;

	if (dir)
		dir = probe_existing(&arena, dir);
	if (dir && statvfs(dir, &fs) == 0)
		error_fact(c->err, "%s has %llu MiB and %llu files free", Q(dir),
			   (unsigned long long)fs.f_bavail * fs.f_frsize >> 20,
			   (unsigned long long)fs.f_favail);
	return true;
}

const struct explanation source_rows[] = {
	{
		.name = "root-missing",
		.title = "there is no such root directory",
		.fix = "check the path of --root",
		.text = "--root DIR names a directory of the host that the box shows as its /: an\n"
			"unpacked distribution, or any tree with what the command needs. A\n"
			"relative path is relative to the working directory.",
		.calls = SOURCE_CALLS,
		.errnos = { ENOENT, ENOTDIR },
		.probe = is_root_dir,
	},
	{
		.name = "upper-missing",
		.title = "there is no such directory for the writes",
		.fix = "make the directory first with mkdir",
		.text = "upper=DIR and work=DIR name directories that exist. nacre makes none, so\n"
			"that a mistyped name does not send the writes to a new place.",
		.calls = SOURCE_CALLS,
		.kinds = KIND_BIT(STEP_OVERLAY),
		.errnos = { ENOENT, ENOTDIR },
		.probe = upper_missing,
	},
	{
		.name = "layer-missing",
		.title = "there is no such layer",
		.fix = "check the path; in -o a comma in a name is written \\,",
		.text = "A layer is a directory of the host that exists before the run. A\n"
			"relative path is relative to the working directory. In a list of options\n"
			"a comma ends a path, a backslash before it makes it part of the name.",
		.calls = SOURCE_CALLS,
		.errnos = { ENOENT },
		.probe = layer_missing,
	},
	{
		.name = "file-source-missing",
		.title = "there is no such file to copy",
		.fix = "check the path",
		.text = "--file-from SRC DST copies a file of the host into the box before the\n"
			"command starts. A relative SRC is relative to the working directory.",
		.calls = SOURCE_CALLS | CALL_BIT(CALL_COPY),
		.kinds = KIND_BIT(STEP_FILE),
		.errnos = { ENOENT },
		.probe = object_missing,
	},
	{
		.name = "file-source-special",
		.title = "only the content of a file can be copied",
		.fix = "show it with -b instead",
		.text = "--file-from SRC DST copies a regular file. A directory, a device or a\n"
			"pipe is shown in the box by a bind; a tree of one's own to write in is\n"
			"made by -o with copyfrom=.",
		.calls = CALL_BIT(CALL_OPEN_SOURCE),
		.kinds = KIND_BIT(STEP_FILE),
		.errnos = { EISDIR, EINVAL },
	},
	{
		.name = "link-source-other",
		.title = "what is there is not a symbolic link",
		.fix = "--symlink TARGET DST makes a link that holds TARGET; -b shows what is "
		       "there",
		.text = "--symlink-from SRC DST reads the symbolic link SRC of the host and makes\n"
			"one with the same words at DST.",
		.calls = CALL_BIT(CALL_OPEN_SOURCE),
		.kinds = KIND_BIT(STEP_SYMLINK),
		.errnos = { EINVAL },
	},
	{
		.name = "link-source-missing",
		.title = "there is no such link to make again",
		.fix = "check the path",
		.text = "--symlink-from SRC DST reads the symbolic link SRC of the host, when the\n"
			"plan is made. A relative SRC is relative to the working directory.",
		.calls = CALL_BIT(CALL_OPEN_SOURCE),
		.kinds = KIND_BIT(STEP_SYMLINK),
		.errnos = { ENOENT },
		.probe = object_missing,
	},
	{
		.name = "bind-source-missing",
		.title = "there is nothing at the source",
		.fix = "check the path; the word optional skips a missing source, ensure "
		       "makes a directory",
		.text = "A bind shows a file or directory of the host at another place; it must\n"
			"be there. A relative source is relative to the working directory. In -b\n"
			"a colon ends the source, a backslash before it makes it part of the\n"
			"name.",
		.calls = SOURCE_CALLS,
		.errnos = { ENOENT },
		.probe = object_missing,
	},
	{
		.name = "mount-point-missing",
		.title = "there is nothing at that place of the box to mount on",
		.fix = "mkdir=maybe makes it in the box; or make it outside before",
		.text = "A mount covers a file or a directory that is there. By default nacre\n"
			"makes a missing one in a layer of its own, so nothing is left in a tree\n"
			"of the user; mkdir=never forbids that.",
		.calls = TARGET_CALLS,
		.errnos = { ENOENT },
		.probe = must_exist,
	},
	{
		.name = "mount-point-parent",
		.title = "its directory does not exist in the box",
		.fix = "make the directory with --dir before",
		.text = "A link or file is put into a directory that the base or an earlier step\n"
			"has. Steps are applied in the order given, so a later one does not\n"
			"count.",
		.calls = TARGET_CALLS,
		.errnos = { ENOENT },
	},
	{
		.name = "place-readonly",
		.title = "what it would be made in is read-only",
		.fix = "give a writable place for it before (--tmpfs on its directory), or one "
		       "that exists",
		.text = "bubblewrap makes a place that is missing where it would be: in a tmpfs "
			"of\n"
			"the sandbox, or in a directory of the host. One that is bound read-only,\n"
			"or was made so by --remount-ro, takes no new names.",
		.calls = TARGET_CALLS,
		.errnos = { EROFS },
		.probe = made_anywhere,
	},
	{
		.name = "mount-point-readonly",
		.title = "it would have to be made in a tree that nacre leaves as it is",
		.fix = "give a writable place for it (--tmpfs on its directory), or a place "
		       "that exists",
		.text = "What is missing, such as the place of a mount, is made in an overlay or\n"
			"a tmpfs of the box. Below a bind of the host, writable or not, there is\n"
			"neither: the tree would have to be changed for real, which nacre never\n"
			"does.",
		.calls = TARGET_CALLS,
		.errnos = { EROFS },
	},
	{
		.name = "mount-point-exists",
		.title = "the place is there already, and mkdir=require asks for a new one",
		.fix = "leave out mkdir=require",
		.text = "mkdir=require makes the mount point and is an error when there is one:\n"
			"for scripts that want to be sure that nothing is covered.",
		.calls = TARGET_CALLS,
		.errnos = { EEXIST },
		.probe = must_be_new,
	},
	{
		.name = "target-exists",
		.title = "there is something at that place already",
		.fix = "choose another name, or cover the directory with --tmpfs before",
		.text = "--dir and --symlink make something new in the root. They do not replace\n"
			"what the base or an earlier step has put there. --file covers a file of\n"
			"the base, and nothing else.",
		.calls = TARGET_CALLS,
		.errnos = { EEXIST, EISDIR },
	},
	{
		.name = "path-through-file",
		.title = "a part of the path is a file and not a directory",
		.fix = "check the path",
		.text = "Everything before the last slash of a path names directories. One of\n"
			"them is a file here, or a link to one.",
		.calls = ALL_PATHS,
		.errnos = { ENOTDIR },
		.probe = goes_through_file,
	},
	{
		.name = "target-link",
		.title = "a link on the way leads where the box has nothing to say",
		.fix = "name the place without the link",
		.text = "Paths in the new root are resolved so that no link of it can lead out\n"
			"(openat2(2), RESOLVE_IN_ROOT), and magic links such as /proc/self/fd/3\n"
			"are not followed. Links that go in a circle fail the same way.",
		.calls = TARGET_CALLS,
		.errnos = { ELOOP, EXDEV },
	},
	{
		.name = "symlink-loop",
		.title = "its symbolic links go in a circle",
		.fix = "readlink shows where each link points to",
		.text = "At most 40 links are followed in one path (path_resolution(7)); more are\n"
			"mostly a circle.",
		.calls = ALL_PATHS,
		.errnos = { ELOOP },
	},
	{
		.name = "path-not-searchable",
		.title = "a directory on the way may not be searched",
		.fix = "chmod o+x the directory, or use a path that the caller may enter",
		.text = "Each directory of a path needs the search permission (x). Root in a user\n"
			"namespace is root over mapped ids only: a directory of another user with\n"
			"mode 0700 stays shut.",
		.calls = ALL_PATHS,
		.errnos = { EACCES },
		.probe = way_is_barred,
	},
	{
		.name = "path-denied",
		.title = "permissions or a security policy forbid it",
		.fix = "check owner and mode of the path; ls -ldZ also shows a policy's label",
		.text = "The permissions of the path itself do not allow it, or a security module\n"
			"(AppArmor, SELinux) forbids the mount. What belongs to users that are\n"
			"not mapped into the box has its permissions for others only.",
		.calls = (ALL_PATHS & ~CALL_BIT(CALL_STATE)) | CALL_BIT(CALL_FSCREATE),
		.errnos = { EACCES, EPERM },
		.probe = show_owner,
	},
	{
		.name = "owner-not-mapped",
		.title = "it belongs to a user or group that the box does not have",
		.fix = "--seed DIR makes a directory of the base writable as the caller's",
		.text = "\"Value too large for defined data type\" (EOVERFLOW). To change a file\n"
			"of a lower layer, overlayfs copies it and its directories up with their\n"
			"owners, and an owner or group that is not mapped cannot be given to the\n"
			"copy. The host's root is never mapped without root, nor are most groups.\n"
			"nacre seeds the usual directories (/tmp, /var/tmp, /usr/local and so on)\n"
			"with copies that can be written; --seed DIR adds more. Deleting works\n"
			"everywhere.",
		.calls = TARGET_CALLS | CALL_BIT(CALL_COPY) | CALL_BIT(CALL_ATTRIBUTE),
		.errnos = { EOVERFLOW },
	},
	{
		.name = "no-space",
		.title = "the place where writes go is full",
		.fix = "free some space there, or move the boxes: XDG_STATE_HOME=DIR",
		.text = "The first change to a file copies the whole file to the upper layer,\n"
			"however small the change. Uppers of boxes are on the disk of\n"
			"$XDG_STATE_HOME (~/.local/state); those of --rm are in memory, half of\n"
			"which a tmpfs may use. A quota, and a lack of inodes, count as well (df,\n"
			"df -i, quota).",
		.calls = TARGET_CALLS | CALL_BIT(CALL_COPY) | CALL_BIT(CALL_STATE) |
			 CALL_BIT(CALL_LOCK),
		.errnos = { ENOSPC, EDQUOT },
		.probe = space_is_used_up,
	},
	{ 0 },
};
