// SPDX-License-Identifier: MIT
/*
 * Reading bubblewrap's words: what its takers share.
 *
 *   bwrap.c           the loop over the words, --args, what the whole of them means, --help
 *   bwrap_options.c   the table: reader and help come from it
 *   bwrap_files.c     takers of what is placed in the new root
 *   bwrap_process.c   takers of all else
 */
#ifndef NACRE_COMPAT_BWRAP_H
#define NACRE_COMPAT_BWRAP_H

#include "base/error.h"
#include "plan/plan.h"

struct bwrap {
	struct plan *plan;
	struct life *life;
	struct text *told; /* what --help and --version print */
	uid_t caller;
	gid_t caller_group;

	bool user, user_try, cgroup_try; /* --unshare-* */
	int64_t uid, gid; /* or -1 */
	uint64_t caps; /* bit n = capability n */
	bool caps_given;
	bool caps_all; /* --cap-add ALL */

	/* For the next option alone. */
	int64_t mode; /* --perms, or -1 */
	uint64_t size; /* --size, or 0 */
	VECTOR(struct layer) sources; /* --overlay-src */

	int seccomp_fd; /* --seccomp, the last one; or -1 */
	bool from_file; /* the words come from --args */
};

struct bwrap_option {
	const char *name; /* with its dashes */
	unsigned words; /* that follow it */
	/* words: the option's, after its name. 0, BWRAP_TOLD, or -1. */
	int (*take)(struct bwrap *b, const struct bwrap_option *option, char **words,
		    struct error *err);
	unsigned value; /* what the taker makes of it */
	const char *args; /* in the help */
	const char *help;
};

enum { BWRAP_TOLD = 1 };

#define BWRAP_TAKER(name)                                                          \
	int name(struct bwrap *b, const struct bwrap_option *option, char **words, \
		 struct error *err)

/* Ends with a NULL name. */
extern const struct bwrap_option bwrap_options[];

/* ---- bwrap.c ---- */

/* Wrong use: -1 with the message, and the name of its explanation. */
int bwrap_misuse(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Everything that the descriptor gives, in the plan's arena. -1 with *err. */
int bwrap_read_fd(struct bwrap *b, int fd, const char **ret, size_t *ret_len, struct error *err);

/* A descriptor that execve will close: its number, or -1 with *err. */
int bwrap_fd(const char *text, struct error *err);

BWRAP_TAKER(bwrap_take_args);
BWRAP_TAKER(bwrap_take_help);
BWRAP_TAKER(bwrap_take_version);

/* ---- bwrap_files.c ---- */

/* What a bind is, beside its source and place. */
enum {
	BWRAP_RO = 1 << 0,
	BWRAP_DEVICES = 1 << 1,
	BWRAP_TRY = 1 << 2,
};

BWRAP_TAKER(bwrap_take_bind); /* value: the bits above */
BWRAP_TAKER(bwrap_take_bind_fd);
BWRAP_TAKER(bwrap_take_data); /* value: BWRAP_RO */
BWRAP_TAKER(bwrap_take_file);
BWRAP_TAKER(bwrap_take_place); /* value: the step's kind */
BWRAP_TAKER(bwrap_take_symlink);
BWRAP_TAKER(bwrap_take_chmod);
BWRAP_TAKER(bwrap_take_remount);
BWRAP_TAKER(bwrap_take_perms);
BWRAP_TAKER(bwrap_take_size);
BWRAP_TAKER(bwrap_take_source);
BWRAP_TAKER(bwrap_take_overlay); /* value: the kind of upper */

/* Once all is read: steps that depend on what came after them. */
void bwrap_settle_steps(struct bwrap *b);

/* ---- bwrap_process.c ---- */

enum bwrap_switch {
	BWRAP_UNSHARE_ALL,
	BWRAP_SHARE_NET,
	BWRAP_CLEAR_ENV,
	BWRAP_LEVEL_PREFIX,
	BWRAP_EXPLAIN,
	BWRAP_NO_BOUNDARY,
};

BWRAP_TAKER(bwrap_take_switch); /* value: enum bwrap_switch */
BWRAP_TAKER(bwrap_take_life); /* value: offset of a bool in struct life */
BWRAP_TAKER(bwrap_take_try); /* value: offset of a bool in struct bwrap */
BWRAP_TAKER(bwrap_take_unshare); /* value: enum ns_kind */
BWRAP_TAKER(bwrap_take_fd); /* value: offset of the descriptor in struct life */
BWRAP_TAKER(bwrap_take_word); /* value: offset of the string in struct plan */
BWRAP_TAKER(bwrap_take_argv0);
BWRAP_TAKER(bwrap_take_id); /* value: offset of the id in struct bwrap */
BWRAP_TAKER(bwrap_take_setenv);
BWRAP_TAKER(bwrap_take_unsetenv);
BWRAP_TAKER(bwrap_take_lock);
BWRAP_TAKER(bwrap_take_seccomp);
BWRAP_TAKER(bwrap_take_add_seccomp);
BWRAP_TAKER(bwrap_take_capability); /* value: 1 adds, 0 drops */
BWRAP_TAKER(bwrap_take_label);

/* A program of --seccomp or --add-seccomp-fd into the life. */
int bwrap_add_filter(struct bwrap *b, int fd, struct error *err);

#endif
