// SPDX-License-Identifier: MIT
/* Counting the entries of an upper that are changes. */
#include "run/upper.h"

#include "base/cleanup.h"
#include "base/path.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>

/* True when a lower has the directory, or the seeds do. *ret_mode is then what the box began with. */
static bool was_there(const struct overlay *o, const char *relative, mode_t *ret_mode)
{
	char path[PATH_MAX];
	struct stat st;

	for (size_t i = 0; i < o->seeds.count; i++) {
		if (strcmp(o->seeds.items[i].path, relative) == 0) {
			*ret_mode = o->seeds.items[i].mode;
			return true;
		}
	}
	for (size_t i = o->lowers.count; i-- > 0;) {
		(void)snprintf(path, sizeof(path), "%s/%s", o->lowers.items[i].path, relative);
		if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
			*ret_mode = st.st_mode & 07777;
			return true;
		}
	}
	return false;
}

static bool is_opaque(int fd)
{
	char path[40], value;

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return getxattr(path, "user.overlay.opaque", &value, 1) == 1 && value == 'y';
}

static uint64_t count(int fd, const struct overlay *o, char *relative, size_t len);

static uint64_t count_directory(int parent_fd, const char *name, const struct overlay *o,
				char *relative, size_t len)
{
	int fd = openat(parent_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	mode_t before;
	struct stat st;
	uint64_t n;

	if (fd < 0)
		return 1;
	if (fstat(fd, &st) < 0 || is_opaque(fd) || !was_there(o, relative, &before)) {
		(void)close(fd);
		return 1;
	}
	n = count(fd, o, relative, len);
	return n + ((st.st_mode & 07777) != before ? 1 : 0);
}

/* Takes fd. relative is the path so far, with room for PATH_MAX. */
static uint64_t count(int fd, const struct overlay *o, char *relative, size_t len)
{
	_cleanup_dir_ DIR *dir = fdopendir(fd);
	uint64_t n = 0;

	if (!dir) {
		(void)close(fd);
		return 1;
	}
	for (struct dirent *e; (e = readdir(dir));) {
		size_t more = strlen(e->d_name);
		struct stat st;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if (fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
		    !S_ISDIR(st.st_mode) || len + more + 2 > PATH_MAX) {
			n++;
			continue;
		}
		(void)snprintf(relative + len, PATH_MAX - len, "%s%s", len ? "/" : "", e->d_name);
		n += count_directory(dirfd(dir), e->d_name, o, relative, len + more + (len ? 1 : 0));
		relative[len] = '\0';
	}
	return n;
}

uint64_t upper_count(int upper_fd, const struct step *step)
{
	char relative[PATH_MAX] = "";
	int fd = openat(upper_fd, step->overlay->slot,
			O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	return fd < 0 ? 0 : count(fd, step->overlay, relative, 0);
}
