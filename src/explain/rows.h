// SPDX-License-Identifier: MIT
/*
 * The tables of explanations, each ended by a NULL name, and what their probes share. explain.c
 * tries those that match in the order given here; rows that hold for any call (a limit of the
 * machine, a bug) end the last.
 *
 * A probe that says no leaves the error as it was: the next row starts from it.
 */
#ifndef NACRE_EXPLAIN_ROWS_H
#define NACRE_EXPLAIN_ROWS_H

#include "explain/explain.h"

#define CALL_BIT(call) (UINT64_C(1) << (call))
#define KIND_BIT(kind) (UINT32_C(1) << (kind))
#define ANY_CALL ((UINT64_C(1) << CALL_COUNT) - 2)

/* Where overlayfs, a bind or another mount is made and put in its place. */
#define MOUNT_CALLS                                                               \
	(CALL_BIT(CALL_BIND) | CALL_BIT(CALL_ATTACH) | CALL_BIT(CALL_ATTRIBUTE) | \
	 CALL_BIT(CALL_FSOPEN) | CALL_BIT(CALL_FSCREATE))

/* Where a path of the host is looked up. */
#define SOURCE_CALLS                                                                       \
	(CALL_BIT(CALL_OPEN_SOURCE) | CALL_BIT(CALL_BIND) | CALL_BIT(CALL_OVERLAY_LAYER) | \
	 CALL_BIT(CALL_OVERLAY_UPPER) | CALL_BIT(CALL_OVERLAY_WORK))

/* Where a path in the new root is looked up or made. */
#define TARGET_CALLS                                                                     \
	(CALL_BIT(CALL_OPEN_TARGET) | CALL_BIT(CALL_MAKE_TARGET) | CALL_BIT(CALL_MAKE) | \
	 CALL_BIT(CALL_ATTACH))

_Static_assert(CALL_COUNT < 64, "a bit for each call");
_Static_assert(STEP_KIND_COUNT <= 32, "a bit for each step kind");

extern const struct explanation command_rows[];
extern const struct explanation namespace_rows[];
extern const struct explanation idmap_rows[];
extern const struct explanation overlay_rows[];
extern const struct explanation mount_rows[];
extern const struct explanation source_rows[];
extern const struct explanation state_rows[];
extern const struct explanation change_rows[]; /* named at the origin */
extern const struct explanation layer_rows[]; /* the same */
extern const struct explanation desktop_rows[]; /* the same */
extern const struct explanation plan_rows[]; /* named at the origin, never matched */
extern const struct explanation usage_rows[];
extern const struct explanation profile_rows[]; /* the same, for the command line */

/* Where the base keeps a path of the new root, as far as can be told from outside. */
const char *host_path(struct arena *arena, const struct case_file *c, const char *path);

/* Adds "/a exists, /a/b does not" and where a broken link points to. */
void fact_missing(struct error *err, const char *path);

/* Adds "/a belongs to user 0, mode 0700". */
void fact_owner(struct error *err, const char *path);

#endif
