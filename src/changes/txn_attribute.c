// SPDX-License-Identifier: MIT
/*
 * Extended attributes by directory and name, links not followed. Since Linux 6.13 there are calls for it; before, the name
 * is reached through /proc/self/fd, at twice the price; so is always the directory itself, as they refuse a descriptor of
 * O_PATH alone (EBADF).
 */
#include "changes/txn_parts.h"

#include "base/cleanup.h"
#include "changes/txn_call.h"

#include <fcntl.h>
#include <linux/limits.h>
#include <string.h>
#include <sys/xattr.h>

static bool lacks_calls;

struct proc_path {
	char v[sizeof("/proc/self/fd/") + 12 + NAME_MAX];
};

static struct proc_path proc_path(int dir_fd, const char *name)
{
	struct proc_path path;

	(void)snprintf(path.v, sizeof(path.v), "/proc/self/fd/%d%s%s", dir_fd, *name ? "/" : "",
		       name);
	return path;
}

static ssize_t list_once(int dir_fd, const char *name, char *list, size_t size)
{
	struct proc_path path;

	if (*name && !lacks_calls) {
		ssize_t n = sys_listxattrat(dir_fd, name, AT_SYMLINK_NOFOLLOW, list, size);

		if (n >= 0 || errno != ENOSYS)
			return n;
		lacks_calls = true;
	}
	path = proc_path(dir_fd, name);
	return *name ? llistxattr(path.v, list, size) : listxattr(path.v, list, size);
}

ssize_t attribute_list(int dir_fd, const char *name, char *list, size_t size)
{
	/* The kernel allocates what it is offered, before it looks: for most objects this is enough (path_listxattrat(), fs/xattr.c). */
	enum { FEW = 512 };
	ssize_t n = list_once(dir_fd, name, list, size < FEW ? size : FEW);

	return n < 0 && errno == ERANGE ? list_once(dir_fd, name, list, size) : n;
}

ssize_t attribute_get(int dir_fd, const char *name, const char *key, void *value, size_t size)
{
	struct proc_path path;

	if (*name && !lacks_calls) {
		ssize_t n = sys_getxattrat(dir_fd, name, AT_SYMLINK_NOFOLLOW, key, value, size);

		if (n >= 0 || errno != ENOSYS)
			return n;
		lacks_calls = true;
	}
	path = proc_path(dir_fd, name);
	return *name ? lgetxattr(path.v, key, value, size) : getxattr(path.v, key, value, size);
}

int attribute_set(int dir_fd, const char *name, const char *key, const void *value, size_t size)
{
	struct proc_path path = proc_path(dir_fd, name);

	if (change_refused("setxattr"))
		return -1;
	return *name ? lsetxattr(path.v, key, value, size, 0)
		     : setxattr(path.v, key, value, size, 0);
}

int attribute_remove(int dir_fd, const char *name, const char *key)
{
	struct proc_path path;

	if (change_refused("removexattr"))
		return -1;
	if (*name && !lacks_calls) {
		int done = sys_removexattrat(dir_fd, name, AT_SYMLINK_NOFOLLOW, key);

		if (done == 0 || errno != ENOSYS)
			return done;
		lacks_calls = true;
	}
	path = proc_path(dir_fd, name);
	return *name ? lremovexattr(path.v, key) : removexattr(path.v, key);
}

static const char *const mark_prefixes[] = { "user.overlay.", "trusted.overlay." };

bool attribute_is_mark(const char *key)
{
	for (size_t i = 0; i < ARRAY_LEN(mark_prefixes); i++)
		if (strncmp(key, mark_prefixes[i], strlen(mark_prefixes[i])) == 0)
			return true;
	return false;
}

const char *attribute_plain(const char *key, char buffer[static XATTR_NAME_MAX + 1])
{
	static const char escape[] = "overlay.";

	for (size_t i = 0; i < ARRAY_LEN(mark_prefixes); i++) {
		size_t len = strlen(mark_prefixes[i]);

		if (strncmp(key, mark_prefixes[i], len) != 0 ||
		    strncmp(key + len, escape, strlen(escape)) != 0)
			continue;
		(void)snprintf(buffer, XATTR_NAME_MAX + 1, "%s%s", mark_prefixes[i],
			       key + len + strlen(escape));
		return buffer;
	}
	return NULL;
}

const char *attribute_load(struct arena *arena, int dir_fd, const char *name, const char *key,
			   size_t *ret_size)
{
	char small[256];
	ssize_t size = attribute_get(dir_fd, name, key, small, sizeof(small));

	if (size >= 0) {
		*ret_size = (size_t)size;
		return memcpy(arena_alloc(arena, (size_t)size + 1), small, (size_t)size);
	}
	/* It may grow in between. */
	while (errno == ERANGE) {
		char *value;

		size = attribute_get(dir_fd, name, key, NULL, 0);
		if (size < 0)
			return NULL;
		value = arena_alloc(arena, (size_t)size + 1);
		size = attribute_get(dir_fd, name, key, value, (size_t)size);
		if (size >= 0) {
			*ret_size = (size_t)size;
			return value;
		}
	}
	return NULL;
}
