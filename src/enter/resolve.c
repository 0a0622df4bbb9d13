// SPDX-License-Identifier: MIT
/* Resolution of paths inside a root, by openat2(2) or by hand. */
#include "enter/resolve.h"

#include "base/cleanup.h"
#include "base/syscalls.h"

#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

enum {
	LINKS_MAX = 40, /* path_resolution(7): the kernel gives up after as many */
	TRIES_MAX = 8, /* of openat2 */
};

/* The walk by hand: where it stands, and what is left to walk. */
struct walk {
	int root_fd;
	int dir_fd; /* current directory, O_PATH; the root's own descriptor when depth is 0 */
	char rest[PATH_MAX];
	int links;
	int *above; /* descriptors of the directories on the way, so that ".." needs no lookup */
	size_t depth, capacity;
};

static void walk_release(struct walk *w)
{
	for (size_t i = 0; i < w->depth; i++)
		(void)close(w->above[i]);
	free(w->above);
}

static int walk_top(const struct walk *w)
{
	return w->depth ? w->above[w->depth - 1] : w->root_fd;
}

static int walk_push(struct walk *w, int fd)
{
	if (w->depth == w->capacity) {
		size_t capacity = w->capacity ? 2 * w->capacity : 16;
		int *above = realloc(w->above, capacity * sizeof(*above));

		if (!above)
			return -1;
		w->above = above;
		w->capacity = capacity;
	}
	w->above[w->depth++] = fd;
	return 0;
}

static void walk_to_root(struct walk *w)
{
	while (w->depth)
		(void)close(w->above[--w->depth]);
}

/* Puts the target of a link before what is left. */
static int walk_follow(struct walk *w, const char *name, const char *rest)
{
	char target[PATH_MAX];
	ssize_t n = readlinkat(walk_top(w), name, target, sizeof(target));
	char joined[PATH_MAX];

	if (n < 0)
		return -1;
	if (++w->links > LINKS_MAX) {
		errno = ELOOP;
		return -1;
	}
	if ((size_t)n + strlen(rest) + 2 > sizeof(joined)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(joined, target, (size_t)n);
	joined[n] = '/';
	memcpy(joined + n + 1, rest, strlen(rest) + 1);
	if (target[0] == '/')
		walk_to_root(w);
	memcpy(w->rest, joined, strlen(joined) + 1);
	return 0;
}

/* Cuts the first component off w->rest; false when there is none. *last tells whether any follows. */
static bool walk_next(struct walk *w, char name[static NAME_MAX + 1], bool *last, bool *too_long)
{
	const char *start = w->rest + strspn(w->rest, "/");
	size_t n = strcspn(start, "/");
	const char *rest = start + n;

	*too_long = n > NAME_MAX;
	if (!n || *too_long)
		return false;
	memcpy(name, start, n);
	name[n] = '\0';
	rest += strspn(rest, "/");
	*last = !*rest;
	memmove(w->rest, rest, strlen(rest) + 1);
	return true;
}

/* One component. 1: go on; 0: *ret_fd is the result; -1 with errno. */
static int walk_step(struct walk *w, const char *name, bool last, int flags, int *ret_fd)
{
	struct stat st;
	int fd;

	if (strcmp(name, ".") == 0)
		return 1;
	if (strcmp(name, "..") == 0) {
		if (w->depth)
			(void)close(w->above[--w->depth]);
		return 1;
	}
	fd = openat(walk_top(w), name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return -1;
	if (fstat(fd, &st) < 0)
		goto close_it;
	if (S_ISLNK(st.st_mode) && !(last && (flags & O_NOFOLLOW))) {
		(void)close(fd);
		return walk_follow(w, name, w->rest) < 0 ? -1 : 1;
	}
	if (!last || S_ISDIR(st.st_mode))
		return walk_push(w, fd) < 0 ? -1 : 1;
	if (flags & O_PATH) {
		*ret_fd = fd;
		return 0;
	}
	*ret_fd = openat(walk_top(w), name, flags | O_NOFOLLOW | O_CLOEXEC);
	(void)close(fd);
	return *ret_fd < 0 ? -1 : 0;
close_it:
	(void)close(fd);
	return -1;
}

static int resolve_by_hand(int root_fd, const char *path, int flags)
{
	_cleanup_(walk_release) struct walk w = { .root_fd = root_fd };
	char name[NAME_MAX + 1];
	bool last = false, too_long = false;
	int fd = -1;

	if (strlen(path) >= sizeof(w.rest)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(w.rest, path, strlen(path) + 1);
	while (walk_next(&w, name, &last, &too_long)) {
		int answer = walk_step(&w, name, last, flags, &fd);

		if (answer <= 0)
			return answer < 0 ? -1 : fd;
	}
	if (too_long) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return openat(walk_top(&w), ".", flags | O_CLOEXEC);
}

int resolve_in_root(int root_fd, const char *path, int flags)
{
	int fd = -1;

	/*
	 * A rename or a mount anywhere on the machine while the kernel follows a ".." makes it say EAGAIN, rather than risk
	 * being led out. By hand, ".." is a descriptor that is held, and there is no such risk.
	 */
	for (int tries = 0; tries < TRIES_MAX; tries++) {
		fd = sys_openat2(root_fd, path, (uint64_t)(unsigned)(flags | O_CLOEXEC), 0,
				 RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
		if (fd >= 0 || errno != EAGAIN)
			break;
	}
	if (fd >= 0 || (errno != ENOSYS && errno != EAGAIN))
		return fd;
	return resolve_by_hand(root_fd, path, flags);
}
