// SPDX-License-Identifier: MIT
/* What each key does. The table is what is looked up, and the help. */
#include "base/cleanup.h"
#include "review/dialog.h"
#include "review/draw.h"
#include "review/review.h"
#include "review/screen.h"
#include "review/summary.h"

#include <string.h>

/* Where a key means something; bits. */
enum { IN_TREE = 1, IN_TEXT = 2, ANYWHERE = 3 };

enum { KEYS_MAX = 4 };

struct binding {
	const char *shown; /* NULL: another meaning of the row before, in the other place */
	const char *help;
	int keys[KEYS_MAX]; /* 0 ends them */
	unsigned where;
	void (*act)(struct review *r);
};

static struct tree *tree_of(struct review *r)
{
	return &r->box.tree;
}

static const struct tree_node *node_of(struct review *r)
{
	return &r->box.tree.nodes.items[tree_at(&r->box.tree)];
}

static ptrdiff_t tree_height(struct review *r)
{
	return draw_layout(r).tree.height;
}

/* Lines of the text that are on the screen at once, its header excluded. */
static size_t text_height(struct review *r)
{
	int height = draw_layout(r).text.height - 1;

	return height > 1 ? (size_t)height : 1;
}

/* --- moving --- */

static void go_down(struct review *r)
{
	tree_move(tree_of(r), 1);
}

static void go_up(struct review *r)
{
	tree_move(tree_of(r), -1);
}

static void go_half_down(struct review *r)
{
	tree_move(tree_of(r), (tree_height(r) + 1) / 2);
}

static void go_half_up(struct review *r)
{
	tree_move(tree_of(r), -(tree_height(r) + 1) / 2);
}

static void go_first(struct review *r)
{
	tree_move(tree_of(r), -PTRDIFF_MAX);
}

static void go_last(struct review *r)
{
	tree_move(tree_of(r), PTRDIFF_MAX);
}

static void show_text(struct review *r)
{
	r->full = true;
}

static void show_tree(struct review *r)
{
	r->full = false;
}

static void open_node(struct review *r)
{
	if (tree_open(tree_of(r), true))
		return;
	if (node_of(r)->first != TREE_NONE)
		go_down(r);
	else
		show_text(r);
}

static void fold_node(struct review *r)
{
	if (!tree_open(tree_of(r), false))
		tree_up(tree_of(r));
}

static void enter_node(struct review *r)
{
	if (node_of(r)->first == TREE_NONE)
		show_text(r);
	else
		(void)tree_open(tree_of(r), !node_of(r)->open);
}

static void text_down(struct review *r)
{
	r->page_top++; /* drawing brings it back from beyond the end */
}

static void text_up(struct review *r)
{
	r->page_top -= r->page_top > 0;
}

static void text_page_down(struct review *r)
{
	r->page_top += text_height(r);
}

static void text_page_up(struct review *r)
{
	size_t height = text_height(r);

	r->page_top -= r->page_top < height ? r->page_top : height;
}

static void text_first(struct review *r)
{
	r->page_top = 0;
}

static void text_last(struct review *r)
{
	r->page_top = r->page.lines.count;
}

static void text_left(struct review *r)
{
	r->page_left -= r->page_left < SIDEWAYS ? r->page_left : SIDEWAYS;
}

static void text_right(struct review *r)
{
	r->page_left += SIDEWAYS;
}

/* --- taking --- */

void review_recount(struct review *r)
{
	r->changes = tree_sum(tree_of(r), TREE_NONE, false).changes;
	r->taken = tree_sum(tree_of(r), TREE_NONE, true).changes;
	r->page_stale = true;
}

static void take_node(struct review *r)
{
	uint32_t node = tree_at(tree_of(r));

	tree_take(tree_of(r), node, tree_state(tree_of(r), node) != TREE_TAKEN);
	review_recount(r);
}

static void take_all(struct review *r)
{
	tree_take_all(tree_of(r), true);
	review_recount(r);
}

static void take_none(struct review *r)
{
	tree_take_all(tree_of(r), false);
	review_recount(r);
}

/* --- what changes the box --- */

/* A call that does something to the box uses the list up. `all`: nothing of it is left. */
static void read_anew(struct review *r, bool all)
{
	r->page_node = TREE_NONE;
	if (!all && box_read(&r->box, screen_is_utf8()) < 0)
		r->failed = true;
	review_recount(r);
	r->ended = all || r->failed || tree_at(tree_of(r)) == TREE_NONE;
}

/* Something was applied or dropped; what could not be is still in the box, and told. */
static void finish(struct review *r, const struct nacre_commit_result *result, const char *what,
		   bool all)
{
	_cleanup_(page_release) struct page page = { 0 };

	text_printf(&r->message, "%llu change%s %s", (unsigned long long)result->changes,
		    result->changes == 1 ? "" : "s", what);
	if (*result->report) {
		page_add_text(&page, result->report);
		(void)dialog_page(text_str(&r->message), &page, "any key goes on");
	}
	read_anew(r, all && !*result->report);
}

static void give_up(struct review *r)
{
	dialog_error(r);
	read_anew(r, false);
}

static void release_result(struct nacre_commit_result *result)
{
	free(result->report);
	free(result->id);
}

static void drop_node(struct review *r)
{
	_cleanup_(release_result) struct nacre_commit_result result = { .size = sizeof(result) };
	_cleanup_text_ struct text shown = { 0 };
	uint32_t node = tree_at(tree_of(r));
	bool all = tree_sum(tree_of(r), node, false).changes == r->changes;

	box_shown(&r->box, node, &shown);
	if (!dialog_ask(r, "drop %s%s from the box for good?",
			node_of(r)->change == TREE_NONE ? "all changes in " : "", text_str(&shown)))
		return;
	if (box_drop(&r->box, node, &result) < 0) {
		give_up(r);
		return;
	}
	r->dropped += result.changes;
	finish(r, &result, "dropped", all);
}

/* True when they shall be overwritten. */
static bool ask_about_conflicts(struct review *r, const struct nacre_commit_result *result)
{
	_cleanup_(page_release) struct page page = { 0 };
	char title[120];

	(void)snprintf(title, sizeof(title), "Nothing was applied: %llu conflict%s",
		       (unsigned long long)result->conflicts, result->conflicts == 1 ? "" : "s");
	page_add_text(&page, result->report);
	return dialog_page(title, &page, "F applies all the same, any other key goes back") == 'F' &&
	       dialog_ask(r, "overwrite what others have changed since the box began?");
}

static void apply(struct review *r, bool force)
{
	_cleanup_(release_result) struct nacre_commit_result result = { .size = sizeof(result) };
	struct nacre_commit_options options = { .size = sizeof(options),
						.force = force,
						.progress = dialog_progress };
	bool all = r->taken == r->changes;
	int answer = box_apply(&r->box, &options, &result);

	if (answer < 0) {
		give_up(r);
	} else if (answer == 0) {
		r->applied += result.changes;
		finish(r, &result, "applied; take back with: nacre undo", all);
	} else {
		/* The list is used up; in the new one the same is taken. */
		read_anew(r, false);
		if (!r->ended && ask_about_conflicts(r, &result))
			apply(r, true);
	}
}

static void apply_taken(struct review *r)
{
	_cleanup_(page_release) struct page page = { 0 };
	int key;

	if (!r->taken) {
		text_add(&r->message, "nothing is taken: space takes what is under the cursor");
		return;
	}
	summary_taken(tree_of(r), &page);
	key = dialog_page("Apply what is taken?", &page, "y applies it, any other key goes back");
	if (key == 'y' || key == 'Y')
		apply(r, false);
}

static void leave(struct review *r)
{
	r->ended = true;
}

static void redraw(struct review *r)
{
	(void)r;
	(void)clearok(stdscr, TRUE);
}

static void show_help(struct review *r);

/* Rows without words are other keys for the row before, or what it means in the other place. */
static const struct binding bindings[] = {
	{ "Up k, Down j", "one up, one down", { KEY_DOWN, 'j' }, IN_TREE, go_down },
	{ NULL, NULL, { KEY_UP, 'k' }, IN_TREE, go_up },
	{ NULL, NULL, { KEY_DOWN, 'j' }, IN_TEXT, text_down },
	{ NULL, NULL, { KEY_UP, 'k' }, IN_TEXT, text_up },
	{ "Ctrl-U, Ctrl-D", "half a screen up, down", { CTRL('d') }, IN_TREE, go_half_down },
	{ NULL, NULL, { CTRL('u') }, IN_TREE, go_half_up },
	{ NULL, NULL, { CTRL('d') }, IN_TEXT, text_page_down },
	{ NULL, NULL, { CTRL('u') }, IN_TEXT, text_page_up },
	{ "Home g, End G", "to the first, to the last", { KEY_HOME, 'g' }, IN_TREE, go_first },
	{ NULL, NULL, { KEY_END, 'G' }, IN_TREE, go_last },
	{ NULL, NULL, { KEY_HOME, 'g' }, IN_TEXT, text_first },
	{ NULL, NULL, { KEY_END, 'G' }, IN_TEXT, text_last },
	{ "Right l, Left h",
	  "open, fold or go to the directory above",
	  { KEY_RIGHT, 'l' },
	  IN_TREE,
	  open_node },
	{ NULL, NULL, { KEY_LEFT, 'h' }, IN_TREE, fold_node },
	{ NULL, NULL, { KEY_LEFT, 'h' }, IN_TEXT, show_tree },
	{ "Enter",
	  "open or fold; of a file show the content alone, and back",
	  { '\r', KEY_ENTER },
	  IN_TREE,
	  enter_node },
	{ NULL, NULL, { '\r', KEY_ENTER, CTRL('['), 'q' }, IN_TEXT, show_tree },
	{ "Tab", "the content alone, and back", { '\t' }, IN_TREE, show_text },
	{ NULL, NULL, { '\t' }, IN_TEXT, show_tree },
	{ "PgUp K, PgDn J", "scroll the content", { KEY_NPAGE, 'J' }, ANYWHERE, text_page_down },
	{ NULL, NULL, { KEY_PPAGE, 'K' }, ANYWHERE, text_page_up },
	{ "<, >", "scroll it sideways", { '<' }, ANYWHERE, text_left },
	{ NULL, NULL, { '>' }, ANYWHERE, text_right },
	{ "/", "search; Down and Up go on, and / Enter later", { '/' }, IN_TREE, dialog_search },
	{ "Space",
	  "take it, or not; a directory with all that is in it",
	  { ' ' },
	  ANYWHERE,
	  take_node },
	{ "a, n", "take all, take nothing", { 'a' }, ANYWHERE, take_all },
	{ NULL, NULL, { 'n' }, ANYWHERE, take_none },
	{ "d", "drop it from the box", { 'd' }, ANYWHERE, drop_node },
	{ "p", "apply what is taken", { 'p' }, ANYWHERE, apply_taken },
	{ "Ctrl-L", "draw the screen anew", { CTRL('l') }, ANYWHERE, redraw },
	{ "?", "this help", { '?' }, ANYWHERE, show_help },
	{ "q", "leave; what is not applied stays in the box", { 'q' }, IN_TREE, leave },
};

static void show_help(struct review *r)
{
	_cleanup_(page_release) struct page page = { 0 };

	(void)r;
	for (size_t i = 0; i < ARRAY_LEN(bindings); i++) {
		if (!bindings[i].shown)
			continue;
		text_printf(&page.text, "%-16s %s", bindings[i].shown, bindings[i].help);
		page_end_line(&page, LINE_PLAIN);
	}
	page_end_line(&page, LINE_PLAIN);
	text_add(&page.text, "! may run by itself later; the last line says how");
	page_end_line(&page, LINE_MARKED);
	(void)dialog_page("Keys", &page, "any key goes back");
}

static const struct binding *find_binding(int key, unsigned where)
{
	for (size_t i = 0; i < ARRAY_LEN(bindings); i++)
		for (size_t k = 0; k < KEYS_MAX; k++)
			if (key && bindings[i].keys[k] == key && (bindings[i].where & where))
				return &bindings[i];
	return NULL;
}

/* One text is kept: that of a large file costs a run of diff(1). */
void review_update_page(struct review *r)
{
	uint32_t node = tree_at(tree_of(r));
	bool directory = node_of(r)->first != TREE_NONE;
	char *text;

	if (node == r->page_node && !(directory && r->page_stale))
		return;
	if (node != r->page_node)
		r->page_top = r->page_left = 0;
	r->page_node = node;
	r->page_stale = false;
	page_clear(&r->page);
	if (directory) {
		summary_directory(tree_of(r), node, &r->page);
	} else if (box_patch(&r->box, node, &r->page) < 0) {
		text = nacre_error_text(r->box.error, r->box.plan, false);
		page_add_text(&r->page, text);
		free(text);
	}
}

void review_loop(struct review *r)
{
	while (!r->ended) {
		const struct binding *binding;
		int key;

		draw(r);
		key = screen_key();
		if (key == KEY_END_OF_INPUT)
			return;
		if (key == KEY_RESIZE)
			continue;
		text_clear(&r->message);
		binding = find_binding(key, r->full ? IN_TEXT : IN_TREE);
		if (binding)
			binding->act(r);
		else
			text_add(&r->message, "? shows the keys");
	}
}
