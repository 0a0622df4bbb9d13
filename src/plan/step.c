// SPDX-License-Identifier: MIT
/*
 * A step in words: its kind's name, its mount flags, and the one sentence that the dry run, the log
 * and errors share.
 *
 * The sentence is "WHAT of SOURCE on PLACE", then after commas what differs from the kind's
 * default. It must stand for any step, also one that step_check() refuses: a missing field is shown
 * as "(none)".
 */
#include "plan/step.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "base/text.h"

#include <inttypes.h>
#include <string.h>

#define ATTR_NO_PRIVILEGE (MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV)

static const char *const step_kind_names[] = {
	[STEP_BIND] = "bind",	    [STEP_TMPFS] = "tmpfs",	[STEP_PROC] = "proc",
	[STEP_DEV] = "dev",	    [STEP_DEVPTS] = "devpts",	[STEP_MQUEUE] = "mqueue",
	[STEP_SYS] = "sys",	    [STEP_MOUNT] = "mount",	[STEP_REMOUNT] = "remount",
	[STEP_MOVE] = "move",	    [STEP_OVERLAY] = "overlay", [STEP_DIR] = "dir",
	[STEP_SYMLINK] = "symlink", [STEP_FILE] = "file",	[STEP_HIDE] = "hide",
	[STEP_ONLY] = "only",	    [STEP_ACCOUNT] = "account", [STEP_CHMOD] = "chmod",
};
_Static_assert(ARRAY_LEN(step_kind_names) == STEP_KIND_COUNT, "each kind has a name");

/*
 * Words of mount(8). bits 0 stands for relatime, the atime mode whose value is zero: it is asked
 * for by clearing the whole mask (mount_setattr(2), MOUNT_ATTR__ATIME).
 */
static const struct flag_row {
	uint64_t mask, bits;
	const char *set, *cleared;
	const char *set_sentence, *cleared_sentence; /* where a sentence wants a fuller word */
} flag_rows[] = {
	{ MOUNT_ATTR_RDONLY, MOUNT_ATTR_RDONLY, "ro", "rw", "read-only", "writable" },
	{ MOUNT_ATTR_NOSUID, MOUNT_ATTR_NOSUID, "nosuid", "suid", NULL, NULL },
	{ MOUNT_ATTR_NODEV, MOUNT_ATTR_NODEV, "nodev", "dev", NULL, NULL },
	{ MOUNT_ATTR_NOEXEC, MOUNT_ATTR_NOEXEC, "noexec", "exec", NULL, NULL },
	{ MOUNT_ATTR_NOSYMFOLLOW, MOUNT_ATTR_NOSYMFOLLOW, "nosymfollow", "symfollow", NULL, NULL },
	{ MOUNT_ATTR__ATIME, MOUNT_ATTR_NOATIME, "noatime", NULL, NULL, NULL },
	{ MOUNT_ATTR__ATIME, MOUNT_ATTR_STRICTATIME, "strictatime", NULL, NULL, NULL },
	{ MOUNT_ATTR__ATIME, 0, "relatime", NULL, NULL, NULL },
	{ MOUNT_ATTR_NODIRATIME, MOUNT_ATTR_NODIRATIME, "nodiratime", "diratime", NULL, NULL },
};

struct step step_init(enum step_kind kind, const char *dst)
{
	return (struct step){
		.kind = kind,
		.dst = dst,
		.from_fd = -1,
		.uid = -1,
		.gid = -1,
		.mode = -1,
		.parents = 0755,
		.recursive = kind == STEP_BIND,
	};
}

const char *step_kind_name(enum step_kind kind)
{
	return step_kind_names[kind];
}

/* The word of a row that holds for these flags, or NULL. */
static const char *flag_word(const struct flag_row *row, const struct mount_flags *flags,
			     bool sentence)
{
	bool set = (flags->set & row->mask) == row->bits;
	bool cleared = (flags->clear & row->mask) == row->mask && !(flags->set & row->mask);

	if (row->bits ? set : cleared)
		return sentence && row->set_sentence ? row->set_sentence : row->set;
	if (row->cleared && cleared)
		return sentence && row->cleared_sentence ? row->cleared_sentence : row->cleared;
	return NULL;
}

static const char *propagation_word(uint64_t propagation)
{
	switch (propagation) {
	case MS_PRIVATE:
		return "private";
	case MS_SLAVE:
		return "slave";
	case MS_SHARED:
		return "shared";
	case MS_UNBINDABLE:
		return "unbindable";
	default:
		return "unknown-propagation";
	}
}

void mount_flags_describe(const struct mount_flags *flags, struct text *out)
{
	const char *separator = "";

	for (size_t i = 0; i < ARRAY_LEN(flag_rows); i++) {
		const char *word = flag_word(&flag_rows[i], flags, false);

		if (!word)
			continue;
		text_printf(out, "%s%s", separator, word);
		separator = ",";
	}
	if (flags->propagation)
		text_printf(out, "%s%s%s", separator, flags->propagation_recursive ? "r" : "",
			    propagation_word(flags->propagation));
}

/* What the reader gives these mounts when the option does not say otherwise. */
static const uint64_t option_flags[STEP_KIND_COUNT] = {
	[STEP_BIND] = ATTR_NO_PRIVILEGE,
	[STEP_TMPFS] = ATTR_NO_PRIVILEGE,
	[STEP_OVERLAY] = ATTR_NO_PRIVILEGE,
};

/* What the engine gives these in any case, so that it is not worth a word. */
static const uint64_t engine_flags[STEP_KIND_COUNT] = {
	[STEP_PROC] = ATTR_NO_PRIVILEGE | MOUNT_ATTR_NOEXEC,
	[STEP_DEV] = ATTR_NO_PRIVILEGE | MOUNT_ATTR_NOEXEC,
	[STEP_DEVPTS] = ATTR_NO_PRIVILEGE | MOUNT_ATTR_NOEXEC,
	[STEP_MQUEUE] = ATTR_NO_PRIVILEGE | MOUNT_ATTR_NOEXEC,
	[STEP_SYS] = ATTR_NO_PRIVILEGE | MOUNT_ATTR_NOEXEC,
	[STEP_FILE] = ATTR_NO_PRIVILEGE,
};

/*
 * What differs from the default. A default flag that the user took away is named ("suid"); in a
 * step of the base it is not: such a step shows the host's own flags, and what its mounts allow
 * outside is no news.
 */
static void add_flags(const struct step *step, struct text *out)
{
	struct mount_flags news = step->flags;

	news.set &= ~(option_flags[step->kind] | engine_flags[step->kind]);
	if (step->origin)
		news.clear |= option_flags[step->kind] & ~step->flags.set;
	for (size_t i = 0; i < ARRAY_LEN(flag_rows); i++) {
		const char *word = flag_word(&flag_rows[i], &news, true);

		if (word)
			text_printf(out, ", %s", word);
	}
	if (news.propagation)
		text_printf(out, ", %s%s", news.propagation_recursive ? "r" : "",
			    propagation_word(news.propagation));
}

static void add_mkdir(const struct step *step, struct text *out)
{
	if (step->mkdir == MKDIR_NEVER)
		text_add(out, ", mkdir=never");
	if (step->mkdir == MKDIR_REQUIRE)
		text_add(out, ", mkdir=require");
	/* MKDIR_ANYWHERE is all steps' of a plan or none's, and a word for it would only fill the lines. */
}

static void add_parents(const struct step *step, struct text *out)
{
	if (step->parents != 0755)
		text_printf(out, ", directories above with mode %04o", (unsigned)step->parents);
}

static void add_owner(const struct step *step, struct text *out)
{
	if (step->mode >= 0)
		text_printf(out, ", mode %04" PRIo64, (uint64_t)step->mode);
	if (step->uid >= 0)
		text_printf(out, ", uid %" PRId64, step->uid);
	if (step->gid >= 0)
		text_printf(out, ", gid %" PRId64, step->gid);
}

/* The largest unit that says it exactly. */
static void add_size(uint64_t size, struct text *out)
{
	static const struct {
		unsigned shift;
		const char *name;
	} units[] = { { 40, "TiB" }, { 30, "GiB" }, { 20, "MiB" }, { 10, "KiB" } };

	for (size_t i = 0; i < ARRAY_LEN(units); i++)
		if (size % (UINT64_C(1) << units[i].shift) == 0) {
			text_printf(out, ", %" PRIu64 " %s", size >> units[i].shift, units[i].name);
			return;
		}
	text_printf(out, ", %" PRIu64 " byte%s", size, size == 1 ? "" : "s");
}

static const char *quote(struct arena *arena, const char *path)
{
	return path ? quote_path(arena, path) : "(none)";
}

/* Before the plan is prepared; then they are the steps that they stand for. */
static void describe_mirror(const struct step *step, struct text *out, struct arena *arena)
{
	if (step->mirror == MIRROR_ENTRIES)
		text_printf(out, "bind of each entry of %s in %s", quote(arena, step->src),
			    quote(arena, step->dst));
	else
		text_printf(out, "/etc of links to what is in %s", quote(arena, step->src));
}

static void describe_bind(const struct step *step, struct text *out, struct arena *arena)
{
	if (step->mirror) {
		describe_mirror(step, out, arena);
		return;
	}
	if (step->from_fd >= 0)
		text_printf(out, "bind of descriptor %d on %s", step->from_fd,
			    quote(arena, step->dst));
	else
		text_printf(out, "bind of %s%s on %s", quote(arena, step->src),
			    step->in_root ? " in the box" : "", quote(arena, step->dst));
	if (!step->recursive)
		text_add(out, ", alone (no submounts)");
	add_flags(step, out);
	if (step->recursive && !step->flags.recursive && (step->flags.set | step->flags.clear))
		text_add(out, ", submounts keep their flags");
	if (step->optional)
		text_add(out, ", optional");
	if (step->ensure)
		text_add(out, ", made if missing");
	add_mkdir(step, out);
}

static void describe_tmpfs(const struct step *step, struct text *out, struct arena *arena)
{
	text_printf(out, "tmpfs on %s", quote(arena, step->dst));
	if (step->size)
		add_size(step->size, out);
	if (step->blocks)
		text_printf(out, ", %" PRIu64 " block%s", step->blocks,
			    step->blocks == 1 ? "" : "s");
	if (step->inodes)
		text_printf(out, ", %" PRIu64 " inode%s", step->inodes,
			    step->inodes == 1 ? "" : "s");
	add_owner(step, out);
	add_flags(step, out);
	add_mkdir(step, out);
}

/* proc, dev, devpts, mqueue, sys: what they are and where. */
static void describe_special(const struct step *step, struct text *out, struct arena *arena)
{
	static const char *const what[STEP_KIND_COUNT] = {
		[STEP_PROC] = "fresh proc", [STEP_DEV] = "private /dev",
		[STEP_DEVPTS] = "devpts",   [STEP_MQUEUE] = "message queues",
		[STEP_SYS] = "sysfs",
	};

	text_printf(out, "%s on %s", what[step->kind], quote(arena, step->dst));
	if (step->fallback_bind)
		text_add(out, ", or the host's where the kernel refuses");
	add_owner(step, out);
	add_flags(step, out);
	add_mkdir(step, out);
}

void step_options_describe(const struct step *step, struct text *out)
{
	for (const char *const *option = step->options; option && *option; option++) {
		text_add(out, option == step->options ? "" : ",");
		for (const char *c = *option; *c; c++) {
			if (*c == ',' || *c == '\\')
				text_add_char(out, '\\');
			text_add_char(out, *c);
		}
	}
}

static void add_options(const struct step *step, struct text *out, struct arena *arena)
{
	_cleanup_text_ struct text options = { 0 };

	step_options_describe(step, &options);
	if (options.len)
		text_printf(out, ", with %s", quote(arena, text_str(&options)));
}

/* "ext4 of /dev/sda1 on /mnt"; a source that says nothing is left out. */
static void describe_mount(const struct step *step, struct text *out, struct arena *arena)
{
	const char *type = step->fstype ? step->fstype : "";
	bool source = step->src && *step->src && strcmp(step->src, "none") != 0 &&
		      strcmp(step->src, type) != 0;

	text_add(out, quote(arena, type));
	if (source)
		text_printf(out, " of %s", quote(arena, step->src));
	text_printf(out, " on %s", quote(arena, step->dst));
	add_options(step, out, arena);
	add_flags(step, out);
	add_mkdir(step, out);
}

static void describe_remount(const struct step *step, struct text *out, struct arena *arena)
{
	const struct mount_flags *flags = &step->flags;

	if (flags->propagation && !flags->set && !flags->clear && !step->options) {
		text_printf(out, "propagation of %s set to %s%s", quote(arena, step->dst),
			    flags->propagation_recursive ? "r" : "",
			    propagation_word(flags->propagation));
		return;
	}
	text_printf(out, "remount of %s", quote(arena, step->dst));
	add_options(step, out, arena);
	add_flags(step, out);
	if (flags->recursive)
		text_add(out, ", recursive");
}

static void describe_move(const struct step *step, struct text *out, struct arena *arena)
{
	text_printf(out, "move of %s to %s", quote(arena, step->src), quote(arena, step->dst));
	add_flags(step, out);
	add_mkdir(step, out);
}

static void add_layer(const struct step *step, const struct layer *layer, struct text *out,
		      struct arena *arena)
{
	bool shadow = layer->in_root && layer->path && step->dst &&
		      strcmp(layer->path, step->dst) == 0;

	if (shadow)
		text_add(out, "what is there");
	else
		text_printf(out, "%s%s", quote(arena, layer->path),
			    layer->in_root ? " in the box" : "");
}

static void add_layers(const struct step *step, struct text *out, struct arena *arena)
{
	const struct overlay *o = step->overlay;

	switch (o->lowers.count) {
	case 0:
		text_add(out, "an empty directory");
		break;
	case 1:
		add_layer(step, &o->lowers.items[0], out, arena);
		break;
	case 2:
		add_layer(step, &o->lowers.items[1], out, arena);
		text_add(out, " over ");
		add_layer(step, &o->lowers.items[0], out, arena);
		break;
	default:
		text_printf(out, "%zu layers", o->lowers.count);
		break;
	}
}

static void add_upper(const struct overlay *o, struct text *out, struct arena *arena)
{
	switch (o->upper_kind) {
	case UPPER_NONE:
		break;
	case UPPER_BOX:
		text_add(out, ", writes kept in the box");
		break;
	case UPPER_TMP:
		text_add(out, ", writes dropped at the end");
		break;
	case UPPER_DIR:
		text_printf(out, ", writes to %s", quote(arena, o->upper));
		if (o->work)
			text_printf(out, ", work in %s", quote(arena, o->work));
		if (o->is_volatile)
			text_add(out, ", volatile");
		break;
	}
}

static void describe_overlay(const struct step *step, struct text *out, struct arena *arena)
{
	const struct overlay *o = step->overlay;
	struct step flags = *step;

	if (!o) {
		text_printf(out, "overlay on %s", quote(arena, step->dst));
		return;
	}
	if (o->upper_kind == UPPER_NONE) {
		text_add(out, "read-only ");
		flags.flags.set &= ~(uint64_t)MOUNT_ATTR_RDONLY;
	}
	text_add(out, "overlay of ");
	add_layers(step, out, arena);
	text_printf(out, " on %s", quote(arena, step->dst));
	add_upper(o, out, arena);
	if (o->copyfrom)
		text_printf(out, ", starting as a copy of %s", quote(arena, o->copyfrom));
	for (size_t i = 0; i < o->options.count; i++)
		text_printf(out, ", %s", quote(arena, o->options.items[i]));
	add_flags(&flags, out);
	add_mkdir(step, out);
}

static void describe_dir(const struct step *step, struct text *out, struct arena *arena)
{
	text_printf(out, "directory %s", quote(arena, step->dst));
	add_owner(step, out);
}

static void describe_symlink(const struct step *step, struct text *out, struct arena *arena)
{
	if (step->text)
		text_printf(out, "link %s to %s", quote(arena, step->dst), quote(arena, step->text));
	else
		text_printf(out, "link %s as at %s", quote(arena, step->dst),
			    quote(arena, step->src));
}

static void describe_file(const struct step *step, struct text *out, struct arena *arena)
{
	if (step->from_fd >= 0)
		text_printf(out, "file %s with what descriptor %d gives", quote(arena, step->dst),
			    step->from_fd);
	else if (step->src)
		text_printf(out, "copy of %s at %s", quote(arena, step->src),
			    quote(arena, step->dst));
	else
		text_printf(out, "file %s with %zu byte%s", quote(arena, step->dst), step->text_len,
			    step->text_len == 1 ? "" : "s");
	add_owner(step, out);
	if (step->cover)
		text_add(out, ", bound");
	add_flags(step, out);
}

static void describe_chmod(const struct step *step, struct text *out, struct arena *arena)
{
	text_printf(out, "permissions of %s", quote(arena, step->dst));
	add_owner(step, out);
}

static void describe_hide(const struct step *step, struct text *out, struct arena *arena)
{
	text_printf(out, "hiding %s", quote(arena, step->dst));
}

/* src is the home directory when the front end knows it. */
static void describe_only(const struct step *step, struct text *out, struct arena *arena)
{
	text_printf(out, "hiding %s except %s",
		    step->src ? quote(arena, step->src) : "the home directory",
		    quote(arena, step->dst));
}

static void describe_account(const struct step *step, struct text *out, struct arena *arena)
{
	text_printf(out, "%s %" PRId64 " as %s in %s%s", step->uid >= 0 ? "user" : "group",
		    step->uid >= 0 ? step->uid : step->gid, quote(arena, step->text),
		    quote(arena, step->dst), step->line ? "" : ", unless it is there");
}

static void (*const describe[])(const struct step *step, struct text *out, struct arena *arena) = {
	[STEP_BIND] = describe_bind,	   [STEP_TMPFS] = describe_tmpfs,
	[STEP_PROC] = describe_special,	   [STEP_DEV] = describe_special,
	[STEP_DEVPTS] = describe_special,  [STEP_MQUEUE] = describe_special,
	[STEP_SYS] = describe_special,	   [STEP_MOUNT] = describe_mount,
	[STEP_REMOUNT] = describe_remount, [STEP_MOVE] = describe_move,
	[STEP_OVERLAY] = describe_overlay, [STEP_DIR] = describe_dir,
	[STEP_SYMLINK] = describe_symlink, [STEP_FILE] = describe_file,
	[STEP_HIDE] = describe_hide,	   [STEP_ONLY] = describe_only,
	[STEP_ACCOUNT] = describe_account, [STEP_CHMOD] = describe_chmod,
};
_Static_assert(ARRAY_LEN(describe) == STEP_KIND_COUNT, "each kind can be described");

void step_describe(const struct step *step, struct text *out)
{
	struct arena arena = { 0 };

	describe[step->kind](step, out, &arena);
	add_parents(step, out);
	arena_release(&arena);
}
