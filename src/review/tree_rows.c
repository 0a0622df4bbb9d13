// SPDX-License-Identifier: MIT
/* What is to be seen of a tree. */
#include "review/tree.h"

#include "base/cleanup.h"

#include <string.h>

static struct tree_node *at(const struct tree *t, uint32_t node)
{
	return &t->nodes.items[node];
}

void tree_build_rows(struct tree *t)
{
	uint32_t node = tree_next(t, TREE_NONE);

	t->rows.count = 0;
	t->width = 0;
	while (node != TREE_NONE) {
		const struct tree_node *n = at(t, node);
		size_t width = TREE_INDENT * ((size_t)n->depth + 1) + n->width;

		t->width = width > t->width ? width : t->width;
		VECTOR_PUSH(&t->arena, &t->rows, node);
		node = n->open ? tree_next(t, node) : tree_skip(t, node, TREE_NONE);
	}
	if (t->cursor >= t->rows.count)
		t->cursor = t->rows.count ? t->rows.count - 1 : 0;
}

uint32_t tree_at(const struct tree *t)
{
	return t->rows.count ? t->rows.items[t->cursor] : TREE_NONE;
}

void tree_move(struct tree *t, ptrdiff_t by)
{
	size_t last = t->rows.count ? t->rows.count - 1 : 0;

	if (by < 0)
		t->cursor = t->cursor > (size_t)-by ? t->cursor - (size_t)-by : 0;
	else
		t->cursor = last - t->cursor > (size_t)by ? t->cursor + (size_t)by : last;
}

void tree_scroll(struct tree *t, size_t height)
{
	size_t most = t->rows.count > height ? t->rows.count - height : 0;

	if (t->cursor < t->top)
		t->top = t->cursor;
	else if (t->cursor - t->top >= height)
		t->top = t->cursor - (height ? height - 1 : 0);
	/* No room is left empty below the last row while there are rows above. */
	if (t->top > most)
		t->top = most;
}

/* Row of a node, which must not be folded away. */
static void put_cursor(struct tree *t, uint32_t node)
{
	for (size_t i = 0; i < t->rows.count; i++) {
		if (t->rows.items[i] != node)
			continue;
		t->cursor = i;
		return;
	}
}

bool tree_open(struct tree *t, bool open)
{
	uint32_t node = tree_at(t);

	if (node == TREE_NONE || at(t, node)->first == TREE_NONE || at(t, node)->open == open)
		return false;
	at(t, node)->open = open;
	tree_build_rows(t);
	return true;
}

void tree_up(struct tree *t)
{
	uint32_t node = tree_at(t);

	if (node != TREE_NONE && at(t, node)->parent != TREE_NONE)
		put_cursor(t, at(t, node)->parent);
}

void tree_reveal(struct tree *t, uint32_t node)
{
	bool folded = false;

	for (uint32_t n = at(t, node)->parent; n != TREE_NONE; n = at(t, n)->parent) {
		folded = folded || !at(t, n)->open;
		at(t, n)->open = true;
	}
	if (folded)
		tree_build_rows(t);
	put_cursor(t, node);
}

/* What stands in the path of a directory would match for all that is in it. */
static bool is_match(const struct tree *t, uint32_t node, const char *word, struct text *path)
{
	size_t own = strlen(tree_name(t, node)), reach = strlen(word) - 1, begin;

	if (at(t, node)->depth == 0)
		return false;
	text_clear(path);
	tree_path(t, node, path);
	begin = path->len - own;
	return strcasestr(path->data + (begin > reach ? begin - reach : 0), word) != NULL;
}

uint32_t tree_find(const struct tree *t, uint32_t from, const char *word, bool back)
{
	_cleanup_text_ struct text path = { 0 };
	/* The first or, going back, the last of those on either side. */
	uint32_t before = TREE_NONE, after = TREE_NONE, self = TREE_NONE;
	bool passed = false;

	if (!*word)
		return TREE_NONE;
	for (uint32_t n = tree_next(t, TREE_NONE); n != TREE_NONE; n = tree_next(t, n)) {
		uint32_t *found = passed ? &after : &before;

		passed = passed || n == from;
		if ((*found != TREE_NONE && !back) || !is_match(t, n, word, &path))
			continue;
		if (n == from)
			self = n;
		else
			*found = n;
	}
	if (back ? before != TREE_NONE : after == TREE_NONE && before != TREE_NONE)
		return before;
	return after != TREE_NONE ? after : self;
}
