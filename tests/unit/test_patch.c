// SPDX-License-Identifier: MIT
/*
 * The patch as programs read it: a tree with one object of every kind of change is patched by the real git apply and by the real
 * patch(1), there and back, and must be the other tree.
 */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"
#include "changes/patch.h"
#include "shell.h"
#include "test.h"

#include <fcntl.h>
#include <string.h>

#define EXECUTABLE (S_IFREG | 0755)
#define PLAIN (S_IFREG | 0644)
#define LINK (S_IFLNK | 0777)

static const struct patch_options options;

struct state {
	mode_t mode; /* 0: absent */
	const char *content;
	size_t size;
};

#define TEXT_(mode, content)                           \
	{                                              \
		(mode), (content), sizeof(content) - 1 \
	}
#define ABSENT             \
	{                  \
		0, NULL, 0 \
	}

struct object {
	const char *path;
	struct state old, now;
};

/* A new or changed file under every name that could be misread. */
#define NAMED(path)                                                               \
	{ "changed" path, TEXT_(PLAIN, "old\n"), TEXT_(PLAIN, "new\n") },         \
		{ "made" path, ABSENT, TEXT_(PLAIN, "new\n") },                   \
		{ "empty" path, ABSENT, TEXT_(EXECUTABLE, "") },                  \
	{                                                                         \
		"chmod" path, TEXT_(PLAIN, "same\n"), TEXT_(EXECUTABLE, "same\n") \
	}

static const struct object objects[] = {
	{ "text", TEXT_(PLAIN, "1\n2\n3\n4\n5\n6\n7\n8\n9\n"),
	  TEXT_(PLAIN, "1\n3\n4\n5\n6\n7\n8\n9\nten\n") },
	{ "text and mode", TEXT_(PLAIN, "#!/bin/sh\n"), TEXT_(EXECUTABLE, "#!/bin/sh\ntrue\n") },
	{ "mode", TEXT_(PLAIN, "#!/bin/sh\n"), TEXT_(EXECUTABLE, "#!/bin/sh\n") },
	{ "crlf", TEXT_(PLAIN, "a\r\nb\r\n"), TEXT_(PLAIN, "a\r\nc\r\n") },
	{ "newline/gained", TEXT_(PLAIN, "a\nb"), TEXT_(PLAIN, "a\nb\n") },
	{ "newline/changed", TEXT_(PLAIN, "a"), TEXT_(PLAIN, "b") },
	{ "emptied", TEXT_(PLAIN, "a\n"), TEXT_(PLAIN, "") },
	{ "unlike", TEXT_(PLAIN, "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n# x\n"),
	  TEXT_(PLAIN,
		"--- a/y\n+++ b/y\ndeleted file mode 100644\n\\ No newline at end of file\n") },
	{ "latin1", TEXT_(PLAIN, "\xe4\n"), TEXT_(PLAIN, "\xf6\n") },
	{ "made/in/new/directories", ABSENT, TEXT_(EXECUTABLE, "#!/bin/sh\n") },
	{ "made/empty", ABSENT, TEXT_(PLAIN, "") },
	{ "made/one byte", ABSENT, TEXT_(PLAIN, "x") },
	{ "link/made", ABSENT, TEXT_(LINK, "../over/there") },
	{ "link/absolute", ABSENT, TEXT_(LINK, "/etc/passwd") },
	{ "link/lines", ABSENT, TEXT_(LINK, "two\nlines") },
	{ "link/changed", TEXT_(LINK, "here"), TEXT_(LINK, "there") },
	{ "type/to link", TEXT_(PLAIN, "content\n"), TEXT_(LINK, "target") },
	{ "type/empty to link", TEXT_(PLAIN, ""), TEXT_(LINK, "target") },
	{ "type/to executable", TEXT_(LINK, "target"), TEXT_(EXECUTABLE, "content\n") },
	NAMED(" with blanks b/with blanks"),
	NAMED(" "),
	NAMED("\ttab"),
	NAMED("\nline\n"),
	NAMED("\"quoted\""),
	NAMED("\\back\\slash"),
	NAMED("\303\244\303\266"),
	NAMED("\xff not utf8"),
	NAMED("\x1b[31m"),
	NAMED("#"),
	NAMED(" => "),
	{ "-dash", TEXT_(PLAIN, "old\n"), TEXT_(PLAIN, "new\n") },
	{ "'quote", TEXT_(PLAIN, "old\n"), TEXT_(PLAIN, "new\n") },
};

/* The scratch directory holds the trees old, now, and what a program makes of one: patched. */
static int open_tree(const struct scratch *s, const char *tree)
{
	return openat(s->fd, tree, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static void make_parents(int dir_fd, const char *path)
{
	for (const char *slash = path; (slash = strchr(slash, '/')); slash++) {
		char parent[128];

		(void)snprintf(parent, sizeof(parent), "%.*s", (int)(slash - path), path);
		check(mkdirat(dir_fd, parent, 0755) == 0 || errno == EEXIST);
	}
}

static void make_object(const struct scratch *s, const char *tree, const char *path,
			struct state state)
{
	_cleanup_fd_ int dir_fd = open_tree(s, tree), fd = -EBADF;

	if (!state.mode)
		return;
	make_parents(dir_fd, path);
	if (S_ISLNK(state.mode)) {
		check(symlinkat(state.content, dir_fd, path) == 0);
		return;
	}
	fd = openat(dir_fd, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	check(fd >= 0 && write(fd, state.content, state.size) == (ssize_t)state.size &&
	      fchmod(fd, state.mode & 07777) == 0);
}

/* NULL when there is no such object; name is the whole path, which openat(2) takes as well. */
static const struct patch_side *side_at(int dir_fd, const char *path, struct patch_side *side)
{
	*side = (struct patch_side){ .dir_fd = dir_fd, .name = path };
	return fstatat(dir_fd, path, &side->st, AT_SYMLINK_NOFOLLOW) == 0 ? side : NULL;
}

/* What is about owners depends on who runs the test. */
static void add_change(int old_fd, int new_fd, const char *path, struct text *out)
{
	struct patch_side old_side, new_side;
	const struct patch_side *old = side_at(old_fd, path, &old_side);
	const struct patch_side *now = side_at(new_fd, path, &new_side);
	struct error err = { 0 };

	check(patch_object(path, old, now, &options, out, &err) == 0);
	check_str(err.message, "");
}

static void add_rename(int old_fd, const char *from, int new_fd, const char *path, struct text *out)
{
	struct patch_side old, now;
	struct error err = { 0 };

	check(side_at(old_fd, from, &old) && side_at(new_fd, path, &now));
	check(patch_rename(from, &old, path, &now, &options, out, &err) == 0);
}

static void write_patch(const struct scratch *s, const struct text *patch)
{
	_cleanup_fd_ int fd = openat(s->fd, "patch", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	check(fd >= 0 && write(fd, text_str(patch), patch->len) == (ssize_t)patch->len);
}

#define GIT                                                                                       \
	"env GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_CEILING_DIRECTORIES=\"$PWD\" " \
	"git "

/* Takes a copy of the tree `from` through the program and compares it with the tree `want`. */
static void check_applied(const struct scratch *s, const char *program, const char *from,
			  const char *want)
{
	_cleanup_text_ struct text line = { 0 }, said = { 0 };

	text_printf(
		&line,
		"rm -rf patched && cp -a %s patched && (cd patched && %s) && "
		"list() { (cd $1 && find . ! -type d -printf '%%P %%y %%m %%l\\0' | sort -z); } && "
		"list patched >got.list && list %s >want.list && cmp got.list want.list && "
		"diff -r --no-dereference patched %s",
		from, program, want, want);
	if (!check(shell(s, text_str(&line), &said)))
		printf("# %s %s: %s\n", program, from, text_str(&said));
}

static void check_both_programs(const struct scratch *s, const char *from, const char *want)
{
	check_applied(s, "git apply ../patch", from, want);
	check_applied(s, "patch -p1 --force <../patch", from, want);
}

static bool make_trees(const struct scratch *s)
{
	return check(mkdirat(s->fd, "old", 0755) == 0 && mkdirat(s->fd, "now", 0755) == 0);
}

#define NEED_BOTH                                 \
	NEED("diff");                             \
	NEED("git");                              \
	NEED("patch");                            \
	SCRATCH(s);                               \
	if (!make_trees(&s))                      \
		return;                           \
	_cleanup_text_ struct text patch = { 0 }; \
	_cleanup_fd_ int old_fd = open_tree(&s, "old"), new_fd = open_tree(&s, "now")

TEST(patch, every_change_applies_there_and_back)
{
	NEED_BOTH;

	for (size_t i = 0; i < ARRAY_LEN(objects); i++) {
		make_object(&s, "old", objects[i].path, objects[i].old);
		make_object(&s, "now", objects[i].path, objects[i].now);
	}
	for (size_t i = 0; i < ARRAY_LEN(objects); i++)
		add_change(old_fd, new_fd, objects[i].path, &patch);
	write_patch(&s, &patch);
	check_both_programs(&s, "old", "now");
	text_clear(&patch);
	for (size_t i = 0; i < ARRAY_LEN(objects); i++)
		add_change(new_fd, old_fd, objects[i].path, &patch);
	write_patch(&s, &patch);
	check_both_programs(&s, "now", "old");
}

/* git looks for a NUL in the first 8000 bytes only, and diff(1) further. */
TEST(patch, text_with_a_late_nul_applies)
{
	NEED_BOTH;
	char content[9000];
	struct state old = { PLAIN, content, sizeof(content) }, now = old;

	memset(content, 'x', sizeof(content));
	for (size_t i = 80; i < sizeof(content); i += 81)
		content[i] = '\n';
	content[8100] = '\0';
	make_object(&s, "old", "f", old);
	content[8300] = '!';
	make_object(&s, "now", "f", now);
	add_change(old_fd, new_fd, "f", &patch);
	check(strncmp(text_str(&patch), "diff --git a/f b/f\n", 19) == 0);
	write_patch(&s, &patch);
	check_both_programs(&s, "old", "now");
}

TEST(patch, renames_apply)
{
	NEED_BOTH;
	static const struct {
		const char *from, *to;
		struct state old, now;
	} moves[] = {
		{ "plain", "other", TEXT_(PLAIN, "a\n"), TEXT_(PLAIN, "a\n") },
		{ "two words", "dir/three words more", TEXT_(PLAIN, "b\n"), TEXT_(PLAIN, "b\n") },
		{ "tab\t", "\xff", TEXT_(PLAIN, "c\n"), TEXT_(EXECUTABLE, "c\n") },
		{ "binary", "dir/binary", TEXT_(PLAIN, "\0"), TEXT_(PLAIN, "\0") },
		{ "link", "dir/link", TEXT_(LINK, "target"), TEXT_(LINK, "target") },
	};

	for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
		make_object(&s, "old", moves[i].from, moves[i].old);
		make_object(&s, "now", moves[i].to, moves[i].now);
		add_rename(old_fd, moves[i].from, new_fd, moves[i].to, &patch);
	}
	write_patch(&s, &patch);
	check_both_programs(&s, "old", "now");
}

/* What a patch cannot say stands between what it can, and is passed over. */
TEST(patch, facts_are_passed_over)
{
	NEED_BOTH;
	static const struct object kept[] = {
		{ "a binary", TEXT_(PLAIN, "\0one"), TEXT_(PLAIN, "\0two") },
		{ "binary, new", ABSENT, TEXT_(PLAIN, "\0") },
		{ "binary, gone", TEXT_(PLAIN, "\0"), ABSENT },
		{ "binary to link", TEXT_(PLAIN, "\0"), TEXT_(LINK, "target") },
		{ "binary to text", TEXT_(PLAIN, "\0"), TEXT_(PLAIN, "text\n") },
	};

	make_object(&s, "old", "script", (struct state)TEXT_(PLAIN, "\0"));
	make_object(&s, "now", "script", (struct state)TEXT_(EXECUTABLE, "\1"));
	for (size_t i = 0; i < 4; i++) {
		make_object(&s, "old", objects[i].path, objects[i].old);
		make_object(&s, "now", objects[i].path, objects[i].now);
	}
	for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
		make_object(&s, "old", kept[i].path, kept[i].old);
		make_object(&s, "now", kept[i].path, kept[i].now);
	}
	check(mkdirat(new_fd, "directory", 0700) == 0);
	check(mkfifoat(new_fd, "fifo\n--- a\n+++ b", 0644) == 0);
	check(fchmodat(new_fd, objects[0].path, 0600, 0) == 0);
	add_change(old_fd, new_fd, kept[0].path, &patch);
	add_change(old_fd, new_fd, "script", &patch);
	for (size_t i = 0; i < 4; i++) {
		add_change(old_fd, new_fd, objects[i].path, &patch);
		add_change(old_fd, new_fd, kept[i + 1].path, &patch);
	}
	add_change(old_fd, new_fd, "directory", &patch);
	add_change(old_fd, new_fd, "fifo\n--- a\n+++ b", &patch);
	write_patch(&s, &patch);
	/* What programs shall make of it: binary files as before, but for the mode. */
	check(shell(&s,
		    "cp -a now want && rm want/binary* want/fifo* want/a* && cp -a old/binary* "
		    "old/a* want "
		    "&& chmod 644 want/text && printf '\\0' >want/script && rmdir want/directory",
		    NULL));
	check_both_programs(&s, "old", "want");
}

TEST(patch, directory_for_a_file_is_for_git_alone)
{
	NEED_BOTH;

	make_object(&s, "old", "a", (struct state)TEXT_(PLAIN, "a\n"));
	make_object(&s, "now", "a/b", (struct state)TEXT_(PLAIN, "b\n"));
	make_object(&s, "old", "c/d", (struct state)TEXT_(PLAIN, "d\n"));
	make_object(&s, "now", "c", (struct state)TEXT_(PLAIN, "c\n"));
	add_change(old_fd, new_fd, "a", &patch);
	add_change(old_fd, new_fd, "a/b", &patch);
	add_change(old_fd, new_fd, "c/d", &patch);
	add_change(old_fd, new_fd, "c", &patch);
	check(strstr(text_str(&patch), "# directory none -> 0755  a\n"));
	write_patch(&s, &patch);
	check_applied(&s, "git apply ../patch", "old", "now");
}

TEST(patch, label)
{
	check_str(patch_label("/home/me/x", "/"), "home/me/x");
	check_str(patch_label("/home/me/x", "/home/me"), "x");
	check_str(patch_label("/home/me", "/home/me"), "");
	check(patch_label("/home/me2/x", "/home/me") == NULL);
}
