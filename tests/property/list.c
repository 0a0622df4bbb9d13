// SPDX-License-Identifier: MIT
/*
 * The canonical list of a tree: two trees are equal when their lists are. One line an object, sorted by the bytes of its
 * path, fields with a space between:
 *
 *	PATH TYPE MODE UID GID SIZE MTIME CONTENT ATTRIBUTES LINKS SPARSE
 *
 * TYPE is one of "-dlps"; SIZE is that of a file; CONTENT a hash of a file's bytes, or the target of a link; ATTRIBUTES are
 * sorted, with ACLs and capabilities; LINKS is the smallest of the paths that share the inode; SPARSE is "hole" for a file
 * with a large one. What an object lacks is "-". In a word, bytes up to the space, "%", "-" alone, and bytes from 0x7f on are %XX.
 *
 * A tree holds directories and files that its own owner may not read. So who lacks the right to takes it, in a user namespace in
 * which he alone is mapped: all other ids are listed as the overflow id there, in every list alike.
 */
#include "property.h"

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/syscalls.h"
#include "base/text.h"

#include <dirent.h>
#include <linux/capability.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>

struct object {
	const char *path;
	const char *fields; /* from TYPE to ATTRIBUTES */
	bool sparse;
	bool directory;
	dev_t dev;
	ino_t ino;
	const char *links; /* the first path of its inode, when there are several */
};

struct list {
	struct arena arena;
	VECTOR(struct object) objects;
};

/* --- the right to read --- */

static int write_file(const char *path, const char *text)
{
	_cleanup_fd_ int fd = open(path, O_WRONLY | O_CLOEXEC);

	return fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) ? 0 : -1;
}

static bool may_read_all(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { 0 };

	(void)syscall(SYS_capget, &header, data);
	return data[0].effective & (1U << CAP_DAC_OVERRIDE);
}

static int become_able(void)
{
	uid_t uid = geteuid();
	gid_t gid = getegid();
	char map[64];

	if (may_read_all())
		return 0;
	if (unshare(CLONE_NEWUSER))
		return complain("make", "a user namespace");
	(void)snprintf(map, sizeof(map), "%u %u 1", uid, uid);
	if (write_file("/proc/self/uid_map", map) || write_file("/proc/self/setgroups", "deny"))
		return complain("map", "the user id");
	(void)snprintf(map, sizeof(map), "%u %u 1", gid, gid);
	if (write_file("/proc/self/gid_map", map))
		return complain("map", "the group id");
	return 0;
}

/* --- one object --- */

static void add_word(struct text *out, const char *bytes, size_t n)
{
	if (n == 0 || (n == 1 && *bytes == '-')) {
		text_add(out, n ? "%2D" : "-");
		return;
	}
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)bytes[i];

		if (c <= ' ' || c == '%' || c >= 0x7f)
			text_printf(out, "%%%02X", c);
		else
			text_add_char(out, (char)c);
	}
}

/* FNV-1a with 64 bits: nobody forges anything here. */
static int add_content(struct text *out, int fd)
{
	uint64_t hash = 0xcbf29ce484222325;
	unsigned char bytes[64 * 1024];
	ssize_t n;

	while ((n = read(fd, bytes, sizeof(bytes))) > 0)
		for (ssize_t i = 0; i < n; i++)
			hash = (hash ^ bytes[i]) * 0x100000001b3;
	text_printf(out, "%016llx", (unsigned long long)hash);
	return (int)n;
}

static bool is_listed(const char *attribute)
{
	return strcmp(attribute, "security.selinux") != 0;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Of any object, by the link to its descriptor in /proc: one that is O_PATH has no call of its own. */
static int add_attributes(struct text *out, int fd)
{
	_cleanup_text_ struct text word = { 0 };
	char path[64], all[4096], value[4096];
	const char *names[128];
	size_t count = 0;
	ssize_t length;

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	length = listxattr(path, all, sizeof(all));
	if (length < 0 && errno != EOPNOTSUPP)
		return -1;
	for (ssize_t i = 0; i < length && count < ARRAY_LEN(names);
	     i += (ssize_t)strlen(all + i) + 1)
		if (is_listed(all + i))
			names[count++] = all + i;
	qsort(names, count, sizeof(*names), compare_names);
	for (size_t i = 0; i < count; i++) {
		ssize_t n = getxattr(path, names[i], value, sizeof(value));

		if (n < 0)
			return -1;
		text_printf(&word, "%s%s=", i ? "," : "", names[i]);
		for (ssize_t j = 0; j < n; j++)
			text_printf(&word, "%02x", (unsigned char)value[j]);
	}
	add_word(out, text_str(&word), word.len);
	return 0;
}

static char type_letter(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		return '-';
	case S_IFDIR:
		return 'd';
	case S_IFLNK:
		return 'l';
	case S_IFIFO:
		return 'p';
	case S_IFSOCK:
		return 's';
	default:
		return '?';
	}
}

/* One worth keeping: who copies in pieces may fill what is smaller. */
static bool has_hole(int fd, off_t size)
{
	const off_t least = 65536;

	for (off_t end, hole = lseek(fd, 0, SEEK_HOLE); hole >= 0 && hole < size;
	     hole = lseek(fd, end, SEEK_HOLE)) {
		end = lseek(fd, hole, SEEK_DATA);
		if (end < 0)
			return size - hole >= least;
		if (end - hole >= least)
			return true;
	}
	return false;
}

/* What is in it: a hash, or a target. */
static int add_inside(struct text *out, int path_fd, const struct stat *st, bool *ret_sparse)
{
	char target[PATH_MAX], path[64];
	_cleanup_fd_ int fd = -EBADF;
	ssize_t n;

	if (S_ISLNK(st->st_mode)) {
		n = readlinkat(path_fd, "", target, sizeof(target));
		if (n >= 0)
			add_word(out, target, (size_t)n);
		return n < 0 ? -1 : 0;
	}
	if (!S_ISREG(st->st_mode)) {
		text_add_char(out, '-');
		return 0;
	}
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", path_fd);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || add_content(out, fd))
		return -1;
	*ret_sparse = has_hole(fd, st->st_size);
	return 0;
}

/* Takes down the object of that descriptor, which is O_PATH. */
static int add_object(struct list *list, int fd, const char *path, struct stat *ret)
{
	_cleanup_text_ struct text fields = { 0 };
	struct object *object = VECTOR_ADD(&list->arena, &list->objects);

	if (fstat(fd, ret))
		return complain("look at", path);
	text_printf(&fields, "%c %04o %u %u", type_letter(ret->st_mode), ret->st_mode & 07777,
		    ret->st_uid, ret->st_gid);
	if (S_ISREG(ret->st_mode))
		text_printf(&fields, " %lld", (long long)ret->st_size);
	else
		text_add(&fields, " -");
	text_printf(&fields, " %lld.%09ld ", (long long)ret->st_mtim.tv_sec, ret->st_mtim.tv_nsec);
	if (add_inside(&fields, fd, ret, &object->sparse))
		return complain("read", path);
	text_add_char(&fields, ' ');
	if (add_attributes(&fields, fd))
		return complain("read the attributes of", path);
	object->path = path;
	object->fields = arena_strdup(&list->arena, text_str(&fields));
	object->directory = S_ISDIR(ret->st_mode);
	object->dev = ret->st_dev;
	object->ino = ret->st_ino;
	return 0;
}

/* --- all of them --- */

static int add_tree(struct list *list, int dir_fd, const char *name, const char *path)
{
	_cleanup_fd_ int fd = openat(dir_fd, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	_cleanup_dir_ DIR *dir = NULL;
	const struct dirent *entry;
	struct stat st;
	int list_fd;

	if (fd < 0)
		return complain("open", path);
	if (add_object(list, fd, path, &st))
		return 1;
	if (!S_ISDIR(st.st_mode))
		return 0;
	list_fd = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	dir = list_fd < 0 ? NULL : fdopendir(list_fd);
	if (!dir)
		return complain("read", path);
	while ((entry = readdir(dir))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		const char *child = strcmp(path, ".") == 0
					    ? arena_strdup(&list->arena, entry->d_name)
					    : arena_concat(&list->arena, path, "/", entry->d_name);
		if (add_tree(list, fd, entry->d_name, child))
			return 1;
	}
	return 0;
}

static int compare_inodes(const void *a, const void *b)
{
	const struct object *x = a, *y = b;

	if (x->dev != y->dev)
		return x->dev < y->dev ? -1 : 1;
	if (x->ino != y->ino)
		return x->ino < y->ino ? -1 : 1;
	return strcmp(x->path, y->path);
}

static int compare_objects(const void *a, const void *b)
{
	return strcmp(((const struct object *)a)->path, ((const struct object *)b)->path);
}

/* The link count says nothing: an overlay keeps that of the base when it has broken a link. */
static void find_links(struct list *list)
{
	struct object *objects = list->objects.items;
	size_t first = 0;

	qsort(objects, list->objects.count, sizeof(*objects), compare_inodes);
	for (size_t i = 1; i < list->objects.count; i++) {
		if (objects[i].dev != objects[first].dev || objects[i].ino != objects[first].ino)
			first = i;
		else if (!objects[i].directory)
			objects[first].links = objects[i].links = objects[first].path;
	}
	qsort(objects, list->objects.count, sizeof(*objects), compare_objects);
}

static int print_list(const struct list *list)
{
	_cleanup_text_ struct text out = { 0 };

	for (size_t i = 0; i < list->objects.count; i++) {
		const struct object *object = &list->objects.items[i];
		const char *links = object->links ? object->links : "";

		add_word(&out, object->path, strlen(object->path));
		text_printf(&out, " %s ", object->fields);
		add_word(&out, links, strlen(links));
		text_add(&out, object->sparse ? " hole\n" : " -\n");
	}
	return fwrite(text_str(&out), 1, out.len, stdout) == out.len && fflush(stdout) == 0
		       ? 0
		       : complain("write", "the list");
}

int list_tree(void)
{
	struct list list = { 0 };
	int status = become_able();

	if (status == 0)
		status = add_tree(&list, AT_FDCWD, ".", ".");
	if (status == 0) {
		find_links(&list);
		status = print_list(&list);
	}
	arena_release(&list.arena);
	return status;
}
