// SPDX-License-Identifier: MIT
/* From the list of nacre.h to the tree, and from what is taken of the tree back to the list. */
#include "review/box.h"

#include "base/cleanup.h"
#include "base/path.h"

#include <string.h>

void box_init(struct box *b)
{
	const char *home = getenv("HOME");

	*b = (struct box){
		.plan = nacre_plan_new(),
		.error = nacre_error_new(),
		.cwd = getcwd(NULL, 0),
		.home = home && *home == '/' ? strdup(home) : NULL,
	};
	nacre_plan_own_process(b->plan);
	tree_init(&b->tree);
}

void box_release(struct box *b)
{
	tree_release(&b->tree);
	nacre_changes_free(b->changes);
	nacre_error_free(b->error);
	nacre_plan_free(b->plan);
	free(b->cwd);
	free(b->home);
	*b = (struct box){ 0 };
}

int box_words(struct box *b, int argc, char **argv)
{
	return nacre_plan_read(b->plan, "review", argc, argv, b->error);
}

/* The sections of a status: in / everything would be here, which says nothing. */
static void set_place(const struct box *b, const struct nacre_change *change, struct tree_item *item)
{
	if (b->cwd && b->cwd[1] && path_below(change->path, b->cwd)) {
		item->section = TREE_HERE;
		item->prefix = "";
		item->path = path_relative(change->path, b->cwd);
	} else if (b->home && path_below(change->path, b->home)) {
		item->section = TREE_HOME;
		item->prefix = "~/";
		item->path = path_relative(change->path, b->home);
	} else {
		item->section = TREE_SYSTEM;
		item->prefix = "/";
		item->path = change->path + 1;
	}
	if (change->cache && !change->runs)
		item->section = TREE_CACHES;
}

static void fill_tree(struct box *b, struct tree *t, bool utf8)
{
	size_t count = nacre_changes_size(b->changes);

	tree_init(t);
	for (size_t i = 0; i < count; i++) {
		struct nacre_change change = { .size = sizeof(change) };
		struct tree_item item;

		nacre_changes_get(b->changes, i, &change);
		if (!change.picked)
			continue;
		item = (struct tree_item){
			.change = (uint32_t)i,
			.kind = change.kind,
			.directory = change.directory,
			.whole = change.whole || (change.inside && change.directory),
			.note = change.inside && change.directory ? "" : change.note,
			.runs = change.runs,
		};
		set_place(b, &change, &item);
		tree_add(t, &item);
	}
	tree_finish(t, utf8);
}

int box_read(struct box *b, bool utf8)
{
	struct nacre_changes *changes;
	struct tree tree;

	if (nacre_changes_open(b->plan, nacre_plan_words(b->plan), &changes, b->error) < 0)
		return -1;
	nacre_changes_free(b->changes);
	b->changes = changes;
	fill_tree(b, &tree, utf8);
	tree_carry_over(&tree, &b->tree);
	tree_release(&b->tree);
	b->tree = tree;
	return 0;
}

void box_shown(struct box *b, uint32_t node, struct text *out)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_text_ struct text path = { 0 };
	const struct tree_node *n = &b->tree.nodes.items[node];
	struct nacre_change change = { .size = sizeof(change) };

	if (node < TREE_SECTION_COUNT) {
		text_add(out, tree_name(&b->tree, node));
		return;
	}
	if (n->change != TREE_NONE) {
		nacre_changes_get(b->changes, n->change, &change);
		text_add(out, change.shown);
	} else {
		tree_path(&b->tree, node, &path);
		text_add(out, quote_path(&arena, text_str(&path)));
	}
	if (n->directory && out->data[out->len - 1] != '/')
		text_add_char(out, '/');
}

int box_patch(struct box *b, uint32_t node, struct page *p)
{
	_cleanup_free_ char *patch = nacre_changes_patch(
		b->changes, b->tree.nodes.items[node].change, false, b->error);

	if (!patch)
		return -1;
	page_add_patch(p, patch);
	return 0;
}

/*
 * Picks what is in a node, or with TREE_NONE in all of them: all of it, or only what is taken. Picking a directory picks what is in it,
 * so each change is told, in the order of the list, where directories come first.
 */
static void pick(struct box *b, uint32_t node, bool taken)
{
	size_t count = nacre_changes_size(b->changes);
	_cleanup_free_ uint8_t *choices = calloc(count + 1, 1);

	if (!choices)
		out_of_memory_();
	tree_choose(&b->tree, node, taken, choices);
	for (size_t i = 0; i < count; i++)
		if (choices[i] != TREE_COVERED)
			nacre_changes_pick(b->changes, i, choices[i] == TREE_PICK);
}

int box_apply(struct box *b, const struct nacre_commit_options *options,
	      struct nacre_commit_result *result)
{
	pick(b, TREE_NONE, true);
	return nacre_changes_commit(b->changes, options, result, b->error);
}

int box_drop(struct box *b, uint32_t node, struct nacre_commit_result *result)
{
	pick(b, node, false);
	return nacre_changes_discard(b->changes, result, b->error);
}
