// SPDX-License-Identifier: MIT
/* Copies of what is bound: of the host, of what a descriptor shows, or of the new root. */
#include "enter/bind_source.h"

#include "base/cleanup.h"
#include "base/syscalls.h"
#include "enter/mount.h"
#include "enter/resolve.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Makes a missing source directory of a bind, as the user asked for with "ensure". */
static int ensure_source(const char *path)
{
	char partial[PATH_MAX];

	(void)snprintf(partial, sizeof(partial), "%s", path);
	for (char *slash = strchr(partial + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(partial, 0700) < 0 && errno != EEXIST)
			return -1;
		*slash = '/';
	}
	return mkdir(partial, 0700) < 0 && errno != EEXIST ? -1 : 0;
}

/*
 * What an open descriptor shows, found again by its path: the descriptor itself is of a mount in the caller's namespace, and such
 * a one cannot be cloned (open_tree(2), EINVAL). Something else may have taken its place; that is not bound.
 */
static int bind_shown(struct site *site, const struct step *step, struct error *err)
{
	_cleanup_fd_ int fd = -EBADF;
	char path[PATH_MAX];
	struct stat shown, found;
	ssize_t n = readlink(FD_PATH(step->from_fd), path, sizeof(path) - 1);

	if (n < 0 || fstat(step->from_fd, &shown) < 0)
		return fail_call(err, CALL_OPEN_SOURCE, FD_PATH(step->from_fd));
	path[n] = '\0';
	fd = mount_tree(site, AT_FDCWD, path, step->recursive, err);
	if (fd < 0)
		return -1;
	if (fstat(fd, &found) == 0 && found.st_dev == shown.st_dev && found.st_ino == shown.st_ino)
		return TAKE_FD(fd);
	errno = ESTALE;
	return fail_call(err, CALL_OPEN_SOURCE, path);
}

static int bind_around_stage(struct site *site, const struct step *step, struct error *err)
{
	_cleanup_fd_ int fd = -EBADF;

	if (site_stage_leave(site, err) < 0)
		return -1;
	fd = mount_tree(site, AT_FDCWD, step->src, true, err);
	if (fd < 0 || site_stage_return(site, err) < 0)
		return -1;
	return TAKE_FD(fd);
}

/* The copy of a bind's source: a path of the host, or one in the new root. */
static int bind_source(struct site *site, const struct step *step, struct error *err)
{
	_cleanup_fd_ int seen = -EBADF;

	if (step->from_fd >= 0)
		return bind_shown(site, step, err);
	if (!step->in_root && step->recursive && site_stage_is_in(site, step->src))
		return bind_around_stage(site, step, err);
	if (!step->in_root)
		return mount_tree(site, AT_FDCWD, step->src, step->recursive, err);
	seen = resolve_in_root(site->root_fd, step->src, O_PATH);
	if (seen < 0)
		return fail_call(err, CALL_OPEN_SOURCE, step->src);
	return mount_tree(site, seen, "", step->recursive, err);
}

static int open_source(struct site *site, const struct step *step, struct error *err)
{
	if (step->ensure && ensure_source(step->src) < 0)
		return fail_call(err, CALL_OPEN_SOURCE, step->src);
	return bind_source(site, step, err);
}

/* The caller's limit is low: the steps need some descriptors too. */
static void give_back(struct site *site, size_t end)
{
	for (size_t given = 0; end > 1 && given < 32; end--) {
		if (site->sources[end - 1] <= 0)
			continue;
		(void)close(site->sources[end - 1]);
		site->sources[end - 1] = SOURCE_NONE;
		given++;
	}
}

void bind_sources_open(struct site *site)
{
	size_t count = site->plan->steps.count;
	struct error ignored;

	/* Where the host's own root serves, nothing is attached over it. */
	for (size_t i = 1; i < count && i < SOURCES_MAX && !site->plan->root_in_place; i++) {
		const struct step *step = &site->plan->steps.items[i];
		int fd;

		if (step->kind != STEP_BIND || step->in_root)
			continue;
		fd = open_source(site, step, &ignored);
		site->sources[i] = fd < 0 ? (ignored.sys == ENOENT ? SOURCE_MISSING : SOURCE_NONE)
					  : fd;
		if (fd < 0 && ignored.sys == EMFILE) {
			give_back(site, i);
			return;
		}
	}
}

int bind_source_take(struct site *site, size_t index, struct error *err)
{
	const struct step *step = &site->plan->steps.items[index];
	int fd = index < SOURCES_MAX ? site->sources[index] : SOURCE_NONE;

	if (index < SOURCES_MAX)
		site->sources[index] = SOURCE_NONE;
	if (fd > 0)
		return fd;
	if (fd == SOURCE_MISSING && step->optional) {
		errno = ENOENT;
		return fail_call(err, CALL_OPEN_SOURCE, step->src);
	}
	return open_source(site, step, err);
}
