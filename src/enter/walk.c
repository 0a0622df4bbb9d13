// SPDX-License-Identifier: MIT
/* A walk by lstat(2), one component at a time. */
#include "enter/walk.h"

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>

/* MAXSYMLINKS of the kernel. */
enum { LINKS_MAX = 40 };

static bool may_follow(const char *dir, const struct stat *link)
{
	struct stat st;

	if (stat(dir, &st) < 0)
		return false;
	return (st.st_mode & (S_ISVTX | S_IWOTH)) != (S_ISVTX | S_IWOTH) ||
	       link->st_uid == geteuid() || link->st_uid == st.st_uid;
}

/* What the link at `path` holds, and the rest behind it; NULL when it may not be followed. */
static const char *through_link(struct arena *arena, const char *path, const char *rest)
{
	char target[PATH_MAX];
	ssize_t n = readlink(path, target, sizeof(target) - 1);

	if (n <= 0)
		return NULL;
	target[n] = '\0';
	return arena_concat(arena, target, "/", rest);
}

const char *walk_links(struct arena *arena, const char *path, const char **ret_reason)
{
	const char *done = "/", *rest = path;
	int links = 0;

	while (*(rest += strspn(rest, "/"))) {
		const char *name = arena_strndup(arena, rest, strcspn(rest, "/"));
		const char *next = path_join(arena, done, name);
		struct stat st;

		rest += strlen(name);
		if (strcmp(name, ".") == 0)
			continue;
		if (strcmp(name, "..") == 0) {
			done = path_parent(arena, done);
			continue;
		}
		if (lstat(next, &st) < 0) {
			*ret_reason = arena_printf(arena, "%s: %s", Q(next), errno_text(errno));
			return NULL;
		}
		if (!S_ISLNK(st.st_mode)) {
			done = next;
			continue;
		}
		if (++links > LINKS_MAX || !may_follow(done, &st)) {
			*ret_reason = arena_printf(
				arena, "%s is a link %s", Q(next),
				links > LINKS_MAX ? "too many" : "that another user has made");
			return NULL;
		}
		rest = through_link(arena, next, rest);
		if (!rest) {
			*ret_reason = arena_printf(arena, "%s: %s", Q(next), errno_text(errno));
			return NULL;
		}
		if (*rest == '/')
			done = "/";
	}
	return done;
}
