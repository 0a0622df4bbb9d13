// SPDX-License-Identifier: MIT
/* The arena: zeroed, aligned, stable memory; vectors that grow; the one exit of the library. */
#include "base/arena.h"
#include "base/cleanup.h"
#include "test.h"

#include <stdint.h>
#include <string.h>
#include <sys/wait.h>

#define _cleanup_arena_ _cleanup_(arena_release)

TEST(arena, memory_is_zeroed_and_aligned)
{
	_cleanup_arena_ struct arena a = { 0 };

	for (size_t size = 0; size < 300; size++) {
		unsigned char *p = arena_alloc(&a, size);

		require((uintptr_t)p % _Alignof(max_align_t) == 0);
		for (size_t i = 0; i < size; i++)
			require(p[i] == 0);
		memset(p, 0xff, size);
	}
}

TEST(arena, pieces_do_not_overlap)
{
	_cleanup_arena_ struct arena a = { 0 };
	unsigned char *pieces[500];

	for (size_t i = 0; i < ARRAY_LEN(pieces); i++)
		pieces[i] = memset(arena_alloc(&a, i % 200), (int)(i % 251), i % 200);
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++)
		for (size_t k = 0; k < i % 200; k++)
			require(pieces[i][k] == i % 251);
}

TEST(arena, large_piece_leaves_the_current_block_in_use)
{
	_cleanup_arena_ struct arena a = { 0 };
	char *before = arena_alloc(&a, 16);
	unsigned char *large = arena_alloc(&a, 1 << 20);
	char *after = arena_alloc(&a, 16);

	check(after == before + 16);
	check(large[0] == 0 && large[(1 << 20) - 1] == 0);
	memset(large, 1, 1 << 20);
}

TEST(arena, first_piece_may_be_large)
{
	_cleanup_arena_ struct arena a = { 0 };
	char *large = arena_alloc(&a, 100000);

	memset(large, 'x', 100000);
	check_str(arena_strdup(&a, "next"), "next");
	check(large[99999] == 'x');
}

TEST(arena, release_empties_and_may_be_repeated)
{
	struct arena a = { 0 };

	arena_release(&a);
	(void)arena_alloc(&a, 10);
	arena_release(&a);
	check(!a.blocks);
	arena_release(&a);
	check_str(arena_strdup(&a, "again"), "again");
	arena_release(&a);
}

TEST(arena, strings_are_copied)
{
	_cleanup_arena_ struct arena a = { 0 };
	char hostile[] = "a,b:c\\d\n\xff\x80";
	char *copy = arena_strdup(&a, hostile);

	hostile[0] = '!';
	check_str(copy, "a,b:c\\d\n\xff\x80");
	check_str(arena_strdup(&a, ""), "");
	check_str(arena_strndup(&a, "abcdef", 3), "abc");
	check_str(arena_strndup(&a, "ab", 30), "ab");
	check_str(arena_strndup(&a, "ab", 0), "");
	check_str(arena_strndup(&a, (const char[]){ 'x', 'y' }, 2), "xy");
}

TEST(arena, printf_has_no_limit)
{
	_cleanup_arena_ struct arena a = { 0 };
	char *s = arena_printf(&a, "%0*d|%s", 20000, 7, "end");

	check(strlen(s) == 20004);
	check_str(s + 19998, "07|end");
	check_str(arena_printf(&a, "%s", ""), "");
}

TEST(arena, vector_keeps_order_and_zeroes_new_items)
{
	_cleanup_arena_ struct arena a = { 0 };
	VECTOR(struct {
		int key;
		const char *s;
	}) v = { 0 };

	for (int i = 0; i < 1000; i++) {
		require(v.count == (size_t)i);
		VECTOR_ADD(&a, &v);
		require(v.items[i].key == 0 && !v.items[i].s);
		v.items[i].key = i;
		v.items[i].s = "s";
	}
	for (int i = 0; i < 1000; i++)
		require(v.items[i].key == i);
	check(v.capacity >= 1000);
}

TEST(arena, vector_item_is_zeroed_after_shortening)
{
	_cleanup_arena_ struct arena a = { 0 };
	VECTOR(int) v = { 0 };

	*VECTOR_ADD(&a, &v) = 4711;
	v.count--;
	check(*VECTOR_ADD(&a, &v) == 0);
}

/* What a child that runs f leaves: its status, or -1. Its message goes nowhere. */
static int status_of(void (*f)(void))
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		(void)close(STDERR_FILENO);
		f();
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

static void allocate_everything(void)
{
	struct arena a = { 0 };

	(void)arena_alloc(&a, SIZE_MAX);
}

static void overflow_a_vector(void)
{
	struct arena a = { 0 };
	VECTOR(uint64_t) v = { .items = (uint64_t[]){ 0 }, SIZE_MAX / 4, SIZE_MAX / 4 };

	VECTOR_ADD(&a, &v);
}

TEST(arena, sizes_that_overflow_end_with_125)
{
	check(status_of(allocate_everything) == 125);
	check(status_of(overflow_a_vector) == 125);
}
