// SPDX-License-Identifier: MIT
/*
 * Hunks: made by the real diff(1), picked and applied; what diff(1) never prints is refused. The random cases have a fixed seed.
 */
#include "base/cleanup.h"
#include "base/error.h"
#include "changes/hunks.h"
#include "shell.h"
#include "test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#define _cleanup_hunks_ _cleanup_(hunks_release)

/* A file without a name that holds n bytes. */
static int file_of(const char *bytes, size_t n)
{
	int fd = memfd_create("content", MFD_CLOEXEC);

	check(fd >= 0 && write(fd, bytes, n) == (ssize_t)n);
	return fd;
}

static void read_all(int fd, struct text *out)
{
	char piece[4096];
	off_t at = 0;
	ssize_t n;

	while ((n = pread(fd, piece, sizeof(piece), at)) > 0) {
		text_add_bytes(out, piece, (size_t)n);
		at += n;
	}
}

static bool same(const struct text *a, const struct text *b)
{
	return a->len == b->len && memcmp(text_str(a), text_str(b), a->len) == 0;
}

static int compare(const struct text *old, const struct text *now, struct hunks *h)
{
	_cleanup_fd_ int old_fd = file_of(text_str(old), old->len);
	_cleanup_fd_ int new_fd = file_of(text_str(now), now->len);
	struct error err = { 0 };
	int done = hunks_compare(old_fd, new_fd, h, &err);

	check_str(err.reason, "");
	return done;
}

/* Appends what hunks_apply() writes. */
static int apply(const struct text *old, const struct hunks *h, const bool *picked, struct text *out)
{
	_cleanup_fd_ int old_fd = file_of(text_str(old), old->len), out_fd = file_of("", 0);
	struct error err = { 0 };
	int done = hunks_apply(old_fd, h, picked, out_fd, &err);

	check(done == 0 || err.sys == ESTALE);
	read_all(out_fd, out);
	return done;
}

/* Compares two texts; checks that all hunks and none give the new and the old one. */
static void check_both_ways(const struct text *old, const struct text *now)
{
	static const bool none[4096];
	_cleanup_hunks_ struct hunks h = { 0 };
	_cleanup_text_ struct text all_out = { 0 }, none_out = { 0 };
	bool all[4096];

	memset(all, true, sizeof(all));
	require(compare(old, now, &h) == 0);
	require(h.v.count <= ARRAY_LEN(all));
	check((h.v.count == 0) == same(old, now));
	check(apply(old, &h, all, &all_out) == 0 && same(&all_out, now));
	check(apply(old, &h, none, &none_out) == 0 && same(&none_out, old));
}

static void check_pair(const char *old, size_t old_size, const char *now, size_t new_size)
{
	_cleanup_text_ struct text a = { 0 }, b = { 0 };

	text_add_bytes(&a, old, old_size);
	text_add_bytes(&b, now, new_size);
	check_both_ways(&a, &b);
	check_both_ways(&b, &a);
}

#define CHECK_PAIR(old, now) check_pair((old), sizeof(old) - 1, (now), sizeof(now) - 1)

TEST(hunks, ends_of_files)
{
	NEED("diff");
	CHECK_PAIR("", "");
	CHECK_PAIR("", "a");
	CHECK_PAIR("", "a\n");
	CHECK_PAIR("", "\n");
	CHECK_PAIR("a", "a\n");
	CHECK_PAIR("a", "b");
	CHECK_PAIR("a\nb", "a\nc");
	CHECK_PAIR("a\nb", "b");
	CHECK_PAIR("1\n2\n3\n4\n5\n6\n7\n8\n9", "0\n1\n2\n3\n4\n5\n6\n7\n8\n9");
	CHECK_PAIR("1\n2\n3\n4\n5\n6\n7\n8\n9", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
}

TEST(hunks, bytes_of_every_kind)
{
	NEED("diff");
	CHECK_PAIR("one\r\ntwo\r\n", "one\r\nthree\r\n");
	CHECK_PAIR("one\r\n", "one\n");
	CHECK_PAIR("a\0b\nc\n", "a\0b\nd\0\n");
	CHECK_PAIR("\xff\xfe\n\x80", "\xff\n\x80\n");
	CHECK_PAIR("@@ -1 +1 @@\n--- a\n+++ b\n", "\\ No newline at end of file\n--- a\n");
	CHECK_PAIR("-\n+\n \n\\\n", "-\n \n\\\n\\");
}

TEST(hunks, long_lines)
{
	NEED("diff");
	_cleanup_text_ struct text a = { 0 }, b = { 0 };

	for (int line = 0; line < 3; line++) {
		for (int i = 0; i < 50000; i++)
			text_printf(&a, "%d,", i);
		text_add_char(&a, '\n');
	}
	text_add_bytes(&b, a.data, a.len - 1);
	check_both_ways(&a, &b);
	b.data[b.len / 2] = '!';
	check_both_ways(&a, &b);
	check_both_ways(&b, &a);
}

TEST(hunks, are_told_with_their_lines)
{
	NEED("diff");
	_cleanup_hunks_ struct hunks h = { 0 };
	_cleanup_text_ struct text a = { 0 }, b = { 0 };
	uint64_t added = 0, removed = 0;
	struct hunk_line line;
	size_t at = 0;

	text_add(&a, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12");
	text_add(&b, "one\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n");
	require(compare(&a, &b, &h) == 0);
	require(h.v.count == 2);
	check(h.v.items[0].old_start == 1 && h.v.items[0].old_count == 4);
	check(h.v.items[1].old_start == 9 && h.v.items[1].new_count == 5);
	check(strncmp(h.v.items[1].header, "@@ -9,4 +9,5 @@\n", 16) == 0);
	check(h.v.items[1].header_size == 15 && hunk_lines_before(&h.v.items[1]) == 8);
	check(hunk_next_line(&h.v.items[0], &at, &line));
	check(line.sign == '-' && line.size == 2 && memcmp(line.bytes, "1\n", 2) == 0);
	check(hunk_next_line(&h.v.items[0], &at, &line));
	check(line.sign == '+' && line.size == 4);
	at = 0;
	for (int i = 0; i < 4; i++)
		check(hunk_next_line(&h.v.items[1], &at, &line));
	check(line.sign == '-' && line.size == 2 && memcmp(line.bytes, "12", 2) == 0);
	check(hunk_next_line(&h.v.items[1], &at, &line) && line.size == 3);
	check(hunk_next_line(&h.v.items[1], &at, &line) && line.size == 3);
	check(!hunk_next_line(&h.v.items[1], &at, &line));
	hunks_count(&h, &added, &removed);
	check(added == 3 && removed == 2);
}

TEST(hunks, of_a_whole_replacement)
{
	static const struct {
		const char *old, *now, *diff;
	} cases[] = {
		{ "", "", "" },
		{ "", "a\n", "@@ -0,0 +1 @@\n+a\n" },
		{ "a\nb\n", "", "@@ -1,2 +0,0 @@\n-a\n-b\n" },
		{ "a", "b\nc",
		  "@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+b\n+c\n"
		  "\\ No newline at end of file\n" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		_cleanup_hunks_ struct hunks h = { 0 };
		_cleanup_text_ struct text old = { 0 }, out = { 0 };
		const bool picked[] = { true };

		hunks_replace(cases[i].old, strlen(cases[i].old), cases[i].now,
			      strlen(cases[i].now), &h);
		check_str(text_str(&h.diff), cases[i].diff);
		check(h.v.count == (*cases[i].diff ? 1 : 0));
		text_add(&old, cases[i].old);
		check(apply(&old, &h, picked, &out) == 0);
		check_str(text_str(&out), cases[i].now);
	}
}

TEST(hunks, what_is_no_diff_is_refused)
{
	static const char *const bad[] = {
		"x\n",
		"@@ -1 +1 @@",
		"@@ -1 +1 @@\n",
		"@@ -1 +1 @@\n-a\n",
		"@@ -1 +1 @@\n-a\n-b\n+c\n",
		"@@ -1 +1 @@\n-a\n+b\n+c\n",
		"@@ -1 +1 @@\n a\n b\n",
		"@@ -1 +1 @@\n-a\n+b",
		"@@ -1 +1 @@\n*a\n",
		"@@ -1 +1 @@\n\n",
		"@@ -0 +1 @@\n-a\n+b\n",
		"@@ -0,0 +0,0 @@\n",
		"@@ -1, +1 @@\n-a\n+b\n",
		"@@ -1 1 @@\n-a\n+b\n",
		"@@ -1 +1\n-a\n+b\n",
		"@@ -99999999999999999999 +1 @@\n-a\n+b\n",
		"@@ -18446744073709551615 +1 @@\n-a\n+b\n",
		"@@ -1 +1 @@\n\\ No newline\n-a\n+b\n",
		"@@ -1 +1 @@\n-a\n+b\n\\ No newline\n\\ No newline\n",
		"@@ -1,2 +1 @@\n-a\n\\ No newline\n b\n",
		"@@ -2 +2 @@\n-a\n+b\n@@ -2 +2 @@\n-a\n+b\n",
	};

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		_cleanup_hunks_ struct hunks h = { 0 };
		struct error err = { 0 };

		text_add(&h.diff, bad[i]);
		if (!check(hunks_parse(&h, &err) == -1))
			printf("# case %zu\n", i);
		check(err.call == CALL_PROCESS && strstr(err.reason, "no unified diff"));
	}
}

TEST(hunks, another_old_file_is_refused)
{
	static const char *const others[] = { "",	 "1\n",	       "1\n2\n",      "1\nx\n3\n",
					      "1\n2\n3", "1\n22\n3\n", "1\n2\n3\n4\n" };
	_cleanup_hunks_ struct hunks h = { 0 }, end = { 0 };
	const bool picked[] = { true };
	struct error err = { 0 };

	text_add(&h.diff, "@@ -2,2 +2,2 @@\n-2\n+two\n 3\n");
	text_add(&end.diff, "@@ -1,3 +1,3 @@\n 1\n 2\n-3\n\\ No newline\n+three\n");
	require(hunks_parse(&h, &err) == 0 && hunks_parse(&end, &err) == 0);
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		_cleanup_text_ struct text old = { 0 }, out = { 0 };
		bool fits = strncmp(others[i], "1\n2\n3\n", 6) == 0;

		text_add(&old, others[i]);
		check(apply(&old, &h, picked, &out) == (fits ? 0 : -1));
		text_clear(&out);
		check(apply(&old, &end, picked, &out) ==
		      (strcmp(others[i], "1\n2\n3") == 0 ? 0 : -1));
	}
}

TEST(hunks, errors_of_files_are_told)
{
	_cleanup_hunks_ struct hunks h = { 0 };
	_cleanup_fd_ int full = open("/dev/full", O_WRONLY | O_CLOEXEC), old = file_of("a\n", 2);
	struct error err = { 0 };

	require(full >= 0);
	check(hunks_apply(old, &h, NULL, full, &err) == -1 && err.sys == ENOSPC);
	check(hunks_apply(full, &h, NULL, old, &err) == -1 && err.sys == EBADF);
	check(hunks_compare(-EBADF, old, &h, &err) == -1 && err.sys == EBADF);
	check(err.call == CALL_PROCESS && !*err.message);
}

static void put_file(int dir_fd, const char *name, const void *bytes, size_t n)
{
	_cleanup_fd_ int fd = openat(dir_fd, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700);

	check(fd >= 0 && write(fd, bytes, n) == (ssize_t)n);
}

/* Compares where PATH has nothing but that program as diff, or none. */
static int compare_with(const char *program, struct error *err)
{
	_cleanup_(scratch_release) struct scratch s = { .fd = -EBADF };
	_cleanup_hunks_ struct hunks h = { 0 };
	_cleanup_fd_ int a = file_of("a\n", 2), b = file_of("b\n", 2);
	const char *path = getenv("PATH");
	_cleanup_free_ char *saved = path ? strdup(path) : NULL;
	int done;

	if (!scratch_make(&s) || !saved)
		return 0;
	if (program)
		put_file(s.fd, "diff", program, strlen(program));
	(void)setenv("PATH", s.path, 1);
	done = hunks_compare(a, b, &h, err);
	(void)setenv("PATH", saved, 1);
	return done;
}

TEST(hunks, a_missing_or_failing_diff_is_told)
{
	struct error err = { 0 };

	check(compare_with(NULL, &err) == -1 && err.sys == ENOENT);
	check_str(err.name, "diff-missing");
	check(compare_with("#!/bin/sh\nexit 127\n", &err) == -1 && err.sys == ENOENT);
	check_str(err.name, "diff-missing");
	check(compare_with("#!/bin/sh\necho 'diff: out of paper' >&2; exit 2\n", &err) == -1);
	check_str(err.reason, "diff: out of paper");
	check(compare_with("#!/bin/sh\necho \"$* $LC_ALL $HOME\"; exit 2\n", &err) == -1);
	check_str(err.reason, "-a -u /proc/self/fd/3 /proc/self/fd/4 C ");
	check(compare_with("#!/bin/sh\nkill -9 $$\n", &err) == -1);
	check_str(err.reason, "diff(1) ended without a word");
	check(compare_with("#!/bin/sh\necho hello; exit 1\n", &err) == -1);
	check_str(err.reason, "what diff(1) printed is no unified diff");
	check(compare_with("#!/bin/sh\nprintf -- '--- a\\n+++ b\\n@@\\n'; exit 1\n", &err) == -1);
	check_str(err.reason, "what diff(1) printed is no unified diff");
	check(err.call == CALL_PROCESS && !*err.message && !*err.name);
}

static uint64_t seed;

static unsigned random_below(unsigned n)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (unsigned)(seed >> 33) % n;
}

static void add_random_line(struct text *out)
{
	static const char *const ends[] = { "\n", "\n", "\n", "\r\n", "\0\n" };
	unsigned kind = random_below(ARRAY_LEN(ends));

	for (unsigned i = random_below(3); i; i--)
		text_add_char(out, (char)('a' + random_below(4)));
	text_add_bytes(out, ends[kind], kind == 4 ? 2 : strlen(ends[kind]));
}

/* Another text that keeps most of the lines. */
static void add_edited(const struct text *old, struct text *out)
{
	unsigned rarity = 2 + random_below(20);

	for (size_t at = 0; at < old->len;) {
		const char *newline = memchr(old->data + at, '\n', old->len - at);
		size_t size = newline ? (size_t)(newline + 1 - old->data) - at : old->len - at;

		if (random_below(rarity) == 0)
			add_random_line(out);
		if (random_below(rarity) != 0)
			text_add_bytes(out, old->data + at, size);
		at += size;
	}
	if (out->len && random_below(3) == 0)
		out->data[--out->len] = '\0';
}

static void make_random_pair(struct text *old, struct text *now)
{
	for (unsigned lines = random_below(60); lines; lines--)
		add_random_line(old);
	if (old->len && random_below(3) == 0)
		old->data[--old->len] = '\0';
	add_edited(old, now);
}

TEST(hunks, random_edits_both_ways)
{
	NEED("diff");
	seed = 1;
	for (int i = 0; i < 200; i++) {
		_cleanup_text_ struct text old = { 0 }, now = { 0 };

		make_random_pair(&old, &now);
		check_both_ways(&old, &now);
	}
}

/* The patch that holds the picked hunks and no others, applied by patch(1). */
static void patch_with_picked(const struct scratch *s, const struct text *old,
			      const struct hunks *h, const bool *picked, struct text *out)
{
	_cleanup_text_ struct text diff = { 0 };
	_cleanup_fd_ int fd = -EBADF;
	bool any = false;

	put_file(s->fd, "f", text_str(old), old->len);
	text_add(&diff, "--- a/f\n+++ b/f\n");
	for (size_t i = 0; i < h->v.count; i++) {
		const struct hunk *hunk = &h->v.items[i];

		if (!picked[i])
			continue;
		any = true;
		text_add_bytes(&diff, hunk->header, hunk->header_size + 1 + hunk->body_size);
	}
	put_file(s->fd, "p", text_str(&diff), diff.len);
	check(!any || shell(s, "patch -s -p1 <p", NULL));
	fd = openat(s->fd, "f", O_RDONLY | O_CLOEXEC);
	if (fd >= 0) /* or patch(1) has removed what it made empty */
		read_all(fd, out);
}

TEST(hunks, random_picks_are_what_patch_makes_of_them)
{
	NEED("diff");
	NEED("patch");
	SCRATCH(s);

	seed = 2;
	for (int i = 0; i < 100; i++) {
		_cleanup_text_ struct text old = { 0 }, now = { 0 }, want = { 0 }, got = { 0 };
		_cleanup_hunks_ struct hunks h = { 0 };
		bool picked[64];

		make_random_pair(&old, &now);
		require(compare(&old, &now, &h) == 0 && h.v.count <= ARRAY_LEN(picked));
		for (size_t k = 0; k < h.v.count; k++)
			picked[k] = random_below(2);
		patch_with_picked(&s, &old, &h, picked, &want);
		check(apply(&old, &h, picked, &got) == 0);
		if (!check(same(&got, &want)))
			printf("# case %d\n", i);
	}
}
