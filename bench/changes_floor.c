// SPDX-License-Identifier: MIT
/*
 * The files of bench/changes, and its floors: what the kernel has to be asked for, and nothing else.
 *
 *	base DIR COUNT			what is there before: in each directory files to be modified and to be deleted
 *	spread DIR COUNT		the work of a box: in each directory half of the thousand are new files, a
 *					quarter gets content of another size, a quarter is deleted
 *	new DIR COUNT			the same count in directories that are all new
 *
 *	walk UPPER BASE			status: each directory read, each name looked at in the upper and in the base
 *	commit SHAPE UPPER BASE OLD COUNT
 *					commit of the shape spread or new, into OLD what an undo needs: a new object is
 *					one rename; a modified one an exchange, and a rename of the old one; a deleted
 *					one a rename, and its whiteout is removed. In new directories each object is
 *					looked at before, since marks of overlayfs may not come into the base. On disk
 *					before and after, with a file that says how far it is.
 *	undo SHAPE UPPER BASE OLD COUNT	the same backwards
 *	unlink DIR			rm: each directory read, each name removed
 *
 * The floors of commit and undo know the names, so they do not read directories. A failure ends them with a message.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

enum {
	IN_DIRECTORY = 1000,
	ADDED = IN_DIRECTORY / 2,
	MODIFIED = IN_DIRECTORY / 4,
	DELETED = IN_DIRECTORY / 4,
};

static _Noreturn void stop(const char *what, const char *name)
{
	(void)fprintf(stderr, "changes: cannot %s \"%s\": %s\n", what, name, strerror(errno));
	exit(1);
}

static int open_directory(int dir_fd, const char *name)
{
	int fd = openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		stop("open", name);
	return fd;
}

/* The name number i of a kind: "a" added, "m" modified, "d" deleted, "dir", "new". */
static const char *name_of(const char *kind, unsigned int i)
{
	static char name[32];

	(void)snprintf(name, sizeof(name), "%s%u", kind, i);
	return name;
}

/* --- files --- */

static void write_file(int dir_fd, const char *name, size_t size)
{
	static const char bytes[200] = "content";
	int fd = openat(dir_fd, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	if (fd < 0 || write(fd, bytes, size) != (ssize_t)size)
		stop("write", name);
	(void)close(fd);
}

static int make_directory(int dir_fd, const char *name)
{
	if (mkdirat(dir_fd, name, 0755))
		stop("make", name);
	return open_directory(dir_fd, name);
}

static void make_base(int top, unsigned int directories)
{
	for (unsigned int d = 0; d < directories; d++) {
		int fd = make_directory(top, name_of("dir", d));

		for (unsigned int i = 0; i < MODIFIED; i++)
			write_file(fd, name_of("m", i), 100);
		for (unsigned int i = 0; i < DELETED; i++)
			write_file(fd, name_of("d", i), 100);
		(void)close(fd);
	}
}

static void make_spread(int top, unsigned int directories)
{
	for (unsigned int d = 0; d < directories; d++) {
		int fd = open_directory(top, name_of("dir", d));

		for (unsigned int i = 0; i < ADDED; i++)
			write_file(fd, name_of("a", i), 100);
		for (unsigned int i = 0; i < MODIFIED; i++)
			write_file(fd, name_of("m", i), 150);
		for (unsigned int i = 0; i < DELETED; i++)
			if (unlinkat(fd, name_of("d", i), 0))
				stop("remove", "a file");
		(void)close(fd);
	}
}

static void make_new(int top, unsigned int directories)
{
	for (unsigned int d = 0; d < directories; d++) {
		int fd = make_directory(top, name_of("new", d));

		for (unsigned int i = 0; i < IN_DIRECTORY; i++)
			write_file(fd, name_of("a", i), 100);
		(void)close(fd);
	}
}

/* --- floors --- */

/* Calls back for each name of a directory, as getdents64 gives them. */
static void each_name(int fd, void (*each)(int fd, int other_fd, const char *name), int other_fd)
{
	char buffer[32 * 1024];
	long n;

	while ((n = syscall(SYS_getdents64, fd, buffer, sizeof(buffer))) > 0) {
		for (long at = 0; at < n;) {
			const struct dirent64 *entry = (const struct dirent64 *)(buffer + at);

			if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
				each(fd, other_fd, entry->d_name);
			at += entry->d_reclen;
		}
	}
	if (n < 0)
		stop("read", "a directory");
}

static void walk_name(int upper_fd, int base_fd, const char *name)
{
	struct stat upper, base;
	bool in_base = base_fd >= 0 && fstatat(base_fd, name, &base, AT_SYMLINK_NOFOLLOW) == 0;
	int below_upper, below_base = -1;

	if (fstatat(upper_fd, name, &upper, AT_SYMLINK_NOFOLLOW))
		stop("look at", name);
	if (!S_ISDIR(upper.st_mode))
		return;
	below_upper = open_directory(upper_fd, name);
	if (in_base && S_ISDIR(base.st_mode))
		below_base = open_directory(base_fd, name);
	each_name(below_upper, walk_name, below_base);
	(void)close(below_upper);
	if (below_base >= 0)
		(void)close(below_base);
}

static void unlink_name(int fd, int unused, const char *name)
{
	int below;

	if (unlinkat(fd, name, 0) == 0)
		return;
	below = open_directory(fd, name);
	each_name(below, unlink_name, unused);
	(void)close(below);
	if (unlinkat(fd, name, AT_REMOVEDIR))
		stop("remove", name);
}

struct sides {
	int upper, base, old;
};

static void move(int from_fd, int to_fd, const char *name, unsigned int flags)
{
	if (renameat2(from_fd, name, to_fd, name, flags))
		stop("rename", name);
}

static void commit_directory(const struct sides *s)
{
	for (unsigned int i = 0; i < ADDED; i++)
		move(s->upper, s->base, name_of("a", i), RENAME_NOREPLACE);
	for (unsigned int i = 0; i < MODIFIED; i++) {
		move(s->upper, s->base, name_of("m", i), RENAME_EXCHANGE);
		move(s->upper, s->old, name_of("m", i), RENAME_NOREPLACE);
	}
	for (unsigned int i = 0; i < DELETED; i++) {
		move(s->base, s->old, name_of("d", i), RENAME_NOREPLACE);
		if (unlinkat(s->upper, name_of("d", i), 0))
			stop("remove", "a whiteout");
	}
}

/* All whiteouts of a directory are one inode, as overlayfs makes them. */
static void undo_directory(const struct sides *s)
{
	for (unsigned int i = 0; i < ADDED; i++)
		move(s->base, s->upper, name_of("a", i), RENAME_NOREPLACE);
	for (unsigned int i = 0; i < MODIFIED; i++) {
		move(s->old, s->upper, name_of("m", i), RENAME_NOREPLACE);
		move(s->upper, s->base, name_of("m", i), RENAME_EXCHANGE);
	}
	for (unsigned int i = 0; i < DELETED; i++) {
		move(s->old, s->base, name_of("d", i), RENAME_NOREPLACE);
		if (i == 0 ? mknodat(s->upper, "d0", S_IFCHR, 0)
			   : linkat(s->upper, "d0", s->upper, name_of("d", i), 0))
			stop("make", "a whiteout");
	}
}

static void sync_all(int fd)
{
	if (syncfs(fd))
		stop("sync", "the file system");
}

static void in_spread(const struct sides *top, unsigned int directories,
		      void (*each)(const struct sides *s))
{
	for (unsigned int d = 0; d < directories; d++) {
		const char *name = name_of("dir", d);

		if (mkdirat(top->old, name, 0755) && errno != EEXIST)
			stop("make", name);
		struct sides s = { open_directory(top->upper, name),
				   open_directory(top->base, name), open_directory(top->old, name) };
		each(&s);
		(void)close(s.upper);
		(void)close(s.base);
		(void)close(s.old);
	}
}

/* What whoever comes after a crash needs to know. */
static void note(int old_fd, const char *name)
{
	int fd = openat(old_fd, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0 || fsync(fd) || fsync(old_fd))
		stop("write", name);
	(void)close(fd);
}

static void look_name(int fd, int unused, const char *name)
{
	static char path[64 + 256], list[512];
	struct stat st;
	int below;

	if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW))
		stop("look at", name);
	/* listxattrat(2), Linux 6.13 */
	if (syscall(465, fd, name, AT_SYMLINK_NOFOLLOW, list, sizeof(list)) < 0) {
		(void)snprintf(path, sizeof(path), "/proc/self/fd/%d/%s", fd, name);
		if (llistxattr(path, list, sizeof(list)) < 0)
			stop("list the attributes of", name);
	}
	if (!S_ISDIR(st.st_mode))
		return;
	below = open_directory(fd, name);
	each_name(below, look_name, unused);
	(void)close(below);
}

static void apply(const char *shape, bool commit, const struct sides *top, unsigned int directories)
{
	if (commit && strcmp(shape, "new") == 0)
		each_name(top->upper, look_name, -1);
	sync_all(top->base);
	note(top->old, "begun");
	if (strcmp(shape, "spread") == 0)
		in_spread(top, directories, commit ? commit_directory : undo_directory);
	else
		for (unsigned int d = 0; d < directories; d++)
			move(commit ? top->upper : top->base, commit ? top->base : top->upper,
			     name_of("new", d), RENAME_NOREPLACE);
	sync_all(top->base);
	note(top->old, "done");
}

static int usage(void)
{
	(void)fputs("usage: changes base|spread|new DIR COUNT | walk UPPER BASE | unlink DIR |\n"
		    "       changes commit|undo spread|new UPPER BASE OLD COUNT\n",
		    stderr);
	return 2;
}

int main(int argc, char **argv)
{
	const char *verb = argc > 2 ? argv[1] : "";
	unsigned int directories = (unsigned int)strtoul(argv[argc - 1], NULL, 10) / IN_DIRECTORY;

	if (strcmp(verb, "base") == 0 && argc == 4)
		make_base(open_directory(AT_FDCWD, argv[2]), directories);
	else if (strcmp(verb, "spread") == 0 && argc == 4)
		make_spread(open_directory(AT_FDCWD, argv[2]), directories);
	else if (strcmp(verb, "new") == 0 && argc == 4)
		make_new(open_directory(AT_FDCWD, argv[2]), directories);
	else if (strcmp(verb, "walk") == 0 && argc == 4)
		each_name(open_directory(AT_FDCWD, argv[2]), walk_name,
			  open_directory(AT_FDCWD, argv[3]));
	else if (strcmp(verb, "unlink") == 0 && argc == 3)
		unlink_name(AT_FDCWD, -1, argv[2]);
	else if ((strcmp(verb, "commit") == 0 || strcmp(verb, "undo") == 0) && argc == 7)
		apply(argv[2], verb[0] == 'c',
		      &(struct sides){ open_directory(AT_FDCWD, argv[3]),
				       open_directory(AT_FDCWD, argv[4]),
				       open_directory(AT_FDCWD, argv[5]) },
		      directories);
	else
		return usage();
	return 0;
}
