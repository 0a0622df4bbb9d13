// SPDX-License-Identifier: MIT
/*
 * Reading both sides. A name of a box may be anything by now, whatever it was when it was looked at: it is opened without
 * following a link and without waiting, and must still be a regular file. Only what becomes patch text is held in memory.
 */
#include "changes/patch_content.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>

enum {
	BINARY_PROBE = 8000, /* git looks for a NUL in as many bytes (buffer_is_binary()) */
	PIECE_SIZE = 64 * 1024,
};

static const uint64_t default_text_max = UINT64_C(512) << 20;

int fail_read(const char *path, struct error *err)
{
	int sys = errno;

	fail(err, ERROR_SYSTEM, sys, "cannot read %s", Q(path));
	/* These open and stat calls answer so only when another object has taken the name. */
	if (sys == ENOENT || sys == ELOOP || sys == ENXIO || sys == EINVAL || sys == ESTALE)
		error_set_reason(err, "it changed meanwhile");
	return -1;
}

static void content_release(struct content *c)
{
	if (c->there)
		c->fd = close_fd(c->fd);
	text_release(&c->text);
}

void difference_release(struct difference *d)
{
	content_release(&d->old);
	content_release(&d->now);
	hunks_release(&d->hunks);
}

static int open_file(const char *path, const struct patch_side *side, struct content *ret,
		     struct error *err)
{
	struct stat st;

	ret->fd = openat(side->dir_fd, side->name,
			 O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	ret->size = (uint64_t)side->st.st_size;
	ret->unreadable = ret->fd < 0 && (errno == EACCES || errno == EPERM);
	if (ret->unreadable)
		return 0;
	if (ret->fd < 0 || fstat(ret->fd, &st) < 0)
		return fail_read(path, err);
	if (!S_ISREG(st.st_mode)) {
		errno = ESTALE;
		return fail_read(path, err);
	}
	ret->size = (uint64_t)st.st_size;
	return 0;
}

static int read_link(const char *path, const struct patch_side *side, struct content *ret,
		     struct error *err)
{
	char target[PATH_MAX];
	ssize_t n = readlinkat(side->dir_fd, side->name, target, sizeof(target));

	if (n < 0)
		return fail_read(path, err);
	text_add_bytes(&ret->text, target, (size_t)n);
	ret->size = (uint64_t)n;
	return 0;
}

static int content_open(const char *path, const struct patch_side *side, struct content *ret,
			struct error *err)
{
	*ret = (struct content){ .fd = -EBADF };
	ret->there = side && (S_ISREG(side->st.st_mode) || S_ISLNK(side->st.st_mode));
	if (!ret->there)
		return 0;
	return S_ISLNK(side->st.st_mode) ? read_link(path, side, ret, err)
					 : open_file(path, side, ret, err);
}

/* pread(2) that is not interrupted. */
static ssize_t read_piece(int fd, char *piece, size_t size, off_t offset)
{
	ssize_t n;

	do
		n = pread(fd, piece, size, offset);
	while (n < 0 && errno == EINTR);
	return n;
}

/* Adds a file to its text, as much of it as it had when it was opened: it may grow for ever. */
static int read_text(const char *path, struct content *c, struct error *err)
{
	char piece[PIECE_SIZE];

	while (c->there && c->text.len < c->size) {
		uint64_t left = c->size - c->text.len;
		ssize_t n = read_piece(c->fd, piece,
				       left < sizeof(piece) ? (size_t)left : sizeof(piece),
				       (off_t)c->text.len);

		if (n < 0)
			return fail_read(path, err);
		if (n == 0)
			break;
		text_add_bytes(&c->text, piece, (size_t)n);
	}
	return 0;
}

int content_sum(const char *path, struct content *c, struct error *err)
{
	char piece[PIECE_SIZE];
	struct sha256 sum;
	off_t at = 0;
	ssize_t n;

	if (*c->sum)
		return 0;
	sha256_init(&sum);
	while ((n = read_piece(c->fd, piece, sizeof(piece), at)) > 0) {
		sha256_add(&sum, piece, (size_t)n);
		at += n;
	}
	if (n < 0)
		return fail_read(path, err);
	c->size = (uint64_t)at;
	sha256_hex(&sum, c->sum);
	return 0;
}

/* 1: it is; 0: it is text, or absent. */
static int is_binary(const char *path, const struct content *c, uint64_t text_max, struct error *err)
{
	char probe[BINARY_PROBE];
	ssize_t n;

	if (!c->there)
		return 0;
	if (c->size > text_max)
		return 1;
	n = read_piece(c->fd, probe, sizeof(probe), 0);
	if (n < 0)
		return fail_read(path, err);
	return memchr(probe, '\0', (size_t)n) != NULL;
}

/* Sets d->form for two files. */
static int judge(const char *path, uint64_t text_max, struct difference *d, struct error *err)
{
	int old, now;

	d->form = DIFFERENCE_UNREADABLE;
	if (d->old.unreadable || d->now.unreadable)
		return 0;
	old = is_binary(path, &d->old, text_max, err);
	now = old < 0 ? -1 : is_binary(path, &d->now, text_max, err);
	if (now < 0)
		return -1;
	d->form = old || now ? DIFFERENCE_BINARY : DIFFERENCE_TEXT;
	return 0;
}

static int compare_binary(const char *path, struct difference *d, struct error *err)
{
	if (!d->old.there || !d->now.there || d->old.size != d->now.size)
		return 0;
	if (content_sum(path, &d->old, err) < 0 || content_sum(path, &d->now, err) < 0)
		return -1;
	d->same = strcmp(d->old.sum, d->now.sum) == 0;
	return 0;
}

static int compare_files(const char *path, struct difference *d, struct error *err)
{
	if (d->old.there && d->now.there) {
		if (hunks_compare(d->old.fd, d->now.fd, &d->hunks, err) < 0)
			return fail_message(err, "cannot compare %s", Q(path));
		d->same = d->hunks.v.count == 0;
		return 0;
	}
	if (read_text(path, &d->old, err) < 0 || read_text(path, &d->now, err) < 0)
		return -1;
	hunks_replace(text_str(&d->old.text), d->old.text.len, text_str(&d->now.text),
		      d->now.text.len, &d->hunks);
	return 0;
}

static void compare_links(struct difference *d)
{
	d->same = d->old.there && d->now.there && d->old.text.len == d->now.text.len &&
		  memcmp(text_str(&d->old.text), text_str(&d->now.text), d->old.text.len) == 0;
	if (!d->same)
		hunks_replace(text_str(&d->old.text), d->old.text.len, text_str(&d->now.text),
			      d->now.text.len, &d->hunks);
}

int difference_read(const char *path, const struct patch_side *old, const struct patch_side *now,
		    const struct patch_options *options, struct difference *ret, struct error *err)
{
	uint64_t text_max = options->text_max ? options->text_max : default_text_max;
	mode_t mode = now ? now->st.st_mode : old->st.st_mode;

	if (content_open(path, old, &ret->old, err) < 0 ||
	    content_open(path, now, &ret->now, err) < 0)
		return -1;
	if (S_ISLNK(mode)) {
		compare_links(ret);
		return 0;
	}
	ret->same = !S_ISREG(mode);
	if (ret->same)
		return 0;
	if (judge(path, text_max, ret, err) < 0)
		return -1;
	if (ret->form == DIFFERENCE_TEXT)
		return compare_files(path, ret, err);
	return ret->form == DIFFERENCE_BINARY ? compare_binary(path, ret, err) : 0;
}
