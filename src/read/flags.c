// SPDX-License-Identifier: MIT
/*
 * The flag words of mount(8) as a table.
 *
 * The access-time modes are one field, not bits (MOUNT_ATTR_RELATIME is 0), and mount_setattr(2)
 * wants the whole field cleared when it is set. Hence a mode clears MOUNT_ATTR__ATIME and sets its
 * value; the negation of a mode takes it back only when it is the one in force.
 *
 * fsconfig(2) knows ro, sync, dirsync, mand, lazytime and their negations as words (fs/fs_context.c
 * since 5.1). It has no word for MS_SILENT, which only keeps the kernel's log quiet: nothing to do.
 * MS_I_VERSION has none either: the file system gets to see it.
 */
#include "read/flags.h"

#include "base/cleanup.h"
#include "base/syscalls.h"

#include <string.h>

#define ATTRIBUTE(word_, bit, negation)                                                    \
	{ .word = (word_), .kind = FLAG_ATTRIBUTE, .set = (bit) },                         \
	{                                                                                  \
		.word = (negation), .kind = FLAG_ATTRIBUTE, .unset = (bit), .clear = (bit) \
	}
#define ATIME(word_, mode, negation)                                         \
	{ .word = (word_),                                                   \
	  .kind = FLAG_ATTRIBUTE,                                            \
	  .set = (mode),                                                     \
	  .unset = MOUNT_ATTR__ATIME,                                        \
	  .clear = MOUNT_ATTR__ATIME },                                      \
	{                                                                    \
		.word = (negation), .kind = FLAG_ATTRIBUTE, .unset = (mode), \
		.clear = MOUNT_ATTR__ATIME                                   \
	}
#define PROPAGATION(word_, type)                                                              \
	{ .word = (word_), .kind = FLAG_PROPAGATION, .set = (type) },                         \
	{                                                                                     \
		.word = "r" word_, .kind = FLAG_PROPAGATION, .set = (type), .recursive = true \
	}
#define SUPER(word_, name)                                           \
	{                                                            \
		.word = (word_), .kind = FLAG_SUPER, .super = (name) \
	}
#define NOTHING(word_)                                \
	{                                             \
		.word = (word_), .kind = FLAG_NOTHING \
	}

static const struct flag_word flag_words[] = {
	ATTRIBUTE("ro", MOUNT_ATTR_RDONLY, "rw"),
	ATTRIBUTE("nosuid", MOUNT_ATTR_NOSUID, "suid"),
	ATTRIBUTE("nodev", MOUNT_ATTR_NODEV, "dev"),
	ATTRIBUTE("noexec", MOUNT_ATTR_NOEXEC, "exec"),
	ATTRIBUTE("nosymfollow", MOUNT_ATTR_NOSYMFOLLOW, "symfollow"),
	ATTRIBUTE("nodiratime", MOUNT_ATTR_NODIRATIME, "diratime"),
	ATIME("noatime", MOUNT_ATTR_NOATIME, "atime"),
	ATIME("strictatime", MOUNT_ATTR_STRICTATIME, "nostrictatime"),
	ATIME("relatime", MOUNT_ATTR_RELATIME, "norelatime"),
	PROPAGATION("private", MS_PRIVATE),
	PROPAGATION("slave", MS_SLAVE),
	PROPAGATION("shared", MS_SHARED),
	PROPAGATION("unbindable", MS_UNBINDABLE),
	SUPER("sync", "sync"),
	SUPER("synchronous", "sync"),
	SUPER("async", "async"),
	SUPER("dirsync", "dirsync"),
	SUPER("mand", "mand"),
	SUPER("mandlock", "mand"),
	SUPER("nomand", "nomand"),
	SUPER("lazytime", "lazytime"),
	SUPER("nolazytime", "nolazytime"),
	SUPER("iversion", "iversion"),
	NOTHING("noiversion"),
	NOTHING("silent"),
	NOTHING("loud"),
	NOTHING("defaults"),
};

const struct flag_word *flag_at(size_t i)
{
	return i < ARRAY_LEN(flag_words) ? &flag_words[i] : NULL;
}

const struct flag_word *flag_find(const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(flag_words); i++)
		if (strcmp(flag_words[i].word, word) == 0)
			return &flag_words[i];
	return NULL;
}

void flag_apply(const struct flag_word *flag, struct mount_flags *flags)
{
	if (flag->kind == FLAG_PROPAGATION) {
		flags->propagation = flag->set;
		flags->propagation_recursive = flag->recursive;
		return;
	}
	/* norelatime takes back nothing: any other mode in force was asked for by name. */
	flags->set = (flags->set & ~flag->unset) | flag->set;
	flags->clear = (flags->clear & ~flag->set) | flag->clear;
}

void flags_of_new_mount(struct mount_flags *flags)
{
	flags->clear &= MOUNT_ATTR__ATIME;
}
