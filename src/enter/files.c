// SPDX-License-Identifier: MIT
/* Making directories, links and files. */
#include "enter/files.h"

#include "base/cleanup.h"
#include "base/copy.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "enter/mount.h"
#include "enter/place.h"
#include "enter/resolve.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Something else is there (0), or nothing is, in a directory that is not ours (1). */
static int not_made(int answer, const struct step *step, struct error *err)
{
	errno = answer == 0 ? EEXIST : EROFS;
	return fail_call(err, answer == 0 ? CALL_MAKE : CALL_MAKE_TARGET, step->dst);
}

/* mkdir(2) knows no set-user-ID and set-group-ID bits. */
static int settle_mode(int dir_fd, mode_t mode, const struct step *step, struct error *err)
{
	if (!(mode & 06000) || fchmodat(dir_fd, path_name(step->dst), mode, 0) == 0)
		return 0;
	return fail_call(err, CALL_MAKE, step->dst);
}

int files_directory(struct site *site, size_t index, struct error *err)
{
	const struct step *step = &site->plan->steps.items[index];
	mode_t mode = step->mode >= 0 ? (mode_t)step->mode : 0755;
	int dir_fd = -EBADF, answer = place_parent(site, index, &dir_fd, err);
	_cleanup_fd_ int there = -EBADF;

	if (answer < 0)
		return -1;
	if (answer == 0 && mkdirat(dir_fd, path_name(step->dst), mode) == 0)
		return settle_mode(dir_fd, mode, step, err);
	if (answer == 0 && errno != EEXIST)
		return fail_call(err, CALL_MAKE, step->dst);
	there = resolve_in_root(site->root_fd, step->dst, O_PATH | O_DIRECTORY);
	if (there >= 0)
		return 0;
	return not_made(answer, step, err);
}

int files_symlink(struct site *site, size_t index, struct error *err)
{
	const struct step *step = &site->plan->steps.items[index];
	const char *name = path_name(step->dst);
	char there[PATH_MAX];
	int dir_fd = -EBADF, answer = place_parent(site, index, &dir_fd, err);
	ssize_t n;

	if (answer < 0)
		return -1;
	if (answer == 0 && symlinkat(step->text, dir_fd, name) == 0)
		return 0;
	if (answer == 0 && errno != EEXIST)
		return fail_call(err, CALL_MAKE, step->dst);
	n = readlinkat(dir_fd, name, there, sizeof(there) - 1);
	if (n >= 0) {
		there[n] = '\0';
		if (strcmp(there, step->text) == 0)
			return 0;
	}
	return not_made(answer, step, err);
}

static int write_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		bytes += n;
		len -= (size_t)n;
	}
	return 0;
}

/* A copy reads a path of the user, which may be a fifo: O_NONBLOCK, and only a regular file is taken. */
static int copy_from(int fd, const struct step *step, struct error *err)
{
	_cleanup_fd_ int from = open(step->src, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;

	if (from < 0 || fstat(from, &st) < 0)
		return fail_call(err, CALL_OPEN_SOURCE, step->src);
	if (!S_ISREG(st.st_mode)) {
		errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
		return fail_call(err, CALL_OPEN_SOURCE, step->src);
	}
	if (copy_data(from, fd, err) < 0)
		return -1;
	if (fchmod(fd, step->mode >= 0 ? (mode_t)step->mode : st.st_mode & 0777) < 0)
		return fail_call(err, CALL_MAKE, step->dst);
	return 0;
}

/* From where the descriptor stands to the end, which for a pipe comes when its writers say so. */
static int copy_rest(int from, int to, const struct step *step, struct error *err)
{
	char bytes[16384];
	ssize_t n;

	for (;;) {
		n = read(from, bytes, sizeof(bytes));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail_call(err, CALL_COPY, step->dst);
		if (n == 0)
			return 0;
		if (write_all(to, bytes, (size_t)n) < 0)
			return fail_call(err, CALL_MAKE, step->dst);
	}
}

static int fill_file(int fd, const struct step *step, struct error *err)
{
	if ((step->uid >= 0 || step->gid >= 0) && fchown(fd, (uid_t)step->uid, (gid_t)step->gid) < 0)
		return fail_call(err, CALL_MAKE, step->dst);
	if (step->from_fd >= 0)
		return copy_rest(step->from_fd, fd, step, err);
	if (step->src)
		return copy_from(fd, step, err);
	if (write_all(fd, step->text, step->text_len) < 0)
		return fail_call(err, CALL_MAKE, step->dst);
	return 0;
}

/* Makes NAME in dir_fd with the step's content. */
static int make_file(int dir_fd, const char *name, const struct step *step, struct error *err)
{
	mode_t mode = step->mode >= 0 ? (mode_t)step->mode : 0644;
	_cleanup_fd_ int fd = openat(dir_fd, name,
				     O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, mode);

	return fd < 0 ? fail_call(err, CALL_MAKE, step->dst) : fill_file(fd, step, err);
}

/* What is there gets the content and keeps its mode, as with creat(2). */
static int write_file(struct site *site, int dir_fd, const struct step *step, struct error *err)
{
	_cleanup_fd_ int fd = resolve_in_root(site->root_fd, step->dst,
					      O_WRONLY | O_TRUNC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0 && errno == ENOENT)
		return make_file(dir_fd, path_name(step->dst), step, err);
	return fd < 0 ? fail_call(err, CALL_MAKE, step->dst) : fill_file(fd, step, err);
}

int files_cover(struct site *site, size_t index, const struct step *step, struct error *err)
{
	const struct mount_flags flags = {
		.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | step->flags.set,
	};
	_cleanup_(place_release) struct place place = { .fd = -EBADF };
	_cleanup_fd_ int fd = -EBADF;
	int stage = site_stage(site, err);
	char name[24];

	if (stage < 0)
		return -1;
	(void)snprintf(name, sizeof(name), "f%u", site->names++);
	if (make_file(stage, name, step, err) < 0)
		return -1;
	fd = mount_tree(site, stage, name, false, err);
	if (fd < 0 || mount_flags(site, fd, &flags, err) < 0 ||
	    place_find(site, index, false, &place, err) < 0)
		return -1;
	return mount_attach(site, fd, place.fd, place.name, err);
}

int files_file(struct site *site, size_t index, struct error *err)
{
	const struct step *step = &site->plan->steps.items[index];
	int dir_fd = -EBADF, answer;

	if (step->cover)
		return files_cover(site, index, step, err);
	answer = place_parent(site, index, &dir_fd, err);
	if (answer < 0)
		return -1;
	if (step->mkdir == MKDIR_ANYWHERE)
		return write_file(site, dir_fd, step, err);
	/* What its owner cannot change has to be a mount: permissions hold nobody back who may set them. */
	if (answer == 0 && site->parent_tmpfs && !step->flags.set)
		return make_file(dir_fd, path_name(step->dst), step, err);
	return files_cover(site, index, step, err);
}
