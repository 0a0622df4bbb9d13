// SPDX-License-Identifier: MIT
/* read/value.h: each parser takes the whole text or nothing. */
#include "base/error.h"
#include "read/value.h"
#include "test.h"

#include <stdint.h>
#include <string.h>

static struct error err;

/* The value, or a number that no test expects. */
static uint64_t size_of(const char *text)
{
	uint64_t n = 12345678987;

	return value_size(text, &n, &err) == 0 ? n : 999;
}

TEST(value, sizes)
{
	check(size_of("0") == 0);
	check(size_of("65536") == 65536);
	check(size_of("10k") == 10240);
	check(size_of("10K") == 10240);
	check(size_of("1M") == 1 << 20);
	check(size_of("2G") == UINT64_C(2) << 30);
	check(size_of("1t") == UINT64_C(1) << 40);
	check(size_of("18446744073709551615") == UINT64_MAX);
	check(size_of("16777215T") == UINT64_C(16777215) << 40);
}

TEST(value, sizes_that_are_none)
{
	static const char *const bad[] = { "",
					   "k",
					   "-1",
					   "+1",
					   " 1",
					   "1 ",
					   "1kk",
					   "1ki",
					   "1kB",
					   "0x10",
					   "50%",
					   "1.5M",
					   "1,5M",
					   "1\xff",
					   "18446744073709551616",
					   "16777216T",
					   "99999999999999999999k" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		uint64_t n = 7;

		check(value_size(bad[i], &n, &err) == -1);
		check(n == 7);
		check(err.kind == ERROR_SPEC);
		check_str(err.name, "spec-value");
		check_str(err.object, bad[i]);
	}
}

TEST(value, numbers_have_a_limit)
{
	uint64_t n = 7;

	check(value_number("1024", 1024, &n, &err) == 0 && n == 1024);
	check(value_number("1025", 1024, &n, &err) == -1 && n == 1024);
	check_str(err.fix, "the largest is 1024");
	check(value_number("3x", 1024, &n, &err) == -1);
	check_str(err.message, "3x is not a number");
	check(value_number("5", 3, &n, &err) == -1);
	check(value_number("", 3, &n, &err) == -1);
	check_str(err.message, "an empty value is not a number");
}

TEST(value, seconds)
{
	static const char *const bad[] = { "",	  "-1",	  "+1",	 " 1",	".5",	   ".",	   "1 ",
					   "1e3", "0x10", "inf", "nan", "1000001", "1.5s", "1..5" };
	uint32_t ms = 7;

	check(value_seconds("0", &ms, &err) == 0 && ms == 0);
	check(value_seconds("10", &ms, &err) == 0 && ms == 10000);
	check(value_seconds("0.25", &ms, &err) == 0 && ms == 250);
	check(value_seconds("1.0019", &ms, &err) == 0 && ms == 1001);
	check(value_seconds("1000000", &ms, &err) == 0 && ms == 1000000000);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		check(value_seconds(bad[i], &ms, &err) == -1);
		check(err.kind == ERROR_USAGE);
		check_str(err.name, "value-seconds");
		check_str(err.object, bad[i]);
	}
	check(ms == 1000000000);
}

TEST(value, ids)
{
	uint32_t id = 7;

	check(value_id("0", &id, &err) == 0 && id == 0);
	check(value_id("4294967294", &id, &err) == 0 && id == 4294967294);
	check(value_id("root", &id, &err) == 0 && id == 0);
	check(value_id("4294967295", &id, &err) == -1);
	check_str(err.fix, "the largest id is 4294967294");
	check(value_id("-1", &id, &err) == -1);
	check(value_id("alice", &id, &err) == -1);
	check(strstr(err.fix, "id -u") != NULL);
	check(id == 0);
}

TEST(value, modes)
{
	mode_t mode = 7;

	check(value_mode("755", &mode, &err) == 0 && mode == 0755);
	check(value_mode("01777", &mode, &err) == 0 && mode == 01777);
	check(value_mode("0", &mode, &err) == 0 && mode == 0);
	check(value_mode("7777", &mode, &err) == 0 && mode == 07777);
	check(value_mode("10000", &mode, &err) == -1);
	check(value_mode("758", &mode, &err) == -1);
	check(value_mode("u+x", &mode, &err) == -1);
	check(value_mode("", &mode, &err) == -1);
}

TEST(value, id_ranges)
{
	struct id_range range = { 0 };

	check(value_id_range("0:1000:1", &range, &err) == 0);
	check(range.inside == 0 && range.outside == 1000 && range.count == 1);
	check(value_id_range("0:0:4294967295", &range, &err) == 0);
	check(range.count == UINT32_MAX);
	check(value_id_range("0:1000", &range, &err) == -1);
	check(value_id_range("0:1000:", &range, &err) == -1);
	check(value_id_range("0:1000:1:", &range, &err) == -1);
	check(value_id_range(":1000:1", &range, &err) == -1);
	check(value_id_range("0:4294967296:1", &range, &err) == -1);
	check(value_id_range("0 1000 1", &range, &err) == -1);
}

TEST(value, lines_of_a_map)
{
	struct id_range range = { 0 };

	check(value_id_line("0 1000 1", &range, &err) == 0);
	check(range.inside == 0 && range.outside == 1000 && range.count == 1);
	check(value_id_line(" 7\t8   4294967295\t", &range, &err) == 0);
	check(range.inside == 7 && range.outside == 8 && range.count == UINT32_MAX);
	check(value_id_line("", &range, &err) == -1);
	check(value_id_line("0 1000", &range, &err) == -1);
	check(value_id_line("0 1000 1 1", &range, &err) == -1);
	check(value_id_line("0:1000:1", &range, &err) == -1);
	check(value_id_line("0 -1 1", &range, &err) == -1);
	check(value_id_line("0 1000 1x", &range, &err) == -1);
	check(value_id_line("0 4294967296 1", &range, &err) == -1);
	check(value_id_line("0 1000 1\n", &range, &err) == -1);
}

TEST(value, box_names)
{
	char longest[66];

	memset(longest, 'a', 65);
	longest[65] = '\0';
	check(value_name(longest, &err) == -1);
	longest[64] = '\0';
	check(value_name(longest, &err) == 0);
	check(value_name("a", &err) == 0);
	check(value_name("_build-1.2", &err) == 0);
	check(value_name("", &err) == -1);
	check(value_name(".", &err) == -1);
	check(value_name("..", &err) == -1);
	check(value_name("-n", &err) == -1);
	check(value_name("a/b", &err) == -1);
	check(value_name("a b", &err) == -1);
	check(value_name("a\n", &err) == -1);
	check(value_name("\xc3\xa4", &err) == -1);
}

TEST(value, words_of_a_table)
{
	static const struct keyword table[] = { { "keep", 1, NULL },
						{ "drop", 2, NULL },
						{ NULL, 0, NULL } };
	uint64_t n = 7;

	check(value_word("drop", table, "a verdict", &n, &err) == 0 && n == 2);
	check(value_word("dorp", table, "a verdict", &n, &err) == -1);
	check_str(err.message, "dorp is not a verdict");
	check_str(err.fix, "did you mean drop?");
	check(value_word("purple", table, "a verdict", &n, &err) == -1);
	check_str(err.fix, "one of: keep drop");
	check(value_word("\x1b[2J", table, "a verdict", &n, &err) == -1);
	check(strchr(err.message, '\x1b') == NULL);
}
