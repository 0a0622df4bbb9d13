// SPDX-License-Identifier: MIT
/*
 * Any bytes as a specification: the first byte chooses the separator. What is checked are the
 * promises of read/spec.h: joining the pieces as typed gives the text, and escaping them as meant
 * gives them back. With libFuzzer, or with tests/fuzz/replay.c over the corpus.
 */
#include "read/spec.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
	if (!holds)
		abort();
}

static void check_piece(struct arena *arena, const struct spec_piece *piece, char separator)
{
	_cleanup_text_ struct text escaped = { 0 };
	struct error err;
	struct spec again;

	expect(strlen(piece->text) <= strlen(piece->raw));
	expect(spec_span(piece->raw, separator) == strlen(piece->raw));
	expect(!piece->value == !piece->raw_value);
	if (piece->value)
		expect(strlen(piece->key) + 1 + strlen(piece->value) == strlen(piece->text));
	else
		expect(strcmp(piece->key, piece->text) == 0);
	for (const char *s = piece->text; *s; s++) {
		text_add_char(&escaped, '\\');
		text_add_char(&escaped, *s);
	}
	expect(spec_split(arena, text_str(&escaped), separator, &again, &err) == 0);
	expect(again.v.count == 1);
	expect(strcmp(again.v.items[0].text, piece->text) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char separators[] = ",:=;";
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_text_ struct text joined = { 0 };
	struct error err = { 0 };
	struct spec spec;
	const char *text;
	char separator;

	if (size == 0)
		return 0;
	separator = separators[data[0] % 4];
	text = arena_strndup(&arena, (const char *)data + 1, size - 1);
	if (spec_split(&arena, text, separator, &spec, &err)) {
		expect(err.kind == ERROR_SPEC && text[strlen(text) - 1] == '\\');
		return 0;
	}
	for (size_t i = 0; i < spec.v.count; i++) {
		if (i)
			text_add_char(&joined, separator);
		text_add(&joined, spec.v.items[i].raw);
		check_piece(&arena, &spec.v.items[i], separator);
	}
	expect(strcmp(text_str(&joined), text) == 0);
	return 0;
}
