// SPDX-License-Identifier: MIT
/* libarchive as a parser: it hands out headers and blocks, and writes nothing. */
#include "archive/reader.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "state/layers.h"

#include <archive.h>
#include <archive_entry.h>

enum { BLOCK_SIZE = 128 * 1024 };

int reader_refuse(const struct reader *r, struct error *err, const char *explanation,
		  const char *entry, const char *reason)
{
	(void)fail(err, ERROR_SPEC, 0, "cannot import %s", Q(r->name));
	error_explain(err, explanation, reason, NULL);
	if (entry)
		error_fact(err, "entry %s", Q(entry));
	return fail_at(err, CALL_NONE, r->name);
}

int reader_fail(const struct reader *r, struct error *err, const char *entry)
{
	(void)fail(err, ERROR_SYSTEM, errno, "cannot import %s", Q(r->name));
	if (entry)
		error_fact(err, "entry %s", Q(entry));
	(void)fail_at(err, CALL_NONE, r->name);
	return r->into ? layers_explain(err, r->into) : -1;
}

static int fail_damaged(const struct reader *r, struct error *err)
{
	const char *said = archive_error_string(r->archive);

	(void)reader_refuse(r, err, "archive-damaged", NULL, "it is no whole archive");
	if (said)
		error_fact(err, "%s", said);
	return -1;
}

/* Not all that it knows: for many it would execute what it finds on the PATH. */
static void allow(struct archive *a)
{
	(void)archive_read_support_filter_gzip(a);
	(void)archive_read_support_filter_bzip2(a);
	(void)archive_read_support_filter_xz(a);
	(void)archive_read_support_filter_lzma(a);
	(void)archive_read_support_filter_lzip(a);
	(void)archive_read_support_filter_lz4(a);
	(void)archive_read_support_filter_zstd(a);
	(void)archive_read_support_filter_compress(a);
	(void)archive_read_support_format_tar(a);
}

int reader_open(struct reader *ret, int fd, const char *name, const char *into, struct error *err)
{
	*ret = (struct reader){ .archive = archive_read_new(), .name = name, .into = into };
	if (!ret->archive) {
		errno = ENOMEM;
		return reader_fail(ret, err, NULL);
	}
	allow(ret->archive);
	if (archive_read_open_fd(ret->archive, fd, BLOCK_SIZE) == ARCHIVE_OK)
		return 0;
	(void)fail_damaged(ret, err);
	reader_release(ret);
	return -1;
}

void reader_release(struct reader *r)
{
	(void)archive_read_free(r->archive);
	r->archive = NULL;
}

int reader_next(struct reader *r, struct archive_entry **ret, struct error *err)
{
	int answer = archive_read_next_header(r->archive, ret);

	if (answer == ARCHIVE_EOF)
		return READER_END;
	/* A warning is about one field, such as a name that this locale cannot say: who needs the field finds it missing. */
	return answer == ARCHIVE_OK || answer == ARCHIVE_WARN ? 0 : fail_damaged(r, err);
}

static int write_block(int fd, const char *bytes, size_t size, off_t offset)
{
	while (size) {
		ssize_t n = pwrite(fd, bytes, size, offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		bytes += n;
		size -= (size_t)n;
		offset += n;
	}
	return 0;
}

int reader_data(struct reader *r, struct archive_entry *entry, int fd, struct error *err)
{
	const void *block;
	size_t size;
	la_int64_t offset;
	int answer;

	while ((answer = archive_read_data_block(r->archive, &block, &size, &offset)) == ARCHIVE_OK)
		if (write_block(fd, block, size, offset) < 0)
			return reader_fail(r, err, archive_entry_pathname(entry));
	if (answer != ARCHIVE_EOF)
		return fail_damaged(r, err);
	/* A hole at the end has no block. */
	if (ftruncate(fd, archive_entry_size(entry)) < 0)
		return reader_fail(r, err, archive_entry_pathname(entry));
	return 0;
}
