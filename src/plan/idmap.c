// SPDX-License-Identifier: MIT
/*
 * Id maps as data. The rules are the kernel's (user_namespaces(7), map_write() in
 * kernel/user_namespace.c), checked here so that a wrong line is named before a process exists.
 * Sums are 64 bits wide: ids are 32.
 */
#include "plan/idmap.h"

#include "base/error.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>

enum { MAX_LINES = 340 }; /* UID_GID_MAP_MAX_EXTENTS since Linux 4.15; it was 5 before */

/* The id -1 means "no id", so a range ends below it: first + count is at most 2^32-1. */
static bool wraps(uint32_t first, uint32_t count)
{
	return (uint64_t)first + count > UINT32_MAX;
}

static bool overlaps(uint32_t a, uint32_t a_count, uint32_t b, uint32_t b_count)
{
	return a < (uint64_t)b + b_count && b < (uint64_t)a + a_count;
}

static int refuse(const struct id_range *range, const char *name, const char *reason,
		  struct error *err)
{
	fail(err, ERROR_PLAN, 0, "cannot map ids %" PRIu32 ":%" PRIu32 ":%" PRIu32, range->inside,
	     range->outside, range->count);
	error_explain(err, name, reason, NULL);
	return -1;
}

int id_map_add(struct arena *arena, struct id_map *map, struct id_range range, struct error *err)
{
	if (range.count == 0)
		return refuse(&range, "idmap-empty-range", "the count is 0", err);
	if (wraps(range.inside, range.count) || wraps(range.outside, range.count))
		return refuse(&range, "idmap-wraps", "the range goes beyond the highest id", err);
	if (map->v.count == MAX_LINES)
		return refuse(&range, "idmap-too-many-lines", "a map has at most 340 lines", err);

	for (size_t i = 0; i < map->v.count; i++) {
		const struct id_range *line = &map->v.items[i];
		bool inside = overlaps(range.inside, range.count, line->inside, line->count);
		bool outside = overlaps(range.outside, range.count, line->outside, line->count);

		if (!inside && !outside)
			continue;
		refuse(&range, "idmap-overlap", NULL, err);
		error_set_reason(err, "it overlaps %" PRIu32 ":%" PRIu32 ":%" PRIu32 " %s",
				 line->inside, line->outside, line->count,
				 inside ? "inside" : "outside");
		return -1;
	}
	*VECTOR_ADD(arena, &map->v) = range;
	return 0;
}

bool id_map_outside(const struct id_map *map, uint32_t inside, uint32_t *ret_outside)
{
	for (size_t i = 0; i < map->v.count; i++) {
		const struct id_range *line = &map->v.items[i];

		if (inside < line->inside || inside - line->inside >= line->count)
			continue;
		if (ret_outside)
			*ret_outside = line->outside + (inside - line->inside);
		return true;
	}
	return false;
}

bool id_map_inside(const struct id_map *map, uint32_t outside, uint32_t *ret_inside)
{
	for (size_t i = 0; i < map->v.count; i++) {
		const struct id_range *line = &map->v.items[i];

		if (outside < line->outside || outside - line->outside >= line->count)
			continue;
		if (ret_inside)
			*ret_inside = line->inside + (outside - line->outside);
		return true;
	}
	return false;
}

int id_range_format(struct id_range range, char buf[static ID_LINE_MAX])
{
	return snprintf(buf, ID_LINE_MAX, "%" PRIu32 " %" PRIu32 " %" PRIu32 "\n", range.inside,
			range.outside, range.count);
}

void id_map_format(const struct id_map *map, struct text *out)
{
	char line[ID_LINE_MAX];

	for (size_t i = 0; i < map->v.count; i++) {
		(void)id_range_format(map->v.items[i], line);
		text_add(out, line);
	}
}
