// SPDX-License-Identifier: MIT
/*
 * A step: one change to the new root. A sandbox is a list of them, applied in order.
 *
 * Each kind has three small functions, each in a table pinned to this enum by a static assertion:
 *   check     contradictions that can be seen in the text alone       plan/check.c
 *   describe  one sentence; --dry-run, --verbose and errors share it   plan/step.c
 *   apply     the kernel calls                                         enter/apply.c
 *
 * To add a kind: an enum entry here, its name in step_kind_names (plan/step.c), a row in the three tables, an
 * option row in read/options.c that makes it, one test each in tests/unit/test_step.c, tests/cli/plan and
 * tests/cli/run, a paragraph in man/nacre-run.1.scd.
 */
#ifndef NACRE_PLAN_STEP_H
#define NACRE_PLAN_STEP_H

#include "base/arena.h"
#include "base/strset.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct error;
struct text;

enum step_kind {
	STEP_BIND, /* src of the host at dst */
	STEP_TMPFS,
	STEP_PROC,
	STEP_DEV, /* a private /dev: tmpfs, six nodes, pts, shm, links, console on a terminal */
	STEP_DEVPTS,
	STEP_MQUEUE,
	STEP_SYS, /* sysfs when the network namespace is ours, else the host's /sys bound read-only */
	STEP_MOUNT, /* any file system by its type */
	STEP_REMOUNT, /* change flags of the mount at dst, recursively when asked; with options also its file system */
	STEP_MOVE, /* move the mount at src (a path in the new root) to dst */
	STEP_OVERLAY,
	STEP_DIR,
	STEP_SYMLINK, /* at dst, pointing to text */
	STEP_FILE, /* text, or a copy of src or of what from_fd gives, at dst */
	STEP_HIDE, /* dst (may be a pattern) is covered by nothing readable */
	STEP_ONLY, /* the home directory is hidden except dst */
	STEP_ACCOUNT, /* dst, passwd(5) or group(5), with a line more: `line`, or one for the name in text and the home in src */
	STEP_CHMOD, /* what lies at dst gets the mode */
	STEP_KIND_COUNT
};

/* What to do about a mount point that is not there (the mkdir= of a mount specification). */
enum mkdir_policy {
	MKDIR_MAYBE, /* make it where that leaves nothing in a tree of the user; the default */
	MKDIR_NEVER, /* it must be there */
	MKDIR_REQUIRE, /* it must not be there yet */
	MKDIR_ANYWHERE, /* make it, also in a tree of the user that can be written: the way of a program stood in for */
};

/* Mount attributes as mount_setattr(2) takes them (MOUNT_ATTR_*), and a propagation type (MS_PRIVATE…). */
struct mount_flags {
	uint64_t set;
	uint64_t clear;
	uint64_t propagation; /* MS_PRIVATE, MS_SLAVE, MS_SHARED, MS_UNBINDABLE, or 0: private */
	bool recursive; /* set and clear reach submounts too */
	bool propagation_recursive;
};

/* A bind that stands for several steps until the plan is prepared (enter/mirror.h). */
enum mirror {
	MIRROR_NONE,
	MIRROR_ENTRIES, /* --root-from: each entry of src, in dst */
	MIRROR_ETC, /* --etc: src out of the way at dst, and links to its entries in /etc */
};

enum seed_kind {
	SEED_DIR,
	SEED_FILE, /* empty: a mount point */
	SEED_SYMLINK,
	SEED_COPY, /* a copy of the host's file `target`: its directory could not be a layer */
};

/*
 * An entry of an overlay's seed layer: a layer of our own on a tmpfs, between the lowers and the upper. It gives
 * directories whose owner is not mapped an owner that overlayfs can copy up (else EOVERFLOW), and holds
 * mount points that no layer has. It is never part of the changes.
 */
struct seed {
	const char *path; /* relative to the overlay's root; "" is the root itself */
	enum seed_kind kind;
	mode_t mode; /* permission bits */
	const char *target; /* SYMLINK: what it points to; COPY: the file of the host */
	bool point; /* here for a mount, not to be written in */
};

enum upper_kind {
	UPPER_NONE, /* read-only */
	UPPER_DIR, /* upper=DIR of the user */
	UPPER_BOX, /* a directory in the box's state, found by overlay.slot */
	UPPER_TMP, /* a tmpfs that ends with the run */
};

struct layer {
	const char *path; /* of the host, or in the new root when in_root */
	bool in_root; /* shadow: what dst shows at that moment is this layer */
};

struct overlay {
	VECTOR(struct layer) lowers; /* lowest first, later = on top */
	VECTOR(struct seed) seeds; /* parents before children */
	struct strset seed_paths; /* of the seeds, for the one who adds to them */
	VECTOR(const char *) options; /* further options of the file system, KEY or KEY=VALUE */
	enum upper_kind upper_kind;
	const char *upper; /* UPPER_DIR */
	const char *work; /* of the user, or NULL: one is made beside the upper */
	const char *slot; /* UPPER_BOX: name below the box's uppers, see docs/box-format.md */
	const char *copyfrom; /* copied into an empty upper first, or NULL */
	mode_t root_mode; /* permission bits of a fresh upper's root: those of the base */
	bool is_volatile; /* no sync: a crash of the machine may lose what was written */
};

struct step {
	enum step_kind kind;
	const char *dst; /* absolute and clean, in the new root */
	const char *src; /* absolute and clean, of the host; MOVE: in the new root; MOUNT: source as typed */
	int from_fd; /* an open descriptor or -1. BIND: what it shows is bound. FILE: the content, read when it is applied */
	const char *text; /* SYMLINK: target, or NULL until it is read from src. FILE: content (text_len bytes), when src is NULL */
	size_t text_len;
	const char *fstype; /* MOUNT */
	const char *const *
		options; /* MOUNT, REMOUNT: of the file system, KEY or KEY=VALUE, NULL after the last; or NULL */
	const char *line; /* ACCOUNT: the line itself, or NULL */
	struct mount_flags flags;
	struct overlay *overlay; /* OVERLAY */
	uint64_t size; /* TMPFS: bytes, 0 = the kernel's half of memory */
	uint64_t blocks; /* TMPFS: 0 = not given */
	uint64_t inodes; /* TMPFS: 0 = not given */
	int64_t uid,
		gid; /* TMPFS, DEVPTS, FILE: ids inside, -1 = the caller's. ACCOUNT: whose; without uid the group */
	int64_t mode; /* TMPFS, DIR, FILE, DEVPTS, CHMOD: permission bits, -1 = the kind's default */
	enum mkdir_policy mkdir;
	enum mirror mirror; /* BIND */
	mode_t parents; /* permission bits of directories that are made on the way to dst */
	bool recursive; /* BIND: with the submounts of src */
	bool optional; /* BIND: a missing src is no error */
	bool ensure; /* BIND: a missing src is made (a directory, 0700) */
	bool fallback_bind; /* PROC, SYS: bind the host's when the kernel refuses a fresh one */
	bool in_root; /* BIND: src is a path in the new root, not of the host */
	bool if_there; /* only where the base has dst: else it is none (enter/host.h) */
	bool cover; /* FILE: bound over dst, whatever is there, with the step's flags */
	bool covered; /* DIR, SYMLINK, FILE: part of the base that nacre builds, not asked for by the user */
	const char *origin; /* the argument as typed, or NULL: a default */
	const char *why; /* a default's reason, or of a place that is read-only; a short clause or NULL */
};

/* Zeroed but for -1 in from_fd, uid, gid, mode, and 0755 in parents. recursive is true for BIND. */
struct step step_init(enum step_kind kind, const char *dst);

/* "bind", "tmpfs"… as in the option's name. */
const char *step_kind_name(enum step_kind kind);

/*
 * Appends one sentence without a full stop: "overlay of /srv/base on /data, writes kept in the box". Paths are
 * quoted as by quote_path(). The text after the comma says what differs from the kind's default.
 */
void step_describe(const struct step *step, struct text *out);

/* The options of its file system as one would type them: with commas between them, those inside escaped. */
void step_options_describe(const struct step *step, struct text *out);

/* Finds contradictions in the text of one step. Does not touch the system. */
int step_check(const struct step *step, struct error *err);

/* The names of MOUNT_ATTR_* and propagation in mount(8)'s words, comma-separated ("ro,nosuid,slave"). */
void mount_flags_describe(const struct mount_flags *flags, struct text *out);

#endif
