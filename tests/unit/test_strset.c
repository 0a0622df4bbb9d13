// SPDX-License-Identifier: MIT
/* The set of strings. */
#include "test.h"

#include "base/arena.h"
#include "base/strset.h"

#include <string.h>

TEST(strset, adds_once)
{
	struct arena arena = { 0 };
	struct strset set = { 0 };

	check(!strset_has(&set, "", 0));
	check(strset_add(&arena, &set, "/a"));
	check(!strset_add(&arena, &set, "/a"));
	check(strset_add(&arena, &set, ""));
	check(!strset_add(&arena, &set, ""));
	check(set.count == 2);
	arena_release(&arena);
}

TEST(strset, compares_whole_strings)
{
	struct arena arena = { 0 };
	struct strset set = { 0 };

	check(strset_add(&arena, &set, "/x/foo"));
	check(strset_has(&set, "/x/foo", 6));
	check(strset_has(&set, "/x/foobar", 6));
	check(!strset_has(&set, "/x/foobar", 9));
	check(!strset_has(&set, "/x/foo", 5));
	arena_release(&arena);
}

TEST(strset, grows)
{
	struct arena arena = { 0 };
	struct strset set = { 0 };

	for (int i = 0; i < 3000; i++)
		check(strset_add(&arena, &set, arena_printf(&arena, "/b/%d\n\xff", i)));
	for (int i = 0; i < 3000; i++) {
		const char *s = arena_printf(&arena, "/b/%d\n\xff", i);

		check(strset_has(&set, s, strlen(s)) && !strset_add(&arena, &set, s));
	}
	check(!strset_has(&set, "/b/3000\n\xff", 9));
	arena_release(&arena);
}
