// SPDX-License-Identifier: MIT
/*
 * The changes of a box as a tree of directories, with what is taken, what is folded and where the cursor is. It knows nothing
 * of boxes and of terminals.
 *
 *   tree.c         from a list to nodes
 *   tree_rows.c    which of them are to be seen; the cursor; searching
 *   tree_take.c    which of them are taken; sums; what outlives a new list
 *
 * Four sections are the roots. Below them come directories, in which chains of one are one node ("usr/local/bin"). A change is
 * a leaf. A directory that came or went as a whole is both: it is taken when all that is in it is. A directory that is itself
 * another, with changes in it, has its own change as a leaf ".".
 */
#ifndef NACRE_REVIEW_TREE_H
#define NACRE_REVIEW_TREE_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum tree_section { TREE_HERE, TREE_HOME, TREE_SYSTEM, TREE_CACHES, TREE_SECTION_COUNT };

enum { TREE_NONE = UINT32_MAX };

/* Columns by which what is in a directory stands further right. */
enum { TREE_INDENT = 2 };

/* One change of the list. */
struct tree_item {
	enum tree_section section;
	const char *prefix; /* before the path: "", "~/" or "/" */
	const char *path; /* below that; "" for it itself */
	uint32_t change; /* its index in the list */
	char kind;
	bool directory;
	bool whole; /* a directory that came or went with all that is in it, or a part of such a one */
	const char *note; /* "12 B → 14 B" */
	const char *runs; /* why it may run by itself later, or NULL */
};

/* Of what is in a whole directory each is a node too. */
struct tree_node {
	uint32_t parent, next, first, last; /* nodes; the children are sorted by name */
	uint32_t change; /* in the list; TREE_NONE: a directory on the way, or a section */
	uint32_t name, note, runs; /* offsets in names; 0 is "" */
	uint32_t leaves,
		taken; /* how many in it, itself included, and how many of them are taken */
	uint32_t marks; /* how many in it, itself included, run by themselves later */
	uint16_t depth; /* 0: a section */
	uint16_t width; /* columns of name and note as a row has them */
	char kind; /* of its change; ' ' without one */
	bool directory, whole, open;
};

/* Zeroed and initialised by tree_init(). */
struct tree {
	struct arena arena;
	VECTOR(struct tree_node) nodes;
	struct text names;
	VECTOR(uint32_t) rows; /* nodes that are not folded away, from top to bottom */
	size_t cursor; /* in rows */
	size_t top; /* the first row on the screen */
	size_t width; /* of the widest row, in columns right of the letter */
};

void tree_init(struct tree *t);
void tree_release(struct tree *t);

/* Adds a change. It costs the length of its path when changes come in the order of the list, which is that of a walk. */
void tree_add(struct tree *t, const struct tree_item *item);

/* To be called once behind the last: what is said above about chains and "." comes about, caches and whole directories are
 * folded. utf8: as in cells.h. */
void tree_finish(struct tree *t, bool utf8);

const char *tree_name(const struct tree *t, uint32_t node);
const char *tree_note(const struct tree *t, uint32_t node);
const char *tree_runs(const struct tree *t, uint32_t node); /* NULL when it does not */

/* The name as a row has it: quoted where needed, a slash behind a directory. */
void tree_label(const struct tree *t, uint32_t node, struct text *out);

/* What a folded directory has behind it: "3 changes". Appends blanks and that, or nothing. */
void tree_hint(const struct tree *t, uint32_t node, struct text *out);

/* Whether it is open before anybody has opened or folded it. */
bool tree_opens(const struct tree *t, uint32_t node);

/* "~/src/main.c"; the title of a section. */
void tree_path(const struct tree *t, uint32_t node, struct text *out);

/* The node behind another one, all that is in it first; TREE_NONE behind the last. TREE_NONE gives the first. */
uint32_t tree_next(const struct tree *t, uint32_t node);

/* The same without what is in it, and not beyond what is in `root`. */
uint32_t tree_skip(const struct tree *t, uint32_t node, uint32_t root);

/* --- rows --- */

/* Lists the rows anew, when nodes were opened or folded by hand. */
void tree_build_rows(struct tree *t);

/* The node under the cursor; TREE_NONE in an empty tree. */
uint32_t tree_at(const struct tree *t);

/* Moves the cursor by rows; it stops at the ends. */
void tree_move(struct tree *t, ptrdiff_t by);

/* Scrolls no further than it takes to have the cursor on a screen of that many rows. */
void tree_scroll(struct tree *t, size_t height);

/* Opens or folds the node under the cursor. False when there is nothing to open, or it is so already. */
bool tree_open(struct tree *t, bool open);

/* To the directory that the node under the cursor is in. */
void tree_up(struct tree *t);

/* Puts the cursor on a node and opens what it is in. */
void tree_reveal(struct tree *t, uint32_t node);

/* The next node whose own name has a part in an occurrence of the word in its path, without regard to the case of ASCII
 * letters; behind `from`, or with back before it, and round the end, so that `from` comes last. TREE_NONE when there is none. */
uint32_t tree_find(const struct tree *t, uint32_t from, const char *word, bool back);

/* --- what is taken --- */

enum tree_state { TREE_UNTAKEN, TREE_PARTLY, TREE_TAKEN };

enum tree_state tree_state(const struct tree *t, uint32_t node);
void tree_take(struct tree *t, uint32_t node, bool take);
void tree_take_all(struct tree *t, bool take);

/* How many changes there are: a whole directory is one when it is meant as a whole. */
struct tree_sum {
	size_t changes, marks;
	size_t kinds[128]; /* by letter */
};

/* Sums up what is in `root`, or with TREE_NONE in all of them: all of it, or only what is taken. */
struct tree_sum tree_sum(const struct tree *t, uint32_t root, bool taken);

/* "3 added, 1 deleted" */
void tree_sum_kinds(const struct tree_sum *sum, struct text *out);

/* What to do with each change of the list, in its order. */
enum tree_choice { TREE_LEAVE, TREE_PICK, TREE_COVERED /* by the whole directory it is in */ };

/* Sets choices[change] for what is in `root`, or with TREE_NONE in all of them: all of it, or only what is taken. */
void tree_choose(const struct tree *t, uint32_t root, bool taken, uint8_t *choices);

/* Takes, opens and folds what was so in an older tree of the same box, by path, and puts the cursor there. */
void tree_carry_over(struct tree *t, const struct tree *old);

#endif
