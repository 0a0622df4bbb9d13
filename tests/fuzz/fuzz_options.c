// SPDX-License-Identifier: MIT
/*
 * Any command line: words with a NUL after each. It is read, checked and shown; an error must be
 * whole and fit for a terminal. With libFuzzer, or with tests/fuzz/replay.c over the corpus.
 */
#include "read/options.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/text.h"

#include <stdint.h>
#include <string.h>

enum { WORDS_MAX = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
	if (!holds)
		abort();
}

static void check_printable(const char *s)
{
	expect(utf8_valid(s, strlen(s)));
	for (; *s; s++)
		expect((unsigned char)*s >= ' ' || *s == '\n');
}

static void check_error(const struct error *err)
{
	expect(err->kind == ERROR_USAGE || err->kind == ERROR_SPEC || err->kind == ERROR_PLAN);
	expect(err->message[0] && err->status == STATUS_FAILED);
	check_printable(err->message);
	check_printable(err->facts);
	check_printable(err->fix);
}

static void check_steps(const struct plan *plan)
{
	for (size_t i = 0; i < plan->asked.count; i++) {
		expect(plan->asked.items[i].dst[0] == '/');
		/* Of a profile: its file. */
		expect(strchr("-/", plan->asked.items[i].origin[0]));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_text_ struct text out = { 0 };
	struct plan *plan = plan_new("/cwd", "/home/me");
	struct error err = { 0 };
	char *bytes = arena_alloc(&arena, size + 1), *words[WORDS_MAX + 1] = { NULL };
	int n = 0, answer;

	if (size)
		memcpy(bytes, data, size);
	for (size_t at = 0; at < size && n < WORDS_MAX; at += strlen(bytes + at) + 1)
		words[n++] = bytes + at;
	answer = options_read(plan, VERB_RUN, n, words, &err);
	if (answer < 0) {
		check_error(&err);
		expect(strchr(err.facts, '^') != NULL);
	} else if (answer == 0) {
		check_steps(plan);
		plan_show_text(plan, &out);
		plan_show_json(plan, &out);
		if (plan_check(plan, &err) < 0)
			expect(err.message[0]);
	}
	plan_free(plan);
	return 0;
}
