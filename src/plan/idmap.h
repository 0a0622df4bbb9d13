// SPDX-License-Identifier: MIT
/* Ranges of ids: user_namespaces(7) maps as data. */
#ifndef NACRE_PLAN_IDMAP_H
#define NACRE_PLAN_IDMAP_H

#include "plan/plan.h"

/* Adds a line. Error when count is 0, a range wraps past 2^32-1 or overlaps one that is there (inside or
 * outside), or there are more than 340 lines (the kernel's limit since 4.15). */
int id_map_add(struct arena *arena, struct id_map *map, struct id_range range, struct error *err);

/* True when the inside id has a line; *ret_outside (may be NULL) gets the id outside. */
bool id_map_outside(const struct id_map *map, uint32_t inside, uint32_t *ret_outside);

/* True when an id outside is mapped; *ret_inside may be NULL. */
bool id_map_inside(const struct id_map *map, uint32_t outside, uint32_t *ret_inside);

/* One line of it into buf; the number of bytes. 40 are always enough. */
enum { ID_LINE_MAX = 40 };
int id_range_format(struct id_range range, char buf[static ID_LINE_MAX]);

/* The text that /proc/PID/uid_map takes: "INSIDE OUTSIDE COUNT\n" a line. */
void id_map_format(const struct id_map *map, struct text *out);

#endif
