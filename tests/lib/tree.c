// SPDX-License-Identifier: MIT
/* Trees for tests. */
#include "tree.h"

#include "base/cleanup.h"
#include "base/dirstack.h"
#include "base/syscalls.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

enum { EPOCH = 1000000000 };

bool tree_time(int dir_fd, const char *path, int time)
{
	const struct timespec times[] = { { .tv_sec = EPOCH + time },
					  { .tv_sec = EPOCH + time, .tv_nsec = 123456789 } };

	return utimensat(dir_fd, path, times, AT_SYMLINK_NOFOLLOW) == 0;
}

static bool make_file(int dir_fd, const char *path, const char *content)
{
	_cleanup_fd_ int fd = openat(dir_fd, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	size_t len = strlen(content);

	return fd >= 0 && write(fd, content, len) == (ssize_t)len;
}

bool tree_make(int dir_fd, const char *path, const char *what, mode_t mode, int time)
{
	const char *rest = what + 1;
	bool made = false;

	switch (*what) {
	case 'd':
		made = mkdirat(dir_fd, path, 0700) == 0;
		break;
	case 'f':
		made = make_file(dir_fd, path, rest);
		break;
	case 'l':
		return symlinkat(rest, dir_fd, path) == 0 && tree_time(dir_fd, path, time);
	case 'h':
		return linkat(dir_fd, rest, dir_fd, path, 0) == 0;
	case 'p':
		made = mkfifoat(dir_fd, path, 0600) == 0;
		break;
	case 's':
		made = mknodat(dir_fd, path, S_IFSOCK | 0600, 0) == 0;
		break;
	case 'w':
		return mknodat(dir_fd, path, S_IFCHR, makedev(0, 0)) == 0;
	}
	return made && fchmodat(dir_fd, path, mode, 0) == 0 && tree_time(dir_fd, path, time);
}

static void proc_path(char path[static 4096], int dir_fd, const char *name)
{
	(void)snprintf(path, 4096, "/proc/self/fd/%d/%s", dir_fd, name);
}

bool tree_attribute(int dir_fd, const char *path, const char *key, const char *value)
{
	char full[4096];

	proc_path(full, dir_fd, path);
	return lsetxattr(full, key, value, strlen(value), 0) == 0;
}

/* ---- telling ---- */

struct seen {
	dev_t dev;
	ino_t ino;
	char *path;
};

struct teller {
	struct text *out;
	struct arena arena;
	struct {
		VECTOR(struct seen) v;
	} seen;
};

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void tell_attributes(struct teller *t, const char *path)
{
	char list[4096], value[4096], *keys[64];
	ssize_t size = llistxattr(path, list, sizeof(list));
	size_t count = 0;

	for (ssize_t at = 0; at < size && count < 64; at += (ssize_t)strlen(list + at) + 1)
		keys[count++] = list + at;
	qsort(keys, count, sizeof(*keys), by_text);
	for (size_t i = 0; i < count; i++) {
		ssize_t n = lgetxattr(path, keys[i], value, sizeof(value));

		text_printf(t->out, " %s=%.*s", keys[i], n > 0 ? (int)n : 0, value);
	}
}

static void tell_content(struct teller *t, const char *path, const struct stat *st)
{
	char content[4096];
	ssize_t n = -1;

	if (S_ISLNK(st->st_mode)) {
		n = readlink(path, content, sizeof(content));
	} else if (S_ISREG(st->st_mode)) {
		_cleanup_fd_ int fd = open(path, O_RDONLY | O_CLOEXEC);

		n = fd < 0 ? -1 : read(fd, content, sizeof(content));
	}
	if (n >= 0)
		text_printf(t->out, " \"%.*s\"", (int)n, content);
}

static void tell_links(struct teller *t, const char *path, const struct stat *st)
{
	if (S_ISDIR(st->st_mode) || (S_ISCHR(st->st_mode) && st->st_rdev == 0))
		return;
	text_printf(t->out, " links %u", (unsigned)st->st_nlink);
	for (size_t i = 0; i < t->seen.v.count; i++)
		if (t->seen.v.items[i].dev == st->st_dev && t->seen.v.items[i].ino == st->st_ino)
			text_printf(t->out, " as %s", t->seen.v.items[i].path);
	VECTOR_PUSH(&t->arena, &t->seen.v,
		    (struct seen){ st->st_dev, st->st_ino, arena_strdup(&t->arena, path) });
}

static void tell_directory(struct teller *t, int dir_fd, const char *path);

static void tell_entry(struct teller *t, int dir_fd, const char *name, const char *path)
{
	char full[4096];
	struct stat st;

	if (fstatat(dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return;
	if (strncmp(name, ".nacre-undo-", 12) == 0) {
		text_printf(t->out, "%s\n", path);
		return;
	}
	proc_path(full, dir_fd, name);
	text_printf(t->out, "%s %o %u:%u", path, (unsigned)st.st_mode, (unsigned)st.st_uid,
		    (unsigned)st.st_gid);
	/* All whiteouts of a box may be one inode, and their time says nothing. */
	if (!S_ISCHR(st.st_mode))
		text_printf(t->out, " %lld.%09ld", (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
	tell_links(t, path, &st);
	tell_content(t, full, &st);
	tell_attributes(t, full);
	text_add_char(t->out, '\n');
	if (S_ISDIR(st.st_mode)) {
		_cleanup_fd_ int fd = openat(dir_fd, name,
					     O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

		if (fd >= 0)
			tell_directory(t, fd, path);
		else
			text_add(t->out, "  (not readable)\n");
	}
}

static void tell_directory(struct teller *t, int dir_fd, const char *path)
{
	_cleanup_(dirstack_release) struct dirstack stack = { 0 };
	struct stat st = { 0 };
	char *names[4096];
	const char *name;
	size_t count = 0;

	dirstack_push(&stack, fcntl(dir_fd, F_DUPFD_CLOEXEC, 3), &st);
	if (dirstack_list(&stack) < 0)
		return;
	while (count < 4096 && (name = dirstack_next(&stack)))
		names[count++] = arena_strdup(&t->arena, name);
	qsort(names, count, sizeof(*names), by_text);
	for (size_t i = 0; i < count; i++)
		tell_entry(t, dir_fd, names[i], arena_concat(&t->arena, path, "/", names[i]));
}

void tree_tell(int dir_fd, struct text *out)
{
	struct teller t = { .out = out };

	tell_entry(&t, dir_fd, ".", ".");
	arena_release(&t.arena);
}

/* ---- mounts ---- */

static bool write_file(const char *path, const char *text)
{
	_cleanup_fd_ int fd = open(path, O_WRONLY | O_CLOEXEC);

	return fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);
}

bool tree_enter(void)
{
	unsigned uid = geteuid(), gid = getegid();
	char map[40];

	if (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0)
		return false;
	(void)snprintf(map, sizeof(map), "%u %u 1", uid, uid);
	if (!write_file("/proc/self/uid_map", map) || !write_file("/proc/self/setgroups", "deny"))
		return false;
	(void)snprintf(map, sizeof(map), "%u %u 1", gid, gid);
	return write_file("/proc/self/gid_map", map);
}

bool tree_mount(const char *path)
{
	return sys_mount("none", path, "tmpfs", 0, "mode=0755") == 0;
}
