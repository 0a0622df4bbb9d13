// SPDX-License-Identifier: MIT
/*
 * Parsers of single values, shared by every front end. Each takes the whole text or nothing: no
 * leading space, no sign, no rest. An error says what was expected, shows the value and is named
 * "spec-value".
 */
#ifndef NACRE_READ_VALUE_H
#define NACRE_READ_VALUE_H

#include "base/table.h"
#include "plan/plan.h"

#include <stdint.h>

struct error;

/* Decimal digits, at most max. */
int value_number(const char *text, uint64_t max, uint64_t *ret, struct error *err);

/* Bytes: a number with an optional k, m, g or t of either case, powers of 1024. */
int value_size(const char *text, uint64_t *ret, struct error *err);

/* Seconds in decimal digits, with thousandths, at most a million: "10", "0.25". In milliseconds. */
int value_seconds(const char *text, uint32_t *ret_ms, struct error *err);

/* A user or group id: a number up to 2^32-2 (2^32-1 means "no id" to the kernel), or "root". */
int value_id(const char *text, uint32_t *ret, struct error *err);

/* Permission bits in octal, at most 7777. */
int value_mode(const char *text, mode_t *ret, struct error *err);

/* INSIDE:OUTSIDE:COUNT. Overlaps and wrapping are the business of id_map_add(). */
int value_id_range(const char *text, struct id_range *ret, struct error *err);

/* The same as the kernel has it in a map: INSIDE OUTSIDE COUNT, with blanks between and around. */
int value_id_line(const char *text, struct id_range *ret, struct error *err);

/* One word of a table, its value; what names the table in the error ("what to do with writes"). */
int value_word(const char *text, const struct keyword *table, const char *what, uint64_t *ret,
	       struct error *err);

/* The name of a box: 1 to 64 letters, digits, ".", "_" or "-", not starting with "." or "-". */
int value_name(const char *text, struct error *err);

/*
 * Fills *err with "X is not WHAT", shows X in the command line and names the row "spec-value"; fix
 * may be NULL. Returns -1.
 */
int value_fail(struct error *err, const char *text, const char *what, const char *fix);

/* value_fail() whose fix is the candidate nearest to text, or `otherwise` when none is near. */
int value_fail_nearest(struct error *err, const char *text, const char *what,
		       const char *(*next)(size_t i, const void *arg), const void *arg,
		       const char *otherwise);

#endif
