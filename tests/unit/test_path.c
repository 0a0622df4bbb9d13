// SPDX-License-Identifier: MIT
/* Paths as text, UTF-8, and the quoting that stands between a hostile name and a terminal. */
#include "base/arena.h"
#include "base/cleanup.h"
#include "base/path.h"
#include "test.h"

#include <string.h>

#define _cleanup_arena_ _cleanup_(arena_release)

TEST(path, absolute_cleans)
{
	static const struct {
		const char *base, *path, *want;
	} rows[] = {
		{ "/", "a", "/a" },
		{ "/x", "a/b", "/x/a/b" },
		{ "/x/", "./a//b/.", "/x/a/b" },
		{ "/x", "/a", "/a" },
		{ "/x", "", "/x" },
		{ "/x/y", "..", "/x" },
		{ "/x/y", "../../../..", "/" },
		{ "/", "/../../a", "/a" },
		{ "/x", "/a/b/../c", "/a/c" },
		{ "/x", "/a/../..", "/" },
		{ "/x//y/../z", "w", "/x/z/w" },
		{ "/x", "///", "/" },
		{ "/x", "...", "/x/..." },
		{ "/x", "..a/.b", "/x/..a/.b" },
		{ "/x", "/a/b/", "/a/b" },
		{ "/x", "a,b:c\\d\n/\xff\xfe", "/x/a,b:c\\d\n/\xff\xfe" },
		{ "/", ".", "/" },
	};
	_cleanup_arena_ struct arena a = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check_str(path_absolute(&a, rows[i].base, rows[i].path), rows[i].want);
}

TEST(path, join_has_one_slash)
{
	_cleanup_arena_ struct arena a = { 0 };

	check_str(path_join(&a, "/", "a"), "/a");
	check_str(path_join(&a, "/x", "a/b"), "/x/a/b");
	check_str(path_join(&a, "/x/", "a"), "/x/a");
	check_str(path_join(&a, "/x", "/a"), "/x/a");
	check_str(path_join(&a, "/", "//a"), "/a");
	check_str(path_join(&a, "/x", ""), "/x");
	check_str(path_join(&a, "", "a"), "a");
	check_str(path_join(&a, "/x:,\\", "\n\xff"), "/x:,\\/\n\xff");
}

TEST(path, below_is_by_components)
{
	check(path_below("/x/foo", "/x/foo"));
	check(path_below("/x/foo/bar", "/x/foo"));
	check(!path_below("/x/foobar", "/x/foo"));
	check(!path_below("/x", "/x/foo"));
	check(path_below("/x", "/"));
	check(path_below("/", "/"));
	check(!path_below("/", "/x"));
}

TEST(path, relative_is_what_is_left)
{
	check_str(path_relative("/x/a/b", "/x"), "a/b");
	check_str(path_relative("/x", "/x"), "");
	check_str(path_relative("/x/a", "/"), "x/a");
	check_str(path_relative("/", "/"), "");
}

TEST(path, name_and_parent)
{
	_cleanup_arena_ struct arena a = { 0 };

	check_str(path_name("/a/b"), "b");
	check_str(path_name("/a"), "a");
	check_str(path_name("/"), "");
	check_str(path_name("a"), "a");
	check_str(path_parent(&a, "/a/b\n/c"), "/a/b\n");
	check_str(path_parent(&a, "/a"), "/");
	check_str(path_parent(&a, "/"), "/");
	check_str(path_parent(&a, "a"), ".");
	check_str(path_parent(&a, "a/b"), "a");
}

TEST(path, depth_counts_components)
{
	check(path_depth("/") == 0);
	check(path_depth("") == 0);
	check(path_depth("/a") == 1);
	check(path_depth("/a/b/c") == 3);
	check(path_depth("a//b/") == 2);
}

static const struct {
	const char *path, *want;
} quoted[] = {
	{ "/usr/bin", "/usr/bin" },
	{ "/with space", "\"/with space\"" },
	{ "", "\"\"" },
	{ "/a,b:c'd$e", "/a,b:c'd$e" },
	{ "/back\\slash", "\"/back\\\\slash\"" },
	{ "/dou\"ble", "\"/dou\\\"ble\"" },
	{ "/line\nfeed\ttab", "\"/line\\x0afeed\\x09tab\"" },
	{ "\x1b[31m", "\"\\x1b[31m\"" },
	{ "del\x7f", "\"del\\x7f\"" },
	{ "/gr\xc3\xbc\xc3\x9f", "/gr\xc3\xbc\xc3\x9f" }, /* two letters of Latin 1 */
	{ "\xf0\x9f\x90\x9a", "\xf0\x9f\x90\x9a" }, /* U+1F41A */
	{ "/\xff\xfe", "\"/\\xff\\xfe\"" },
	{ "\xc3", "\"\\xc3\"" }, /* cut short */
	{ "\xc3/", "\"\\xc3/\"" },
	{ "\xc0\xaf", "\"\\xc0\\xaf\"" }, /* overlong slash */
	{ "\xed\xa0\x80", "\"\\xed\\xa0\\x80\"" }, /* surrogate */
	{ "\xc2\x9b"
	  "31m",
	  "\"\\xc2\\x9b31m\"" }, /* U+009B, CSI */
	{ "\xc2\x80", "\"\\xc2\\x80\"" },
	{ "\xc2\x9f", "\"\\xc2\\x9f\"" },
	{ "\xc2\xa0", "\xc2\xa0" }, /* U+00A0, the first behind C1 */
	{ "\xe2\x80\xae"
	  "txt.exe",
	  "\"\\xe2\\x80\\xaetxt.exe\"" }, /* U+202E */
	{ "\xe2\x80\xaa", "\"\\xe2\\x80\\xaa\"" }, /* U+202A */
	{ "\xe2\x80\xaf", "\xe2\x80\xaf" }, /* U+202F */
	{ "\xe2\x81\xa6", "\"\\xe2\\x81\\xa6\"" }, /* U+2066 */
	{ "\xe2\x81\xa9", "\"\\xe2\\x81\\xa9\"" }, /* U+2069 */
	{ "\xe2\x81\xaa", "\xe2\x81\xaa" }, /* U+206A */
	{ "\xd8\x9c", "\"\\xd8\\x9c\"" }, /* U+061C */
};

TEST(path, quote_shows_every_byte)
{
	_cleanup_arena_ struct arena a = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(quoted); i++) {
		check_str(quote_path(&a, quoted[i].path), quoted[i].want);
		check_str(Q(quoted[i].path), quoted[i].want);
	}
}

TEST(path, quote_into_fits_exactly)
{
	char buf[64];

	for (size_t i = 0; i < ARRAY_LEN(quoted); i++) {
		const char *want = quoted[i].want;

		check_str(quote_into(buf, strlen(want) + 1, quoted[i].path), want);
	}
}

TEST(path, quote_into_cuts_between_characters)
{
	char buf[16];

	check_str(quote_into(buf, 10, "/abcdefghij"), "/abcde...");
	check_str(quote_into(buf, 10, "/a b c d e f"), "\"/a b...\"");
	check_str(quote_into(buf, 12, "/\n\n\n\n"), "\"/\\x0a...\"");
	check_str(quote_into(buf, 9,
			     "/aaa\xc3\xbc"
			     "bbbb"),
		  "/aaa...");
	check_str(quote_into(buf, 10,
			     "/aaa\xc3\xbc"
			     "bbbb"),
		  "/aaa\xc3\xbc...");
}

TEST(path, quote_into_never_writes_past_the_end)
{
	char buf[40];

	for (size_t i = 0; i < ARRAY_LEN(quoted); i++)
		for (size_t size = 0; size < 30; size++) {
			memset(buf, '#', sizeof(buf));
			require(quote_into(buf, size, quoted[i].path) == buf);
			require(size == 0 || memchr(buf, '\0', size));
			for (size_t k = size; k < sizeof(buf); k++)
				require(buf[k] == '#');
		}
}

TEST(path, quote_macro_holds_several_in_one_expression)
{
	_cleanup_arena_ struct arena a = { 0 };

	check_str(arena_printf(&a, "%s and %s", Q("/a"), Q("/b c")), "/a and \"/b c\"");
}

TEST(path, quote_macro_cuts_a_long_path)
{
	char path[400];
	const char *shown;

	memset(path, 'p', sizeof(path));
	path[sizeof(path) - 1] = '\0';
	shown = Q(path);
	check(strlen(shown) == 255);
	check_str(shown + 250, "pp...");
}

TEST(path, utf8_is_strict)
{
	static const struct {
		const char *s;
		bool valid;
	} rows[] = {
		{ "", true },
		{ "ascii\n\x7f", true },
		{ "\xc2\x80", true },
		{ "\xdf\xbf", true },
		{ "\xe0\xa0\x80", true },
		{ "\xed\x9f\xbf", true },
		{ "\xee\x80\x80", true },
		{ "\xf0\x90\x80\x80", true },
		{ "\xf4\x8f\xbf\xbf", true },
		{ "\x80", false },
		{ "\xbf", false },
		{ "\xc1\xbf", false },
		{ "\xc2", false },
		{ "\xc2 ", false },
		{ "\xe0\x9f\xbf", false },
		{ "\xe2\x82", false },
		{ "\xed\xa0\x80", false },
		{ "\xed\xbf\xbf", false },
		{ "\xf0\x8f\xbf\xbf", false },
		{ "\xf4\x90\x80\x80", false },
		{ "\xf5\x80\x80\x80", false },
		{ "\xf9\x80\x80\x80", false },
		{ "\xf8\x88\x80\x80\x80", false },
		{ "\xff", false },
		{ "ok then \xfe", false },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		test_check(utf8_valid(rows[i].s, strlen(rows[i].s)) == rows[i].valid, __FILE__,
			   __LINE__, "row %zu: %s", i, Q(rows[i].s));
}

TEST(path, utf8_length_bounds_the_read)
{
	uint32_t code = 0;

	check(!utf8_valid("\xc3\xbc", 1));
	check(utf8_valid("a\xff", 1));
	check(utf8_valid("a\0b", 3));
	check(utf8_decode("\xe2\x80\xae", 3, &code) == 3 && code == 0x202e);
	check(utf8_decode("", 0, &code) == 0);
}
