// SPDX-License-Identifier: MIT
/*
 * Any text as a profile. An error must be whole and fit for a terminal; what is taken must come back from what is written
 * of it. With libFuzzer, or with tests/fuzz/replay.c over the corpus.
 */
#include "read/profile.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/text.h"
#include "plan/plan.h"

#include <stdint.h>
#include <string.h>

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
	expect(err->name[0] && err->message[0] && err->status == STATUS_FAILED);
	check_printable(err->message);
	check_printable(err->facts);
	check_printable(err->fix);
	expect(strstr(err->facts, "from text, line ") && strchr(err->facts, '^'));
}

static void check_again(const struct plan *plan)
{
	_cleanup_text_ struct text once = { 0 }, twice = { 0 };
	struct plan *again = plan_new("/elsewhere", NULL);
	struct error err = { 0 };

	profile_write(plan, &once);
	expect(profile_read_text(again, profile_verbs(), "text", text_str(&once), once.len, &err) ==
	       0);
	expect(again->given.count == plan->given.count);
	profile_write(again, &twice);
	expect(strcmp(text_str(&once), text_str(&twice)) == 0);
	expect(profile_differences(text_str(&once), text_str(&twice), 9, &twice) == 0);
	plan_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct plan *plan = plan_new("/cwd", "/home/me");
	struct error err = { 0 };

	if (profile_read_text(plan, profile_verbs(), "text", (const char *)data, size, &err) < 0)
		check_error(&err);
	else
		check_again(plan);
	plan_free(plan);
	return 0;
}
