// SPDX-License-Identifier: MIT
/* Names of uppers. */
#include "enter/slot.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>

enum { SLOT_MAX = 200 };

/* FNV-1a, 64 bits: tells long paths apart, nothing depends on its strength. */
static uint64_t hash(const char *s)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
	return h;
}

const char *slot_name(struct arena *arena, const char *dst)
{
	_cleanup_text_ struct text name = { 0 };

	if (strcmp(dst, "/") == 0)
		return "root";
	for (const char *s = dst + 1; *s; s++) {
		if (*s == '/')
			text_add(&name, "%2F");
		else if (*s == '%')
			text_add(&name, "%25");
		else
			text_add_char(&name, *s);
	}
	/* A top-level directory named "root" must not be taken for "/". */
	if (strcmp(text_str(&name), "root") == 0)
		return "%root";
	if (name.len <= SLOT_MAX)
		return arena_strdup(arena, text_str(&name));
	return arena_printf(arena, "%.*s%%%016llx", SLOT_MAX, text_str(&name),
			    (unsigned long long)hash(dst));
}
