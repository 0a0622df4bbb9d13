// SPDX-License-Identifier: MIT
/* A walk that only looks. */
#include "base/measure.h"

#include "base/cleanup.h"
#include "base/dirstack.h"

#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>

/* Counts one object; a directory becomes the last level of s. */
static void visit(struct dirstack *s, int dir_fd, const char *name, struct tree_size *size)
{
	_cleanup_fd_ int fd = -EBADF;
	struct stat st;

	if (fstatat(dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0) {
		size->partial = size->partial || errno != ENOENT;
		return;
	}
	size->objects++;
	size->bytes += (uint64_t)st.st_blocks * 512 / (S_ISDIR(st.st_mode) ? 1 : st.st_nlink);
	if (!S_ISDIR(st.st_mode))
		return;
	fd = openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0) {
		size->partial = true;
		return;
	}
	dirstack_push(s, TAKE_FD(fd), &st);
	if (dirstack_list(s) < 0)
		size->partial = true;
}

void tree_measure(int dir_fd, const char *name, struct tree_size *size)
{
	_cleanup_(dirstack_release) struct dirstack s = { 0 };

	visit(&s, dir_fd, name, size);
	while (s.v.count) {
		const char *next = dirstack_next(&s);

		if (next)
			visit(&s, dirstack_last(&s)->fd, next, size);
		else if (s.v.count == 1)
			return;
		else if (dirstack_pop(&s) < 0) {
			size->partial = true;
			return;
		}
	}
}

void size_format(uint64_t bytes, struct text *out)
{
	static const char *const units[] = { "KB", "MB", "GB", "TB", "PB", "EB" };
	double size = (double)bytes / 1000;
	size_t unit = 0;

	if (bytes < 1000) {
		text_printf(out, "%" PRIu64 " B", bytes);
		return;
	}
	for (; size >= 999.5 && unit + 1 < ARRAY_LEN(units); unit++)
		size /= 1000;
	text_printf(out, size < 9.95 ? "%.1f %s" : "%.0f %s", size, units[unit]);
}

void span_format(int64_t seconds, struct text *out)
{
	static const struct {
		int64_t seconds;
		const char *unit;
	} units[] = {
		{ 86400, "day" },
		{ 3600, "hour" },
		{ 60, "minute" },
		{ 1, "second" },
	};

	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		int64_t n = seconds / units[i].seconds;

		if (n < 1)
			continue;
		text_printf(out, "%" PRId64 " %s%s", n, units[i].unit, n == 1 ? "" : "s");
		return;
	}
	text_add(out, "now");
}
