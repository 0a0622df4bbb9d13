// SPDX-License-Identifier: MIT
/* Reading lists of addresses, one item at a time. */
#include "enter/address.h"

#include "base/arena.h"
#include "base/text.h"

#include <string.h>

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* n bytes with %XX as the byte it stands for; NULL when that is cut short, or NUL. */
static const char *unescape(struct arena *arena, const char *raw, size_t n)
{
	char *out = arena_strndup(arena, raw, n), *to = out;

	for (size_t i = 0; i < n; i++) {
		int high, low;

		if (raw[i] != '%') {
			*to++ = raw[i];
			continue;
		}
		if (n - i < 3)
			return NULL;
		high = hex_digit(raw[i + 1]);
		low = hex_digit(raw[i + 2]);
		if (high < 0 || low < 0 || (high == 0 && low == 0))
			return NULL;
		*to++ = (char)(high * 16 + low);
		i += 2;
	}
	*to = '\0';
	return out;
}

static bool is_word(const char *text, size_t n, const char *word)
{
	return strlen(word) == n && memcmp(text, word, n) == 0;
}

/* "KEY=VALUE" of a unix address. Keys that do not say where are passed over, as guid. */
static void take_key(struct arena *arena, const char *text, size_t n, struct address *ret)
{
	const char *equals = memchr(text, '=', n), *value;
	size_t key = equals ? (size_t)(equals - text) : n;

	value = equals ? unescape(arena, equals + 1, n - key - 1) : NULL;
	if (!value) {
		ret->kind = ADDRESS_BROKEN;
		return;
	}
	if (is_word(text, key, "path")) {
		ret->kind = ADDRESS_PATH;
		ret->path = value;
	} else if (is_word(text, key, "abstract")) {
		ret->kind = ADDRESS_ABSTRACT;
		ret->path = value;
	} else if (is_word(text, key, "runtime") && strcmp(value, "yes") == 0) {
		ret->kind = ADDRESS_RUNTIME;
	}
}

bool address_next_bus(struct arena *arena, const char **at, struct address *ret)
{
	const char *item = *at, *end, *colon;
	size_t n;

	item += strspn(item, ";");
	n = strcspn(item, ";");
	end = item + n;
	*at = end;
	if (n == 0)
		return false;
	*ret = (struct address){ .kind = ADDRESS_OTHER, .text = arena_strndup(arena, item, n) };
	colon = memchr(item, ':', n);
	if (!colon) {
		ret->kind = ADDRESS_BROKEN;
		return true;
	}
	n = (size_t)(colon - item);
	if (is_word(item, n, "tcp") || is_word(item, n, "nonce-tcp"))
		ret->kind = ADDRESS_NETWORK;
	if (!is_word(item, n, "unix"))
		return true;
	for (item = colon + 1; item < end && ret->kind != ADDRESS_BROKEN; item += n + 1) {
		const char *comma = memchr(item, ',', (size_t)(end - item));

		n = (size_t)((comma ? comma : end) - item);
		take_key(arena, item, n, ret);
	}
	return true;
}

bool address_next_pulse(struct arena *arena, const char **at, struct address *ret)
{
	static const char blanks[] = " \t\n\r";
	const char *item = *at + strspn(*at, blanks), *close;
	size_t n = strcspn(item, blanks);

	*at = item + n;
	if (n == 0)
		return false;
	*ret = (struct address){ .kind = ADDRESS_NETWORK, .text = arena_strndup(arena, item, n) };
	item = ret->text;
	if (*item == '{') {
		close = strchr(item, '}');
		if (!close) {
			ret->kind = ADDRESS_BROKEN;
			return true;
		}
		item = close + 1;
	}
	if (strncmp(item, "unix:", 5) == 0)
		item += 5;
	else if (*item != '/')
		return true;
	ret->kind = ADDRESS_PATH;
	ret->path = item;
	return true;
}

void address_format_bus(const char *path, struct text *out)
{
	/* "optionally-escaped bytes" of the specification: all others must be escaped. */
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "-_/.*";

	text_add(out, "unix:path=");
	for (; *path; path++)
		if (strchr(plain, *path))
			text_add_char(out, *path);
		else
			text_printf(out, "%%%02x", (unsigned char)*path);
}
