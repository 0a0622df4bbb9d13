// SPDX-License-Identifier: MIT
/* The room that trees take. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/measure.h"
#include "base/remove.h"
#include "base/text.h"
#include "test.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

TEST(measure, links_count_once_and_sealed_directories_are_told)
{
	char path[PATH_MAX], block[8192];
	const char *tmp = getenv("TMPDIR");
	struct tree_size size = { 0 }, twice = { 0 };
	_cleanup_fd_ int dir = -EBADF, file = -EBADF;
	struct error err = { 0 };

	memset(block, 'x', sizeof(block));
	(void)snprintf(path, sizeof(path), "%s/nacre-measure-XXXXXX", tmp ? tmp : "/tmp");
	require(mkdtemp(path));
	dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	require(dir >= 0 && mkdirat(dir, "tree", 0700) == 0 && mkdirat(dir, "tree/a", 0700) == 0);
	file = openat(dir, "tree/a/file", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	check(write(file, block, sizeof(block)) == sizeof(block) && fsync(file) == 0);
	check(symlinkat("/etc", dir, "tree/etc") == 0);
	tree_measure(dir, "tree", &size);
	check(size.objects == 4 && size.bytes >= sizeof(block) && !size.partial);
	check(linkat(dir, "tree/a/file", dir, "tree/again", 0) == 0);
	tree_measure(dir, "tree", &twice);
	check(twice.objects == 5 && twice.bytes == size.bytes);
	tree_measure(dir, "missing", &twice);
	check(twice.objects == 5 && !twice.partial);
	check(fchmodat(dir, "tree/a", 0, 0) == 0);
	tree_measure(dir, "tree", &twice);
	check(twice.partial == (geteuid() != 0));
	check(remove_tree(AT_FDCWD, path, &err) == 0);
}

TEST(measure, sizes_in_words)
{
	static const struct {
		uint64_t bytes;
		const char *words;
	} rows[] = {
		{ 0, "0 B" },	      { 999, "999 B" },		{ 1000, "1.0 KB" },
		{ 9949, "9.9 KB" },   { 9950, "10 KB" },	{ 999499, "999 KB" },
		{ 999500, "1.0 MB" }, { 1234567890, "1.2 GB" }, { UINT64_MAX, "18 EB" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		_cleanup_text_ struct text out = { 0 };

		size_format(rows[i].bytes, &out);
		check_str(text_str(&out), rows[i].words);
	}
}

TEST(measure, spans)
{
	static const struct {
		int64_t seconds;
		const char *text;
	} rows[] = {
		{ -5, "now" },	     { 0, "now" },
		{ 1, "1 second" },   { 59, "59 seconds" },
		{ 119, "1 minute" }, { 7200, "2 hours" },
		{ 86400, "1 day" },  { 864000000, "10000 days" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		_cleanup_text_ struct text out = { 0 };

		span_format(rows[i].seconds, &out);
		check_str(text_str(&out), rows[i].text);
	}
}
