// SPDX-License-Identifier: MIT
/*
 * Any bytes as paths: the first byte is the size of a buffer, the rest are a base and a path with a
 * NUL between. What is checked are the promises of base/path.h. With libFuzzer, or with
 * tests/fuzz/replay.c over the corpus.
 */
#include "base/arena.h"
#include "base/cleanup.h"
#include "base/path.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
	if (!holds)
		abort();
}

static void check_absolute(struct arena *arena, const char *base, const char *path)
{
	const char *clean = path_absolute(arena, base, path);
	const char *parent = path_parent(arena, clean);

	expect(clean[0] == '/');
	expect(!clean[1] || clean[strlen(clean) - 1] != '/');
	expect(!strstr(clean, "//") && !strstr(clean, "/./") && !strstr(clean, "/../"));
	expect(strcmp(path_name(clean), ".") != 0 && strcmp(path_name(clean), "..") != 0);
	expect(strcmp(path_absolute(arena, "/elsewhere", clean), clean) == 0);
	expect(path_below(clean, clean) && path_below(clean, "/") && path_below(clean, parent));
	expect(strcmp(path_join(arena, parent, path_name(clean)), clean) == 0);
	expect(strcmp(path_join(arena, "/", path_relative(clean, "/")), clean) == 0);
	expect(path_depth(clean) == path_depth(parent) + (clean[1] != '\0'));
}

static void check_quoted(struct arena *arena, const char *path, size_t size)
{
	const char *quoted = quote_path(arena, path);
	char buf[256];

	expect(*quoted && utf8_valid(quoted, strlen(quoted)));
	for (const char *s = quoted; *s;) {
		uint32_t code;

		s += utf8_decode(s, strlen(s), &code);
		expect(!code_is_control(code));
	}
	memset(buf, '#', sizeof(buf));
	quote_into(buf, size, path);
	expect(size == 0 || strlen(buf) < size);
	for (size_t i = size; i < sizeof(buf); i++)
		expect(buf[i] == '#');
	if (strlen(quoted) < size)
		expect(strcmp(buf, quoted) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *base, *path = "";
	size_t len;

	if (size == 0)
		return 0;
	base = arena_strndup(&arena, (const char *)data + 1, size - 1);
	len = strlen(base);
	if (len + 1 < size)
		path = arena_strndup(&arena, (const char *)data + 2 + len, size - 2 - len);
	check_absolute(&arena, base, path);
	check_absolute(&arena, "/", base);
	check_quoted(&arena, base, data[0]);
	check_quoted(&arena, path, data[0]);
	(void)utf8_valid((const char *)data, size);
	return 0;
}
