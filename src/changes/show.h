// SPDX-License-Identifier: MIT
/* The list of changes, for people and for programs. */
#ifndef NACRE_CHANGES_SHOW_H
#define NACRE_CHANGES_SHOW_H

#include "changes/changes.h"

struct show_options {
	const char *cwd,
		*home; /* paths are shown as the user would type them: "src/x", "~/.bashrc", "/etc/motd" */
	bool all; /* what is in whole directories, and caches */
	bool colour;
	bool nul; /* show_lines: names end with NUL and are raw */
};

/* True for what is picked, no part of a whole directory unless all, and not the deleted half of a rename. */
bool show_wants(const struct change *change, bool all);

/* The same, and what is marked in a whole directory: a list for people names it. */
bool show_tells(const struct change *change, bool all);

/* The path of a change as its user would type it. */
void show_path(const struct changes *c, const struct change *change, const struct show_options *o,
	       struct text *out);

/* An absolute path the same way; cwd and home may be NULL. */
void show_typed(const char *path, const char *cwd, const char *home, struct text *out);

/* What stands behind the path: sizes, modes, what it was. */
void show_note(const struct changes *c, const struct change *change, const struct show_options *o,
	       struct text *out);

/* Sections, letters, marks, sizes; caches folded. Nothing when there is no change. */
void show_status(const struct changes *c, const struct show_options *o, struct text *out);

/*
 * For line tools, stable for ever: letter, TAB, absolute path, and a newline (path quoted as by quote_path()) or with nul a
 * NUL. Without renames: the two halves of one are A and D.
 */
void show_lines(const struct changes *c, const struct show_options *o, bool names_only,
		struct text *out);

/* One document; nacre-json(7). */
void show_json(const struct changes *c, const struct show_options *o, struct text *out);

/* How many changes show_wants(). */
uint64_t show_count(const struct changes *c, bool all);

#endif
