// SPDX-License-Identifier: MIT
/* Hunks of one change. */
#include "changes/partial.h"

#include "base/cleanup.h"
#include "base/copy.h"
#include "base/error.h"
#include "base/path.h"
#include "base/text.h"
#include "changes/sides.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

enum { LOOKED_AT = 8000 }; /* bytes in which a NUL makes a file binary, as git decides */

static int open_side(const struct patch_side *side)
{
	return openat(side->dir_fd, side->name,
		      O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

static bool is_text(int fd)
{
	char bytes[LOOKED_AT];
	ssize_t n = pread(fd, bytes, sizeof(bytes), 0);

	return n >= 0 && !memchr(bytes, '\0', (size_t)n);
}

static int part_failed(const struct changes *c, size_t index, struct error *err)
{
	(void)fail_call(err, CALL_STATE, change_name(c, &c->v[index]));
	return fail_message(err, "cannot take a part of the change of %s",
			    Q(change_name(c, &c->v[index])));
}

int partial_hunks(const struct changes *c, size_t index, struct hunks *ret, struct error *err)
{
	_cleanup_(sides_release) struct sides s = sides_begin(c);
	_cleanup_fd_ int old_fd = -EBADF, now_fd = -EBADF;
	struct side_pair pair;

	if (c->v[index].kind != CHANGE_MODIFIED || !S_ISREG(c->v[index].mode))
		return 0;
	if (sides_look(&s, &c->v[index], &pair, err) < 0)
		return -1;
	old_fd = open_side(&pair.old);
	now_fd = open_side(&pair.now);
	if (old_fd < 0 || now_fd < 0)
		return part_failed(c, index, err);
	if (!is_text(old_fd) || !is_text(now_fd))
		return 0;
	return hunks_compare(old_fd, now_fd, ret, err) < 0 ? part_failed(c, index, err) : 0;
}

/* The directory of the change, made below dir_fd. */
static int make_directories(const struct changes *c, uint32_t dir, int dir_fd)
{
	_cleanup_text_ struct text path = { 0 };
	_cleanup_fd_ int at = fcntl(dir_fd, F_DUPFD_CLOEXEC, 3);

	change_dir_relative(c, dir, &path);
	for (char *name = path.data; at >= 0 && name && *name;) {
		char *slash = strchrnul(name, '/'), end = *slash;
		int next;

		*slash = '\0';
		if (mkdirat(at, name, 0700) < 0 && errno != EEXIST)
			return -1;
		next = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		(void)close(at);
		at = next;
		name = slash + (end != '\0');
	}
	return TAKE_FD(at);
}

int partial_write(const struct changes *c, size_t index, const bool *picked, int dir_fd,
		  struct error *err)
{
	_cleanup_(sides_release) struct sides s = sides_begin(c);
	_cleanup_(hunks_release) struct hunks hunks = { 0 };
	_cleanup_fd_ int old_fd = -EBADF, in_fd = -EBADF, out_fd = -EBADF;
	struct side_pair pair;

	if (partial_hunks(c, index, &hunks, err) < 0 || sides_look(&s, &c->v[index], &pair, err) < 0)
		return -1;
	old_fd = open_side(&pair.old);
	in_fd = old_fd < 0 ? -1 : make_directories(c, c->v[index].dir, dir_fd);
	if (in_fd >= 0)
		out_fd = openat(in_fd, pair.old.name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
	if (out_fd < 0 || hunks_apply(old_fd, &hunks, picked, out_fd, err) < 0)
		return part_failed(c, index, err);
	if (copy_metadata(old_fd, out_fd, &pair.old.st, err) < 0)
		return -1;
	return futimens(out_fd, NULL) < 0 ? part_failed(c, index, err) : 0;
}
