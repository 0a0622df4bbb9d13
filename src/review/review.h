// SPDX-License-Identifier: MIT
/*
 * nacre-review: the changes of a box on a whole screen.
 *
 *   main.c       the program: words, terminal, signals, what is said at the end
 *   keys.c       what each key does
 *   screen.c     the terminal: opening, keys, text in its place
 *   draw.c       the screen: title, tree, text, status
 *   dialog.c     questions, pages, the search
 *   box.c        the box: all calls about changes
 *   tree, summary, page, cells, layout      what is shown, without a terminal
 */
#ifndef NACRE_REVIEW_REVIEW_H
#define NACRE_REVIEW_REVIEW_H

#include "review/box.h"

struct review {
	struct box box;
	size_t changes, taken; /* how many there are */
	bool full; /* the text alone is on the screen */
	struct page page; /* of the node page_node */
	uint32_t page_node; /* TREE_NONE: of none */
	bool page_stale; /* a summary, which tells what is taken too, must be made again */
	size_t page_top, page_left; /* the first line and column on the screen */
	struct text message; /* on the status line until the next key */
	struct text word; /* that was searched last */
	uint64_t applied, dropped;
	bool ended, failed;
};

/* The list, or what is taken of it, is another. */
void review_recount(struct review *r);

/* Sees to it that the page is that of the node under the cursor. */
void review_update_page(struct review *r);

/* Keys until the user leaves. */
void review_loop(struct review *r);

#endif
