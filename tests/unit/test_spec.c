// SPDX-License-Identifier: MIT
/* read/spec.h: the pieces are what the user meant, whatever bytes are in them. */
#include "base/error.h"
#include "read/spec.h"
#include "test.h"

#include <string.h>

static struct arena arena;
static struct spec spec;
static struct error err;

static size_t split(const char *text, char separator)
{
	return spec_split(&arena, text, separator, &spec, &err) == 0 ? spec.v.count : 0;
}

static const char *piece(size_t i)
{
	return i < spec.v.count ? spec.v.items[i].text : "(no such piece)";
}

TEST(spec, plain)
{
	check(split("/a,b,c=d", ',') == 3);
	check_str(piece(0), "/a");
	check_str(piece(1), "b");
	check_str(piece(2), "c=d");
	check_str(spec.v.items[2].key, "c");
	check_str(spec.v.items[2].value, "d");
	check_str(spec.v.items[1].key, "b");
	check(spec.v.items[1].value == NULL);
	arena_release(&arena);
}

TEST(spec, empty_pieces_are_kept)
{
	check(split("", ',') == 1);
	check_str(piece(0), "");
	check(split(",none,/,slave,", ',') == 5);
	check_str(piece(0), "");
	check_str(piece(4), "");
	check(split("k=", ',') == 1);
	check_str(spec.v.items[0].value, "");
	arena_release(&arena);
}

/* The splitter that nacre replaces looped for ever on the first and cut the others wrongly. */
TEST(spec, escaped_separators)
{
	check(split("/m,lowerdir=/a\\,b", ',') == 2);
	check_str(spec.v.items[1].value, "/a,b");
	check(split("a\\,", ',') == 1);
	check_str(piece(0), "a,");
	check(split("a\\\\,b", ',') == 2);
	check_str(piece(0), "a\\");
	check(split("a\\\\\\,b", ',') == 1);
	check_str(piece(0), "a\\,b");
	check(split("a\\\\\\\\,b", ',') == 2);
	check_str(piece(0), "a\\\\");
	arena_release(&arena);
}

TEST(spec, any_byte_can_be_meant)
{
	check(split("a\\:b\\,c\\\\d\ne\xff\x80:x", ':') == 2);
	check_str(piece(0), "a:b,c\\d\ne\xff\x80");
	check(split("\\a\\b", ',') == 1);
	check_str(piece(0), "ab");
	arena_release(&arena);
}

TEST(spec, escape_of_nothing)
{
	static const char *const bad[] = { "\\", "a\\", "a,b\\", "a\\\\\\" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		check(split(bad[i], ',') == 0);
		check(err.kind == ERROR_SPEC);
		check_str(err.name, "spec-escape");
		check_str(err.message, "the last backslash escapes nothing");
	}
	check(split("a\\\\", ',') == 1);
	check_str(piece(0), "a\\");
	arena_release(&arena);
}

TEST(spec, escapes_hold_between_key_and_value)
{
	check(split("lower=/x=y", ',') == 1);
	check_str(spec.v.items[0].key, "lower");
	check_str(spec.v.items[0].value, "/x=y");
	check(split("a\\=b=c\\=d", ',') == 1);
	check_str(spec.v.items[0].key, "a=b");
	check_str(spec.v.items[0].value, "c=d");
	arena_release(&arena);
}

TEST(spec, a_list_in_a_piece_is_cut_before_it_is_unescaped)
{
	struct spec dirs;

	check(split("/m,lowerdir=/a\\:b:/c\\,d:/e\\\\", ',') == 2);
	require(spec_split(&arena, spec.v.items[1].raw_value, ':', &dirs, &err) == 0);
	require(dirs.v.count == 3);
	check_str(dirs.v.items[0].text, "/a:b");
	check_str(dirs.v.items[1].text, "/c,d");
	check_str(dirs.v.items[2].text, "/e\\");
	arena_release(&arena);
}

TEST(spec, long_values)
{
	static char text[200001];

	for (size_t i = 0; i < 200000; i += 2) {
		text[i] = 'a';
		text[i + 1] = ',';
	}
	check(split(text, ',') == 100001);
	memset(text, '\\', 200000);
	check(split(text, ',') == 1);
	check(strlen(piece(0)) == 100000);
	arena_release(&arena);
}

TEST(spec, span_stops_at_the_first_separator_that_is_not_escaped)
{
	check(spec_span("a=b", '=') == 1);
	check(spec_span("a\\=b=c", '=') == 4);
	check(spec_span("abc", '=') == 3);
	check(spec_span("a\\", '=') == 2);
	check(spec_span("", '=') == 0);
}
