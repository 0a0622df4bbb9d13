// SPDX-License-Identifier: MIT
/* The growing byte string. */
#include "base/text.h"
#include "test.h"

#include <string.h>

TEST(text, empty_is_the_empty_string)
{
	_cleanup_text_ struct text t = { 0 };

	check_str(text_str(&t), "");
	text_add(&t, "");
	check(t.data != NULL);
	check_str(text_str(&t), "");
	check(t.len == 0);
}

TEST(text, pieces_follow_each_other)
{
	_cleanup_text_ struct text t = { 0 };

	text_add(&t, "a,b");
	text_add_char(&t, ':');
	text_add_bytes(&t,
		       "\\\n\xff"
		       "ignored",
		       3);
	text_printf(&t, "%d-%s", 42, "end");
	check_str(text_str(&t), "a,b:\\\n\xff"
				"42-end");
	check(t.len == 13);
}

TEST(text, nul_bytes_are_bytes)
{
	_cleanup_text_ struct text t = { 0 };

	text_add_bytes(&t, "a\0b", 3);
	text_add_char(&t, '\0');
	text_add(&t, "c");
	check(t.len == 5);
	check(memcmp(t.data, "a\0b\0c", 6) == 0);
}

TEST(text, no_bytes_may_come_from_null)
{
	_cleanup_text_ struct text t = { 0 };

	text_add_bytes(&t, NULL, 0);
	check_str(t.data, "");
}

TEST(text, grows_past_every_power)
{
	_cleanup_text_ struct text t = { 0 };

	for (size_t i = 0; i < 5000; i++) {
		text_add_char(&t, (char)('a' + i % 26));
		require(t.len == i + 1);
		require(t.data[t.len] == '\0');
		require(t.capacity > t.len);
	}
	for (size_t i = 0; i < 5000; i++)
		require(t.data[i] == (char)('a' + i % 26));
}

TEST(text, printf_longer_than_the_memory)
{
	_cleanup_text_ struct text t = { 0 };

	text_add(&t, "x");
	text_printf(&t, "%0*d", 10000, 5);
	check(t.len == 10001);
	check(t.data[0] == 'x' && t.data[10000] == '5');
}

TEST(text, clear_keeps_the_memory)
{
	_cleanup_text_ struct text t = { 0 };
	char *data;

	text_clear(&t);
	text_add(&t, "something");
	data = t.data;
	text_clear(&t);
	check(t.data == data && t.len == 0);
	check_str(text_str(&t), "");
	text_release(&t);
	check(!t.data && !t.capacity);
	check_str(text_str(&t), "");
}
