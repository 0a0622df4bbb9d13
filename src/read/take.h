// SPDX-License-Identifier: MIT
/*
 * Takers: what each row of the option table does to the plan. A taker copies what it keeps into the
 * plan's arena and never looks at the system, but for take_profile. An error ends the reading, so a plan that a failed
 * taker half filled is never used.
 *
 *   take.c           base, namespaces, command, output
 *   take_ask.c       what verbs on changes are asked
 *   take_identity.c  ids, maps, capabilities
 *   take_files.c     binds, file systems with a name of their own, directories, links, files, masks
 *   take_mount.c     --mount
 *   take_overlay.c   --overlay
 *   profile.c        --profile, which reads files
 *   take_words.c     the words that the specifications of the last three share
 */
#ifndef NACRE_READ_TAKE_H
#define NACRE_READ_TAKE_H

#include "base/table.h"
#include "plan/plan.h"
#include "read/options.h"
#include "read/spec.h"

#define TAKER(name)                                                                          \
	int name(struct plan *plan, const struct option_row *row, const char *const *values, \
		 const char *origin, struct error *err)

TAKER(take_setup);
TAKER(take_setup_on_join);
TAKER(take_recreate);
TAKER(take_help); /* returns OPTIONS_HELP */
TAKER(take_root);
TAKER(take_into);
TAKER(take_layer);
TAKER(take_writes); /* row->value is the enum writes of a flag; a value of the user comes first */
TAKER(take_seed);
TAKER(take_no_seed);
TAKER(take_no_defaults);
TAKER(take_net);
TAKER(take_namespaces); /* row->value: 1 unshares, 0 shares */
TAKER(take_hostname);
TAKER(take_desktop); /* row->value: a bit of plan->desktop */
TAKER(take_bus);
TAKER(take_name);
TAKER(take_profile);
TAKER(take_workdir);
TAKER(take_env);
TAKER(take_unset_env);
TAKER(take_clear_env);
TAKER(take_pass_fd);
TAKER(take_cancel);
TAKER(take_linger);
TAKER(take_new_session);
TAKER(take_cgroup);
TAKER(take_output); /* row->value: enum output_switch */

TAKER(take_ask); /* row->value: enum ask_switch */
TAKER(take_colour);
TAKER(take_output_file);
TAKER(take_pack_plain);
TAKER(take_relative);
TAKER(take_from);
TAKER(take_grace);
TAKER(take_answer); /* row->value: enum ask_answer */

TAKER(take_user);
TAKER(take_as_root);
TAKER(take_id_map); /* row->value: enum id_map_side */
TAKER(take_passwd);
TAKER(take_no_userns);
TAKER(take_capability); /* row->value: 1 adds, 0 drops */

TAKER(take_bind);
TAKER(take_tmpfs);
TAKER(take_place); /* row->value: the enum step_kind, which needs nothing but its place */
TAKER(take_dev);
TAKER(take_devpts);
TAKER(take_dir);
TAKER(take_symlink);
TAKER(take_symlink_from);
TAKER(take_file); /* row->value: 1 makes it read-only */
TAKER(take_file_from);
TAKER(take_parent_mode);
TAKER(take_root_from);
TAKER(take_etc);
TAKER(take_hide);
TAKER(take_only);
TAKER(take_mount);
TAKER(take_overlay);

enum ask_switch {
	ASK_ALL,
	ASK_PORCELAIN,
	ASK_NAME_ONLY,
	ASK_STAT,
	ASK_NO_PAGER,
	ASK_FORCE,
	ASK_LIST,
	ASK_PURGE,
	ASK_NUL,
	ASK_EXIT_CODE,
	ASK_REMOVE,
};
enum output_switch { OUTPUT_DRY_RUN, OUTPUT_AS_PROFILE, OUTPUT_JSON, OUTPUT_QUIET, OUTPUT_VERBOSE };
enum id_map_side { ID_MAP_UID, ID_MAP_GID };

/* For who writes an option again: which parts of its value are paths that takers make absolute. */

/* Where the words of a bind begin: 1 in SRC:WORDS, 2 in SRC:DST:WORDS. */
size_t bind_words_at(struct arena *arena, const struct spec *spec);

/* True for the SRC of a mount that is a bind or a move; else it is a word of the file system. */
bool mount_source_is_path(struct arena *arena, const struct spec *spec);

/* What a word of an overlay has for its value: "A:B" is paths. */
enum overlay_paths { OVERLAY_NO_PATH, OVERLAY_ONE_PATH, OVERLAY_PATHS };
enum overlay_paths overlay_word_paths(const struct spec_piece *piece);

/*
 * Specifications as steps, for other programs' words too. *step comes as step_init() makes it, with what holds where the words do
 * not say otherwise.
 */
int mount_spec_read(struct plan *plan, const char *text, struct step *step, struct error *err);

/* An overlay: its words, and what they mean together is settled by whoever asked. */
struct overlay_words {
	struct step step; /* kind OVERLAY; overlay has the layers that were named, and the upper */
	bool shadow, tmp;
};
int overlay_spec_read(struct plan *plan, const char *text, struct overlay_words *o,
		      struct error *err);

/* Puts DST itself on the layers of an overlay: shadow. */
void overlay_add_place(struct plan *plan, struct step *step);

/* Once all options are read: the ids that the maps leave open. */
void settle_identity(struct plan *plan);

/* Words of the tables that completions offer too. */
extern const struct keyword writes_words[];
extern const struct keyword net_words[];

/* What the words of a specification may be: bits for word_take() and its callers. */
enum {
	WORD_SIZE = 1 << 0,
	WORD_BLOCKS = 1 << 1,
	WORD_INODES = 1 << 2,
	WORD_MODE = 1 << 3,
	WORD_UID = 1 << 4,
	WORD_GID = 1 << 5,
	WORD_MKDIR = 1 << 6,
	WORD_OPTIONAL = 1 << 7,
	WORD_ENSURE = 1 << 8,
	WORD_REC = 1 << 9,
	WORD_NOREC = 1 << 10,
	WORD_FLAGS = 1 << 11, /* attributes, propagation */
};

/* Not one of `allowed`: an answer of word_take(). */
enum { WORD_OTHER = 1 };

/* One word into the step. Returns 0, WORD_OTHER, or -1 when its value is wrong. */
int word_take(struct step *step, const struct spec_piece *piece, unsigned allowed,
	      struct error *err);

/*
 * All pieces from number `from` on; empty ones say nothing. A word that is none of `allowed` is an
 * error.
 */
int words_take(struct step *step, const struct spec *spec, size_t from, unsigned allowed,
	       struct error *err);

/* True when the piece starts with a word of `allowed`. */
bool word_known(const struct spec_piece *piece, unsigned allowed);

/*
 * "unknown word"; the fix names the nearest of `allowed` and of more (NULL-terminated, or NULL).
 * Returns -1.
 */
int word_unknown(const struct spec_piece *piece, unsigned allowed, const struct keyword *more,
		 struct error *err);

/* -1 with an error when the piece lacks a value ("size" for "size=64M"), or has an empty one. */
int word_needs_value(const struct spec_piece *piece, struct error *err);

/* -1 with an error when the piece has a value ("tmp=1" for "tmp"). */
int word_has_no_value(const struct spec_piece *piece, struct error *err);

/*
 * A path as the user meant it: absolute and clean, joined to the caller's directory; in a profile "~" and what begins
 * with "~/" are joined to the home directory, and without one the answer is NULL.
 */
const char *path_meant(struct arena *arena, const struct plan *plan, bool in_profile,
		       const char *text);

/*
 * The same in the plan's arena. NULL with an error that says what is empty when text is, and when there is no home
 * directory.
 */
const char *take_path(struct plan *plan, const char *text, const char *what, struct error *err);

/* Appends to what the user asked for. */
void take_step(struct plan *plan, const struct step *step, const char *origin);

#endif
