// SPDX-License-Identifier: MIT
/*
 * The JSON writer. Every value passes begin(), which owns the comma, the line and the name; nothing
 * else writes them. The caller closes what it opened: the writer keeps a depth, not a stack.
 */
#include "base/json.h"

#include "base/path.h"
#include "base/text.h"

#include <inttypes.h>
#include <string.h>

static void new_line(struct json *j)
{
	if (!j->pretty)
		return;
	text_add_char(j->out, '\n');
	for (int i = 0; i < j->depth; i++)
		text_add(j->out, "  ");
}

/*
 * One character of a string. JSON itself (RFC 8259, 7) asks only for C0, but what is printed may
 * end on a terminal.
 */
static void add_character(struct text *out, const char *s, size_t len, uint32_t code)
{
	switch (code) {
	case '"':
		text_add(out, "\\\"");
		return;
	case '\\':
		text_add(out, "\\\\");
		return;
	case '\n':
		text_add(out, "\\n");
		return;
	case '\t':
		text_add(out, "\\t");
		return;
	case '\r':
		text_add(out, "\\r");
		return;
	default:
		/* All controls are below U+10000: four digits hold each. */
		if (code_is_control(code))
			text_printf(out, "\\u%04" PRIx32, code);
		else
			text_add_bytes(out, s, len);
	}
}

/* A string without its quotes. */
static void add_characters(struct text *out, const char *s)
{
	size_t left = strlen(s);

	while (left) {
		uint32_t code;
		size_t len = utf8_decode(s, left, &code);

		if (len) {
			add_character(out, s, len, code);
		} else {
			text_add(out, "\xef\xbf\xbd"); /* U+FFFD */
			len = 1;
		}
		s += len;
		left -= len;
	}
}

/* What stands before every value: comma, line, and the name that ends in suffix. */
static void begin(struct json *j, const char *name, const char *suffix)
{
	if (j->need_comma)
		text_add_char(j->out, ',');
	if (j->depth)
		new_line(j);
	if (name) {
		text_add_char(j->out, '"');
		add_characters(j->out, name);
		text_printf(j->out, "%s\":%s", suffix, j->pretty ? " " : "");
	}
	j->need_comma = j->depth > 0;
}

static void open_container(struct json *j, const char *name, char bracket)
{
	begin(j, name, "");
	text_add_char(j->out, bracket);
	j->depth++;
	j->need_comma = false;
}

static void close_container(struct json *j, char bracket)
{
	j->depth--;
	if (j->need_comma) /* not empty */
		new_line(j);
	text_add_char(j->out, bracket);
	j->need_comma = j->depth > 0;
}

void json_object(struct json *j, const char *name)
{
	open_container(j, name, '{');
}

void json_array(struct json *j, const char *name)
{
	open_container(j, name, '[');
}

void json_end_object(struct json *j)
{
	close_container(j, '}');
}

void json_end_array(struct json *j)
{
	close_container(j, ']');
}

void json_string(struct json *j, const char *name, const char *value)
{
	begin(j, name, "");
	if (!value) {
		text_add(j->out, "null");
		return;
	}
	text_add_char(j->out, '"');
	add_characters(j->out, value);
	text_add_char(j->out, '"');
}

/* RFC 4648, 4: the standard alphabet, padded. */
static void add_base64(struct text *out, const char *bytes, size_t n)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		size_t have = n - i < 3 ? n - i : 3;
		uint32_t group = 0;

		for (size_t k = 0; k < 3; k++)
			group = group << 8 | (k < have ? (unsigned char)bytes[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			text_add_char(out, k > have ? '=' : digits[group >> (18 - 6 * k) & 0x3f]);
	}
}

/* An element of an array has no name, so it can have no sibling: paths stand in objects. */
void json_path(struct json *j, const char *name, const char *path)
{
	json_string(j, name, path);
	if (!path || !name || utf8_valid(path, strlen(path)))
		return;
	begin(j, name, "_b64");
	text_add_char(j->out, '"');
	add_base64(j->out, path, strlen(path));
	text_add_char(j->out, '"');
}

void json_number(struct json *j, const char *name, int64_t value)
{
	begin(j, name, "");
	text_printf(j->out, "%" PRId64, value);
}

void json_unsigned(struct json *j, const char *name, uint64_t value)
{
	begin(j, name, "");
	text_printf(j->out, "%" PRIu64, value);
}

void json_bool(struct json *j, const char *name, bool value)
{
	begin(j, name, "");
	text_add(j->out, value ? "true" : "false");
}
