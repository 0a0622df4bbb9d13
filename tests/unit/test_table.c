// SPDX-License-Identifier: MIT
/* Keyword tables and the nearest word. */
#include "base/cleanup.h"
#include "base/table.h"
#include "test.h"

#include <string.h>

static const struct keyword table[] = {
	{ "ro", 1, "read-only" },
	{ "rw", 2, NULL },
	{ "readonly", 1, NULL },
	{ NULL, 0, NULL },
};

TEST(table, find_wants_the_whole_word)
{
	check(keyword_find(table, "ro", 2) == &table[0]);
	check(keyword_find(table, "rw,suid", 2) == &table[1]);
	check(!keyword_find(table, "r", 1));
	check(!keyword_find(table, "rox", 3));
	check(!keyword_find(table, "RO", 2));
	check(!keyword_find(table, "", 0));
	check(!keyword_find(table, "r\0", 2));
}

TEST(table, name_is_the_first_of_a_value)
{
	check_str(keyword_name(table, 1), "ro");
	check_str(keyword_name(table, 2), "rw");
	check(!keyword_name(table, 0));
}

static const char *word_at(size_t i, const void *arg)
{
	const char *const *words = arg;

	return words[i];
}

#define nearest(word, ...) nearest_word((word), word_at, (const char *const[]){ __VA_ARGS__, NULL })

TEST(table, nearest_takes_one_edit)
{
	check_str(nearest("bnd", "overlay", "bind"), "bind"); /* insert */
	check_str(nearest("binnd", "overlay", "bind"), "bind"); /* delete */
	check_str(nearest("bend", "overlay", "bind"), "bind"); /* replace */
	check_str(nearest("bnid", "overlay", "bind"), "bind"); /* swap */
}

TEST(table, nearest_has_limits_by_length)
{
	check(!nearest("bxxd", "bind"));
	check_str(nearest("hosttnam", "hostname"), "hostname"); /* 8 letters: 2 of 3 */
	check_str(nearest("xxxtname", "hostname"), "hostname"); /* 3 of 3 */
	check(!nearest("xxxxname", "hostname")); /* 4 of 3 */
	check_str(nearest("shaxx", "share"), "share"); /* 5 letters: 2 of 2 */
	check(!nearest("shxxx", "share"));
}

TEST(table, nearest_is_the_nearest_then_the_first)
{
	check_str(nearest("tmpf", "temp", "tmpfs"), "tmpfs");
	check_str(nearest("rat", "bat", "cat"), "bat");
	check_str(nearest("same", "sane", "same"), "same");
}

TEST(table, nearest_takes_a_prefix_of_three)
{
	check_str(nearest("ove", "overlay"), "overlay");
	check_str(nearest("gid", "gid-map-for-everyone"), "gid-map-for-everyone");
	check(!nearest("ov", "overlay"));
	check(!nearest("verl", "overlay"));
	check_str(nearest("hid", "hideout", "hide"), "hide");
}

TEST(table, nearest_swaps_count_once_each)
{
	check_str(nearest("evovlrea", "overlays"), NULL);
	check_str(nearest("voerlya", "overlay"), "overlay");
}

TEST(table, nearest_of_nothing)
{
	check(!nearest_word("x", word_at, (const char *const[]){ NULL }));
	check(!nearest("", "bind"));
	check_str(nearest("", "x"), "x");
}

TEST(table, nearest_survives_long_and_hostile_words)
{
	char word[5000], edge[121], candidate[121];

	memset(word, 'w', sizeof(word));
	word[sizeof(word) - 1] = '\0';
	check(!nearest(word, "bind", "overlay"));
	check(!nearest("bind,ro", word));
	check_str(nearest("www", word), word);
	check_str(nearest("b\xffnd", "bind"), "bind");
	memset(edge, 'e', sizeof(edge));
	edge[sizeof(edge) - 1] = '\0';
	memcpy(candidate, edge, sizeof(edge));
	candidate[60] = 'x';
	check_str(nearest(edge, candidate), candidate);
}
