// SPDX-License-Identifier: MIT
/* Title, tree, text and status, each in its pane. */
#include "review/draw.h"

#include "base/cleanup.h"
#include "review/screen.h"

#include <string.h>

static const struct tree_node *at(const struct tree *t, uint32_t node)
{
	return &t->nodes.items[node];
}

struct layout draw_layout(const struct review *r)
{
	return layout_make(LINES, COLS, r->box.tree.width, r->full);
}

/* The right end of a line, unless it would cover what is on the left. */
static void put_right(struct pen *pen, enum ink ink, const char *s)
{
	int x = pen->end - (int)strlen(s) - 1;

	if (x <= pen->x)
		return;
	pen->x = x;
	pen_put(pen, ink, s);
}

static void draw_title(const struct review *r, const struct pane *pane)
{
	struct pen pen;

	if (!pane->height)
		return;
	pen = pen_begin(pane, 0, A_REVERSE);
	pen_printf(&pen, INK_PLAIN, " nacre review %s%s: %zu change%s, %zu taken",
		   nacre_changes_box(r->box.changes),
		   nacre_changes_running(r->box.changes) ? " (running)" : "", r->changes,
		   r->changes == 1 ? "" : "s", r->taken);
	put_right(&pen, INK_PLAIN, "? help");
}

static enum ink kind_ink(char kind)
{
	switch (kind) {
	case 'A':
		return INK_ADDED;
	case 'D':
		return INK_REMOVED;
	case 'R':
		return INK_RENAMED;
	default:
		return INK_MODIFIED;
	}
}

static void put_marks(struct pen *pen, const struct tree *t, uint32_t node)
{
	static const char *const wide[] = { "[ ]", "[~]", "[✓]" };
	static const char *const plain[] = { "[ ]", "[~]", "[x]" };
	const struct tree_node *n = at(t, node);
	const char letter[] = { n->kind, '\0' };
	/* What is folded away is not forgotten. */
	bool marked = n->runs || (n->marks && !n->open);

	pen_put(pen, INK_PLAIN, (screen_is_utf8() ? wide : plain)[tree_state(t, node)]);
	pen_put(pen, INK_MARK, marked ? "!" : " ");
	pen_put(pen, INK_PLAIN, " ");
	pen_put(pen, kind_ink(n->kind), letter);
	pen_put(pen, INK_PLAIN, " ");
}

static const char *fold_sign(const struct tree_node *n)
{
	if (n->first == TREE_NONE)
		return "  ";
	if (screen_is_utf8())
		return n->open ? "▾ " : "▸ ";
	return n->open ? "- " : "+ ";
}

static void draw_row(const struct tree *t, size_t row, const struct pane *pane, int line)
{
	_cleanup_text_ struct text text = { 0 };
	uint32_t node = t->rows.items[row];
	const struct tree_node *n = at(t, node);
	struct pen pen = pen_begin(pane, line, row == t->cursor ? A_REVERSE : 0);

	put_marks(&pen, t, node);
	pen_printf(&pen, INK_PLAIN, "%*s%s", n->depth * TREE_INDENT, "", fold_sign(n));
	tree_label(t, node, &text);
	pen_put(&pen, n->depth ? INK_PLAIN : INK_TITLE, text_str(&text));
	if (n->open)
		return;
	text_clear(&text);
	tree_hint(t, node, &text);
	pen_put(&pen, INK_PLAIN, text_str(&text));
}

static void draw_tree(struct tree *t, const struct pane *pane)
{
	tree_scroll(t, (size_t)pane->height);
	for (int line = 0; line < pane->height; line++) {
		size_t row = t->top + (size_t)line;

		if (row < t->rows.count)
			draw_row(t, row, pane, line);
		else
			(void)pen_begin(pane, line, 0);
	}
}

/* What the text is about, and how far it goes. */
static void draw_header(struct review *r, const struct pane *pane, size_t height)
{
	_cleanup_text_ struct text shown = { 0 };
	const struct tree *t = &r->box.tree;
	uint32_t node = tree_at(t);
	struct pen pen = pen_begin(pane, 0, 0);
	char place[48] = "";

	box_shown(&r->box, node, &shown);
	if (at(t, node)->change != TREE_NONE)
		pen_printf(&pen, kind_ink(at(t, node)->kind), "%c ", at(t, node)->kind);
	pen_put(&pen, INK_TITLE, text_str(&shown));
	if (*tree_note(t, node)) {
		pen_put(&pen, INK_PLAIN, "  ");
		pen_put(&pen, INK_PLAIN, tree_note(t, node));
	}
	if (r->page.lines.count > height)
		(void)snprintf(place, sizeof(place), " %zu/%zu", r->page_top + 1,
			       r->page.lines.count);
	put_right(&pen, INK_PLAIN, place);
}

static void draw_text(struct review *r, const struct pane *pane)
{
	int header = pane->height > 2;
	size_t height = (size_t)(pane->height - header);
	size_t most = r->page.lines.count > height ? r->page.lines.count - height : 0;

	if (r->page_top > most)
		r->page_top = most;
	if (header)
		draw_header(r, pane, height);
	for (int line = header; line < pane->height; line++) {
		size_t i = r->page_top + (size_t)(line - header);
		struct pen pen = pen_begin(pane, line, 0);

		if (i < r->page.lines.count)
			pen_put_line(&pen, &r->page, i, r->page_left);
	}
}

static void draw_status(const struct review *r, const struct pane *pane)
{
	uint32_t node = tree_at(&r->box.tree);
	const char *runs = tree_runs(&r->box.tree, node);
	struct pen pen;

	if (!pane->height)
		return;
	pen = pen_begin(pane, 0, 0);
	if (r->message.len) {
		pen_put(&pen, INK_TITLE, text_str(&r->message));
	} else if (runs) {
		pen_put(&pen, INK_MARK, "! ");
		pen_put(&pen, INK_PLAIN, runs);
	} else {
		pen_put(&pen, INK_PLAIN,
			"space take  a all  n none  d drop  p apply  / search  q leave");
	}
}

void draw(struct review *r)
{
	struct layout l = draw_layout(r);

	(void)erase();
	draw_title(r, &l.title);
	if (l.tree.width)
		draw_tree(&r->box.tree, &l.tree);
	if (l.border >= 0) {
		(void)attrset(0);
		(void)mvvline(l.text.y, l.border, ACS_VLINE, l.text.height);
	}
	if (l.text.width) {
		review_update_page(r);
		draw_text(r, &l.text);
	}
	draw_status(r, &l.status);
}
