// SPDX-License-Identifier: MIT
/*
 * Paths as text, and how they are shown: first the components, then UTF-8, then the quoting for
 * people.
 *
 * Nothing here asks the kernel: a symbolic link is a name like any other, and ".." is taken out by
 * its text. Who needs the real place resolves it with openat2.
 */
#include "base/path.h"

#include "base/arena.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* True when out[from..len) is the component `name`, a slash before it. */
static bool is_component(const char *out, size_t from, size_t len, const char *name)
{
	return len - from == strlen(name) && memcmp(out + from, name, len - from) == 0;
}

/* Appends the components of path to out[0..len), ".." removing the last one; returns the length. */
static size_t add_components(char *out, size_t len, const char *path)
{
	/* Byte by byte: components are short, and a call to copy each costs more than the bytes. */
	while (*path) {
		size_t before = len;

		if (*path == '/') {
			path++;
			continue;
		}
		out[len++] = '/';
		while (*path && *path != '/')
			out[len++] = *path++;
		if (is_component(out, before, len, "/.")) {
			len = before;
		} else if (is_component(out, before, len, "/..")) {
			len = before;
			while (len && out[--len] != '/')
				;
		}
	}
	return len;
}

const char *path_absolute(struct arena *arena, const char *base, const char *path)
{
	/* Each part grows by at most the slash before its first component. */
	char *out = arena_alloc(arena, strlen(base) + strlen(path) + 3);
	size_t len = 0;

	if (path[0] != '/')
		len = add_components(out, len, base);
	len = add_components(out, len, path);
	if (len == 0)
		out[len++] = '/';
	out[len] = '\0';
	return out;
}

const char *path_join(struct arena *arena, const char *dir, const char *name)
{
	size_t len = strlen(dir);

	name += strspn(name, "/");
	if (!*name)
		return arena_strdup(arena, dir);
	if (!len)
		return arena_strdup(arena, name);
	return arena_concat(arena, dir, dir[len - 1] == '/' ? "" : "/", name);
}

bool path_below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	if (n == 1) /* "/" is the only clean path that ends in a slash */
		return true;
	return strncmp(path, dir, n) == 0 && (path[n] == '\0' || path[n] == '/');
}

const char *path_relative(const char *path, const char *dir)
{
	const char *rest = path + strlen(dir);

	return rest + strspn(rest, "/");
}

const char *path_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *path_parent(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return "."; /* as dirname(3) */
	if (slash == path)
		return "/";
	return arena_strndup(arena, path, (size_t)(slash - path));
}

size_t path_depth(const char *path)
{
	size_t depth = 0;

	for (path += strspn(path, "/"); *path; path += strspn(path, "/")) {
		path += strcspn(path, "/");
		depth++;
	}
	return depth;
}

size_t utf8_decode(const char *s, size_t n, uint32_t *ret_code)
{
	/* The least code of each length: a smaller one is an overlong form. */
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char lead = n ? (unsigned char)s[0] : 0xff;
	size_t len = lead < 0x80 ? 1 : lead < 0xc0 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
	uint32_t code = lead;

	if (len == 0 || len > n || lead >= 0xf8)
		return 0;
	if (len > 1)
		code = lead & (0x7fU >> len);
	for (size_t i = 1; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if ((c & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (c & 0x3f);
	}
	if (code < least[len] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		return 0;
	*ret_code = code;
	return len;
}

bool utf8_valid(const char *s, size_t n)
{
	uint32_t code;

	while (n) {
		size_t len = utf8_decode(s, n, &code);

		if (!len)
			return false;
		s += len;
		n -= len;
	}
	return true;
}

bool code_is_control(uint32_t code)
{
	if (code < 0x20 || (code >= 0x7f && code <= 0x9f))
		return true;
	/* Unicode's property Bidi_Control: these reorder the text of a message around a path. */
	return code == 0x061c || code == 0x200e || code == 0x200f ||
	       (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

/* What the longest character becomes: four bytes as \xNN. */
enum { PIECE_MAX = 16 };

/* Writes the quoted form of the first character of s[0..n); returns how many bytes it read. */
static size_t quote_piece(const char *s, size_t n, char piece[PIECE_MAX], size_t *ret_len)
{
	static const char hex[] = "0123456789abcdef";
	uint32_t code;
	size_t used = utf8_decode(s, n, &code);
	char *p = piece;

	if (used && !code_is_control(code)) {
		if (code == '\\' || code == '"')
			*p++ = '\\';
		memcpy(p, s, used);
		*ret_len = (size_t)(p - piece) + used;
		return used;
	}
	if (!used)
		used = 1;
	for (size_t i = 0; i < used; i++) {
		*p++ = '\\';
		*p++ = 'x';
		*p++ = hex[(unsigned char)s[i] >> 4];
		*p++ = hex[(unsigned char)s[i] & 0xf];
	}
	*ret_len = (size_t)(p - piece);
	return used;
}

/* Length of the quoted form with its double quotes, and whether it needs them. */
static size_t quoted_length(const char *path, size_t n, bool *ret_quotes)
{
	bool quotes = n == 0;
	size_t total = 0;

	for (size_t i = 0; i < n;) {
		char piece[PIECE_MAX];
		size_t len, used = quote_piece(path + i, n - i, piece, &len);

		quotes = quotes || len != used || path[i] == ' ';
		total += len;
		i += used;
	}
	*ret_quotes = quotes;
	return total + (quotes ? 2 : 0);
}

const char *quote_path(struct arena *arena, const char *path)
{
	bool quotes;
	size_t size = quoted_length(path, strlen(path), &quotes) + 1;

	return quote_into(arena_alloc(arena, size), size, path);
}

/* Nothing but printable ASCII that means nothing to a shell or to us. */
static bool is_plain(const char *path)
{
	const char *s = path;

	while (*s > ' ' && *s < 0x7f && *s != '\\' && *s != '"')
		s++;
	return !*s && s > path;
}

void quote_text(struct text *out, const char *path)
{
	size_t n = strlen(path);
	bool quotes;

	if (is_plain(path)) {
		text_add_bytes(out, path, n);
		return;
	}
	(void)quoted_length(path, n, &quotes);
	if (quotes)
		text_add_char(out, '"');
	for (size_t i = 0; i < n;) {
		char piece[PIECE_MAX];
		size_t len;

		i += quote_piece(path + i, n - i, piece, &len);
		text_add_bytes(out, piece, len);
	}
	if (quotes)
		text_add_char(out, '"');
}

const char *quote_into(char *buf, size_t size, const char *path)
{
	bool quotes;
	size_t n = strlen(path), out = 0;
	bool cut = quoted_length(path, n, &quotes) >= size;
	const char *tail = cut ? (quotes ? "...\"" : "...") : (quotes ? "\"" : "");
	size_t room = strlen(tail) + 1;

	if (size < room + 1) {
		/* No place for a character and the tail: as much of the ellipsis as there is. */
		(void)snprintf(buf, size, "%s", tail);
		return buf;
	}
	if (quotes)
		buf[out++] = '"';
	for (size_t i = 0; i < n;) {
		char piece[PIECE_MAX];
		size_t len;

		i += quote_piece(path + i, n - i, piece, &len);
		if (out + len + room > size)
			break;
		memcpy(buf + out, piece, len);
		out += len;
	}
	memcpy(buf + out, tail, room);
	return buf;
}
