// SPDX-License-Identifier: MIT
/* Reading entries one by one; every length is compared with what is left before it is believed. */
#include "enter/xauthority.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>

enum { FAMILY_LOCAL = 256, FAMILY_WILD = 65535 };
enum { ADDRESS, NUMBER, NAME, KEY, STRINGS };

struct reader {
	const uint8_t *at;
	size_t left;
};

struct counted {
	const uint8_t *bytes;
	uint16_t len;
};

struct entry {
	uint16_t family;
	struct counted strings[STRINGS];
};

static bool take_number(struct reader *r, uint16_t *ret)
{
	if (r->left < 2)
		return false;
	*ret = (uint16_t)(r->at[0] << 8 | r->at[1]);
	r->at += 2;
	r->left -= 2;
	return true;
}

static bool take_entry(struct reader *r, struct entry *ret)
{
	if (!take_number(r, &ret->family))
		return false;
	for (int i = 0; i < STRINGS; i++) {
		struct counted *s = &ret->strings[i];

		if (!take_number(r, &s->len) || r->left < s->len)
			return false;
		s->bytes = r->at;
		r->at += s->len;
		r->left -= s->len;
	}
	return true;
}

static bool is_text(const struct counted *s, const char *text)
{
	return s->len == strlen(text) && (s->len == 0 || memcmp(s->bytes, text, s->len) == 0);
}

static bool is_wanted(const struct entry *e, const struct xauthority_wanted *wanted)
{
	/* An empty number stands for every display. */
	if (e->strings[NUMBER].len && !is_text(&e->strings[NUMBER], wanted->number))
		return false;
	if (e->family == FAMILY_WILD)
		return true;
	if (wanted->remote)
		return e->family != FAMILY_LOCAL;
	return e->family == FAMILY_LOCAL && is_text(&e->strings[ADDRESS], wanted->host);
}

static void add_number(struct text *out, uint16_t n)
{
	text_add_char(out, (char)(n >> 8));
	text_add_char(out, (char)(n & 0xff));
}

size_t xauthority_filter(const void *bytes, size_t len, const struct xauthority_wanted *wanted,
			 struct text *out)
{
	struct reader r = { bytes, len };
	struct entry e;
	size_t count = 0;

	while (take_entry(&r, &e)) {
		if (!is_wanted(&e, wanted))
			continue;
		if (!wanted->remote) {
			e.family = FAMILY_WILD;
			e.strings[ADDRESS].len = 0;
		}
		add_number(out, e.family);
		for (int i = 0; i < STRINGS; i++) {
			add_number(out, e.strings[i].len);
			text_add_bytes(out, e.strings[i].bytes, e.strings[i].len);
		}
		count++;
	}
	return count;
}
