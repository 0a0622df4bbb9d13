// SPDX-License-Identifier: MIT
/* Bytes to columns, one character at a time. */
#include "review/cells.h"

#include "base/path.h"
#include "base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

enum {
	TAB = 8,
	PIECE_MAX = 20, /* four escaped bytes */
};

/* One character as it is shown. */
struct piece {
	char bytes[PIECE_MAX];
	size_t len, columns;
	size_t used; /* bytes that were read for it */
};

static void add_escaped(struct piece *p, const char *s)
{
	for (size_t i = 0; i < p->used; i++)
		p->len += (size_t)snprintf(p->bytes + p->len, sizeof(p->bytes) - p->len, "\\x%02x",
					   (unsigned)(unsigned char)s[i]);
	p->columns = p->len;
}

/* As cat -v does: ^[ for an escape. */
static void add_caret(struct piece *p, char c)
{
	p->bytes[0] = '^';
	p->bytes[1] = (char)(c ^ 0x40);
	p->len = p->columns = 2;
}

static void add_tab(struct piece *p, size_t column)
{
	p->len = p->columns = TAB - column % TAB;
	memset(p->bytes, ' ', p->len);
}

/* Accents have no column of their own either, but are seen. */
static bool is_invisible(uint32_t code)
{
	return code == 0xad || (code >= 0x200b && code <= 0x200f) ||
	       (code >= 0x2060 && code <= 0x2064) || code == 0xfeff;
}

/* The arrow of our own notes is the one character beyond ASCII that has a stand-in. */
static void add_wide(struct piece *p, const char *s, uint32_t code, bool utf8)
{
	bool shown = utf8 && !code_is_control(code) && !is_invisible(code);
	int columns = shown ? wcwidth((wchar_t)code) : -1;

	if (columns >= 0) {
		memcpy(p->bytes, s, p->used);
		p->len = p->used;
		p->columns = (size_t)columns;
	} else if (code == 0x2192) {
		memcpy(p->bytes, "->", 2);
		p->len = p->columns = 2;
	} else {
		add_escaped(p, s);
	}
}

static struct piece piece_at(bool utf8, const char *s, size_t n, size_t column)
{
	struct piece p = { 0 };
	uint32_t code;

	p.used = utf8_decode(s, n, &code);
	if (!p.used) {
		p.used = 1;
		add_escaped(&p, s);
	} else if (code == '\t') {
		add_tab(&p, column);
	} else if (code < 0x20 || code == 0x7f) {
		add_caret(&p, *s);
	} else if (code < 0x7f) {
		p.bytes[0] = *s;
		p.len = p.columns = 1;
	} else {
		add_wide(&p, s, code, utf8);
	}
	return p;
}

/* Columns of s, counted no further than just beyond `most`: a line may be as long as its file. */
static size_t measure(bool utf8, const char *s, size_t n, size_t most)
{
	size_t column = 0;

	for (size_t at = 0; at < n && column <= most;) {
		struct piece p = piece_at(utf8, s + at, n - at, column);

		at += p.used;
		column += p.columns;
	}
	return column;
}

static void add_blanks(struct text *out, size_t n)
{
	while (n--)
		text_add_char(out, ' ');
}

/* The columns from `begin` on up to `end`; a character that is not whole between them leaves blanks. */
static void add_range(bool utf8, const char *s, size_t n, size_t begin, size_t end, struct text *out)
{
	size_t column = 0;

	for (size_t at = 0; at < n && column < end;) {
		struct piece p = piece_at(utf8, s + at, n - at, column);
		size_t first = column < begin ? begin : column;
		size_t last = column + p.columns < end ? column + p.columns : end;

		at += p.used;
		if (first == column && last == column + p.columns)
			text_add_bytes(out, p.bytes, p.len);
		else if (first < last)
			add_blanks(out, last - first);
		column += p.columns;
	}
}

unsigned cells_add(const struct cells *c, const char *s, size_t n, struct text *out, size_t *columns)
{
	size_t to = c->from + c->width, total = measure(c->utf8, s, n, to), marks = 0;
	unsigned cut = 0;

	if (c->from && total && c->width > marks) {
		cut |= CELLS_LEFT;
		marks++;
	}
	if (total > to && c->width > marks) {
		cut |= CELLS_RIGHT;
		marks++;
	}
	if (cut & CELLS_LEFT)
		text_add_char(out, ' ');
	add_range(c->utf8, s, n, c->from + !!(cut & CELLS_LEFT), to - !!(cut & CELLS_RIGHT), out);
	if (cut & CELLS_RIGHT)
		text_add_char(out, ' ');
	total = total > to ? to : total;
	if (total > c->from)
		*columns += total - c->from;
	else
		*columns += marks;
	return cut;
}

size_t cells_width(bool utf8, const char *s)
{
	return measure(utf8, s, strlen(s), SIZE_MAX - 1);
}
