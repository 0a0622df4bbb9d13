// SPDX-License-Identifier: MIT
/*
 * The flag words of mount(8): what each does to a mount. One table for binds, tmpfs, overlays and
 * --mount.
 */
#ifndef NACRE_READ_FLAGS_H
#define NACRE_READ_FLAGS_H

#include "plan/step.h"

enum flag_kind {
	FLAG_ATTRIBUTE, /* of the mount: mount_setattr(2) */
	FLAG_PROPAGATION,
	FLAG_SUPER, /* of the file system: fsconfig(2) takes the word `super` */
	FLAG_NOTHING, /* accepted for the sake of old command lines: "defaults", "silent" */
};

struct flag_word {
	const char *word;
	enum flag_kind kind;
	uint64_t set; /* ATTRIBUTE: bits it sets. PROPAGATION: the type */
	uint64_t unset; /* ATTRIBUTE: bits it takes out of what earlier words set */
	uint64_t clear; /* ATTRIBUTE: bits that a remount clears on the mount */
	bool recursive; /* PROPAGATION: the r-form */
	const char *super; /* SUPER: the kernel's spelling */
};

/* Row i, NULL past the end. */
const struct flag_word *flag_at(size_t i);

/* NULL when absent. */
const struct flag_word *flag_find(const char *word);

/* Adds an ATTRIBUTE or PROPAGATION word; later words win, as in mount(8). */
void flag_apply(const struct flag_word *flag, struct mount_flags *flags);

/*
 * For a mount that is new: "rw", "exec", "suid", "dev" and "symfollow" only take back what was set
 * before them. Nothing is cleared: what a bind inherits from its source is locked in a user
 * namespace (mount_setattr(2), EPERM), so that clearing it would turn a harmless word into a
 * failure.
 */
void flags_of_new_mount(struct mount_flags *flags);

#endif
