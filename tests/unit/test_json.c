// SPDX-License-Identifier: MIT
/* The JSON writer: punctuation, escapes, bytes that are no text. */
#include "base/json.h"
#include "base/text.h"
#include "test.h"

TEST(json, commas_and_nesting)
{
	_cleanup_text_ struct text t = { 0 };
	struct json j = { .out = &t };

	json_object(&j, NULL);
	json_string(&j, "a", "x");
	json_array(&j, "list");
	json_number(&j, NULL, -1);
	json_object(&j, NULL);
	json_end_object(&j);
	json_array(&j, NULL);
	json_bool(&j, NULL, true);
	json_end_array(&j);
	json_end_array(&j);
	json_bool(&j, "b", false);
	json_string(&j, "n", NULL);
	json_end_object(&j);
	check_str(text_str(&t), "{\"a\":\"x\",\"list\":[-1,{},[true]],\"b\":false,\"n\":null}");
}

TEST(json, pretty_is_one_member_a_line)
{
	_cleanup_text_ struct text t = { 0 };
	struct json j = { .out = &t, .pretty = true };

	json_object(&j, NULL);
	json_string(&j, "a", "x");
	json_array(&j, "list");
	json_number(&j, NULL, 1);
	json_number(&j, NULL, 2);
	json_end_array(&j);
	json_object(&j, "empty");
	json_end_object(&j);
	json_end_object(&j);
	check_str(text_str(&t), "{\n"
				"  \"a\": \"x\",\n"
				"  \"list\": [\n"
				"    1,\n"
				"    2\n"
				"  ],\n"
				"  \"empty\": {}\n"
				"}");
}

TEST(json, documents_may_follow_each_other)
{
	_cleanup_text_ struct text t = { 0 };
	struct json j = { .out = &t };

	json_object(&j, NULL);
	json_end_object(&j);
	text_add_char(&t, '\n');
	json_number(&j, NULL, 7);
	text_add_char(&t, '\n');
	json_array(&j, NULL);
	json_end_array(&j);
	check_str(text_str(&t), "{}\n7\n[]");
}

TEST(json, numbers_to_the_edges)
{
	_cleanup_text_ struct text t = { 0 };
	struct json j = { .out = &t };

	json_array(&j, NULL);
	json_number(&j, NULL, INT64_MIN);
	json_number(&j, NULL, INT64_MAX);
	json_unsigned(&j, NULL, UINT64_MAX);
	json_end_array(&j);
	check_str(text_str(&t), "[-9223372036854775808,9223372036854775807,18446744073709551615]");
}

/* The one string as the writer puts it. */
static void check_string(const char *value, const char *want)
{
	_cleanup_text_ struct text t = { 0 };
	struct json j = { .out = &t };

	json_string(&j, NULL, value);
	check_str(text_str(&t), want);
}

TEST(json, strings_are_escaped)
{
	check_string("", "\"\"");
	check_string("a,b:c/d'", "\"a,b:c/d'\"");
	check_string("q\"b\\", "\"q\\\"b\\\\\"");
	check_string("\n\t\r", "\"\\n\\t\\r\"");
	check_string("\x01\x1b\x1f\x7f", "\"\\u0001\\u001b\\u001f\\u007f\"");
	check_string("gr\xc3\xbc\xc3\x9f", "\"gr\xc3\xbc\xc3\x9f\"");
	check_string("\xc2\x9b", "\"\\u009b\"");
	check_string("\xe2\x80\xae", "\"\\u202e\"");
	check_string("\xf0\x9f\x90\x9a", "\"\xf0\x9f\x90\x9a\"");
}

TEST(json, bytes_that_are_no_text_are_replaced_one_by_one)
{
	check_string("a\xff\xfe"
		     "b",
		     "\"a\xef\xbf\xbd\xef\xbf\xbd"
		     "b\"");
	check_string("\xc3", "\"\xef\xbf\xbd\"");
	check_string("\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}

TEST(json, names_are_escaped)
{
	_cleanup_text_ struct text t = { 0 };
	struct json j = { .out = &t };

	json_object(&j, NULL);
	json_bool(&j, "a\"\n\xff", true);
	json_end_object(&j);
	check_str(text_str(&t), "{\"a\\\"\\n\xef\xbf\xbd\":true}");
}

static void check_path(const char *path, const char *want)
{
	_cleanup_text_ struct text t = { 0 };
	struct json j = { .out = &t };

	json_object(&j, NULL);
	json_path(&j, "p", path);
	json_end_object(&j);
	check_str(text_str(&t), want);
}

TEST(json, path_that_is_text_has_no_twin)
{
	check_path("/a,b\n", "{\"p\":\"/a,b\\n\"}");
	check_path("", "{\"p\":\"\"}");
	check_path(NULL, "{\"p\":null}");
}

TEST(json, path_that_is_bytes_has_a_twin_in_base64)
{
	check_path("\xff", "{\"p\":\"\xef\xbf\xbd\",\"p_b64\":\"/w==\"}");
	check_path("\xff\xfe", "{\"p\":\"\xef\xbf\xbd\xef\xbf\xbd\",\"p_b64\":\"//4=\"}");
	check_path("/a\xff", "{\"p\":\"/a\xef\xbf\xbd\",\"p_b64\":\"L2H/\"}");
	check_path("/ab\xfb\xff", "{\"p\":\"/ab\xef\xbf\xbd\xef\xbf\xbd\",\"p_b64\":\"L2Fi+/8=\"}");
}

TEST(json, path_in_an_array_is_only_a_string)
{
	_cleanup_text_ struct text t = { 0 };
	struct json j = { .out = &t };

	json_array(&j, NULL);
	json_path(&j, NULL, "\xff");
	json_end_array(&j);
	check_str(text_str(&t), "[\"\xef\xbf\xbd\"]");
}
