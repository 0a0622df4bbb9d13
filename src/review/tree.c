// SPDX-License-Identifier: MIT
/* From a list of changes to nodes. */
#include "review/tree.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "review/cells.h"

#include <string.h>

static const char *const titles[TREE_SECTION_COUNT] = {
	[TREE_HERE] = "this directory",
	[TREE_HOME] = "home",
	[TREE_SYSTEM] = "system",
	[TREE_CACHES] = "caches",
};

static struct tree_node *at(const struct tree *t, uint32_t node)
{
	return &t->nodes.items[node];
}

static uint32_t add_name(struct tree *t, const char *name, size_t len)
{
	uint32_t offset = (uint32_t)t->names.len;

	text_add_bytes(&t->names, name, len);
	text_add_char(&t->names, '\0');
	return offset;
}

/* A child behind `previous`, or with TREE_NONE before all others. */
static uint32_t add_node(struct tree *t, uint32_t parent, uint32_t previous, uint32_t name)
{
	uint32_t node = (uint32_t)t->nodes.count;
	uint32_t *link;

	VECTOR_PUSH(&t->arena, &t->nodes,
		    (struct tree_node){
			    .parent = parent,
			    .next = TREE_NONE,
			    .first = TREE_NONE,
			    .last = TREE_NONE,
			    .change = TREE_NONE,
			    .name = name,
			    .kind = ' ',
		    });
	if (parent == TREE_NONE)
		return node;
	link = previous == TREE_NONE ? &at(t, parent)->first : &at(t, previous)->next;
	at(t, node)->next = *link;
	*link = node;
	if (at(t, node)->next == TREE_NONE)
		at(t, parent)->last = node;
	return node;
}

void tree_init(struct tree *t)
{
	*t = (struct tree){ 0 };
	text_add_char(&t->names, '\0');
	for (int i = 0; i < TREE_SECTION_COUNT; i++) {
		uint32_t name = add_name(t, titles[i], strlen(titles[i]));

		at(t, add_node(t, TREE_NONE, TREE_NONE, name))->directory = true;
	}
}

void tree_release(struct tree *t)
{
	text_release(&t->names);
	arena_release(&t->arena);
	*t = (struct tree){ 0 };
}

static int compare_name(const struct tree *t, uint32_t node, const char *name, size_t len)
{
	const char *have = tree_name(t, node);
	int order = strncmp(have, name, len);

	return order ? order : have[len] != '\0';
}

/* The child of that name. A walk comes to the children in their order, so the last one is asked first. */
static uint32_t find_or_add(struct tree *t, uint32_t parent, const char *name, size_t len)
{
	uint32_t last = at(t, parent)->last, previous = TREE_NONE;
	int order = last == TREE_NONE ? -1 : compare_name(t, last, name, len);

	if (last != TREE_NONE && order == 0)
		return last;
	if (order < 0)
		return add_node(t, parent, last, add_name(t, name, len));
	for (uint32_t n = at(t, parent)->first; n != TREE_NONE; n = at(t, n)->next) {
		order = compare_name(t, n, name, len);
		if (order == 0)
			return n;
		if (order > 0)
			break;
		previous = n;
	}
	return add_node(t, parent, previous, add_name(t, name, len));
}

/* The name of the place itself that is before the path: "~/" is "~". */
static const char *place_name(const char *prefix)
{
	if (!*prefix)
		return ".";
	return *prefix == '~' ? "~" : "/";
}

static uint32_t find_place(struct tree *t, const struct tree_item *item)
{
	_cleanup_text_ struct text first = { 0 };
	const char *path = item->path;
	uint32_t node = item->section;
	size_t len = strcspn(path, "/");

	if (!*path)
		text_add(&first, place_name(item->prefix));
	else
		text_printf(&first, "%s%.*s", item->prefix, (int)len, path);
	node = find_or_add(t, node, text_str(&first), first.len);
	for (path += len; *path; path += len) {
		path++;
		len = strcspn(path, "/");
		at(t, node)->directory = true;
		node = find_or_add(t, node, path, len);
	}
	return node;
}

void tree_add(struct tree *t, const struct tree_item *item)
{
	uint32_t node = find_place(t, item);
	struct tree_node *n;

	/* Where two overlays meet, one path can have a change in each. */
	if (at(t, node)->change != TREE_NONE)
		node = add_node(t, at(t, node)->parent, node, at(t, node)->name);
	n = at(t, node);
	n->change = item->change;
	n->kind = item->kind;
	n->directory = n->directory || item->directory;
	n->whole = item->whole;
	n->note = *item->note ? add_name(t, item->note, strlen(item->note)) : 0;
	n->runs = item->runs ? add_name(t, item->runs, strlen(item->runs)) : 0;
}

/* A directory that is itself another, with changes in it: its own change becomes a leaf. */
static void split_own(struct tree *t, uint32_t node)
{
	struct tree_node *n = at(t, node), *own;

	if (n->change == TREE_NONE || n->whole || n->first == TREE_NONE)
		return;
	own = at(t, add_node(t, node, TREE_NONE, add_name(t, ".", 1)));
	n = at(t, node);
	own->change = n->change;
	own->kind = n->kind;
	own->note = n->note;
	own->runs = n->runs;
	n->change = TREE_NONE;
	n->kind = ' ';
	n->note = n->runs = 0;
}

/* Makes one node of a directory on the way and the only one that is in it. */
static void absorb(struct tree *t, uint32_t node)
{
	_cleanup_text_ struct text name = { 0 };
	struct tree_node *n = at(t, node), *child = at(t, n->first);

	text_printf(&name, "%s/%s", tree_name(t, node), tree_name(t, n->first));
	n->name = add_name(t, text_str(&name), name.len);
	n->change = child->change;
	n->kind = child->kind;
	n->whole = child->whole;
	n->note = child->note;
	n->runs = child->runs;
	n->first = child->first;
	n->last = child->last;
	for (uint32_t i = n->first; i != TREE_NONE; i = at(t, i)->next)
		at(t, i)->parent = node;
	child->parent = child->first = child->change = TREE_NONE;
	child->runs = 0;
}

static bool is_chain(const struct tree *t, uint32_t node)
{
	const struct tree_node *n = at(t, node);

	return n->change == TREE_NONE && n->first != TREE_NONE && n->first == n->last &&
	       at(t, n->first)->first != TREE_NONE;
}

/* Children have higher numbers than their parents. */
static void sum_up(struct tree *t)
{
	for (uint32_t i = (uint32_t)t->nodes.count; i-- > 0;) {
		struct tree_node *n = at(t, i);

		n->leaves += n->first == TREE_NONE && n->change != TREE_NONE;
		n->marks += n->runs != 0;
		if (n->parent == TREE_NONE)
			continue;
		at(t, n->parent)->leaves += n->leaves;
		at(t, n->parent)->marks += n->marks;
	}
}

bool tree_opens(const struct tree *t, uint32_t node)
{
	return node < TREE_SECTION_COUNT ? node != TREE_CACHES : !at(t, node)->whole;
}

static void settle_row(struct tree *t, uint32_t node, bool utf8, struct text *label)
{
	struct tree_node *n = at(t, node);
	size_t width;

	if (n->parent != TREE_NONE)
		n->depth = (uint16_t)(at(t, n->parent)->depth + 1);
	n->open = tree_opens(t, node);
	text_clear(label);
	tree_label(t, node, label);
	tree_hint(t, node, label);
	width = cells_width(utf8, text_str(label));
	n->width = width < UINT16_MAX ? (uint16_t)width : UINT16_MAX;
}

void tree_finish(struct tree *t, bool utf8)
{
	_cleanup_text_ struct text label = { 0 };
	uint32_t count = (uint32_t)t->nodes.count;

	for (uint32_t i = TREE_SECTION_COUNT; i < count; i++)
		split_own(t, i);
	for (uint32_t i = TREE_SECTION_COUNT; i < count; i++)
		while (is_chain(t, i))
			absorb(t, i);
	sum_up(t);
	for (uint32_t i = 0; i < t->nodes.count; i++)
		settle_row(t, i, utf8, &label);
	tree_build_rows(t);
}

const char *tree_name(const struct tree *t, uint32_t node)
{
	return t->names.data + at(t, node)->name;
}

const char *tree_note(const struct tree *t, uint32_t node)
{
	return t->names.data + at(t, node)->note;
}

const char *tree_runs(const struct tree *t, uint32_t node)
{
	return at(t, node)->runs ? t->names.data + at(t, node)->runs : NULL;
}

void tree_label(const struct tree *t, uint32_t node, struct text *out)
{
	_cleanup_(arena_release) struct arena arena = { 0 };

	if (node < TREE_SECTION_COUNT) {
		text_add(out, tree_name(t, node));
		return;
	}
	text_add(out, quote_path(&arena, tree_name(t, node)));
	if (at(t, node)->directory && out->data[out->len - 1] != '/')
		text_add_char(out, '/');
}

void tree_hint(const struct tree *t, uint32_t node, struct text *out)
{
	const struct tree_node *n = at(t, node);

	if (n->whole && *tree_note(t, node))
		text_printf(out, "  %s", tree_note(t, node));
	else if (n->first != TREE_NONE)
		text_printf(out, "  %u change%s", n->leaves, n->leaves == 1 ? "" : "s");
}

void tree_path(const struct tree *t, uint32_t node, struct text *out)
{
	if (at(t, node)->depth > 1) {
		tree_path(t, at(t, node)->parent, out);
		text_add_char(out, '/');
	}
	text_add(out, tree_name(t, node));
}

static uint32_t next_section(const struct tree *t, uint32_t section)
{
	for (; section < TREE_SECTION_COUNT; section++)
		if (at(t, section)->first != TREE_NONE)
			return section;
	return TREE_NONE;
}

uint32_t tree_skip(const struct tree *t, uint32_t node, uint32_t root)
{
	for (; node != root; node = at(t, node)->parent) {
		if (at(t, node)->parent == TREE_NONE)
			return next_section(t, node + 1);
		if (at(t, node)->next != TREE_NONE)
			return at(t, node)->next;
	}
	return TREE_NONE;
}

uint32_t tree_next(const struct tree *t, uint32_t node)
{
	if (node == TREE_NONE)
		return next_section(t, 0);
	return at(t, node)->first != TREE_NONE ? at(t, node)->first : tree_skip(t, node, TREE_NONE);
}
