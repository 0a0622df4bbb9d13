// SPDX-License-Identifier: MIT
/*
 * The value of an option that has parts: "DST,OPT,KEY=VALUE", "SRC:DST:OPT,OPT".
 *
 * One rule for all of them: the text is cut at separators that no "\" stands before; "\" takes away
 * the meaning of the byte after it, whatever that is, and is removed. So the parts are what the
 * user meant, and can hold commas, colons, backslashes, newlines and bytes that are not UTF-8. A
 * part is kept as it was typed too, because a part of a part (the list in lowerdir=A:B) is cut by
 * the same rule, and must be cut before anything is removed.
 */
#ifndef NACRE_READ_SPEC_H
#define NACRE_READ_SPEC_H

#include "base/arena.h"

struct error;

struct spec_piece {
	const char *raw; /* as typed */
	const char *text; /* as meant */
	const char *key; /* before the first unescaped "=", as meant; all of text without one */
	const char *value; /* after it, as meant, or NULL */
	const char *raw_value; /* after it, as typed, or NULL */
};

struct spec {
	VECTOR(struct spec_piece) v; /* never empty: "" is one empty piece */
};

/* Cuts text. A backslash with nothing after it is an error ("spec-escape"). */
int spec_split(struct arena *arena, const char *text, char separator, struct spec *ret,
	       struct error *err);

/* Removes the escapes of the first n bytes of raw; they must not end inside one. */
char *spec_unescape(struct arena *arena, const char *raw, size_t n);

/* Bytes before the first separator in raw that is not escaped; strlen(raw) when there is none. */
size_t spec_span(const char *raw, char separator);

/*
 * "PIECE ..." cannot be understood: fills *err with a stable name, the piece as typed and a fix.
 * Returns -1.
 */
int spec_fail(struct error *err, const char *name, const char *piece, const char *fix,
	      const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
