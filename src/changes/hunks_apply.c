// SPDX-License-Identifier: MIT
/*
 * Writing the old file with some hunks applied: lines up to a hunk are copied, those that the hunk names are compared and left
 * out, and its own are written. No line is ever held in memory, so its length does not matter.
 */
#include "changes/hunks.h"

#include "base/cleanup.h"
#include "base/error.h"

#include <string.h>

enum { BUFFER_SIZE = 64 * 1024 };

/* The old file. */
struct reader {
	int fd;
	off_t offset; /* of what comes after the buffer */
	size_t at, end; /* what is left in it */
	char buffer[BUFFER_SIZE];
};

struct writer {
	int fd;
	size_t used;
	char buffer[BUFFER_SIZE];
};

/* 1: r->at is a byte to read. 0: the end of the file. -1 with errno. */
static int fill(struct reader *r)
{
	ssize_t n;

	if (r->at < r->end)
		return 1;
	do
		n = pread(r->fd, r->buffer, sizeof(r->buffer), r->offset);
	while (n < 0 && errno == EINTR);
	if (n <= 0)
		return (int)n;
	r->offset += n;
	r->at = 0;
	r->end = (size_t)n;
	return 1;
}

static int flush(struct writer *w)
{
	for (size_t at = 0; at < w->used;) {
		ssize_t n = write(w->fd, w->buffer + at, w->used - at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		at += (size_t)n;
	}
	w->used = 0;
	return 0;
}

static int put(struct writer *w, const char *bytes, size_t size)
{
	while (size) {
		size_t room = sizeof(w->buffer) - w->used, n = size < room ? size : room;

		memcpy(w->buffer + w->used, bytes, n);
		w->used += n;
		if (w->used == sizeof(w->buffer) && flush(w) < 0)
			return -1;
		bytes += n;
		size -= n;
	}
	return 0;
}

/* The file is not the one that was compared. */
static int stale(void)
{
	errno = ESTALE;
	return -1;
}

static int copy_lines(struct reader *r, struct writer *w, uint64_t lines)
{
	while (lines) {
		const char *from, *newline;
		int more = fill(r);
		size_t size;

		if (more <= 0)
			return more < 0 ? -1 : stale();
		from = r->buffer + r->at;
		newline = memchr(from, '\n', r->end - r->at);
		size = newline ? (size_t)(newline + 1 - from) : r->end - r->at;
		if (put(w, from, size) < 0)
			return -1;
		r->at += size;
		lines -= newline != NULL;
	}
	return 0;
}

static int copy_rest(struct reader *r, struct writer *w)
{
	int more;

	while ((more = fill(r)) > 0) {
		if (put(w, r->buffer + r->at, r->end - r->at) < 0)
			return -1;
		r->at = r->end;
	}
	return more;
}

/* Passes a line that must be there as it is; one without a newline is the end of the file. */
static int pass_line(struct reader *r, const struct hunk_line *line)
{
	size_t at = 0;
	int more;

	while (at < line->size) {
		size_t n;

		more = fill(r);
		if (more < 0)
			return -1;
		n = r->end - r->at < line->size - at ? r->end - r->at : line->size - at;
		if (!more || memcmp(r->buffer + r->at, line->bytes + at, n) != 0)
			return stale();
		r->at += n;
		at += n;
	}
	if (line->size && line->bytes[line->size - 1] == '\n')
		return 0;
	more = fill(r);
	return more > 0 ? stale() : more;
}

static int apply_hunk(struct reader *r, struct writer *w, const struct hunk *hunk)
{
	struct hunk_line line;

	for (size_t at = 0; hunk_next_line(hunk, &at, &line);) {
		if (line.sign != '+' && pass_line(r, &line) < 0)
			return -1;
		if (line.sign != '-' && put(w, line.bytes, line.size) < 0)
			return -1;
	}
	return 0;
}

static int apply_picked(struct reader *r, struct writer *w, const struct hunks *h,
			const bool picked[])
{
	uint64_t line = 0;

	for (size_t i = 0; i < h->v.count; i++) {
		const struct hunk *hunk = &h->v.items[i];

		if (!picked[i])
			continue;
		if (copy_lines(r, w, hunk_lines_before(hunk) - line) < 0 ||
		    apply_hunk(r, w, hunk) < 0)
			return -1;
		line = hunk_lines_before(hunk) + hunk->old_count;
	}
	return copy_rest(r, w) < 0 ? -1 : flush(w);
}

int hunks_apply(int old_fd, const struct hunks *h, const bool picked[], int out_fd,
		struct error *err)
{
	struct reader reader;
	struct writer writer;

	reader.fd = old_fd;
	reader.offset = 0;
	reader.at = reader.end = 0;
	writer.fd = out_fd;
	writer.used = 0;
	if (apply_picked(&reader, &writer, h, picked) == 0)
		return 0;
	fail_call(err, CALL_COPY, "");
	if (err->sys == ESTALE)
		error_set_reason(err, "the file changed meanwhile");
	return -1;
}
