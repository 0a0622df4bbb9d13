// SPDX-License-Identifier: MIT
/*
 * The mount table: rows to structs, then questions about the tree that they form.
 *
 *   36 35 98:0 /root /point rw,noatime master:1 shared:2 - ext3 /dev/sda1 rw,errors=continue
 *   id parent dev root point flags     optional fields   - type source    options of the superblock
 *
 * A row is a series of fields with one space between, so two spaces hold an empty field; only a
 * source may be empty. What lies on what is read from the parent ids alone: the order of the rows
 * is that of mounting up to Linux 6.7, but that of creation since 6.8, where a tree cloned before
 * the mount that it later covers has its row first.
 */
#include "base/mountinfo.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "base/table.h"
#include "base/text.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>

static const char mountinfo_path[] = "/proc/self/mountinfo";

/* A piece of the text that is being read. */
struct span {
	const char *s;
	size_t n;
};

static bool span_is(struct span span, const char *word)
{
	return span.n == strlen(word) && memcmp(span.s, word, span.n) == 0;
}

/* Takes the piece before the first end off *rest; without an end that is all of it, and false. */
static bool take_until(struct span *rest, char end, struct span *ret_piece)
{
	const char *found = rest->n ? memchr(rest->s, end, rest->n) : NULL;

	*ret_piece = (struct span){ rest->s, found ? (size_t)(found - rest->s) : rest->n };
	rest->s += ret_piece->n + (found ? 1 : 0);
	rest->n -= ret_piece->n + (found ? 1 : 0);
	return found;
}

/* The whole of span as a decimal number: no sign, no space. */
static bool read_number(struct span span, int *ret_number)
{
	int number = 0;

	for (size_t i = 0; i < span.n; i++) {
		if (span.s[i] < '0' || span.s[i] > '9')
			return false;
		if (__builtin_mul_overflow(number, 10, &number) ||
		    __builtin_add_overflow(number, span.s[i] - '0', &number))
			return false;
	}
	*ret_number = number;
	return span.n > 0;
}

static bool read_device(struct span span, struct mount_entry *e)
{
	struct span major;
	int a, b;

	if (!take_until(&span, ':', &major) || !read_number(major, &a) || !read_number(span, &b))
		return false;
	e->major = (unsigned)a;
	e->minor = (unsigned)b;
	return true;
}

/* The byte that three octal digits stand for, or -1. NUL is no byte of a path. */
static int octal_byte(const char *s)
{
	int byte = 0;

	for (int i = 0; i < 3; i++) {
		if (s[i] < '0' || s[i] > '7')
			return -1;
		byte = byte * 8 + (s[i] - '0');
	}
	return byte > 0 && byte < 256 ? byte : -1;
}

/* Copies span without its octal escapes; NULL when a backslash begins none. */
static const char *unescape(struct arena *arena, struct span span)
{
	char *copy = arena_alloc(arena, span.n + 1), *out = copy;

	for (size_t i = 0; i < span.n; i++) {
		int byte = (unsigned char)span.s[i];

		if (byte == '\\') {
			byte = span.n - i > 3 ? octal_byte(span.s + i + 1) : -1;
			if (byte < 0)
				return NULL;
			i += 3;
		}
		*out++ = (char)byte;
	}
	return copy;
}

static const struct keyword flag_words[] = {
	{ "ro", MOUNT_ATTR_RDONLY, NULL },
	{ "nosuid", MOUNT_ATTR_NOSUID, NULL },
	{ "nodev", MOUNT_ATTR_NODEV, NULL },
	{ "noexec", MOUNT_ATTR_NOEXEC, NULL },
	{ "nosymfollow", MOUNT_ATTR_NOSYMFOLLOW, NULL },
	{ "noatime", MOUNT_ATTR_NOATIME, NULL },
	{ "nodiratime", MOUNT_ATTR_NODIRATIME, NULL },
	{ "relatime", MOUNT_ATTR_RELATIME, NULL },
	{ NULL, 0, NULL },
};

/* Words that are not in the table are flags of a newer kernel or say nothing (rw, idmapped). */
static uint64_t read_flags(struct span flags)
{
	uint64_t attr = 0;
	bool atime = false, more = true;

	while (more) {
		struct span word;
		const struct keyword *k;

		more = take_until(&flags, ',', &word);
		k = keyword_find(flag_words, word.s, word.n);
		if (!k)
			continue;
		attr |= k->value;
		/* RELATIME is the value 0 of the field MOUNT_ATTR__ATIME (mount_setattr(2)). */
		if (k->value == MOUNT_ATTR_NOATIME || k->value == MOUNT_ATTR_RELATIME)
			atime = true;
	}
	/* The kernel shows strict access times by showing neither word. */
	return atime ? attr : attr | MOUNT_ATTR_STRICTATIME;
}

/* One optional field. Tags that are not known are passed over, as proc_pid_mountinfo(5) asks. */
static bool read_optional(struct span field, struct mount_entry *e)
{
	struct span tag;
	bool value = take_until(&field, ':', &tag);

	if (span_is(tag, "shared"))
		return value && read_number(field, &e->shared);
	if (span_is(tag, "master"))
		return value && read_number(field, &e->master);
	if (span_is(tag, "unbindable"))
		e->unbindable = true;
	return tag.n > 0;
}

/* The fields before the separator. Returns NULL, or what is wrong in words that follow "its". */
static const char *read_front(struct arena *arena, struct span *row, struct mount_entry *e)
{
	struct span id, parent, device, root, point, flags, field;

	if (!take_until(row, ' ', &id) || !read_number(id, &e->id))
		return "mount id is not a number";
	if (!take_until(row, ' ', &parent) || !read_number(parent, &e->parent))
		return "parent id is not a number";
	if (!take_until(row, ' ', &device) || !read_device(device, e))
		return "device is not major:minor";
	if (!take_until(row, ' ', &root) || !root.n || !(e->root = unescape(arena, root)))
		return "root is missing or badly escaped";
	if (!take_until(row, ' ', &point) || !(e->point = unescape(arena, point)))
		return "mount point is missing or badly escaped";
	if (e->point[0] != '/')
		return "mount point is not absolute";
	if (!take_until(row, ' ', &flags) || !flags.n)
		return "flags are missing";
	e->attr = read_flags(flags);
	for (;;) {
		if (!take_until(row, ' ', &field))
			return "separator \" - \" is missing";
		if (span_is(field, "-"))
			return NULL;
		if (!read_optional(field, e))
			return "optional fields are not tag or tag:number";
	}
}

/*
 * The fields behind it. The options of a superblock are the rest of the row, spaces and all: they
 * are the file system's own writing, and some write paths as they are (9p on WSL: "path=C:\Program
 * Files").
 */
static const char *read_back(struct arena *arena, struct span *row, struct mount_entry *e)
{
	struct span type, source;

	if (!take_until(row, ' ', &type) || !type.n || !(e->fstype = unescape(arena, type)))
		return "file system type is missing or badly escaped";
	if (!take_until(row, ' ', &source) || !(e->source = unescape(arena, source)))
		return "source is missing or badly escaped";
	if (!row->n)
		return "superblock options are missing";
	e->super = arena_strndup(arena, row->s, row->n);
	return NULL;
}

static int compare_ids(const void *a, const void *b)
{
	const struct mount_entry *const *x = a, *const *y = b;

	return ((*x)->id > (*y)->id) - ((*x)->id < (*y)->id);
}

static bool same_point(const struct mount_entry *a, const struct mount_entry *b)
{
	return strcmp(a->point, b->point) == 0;
}

/* A mount covers its parent when both have one mount point: it sits on the parent's own root. */
static void mark_covered(struct arena *arena, struct mounts *m)
{
	size_t count = m->v.count;
	struct mount_entry **by_id = arena_alloc(arena, count * sizeof(*by_id));

	for (size_t i = 0; i < count; i++)
		by_id[i] = &m->v.items[i];
	qsort(by_id, count, sizeof(*by_id), compare_ids);
	for (size_t i = 0; i < count; i++) {
		const struct mount_entry *e = &m->v.items[i], key = { .id = e->parent },
					 *wanted = &key;
		struct mount_entry **parent = bsearch(&wanted, by_id, count, sizeof(*by_id),
						      compare_ids);

		/* The root of a namespace may be its own parent. */
		if (parent && *parent != e && same_point(*parent, e))
			(*parent)->covered = true;
	}
}

static int fail_row(struct arena *arena, size_t line, struct span row, const char *problem,
		    struct error *err)
{
	fail(err, ERROR_SYSTEM, 0, "cannot understand line %zu of the mount table", line);
	error_set_reason(err, "its %s", problem);
	error_fact(err, "row     %s", Q(arena_strndup(arena, row.s, row.n)));
	return fail_at(err, CALL_READ_MOUNTS, mountinfo_path);
}

int mountinfo_parse(struct arena *arena, const char *text, size_t len, struct mounts *ret,
		    struct error *err)
{
	struct span rest = { text, len };
	struct mounts m = { 0 };

	while (rest.n && (rest.s[rest.n - 1] == '\n' || rest.s[rest.n - 1] == '\r'))
		rest.n--;
	for (size_t line = 1; rest.n; line++) {
		struct mount_entry *e = VECTOR_ADD(arena, &m.v);
		struct span row, whole;
		const char *problem;

		(void)take_until(&rest, '\n', &row);
		if (row.n && row.s[row.n - 1] == '\r')
			row.n--;
		whole = row;
		if (row.n && memchr(row.s, '\0', row.n))
			problem = "text holds a NUL byte";
		else if (!(problem = read_front(arena, &row, e)))
			problem = read_back(arena, &row, e);
		if (problem)
			return fail_row(arena, line, whole, problem, err);
	}
	if (m.v.count)
		mark_covered(arena, &m);
	*ret = m;
	return 0;
}

/* Read whole, as one read() returns no more than about a page of it. */
int mountinfo_load(struct arena *arena, const char **ret_text, size_t *ret_len, struct error *err)
{
	_cleanup_fd_ int fd = open(mountinfo_path, O_RDONLY | O_CLOEXEC);
	size_t len = 0, size = 8192;
	char *text = arena_alloc(arena, size);

	while (fd >= 0) {
		ssize_t n = read(fd, text + len, size - len);

		if (n == 0) {
			*ret_text = text;
			*ret_len = len;
			return 0;
		}
		if (n < 0 && errno != EINTR)
			break;
		len += n > 0 ? (size_t)n : 0;
		if (len == size) {
			char *larger = arena_alloc(arena, 4 * size);

			text = memcpy(larger, text, len);
			size *= 4;
		}
	}
	fail(err, ERROR_SYSTEM, errno, "cannot read the mount table %s", mountinfo_path);
	(void)fail_at(err, CALL_READ_MOUNTS, mountinfo_path);
	return -1;
}

int mountinfo_read(struct arena *arena, struct mounts *ret, struct error *err)
{
	const char *text;
	size_t len;

	if (mountinfo_load(arena, &text, &len, err) < 0)
		return -1;
	return mountinfo_parse(arena, text, len, ret, err);
}

bool mountinfo_may_be_below(const char *text, size_t len, const char *dir)
{
	char needle[256];
	int n = snprintf(needle, sizeof(needle), " %s/", strcmp(dir, "/") == 0 ? "" : dir);

	/* The table escapes white space and backslashes in names: such a directory is not looked for. */
	if (n < 0 || (size_t)n >= sizeof(needle) || strcspn(dir, " \t\n\\#") != strlen(dir))
		return true;
	return memmem(text, len, needle, (size_t)n) != NULL;
}

static bool has_parent(const struct mounts *m, const struct mount_entry *e)
{
	for (size_t i = 0; i < m->v.count; i++)
		if (m->v.items[i].id == e->parent)
			return e->parent != e->id;
	return false;
}

/*
 * The first mount that a walk to path meets inside at: the child with the shortest mount point on
 * the way. NULL for at is where the walk begins: mounts whose parent lies outside of the reader's
 * root.
 */
static const struct mount_entry *next_mount(const struct mounts *m, const struct mount_entry *at,
					    const char *path)
{
	const struct mount_entry *next = NULL;

	for (size_t i = 0; i < m->v.count; i++) {
		const struct mount_entry *e = &m->v.items[i];

		if (e == at || (at && e->parent != at->id) || !path_below(path, e->point))
			continue;
		if (!at && has_parent(m, e))
			continue;
		if (!next || strlen(e->point) <= strlen(next->point))
			next = e;
	}
	return next;
}

const struct mount_entry *mounts_at(const struct mounts *m, const char *path)
{
	const struct mount_entry *at = NULL;

	/* Ids can be reused while the table is read: the count ends a walk in a loop of parents. */
	for (size_t hops = 0; hops < m->v.count; hops++) {
		const struct mount_entry *next = next_mount(m, at, path);

		if (!next)
			break;
		at = next;
	}
	return at;
}

bool mounts_below(const struct mounts *m, const char *dir)
{
	for (size_t i = 0; i < m->v.count; i++) {
		const struct mount_entry *e = &m->v.items[i], *reached;

		if (!path_below(e->point, dir) || !*path_relative(e->point, dir))
			continue;
		/* A mount may be hidden: then the walk to its mount point ends on another one. */
		reached = mounts_at(m, e->point);
		if (reached && same_point(reached, e))
			return true;
	}
	return false;
}
