// SPDX-License-Identifier: MIT
/* Two lists beside each other: their true differences, and whether they are equal. list.c says what a line is. */
#include "property.h"

#include "base/arena.h"
#include "base/cleanup.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum field {
	PATH,
	TYPE,
	MODE,
	UID,
	GID,
	SIZE,
	MTIME,
	CONTENT,
	ATTRIBUTES,
	LINKS,
	SPARSE,
	FIELD_COUNT
};

struct entry {
	const char *fields[FIELD_COUNT]; /* as in the list */
	const char *path; /* the bytes */
	const char *old_time; /* in what is expected: a directory may have this one too */
	struct entry *other; /* the same path in the other list */
	struct entry *first; /* of the names that share its inode; itself without others */
	/* Of the first of them: */
	uint64_t names; /* which they are: a sum of their hashes */
	bool still_linked; /* in a box: names of the base that were one file, each as it was */
	const struct entry *
		kept; /* in a base: the first name that the box left as it was, and how many there are */
	unsigned int kept_count;
};

struct list {
	struct arena arena;
	VECTOR(struct entry) entries;
};

/* --- reading --- */

static const char *unescape(struct arena *arena, const char *word)
{
	char *bytes = arena_strdup(arena, word), *to = bytes;

	for (; *word; word++) {
		unsigned int c = (unsigned char)*word;

		if (c == '%' && sscanf(word, "%%%2x", &c) == 1)
			word += 2;
		*to++ = (char)c;
	}
	*to = '\0';
	return bytes;
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->path, ((const struct entry *)b)->path);
}

static struct entry *find(const struct list *list, const char *path)
{
	const struct entry key = { .path = path };

	if (list->entries.count == 0)
		return NULL;
	return bsearch(&key, list->entries.items, list->entries.count, sizeof(key), compare_paths);
}

static uint64_t hash_of(const char *s)
{
	uint64_t hash = 0xcbf29ce484222325;

	for (; *s; s++)
		hash = (hash ^ (unsigned char)*s) * 0x100000001b3;
	return hash;
}

static bool find_links(struct list *list)
{
	for (size_t i = 0; i < list->entries.count; i++) {
		struct entry *entry = &list->entries.items[i];

		entry->first = entry;
		if (strcmp(entry->fields[LINKS], "-") != 0)
			entry->first = find(list, unescape(&list->arena, entry->fields[LINKS]));
		if (!entry->first)
			return false;
		entry->first->names += hash_of(entry->path);
	}
	return true;
}

static int complain_of_list(const char *file)
{
	(void)fprintf(stderr, "tree: \"%s\" is no list\n", file);
	return 1;
}

static int read_list(const char *file, struct list *ret)
{
	_cleanup_file_ FILE *f = fopen(file, "re");
	_cleanup_free_ char *line = NULL;
	size_t size = 0;

	if (!f)
		return complain("open", file);
	while (getline(&line, &size, f) > 0) {
		struct entry *entry = VECTOR_ADD(&ret->arena, &ret->entries);
		char *rest = arena_strndup(&ret->arena, line, strcspn(line, "\n"));

		for (int i = 0; i < FIELD_COUNT; i++) {
			entry->fields[i] = strsep(&rest, " ");
			if (!entry->fields[i])
				return complain_of_list(file);
		}
		entry->path = unescape(&ret->arena, entry->fields[PATH]);
	}
	if (ret->entries.count)
		qsort(ret->entries.items, ret->entries.count, sizeof(*ret->entries.items),
		      compare_paths);
	return find_links(ret) ? 0 : complain_of_list(file);
}

/* --- comparing --- */

static bool same(const struct entry *a, const struct entry *b, enum field field)
{
	return strcmp(a->fields[field], b->fields[field]) == 0;
}

/* But for its links. The time of a directory is a side effect of what happened in it. */
static bool same_metadata(const struct entry *a, const struct entry *b)
{
	return same(a, b, MODE) && same(a, b, UID) && same(a, b, GID) && same(a, b, ATTRIBUTES) &&
	       (*a->fields[TYPE] == 'd' || same(a, b, MTIME));
}

static bool unchanged(const struct entry *base, const struct entry *box)
{
	return same(base, box, TYPE) && same(base, box, SIZE) && same(base, box, CONTENT) &&
	       same_metadata(base, box);
}

static void pair(struct list *base, struct list *box)
{
	for (size_t i = 0; i < box->entries.count; i++) {
		struct entry *there = &box->entries.items[i], *here = find(base, there->path);

		there->other = here;
		if (here)
			here->other = there;
		there->still_linked = true;
	}
	for (size_t i = 0; i < box->entries.count; i++) {
		struct entry *there = &box->entries.items[i];
		const struct entry *first = there->first->other;

		if (!there->other || !first || there->other->first != first->first ||
		    !unchanged(there->other, there))
			there->first->still_linked = false;
	}
}

static char difference(const struct entry *base, const struct entry *box)
{
	if (!base)
		return 'A';
	if (!box)
		return 'D';
	if (!same(base, box, TYPE))
		return 'T';
	if (!same(base, box, SIZE) || !same(base, box, CONTENT))
		return 'M';
	if (!same_metadata(base, box))
		return 'm';
	return !box->first->still_linked && base->first->names != box->first->names ? 'm' : 0;
}

static void print_difference(const struct entry *base, const struct entry *box, void *data)
{
	const char *prefix = *(const char **)data;
	const char *path = base ? base->path : box->path;
	char letter = difference(base, box);

	if (letter)
		(void)printf("%c\t%s%s%s%c", letter, prefix, strcmp(path, ".") == 0 ? "" : "/",
			     strcmp(path, ".") == 0 ? "" : path, 0);
}

/* Calls back for each path of either list, in order, with its entries or NULL. */
static void merge(const struct list *a, const struct list *b,
		  void (*each)(const struct entry *a, const struct entry *b, void *data), void *data)
{
	size_t i = 0, j = 0;

	while (i < a->entries.count || j < b->entries.count) {
		const struct entry *x = i < a->entries.count ? &a->entries.items[i] : NULL;
		const struct entry *y = j < b->entries.count ? &b->entries.items[j] : NULL;
		int order = !x ? 1 : !y ? -1 : strcmp(x->path, y->path);

		each(order <= 0 ? x : NULL, order >= 0 ? y : NULL, data);
		i += order <= 0;
		j += order >= 0;
	}
}

int print_differences(const char *base_file, const char *box_file, const char *prefix)
{
	struct list base = { 0 }, box = { 0 };
	int status = read_list(base_file, &base) | read_list(box_file, &box);

	if (status == 0) {
		pair(&base, &box);
		merge(&base, &box, print_difference, &prefix);
	}
	arena_release(&base.arena);
	arena_release(&box.arena);
	return status;
}

/* --- equality --- */

/* Names of the base that nobody changed are one file after a commit, as they were, though the box shows several. */
static void join_links(struct list *base, struct list *box)
{
	pair(base, box);
	for (size_t i = 0; i < box->entries.count; i++) {
		struct entry *there = &box->entries.items[i];

		if (!there->first->still_linked)
			continue;
		if (!there->other->first->kept)
			there->other->first->kept = there;
		there->other->first->kept_count++;
	}
	for (size_t i = 0; i < box->entries.count; i++) {
		struct entry *there = &box->entries.items[i];
		const struct entry *first = there->first->still_linked ? there->other->first : NULL;

		if (first)
			there->fields[LINKS] = first->kept_count > 1 ? first->kept->fields[PATH]
								     : "-";
	}
}

static struct entry *parent_of(const struct list *list, const char *path)
{
	char parent[8192];
	const char *slash = strrchr(path, '/');

	(void)snprintf(parent, sizeof(parent), "%.*s", slash ? (int)(slash - path) : 1,
		       slash ? path : ".");
	return find(list, parent);
}

/*
 * A directory in which nothing came, went or was replaced is no change, though the box may have made something in it and
 * removed it again: its time may stay.
 */
static void allow_old_times(const struct list *base, struct list *box)
{
	for (size_t i = 0; i < box->entries.count; i++) {
		struct entry *there = &box->entries.items[i];

		if (there->other && *there->fields[TYPE] == 'd' &&
		    *there->other->fields[TYPE] == 'd')
			there->old_time = there->other->fields[MTIME];
	}
	for (size_t i = 0; i < base->entries.count + box->entries.count; i++) {
		const struct entry *entry = i < base->entries.count
						    ? &base->entries.items[i]
						    : &box->entries.items[i - base->entries.count];
		bool in_base = i < base->entries.count;
		char letter = difference(in_base ? entry : entry->other,
					 in_base ? entry->other : entry);
		struct entry *parent = letter && letter != 'm' ? parent_of(box, entry->path) : NULL;

		if (parent)
			parent->old_time = NULL;
	}
}

static void print_entry(char sign, const struct entry *entry)
{
	if (!entry)
		return;
	(void)putchar(sign);
	for (int i = 0; i < FIELD_COUNT; i++)
		(void)printf(" %s", entry->fields[i]);
	(void)putchar('\n');
}

/* An expected hole has to be there; one more does no harm: a copy-up fills small ones, and what is not changed keeps them. */
static void print_if_unequal(const struct entry *expected, const struct entry *actual, void *data)
{
	bool *all_equal = data;
	bool equal = expected && actual &&
		     (*expected->fields[SPARSE] == '-' || same(expected, actual, SPARSE));

	for (int i = 0; equal && i < SPARSE; i++)
		equal = same(expected, actual, i) ||
			(i == MTIME && expected->old_time &&
			 strcmp(expected->old_time, actual->fields[i]) == 0);
	if (equal)
		return;
	*all_equal = false;
	print_entry('-', expected);
	print_entry('+', actual);
}

int print_unequal(const char *expected_file, const char *actual_file, const char *base_file)
{
	struct list expected = { 0 }, actual = { 0 }, base = { 0 };
	int status = read_list(expected_file, &expected) | read_list(actual_file, &actual);
	bool equal = true;

	if (base_file)
		status |= read_list(base_file, &base);
	if (status == 0 && base_file) {
		join_links(&base, &expected);
		allow_old_times(&base, &expected);
	}
	if (status == 0)
		merge(&expected, &actual, print_if_unequal, &equal);
	arena_release(&expected.arena);
	arena_release(&actual.arena);
	arena_release(&base.arena);
	return status ? 2 : !equal;
}
