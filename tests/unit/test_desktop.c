// SPDX-License-Identifier: MIT
/* enter/display.h, enter/address.h, enter/xauthority.h: what a session's variables and files say, as text. */
#include "base/arena.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "enter/address.h"
#include "enter/display.h"
#include "enter/xauthority.h"
#include "test.h"

#include <string.h>

TEST(display, forms)
{
	static const struct {
		const char *text, *host, *number, *screen;
		enum display_kind kind;
		bool loopback;
	} rows[] = {
		{ ":0", "", "0", "", DISPLAY_LOCAL, true },
		{ ":0.0", "", "0", ".0", DISPLAY_LOCAL, true },
		{ ":007.12", "", "7", ".12", DISPLAY_LOCAL, true },
		{ "unix:3", "unix", "3", "", DISPLAY_LOCAL, false },
		{ "unix/:3", "", "3", "", DISPLAY_LOCAL, true },
		{ "unix/host:3", "host", "3", "", DISPLAY_LOCAL, false },
		{ "local/:1", "", "1", "", DISPLAY_LOCAL, true },
		{ "host:0", "host", "0", "", DISPLAY_NETWORK, false },
		{ "localhost:10.0", "localhost", "10", ".0", DISPLAY_NETWORK, true },
		{ "tcp/host:99999", "host", "99999", "", DISPLAY_NETWORK, false },
		{ "inet6/::1:0", "::1", "0", "", DISPLAY_NETWORK, true },
		{ "[::1]:0", "[::1]", "0", "", DISPLAY_NETWORK, true },
	};
	struct arena arena = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct display d;

		require(display_parse(&arena, rows[i].text, &d) == 0);
		check(d.kind == rows[i].kind);
		check(d.loopback == rows[i].loopback);
		check_str(d.host, rows[i].host);
		check_str(d.number, rows[i].number);
		check_str(d.screen, rows[i].screen);
		check(d.path == NULL);
	}
	arena_release(&arena);
}

TEST(display, paths)
{
	struct arena arena = { 0 };
	const char *screen = "";
	struct display d;

	require(display_parse(&arena, "/tmp/a:b/X0.5", &d) == 0);
	check(d.kind == DISPLAY_PATH);
	check_str(d.path, "/tmp/a:b/X0.5");
	require(display_parse(&arena, "unix:/tmp/X", &d) == 0);
	check_str(d.path, "/tmp/X");
	check_str(display_path_without_screen(&arena, "/tmp/X0.5", &screen), "/tmp/X0");
	check_str(screen, ".5");
	check(display_path_without_screen(&arena, "/tmp/X0.", &screen) == NULL);
	check(display_path_without_screen(&arena, "/tmp.d/X0", &screen) == NULL);
	check(display_path_without_screen(&arena, "/tmp/X0.5a", &screen) == NULL);
	arena_release(&arena);
}

TEST(display, refused)
{
	static const char *const rows[] = { "",	       "0",	   ":",	   "host",   ":x",
					    ":0x",     ":0.",	   ":0.x", ":0.0.0", ":-1",
					    ":+1",     ": 0",	   ":0 ",  "x/h:0",  "unix/a/b:0",
					    ":123456", ":0.123456" };
	struct arena arena = { 0 };
	struct display d;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check(display_parse(&arena, rows[i], &d) == -1);
	arena_release(&arena);
}

static enum address_kind only_bus(struct arena *arena, const char *list, struct address *ret)
{
	const char *at = list;

	if (!address_next_bus(arena, &at, ret))
		return ADDRESS_BROKEN;
	check(!address_next_bus(arena, &at, &(struct address){ 0 }));
	return ret->kind;
}

TEST(address, bus)
{
	struct arena arena = { 0 };
	struct address a;

	check(only_bus(&arena, "unix:path=/run/bus", &a) == ADDRESS_PATH);
	check_str(a.path, "/run/bus");
	check(only_bus(&arena, "unix:path=/run/bus,guid=0af1", &a) == ADDRESS_PATH);
	check_str(a.path, "/run/bus");
	check(only_bus(&arena, ";unix:guid=1,path=/a%2cb%20%3B;", &a) == ADDRESS_PATH);
	check_str(a.path, "/a,b ;");
	check(only_bus(&arena, "unix:abstract=/tmp/x", &a) == ADDRESS_ABSTRACT);
	check(only_bus(&arena, "unix:runtime=yes", &a) == ADDRESS_RUNTIME);
	check(only_bus(&arena, "unix:runtime=no", &a) == ADDRESS_OTHER);
	check(only_bus(&arena, "unix:tmpdir=/tmp", &a) == ADDRESS_OTHER);
	check(only_bus(&arena, "tcp:host=h,port=1", &a) == ADDRESS_NETWORK);
	check(only_bus(&arena, "autolaunch:", &a) == ADDRESS_OTHER);
	check(only_bus(&arena, "unix", &a) == ADDRESS_BROKEN);
	check(only_bus(&arena, "unix:path=/a%", &a) == ADDRESS_BROKEN);
	check(only_bus(&arena, "unix:path=/a%4", &a) == ADDRESS_BROKEN);
	check(only_bus(&arena, "unix:path=/a%4,guid=1", &a) == ADDRESS_BROKEN);
	check(only_bus(&arena, "unix:path=/a%00b", &a) == ADDRESS_BROKEN);
	check(only_bus(&arena, ";;", &a) == ADDRESS_BROKEN);
	arena_release(&arena);
}

TEST(address, bus_and_back)
{
	_cleanup_text_ struct text text = { 0 };
	struct arena arena = { 0 };
	char path[257] = "/";
	struct address a;

	for (int i = 1; i < 256; i++)
		path[i] = (char)i;
	address_format_bus(path, &text);
	check(only_bus(&arena, text_str(&text), &a) == ADDRESS_PATH);
	check_str(a.path, path);
	arena_release(&arena);
}

TEST(address, pulse)
{
	const char *at = " {0af1}unix:/a  /b\ttcp:h {x}tcp4:h:1 host {broken\n";
	struct arena arena = { 0 };
	struct address a;

	require(address_next_pulse(&arena, &at, &a));
	check(a.kind == ADDRESS_PATH);
	check_str(a.path, "/a");
	require(address_next_pulse(&arena, &at, &a));
	check_str(a.path, "/b");
	for (int i = 0; i < 3; i++) {
		require(address_next_pulse(&arena, &at, &a));
		check(a.kind == ADDRESS_NETWORK);
	}
	check_str(a.text, "host");
	require(address_next_pulse(&arena, &at, &a));
	check(a.kind == ADDRESS_BROKEN);
	check(!address_next_pulse(&arena, &at, &a));
	arena_release(&arena);
}

/* Entries as a C string each: family, then four strings behind their lengths. */
#define LOCAL "\1\0"
#define WILD "\377\377"
#define KEY "\0\1M\0\2k"

static size_t filter(const char *const *entries, const size_t *sizes, size_t count, bool remote,
		     struct text *out)
{
	const struct xauthority_wanted wanted = { "7", "me", remote };
	_cleanup_text_ struct text all = { 0 };

	for (size_t i = 0; i < count; i++)
		text_add_bytes(&all, entries[i], sizes[i]);
	return xauthority_filter(all.data, all.len, &wanted, out);
}

static const char mine[] = LOCAL "\0\2me\0\1"
				 "7" KEY "\0";
static const char mine_for_all[] = LOCAL "\0\2me\0\0" KEY "\1";
static const char mine_for_another[] = LOCAL "\0\2me\0\1"
					     "8" KEY "\2";
static const char others[] = LOCAL "\0\2we\0\1"
				   "7" KEY "\3";
static const char any[] = WILD "\0\3any\0\1"
			       "7" KEY "\4";
static const char network[] = "\0\0\0\4\1\2\3\4\0\1"
			      "7" KEY "\5";

static const char *const entries[] = { mine, mine_for_all, mine_for_another, others, any, network };
static const size_t sizes[] = {
	sizeof(mine) - 1,   sizeof(mine_for_all) - 1, sizeof(mine_for_another) - 1,
	sizeof(others) - 1, sizeof(any) - 1,	      sizeof(network) - 1
};

TEST(xauthority, for_this_host)
{
	static const char want[] = WILD "\0\0\0\1"
					"7" KEY "\0" WILD "\0\0\0\0" KEY "\1" WILD "\0\0\0\1"
					"7" KEY "\4";
	_cleanup_text_ struct text out = { 0 };

	check(filter(entries, sizes, ARRAY_LEN(entries), false, &out) == 3);
	require(out.len == sizeof(want) - 1);
	check(memcmp(out.data, want, out.len) == 0);
}

TEST(xauthority, for_another_host)
{
	_cleanup_text_ struct text out = { 0 };

	check(filter(entries, sizes, ARRAY_LEN(entries), true, &out) == 2);
	require(out.len == sizes[4] + sizes[5]);
	check(memcmp(out.data, any, sizes[4]) == 0);
	check(memcmp(out.data + sizes[4], network, sizes[5]) == 0);
}

TEST(xauthority, cut_short)
{
	for (size_t len = 0; len <= sizes[0]; len++) {
		_cleanup_text_ struct text out = { 0 };
		/* On the heap, where a sanitizer sees a read behind it. */
		_cleanup_free_ char *bytes = malloc(len + 1);
		const struct xauthority_wanted wanted = { "7", "me", false };

		require(bytes);
		memcpy(bytes, mine, len);
		bytes = realloc(bytes, len ? len : 1);
		require(bytes);
		check(xauthority_filter(bytes, len, &wanted, &out) == (len == sizes[0]));
	}
}
