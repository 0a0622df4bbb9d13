// SPDX-License-Identifier: MIT
/* Opening, naming and finishing what is written. */
#include "archive/output.h"

#include "archive/pack.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"

#include <archive.h>
#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>

static int fail_path(const struct output *o, struct error *err)
{
	(void)fail(err, ERROR_SYSTEM, errno, "cannot write %s", Q(o->path));
	return fail_at(err, CALL_NONE, o->path);
}

/* What is there already keeps its place: a link leads to it, and only a regular file is replaced. */
static int open_direct(struct output *o)
{
	struct stat st;

	if (strcmp(o->path, "-") == 0)
		return o->fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	if (stat(o->path, &st) < 0 || S_ISREG(st.st_mode) || S_ISDIR(st.st_mode))
		return 0;
	return o->fd = open(o->path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
}

static int open_temporary(struct arena *arena, struct output *o)
{
	uint32_t r;
	struct stat st;

	if (stat(o->path, &st) == 0 && S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		return -1;
	}
	o->dir_fd = open(path_parent(arena, o->path), O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (o->dir_fd < 0)
		return -1;
	if (getrandom(&r, sizeof(r), GRND_NONBLOCK) < 0)
		r = (uint32_t)getpid();
	(void)snprintf(o->name, sizeof(o->name), ".nacre-export-%08x", r);
	o->fd = openat(o->dir_fd, o->name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		       0666);
	if (o->fd >= 0)
		return 0;
	o->name[0] = '\0';
	return -1;
}

static void add_filter(struct archive *a, const char *path)
{
	static const struct {
		const char *ending;
		int (*add)(struct archive *a);
	} rows[] = {
		{ ".gz", archive_write_add_filter_gzip },
		{ ".tgz", archive_write_add_filter_gzip },
		{ ".bz2", archive_write_add_filter_bzip2 },
		{ ".xz", archive_write_add_filter_xz },
		{ ".txz", archive_write_add_filter_xz },
		{ ".zst", archive_write_add_filter_zstd },
		{ ".tzst", archive_write_add_filter_zstd },
	};
	size_t n = strlen(path);

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t m = strlen(rows[i].ending);

		if (n > m && strcmp(path + n - m, rows[i].ending) == 0)
			(void)rows[i].add(a);
	}
}

static int begin(struct output *o, const char *path, struct error *err)
{
	o->archive = archive_write_new();
	if (!o->archive)
		out_of_memory_();
	(void)archive_write_set_format_pax(o->archive);
	/* As GNU tar and images say attributes; the other way is libarchive's own. */
	(void)archive_write_set_option(o->archive, "pax", "xattrheader", "SCHILY");
	add_filter(o->archive, path);
	/* The last block is not filled up: a tar may end where its end mark does. */
	(void)archive_write_set_bytes_in_last_block(o->archive, 1);
	return archive_write_open_fd(o->archive, o->fd) == ARCHIVE_OK ? 0
								      : pack_fail(o->archive, err);
}

int output_open(struct arena *arena, const char *path, struct output *ret, struct error *err)
{
	_cleanup_free_ char *real = strcmp(path, "-") == 0 ? NULL : realpath(path, NULL);

	*ret = (struct output){ .path = real ? arena_strdup(arena, real) : path,
				.dir_fd = -EBADF,
				.fd = -EBADF };
	if (open_direct(ret) < 0 || (ret->fd < 0 && open_temporary(arena, ret) < 0))
		return fail_path(ret, err);
	if (isatty(ret->fd)) {
		(void)fail(err, ERROR_USAGE, 0, "cannot write an archive to a terminal");
		error_explain(err, "archive-terminal", NULL, NULL);
		return -1;
	}
	return begin(ret, path, err);
}

int output_finish(struct output *o, struct error *err)
{
	if (archive_write_close(o->archive) != ARCHIVE_OK)
		return pack_fail(o->archive, err);
	if (!o->name[0])
		return 0;
	if (fsync(o->fd) < 0 || renameat(o->dir_fd, o->name, AT_FDCWD, o->path) < 0)
		return fail_path(o, err);
	o->name[0] = '\0';
	return 0;
}

void output_release(struct output *o)
{
	(void)archive_write_free(o->archive);
	o->archive = NULL;
	if (o->name[0])
		(void)unlinkat(o->dir_fd, o->name, 0);
	o->name[0] = '\0';
	o->fd = close_fd(o->fd);
	o->dir_fd = close_fd(o->dir_fd);
}
