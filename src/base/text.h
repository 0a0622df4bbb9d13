// SPDX-License-Identifier: MIT
/*
 * A growing byte string on the heap, for output that is built piece by piece (help, plans, JSON, maps).
 * Always NUL-terminated at data[len]; may hold NUL bytes. Out of memory ends as in base/arena.h.
 */
#ifndef NACRE_BASE_TEXT_H
#define NACRE_BASE_TEXT_H

#include <stddef.h>

struct text {
	char *data; /* never NULL after the first call; "" before: use text_str() */
	size_t len;
	size_t capacity;
};

void text_release(struct text *t);
void text_clear(struct text *t); /* empty, memory kept */
const char *text_str(const struct text *t); /* "" when empty */
void text_add(struct text *t, const char *s);
void text_add_bytes(struct text *t, const void *bytes, size_t n);
void text_add_char(struct text *t, char c);
void text_printf(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define _cleanup_text_ __attribute__((cleanup(text_release)))

#endif
