// SPDX-License-Identifier: MIT
/*
 * Any bytes as a file and a unified diff, a NUL between: a diff that is refused, or hunks whose lines add up; applying none gives
 * the file, applying all is done or refused. With libFuzzer, or with tests/fuzz/replay.c over the corpus.
 */
#include "base/cleanup.h"
#include "base/error.h"
#include "changes/hunks.h"

#include <string.h>
#include <sys/mman.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HUNKS_MAX = 64 };

static void expect(bool holds)
{
	if (!holds)
		abort();
}

static int file_of(const void *bytes, size_t n)
{
	int fd = memfd_create("content", MFD_CLOEXEC);

	expect(fd >= 0 && write(fd, bytes, n) == (ssize_t)n);
	return fd;
}

static void check_hunk(const struct hunk *hunk)
{
	uint64_t old = 0, now = 0;
	struct hunk_line line;

	for (size_t at = 0; hunk_next_line(hunk, &at, &line);) {
		expect(line.sign == ' ' || line.sign == '-' || line.sign == '+');
		old += line.sign != '+';
		now += line.sign != '-';
	}
	expect(old == hunk->old_count && now == hunk->new_count);
}

static void check_none(const struct hunks *h, const uint8_t *old, size_t size)
{
	static const bool none[HUNKS_MAX];
	_cleanup_fd_ int old_fd = file_of(old, size), out_fd = file_of("", 0);
	_cleanup_free_ char *out = malloc(size + 1);
	struct error err;

	expect(out && hunks_apply(old_fd, h, none, out_fd, &err) == 0);
	expect(pread(out_fd, out, size + 1, 0) == (ssize_t)size && memcmp(out, old, size) == 0);
}

static void check_all(const struct hunks *h, const uint8_t *old, size_t size)
{
	_cleanup_fd_ int old_fd = file_of(old, size), out_fd = file_of("", 0);
	struct error err = { 0 };
	bool all[HUNKS_MAX];

	memset(all, true, sizeof(all));
	if (hunks_apply(old_fd, h, all, out_fd, &err) < 0)
		expect(err.sys == ESTALE && *err.reason);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_(hunks_release) struct hunks h = { 0 };
	const uint8_t *nul = size ? memchr(data, '\0', size) : NULL;
	size_t old_size = nul ? (size_t)(nul - data) : 0;
	struct error err = { 0 };

	if (!nul)
		return 0;
	text_add_bytes(&h.diff, nul + 1, size - old_size - 1);
	if (hunks_parse(&h, &err) < 0) {
		expect(*err.reason);
		return 0;
	}
	if (h.v.count > HUNKS_MAX)
		return 0;
	for (size_t i = 0; i < h.v.count; i++)
		check_hunk(&h.v.items[i]);
	check_none(&h, data, old_size);
	check_all(&h, data, old_size);
	return 0;
}
