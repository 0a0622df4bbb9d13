// SPDX-License-Identifier: MIT
/* Title and status give way first, then the text beside the tree. */
#include "review/layout.h"

/* Enough for the marks and a short name, so that the border does not come too near to a tree of few changes. */
enum { TREE_COLUMNS_MIN = 24 };

static int tree_columns(int columns, size_t tree_width)
{
	size_t want = tree_width + MARK_COLUMNS + 1, most = (size_t)columns / 2;

	if (want < TREE_COLUMNS_MIN)
		want = TREE_COLUMNS_MIN;
	return (int)(want < most ? want : most);
}

struct layout layout_make(int lines, int columns, size_t tree_width, bool full)
{
	struct layout l = { .border = -1 };
	struct pane whole = { .height = lines, .width = columns };

	if (lines >= 4) {
		l.title = (struct pane){ .height = 1, .width = columns };
		whole.y++;
		whole.height--;
	}
	if (lines >= 2) {
		l.status = (struct pane){ .y = lines - 1, .height = 1, .width = columns };
		whole.height--;
	}
	if (full) {
		l.text = whole;
		return l;
	}
	l.tree = whole;
	if (columns < BOTH_COLUMNS)
		return l;
	l.tree.width = tree_columns(columns, tree_width);
	l.border = l.tree.width;
	l.text = whole;
	l.text.x = l.border + 2;
	l.text.width = columns - l.text.x;
	return l;
}
