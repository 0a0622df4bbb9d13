// SPDX-License-Identifier: MIT
/* Hiding paths of the new root. */
#include "enter/hide.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "enter/mount.h"
#include "enter/place.h"
#include "enter/resolve.h"

#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* An empty read-only tmpfs: cheaper than a stage when there is none yet. */
static int cover_alone(struct site *site, int fd, uint64_t attr, struct error *err)
{
	static const struct fs_option mode = { "mode", "0555" };
	_cleanup_fd_ int mount_fd = mount_fs(site, "tmpfs", "nacre", &mode, 1, attr, err);

	return mount_fd < 0 ? -1 : mount_attach(site, mount_fd, fd, "", err);
}

/* A cover is a clone of an empty thing on the stage: locked read-only, so that nothing can be written through it. */
static int cover(struct site *site, int fd, bool directory, struct error *err)
{
	static const struct mount_flags flags = {
		.set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC,
	};
	const char *name = directory ? "empty-dir" : "empty-file";
	_cleanup_fd_ int mount_fd = -EBADF;
	int stage;

	if (directory && site->stage_fd < 0)
		return cover_alone(site, fd, flags.set, err);
	stage = site_stage(site, err);
	if (stage < 0)
		return -1;
	if ((directory ? mkdirat(stage, name, 0555) : mknodat(stage, name, S_IFREG | 0444, 0)) < 0 &&
	    errno != EEXIST)
		return fail_call(err, CALL_MAKE, name);
	mount_fd = mount_tree(site, stage, name, false, err);
	if (mount_fd < 0 || mount_flags(site, mount_fd, &flags, err) < 0)
		return -1;
	return mount_attach(site, mount_fd, fd, "", err);
}

static int cover_one(struct site *site, const char *path, struct error *err)
{
	_cleanup_fd_ int fd = resolve_in_root(site->root_fd, path, O_PATH);
	struct stat st;

	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR || errno == EACCES))
		return 0; /* what cannot be reached needs no cover */
	if (fd < 0 || fstat(fd, &st) < 0)
		return fail_call(err, CALL_OPEN_TARGET, path);
	return cover(site, fd, S_ISDIR(st.st_mode), err);
}

/*
 * Expands the first component of pattern that holds a wildcard, below the literal path done so far, and goes on with each
 * match. path has room for PATH_MAX; len is the length of what is settled.
 */
static int expand(struct site *site, char *path, size_t len, const char *pattern, struct error *err)
{
	char component[NAME_MAX + 1];
	size_t n;

	pattern += strspn(pattern, "/");
	n = strcspn(pattern, "/");
	if (!n)
		return cover_one(site, len ? path : "/", err);
	if (n > NAME_MAX || len + n + 2 > PATH_MAX)
		return 0; /* no such name can exist */
	memcpy(component, pattern, n);
	component[n] = '\0';
	if (!strpbrk(component, "*?[\\")) {
		(void)snprintf(path + len, PATH_MAX - len, "/%s", component);
		return expand(site, path, len + n + 1, pattern + n, err);
	}
	path[len] = '\0';
	int fd = resolve_in_root(site->root_fd, len ? path : "/", O_RDONLY | O_DIRECTORY);
	_cleanup_dir_ DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	for (struct dirent *e; dir && (e = readdir(dir));) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
		    fnmatch(component, e->d_name, FNM_PERIOD) != 0)
			continue;
		if (len + strlen(e->d_name) + 2 > PATH_MAX)
			continue;
		(void)snprintf(path + len, PATH_MAX - len, "/%s", e->d_name);
		if (expand(site, path, len + 1 + strlen(e->d_name), pattern + n, err) < 0)
			return -1;
	}
	return 0;
}

int hide_path(struct site *site, const struct step *step, struct error *err)
{
	char path[PATH_MAX] = "";

	return expand(site, path, 0, step->dst, err);
}

/* The directories that stay visible, taken before the cover falls: a copy of what the box shows there. */
struct kept {
	int fd;
	const char *below; /* relative to the home */
};

struct kept_list {
	VECTOR(struct kept) v;
};

static int put_back(struct site *site, int home_fd, const struct kept *kept, struct error *err)
{
	char path[PATH_MAX];

	if (strlen(kept->below) >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return fail_call(err, CALL_MAKE, kept->below);
	}
	(void)snprintf(path, sizeof(path), "%s", kept->below);
	/* The tmpfs is ours and fresh: nothing in it can be a link. */
	for (char *slash = strchr(path, '/');; slash = strchr(slash + 1, '/')) {
		if (slash)
			*slash = '\0';
		if (mkdirat(home_fd, path, 0755) < 0 && errno != EEXIST)
			return fail_call(err, CALL_MAKE, kept->below);
		if (!slash)
			break;
		*slash = '/';
	}
	return mount_attach(site, kept->fd, home_fd, kept->below, err);
}

static int collect(struct site *site, struct arena *arena, const char *home, struct kept_list *kept,
		   struct error *err)
{
	const struct plan *plan = site->plan;

	for (size_t i = 0; i < plan->steps.count; i++) {
		const struct step *step = &plan->steps.items[i];
		_cleanup_fd_ int seen = -EBADF;
		struct kept *k;

		if (step->kind != STEP_ONLY || strcmp(step->dst, home) == 0)
			continue;
		seen = resolve_in_root(site->root_fd, step->dst, O_PATH | O_DIRECTORY);
		if (seen < 0)
			return fail_call(err, CALL_OPEN_SOURCE, step->dst);
		k = VECTOR_ADD(arena, &kept->v);
		k->below = path_relative(step->dst, home);
		k->fd = mount_tree(site, seen, "", true, err);
		if (k->fd < 0)
			return -1;
	}
	return 0;
}

static bool earlier_only(const struct plan *plan, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (plan->steps.items[i].kind == STEP_ONLY)
			return true;
	return false;
}

int hide_home(struct site *site, size_t index, struct error *err)
{
	static const struct fs_option mode = { "mode", "0700" };
	const char *home = site->plan->home;
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_fd_ int home_fd = -EBADF, tmpfs_fd = -EBADF;
	struct kept_list kept = { 0 };
	int answer;

	if (earlier_only(site->plan, index))
		return 0;
	answer = collect(site, &arena, home, &kept, err);
	if (answer == 0) {
		home_fd = resolve_in_root(site->root_fd, home, O_PATH | O_DIRECTORY);
		answer = home_fd < 0 ? fail_call(err, CALL_OPEN_TARGET, home) : 0;
	}
	if (answer == 0) {
		tmpfs_fd = mount_fs(site, "tmpfs", "nacre", &mode, 1,
				    MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV, err);
		answer = tmpfs_fd < 0 ? -1 : mount_attach(site, tmpfs_fd, home_fd, "", err);
	}
	for (size_t i = 0; i < kept.v.count; i++) {
		if (answer == 0)
			answer = put_back(site, tmpfs_fd, &kept.v.items[i], err);
		close_fd(kept.v.items[i].fd);
	}
	return answer;
}
