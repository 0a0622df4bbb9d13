// SPDX-License-Identifier: MIT
/*
 * Any bytes as a file of X keys, a DISPLAY, a bus address and a PULSE_SERVER. What is checked: the filter gives back nothing that
 * it would not take again, byte for byte; a path survives an address; every reader ends. With libFuzzer, or with tests/fuzz/replay.c over
 * the corpus.
 */
#include "base/arena.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "enter/address.h"
#include "enter/display.h"
#include "enter/xauthority.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
	if (!holds)
		abort();
}

static void check_keys(const uint8_t *data, size_t size, bool remote)
{
	const struct xauthority_wanted wanted = { "0", "host", remote };
	_cleanup_text_ struct text once = { 0 };
	_cleanup_text_ struct text twice = { 0 };
	size_t count = xauthority_filter(data, size, &wanted, &once);

	expect(once.len <= size);
	expect(xauthority_filter(once.data, once.len, &wanted, &twice) == count);
	expect(once.len == twice.len && (!once.len || memcmp(once.data, twice.data, once.len) == 0));
}

static void check_addresses(struct arena *arena, const char *text)
{
	const char *at = text, *again;
	struct address a, b;

	while (address_next_bus(arena, &at, &a)) {
		_cleanup_text_ struct text out = { 0 };

		expect(at > text && at <= text + strlen(text));
		if (a.kind != ADDRESS_PATH)
			continue;
		address_format_bus(a.path, &out);
		again = text_str(&out);
		expect(address_next_bus(arena, &again, &b) && b.kind == ADDRESS_PATH);
		expect(strcmp(a.path, b.path) == 0);
	}
	at = text;
	while (address_next_pulse(arena, &at, &a))
		expect(at > text && (a.kind != ADDRESS_PATH || a.path));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct display display;
	const char *text;

	check_keys(data, size, false);
	check_keys(data, size, true);
	text = arena_strndup(&arena, (const char *)data, size);
	check_addresses(&arena, text);
	if (display_parse(&arena, text, &display) == 0)
		expect(display.kind == DISPLAY_PATH ? *display.path == '/' : *display.number);
	return 0;
}
