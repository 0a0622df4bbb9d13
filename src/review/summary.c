// SPDX-License-Identifier: MIT
/* Pages that are made of a tree. */
#include "review/summary.h"

#include "base/cleanup.h"
#include "base/path.h"

/* Entries that are listed; nobody reads more of them here, and the tree has them all. */
enum { LISTED_MAX = 500 };

static const struct tree_node *at(const struct tree *t, uint32_t node)
{
	return &t->nodes.items[node];
}

static void add_path(const struct tree *t, uint32_t node, struct text *out)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_text_ struct text path = { 0 };

	tree_path(t, node, &path);
	text_add(out, quote_path(&arena, text_str(&path)));
	if (at(t, node)->directory && out->data[out->len - 1] != '/')
		text_add_char(out, '/');
}

static void add_sum(const struct tree_sum *sum, struct page *p)
{
	text_printf(&p->text, "%zu change%s", sum->changes, sum->changes == 1 ? "" : "s");
	page_end_line(p, LINE_PLAIN);
	tree_sum_kinds(sum, &p->text);
	page_end_line(p, LINE_PLAIN);
}

/* With `taken` only the taken ones. A whole directory stands for all that is in it. */
static void add_marks(const struct tree *t, uint32_t root, bool taken, struct page *p)
{
	uint32_t next, node = root == TREE_NONE ? tree_next(t, TREE_NONE) : root;
	size_t listed = 0;

	for (; node != TREE_NONE; node = next) {
		const struct tree_node *n = at(t, node);
		bool out = !n->marks || (taken && !n->taken);

		bool whole = n->runs && (!taken || n->taken == n->leaves);

		next = out || whole || n->first == TREE_NONE ? tree_skip(t, node, root) : n->first;
		if (out || !n->runs)
			continue;
		if (!listed++) {
			page_end_line(p, LINE_PLAIN);
			text_add(&p->text, "These may run by themselves later:");
			page_end_line(p, LINE_PLAIN);
		}
		text_printf(&p->text, "! %c ", n->kind);
		add_path(t, node, &p->text);
		text_printf(&p->text, "  (%s)", tree_runs(t, node));
		page_end_line(p, LINE_MARKED);
	}
}

static enum line_kind kind_line(char kind)
{
	switch (kind) {
	case 'A':
		return LINE_ADDED;
	case 'D':
		return LINE_REMOVED;
	default:
		return LINE_PLAIN;
	}
}

static void add_entry(const struct tree *t, uint32_t node, struct page *p)
{
	const char *note = tree_note(t, node);

	text_printf(&p->text, "%c ", at(t, node)->kind);
	tree_label(t, node, &p->text);
	if (*note)
		text_printf(&p->text, "  %s", note);
	else
		tree_hint(t, node, &p->text);
	page_end_line(p, kind_line(at(t, node)->kind));
}

void summary_directory(const struct tree *t, uint32_t node, struct page *p)
{
	struct tree_sum sum = tree_sum(t, node, false);
	size_t listed = 0, left = 0;

	add_sum(&sum, p);
	sum = tree_sum(t, node, true);
	if (sum.changes) {
		text_printf(&p->text, "%zu of them taken", sum.changes);
		page_end_line(p, LINE_PLAIN);
	}
	add_marks(t, node, false, p);
	page_end_line(p, LINE_PLAIN);
	for (uint32_t n = at(t, node)->first; n != TREE_NONE; n = at(t, n)->next) {
		if (listed++ < LISTED_MAX)
			add_entry(t, n, p);
		else
			left++;
	}
	if (left) {
		text_printf(&p->text, "and %zu more", left);
		page_end_line(p, LINE_PLAIN);
	}
}

void summary_taken(const struct tree *t, struct page *p)
{
	struct tree_sum sum = tree_sum(t, TREE_NONE, true);

	add_sum(&sum, p);
	add_marks(t, TREE_NONE, true, p);
}
