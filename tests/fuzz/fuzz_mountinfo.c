// SPDX-License-Identifier: MIT
/*
 * Any bytes as a mount table: an error that names a line, or entries on which every question can be
 * asked. With libFuzzer, or with tests/fuzz/replay.c over the corpus.
 */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/mountinfo.h"
#include "base/path.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
	if (!holds)
		abort();
}

static void check_entry(const struct mounts *m, const struct mount_entry *e)
{
	const struct mount_entry *at = mounts_at(m, e->point);

	expect(e->point[0] == '/' && *e->root && *e->fstype && *e->super && e->source);
	expect(e->id >= 0 && e->parent >= 0 && e->shared >= 0 && e->master >= 0);
	if (at)
		expect(path_below(e->point, at->point));
	(void)mounts_below(m, e->point);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct mounts m = { 0 };
	struct error err = { 0 };

	if (mountinfo_parse(&arena, (const char *)data, size, &m, &err) < 0) {
		expect(err.call == CALL_READ_MOUNTS && strstr(err.message, "line "));
		expect(*err.reason && strncmp(err.facts, "row ", 4) == 0);
		expect(m.v.count == 0);
		return 0;
	}
	/* Questions cost more than linear time: a few entries of a long table do. */
	for (size_t i = 0; i < m.v.count && i < 16; i++)
		check_entry(&m, &m.v.items[i]);
	return 0;
}
