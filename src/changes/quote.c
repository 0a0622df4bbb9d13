// SPDX-License-Identifier: MIT
/* The quoting of names for patches, and of content for terminals. */
#include "changes/quote.h"

#include "base/path.h"

#include <string.h>

/* The letter of \a and its like; 0 when c has none. */
static char escape_letter(unsigned char c)
{
	static const char controls[] = "abtnvfr"; /* from 0x07 on */

	if (c == '"' || c == '\\')
		return (char)c;
	return c >= '\a' && c <= '\r' ? controls[c - '\a'] : 0;
}

static bool is_escaped(unsigned char c)
{
	return c < ' ' || c >= 0x7f || c == '"' || c == '\\';
}

static bool needs_escapes(const char *name)
{
	for (; *name; name++)
		if (is_escaped((unsigned char)*name))
			return true;
	return false;
}

static void add_escaped(struct text *out, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)bytes[i];
		char letter = escape_letter(c);

		if (letter)
			text_printf(out, "\\%c", letter);
		else if (is_escaped(c))
			text_printf(out, "\\%03o", c);
		else
			text_add_char(out, (char)c);
	}
}

void quote_bytes(struct text *out, const char *bytes, size_t n)
{
	text_add_char(out, '"');
	add_escaped(out, bytes, n);
	text_add_char(out, '"');
}

void quote_git(struct text *out, const char *name)
{
	if (needs_escapes(name))
		quote_bytes(out, name, strlen(name));
	else
		text_add(out, name);
}

void quote_patch(struct text *out, const char *prefix, const char *name)
{
	bool quotes = needs_escapes(name) || strchr(name, ' ');

	if (quotes)
		text_add_char(out, '"');
	text_add(out, prefix);
	add_escaped(out, name, strlen(name));
	if (quotes)
		text_add_char(out, '"');
}

void quote_visible(struct text *out, const char *bytes, size_t n)
{
	while (n) {
		uint32_t code = 0;
		size_t used = utf8_decode(bytes, n, &code);

		if (used && (!code_is_control(code) || code == '\t')) {
			text_add_bytes(out, bytes, used);
		} else if (used == 1) {
			text_printf(out, "^%c", (char)(code ^ 0x40));
		} else {
			used = used ? used : 1;
			for (size_t i = 0; i < used; i++)
				text_printf(out, "<%02x>", (unsigned char)bytes[i]);
		}
		bytes += used;
		n -= used;
	}
}
