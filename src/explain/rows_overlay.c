// SPDX-License-Identifier: MIT
/*
 * Why an overlay was refused. For most causes the kernel says EINVAL and nothing else: its words go
 * to a log that users may not read. So the layers are looked at again from outside, the likeliest
 * cause first:
 *
 *   mounts below a layer; the upper's file system; upper and work; number, depth and file systems
 *   of the layers; leftovers
 *
 * A layer that is a path in the new root (shadow) is looked up where the base keeps it.
 */
#include "explain/rows.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "explain/probe.h"

#include <errno.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OVERLAY KIND_BIT(STEP_OVERLAY)
#define CREATE_CALL CALL_BIT(CALL_FSCREATE)
#define LAYER_CALLS                                                                  \
	(CREATE_CALL | CALL_BIT(CALL_OVERLAY_LAYER) | CALL_BIT(CALL_OVERLAY_UPPER) | \
	 CALL_BIT(CALL_OVERLAY_WORK))

static const struct overlay *overlay_of(const struct case_file *c)
{
	static const struct overlay none;

	return c->step && c->step->overlay ? c->step->overlay : &none;
}

static const char *layer_path(struct arena *arena, const struct case_file *c, size_t i)
{
	const struct layer *layer = &overlay_of(c)->lowers.items[i];

	return probe_real(arena, layer->in_root ? host_path(arena, c, layer->path) : layer->path);
}

/* Where writes go, or NULL: a box's upper lies in the state directory, a throw-away one on a tmpfs
 * of our own. */
static const char *upper_path(struct arena *arena, const struct case_file *c)
{
	const struct overlay *o = overlay_of(c);
	const char *dir = o->upper_kind == UPPER_BOX ? probe_state_dir(arena) : o->upper;

	if (c->err->call == CALL_OVERLAY_UPPER && c->err->object[0] == '/')
		dir = c->err->object;
	return dir ? probe_existing(arena, dir) : NULL;
}

static bool mounts_below_a_layer(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_text_ struct text list = { 0 };
	struct mounts m = { 0 };

	probe_mounts(&arena, &m);
	for (size_t i = 0; i < overlay_of(c)->lowers.count; i++) {
		const char *path = layer_path(&arena, c, i);

		if (!probe_mounts_below(&m, path, &list))
			continue;
		error_set_reason(c->err, "%s has other mounts below it", Q(path));
		error_fact(c->err, "mounted below it: %s", text_str(&list));
		return true;
	}
	return false;
}

static bool a_layer_is_unbindable(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct mounts m = { 0 };

	probe_mounts(&arena, &m);
	for (size_t i = 0; i < overlay_of(c)->lowers.count; i++) {
		const char *path = layer_path(&arena, c, i);
		const struct mount_entry *mount = mounts_at(&m, path);

		if (!mount || !mount->unbindable)
			continue;
		error_fact(c->err, "%s lies on the unbindable mount %s", Q(path), Q(mount->point));
		return true;
	}
	return false;
}

static bool upper_is_readonly(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *path = upper_path(&arena, c);
	struct place upper;

	if (!path || !place_read(path, &upper) || !upper.readonly)
		return false;
	error_fact(c->err, "%s is on %s, mounted read-only", Q(path), fs_name(upper.fs));
	return true;
}

static bool fs_among(int64_t fs, const uint32_t *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == (uint32_t)fs)
			return true;
	return false;
}

/* File systems without what an upper takes: whiteouts by rename, O_TMPFILE, user.* attributes. */
static bool upper_on_unfit_fs(struct case_file *c)
{
	static const uint32_t unfit[] = {
		OVERLAYFS_SUPER_MAGIC, FUSE_SUPER_MAGIC,  NFS_SUPER_MAGIC,	CIFS_SUPER_MAGIC,
		SMB_SUPER_MAGIC,       SMB2_SUPER_MAGIC,  CEPH_SUPER_MAGIC,	V9FS_MAGIC,
		AFS_FS_MAGIC,	       MSDOS_SUPER_MAGIC, ECRYPTFS_SUPER_MAGIC, EXFAT_SUPER_MAGIC,
		SQUASHFS_MAGIC,	       RAMFS_MAGIC,
	};
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *path = upper_path(&arena, c);
	struct place upper;

	if (!path || !place_read(path, &upper) || !fs_among(upper.fs, unfit, ARRAY_LEN(unfit)))
		return false;
	error_fact(c->err, "%s is on %s", Q(path), fs_name(upper.fs));
	return true;
}

static bool upper_and_work_nested(struct case_file *c)
{
	const struct overlay *o = overlay_of(c);
	bool work_in_upper, upper_in_work;

	if (!o->upper || !o->work)
		return false;
	work_in_upper = place_contains(o->upper, o->work);
	upper_in_work = place_contains(o->work, o->upper);
	if (work_in_upper && upper_in_work)
		error_set_reason(c->err, "its upper and work directories are the same");
	else if (work_in_upper)
		error_set_reason(c->err, "its work directory is inside its upper directory");
	else if (upper_in_work)
		error_set_reason(c->err, "its upper directory is inside its work directory");
	return work_in_upper || upper_in_work;
}

static bool work_is_elsewhere(struct case_file *c)
{
	const struct overlay *o = overlay_of(c);
	struct place upper, work;

	if (!o->upper || !o->work || !place_read(o->upper, &upper) || !place_read(o->work, &work))
		return false;
	if (upper.mount_id == work.mount_id && upper.dev == work.dev)
		return false;
	/* Two binds of one file system are as far apart for rename(2) as two file systems. */
	if (upper.dev == work.dev)
		error_set_reason(c->err, "its upper and work directories are on different mounts");
	error_fact(c->err, "upper %s is on %s, work %s on %s", Q(o->upper), fs_name(upper.fs),
		   Q(o->work), fs_name(work.fs));
	return true;
}

static bool too_few_layers(struct case_file *c)
{
	const struct overlay *o = overlay_of(c);

	return o->upper_kind == UPPER_NONE && o->lowers.count + (o->seeds.count > 0) < 2;
}

/* The first layer that lies on one of these file systems is the evidence. */
static bool a_layer_is_on(struct case_file *c, const uint32_t *list, size_t count)
{
	_cleanup_(arena_release) struct arena arena = { 0 };

	for (size_t i = 0; i < overlay_of(c)->lowers.count; i++) {
		const char *path = layer_path(&arena, c, i);
		struct place layer;

		if (!place_read(path, &layer) || !fs_among(layer.fs, list, count))
			continue;
		error_fact(c->err, "%s is on %s", Q(path), fs_name(layer.fs));
		return true;
	}
	return false;
}

static bool layers_stack_too_deep(struct case_file *c)
{
	static const uint32_t stacked[] = { OVERLAYFS_SUPER_MAGIC, ECRYPTFS_SUPER_MAGIC };

	return a_layer_is_on(c, stacked, ARRAY_LEN(stacked));
}

static bool a_layer_on_unfit_fs(struct case_file *c)
{
	static const uint32_t unfit[] = { PROC_SUPER_MAGIC, AUTOFS_SUPER_MAGIC, MSDOS_SUPER_MAGIC };

	return a_layer_is_on(c, unfit, ARRAY_LEN(unfit));
}

static bool volatile_mark_is_left(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *mark;
	struct stat st;

	if (!overlay_of(c)->work)
		return false;
	mark = path_join(&arena, overlay_of(c)->work, "work/incompat/volatile");
	if (lstat(mark, &st) < 0)
		return false;
	error_fact(c->err, "%s exists", Q(mark));
	return true;
}

/* "KEY=VALUE" or "KEY" of a file-system option, by key. */
static bool has_key(const char *option, const char *key)
{
	size_t len = strlen(key);

	return strncmp(option, key, len) == 0 && (option[len] == '=' || !option[len]);
}

static bool trusted_option(struct case_file *c)
{
	static const char *const keys[] = { "redirect_dir", "metacopy", "nfs_export", "verity",
					    "datadir+" };
	const struct overlay *o = overlay_of(c);

	for (size_t k = 0; k < ARRAY_LEN(keys); k++) {
		bool found = has_key(c->err->object, keys[k]);

		for (size_t i = 0; i < o->options.count && !found; i++)
			found = has_key(o->options.items[i], keys[k]);
		if (!found)
			continue;
		error_fact(c->err, "the option %s was given", keys[k]);
		return true;
	}
	return false;
}

static bool layers_overlap(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const struct overlay *o = overlay_of(c);

	for (size_t i = 0; i < o->lowers.count; i++) {
		const char *path = layer_path(&arena, c, i);

		for (size_t k = 0; k < o->lowers.count; k++) {
			const char *other = layer_path(&arena, c, k);

			if (i == k || !place_contains(other, path))
				continue;
			error_set_reason(c->err,
					 strcmp(path, other) == 0 ? "the layer %s is there twice"
								  : "a layer contains the layer %s",
					 Q(path));
			error_fact(c->err, "%s is or contains %s", Q(other), Q(path));
			return true;
		}
		if (o->upper && place_contains(o->upper, path)) {
			error_set_reason(c->err, "the layer %s is inside the upper directory",
					 Q(path));
			return true;
		}
	}
	return true;
}

static bool is_a_file(struct case_file *c)
{
	struct place layer;

	if (!(c->step && c->step->kind == STEP_OVERLAY) && c->err->call != CALL_OVERLAY_LAYER)
		return false;
	if (c->err->object[0] != '/' || !place_read(c->err->object, &layer) || S_ISDIR(layer.mode))
		return false;
	error_fact(c->err, "%s is %s", Q(c->err->object),
		   S_ISREG(layer.mode) ? "a file" : "not a directory");
	return true;
}

static bool upper_is_held(struct case_file *c)
{
	const char *path = c->err->call == CALL_LOCK ? c->err->object : overlay_of(c)->upper;

	if (path)
		fact_lock_holder(c->err, path);
	return true;
}

static bool mounted_readonly(struct case_file *c)
{
	const struct overlay *o = overlay_of(c);

	if (strcmp(c->err->object, "readonly") != 0)
		return false;
	if (o->work)
		fact_owner(c->err, o->work);
	return true;
}

static bool type_is_overlay(struct case_file *c)
{
	return strcmp(c->err->object, "overlay") == 0;
}

const struct explanation overlay_rows[] = {
	{
		.name = "overlay-missing",
		.title = "this kernel has no overlay file system",
		.fix = "as root: modprobe overlay",
		.text = "Overlayfs is a module of the kernel on many systems. It is loaded when\n"
			"root mounts the first overlay, and in some containers and small systems\n"
			"it cannot be loaded at all. A name in a file of /etc/modules-load.d\n"
			"loads it at boot. Without it, --ro and --rw give boxes that need no\n"
			"overlay.",
		.calls = CALL_BIT(CALL_FSOPEN) | CREATE_CALL,
		.kinds = OVERLAY,
		.errnos = { ENODEV },
	},
	{
		.name = "overlay-not-allowed",
		.title = "this kernel mounts no overlays in user namespaces",
		.fix = "use Linux 5.11 or newer, or --ro or --rw",
		.text = "User namespaces may mount overlays since Linux 5.11. Older kernels\n"
			"refuse it with EPERM; so do seccomp filters and security modules of\n"
			"containers.",
		.calls = CALL_BIT(CALL_FSOPEN),
		.kinds = OVERLAY,
		.errnos = { EPERM },
		.probe = type_is_overlay,
	},
	{
		.name = "overlay-layers-overlap",
		.title = "two of its layers are the same directory, or one contains the other",
		.fix = "name each directory once, and none that lies in another",
		.text = "The layers of an overlay are separate directories: none is given twice,\n"
			"none lies in another, and no lower layer lies in the upper one. Links\n"
			"and binds do not hide it, the kernel compares the directories themselves\n"
			"(ELOOP).",
		.calls = CREATE_CALL,
		.kinds = OVERLAY,
		.errnos = { ELOOP },
		.probe = layers_overlap,
	},
	{
		.name = "overlay-trusted-option",
		.title = "this option cannot be used in a user namespace",
		.fix = "leave the option out",
		.text = "Redirects, metadata-only copies, exports and digests are followed on the\n"
			"word of attributes in the layers. In a user namespace these are user.*\n"
			"attributes, which the owner of a file can forge, so the kernel refuses\n"
			"the options (with EINVAL beside userxattr, since Linux 6.12 with EPERM\n"
			"without it).",
		.calls = CREATE_CALL | CALL_BIT(CALL_FSCONFIG),
		.kinds = OVERLAY,
		.errnos = { EINVAL, EPERM },
		.probe = trusted_option,
	},
	{
		.name = "overlay-option-unknown",
		.title = "the overlay file system of this kernel does not know this option",
		.fix = "leave the option out; those of this kernel are in its overlayfs "
		       "documentation",
		.text = "What -o does not know itself is handed to the kernel as an option of the\n"
			"file system, and this kernel refuses it: the name is misspelt, the value\n"
			"is not one of those allowed, or the option came with a later kernel.",
		.calls = CALL_BIT(CALL_FSCONFIG),
		.kinds = OVERLAY,
		.errnos = { EINVAL },
	},
	{
		.name = "overlay-options-long",
		.title = "the names of its layers are longer than the kernel takes at once here",
		.fix = "move them to a directory with a short path, or join some of them into one",
		.text = "Where the newer mount calls are refused, by an old kernel or a filter, "
			"an\n"
			"overlay gets all its layers as one string of at most a page, 4095 bytes\n"
			"(mount(2)); what is longer would be cut without a word.",
		.calls = CALL_BIT(CALL_FSCONFIG),
		.kinds = KIND_BIT(STEP_OVERLAY),
		.errnos = { E2BIG },
	},
	{
		.name = "layer-not-directory",
		.title = "a layer is a directory, and this is none",
		.fix = "unpack it into a directory and give that",
		.text = "Layers are directory trees. An image or an archive (squashfs, tar) is\n"
			"unpacked or mounted first; unsquashfs and tar -x do it without rights.",
		.calls = LAYER_CALLS | CALL_BIT(CALL_OPEN_SOURCE),
		.errnos = { ENOTDIR, EINVAL },
		.probe = is_a_file,
	},
	{
		.name = "overlay-submounts",
		.title = "a layer has other mounts below it",
		.fix = "give layers without mounts below them, and put each mount in its "
		       "place with -b",
		.text = "In a user namespace the mounts that were there before are locked:\n"
			"nothing may show what lies under one. Overlayfs takes a layer without\n"
			"the mounts below it, which would do that, so the kernel refuses (EINVAL,\n"
			"\"failed to clone lowerpath\" in its log; Linux 5.14 and before it in\n"
			"stable kernels). Make one overlay for each part that has no mounts below\n"
			"it. nacre run does so for the host's root by itself.",
		.calls = LAYER_CALLS,
		.kinds = OVERLAY,
		.errnos = { EINVAL },
		.probe = mounts_below_a_layer,
	},
	{
		.name = "overlay-unbindable",
		.title = "a layer lies on a mount that cannot be bound",
		.fix = "as root: mount --make-private on that mount",
		.text = "Overlayfs takes a private clone of the mount of each layer. A mount with\n"
			"the propagation type unbindable cannot be cloned (mount_namespaces(7)).",
		.calls = LAYER_CALLS,
		.kinds = OVERLAY,
		.errnos = { EINVAL },
		.probe = a_layer_is_unbindable,
	},
	{
		.name = "overlay-upper-readonly",
		.title = "the directory for writes is on a read-only mount",
		.fix = "give an upper on a writable file system, or drop the writes with --rm "
		       "or tmp",
		.text = "The upper layer receives what is written, so its mount must be writable.\n"
			"The boxes' own uppers are below $XDG_STATE_HOME/nacre\n"
			"(~/.local/state/nacre).",
		.calls = LAYER_CALLS,
		.kinds = OVERLAY,
		.errnos = { EINVAL, EROFS },
		.probe = upper_is_readonly,
	},
	{
		.name = "overlay-upper-fs",
		.title = "writes cannot be kept on that file system",
		.fix = "put the upper on a local disk or a tmpfs (set XDG_STATE_HOME for "
		       "boxes), or use --rm",
		.text = "An upper layer needs a file system that can make whiteouts, unnamed\n"
			"files and user.* attributes: ext4, xfs, btrfs, and tmpfs since Linux\n"
			"6.6. Network and FUSE file systems and overlayfs itself cannot. In a\n"
			"container, / is mostly an overlay: a volume or /dev/shm serves there.",
		.calls = LAYER_CALLS,
		.kinds = OVERLAY,
		.errnos = { EINVAL, EOPNOTSUPP },
		.probe = upper_on_unfit_fs,
	},
	{
		.name = "overlay-work-nested",
		.title = "its upper and work directories contain one another",
		.fix = "leave out work=; nacre makes one beside the upper",
		.text = "The kernel prepares files in the work directory and moves them to the\n"
			"upper one, and clears the work directory at each mount. Neither may be\n"
			"the other or lie in it, by whatever links or binds they are named.",
		.calls = LAYER_CALLS,
		.kinds = OVERLAY,
		.errnos = { EINVAL, ELOOP },
		.probe = upper_and_work_nested,
	},
	{
		.name = "overlay-work-elsewhere",
		.title = "its upper and work directories are on different file systems",
		.fix = "leave out work=; nacre makes one beside the upper",
		.text = "The kernel prepares files in the work directory and moves them to the\n"
			"upper one by rename(2), which works within one mount only. Two binds of\n"
			"one file system are two mounts. On btrfs both must also be in one\n"
			"subvolume: there the mount succeeds and every write fails with EXDEV.",
		.calls = LAYER_CALLS,
		.kinds = OVERLAY,
		.errnos = { EINVAL, EXDEV },
		.probe = work_is_elsewhere,
	},
	{
		.name = "overlay-one-layer",
		.title = "an overlay without an upper needs two layers",
		.fix = "bind the directory instead: -b DIR:DST:ro",
		.text = "A read-only overlay merges at least two lower layers; a single one is no\n"
			"overlay to the kernel (EINVAL). A read-only bind shows one directory.",
		.calls = LAYER_CALLS,
		.kinds = OVERLAY,
		.errnos = { EINVAL },
		.probe = too_few_layers,
	},
	{
		.name = "overlay-stacking",
		.title = "a layer is an overlay on an overlay already",
		.fix = "use a directory of a disk or a volume as the layer",
		.text = "The kernel stacks file systems at most two deep: an overlay of an\n"
			"overlay works, a third level is refused (EINVAL). The root of a\n"
			"container is the first level, and a box in it the second; ecryptfs\n"
			"counts as well.",
		.calls = LAYER_CALLS,
		.kinds = OVERLAY,
		.errnos = { EINVAL },
		.probe = layers_stack_too_deep,
	},
	{
		.name = "overlay-lower-fs",
		.title = "a layer is on a file system that cannot be one",
		.fix = "bind it instead with -b",
		.text = "Overlayfs takes no layers from proc and from file systems that look\n"
			"names up in ways of their own: automounts, and vfat before Linux 6.17.",
		.calls = LAYER_CALLS,
		.kinds = OVERLAY,
		.errnos = { EINVAL },
		.probe = a_layer_on_unfit_fs,
	},
	{
		.name = "overlay-volatile-left",
		.title = "the last overlay with this work directory was volatile and did not "
			 "end cleanly",
		.fix = "leave out work=, or check the upper and remove work/incompat below "
		       "the work directory",
		.text = "A volatile overlay never waits for the disk. It leaves the mark\n"
			"work/incompat/volatile in its work directory, and the kernel refuses to\n"
			"mount that again: after a crash of the machine the upper may be\n"
			"incomplete. When only the box was killed nothing is lost, and the mark\n"
			"can go.",
		.calls = LAYER_CALLS,
		.kinds = OVERLAY,
		.errnos = { EINVAL },
		.probe = volatile_mark_is_left,
	},
	{
		.name = "overlay-refused",
		.title = "the kernel refuses this set of layers, and none of the usual causes "
			 "is seen",
		.fix = "try it with one layer less, and without further options",
		.text = "Looked at, and not the cause: mounts below a layer, the file system of\n"
			"the upper, upper and work on one mount, number and depth of layers,\n"
			"leftovers of a volatile overlay. The kernel writes its reason to its\n"
			"log, where an administrator can read it (dmesg, lines with\n"
			"\"overlayfs:\").",
		.calls = LAYER_CALLS,
		.kinds = OVERLAY,
		.errnos = { EINVAL },
	},
	{
		.name = "upper-in-use",
		.title = "another overlay writes to the same upper directory",
		.fix = "end the other one first, or give this one its own upper",
		.text = "What two overlays on one upper or work directory do is undefined: the\n"
			"kernel only warns in its log. nacre therefore locks the upper (flock(2))\n"
			"for as long as a box uses it, and the kernel itself refuses it with\n"
			"index=on (EBUSY).",
		.calls = CALL_BIT(CALL_LOCK) | LAYER_CALLS,
		.kinds = OVERLAY,
		.errnos = { EAGAIN, EBUSY },
		.probe = upper_is_held,
	},
	{
		.name = "overlay-upper-moved",
		.title = "the upper directory was used over other layers before",
		.fix = "give the same layers as before, or a new upper directory",
		.text = "With index=on the upper remembers the lower layer that it belongs to,\n"
			"and the kernel refuses another one (ESTALE). An upper holds differences\n"
			"to its layers, and over others it would show a mixture.",
		.calls = LAYER_CALLS,
		.kinds = OVERLAY,
		.errnos = { ESTALE },
	},
	{
		.name = "overlay-readonly",
		.title = "the kernel mounted it read-only, because it cannot use the work "
			 "directory",
		.fix = "leave out work=; nacre makes one beside the upper",
		.text = "When the kernel cannot clear or use the directory \"work\" in the work\n"
			"directory, it mounts the overlay read-only and says so only in its log.\n"
			"The causes: leftovers of an earlier overlay that are nested too deep, or\n"
			"an owner other than the caller. Each write would end in \"read-only file\n"
			"system\", so nacre checks for it and stops.",
		.calls = CALL_BIT(CALL_OVERLAY_VERIFY),
		.probe = mounted_readonly,
	},
	{
		.name = "overlay-type",
		.title = "what is mounted there is not an overlay",
		.fix = "report it with the output of nacre doctor",
		.text = "After mounting, nacre looks at the file system that is really there.\n"
			"Another one means that something else was mounted at the same place\n"
			"meanwhile, or that the kernel's calls do not behave as documented, as\n"
			"under an emulator.",
		.calls = CALL_BIT(CALL_OVERLAY_VERIFY),
	},
	{ 0 },
};
