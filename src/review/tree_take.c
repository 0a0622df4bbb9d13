// SPDX-License-Identifier: MIT
/* What is taken of a tree. */
#include "review/tree.h"

#include "base/cleanup.h"
#include "base/strset.h"

#include <string.h>

static struct tree_node *at(const struct tree *t, uint32_t node)
{
	return &t->nodes.items[node];
}

/* The node behind another one that is in `root`. */
static uint32_t next_in(const struct tree *t, uint32_t node, uint32_t root)
{
	return at(t, node)->first != TREE_NONE ? at(t, node)->first : tree_skip(t, node, root);
}

enum tree_state tree_state(const struct tree *t, uint32_t node)
{
	const struct tree_node *n = at(t, node);

	if (!n->taken)
		return TREE_UNTAKEN;
	return n->taken == n->leaves ? TREE_TAKEN : TREE_PARTLY;
}

void tree_take(struct tree *t, uint32_t node, bool take)
{
	uint32_t before = at(t, node)->taken;

	for (uint32_t n = node; n != TREE_NONE; n = next_in(t, n, node))
		at(t, n)->taken = take ? at(t, n)->leaves : 0;
	for (uint32_t n = at(t, node)->parent; n != TREE_NONE; n = at(t, n)->parent)
		at(t, n)->taken += at(t, node)->taken - before;
}

void tree_take_all(struct tree *t, bool take)
{
	for (uint32_t i = 0; i < TREE_SECTION_COUNT; i++)
		tree_take(t, i, take);
}

/* Whether the change of a node stands for all that is in it. */
static bool is_one(const struct tree_node *n, bool taken)
{
	return n->change != TREE_NONE && (n->first == TREE_NONE || !taken || n->taken == n->leaves);
}

/*
 * The next node with a change that counts, from `node` on: with `taken` only those that are. *ret_next is where to go on: not in
 * what is in it.
 */
static uint32_t next_change(const struct tree *t, uint32_t node, uint32_t root, bool taken,
			    uint32_t *ret_next)
{
	while (node != TREE_NONE) {
		const struct tree_node *n = at(t, node);

		*ret_next = tree_skip(t, node, root);
		if (taken && !n->taken)
			node = *ret_next;
		else if (is_one(n, taken))
			return node;
		else
			node = next_in(t, node, root);
	}
	return TREE_NONE;
}

static uint32_t first_of(const struct tree *t, uint32_t root)
{
	return root == TREE_NONE ? tree_next(t, TREE_NONE) : root;
}

struct tree_sum tree_sum(const struct tree *t, uint32_t root, bool taken)
{
	struct tree_sum sum = { 0 };
	uint32_t next, node = first_of(t, root);

	for (; (node = next_change(t, node, root, taken, &next)) != TREE_NONE; node = next) {
		sum.changes++;
		sum.marks += at(t, node)->marks;
		sum.kinds[at(t, node)->kind & 0x7f]++;
	}
	return sum;
}

void tree_sum_kinds(const struct tree_sum *sum, struct text *out)
{
	static const struct {
		char kind;
		const char *word;
	} words[] = {
		{ 'A', "added" },   { 'M', "modified" }, { 'D', "deleted" },
		{ 'R', "renamed" }, { 'T', "retyped" },	 { 'm', "metadata" },
	};
	const char *between = "";

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		size_t n = sum->kinds[(unsigned char)words[i].kind];

		if (!n)
			continue;
		text_printf(out, "%s%zu %s", between, n, words[i].word);
		between = ", ";
	}
}

void tree_choose(const struct tree *t, uint32_t root, bool taken, uint8_t *choices)
{
	uint32_t next, node = first_of(t, root);

	for (; (node = next_change(t, node, root, taken, &next)) != TREE_NONE; node = next) {
		for (uint32_t n = node; n != TREE_NONE; n = next_in(t, n, node))
			if (at(t, n)->change != TREE_NONE)
				choices[at(t, n)->change] = TREE_COVERED;
		choices[at(t, node)->change] = TREE_PICK;
	}
}

/* What a user has done to a tree, by path. */
struct memory {
	struct arena arena;
	struct strset taken,
		turned; /* turned: open where it is folded at first, or the other way */
};

static void memory_release(struct memory *m)
{
	arena_release(&m->arena);
}

/* A section is no path: something may be called as it is. */
static void node_key(const struct tree *t, uint32_t node, struct text *out)
{
	text_clear(out);
	tree_path(t, node, out);
	if (node < TREE_SECTION_COUNT)
		text_add(out, "//");
}

static void remember(struct memory *m, const struct tree *t)
{
	_cleanup_text_ struct text path = { 0 };

	for (uint32_t n = tree_next(t, TREE_NONE); n != TREE_NONE; n = tree_next(t, n)) {
		bool taken = at(t, n)->first == TREE_NONE && at(t, n)->taken;
		bool turned = at(t, n)->open != tree_opens(t, n);

		if (!taken && !turned)
			continue;
		node_key(t, n, &path);
		(void)strset_add(&m->arena, taken ? &m->taken : &m->turned,
				 arena_strdup(&m->arena, text_str(&path)));
	}
}

void tree_carry_over(struct tree *t, const struct tree *old)
{
	_cleanup_(memory_release) struct memory m = { 0 };
	_cleanup_text_ struct text path = { 0 }, cursor = { 0 };
	uint32_t found = TREE_NONE;

	remember(&m, old);
	if (tree_at(old) != TREE_NONE)
		node_key(old, tree_at(old), &cursor);
	for (uint32_t n = tree_next(t, TREE_NONE); n != TREE_NONE; n = tree_next(t, n)) {
		node_key(t, n, &path);
		if (at(t, n)->first == TREE_NONE && strset_has(&m.taken, path.data, path.len))
			tree_take(t, n, true);
		if (strset_has(&m.turned, path.data, path.len))
			at(t, n)->open = !at(t, n)->open;
		if (strcmp(text_str(&path), text_str(&cursor)) == 0)
			found = n;
	}
	t->cursor = old->cursor;
	t->top = old->top;
	tree_build_rows(t);
	if (found != TREE_NONE)
		tree_reveal(t, found);
}
