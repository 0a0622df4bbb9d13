// SPDX-License-Identifier: MIT
/* Id maps at the edges of 32 bits, where the kernel's own sums have gone wrong before. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"
#include "plan/idmap.h"
#include "test.h"

#include <string.h>

#define _cleanup_arena_ _cleanup_(arena_release)

static int add(struct arena *arena, struct id_map *map, uint32_t inside, uint32_t outside,
	       uint32_t count, struct error *err)
{
	struct id_range range = { .inside = inside, .outside = outside, .count = count };

	*err = (struct error){ 0 };
	return id_map_add(arena, map, range, err);
}

TEST(idmap, looks_up_both_ways)
{
	_cleanup_arena_ struct arena arena = { 0 };
	struct id_map map = { 0 };
	struct error err;
	uint32_t id = 7;

	require(add(&arena, &map, 0, 1001, 1, &err) == 0);
	require(add(&arena, &map, 1, 100000, 65535, &err) == 0);
	check(id_map_outside(&map, 0, &id) && id == 1001);
	check(id_map_outside(&map, 65535, &id) && id == 165534);
	check(!id_map_outside(&map, 65536, &id) && id == 165534);
	check(id_map_inside(&map, 100000, &id) && id == 1);
	check(id_map_inside(&map, 1001, NULL));
	check(!id_map_inside(&map, 99999, NULL));
	check(!id_map_inside(&map, 165535, NULL));
	check(!id_map_inside(&map, 0, NULL));
}

TEST(idmap, prints_what_the_kernel_takes)
{
	_cleanup_arena_ struct arena arena = { 0 };
	_cleanup_text_ struct text out = { 0 };
	struct id_map map = { 0 };
	struct error err;

	id_map_format(&map, &out);
	check_str(text_str(&out), "");
	require(add(&arena, &map, 0, 1001, 1, &err) == 0);
	require(add(&arena, &map, 4294967294, 4294967294, 1, &err) == 0);
	id_map_format(&map, &out);
	check_str(text_str(&out), "0 1001 1\n4294967294 4294967294 1\n");
}

TEST(idmap, refuses_an_empty_range)
{
	_cleanup_arena_ struct arena arena = { 0 };
	struct id_map map = { 0 };
	struct error err;

	check(add(&arena, &map, 0, 0, 0, &err) == -1);
	check_str(err.name, "idmap-empty-range");
	check_str(err.message, "cannot map ids 0:0:0");
	check(map.v.count == 0);
}

TEST(idmap, refuses_what_wraps)
{
	static const struct id_range wraps[] = {
		{ 1, 0, UINT32_MAX },
		{ 0, 1, UINT32_MAX },
		{ UINT32_MAX, 0, 1 },
		{ 0, UINT32_MAX, 1 },
		{ UINT32_MAX, UINT32_MAX, UINT32_MAX },
		{ 0x80000000, 0, 0x80000000 },
	};
	_cleanup_arena_ struct arena arena = { 0 };
	struct id_map map = { 0 };
	struct error err;

	for (size_t i = 0; i < ARRAY_LEN(wraps); i++) {
		const struct id_range *r = &wraps[i];

		check(add(&arena, &map, r->inside, r->outside, r->count, &err) == -1);
		check_str(err.name, "idmap-wraps");
	}
	check(add(&arena, &map, 0, 0, UINT32_MAX, &err) == 0);
	check(id_map_outside(&map, UINT32_MAX - 1, NULL));
	check(!id_map_outside(&map, UINT32_MAX, NULL));
}

TEST(idmap, refuses_what_overlaps_inside_or_outside)
{
	_cleanup_arena_ struct arena arena = { 0 };
	struct id_map map = { 0 };
	struct error err;

	require(add(&arena, &map, 10, 1000, 10, &err) == 0);
	check(add(&arena, &map, 19, 5000, 1, &err) == -1);
	check_str(err.name, "idmap-overlap");
	check_str(err.reason, "it overlaps 10:1000:10 inside");
	check(add(&arena, &map, 50, 991, 10, &err) == -1);
	check_str(err.reason, "it overlaps 10:1000:10 outside");
	check(add(&arena, &map, 0, 5000, 4000000000, &err) == -1);
	check_str(err.reason, "it overlaps 10:1000:10 inside");
	check(add(&arena, &map, 20, 1010, 10, &err) == 0);
	check(add(&arena, &map, 0, 990, 10, &err) == 0);
	check(add(&arena, &map, 4294967294, 4294967294, 1, &err) == 0);
	check(map.v.count == 4);
}

TEST(idmap, holds_340_lines)
{
	_cleanup_arena_ struct arena arena = { 0 };
	struct id_map map = { 0 };
	struct error err;

	for (uint32_t i = 0; i < 340; i++)
		require(add(&arena, &map, i, 1000 + i, 1, &err) == 0);
	check(add(&arena, &map, 340, 1340, 1, &err) == -1);
	check_str(err.name, "idmap-too-many-lines");
	check(err.kind == ERROR_PLAN && err.step == -1);
}
