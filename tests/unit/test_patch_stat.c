// SPDX-License-Identifier: MIT
/* --stat beside the real git: random changes under random names, in several widths. The seed is fixed. */
#include "base/arena.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "changes/patch_stat.h"
#include "shell.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static void check_lines(const struct patch_stat *v, size_t count, size_t width, const char *want)
{
	_cleanup_text_ struct text out = { 0 };

	patch_stat_lines(v, count, width, false, &out);
	check_str(text_str(&out), want);
}

TEST(patch_stat, sums)
{
	const struct patch_stat one = { .path = "a", .added = 1 };
	const struct patch_stat two[] = { { .path = "a", .removed = 1 },
					  { .path = "b", .removed = 2 } };
	const struct patch_stat none = { .path = "a" };

	check_lines(NULL, 0, 80, " 0 files changed\n");
	check_lines(&one, 1, 80, " a | 1 +\n 1 file changed, 1 insertion(+)\n");
	check_lines(two, 2, 80, " a | 1 -\n b | 2 --\n 2 files changed, 3 deletions(-)\n");
	check_lines(&none, 1, 80, " a | 0\n 1 file changed, 0 insertions(+), 0 deletions(-)\n");
}

TEST(patch_stat, colours)
{
	const struct patch_stat v[] = {
		{ .path = "a", .added = 2, .removed = 1 },
		{ .path = "b", .added = 20, .removed = 10, .binary = true },
	};
	_cleanup_text_ struct text out = { 0 };

	patch_stat_lines(v, ARRAY_LEN(v), 80, true, &out);
	check_str(text_str(&out), " a |   3 \033[32m++\033[m\033[31m-\033[m\n"
				  " b | Bin \033[31m10\033[m -> \033[32m20\033[m bytes\n"
				  " 2 files changed, 2 insertions(+), 1 deletion(-)\n");
}

/* No width is too small, and the numbers may be any. */
TEST(patch_stat, extremes)
{
	const struct patch_stat v[] = {
		{ .path = "a/long/name/that/does/not/fit", .added = UINT64_C(1) << 50, .removed = 1 },
		{ .path = "no_slash_in_this_long_name_at_all", .removed = 1 },
	};

	check_lines(v, ARRAY_LEN(v), 0,
		    " .../fit    | 1125899906842625 +++++-\n"
		    " ..._at_all |                1 -\n"
		    " 2 files changed, 1125899906842624 insertions(+), 2 deletions(-)\n");
}

static uint64_t seed;

static unsigned random_below(unsigned n)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (unsigned)(seed >> 33) % n;
}

enum { CHANGES = 12 };

/* Names in git's order, so that both lists agree: a letter for each place comes first. */
static const char *random_name(struct arena *arena, size_t place)
{
	static const char *const parts[] = { "a",	  "src",  "a b", "documentation",
					     "x\303\244", "tab\t" };
	_cleanup_text_ struct text name = { 0 };

	text_printf(&name, "%c", (char)('a' + place));
	for (unsigned depth = random_below(5); depth; depth--) {
		text_add(&name, parts[random_below(ARRAY_LEN(parts))]);
		if (random_below(2))
			text_add_char(&name, '/');
	}
	text_add(&name, "end");
	return arena_strdup(arena, text_str(&name));
}

static void put_file(const char *dir, const char *path, const char *bytes, size_t size)
{
	_cleanup_text_ struct text full = { 0 };
	FILE *f;

	text_printf(&full, "%s/%s", dir, path);
	for (char *slash = full.data + strlen(dir) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		(void)mkdir(full.data, 0755);
		*slash = '/';
	}
	f = fopen(full.data, "we");
	check(f && fwrite(bytes, 1, size, f) == size && fclose(f) == 0);
}

static void add_lines(struct text *out, const char *word, uint64_t count)
{
	for (uint64_t i = 0; i < count; i++)
		text_printf(out, "%s %llu\n", word, (unsigned long long)i);
}

static void make_contents(struct patch_stat *stat, size_t place, struct text *before,
			  struct text *after)
{
	if (stat->from) {
		text_printf(before, "moved %zu\n", place);
		text_add_bytes(after, before->data, before->len);
	} else if (stat->binary) {
		for (uint64_t i = 0; i < stat->removed; i++)
			text_add_char(before, '\0');
		for (uint64_t i = 1; i < stat->added; i++)
			text_add_char(after, '\0');
		text_add_char(after, '!');
	} else {
		text_add(before, "kept\n");
		text_add(after, "kept\n");
		add_lines(before, "old", stat->removed);
		add_lines(after, "new", stat->added);
	}
}

/* Writes the old and the new state of a change into the two directories, and tells it. */
static struct patch_stat random_change(struct arena *arena, const char *old, const char *now,
				       size_t place)
{
	unsigned scale = 1 + random_below(4) * random_below(200);
	struct patch_stat stat = { .path = random_name(arena, place) };
	_cleanup_text_ struct text before = { 0 }, after = { 0 };

	if (random_below(5) == 0) {
		stat.from = arena_concat(arena, random_name(arena, place), "", ".old");
	} else {
		stat.binary = random_below(4) == 0;
		stat.added = 2 + random_below(scale);
		stat.removed = stat.binary + random_below(scale);
	}
	make_contents(&stat, place, &before, &after);
	put_file(old, stat.from ? stat.from : stat.path, before.data, before.len);
	put_file(now, stat.path, after.data, after.len);
	return stat;
}

static void check_round(const struct scratch *s)
{
	static const size_t widths[] = { 10, 40, 80, 132 };
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *old = arena_concat(&arena, s->path, "/", "old");
	const char *now = arena_concat(&arena, s->path, "/", "now");
	struct patch_stat v[CHANGES];
	size_t count = 1 + random_below(CHANGES);

	check(mkdir(old, 0755) == 0 && mkdir(now, 0755) == 0);
	for (size_t i = 0; i < count; i++)
		v[i] = random_change(&arena, old, now, i);
	check(shell(s,
		    "export GIT_DIR=$PWD/g && { [ -d g ] || git init -q --bare g; } && "
		    "tree() { rm -f g/index; git --work-tree=$1 add -A && git write-tree; } && "
		    "tree old >old.id && tree now >now.id && rm -r old now",
		    NULL));
	for (size_t i = 0; i < ARRAY_LEN(widths); i++) {
		_cleanup_text_ struct text want = { 0 };
		char script[128];

		(void)snprintf(
			script, sizeof(script),
			"git --git-dir=g diff-tree -r --stat=%zu -M100%% $(cat old.id now.id)",
			widths[i]);
		check(shell(s, script, &want));
		check_lines(v, count, widths[i], text_str(&want));
	}
}

TEST(patch_stat, as_git_prints_it)
{
	NEED("git");
	SCRATCH(s);

	seed = 3;
	for (int i = 0; i < 15; i++)
		check_round(&s);
}
