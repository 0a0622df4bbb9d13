// SPDX-License-Identifier: MIT
/*
 * Copying bytes and trees.
 *
 * The tree is walked with two stacks of directories in step, one in the source and one in the copy:
 *
 *   entry       a hard link of what is copied already is linked; anything else is made with no
 *               rights for others, gets its content, then its metadata
 *   directory   is entered when it is met, and gets its metadata when it is left: its mode may
 *               forbid to fill it, and filling it changes its times
 *
 * It must not follow a link on either side, and must not wait: a file may turn into a fifo before
 * it is opened.
 */
#include "base/copy.h"

#include "base/cleanup.h"
#include "base/dirstack.h"
#include "base/error.h"
#include "base/path.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/fs.h>
#include <search.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>

enum {
	BUFFER_SIZE = 64 * 1024,
	KERNEL_CHUNK = 1 << 30, /* one copy_file_range(2) may take no more than 0x7ffff000 bytes */
};

/* Returns the offset that it came to: end, or where the kernel would not go on. */
static off_t copy_in_kernel(int from_fd, int to_fd, off_t offset, off_t end)
{
	while (offset < end) {
		off_t in = offset, out = offset;
		size_t size = end - offset > KERNEL_CHUNK ? KERNEL_CHUNK : (size_t)(end - offset);
		ssize_t n = copy_file_range(from_fd, &in, to_fd, &out, size, 0);

		if (n <= 0)
			break;
		offset += n;
	}
	return offset;
}

static int write_at(int fd, const char *bytes, size_t size, off_t offset)
{
	while (size) {
		ssize_t n = pwrite(fd, bytes, size, offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		bytes += n;
		size -= (size_t)n;
		offset += n;
	}
	return 0;
}

/* Returns the offset that it came to: end, or that of the end of the file. -1 with errno. */
static off_t copy_by_hand(int from_fd, int to_fd, off_t offset, off_t end)
{
	char buffer[BUFFER_SIZE];

	while (offset < end) {
		size_t size = end - offset > BUFFER_SIZE ? BUFFER_SIZE : (size_t)(end - offset);
		ssize_t n = pread(from_fd, buffer, size, offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0)
			break;
		if (n < 0 || write_at(to_fd, buffer, (size_t)n, offset) < 0)
			return -1;
		offset += n;
	}
	return offset;
}

/*
 * Whatever copy_file_range(2) refuses (EXDEV, ENOSYS, EINVAL, EPERM, and 0 bytes of a file in /proc
 * up to Linux 5.18), reading and writing either can do or fails at with the better reason.
 */
static off_t copy_range(int from_fd, int to_fd, off_t offset, off_t end)
{
	offset = copy_in_kernel(from_fd, to_fd, offset, end);
	return copy_by_hand(from_fd, to_fd, offset, end);
}

/* Copies what lseek(2) calls data; the rest of size bytes becomes holes. */
static int copy_extents(int from_fd, int to_fd, off_t size)
{
	off_t offset = 0;

	while (offset < size) {
		off_t data = lseek(from_fd, offset, SEEK_DATA);
		off_t hole, reached;

		if (data < 0 && errno == ENXIO)
			break;
		if (data < 0)
			data = offset; /* a file system that knows no holes */
		hole = lseek(from_fd, data, SEEK_HOLE);
		if (hole < 0 || hole > size)
			hole = size;
		reached = copy_range(from_fd, to_fd, data, hole);
		if (reached < 0)
			return -1;
		if (reached < hole) {
			size = reached; /* it ends here, whatever its status says */
			break;
		}
		offset = hole;
	}
	return ftruncate(to_fd, size);
}

int copy_data(int from_fd, int to_fd, struct error *err)
{
	struct stat st;
	int done;

	if (fstat(from_fd, &st) < 0)
		return fail_call(err, CALL_COPY, "");
	if (st.st_size == 0) /* or a file in /proc, which has no size until it is read */
		done = copy_by_hand(from_fd, to_fd, 0, INT64_MAX) < 0 ? -1 : 0;
	else if (ioctl(to_fd, FICLONE, from_fd) == 0)
		done = 0;
	else
		done = copy_extents(from_fd, to_fd, st.st_size);
	return done < 0 ? fail_call(err, CALL_COPY, "") : 0;
}

/* A file of the source that has several names, and the path of its first copy. */
struct link {
	dev_t dev;
	ino_t ino;
	char *path;
};

struct copier {
	struct dirstack from, to;
	struct stat to_top;
	void *links; /* struct link, by tsearch(3) */
	struct arena arena; /* of the links */
};

static void keep_link(void *link)
{
	(void)link; /* the arena's */
}

static void copier_release(struct copier *c)
{
	tdestroy(c->links, keep_link);
	dirstack_release(&c->from);
	dirstack_release(&c->to);
	arena_release(&c->arena);
}

/* Puts the path of the current entry into an error that does not name it. */
static int fail_named(const struct copier *c, struct error *err)
{
	_cleanup_text_ struct text path = { 0 };

	dirstack_path(&c->from, &path);
	return fail_at(err, CALL_COPY, text_str(&path));
}

static int fail_here(const struct copier *c, struct error *err)
{
	fail_call(err, CALL_COPY, "");
	return fail_named(c, err);
}

static int compare_links(const void *a, const void *b)
{
	const struct link *x = a, *y = b;

	if (x->dev != y->dev)
		return x->dev < y->dev ? -1 : 1;
	return (x->ino > y->ino) - (x->ino < y->ino);
}

/*
 * The current entry is the first copy of st's file, or the first since the last one could get no
 * more links.
 */
static int remember_link(struct copier *c, const struct stat *st)
{
	_cleanup_text_ struct text path = { 0 };
	struct link *link = arena_new(&c->arena, struct link), **known;

	link->dev = st->st_dev;
	link->ino = st->st_ino;
	known = tsearch(link, &c->links, compare_links);
	if (!known) {
		errno = ENOMEM;
		return -1;
	}
	dirstack_path(&c->from, &path);
	(*known)->path = arena_strdup(&c->arena, text_str(&path));
	return 0;
}

/* Opens what holds path, name by name, as it may be too long for one call; *ret_name is last. */
static int open_parent(int top_fd, char *path, char **ret_name)
{
	_cleanup_fd_ int fd = openat(top_fd, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	char *slash;

	for (; fd >= 0 && (slash = strchr(path, '/')); path = slash + 1) {
		int below;

		*slash = '\0';
		below = openat(fd, path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		*slash = '/';
		(void)close_fd(fd);
		fd = below;
	}
	*ret_name = path;
	return TAKE_FD(fd);
}

enum { ENTRY_LINKED = 1 };

/* Makes name a link of an earlier copy of st's file. 0: there is none; ENTRY_LINKED; -1: *err. */
static int copy_link(struct copier *c, const char *name, const struct stat *st, struct error *err)
{
	const struct link key = { .dev = st->st_dev, .ino = st->st_ino };
	struct link **known = tfind(&key, &c->links, compare_links);
	_cleanup_fd_ int dir_fd = -EBADF;
	char *first;

	if (!known)
		return 0;
	dir_fd = open_parent(c->to.v.items[0].fd, (*known)->path, &first);
	if (dir_fd < 0)
		return fail_here(c, err);
	if (linkat(dir_fd, first, dirstack_last(&c->to)->fd, name, 0) == 0)
		return ENTRY_LINKED;
	/* Fewer links to a file are allowed than in the source: another copy, with its own. */
	return errno == EMLINK ? 0 : fail_here(c, err);
}

/* Sets *st to the status of what it copied: the name may lead elsewhere since it was looked at. */
static int copy_file(struct copier *c, const char *name, struct stat *st, struct error *err)
{
	_cleanup_fd_ int from = openat(dirstack_last(&c->from)->fd, name,
				       O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	_cleanup_fd_ int to = -EBADF;

	if (from < 0 || fstat(from, st) < 0)
		return fail_here(c, err);
	if (!S_ISREG(st->st_mode)) {
		errno = ESTALE;
		return fail_here(c, err);
	}
	to = openat(dirstack_last(&c->to)->fd, name,
		    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
	if (to < 0)
		return fail_here(c, err);
	if (copy_data(from, to, err) < 0 || copy_metadata(from, to, st, err) < 0)
		return fail_named(c, err);
	return 0;
}

static int copy_symlink(int from_fd, int to_fd, const char *name)
{
	char target[PATH_MAX];
	ssize_t n = readlinkat(from_fd, name, target, sizeof(target));

	if (n < 0)
		return -1;
	if ((size_t)n == sizeof(target)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	target[n] = '\0';
	return symlinkat(target, to_fd, name);
}

/* What has no content, or none of its own. */
static int copy_special(struct copier *c, const char *name, const struct stat *st, struct error *err)
{
	int from = dirstack_last(&c->from)->fd, to = dirstack_last(&c->to)->fd;
	int made = S_ISLNK(st->st_mode) ? copy_symlink(from, to, name)
					: mknodat(to, name, st->st_mode & S_IFMT, st->st_rdev);

	if (made < 0) {
		fail_here(c, err);
		if (err->sys == EPERM && (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode)))
			error_set_reason(err, "only the system's own root may make a device");
		return -1;
	}
	if (copy_metadata_at(from, name, to, name, st, err) < 0)
		return fail_named(c, err);
	return 0;
}

static int open_directory(int dir_fd, const char *name, struct stat *ret_st)
{
	_cleanup_fd_ int fd = openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0 || fstat(fd, ret_st) < 0)
		return -1;
	return TAKE_FD(fd);
}

static int enter_directory(struct copier *c, const char *name, struct error *err)
{
	int to_dir_fd = dirstack_last(&c->to)->fd;
	struct stat from_st, to_st;
	_cleanup_fd_ int from = open_directory(dirstack_last(&c->from)->fd, name, &from_st);
	_cleanup_fd_ int to = -EBADF;

	if (from < 0)
		return fail_here(c, err);
	if (from_st.st_dev == c->to_top.st_dev && from_st.st_ino == c->to_top.st_ino) {
		errno = EINVAL;
		fail_here(c, err);
		error_set_reason(err, "a tree cannot be copied into itself");
		return -1;
	}
	if (mkdirat(to_dir_fd, name, S_IRWXU) < 0)
		return fail_here(c, err);
	to = open_directory(to_dir_fd, name, &to_st);
	if (to < 0)
		return fail_here(c, err);
	dirstack_push(&c->from, TAKE_FD(from), &from_st);
	dirstack_push(&c->to, TAKE_FD(to), &to_st);
	return dirstack_list(&c->from) < 0 ? fail_here(c, err) : 0;
}

static int leave_directory(struct copier *c, struct error *err)
{
	const struct dirstack_level *from = dirstack_last(&c->from), *to = dirstack_last(&c->to);

	if (copy_metadata(from->fd, to->fd, &from->st, err) < 0)
		return fail_named(c, err);
	if (dirstack_pop(&c->to) < 0 || dirstack_pop(&c->from) < 0)
		return fail_here(c, err);
	return 0;
}

static int copy_entry(struct copier *c, const char *name, struct error *err)
{
	struct stat st;
	int answer;

	if (fstatat(dirstack_last(&c->from)->fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0) {
		/* Gone since it was listed: then it is not part of the tree. */
		return errno == ENOENT ? 0 : fail_here(c, err);
	}
	if (S_ISDIR(st.st_mode))
		return enter_directory(c, name, err);
	answer = st.st_nlink > 1 ? copy_link(c, name, &st, err) : 0;
	if (answer)
		return answer == ENTRY_LINKED ? 0 : -1;
	answer = S_ISREG(st.st_mode) ? copy_file(c, name, &st, err)
				     : copy_special(c, name, &st, err);
	if (answer == 0 && st.st_nlink > 1 && remember_link(c, &st) < 0)
		return fail_here(c, err);
	return answer;
}

static int push_top(struct dirstack *s, int dir_fd, int mode, struct stat *ret_st)
{
	_cleanup_fd_ int fd = openat(dir_fd, ".", mode | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, ret_st) < 0)
		return -1;
	dirstack_push(s, TAKE_FD(fd), ret_st);
	return 0;
}

int copy_tree(int from_fd, int to_fd, struct error *err)
{
	_cleanup_(copier_release) struct copier c = { 0 };
	struct stat st;

	if (push_top(&c.to, to_fd, O_PATH, &c.to_top) < 0 ||
	    push_top(&c.from, from_fd, O_RDONLY, &st) < 0 || dirstack_list(&c.from) < 0)
		return fail_here(&c, err);
	for (;;) {
		const char *name = dirstack_next(&c.from);

		if (!name && c.from.v.count == 1)
			return 0;
		if ((name ? copy_entry(&c, name, err) : leave_directory(&c, err)) < 0)
			return -1;
	}
}
