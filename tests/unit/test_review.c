// SPDX-License-Identifier: MIT
/* The tree of a review: what it shows, what is taken of it, and its summaries. */
#include "base/cleanup.h"
#include "review/page.h"
#include "review/summary.h"
#include "review/tree.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

/* One change a line: section, kind, "w" whole or "d" directory or "-", path, and after a blank why it runs. */
static void fill(struct tree *t, const char *const *lines)
{
	static const char *const prefixes[] = { "", "~/", "/", "~/" };

	tree_init(t);
	for (uint32_t i = 0; lines[i]; i++) {
		char path[200], runs[100];
		int got = sscanf(lines[i] + 3, "%199s %99[^\n]", path, runs);

		tree_add(t, &(struct tree_item){
				    .section = (enum tree_section)(lines[i][0] - '0'),
				    .prefix = prefixes[lines[i][0] - '0'],
				    .path = strcmp(path, ".") == 0 ? "" : path,
				    .change = i,
				    .kind = lines[i][1],
				    .directory = lines[i][2] != '-',
				    .whole = lines[i][2] == 'w',
				    .note = lines[i][2] == 'w' ? "2 files, 5 B" : "",
				    .runs = got == 2 ? runs : NULL,
			    });
	}
	tree_finish(t, true);
}

#define TREE(t, ...)                                   \
	_cleanup_(tree_release) struct tree t = { 0 }; \
	fill(&(t), (const char *const[]){ __VA_ARGS__, NULL })

/* What a screen would have: the mark, the letter, the tree. "*" is the cursor. */
static void print_rows(const struct tree *t, struct text *out)
{
	static const char marks[] = " ~x";

	text_clear(out);
	for (size_t i = 0; i < t->rows.count; i++) {
		uint32_t node = t->rows.items[i];
		const struct tree_node *n = &t->nodes.items[node];

		text_printf(out, "%s%c%c%*s%c", i ? "\n" : "",
			    i == t->cursor ? '*' : marks[tree_state(t, node)], n->kind,
			    n->depth + 1, "",
			    n->first == TREE_NONE ? ' '
			    : n->open		  ? '-'
						  : '+');
		tree_label(t, node, out);
	}
}

#define check_rows(t, want)                               \
	do {                                              \
		_cleanup_text_ struct text rows_ = { 0 }; \
		print_rows(&(t), &rows_);                 \
		check_str(text_str(&rows_), want);        \
	} while (0)

/* The node whose path it is. */
static uint32_t node_at(const struct tree *t, const char *path)
{
	_cleanup_text_ struct text have = { 0 };

	for (uint32_t n = tree_next(t, TREE_NONE); n != TREE_NONE; n = tree_next(t, n)) {
		text_clear(&have);
		tree_path(t, n, &have);
		if (strcmp(text_str(&have), path) == 0)
			return n;
	}
	return TREE_NONE;
}

TEST(review, tree_sections)
{
	TREE(t, "0M-main.c", "1M-.profile", "2M-etc/motd", "3A-.cache/x");
	check_rows(t, "*  -this directory\n"
		      " M   main.c\n"
		      "   -home\n"
		      " M   ~/.profile\n"
		      "   -system\n"
		      "    -/etc/\n"
		      " M    motd\n"
		      "   +caches");
}

TEST(review, tree_place_itself)
{
	TREE(t, "0md.", "1md.", "2md.");
	check_rows(t, "*  -this directory\n"
		      " m   ./\n"
		      "   -home\n"
		      " m   ~/\n"
		      "   -system\n"
		      " m   /");
}

TEST(review, tree_chains)
{
	TREE(t, "2A-usr/local/bin/a", "2A-usr/local/bin/b", "2Awvar/lib/x", "2A-var/lib/x/y");
	check_rows(t, "*  -system\n"
		      "    -/usr/local/bin/\n"
		      " A    a\n"
		      " A    b\n"
		      " A  +/var/lib/x/");
}

/* A directory's own change is a leaf when more of it has changed. */
TEST(review, tree_own_change)
{
	TREE(t, "0mdsrc", "0M-src/a", "0mdlib");
	check_rows(t, "*  -this directory\n"
		      " m   lib/\n"
		      "    -src/\n"
		      " m    .\n"
		      " M    a");
	check(t.nodes.items[node_at(&t, "src/.")].change == 0);
}

/* Overlays come one after the other, so a directory can be come to again. */
TEST(review, tree_out_of_order)
{
	TREE(t, "2A-etc/b", "2A-usr/x", "2A-bin/z", "2A-etc/a", "2A-etc/c");
	check_rows(t, "*  -system\n"
		      "    -/bin/\n"
		      " A    z\n"
		      "    -/etc/\n"
		      " A    a\n"
		      " A    b\n"
		      " A    c\n"
		      "    -/usr/\n"
		      " A    x");
}

TEST(review, tree_one_path_twice)
{
	TREE(t, "0mddir", "0M-dir", "0A-e");
	check_rows(t, "*  -this directory\n"
		      " m   dir/\n"
		      " M   dir\n"
		      " A   e");
}

TEST(review, tree_names_of_one_beginning)
{
	TREE(t, "0A-a/x", "0A-a-b", "0A-a.c", "0A-ab/y");
	check_rows(t, "*  -this directory\n"
		      "    -a/\n"
		      " A    x\n"
		      " A   a-b\n"
		      " A   a.c\n"
		      "    -ab/\n"
		      " A    y");
}

TEST(review, tree_hostile_name)
{
	_cleanup_(tree_release) struct tree t = { 0 };

	tree_init(&t);
	tree_add(&t,
		 &(struct tree_item){
			 .prefix = "", .path = "new\nline\033[m/\xff", .kind = 'A', .note = "" });
	tree_finish(&t, true);
	check_rows(t, "*  -this directory\n"
		      "    -\"new\\x0aline\\x1b[m\"/\n"
		      " A    \"\\xff\"");
}

TEST(review, tree_folding)
{
	TREE(t, "0Awnew", "0A-new/a", "0A-new/b", "0M-old");
	check_rows(t, "*  -this directory\n A  +new/\n M   old");
	tree_move(&t, 1);
	check(tree_open(&t, true));
	check(!tree_open(&t, true));
	check_rows(t, "   -this directory\n*A  -new/\n A    a\n A    b\n M   old");
	tree_move(&t, 2);
	check(!tree_open(&t, true));
	tree_up(&t);
	check(tree_open(&t, false));
	check_rows(t, "   -this directory\n*A  +new/\n M   old");
	tree_up(&t);
	check(tree_open(&t, false));
	check_rows(t, "*  +this directory");
	tree_up(&t);
	check(t.cursor == 0);
}

TEST(review, tree_hints)
{
	_cleanup_text_ struct text hint = { 0 };

	TREE(t, "0Awnew", "0A-new/a", "0M-dir/b", "0M-dir/c");
	tree_hint(&t, node_at(&t, "new"), &hint);
	tree_hint(&t, node_at(&t, "dir"), &hint);
	tree_hint(&t, node_at(&t, "dir/b"), &hint);
	check_str(text_str(&hint), "  2 files, 5 B  2 changes");
	check(t.nodes.items[node_at(&t, "new")].width == strlen("new/  2 files, 5 B"));
	check(t.width == TREE_INDENT + strlen("this directory  3 changes"));
}

TEST(review, cursor_ends_and_scrolling)
{
	TREE(t, "0M-a", "0M-b", "0M-c", "0M-d", "0M-e");
	tree_move(&t, -PTRDIFF_MAX);
	check(t.cursor == 0);
	tree_move(&t, PTRDIFF_MAX);
	check(t.cursor == 5);
	tree_scroll(&t, 3);
	check(t.top == 3);
	tree_move(&t, -3);
	tree_scroll(&t, 3);
	check(t.top == 2);
	tree_scroll(&t, 5);
	check(t.top == 1);
	tree_scroll(&t, 100);
	check(t.top == 0);
	tree_move(&t, 3);
	tree_scroll(&t, 1);
	check(t.top == 5);
	tree_scroll(&t, 0);
	check(t.top == 5);
}

TEST(review, empty_tree)
{
	_cleanup_(tree_release) struct tree t = { 0 };

	tree_init(&t);
	tree_finish(&t, true);
	check(tree_at(&t) == TREE_NONE);
	tree_move(&t, 1);
	tree_move(&t, -1);
	tree_up(&t);
	tree_scroll(&t, 10);
	check(!tree_open(&t, true));
	check(tree_find(&t, TREE_NONE, "x", false) == TREE_NONE);
	check(tree_sum(&t, TREE_NONE, false).changes == 0);
}

TEST(review, take_three_states)
{
	TREE(t, "0M-src/a", "0M-src/b", "0M-c");
	tree_take(&t, node_at(&t, "src/a"), true);
	check_rows(t, "*  -this directory\n M   c\n~   -src/\nxM    a\n M    b");
	tree_take(&t, node_at(&t, "src/b"), true);
	check(tree_state(&t, node_at(&t, "src")) == TREE_TAKEN);
	check(tree_state(&t, TREE_HERE) == TREE_PARTLY);
	tree_take_all(&t, true);
	check(tree_state(&t, TREE_HERE) == TREE_TAKEN);
	tree_take(&t, node_at(&t, "src"), false);
	check(tree_state(&t, node_at(&t, "src/b")) == TREE_UNTAKEN);
	check(tree_state(&t, TREE_HERE) == TREE_PARTLY);
	tree_take_all(&t, false);
	check(tree_state(&t, TREE_HERE) == TREE_UNTAKEN);
}

/* What is chosen for the changes of the list, one letter each: "." leave, "P" pick, "c" covered. */
static const char *choices(const struct tree *t, uint32_t node, bool taken)
{
	static char out[16];
	uint8_t of[sizeof(out)] = { 0 };
	size_t count = 0;

	tree_choose(t, node, taken, of);
	for (uint32_t n = 0; n < t->nodes.count; n++)
		if (t->nodes.items[n].change != TREE_NONE && t->nodes.items[n].change >= count)
			count = t->nodes.items[n].change + 1;
	for (size_t i = 0; i < count; i++)
		out[i] = ".Pc"[of[i]];
	out[count] = '\0';
	return out;
}

/* A directory that came as a whole is picked when all that is in it is taken; of a part the parts are. */
TEST(review, take_part_of_a_whole)
{
	TREE(t, "0Awnew", "0A-new/a", "0Awnew/sub", "0A-new/sub/b", "0M-old");
	check_str(choices(&t, TREE_NONE, true), ".....");
	check_str(choices(&t, TREE_NONE, false), "PcccP");
	tree_take(&t, node_at(&t, "new"), true);
	check_str(choices(&t, TREE_NONE, true), "Pccc.");
	tree_take(&t, node_at(&t, "new/a"), false);
	check(tree_state(&t, node_at(&t, "new")) == TREE_PARTLY);
	check(tree_sum(&t, TREE_NONE, true).changes == 1);
	check(tree_sum(&t, TREE_NONE, false).changes == 2);
	tree_take(&t, node_at(&t, "new/a"), true);
	check_str(choices(&t, TREE_NONE, true), "Pccc.");
	check_str(choices(&t, node_at(&t, "new/a"), false), ".P...");
	check_str(choices(&t, node_at(&t, "old"), false), "....P");
}

/* The own change of a directory is apart from what is in it. */
TEST(review, take_own_change)
{
	TREE(t, "0mdsrc", "0M-src/a");
	tree_take(&t, node_at(&t, "src/."), true);
	check_str(choices(&t, TREE_NONE, true), "P.");
	tree_take_all(&t, false);
	tree_take(&t, node_at(&t, "src/a"), true);
	check_str(choices(&t, TREE_NONE, true), ".P");
}

TEST(review, sums)
{
	_cleanup_text_ struct text kinds = { 0 };
	struct tree_sum sum;

	TREE(t, "0Awnew", "0A-new/a runs", "0M-b", "1M-.profile runs at login", "2D-etc/x",
	     "2m-etc/y", "2R-etc/z", "2T-etc/zz");
	sum = tree_sum(&t, TREE_NONE, false);
	tree_sum_kinds(&sum, &kinds);
	check_str(text_str(&kinds),
		  "1 added, 2 modified, 1 deleted, 1 renamed, 1 retyped, 1 metadata");
	check(sum.changes == 7 && sum.marks == 2);
	check(tree_sum(&t, TREE_SYSTEM, false).changes == 4);
	check(tree_sum(&t, node_at(&t, "b"), false).changes == 1);
	check(t.nodes.items[TREE_HERE].marks == 1);
}

TEST(review, search)
{
	uint32_t main_c, main_h;

	TREE(t, "0M-src/main.c", "0Awsrc/new", "0A-src/new/Main.h", "0M-zeta");
	main_c = node_at(&t, "src/main.c");
	main_h = node_at(&t, "src/new/Main.h");
	check(tree_find(&t, TREE_HERE, "main", false) == main_c);
	check(tree_find(&t, main_c, "main", false) == main_h);
	check(tree_find(&t, main_h, "main", false) == main_c);
	check(tree_find(&t, main_c, "main", true) == main_h);
	check(tree_find(&t, main_h, "main", true) == main_c);
	/* across the slash; but not for all that is in a directory of that name */
	check(tree_find(&t, TREE_HERE, "c/main", false) == main_c);
	check(tree_find(&t, main_c, "src", false) == node_at(&t, "src"));
	check(tree_find(&t, node_at(&t, "zeta"), "ZET", false) == node_at(&t, "zeta"));
	check(tree_find(&t, TREE_HERE, "nothing", false) == TREE_NONE);
	check(tree_find(&t, TREE_HERE, "", false) == TREE_NONE);
	tree_reveal(&t, main_h);
	check_rows(t, "   -this directory\n"
		      "    -src/\n"
		      " M    main.c\n"
		      " A   -new/\n"
		      "*A     Main.h\n"
		      " M   zeta");
}

TEST(review, carry_over)
{
	TREE(old, "0M-a", "0M-b", "0Awnew", "0A-new/x", "0M-src/deep/z", "1M-.profile");
	_cleanup_(tree_release) struct tree t = { 0 };

	tree_take(&old, node_at(&old, "b"), true);
	tree_take(&old, node_at(&old, "new/x"), true);
	tree_reveal(&old, node_at(&old, "new/x"));
	tree_reveal(&old, node_at(&old, "home"));
	(void)tree_open(&old, false);
	tree_reveal(&old, node_at(&old, "b"));
	/* "a" was dropped; something else has come into the new directory */
	fill(&t, (const char *const[]){ "0M-b", "0Awnew", "0A-new/w", "0A-new/x", "0M-src/deep/z",
					"1M-.profile", NULL });
	tree_carry_over(&t, &old);
	check_rows(t, "~  -this directory\n"
		      "*M   b\n"
		      "~A  -new/\n"
		      " A    w\n"
		      "xA    x\n"
		      "    -src/deep/\n"
		      " M    z\n"
		      "   +home");
}

/* The change under the cursor is gone: the cursor stays where it is, or on the last row. */
TEST(review, carry_over_without_cursor)
{
	TREE(old, "0M-a", "0M-b", "0M-c");
	_cleanup_(tree_release) struct tree t = { 0 };

	tree_move(&old, 3);
	fill(&t, (const char *const[]){ "0M-a", "0M-b", NULL });
	tree_carry_over(&t, &old);
	check(t.cursor == 2);
}

/* The cost of a change is that of its path, whatever is there: many in one directory, and many directories. */
TEST(review, large_tree)
{
	enum { COUNT = 100000 };
	_cleanup_(tree_release) struct tree t = { 0 };
	struct tree_sum sum;

	tree_init(&t);
	for (uint32_t i = 0; i < COUNT; i++) {
		char path[40];

		(void)snprintf(path, sizeof(path), i % 2 ? "d/%06u" : "d/%06u/%u", i, i);
		tree_add(&t, &(struct tree_item){ .prefix = "",
						  .path = path,
						  .change = i,
						  .kind = 'A',
						  .note = "1 B" });
	}
	tree_finish(&t, true);
	check(t.rows.count == 2 + COUNT + COUNT / 2);
	tree_take_all(&t, true);
	sum = tree_sum(&t, TREE_NONE, true);
	check(sum.changes == COUNT);
	check(tree_find(&t, TREE_NONE, "099999", false) == node_at(&t, "d/099999"));
}

static void print_page(const struct page *p, struct text *out)
{
	static const char kinds[LINE_KIND_COUNT] = " t#@+-!";

	for (size_t i = 0; i < p->lines.count; i++) {
		text_printf(out, "%s%c|", i ? "\n" : "", kinds[p->lines.items[i].kind]);
		text_add_bytes(out, p->text.data + p->lines.items[i].at, p->lines.items[i].len);
	}
}

#define check_page(p, want)                               \
	do {                                              \
		_cleanup_text_ struct text page_ = { 0 }; \
		print_page(&(p), &page_);                 \
		check_str(text_str(&page_), want);        \
	} while (0)

TEST(review, page_of_a_patch)
{
	_cleanup_(page_release) struct page p = { 0 };

	page_add_patch(&p, "# mode 0644 -> 0600  x\n"
			   "diff --git a/x b/x\n"
			   "index 1..2\n"
			   "--- a/x\n"
			   "+++ b/x\n"
			   "@@ -1,2 +1,2 @@\n"
			   " same\n"
			   "--- gone\n"
			   "+++ come\n"
			   "\\ No newline at end of file\n"
			   "diff --git a/x b/x\n"
			   "new file mode 100644");
	check_page(p, "#|# mode 0644 -> 0600  x\n"
		      "#|index 1..2\n"
		      "@|@@ -1,2 +1,2 @@\n"
		      " | same\n"
		      "-|--- gone\n"
		      "+|+++ come\n"
		      " |\\ No newline at end of file\n"
		      "#|new file mode 100644");
	page_clear(&p);
	page_add_text(&p, "diff \n\n+");
	check_page(p, " |diff \n |\n |+");
}

TEST(review, summary_of_a_directory)
{
	_cleanup_(page_release) struct page p = { 0 };

	TREE(t, "1M-.profile runs at every login", "1Aw.vim runs in the editor",
	     "1A-.vim/a runs in the editor", "1M-src/x", "1D-src/y");
	tree_take(&t, node_at(&t, "~/src/x"), true);
	summary_directory(&t, TREE_HOME, &p);
	check_page(p, " |4 changes\n"
		      " |1 added, 2 modified, 1 deleted\n"
		      " |1 of them taken\n"
		      " |\n"
		      " |These may run by themselves later:\n"
		      "!|! M ~/.profile  (runs at every login)\n"
		      "!|! A ~/.vim/  (runs in the editor)\n"
		      " |\n"
		      " |M ~/.profile\n"
		      "+|A ~/.vim/  2 files, 5 B\n"
		      " |  ~/src/  2 changes");
}

TEST(review, summary_of_what_is_taken)
{
	_cleanup_(page_release) struct page p = { 0 };

	TREE(t, "1M-.profile runs at every login", "1Aw.vim runs in the editor",
	     "1A-.vim/a runs in the editor", "1A-.vim/b runs in the editor");
	tree_take(&t, node_at(&t, "~/.vim/b"), true);
	summary_taken(&t, &p);
	check_page(p, " |1 change\n"
		      " |1 added\n"
		      " |\n"
		      " |These may run by themselves later:\n"
		      "!|! A ~/.vim/  (runs in the editor)\n"
		      "!|! A ~/.vim/b  (runs in the editor)");
}

TEST(review, summary_of_many)
{
	_cleanup_(page_release) struct page p = { 0 };
	_cleanup_(tree_release) struct tree t = { 0 };

	tree_init(&t);
	for (uint32_t i = 0; i < 600; i++) {
		char path[8];

		(void)snprintf(path, sizeof(path), "%03u", i);
		tree_add(&t,
			 &(struct tree_item){
				 .prefix = "", .path = path, .change = i, .kind = 'M', .note = "" });
	}
	tree_finish(&t, true);
	summary_directory(&t, TREE_HERE, &p);
	check(p.lines.count == 3 + 500 + 1);
	check(strstr(text_str(&p.text), "and 100 more"));
}
