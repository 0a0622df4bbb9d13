// SPDX-License-Identifier: MIT
/* One object after another into a tar. */
#include "archive/pack.h"

#include "archive/attributes.h"
#include "archive/whiteouts.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/text.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { BLOCK_SIZE = 256 * 1024 };

void pack_release(struct pack *p)
{
	objects_release(&p->objects);
}

static void free_entry(struct archive_entry **entry)
{
	archive_entry_free(*entry);
}

#define _cleanup_entry_ __attribute__((cleanup(free_entry)))

static int fail_item(const struct layer_item *item, struct error *err)
{
	(void)fail(err, ERROR_SYSTEM, errno, "cannot pack %s", Q(item->place));
	return fail_at(err, CALL_NONE, item->place);
}

int pack_fail(struct archive *archive, struct error *err)
{
	const char *said = archive_error_string(archive);

	(void)fail(err, ERROR_SYSTEM, archive_errno(archive) > 0 ? archive_errno(archive) : EIO,
		   "cannot write the archive");
	if (said)
		error_fact(err, "%s", said);
	return -1;
}

/* A warning is about a name that is no UTF-8: it is written as bytes then, as it should be. */
static int write_header(struct pack *p, struct archive_entry *entry, struct error *err)
{
	int answer = archive_write_header(p->archive, entry);

	if (answer != ARCHIVE_OK && answer != ARCHIVE_WARN)
		return pack_fail(p->archive, err);
	p->entries++;
	return 0;
}

/* ---- owners ---- */

/* What the kernel shows in a user namespace for an id that is not mapped (user_namespaces(7)): in a base nearly always root. */
enum { OVERFLOW_ID = 65534 };

static int64_t owner_inside(const struct record_range *ranges, size_t count, uint32_t id)
{
	int64_t inside = id_inside(ranges, count, id);

	return inside == OVERFLOW_ID && id == OVERFLOW_ID ? 0 : inside;
}

static void set_owner(const struct pack *p, struct archive_entry *entry, const struct stat *st)
{
	const struct record *r = p->record;

	archive_entry_set_uid(entry, owner_inside(r->uids.items, r->uids.count, st->st_uid));
	archive_entry_set_gid(entry, owner_inside(r->gids.items, r->gids.count, st->st_gid));
}

/* ---- content ---- */

/* libarchive (3.6) tells the name of a sparse file as ustar has it: cut, when it does not fit there. */
enum { SPARSE_NAME_MAX = 99 };

/* Tells libarchive which parts of the file are data, when it has holes. Leaves the offset anywhere. */
static int set_holes(int fd, struct archive_entry *entry, off_t size)
{
	off_t data, hole = size ? lseek(fd, 0, SEEK_HOLE) : 0;

	if (strlen(archive_entry_pathname(entry)) > SPARSE_NAME_MAX)
		return 0;
	if (hole < 0 || hole >= size)
		return hole < 0 && errno != EINVAL ? -1 : 0;
	for (off_t at = 0; at < size; at = hole) {
		data = lseek(fd, at, SEEK_DATA);
		if (data < 0 && errno == ENXIO)
			break;
		hole = data < 0 ? -1 : lseek(fd, data, SEEK_HOLE);
		if (hole < 0)
			return -1;
		archive_entry_sparse_add_entry(entry, data, hole - data);
	}
	/* Nothing but a hole: one piece of data without bytes, at its end. */
	if (archive_entry_sparse_count(entry) == 0)
		archive_entry_sparse_add_entry(entry, size, 0);
	return 0;
}

static int write_bytes(struct pack *p, const char *bytes, size_t size, struct error *err)
{
	while (size) {
		la_ssize_t n = archive_write_data(p->archive, bytes, size);

		if (n <= 0)
			return pack_fail(p->archive, err);
		bytes += n;
		size -= (size_t)n;
	}
	return 0;
}

/* libarchive takes the bytes of holes as well, and leaves them out. */
static int write_hole(struct pack *p, off_t size, struct error *err)
{
	static const char zeros[BLOCK_SIZE];

	for (off_t n; size > 0; size -= n) {
		n = size < BLOCK_SIZE ? size : BLOCK_SIZE;
		if (write_bytes(p, zeros, (size_t)n, err) < 0)
			return -1;
	}
	return 0;
}

static int write_extent(struct pack *p, const struct layer_item *item, int fd, off_t at, off_t end,
			struct error *err)
{
	_cleanup_free_ char *block = malloc(BLOCK_SIZE);

	if (!block)
		out_of_memory_();
	while (at < end) {
		ssize_t n = pread(fd, block,
				  end - at < BLOCK_SIZE ? (size_t)(end - at) : BLOCK_SIZE, at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0)
			errno = EIO; /* it was longer a moment ago */
		if (n <= 0)
			return fail_item(item, err);
		if (write_bytes(p, block, (size_t)n, err) < 0)
			return -1;
		at += n;
	}
	return 0;
}

static int write_content(struct pack *p, const struct layer_item *item, int fd, struct error *err)
{
	const off_t size = item->st.st_size;
	off_t data, hole;

	for (off_t at = 0; at < size; at = hole) {
		data = lseek(fd, at, SEEK_DATA);
		if (data < 0)
			data = errno == ENXIO ? size
					      : at; /* or a file system that knows no holes */
		hole = data < size ? lseek(fd, data, SEEK_HOLE) : size;
		if (hole < 0 || hole > size)
			hole = size;
		if (write_hole(p, data - at, err) < 0 ||
		    write_extent(p, item, fd, data, hole, err) < 0)
			return -1;
	}
	return 0;
}

/* ---- the kinds of entries ---- */

/* The path of the tar: a directory's ends in a slash, and that of the root is "./". */
static struct archive_entry *new_entry(const struct pack *p, const struct layer_item *item)
{
	struct archive_entry *entry = archive_entry_new();
	const struct stat *st = &item->st;

	if (!entry)
		out_of_memory_();
	archive_entry_copy_pathname(entry, *item->path ? item->path : "./");
	archive_entry_set_mode(entry, st->st_mode);
	set_owner(p, entry, st);
	archive_entry_set_mtime(entry, st->st_mtim.tv_sec, st->st_mtim.tv_nsec);
	return entry;
}

static int pack_file(struct pack *p, const struct layer_item *item, struct archive_entry *entry,
		     struct error *err)
{
	_cleanup_fd_ int fd = openat(item->dir_fd, item->name,
				     O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	/* Holes are only taken within the size. */
	archive_entry_set_size(entry, item->st.st_size);
	if (fd < 0 || attributes_read(fd, p->record, entry) < 0 ||
	    set_holes(fd, entry, item->st.st_size) < 0)
		return fail_item(item, err);
	if (write_header(p, entry, err) < 0)
		return -1;
	return write_content(p, item, fd, err);
}

static int pack_symlink(struct pack *p, const struct layer_item *item, struct archive_entry *entry,
			struct error *err)
{
	char target[PATH_MAX];
	ssize_t n = readlinkat(item->dir_fd, item->name, target, sizeof(target) - 1);

	if (n < 0)
		return fail_item(item, err);
	target[n] = '\0';
	archive_entry_copy_symlink(entry, target);
	return write_header(p, entry, err);
}

/* An empty file that says it by its name. */
static int pack_mark(struct pack *p, const char *path, const char *prefix, const char *name,
		     struct error *err)
{
	_cleanup_entry_ struct archive_entry *entry = archive_entry_new();
	_cleanup_text_ struct text text = { 0 };

	if (!entry)
		out_of_memory_();
	text_printf(&text, "%s%s%s", path, prefix, name);
	archive_entry_copy_pathname(entry, text_str(&text));
	archive_entry_set_mode(entry, S_IFREG | 0600);
	archive_entry_set_size(entry, 0);
	archive_entry_set_mtime(entry, 0, 0);
	return write_header(p, entry, err);
}

static int pack_whiteout(struct pack *p, const struct layer_item *item, struct error *err)
{
	_cleanup_text_ struct text dir = { 0 };
	const char *slash = strrchr(item->path, '/');

	if (slash)
		text_add_bytes(&dir, item->path, (size_t)(slash + 1 - item->path));
	return pack_mark(p, text_str(&dir), WHITEOUT_PREFIX, slash ? slash + 1 : item->path, err);
}

static int pack_directory(struct pack *p, const struct layer_item *item,
			  struct archive_entry *entry, struct error *err)
{
	_cleanup_fd_ int fd = openat(item->dir_fd, item->name,
				     O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	/* Of one that may be searched and not read, the mode and the times are known. */
	if (fd < 0 ? errno != EACCES : attributes_read(fd, p->record, entry) < 0)
		return fail_item(item, err);
	if (write_header(p, entry, err) < 0)
		return -1;
	return item->opaque ? pack_mark(p, item->path, "/", WHITEOUT_OPAQUE_NAME, err) : 0;
}

/* A fifo or a device; it may have an ACL. */
static int pack_special(struct pack *p, const struct layer_item *item, struct archive_entry *entry,
			struct error *err)
{
	_cleanup_fd_ int fd = openat(item->dir_fd, item->name, O_PATH | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0 || attributes_read(fd, p->record, entry) < 0)
		return fail_item(item, err);
	archive_entry_set_rdev(entry, item->st.st_rdev);
	return write_header(p, entry, err);
}

static int pack_object(struct pack *p, const struct layer_item *item, struct archive_entry *entry,
		       struct error *err)
{
	const struct stat *st = &item->st;
	const char *first = st->st_nlink > 1 ? objects_first(&p->objects, st, item->path)
					     : item->path;

	if (strcmp(first, item->path) != 0) {
		archive_entry_copy_hardlink(entry, first);
		return write_header(p, entry, err);
	}
	if (S_ISREG(st->st_mode))
		return pack_file(p, item, entry, err);
	if (S_ISLNK(st->st_mode))
		return pack_symlink(p, item, entry, err);
	return pack_special(p, item, entry, err);
}

/* In a layer the name would mean that another one is gone. */
static int check_name(const struct pack *p, const struct layer_item *item, struct error *err)
{
	const char *slash = strrchr(item->path, '/'), *name = slash ? slash + 1 : item->path;

	if (p->plain || strncmp(name, WHITEOUT_PREFIX, strlen(WHITEOUT_PREFIX)) != 0)
		return 0;
	(void)fail(err, ERROR_SPEC, 0, "cannot pack %s", Q(item->place));
	error_explain(err, "export-name", "in a layer this name would say that another is gone",
		      NULL);
	return fail_at(err, CALL_NONE, item->place);
}

/* A tar has none. What it took the place of in the base is gone all the same. */
static int leave_out_socket(struct pack *p, const struct layer_item *item, struct error *err)
{
	(void)fprintf(stderr, "nacre: warning: left out the socket %s\n", Q(item->place));
	return item->replaces ? pack_whiteout(p, item, err) : 0;
}

int pack_item(void *arg, const struct layer_item *item, struct error *err)
{
	struct pack *p = arg;
	_cleanup_entry_ struct archive_entry *entry = NULL;

	if (item->kind == LAYER_WHITEOUT)
		return pack_whiteout(p, item, err);
	if (check_name(p, item, err) < 0)
		return -1;
	if (S_ISSOCK(item->st.st_mode))
		return leave_out_socket(p, item, err);
	entry = new_entry(p, item);
	return item->kind == LAYER_DIRECTORY ? pack_directory(p, item, entry, err)
					     : pack_object(p, item, entry, err);
}
