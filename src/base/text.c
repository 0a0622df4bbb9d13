// SPDX-License-Identifier: MIT
/* The growing byte string: doubles its memory and keeps a NUL behind the last byte. */
#include "base/text.h"

#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for n more bytes and the NUL. */
static void reserve(struct text *t, size_t n)
{
	size_t need, capacity = t->capacity ? t->capacity : 64;
	char *data;

	if (__builtin_add_overflow(t->len, n, &need) || need == SIZE_MAX)
		out_of_memory_();
	need++;
	if (need <= t->capacity)
		return;
	while (capacity < need)
		capacity = capacity > SIZE_MAX / 2 ? SIZE_MAX : capacity * 2;
	data = realloc(t->data, capacity);
	if (!data)
		out_of_memory_();
	t->data = data;
	t->capacity = capacity;
}

void text_release(struct text *t)
{
	free(t->data);
	*t = (struct text){ 0 };
}

void text_clear(struct text *t)
{
	t->len = 0;
	if (t->data)
		t->data[0] = '\0';
}

const char *text_str(const struct text *t)
{
	return t->data ? t->data : "";
}

void text_add_bytes(struct text *t, const void *bytes, size_t n)
{
	reserve(t, n);
	/* memcpy() from NULL is undefined even for no bytes. */
	if (n)
		memcpy(t->data + t->len, bytes, n);
	t->len += n;
	t->data[t->len] = '\0';
}

void text_add(struct text *t, const char *s)
{
	text_add_bytes(t, s, strlen(s));
}

void text_add_char(struct text *t, char c)
{
	reserve(t, 1);
	t->data[t->len++] = c;
	t->data[t->len] = '\0';
}

void text_printf(struct text *t, const char *format, ...)
{
	va_list args, again;
	size_t room;
	int n;

	/* Nearly always the first try has room enough. */
	reserve(t, 40);
	room = t->capacity - t->len;
	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(t->data + t->len, room, format, args);
	va_end(args);
	/* Fails only past INT_MAX bytes (vsnprintf(3)): as much as running out of memory. */
	if (n < 0)
		out_of_memory_();
	if ((size_t)n >= room) {
		reserve(t, (size_t)n);
		(void)vsnprintf(t->data + t->len, (size_t)n + 1, format, again);
	}
	va_end(again);
	t->len += (size_t)n;
}
