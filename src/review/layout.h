// SPDX-License-Identifier: MIT
/* Where things are on a screen of any size. */
#ifndef NACRE_REVIEW_LAYOUT_H
#define NACRE_REVIEW_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

enum {
	/* Columns left of the tree: "[x]! M ". */
	MARK_COLUMNS = 7,
	/* A narrower screen has room for one pane. */
	BOTH_COLUMNS = 60,
	/* By how many a text is scrolled at once. */
	SIDEWAYS = 8,
};

struct pane {
	int y, x, height, width; /* no height or no width: it is not shown */
};

struct layout {
	struct pane title, tree, text, status; /* title and status are one line or none */
	int border; /* its column, or -1 */
};

/* tree_width: what the widest row takes right of the marks. full: the text alone. */
struct layout layout_make(int lines, int columns, size_t tree_width, bool full);

#endif
