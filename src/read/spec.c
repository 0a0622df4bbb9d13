// SPDX-License-Identifier: MIT
/*
 * Cutting a specification into what the user meant.
 *
 * Forward only, one byte or one escape at a time. Looking back from a separator for backslashes
 * cannot tell an escaped separator from an escaped backslash before a real one.
 */
#include "read/spec.h"

#include "base/error.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

int spec_fail(struct error *err, const char *name, const char *piece, const char *fix,
	      const char *format, ...)
{
	char message[sizeof(err->message)];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	(void)fail(err, ERROR_SPEC, 0, "%s", message);
	error_explain(err, name, NULL, fix);
	return fail_at(err, CALL_NONE, piece);
}

size_t spec_span(const char *raw, char separator)
{
	size_t n = 0;

	while (raw[n] && raw[n] != separator) {
		if (raw[n] == '\\' && raw[n + 1])
			n++;
		n++;
	}
	return n;
}

char *spec_unescape(struct arena *arena, const char *raw, size_t n)
{
	char *text = arena_memdup(arena, raw, n);
	char *to = text;

	for (const char *from = text; *from; from++) {
		if (*from == '\\' && from[1])
			from++;
		*to++ = *from;
	}
	*to = '\0';
	return text;
}

/* True when the last backslash of text has nothing to escape. */
static bool ends_in_escape(const char *text)
{
	size_t n = strlen(text), slashes = 0;

	while (slashes < n && text[n - 1 - slashes] == '\\')
		slashes++;
	return slashes % 2 == 1;
}

/* Of raw, n bytes and a NUL, which the piece keeps. */
static struct spec_piece make_piece(struct arena *arena, const char *raw, size_t n)
{
	struct spec_piece piece = { .raw = raw };
	bool escaped = memchr(raw, '\\', n) != NULL;
	size_t key = spec_span(raw, '=');

	/* Most pieces have neither escapes nor a value: then one copy serves for all. */
	piece.text = escaped ? spec_unescape(arena, raw, n) : piece.raw;
	piece.key = key < n ? spec_unescape(arena, raw, key) : piece.text;
	if (key < n) {
		piece.raw_value = piece.raw + key + 1;
		piece.value = escaped ? spec_unescape(arena, piece.raw_value, n - key - 1)
				      : piece.raw_value;
	}
	return piece;
}

static size_t count_bytes(const char *text, char byte)
{
	size_t n = 0;

	for (; *text; text++)
		n += *text == byte;
	return n;
}

int spec_split(struct arena *arena, const char *text, char separator, struct spec *ret,
	       struct error *err)
{
	char *raw;

	*ret = (struct spec){ 0 };
	if (ends_in_escape(text))
		return spec_fail(err, "spec-escape", text, "write \\\\ to mean a backslash",
				 "the last backslash escapes nothing");
	VECTOR_RESERVE(arena, &ret->v, count_bytes(text, separator) + 1);
	raw = arena_strdup(arena, text);
	for (bool last = false; !last;) {
		size_t n = spec_span(raw, separator);

		last = !raw[n];
		raw[n] = '\0';
		VECTOR_PUSH(arena, &ret->v, make_piece(arena, raw, n));
		raw += n + 1;
	}
	return 0;
}
