// SPDX-License-Identifier: MIT
/* Hunks: made, read back line by line, counted. hunks_apply.c applies them. */
#include "changes/hunks.h"

#include "base/error.h"
#include "changes/hunks_diff.h"

#include <errno.h>
#include <string.h>

void hunks_release(struct hunks *h)
{
	text_release(&h->diff);
	arena_release(&h->arena);
	*h = (struct hunks){ 0 };
}

/* What is left to read. */
struct cursor {
	const char *at, *end;
};

/* Takes a line without its newline; false when there is no whole one. */
static bool take_line(struct cursor *c, const char **ret_line, size_t *ret_size)
{
	const char *newline = c->at < c->end ? memchr(c->at, '\n', (size_t)(c->end - c->at)) : NULL;

	if (!newline)
		return false;
	*ret_line = c->at;
	*ret_size = (size_t)(newline - c->at);
	c->at = newline + 1;
	return true;
}

static bool take_bytes(struct cursor *c, const char *bytes)
{
	size_t n = strlen(bytes);

	if ((size_t)(c->end - c->at) < n || memcmp(c->at, bytes, n) != 0)
		return false;
	c->at += n;
	return true;
}

static bool take_number(struct cursor *c, uint64_t *ret)
{
	const char *first = c->at;
	uint64_t value = 0;

	for (; c->at < c->end && *c->at >= '0' && *c->at <= '9'; c->at++)
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, (uint64_t)(*c->at - '0'), &value))
			return false;
	*ret = value;
	return c->at > first;
}

/* "3,7", or "3" for one line. */
static bool take_range(struct cursor *c, uint64_t *ret_start, uint64_t *ret_count)
{
	uint64_t end;

	*ret_count = 1;
	if (!take_number(c, ret_start))
		return false;
	if (take_bytes(c, ",") && !take_number(c, ret_count))
		return false;
	/* Without lines, start is the line before, which may be 0: none. */
	return (*ret_start || !*ret_count) && !__builtin_add_overflow(*ret_start, *ret_count, &end);
}

static bool take_header(struct cursor *c, struct hunk *hunk)
{
	struct cursor line;

	if (!take_line(c, &hunk->header, &hunk->header_size))
		return false;
	line = (struct cursor){ hunk->header, hunk->header + hunk->header_size };
	return take_bytes(&line, "@@ -") && take_range(&line, &hunk->old_start, &hunk->old_count) &&
	       take_bytes(&line, " +") && take_range(&line, &hunk->new_start, &hunk->new_count) &&
	       take_bytes(&line, " @@");
}

/* What a hunk still has to say. */
struct rest {
	uint64_t old_lines, new_lines;
	char sign; /* of the line before; 0 at the beginning */
};

/* Counts a line by its first byte; false when it cannot stand here. */
static bool count_line(struct rest *rest, char sign)
{
	char before = rest->sign;

	rest->sign = sign;
	switch (sign) {
	case ' ':
		return rest->old_lines-- && rest->new_lines--;
	case '-':
		return rest->old_lines--;
	case '+':
		return rest->new_lines--;
	case '\\': /* the line before lacks its newline, so it is the last of its file */
		return (before == '-' && !rest->old_lines) || (before == '+' && !rest->new_lines) ||
		       (before == ' ' && !rest->old_lines && !rest->new_lines);
	default:
		return false;
	}
}

/* Takes as many lines as the header says, and a remark behind the last one. */
static bool take_body(struct cursor *c, struct hunk *hunk)
{
	struct rest rest = { hunk->old_count, hunk->new_count, 0 };
	const char *line;
	size_t size;

	hunk->body = c->at;
	while (rest.old_lines || rest.new_lines || (c->at < c->end && *c->at == '\\'))
		if (!take_line(c, &line, &size) || !size || !count_line(&rest, *line))
			return false;
	hunk->body_size = (size_t)(c->at - hunk->body);
	return hunk->body_size > 0;
}

uint64_t hunk_lines_before(const struct hunk *hunk)
{
	return hunk->old_count ? hunk->old_start - 1 : hunk->old_start;
}

static int fail_format(struct error *err)
{
	errno = 0;
	fail_call(err, CALL_PROCESS, "diff");
	error_set_reason(err, "what diff(1) printed is no unified diff");
	return -1;
}

int hunks_parse(struct hunks *h, struct error *err)
{
	const char *text = text_str(&h->diff);
	struct cursor c = { text, text + h->diff.len };
	uint64_t passed = 0;

	h->v.count = 0;
	while (c.at < c.end) {
		struct hunk *hunk = VECTOR_ADD(&h->arena, &h->v);

		if (!take_header(&c, hunk) || !take_body(&c, hunk) ||
		    hunk_lines_before(hunk) < passed)
			return fail_format(err);
		passed = hunk_lines_before(hunk) + hunk->old_count;
	}
	return 0;
}

bool hunk_next_line(const struct hunk *hunk, size_t *at, struct hunk_line *ret)
{
	struct cursor c = { hunk->body + *at, hunk->body + hunk->body_size };
	const char *line;
	size_t size;

	if (!take_line(&c, &line, &size))
		return false;
	*ret = (struct hunk_line){ *line, line + 1, size };
	if (c.at < c.end && *c.at == '\\') {
		(void)take_line(&c, &line, &size);
		ret->size--;
	}
	*at = (size_t)(c.at - hunk->body);
	return true;
}

void hunks_count(const struct hunks *h, uint64_t *added, uint64_t *removed)
{
	for (size_t i = 0; i < h->v.count; i++) {
		struct hunk_line line;

		for (size_t at = 0; hunk_next_line(&h->v.items[i], &at, &line);) {
			*added += line.sign == '+';
			*removed += line.sign == '-';
		}
	}
}

/* Takes the two lines that name the files: "--- …" and "+++ …". */
static bool drop_names(struct text *diff)
{
	struct cursor c = { text_str(diff), text_str(diff) + diff->len };
	const char *line;
	size_t size;

	if (!take_bytes(&c, "--- ") || !take_line(&c, &line, &size) || !take_bytes(&c, "+++ ") ||
	    !take_line(&c, &line, &size))
		return false;
	diff->len = (size_t)(c.end - c.at);
	memmove(diff->data, c.at, diff->len + 1);
	return true;
}

int hunks_compare(int old_fd, int new_fd, struct hunks *ret, struct error *err)
{
	if (diff_run(old_fd, new_fd, &ret->diff, err) < 0)
		return -1;
	if (!ret->diff.len)
		return 0;
	if (!drop_names(&ret->diff))
		return fail_format(err);
	return hunks_parse(ret, err);
}

static uint64_t lines_in(const char *bytes, size_t size)
{
	uint64_t count = size && bytes[size - 1] != '\n';

	for (size_t i = 0; i < size; i++)
		count += bytes[i] == '\n';
	return count;
}

/* The range as diff(1) writes it; its start is always the first line. */
static void add_range(struct text *out, uint64_t count)
{
	text_add(out, count ? "1" : "0,0");
	if (count > 1)
		text_printf(out, ",%llu", (unsigned long long)count);
}

static void add_lines(struct text *out, char sign, const char *bytes, size_t size)
{
	const char *end = bytes + size;

	while (bytes < end) {
		const char *newline = memchr(bytes, '\n', (size_t)(end - bytes));
		const char *next = newline ? newline + 1 : end;

		text_add_char(out, sign);
		text_add_bytes(out, bytes, (size_t)(next - bytes));
		if (!newline)
			text_add(out, "\n\\ No newline at end of file\n");
		bytes = next;
	}
}

void hunks_replace(const char *old, size_t old_size, const char *now, size_t new_size,
		   struct hunks *ret)
{
	uint64_t old_count = lines_in(old, old_size), new_count = lines_in(now, new_size);
	struct error err;

	if (!old_count && !new_count)
		return;
	text_add(&ret->diff, "@@ -");
	add_range(&ret->diff, old_count);
	text_add(&ret->diff, " +");
	add_range(&ret->diff, new_count);
	text_add(&ret->diff, " @@\n");
	add_lines(&ret->diff, '-', old, old_size);
	add_lines(&ret->diff, '+', now, new_size);
	(void)hunks_parse(ret, &err); /* of our own making */
}
