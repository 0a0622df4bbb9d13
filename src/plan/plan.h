// SPDX-License-Identifier: MIT
/*
 * The plan: everything a run will do, as data.
 *
 * Every front end (our options, profiles, later the programs that nacre stands in for) fills this one struct;
 * nothing else reaches the engine. --dry-run prints it. All strings live in its arena; once checked it is const.
 *
 *   read/       text → plan: `asked` holds the steps of the user, in the order given
 *   enter/host  the base as steps, and the defaults: fills `steps` = base, defaults, asked
 *   plan/check  contradictions, before anything is touched
 *   enter/      plan → kernel
 */
#ifndef NACRE_PLAN_PLAN_H
#define NACRE_PLAN_PLAN_H

#include "plan/ask.h"
#include "plan/life.h"
#include "plan/step.h"

#include <sys/types.h>

struct json;
struct leash;
struct option_row;

enum base_kind {
	BASE_HOST, /* the host's / */
	BASE_DIR, /* a root directory */
};

enum writes {
	WRITES_KEEP, /* captured in the box's upper */
	WRITES_DROP, /* captured in a tmpfs that ends with the run */
	WRITES_DENY, /* the base is read-only */
	WRITES_HOST, /* for real */
};

enum ns_kind { NS_USER, NS_MOUNT, NS_PID, NS_IPC, NS_UTS, NS_CGROUP, NS_NET, NS_TIME, NS_COUNT };

enum identity_kind {
	IDENTITY_SAME, /* own id to own id */
	IDENTITY_CHOSEN, /* -u: own id to another */
	IDENTITY_RANGE, /* --as-root: 0 = own id, 1… = the caller's subordinate ids */
	IDENTITY_RAW, /* --uid-map, --gid-map */
	IDENTITY_ALL, /* called by root: every id to itself */
};

/* One line of a map (user_namespaces(7)). */
struct id_range {
	uint32_t inside;
	uint32_t outside;
	uint32_t count;
};

struct id_map {
	VECTOR(struct id_range) v;
};

struct identity {
	enum identity_kind kind;
	uint32_t uid, gid; /* inside, of the command */
	struct id_map uids, gids; /* as they will be written */
	bool helper; /* newuidmap and newgidmap are needed */
	bool deny_setgroups; /* the kernel asks for it before a single-id gid map */
	const char *fallback; /* a range was wanted and could not be had, one id instead: the explanation's name */
};

/* What the box is given of the desktop: bits of plan->desktop. */
enum {
	DESKTOP_GUI = 1 << 0,
	DESKTOP_AUDIO = 1 << 1,
	DESKTOP_SESSION_BUS = 1 << 2,
	DESKTOP_SYSTEM_BUS = 1 << 3,
	DESKTOP_GPU = 1 << 4,
	DESKTOP_MEDIA = 1 << 5,
	/* How. */
	DESKTOP_OPTIONAL = 1 << 6, /* also when nothing of it is there */
	DESKTOP_APART = 1 << 7, /* at the places of another root, whatever the base is */
	DESKTOP_X11_WHOLE = 1 << 8, /* every display, not that of DISPLAY alone */
};

/* For a plan that is held: who is to be in the box. */
enum company {
	COMPANY_ANY, /* it is joined, or made */
	COMPANY_NEW, /* it is made, and must not live */
	COMPANY_THERE, /* it is joined, and must live; or what lies at the link is, whoever made it */
	COMPANY_HOLDER, /* made, without a command, and lives as long as others are in it */
};

enum env_action { ENV_SET, ENV_KEEP, ENV_UNSET };

struct env_change {
	enum env_action action;
	const char *name;
	const char *value; /* ENV_SET */
};

/* Where a directory of the host is in the box, by a bind or as the base of something. */
struct place_inside {
	const char *outside, *inside; /* absolute and clean */
};

/* An option as it was given: read/profile.h writes these as a profile. */
struct given {
	const struct option_row *row;
	const char *values[2]; /* as typed; NULL when absent */
	const char *file; /* of the profile that it stands in, or NULL: the command line */
	unsigned line; /* of that file, from 1 */
};

/* What the front end shall say while doing it; not part of what is done. */
struct plan_output {
	bool dry_run;
	bool json;
	bool quiet;
	bool verbose;
	bool as_profile; /* the options instead of the steps */
};

struct plan {
	struct arena arena;

	enum base_kind base;
	const char *root; /* BASE_DIR: absolute */
	VECTOR(const char *) layers; /* -l, over the base, lowest first; a bare word: run/layers.h */
	enum writes writes;
	bool writes_given;
	VECTOR(const char *) seeds; /* --seed: made writable as the user's */
	bool no_seeds; /* --no-seed without a directory: none of the default ones */
	VECTOR(const char *) no_seed; /* --no-seed=DIR */
	bool as_is; /* the base keeps the flags of its mounts, hears of the host's later ones, and shows nacre's boxes */
	bool no_defaults; /* --no-defaults: neither /proc nor /dev nor /sys unless asked for */

	struct identity identity;
	bool account; /* --passwd: becomes asked steps (enter/account.h) */
	bool no_userns; /* --no-userns, for root */
	bool unshare[NS_COUNT];
	uint64_t caps_add, caps_drop; /* bit n = capability n; capabilities(7) */

	const char *name; /* -n, or NULL */
	bool becomes; /* the calling process may become the command */
	bool owns_process; /* the calling process is for this alone: it has no threads, and may be changed */
	const struct leash *leash; /* we are beside the caller (run/aside.h), or NULL */
	bool held; /* others join: the box has a directory whatever it captures */
	bool stays; /* held: also without a process in it, until it is stopped */
	const char *options; /* held: those of the box, as a profile, which it keeps */
	bool recreate; /* --recreate: these options instead of those that the box keeps */
	enum company company;
	bool passing; /* held: nothing of the box is kept once it has ended */
	const char *link; /* held: absolute; a link to its namespaces lies here while it lives; or NULL */
	const char *setup; /* --setup: for the shell, in the box before anything else; or NULL */
	bool setup_on_join; /* --setup-on-join: also before the command of whoever joins */
	const char *hostname; /* or NULL: as outside */
	bool new_session; /* --new-session: setsid(2) */
	const char *cgroup; /* --cgroup: directory of the host, absolute; or NULL */
	uint32_t linger_ms; /* --linger: how long what the command leaves behind may go on */
	int64_t grace_ms; /* --grace: from passing on that the command shall end to killing the box; -1: never */
	const char *workdir; /* -w, absolute, or NULL: as outside */
	bool workdir_own; /* held: that of this command alone, whatever the box's is */
	VECTOR(struct place_inside)
	places; /* for a caller whose directory is not where it is outside; the last that fits counts */
	bool clear_env;
	VECTOR(struct env_change) env; /* in order */
	bool pass_all_fds; /* every descriptor of the caller stays open */
	VECTOR(int) pass_fds; /* --pass-fd: inherited descriptors that stay open */
	VECTOR(const char *) argv; /* the command; count does not include the NULL that follows it */

	VECTOR(struct step) asked; /* by the user, in order */
	unsigned desktop; /* DESKTOP_*: becomes asked steps and changes of env (enter/desktop.h) */
	VECTOR(const char *) left_out; /* of the desktop, what is not there outside, and why */
	VECTOR(struct step) steps; /* everything, in order; filled by enter/host.h */
	bool assume_whole; /* take a root directory for one without mounts below it; the kernel tells when it is not */
	bool root_in_place; /* steps begin with the whole host, and nothing covers a source: no second copy is needed */
	VECTOR(const char *) notes; /* for --verbose and --dry-run: what is read-only, and why */

	const char *cwd; /* of the caller, absolute: relative paths were joined to it */
	const char *home; /* of the caller, or NULL */
	mode_t parents; /* --parent-mode, for the steps that are taken after it */
	VECTOR(struct given) given; /* the options, in order */
	unsigned verb; /* VERB_* of read/options.h: whose options are read */
	bool in_profile; /* they are lines of a profile: "~" is the home directory */
	struct plan_output output;
	struct ask ask;

	const char *program; /* that nacre stands in for: messages begin with its name; or NULL */
	bool terse; /* messages are their first line alone, as that program's are */
	const struct life *life; /* that program's ways with processes; or NULL: ours */
	int (*program_status)(
		const struct error *err); /* its status for a failure, 0 for ours; or NULL */
};

/* The plan of a bare `nacre run`: host base, writes kept, own id, user mount pid ipc uts cgroup unshared.
 * cwd and home are taken as given (both may be NULL in tests: then "/" and NULL). */
struct plan *plan_new(const char *cwd, const char *home);

/*
 * As if no option had been read: what is left are the caller, the box's name, the command, and what the front end shall say. What
 * was taken before stays in memory.
 */
void plan_start_over(struct plan *plan);

/* Releases everything. NULL is allowed; returns NULL. */
struct plan *plan_free(struct plan *plan);

/* Fills in plan->places from the base and the asked steps. */
void plan_find_places(struct plan *plan);

/*
 * Finds contradictions before anything is touched: in each asked step (err->step is its index in `asked`), between
 * steps and between options (a root directory with no_userns, writes=host with layers, a map that lacks the
 * command's id, two overlays with one upper…). Does not touch the system.
 */
int plan_check(const struct plan *plan, struct error *err);

/* The command is these words, which are copied; NULL behind the last. */
void plan_set_words(struct plan *plan, const char *const *words);
/* Behind the last that was added one by one: execve(2) wants a NULL there, which does not count. */
void plan_close_words(struct plan *plan);

/* "user", "mount"… as in --share and --unshare. */
const char *ns_name(enum ns_kind kind);

/* The name of its file in /proc/PID/ns (namespaces(7)). */
const char *ns_file(enum ns_kind kind);

/* CLONE_NEW* of a kind. */
int ns_flag(enum ns_kind kind);

const char *writes_name(enum writes writes);

/* --dry-run: for people, and as JSON (nacre-json(7)). Uses plan->steps when filled, else plan->asked. */
void plan_show_text(const struct plan *plan, struct text *out);
void plan_show_json(const struct plan *plan, struct text *out);

#endif
