// SPDX-License-Identifier: MIT
/* What a review shows beside the tree: text in columns, and where things are on the screen. */
#include "base/cleanup.h"
#include "base/text.h"
#include "review/cells.h"
#include "review/layout.h"
#include "test.h"

#include <locale.h>
#include <string.h>

static void put(const struct cells *c, const char *s, size_t n, unsigned want_cut, const char *want)
{
	_cleanup_text_ struct text out = { 0 };
	size_t columns = 0;

	check(cells_add(c, s, n, &out, &columns) == want_cut);
	check_str(text_str(&out), want);
	check(columns <= c->width);
	if (want_cut & CELLS_RIGHT)
		check(columns == c->width);
}

#define cells(utf8, from, width, s, cut, want) \
	put(&(struct cells){ utf8, from, width }, s, sizeof(s) - 1, cut, want)

TEST(review_text, cells_visible)
{
	cells(true, 0, 80, "a\tb\t\033[31mc\r\x7f", 0, "a       b       ^[[31mc^M^?");
	cells(true, 0, 80, "\xff\xc3", 0, "\\xff\\xc3");
	cells(true, 0, 80, "a\0b", 0, "a^@b");
	cells(true, 0, 80, "x\xc2\x9by", 0, "x\\xc2\\x9by");
	/* right to left, and what has no width */
	cells(true, 0, 80, "\xe2\x80\xae", 0, "\\xe2\\x80\\xae");
	cells(true, 0, 80, "\xe2\x80\x8b", 0, "\\xe2\\x80\\x8b");
	cells(true, 0, 0, "abc", 0, "");
	check(cells_width(true, "a\tb") == 9);
	check(cells_width(true, "\033") == 2);
}

TEST(review_text, cells_cut)
{
	cells(true, 0, 3, "abc", 0, "abc");
	cells(true, 0, 3, "abcd", CELLS_RIGHT, "ab ");
	cells(true, 2, 3, "abcdef", CELLS_LEFT | CELLS_RIGHT, " d ");
	cells(true, 3, 3, "abcdef", CELLS_LEFT, " ef");
	cells(true, 9, 3, "abcdef", CELLS_LEFT, " ");
	cells(true, 9, 3, "", 0, "");
	cells(true, 2, 8, "\tx", CELLS_LEFT, "      x");
	cells(true, 0, 1, "ab", CELLS_RIGHT, " ");
	cells(true, 1, 1, "abc", CELLS_LEFT, " ");
}

TEST(review_text, cells_wide)
{
	const char *before = setlocale(LC_CTYPE, NULL);

	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		SKIP("no locale C.UTF-8");
	cells(true, 0, 80, "日本é", 0, "日本é");
	check(cells_width(true, "日本é") == 5);
	/* half of a character is a blank */
	cells(true, 0, 4, "日本語", CELLS_RIGHT, "日  ");
	cells(true, 1, 9, "日本語", CELLS_LEFT, " 本語");
	cells(true, 0, 80, "e\xcc\x81", 0, "e\xcc\x81");
	cells(false, 0, 80, "é 1 → 2", 0, "\\xc3\\xa9 1 -> 2");
	(void)setlocale(LC_CTYPE, before);
}

static void check_pane(const struct pane *p, int y, int x, int height, int width)
{
	check(p->y == y && p->x == x && p->height == height && p->width == width);
}

TEST(review_text, layout)
{
	struct layout l = layout_make(24, 80, 20, false);

	check_pane(&l.title, 0, 0, 1, 80);
	check_pane(&l.tree, 1, 0, 22, 28);
	check(l.border == 28);
	check_pane(&l.text, 1, 30, 22, 50);
	check_pane(&l.status, 23, 0, 1, 80);
	/* up to half, and not too little */
	l = layout_make(24, 80, 500, false);
	check(l.tree.width == 40 && l.text.width == 38);
	l = layout_make(24, 80, 0, false);
	check(l.tree.width == 24);
	l = layout_make(24, 80, 20, true);
	check(l.tree.width == 0 && l.border == -1);
	check_pane(&l.text, 1, 0, 22, 80);
}

TEST(review_text, layout_small)
{
	struct layout l = layout_make(24, 59, 20, false);

	check_pane(&l.tree, 1, 0, 22, 59);
	check(l.border == -1 && l.text.width == 0);
	l = layout_make(3, 20, 20, false);
	check(l.title.height == 0);
	check_pane(&l.tree, 0, 0, 2, 20);
	l = layout_make(1, 1, 20, true);
	check(l.status.height == 0);
	check_pane(&l.text, 0, 0, 1, 1);
}
