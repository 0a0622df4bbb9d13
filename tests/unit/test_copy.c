// SPDX-License-Identifier: MIT
/*
 * Copying: nothing is lost, nothing is followed, what cannot be kept is named or left out on the
 * safe side.
 */
#include "base/cleanup.h"
#include "base/copy.h"
#include "base/error.h"
#include "base/remove.h"
#include "test.h"

#include <endian.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/fs.h>
#include <linux/posix_acl.h>
#include <linux/posix_acl_xattr.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <sys/xattr.h>

/* A directory of the test's own, with "from" and an empty "to". */
struct scratch {
	char path[PATH_MAX];
	int fd, from, to;
};

static bool scratch_make(struct scratch *s)
{
	const char *tmp = getenv("TMPDIR");
	const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

	(void)snprintf(s->path, sizeof(s->path), "%s/nacre-copy-XXXXXX", tmp ? tmp : "/tmp");
	if (!check(mkdtemp(s->path) != NULL))
		return false;
	s->fd = open(s->path, flags);
	check(mkdirat(s->fd, "from", 0755) == 0 && mkdirat(s->fd, "to", 0755) == 0);
	s->from = openat(s->fd, "from", flags);
	s->to = openat(s->fd, "to", flags);
	return check(s->fd >= 0 && s->from >= 0 && s->to >= 0);
}

static void scratch_release(struct scratch *s)
{
	struct error err;

	close_fd(s->from);
	close_fd(s->to);
	check(remove_contents(s->fd, &err) == 0);
	close_fd(s->fd);
	check(rmdir(s->path) == 0);
}

/* Ends the test when there can be none. */
#define SCRATCH(s)                                                      \
	_cleanup_(scratch_release) struct scratch s = { .fd = -EBADF,   \
							.from = -EBADF, \
							.to = -EBADF }; \
	if (!scratch_make(&(s)))                                        \
	return

static bool put(int dir_fd, const char *path, const char *text)
{
	_cleanup_fd_ int fd = openat(dir_fd, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

	return check(fd >= 0) && check(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
}

/* Up to 255 bytes, "" when there is no such file. */
static const char *content(char buffer[static 256], int dir_fd, const char *path)
{
	_cleanup_fd_ int fd = openat(dir_fd, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, buffer, 255);

	buffer[n < 0 ? 0 : n] = '\0';
	return buffer;
}

#define CONTENT(dir_fd, path) content((char[256]){ 0 }, (dir_fd), (path))

static struct stat status(int dir_fd, const char *path)
{
	struct stat st = { 0 };

	check(fstatat(dir_fd, path, &st, AT_SYMLINK_NOFOLLOW) == 0);
	return st;
}

static mode_t mode(int dir_fd, const char *path)
{
	return status(dir_fd, path).st_mode & 07777;
}

static bool exists(int dir_fd, const char *path)
{
	struct stat st;

	return fstatat(dir_fd, path, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

static bool same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool copies(const struct scratch *s)
{
	struct error err = { 0 };
	bool done = copy_tree(s->from, s->to, &err) == 0;

	return test_check(done, __FILE__, __LINE__, "%s at \"%s\"", errno_name(err.sys), err.object);
}

/* --- trees ------------------------------------------------------------------------------------ */

TEST(copy, tree_of_every_kind)
{
	SCRATCH(s);
	char target[64] = "";

	check(mkdirat(s.from, "dir", 0755) == 0 && mkdirat(s.from, "dir/empty", 0755) == 0);
	put(s.from, "dir/file", "text");
	put(s.from, "nothing", "");
	check(symlinkat("/nowhere/at all", s.from, "dangling") == 0);
	check(symlinkat("dir", s.from, "to-dir") == 0);
	check(mkfifoat(s.from, "fifo", 0640) == 0 && fchmodat(s.from, "fifo", 0622, 0) == 0);
	check(mknodat(s.from, "socket", S_IFSOCK | 0600, 0) == 0);
	require(copies(&s));
	check_str(CONTENT(s.to, "dir/file"), "text");
	check(S_ISDIR(status(s.to, "dir/empty").st_mode));
	check(S_ISREG(status(s.to, "nothing").st_mode));
	check(readlinkat(s.to, "dangling", target, sizeof(target) - 1) == 15);
	check_str(target, "/nowhere/at all");
	check(S_ISLNK(status(s.to, "to-dir").st_mode));
	check(S_ISFIFO(status(s.to, "fifo").st_mode) && mode(s.to, "fifo") == 0622);
	check(S_ISSOCK(status(s.to, "socket").st_mode));
}

TEST(copy, tree_of_hostile_names)
{
	static const char *const names[] = { "a,b:c\\d", "new\nline", "not\xffutf8", "-rf",
					     "*",	 " ",	      "\x1b[31m",    "..." };
	SCRATCH(s);

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		char path[64];

		check(mkdirat(s.from, names[i], 0755) == 0);
		(void)snprintf(path, sizeof(path), "%s/%s", names[i], names[i]);
		put(s.from, path, names[i]);
	}
	require(copies(&s));
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		char path[64];

		(void)snprintf(path, sizeof(path), "%s/%s", names[i], names[i]);
		check_str(CONTENT(s.to, path), names[i]);
	}
}

TEST(copy, tree_keeps_modes_and_times)
{
	static const struct timespec times[] = { { 981173106, 789000000 }, { 1, 123456789 } };
	static const mode_t modes[] = { 0400, 0444, 0755, 02755, 04711, 01777, 0640 };
	SCRATCH(s);
	char name[32];

	for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
		(void)snprintf(name, sizeof(name), "%zu", i);
		put(s.from, name, "x");
		check(fchmodat(s.from, name, modes[i], 0) == 0);
		check(utimensat(s.from, name, times, 0) == 0);
	}
	check(mkdirat(s.from, "dir", 0755) == 0);
	put(s.from, "dir/file", "x");
	check(fchmodat(s.from, "dir", 0555, 0) == 0);
	check(utimensat(s.from, "dir", times, 0) == 0);
	check(symlinkat("x", s.from, "link") == 0 && mkfifoat(s.from, "fifo", 0644) == 0);
	check(utimensat(s.from, "link", times, AT_SYMLINK_NOFOLLOW) == 0);
	check(utimensat(s.from, "fifo", times, AT_SYMLINK_NOFOLLOW) == 0);
	require(copies(&s));
	for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
		(void)snprintf(name, sizeof(name), "%zu", i);
		check(mode(s.to, name) == modes[i]);
		check(same_time(status(s.to, name).st_mtim, times[1]));
		check(same_time(status(s.to, name).st_atim, times[0]));
	}
	check(mode(s.to, "dir") == 0555);
	check(same_time(status(s.to, "dir").st_mtim, times[1]));
	check(same_time(status(s.to, "link").st_mtim, times[1]));
	check(same_time(status(s.to, "fifo").st_mtim, times[1]));
}

TEST(copy, tree_leaves_the_top_alone)
{
	SCRATCH(s);

	check(fchmod(s.from, 0711) == 0 && fchmod(s.to, 0750) == 0);
	require(copies(&s));
	check(mode(s.fd, "to") == 0750);
}

TEST(copy, tree_keeps_hard_links)
{
	SCRATCH(s);

	check(mkdirat(s.from, "a", 0755) == 0 && mkdirat(s.from, "a/deep\n", 0755) == 0);
	check(mkdirat(s.from, "b", 0755) == 0);
	put(s.from, "a/deep\n/one", "one");
	check(linkat(s.from, "a/deep\n/one", s.from, "b/two", 0) == 0);
	check(linkat(s.from, "a/deep\n/one", s.from, "three", 0) == 0);
	put(s.from, "outside", "x");
	check(linkat(s.from, "outside", s.fd, "elsewhere", 0) == 0);
	check(symlinkat("x", s.from, "link") == 0);
	check(linkat(s.from, "link", s.from, "b/link", 0) == 0);
	require(copies(&s));
	check(status(s.to, "three").st_nlink == 3);
	check(status(s.to, "three").st_ino == status(s.to, "b/two").st_ino);
	check(status(s.to, "three").st_ino == status(s.to, "a/deep\n/one").st_ino);
	check(status(s.to, "three").st_ino != status(s.from, "three").st_ino);
	check(status(s.to, "outside").st_nlink == 1);
	check(status(s.to, "link").st_ino == status(s.to, "b/link").st_ino);
	check_str(CONTENT(s.to, "b/two"), "one");
}

/*
 * Overlayfs makes all whiteouts of a mount links of one inode. Anybody may make them since Linux
 * 5.8.
 */
TEST(copy, tree_keeps_whiteouts)
{
	SCRATCH(s);

	if (mknodat(s.from, "gone", S_IFCHR, 0) < 0)
		SKIP("no whiteouts here");
	check(linkat(s.from, "gone", s.from, "gone too", 0) == 0);
	require(copies(&s));
	check(S_ISCHR(status(s.to, "gone").st_mode) && status(s.to, "gone").st_rdev == 0);
	check(status(s.to, "gone too").st_nlink == 2);
}

TEST(copy, tree_deeper_than_descriptors)
{
	enum { LEVELS = 600 };
	SCRATCH(s);
	struct rlimit usual, few = { 128, 0 };
	int fd = dup(s.from), levels = 0;

	for (int i = 0; i < LEVELS && fd >= 0; i++) {
		int below;

		check(mkdirat(fd, "directory", 0755) == 0 && put(fd, "zz", "x"));
		below = openat(fd, "directory", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		close_fd(fd);
		fd = below;
	}
	require(fd >= 0);
	/* Two names of one file whose paths are too long for a system call. */
	check(put(fd, "one", "x") && linkat(fd, "one", fd, "two", 0) == 0);
	close_fd(fd);
	require(getrlimit(RLIMIT_NOFILE, &usual) == 0);
	few.rlim_max = usual.rlim_max;
	require(setrlimit(RLIMIT_NOFILE, &few) == 0);
	check(copies(&s));
	check(setrlimit(RLIMIT_NOFILE, &usual) == 0);
	fd = dup(s.to);
	for (;;) {
		int below = openat(fd, "directory", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

		if (below < 0)
			break;
		check(exists(fd, "zz"));
		close_fd(fd);
		fd = below;
		levels++;
	}
	check(levels == LEVELS);
	check(status(fd, "one").st_nlink == 2);
	close_fd(fd);
}

TEST(copy, tree_into_itself)
{
	SCRATCH(s);
	struct error err = { 0 };
	_cleanup_fd_ int below = -EBADF;

	check(mkdirat(s.from, "a", 0755) == 0 && mkdirat(s.from, "a/b", 0755) == 0);
	below = openat(s.from, "a/b", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	check(copy_tree(s.from, below, &err) == -1);
	check(err.sys == EINVAL && err.reason[0]);
	check_str(err.object, "a/b");
}

TEST(copy, tree_over_something)
{
	SCRATCH(s);
	struct error err = { 0 };

	check(mkdirat(s.from, "a\nb", 0755) == 0 && mkdirat(s.to, "a\nb", 0755) == 0);
	check(copy_tree(s.from, s.to, &err) == -1);
	check(err.call == CALL_COPY && err.sys == EEXIST);
	check_str(err.object, "a\nb");
}

TEST(copy, tree_that_cannot_be_read)
{
	SCRATCH(s);
	struct error err = { 0 };

	if (geteuid() == 0)
		SKIP("root may read everything");
	check(mkdirat(s.from, "dir", 0755) == 0);
	put(s.from, "dir/secret", "x");
	check(fchmodat(s.from, "dir/secret", 0, 0) == 0);
	check(copy_tree(s.from, s.to, &err) == -1);
	check(err.sys == EACCES);
	check_str(err.object, "dir/secret");
}

TEST(copy, tree_with_a_device)
{
	SCRATCH(s);
	struct error err = { 0 };

	if (mknodat(s.from, "null", S_IFCHR | 0666, makedev(1, 3)) == 0) {
		require(copies(&s));
		check(status(s.to, "null").st_rdev == makedev(1, 3));
		return;
	}
	/* A user cannot make one to copy, but the system has some. */
	{
		_cleanup_fd_ int dev = open("/dev/pts", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

		if (dev < 0 || faccessat(dev, "ptmx", F_OK, AT_SYMLINK_NOFOLLOW) < 0)
			SKIP("no device to copy");
		check(copy_tree(dev, s.to, &err) == -1);
		check(err.sys == EPERM && err.reason[0] && err.object[0]);
	}
}

/* --- owners, attributes, ACLs ----------------------------------------------------------------- */

static int open_new(const struct scratch *s, const char *name)
{
	return openat(s->fd, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

TEST(copy, owner_is_kept_by_root)
{
	SCRATCH(s);

	put(s.from, "file", "x");
	if (fchownat(s.from, "file", 12345, 54321, 0) < 0)
		SKIP("may not give files away");
	check(fchmodat(s.from, "file", 06755, 0) == 0);
	check(symlinkat("x", s.from, "link") == 0);
	check(fchownat(s.from, "link", 12345, 54321, AT_SYMLINK_NOFOLLOW) == 0);
	require(copies(&s));
	check(status(s.to, "file").st_uid == 12345 && status(s.to, "file").st_gid == 54321);
	check(mode(s.to, "file") == 06755);
	check(status(s.to, "link").st_uid == 12345);
}

/* A setuid program of somebody else must not become one of ours. */
TEST(copy, setuid_goes_with_the_owner)
{
	SCRATCH(s);
	struct error err = { 0 };
	_cleanup_fd_ int from = open_new(&s, "a"), to = open_new(&s, "b");
	struct stat st;

	if (geteuid() == 0)
		SKIP("root may give files away");
	require(fstat(from, &st) == 0);
	st.st_uid = 0;
	st.st_gid = 0;
	st.st_mode = S_IFREG | 07755;
	check(copy_metadata(from, to, &st, &err) == 0);
	check(mode(s.fd, "b") == 01755);
	check(status(s.fd, "b").st_uid == geteuid());
}

static bool has_attribute(int dir_fd, const char *path, const char *key, const char *want)
{
	_cleanup_fd_ int fd = openat(dir_fd, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	char value[256] = "";

	return fd >= 0 && fgetxattr(fd, key, value, sizeof(value) - 1) == (ssize_t)strlen(want) &&
	       strcmp(value, want) == 0;
}

TEST(copy, attributes)
{
	SCRATCH(s);
	_cleanup_fd_ int fd = -EBADF;

	put(s.from, "file", "x");
	fd = openat(s.from, "file", O_RDWR | O_CLOEXEC);
	if (fsetxattr(fd, "user.a\n=b", "value,:\\\xff", 9, 0) < 0)
		SKIP("no extended attributes here");
	check(fsetxattr(fd, "user.empty", "", 0, 0) == 0);
	check(fsetxattr(fd, "user.overlay.origin", "", 0, 0) == 0);
	check(fsetxattr(fd, "user.overlays", "x", 1, 0) == 0);
	/* The copy's mode does not let its owner set them any more. */
	check(fchmod(fd, 0444) == 0);
	check(mkdirat(s.from, "dir", 0755) == 0);
	close_fd(fd);
	fd = openat(s.from, "dir", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	check(fsetxattr(fd, "user.dir", "yes", 3, 0) == 0);
	check(fsetxattr(fd, "user.overlay.opaque", "y", 1, 0) == 0);
	check(fchmod(fd, 0500) == 0);
	require(copies(&s));
	check(has_attribute(s.to, "file", "user.a\n=b", "value,:\\\xff"));
	check(has_attribute(s.to, "file", "user.empty", ""));
	check(has_attribute(s.to, "file", "user.overlays", "x"));
	check(!has_attribute(s.to, "file", "user.overlay.origin", ""));
	check(has_attribute(s.to, "dir", "user.dir", "yes"));
	check(!has_attribute(s.to, "dir", "user.overlay.opaque", "y"));
}

TEST(copy, attributes_of_what_cannot_be_opened)
{
	SCRATCH(s);
	char path[PATH_MAX + 32], value[8] = "";

	check(symlinkat("nowhere", s.from, "link") == 0);
	(void)snprintf(path, sizeof(path), "%s/from/link", s.path);
	if (lsetxattr(path, "trusted.test", "link", 4, 0) < 0)
		SKIP("may not set trusted attributes");
	require(copies(&s));
	(void)snprintf(path, sizeof(path), "%s/to/link", s.path);
	check(lgetxattr(path, "trusted.test", value, sizeof(value) - 1) == 4);
	check_str(value, "link");
}

/* acl(5) as the value of an attribute. */
struct acl {
	struct posix_acl_xattr_header header;
	struct posix_acl_xattr_entry entries[5];
};

/* rw- for the owner, rwx for us by name, r-- for the group, a mask of rwx, nothing for others. */
static struct acl own_acl(void)
{
	static const __u16 rights[][2] = {
		{ ACL_USER_OBJ, 6 }, { ACL_USER, 7 },  { ACL_GROUP_OBJ, 4 },
		{ ACL_MASK, 7 },     { ACL_OTHER, 0 },
	};
	struct acl acl = { .header.a_version = htole32(POSIX_ACL_XATTR_VERSION) };

	for (size_t i = 0; i < ARRAY_LEN(rights); i++) {
		acl.entries[i].e_tag = htole16(rights[i][0]);
		acl.entries[i].e_perm = htole16(rights[i][1]);
		acl.entries[i].e_id = htole32(rights[i][0] == ACL_USER ? geteuid()
								       : ACL_UNDEFINED_ID);
	}
	return acl;
}

TEST(copy, acls)
{
	SCRATCH(s);
	const struct acl own = own_acl();
	struct acl got;
	_cleanup_fd_ int fd = -EBADF;

	check(mkdirat(s.from, "dir", 0755) == 0);
	put(s.from, "dir/file", "x");
	fd = openat(s.from, "dir/file", O_RDWR | O_CLOEXEC);
	if (fsetxattr(fd, "system.posix_acl_access", &own, sizeof(own), 0) < 0)
		SKIP("no ACLs here");
	close_fd(fd);
	fd = openat(s.from, "dir", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	check(fsetxattr(fd, "system.posix_acl_default", &own, sizeof(own), 0) == 0);
	require(copies(&s));
	close_fd(fd);
	fd = openat(s.to, "dir/file", O_RDONLY | O_CLOEXEC);
	check(fgetxattr(fd, "system.posix_acl_access", &got, sizeof(got)) == sizeof(own));
	check(memcmp(&got, &own, sizeof(own)) == 0);
	check(mode(s.to, "dir/file") == 0670);
	close_fd(fd);
	fd = openat(s.to, "dir", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	check(fgetxattr(fd, "system.posix_acl_default", &got, sizeof(got)) == sizeof(own));
}

/* A default ACL on the way to the copy would give named users rights that the source does not. */
TEST(copy, inherited_acls_are_dropped)
{
	SCRATCH(s);
	const struct acl own = own_acl();
	_cleanup_fd_ int file = -EBADF, dir = -EBADF;

	if (fsetxattr(s.to, "system.posix_acl_default", &own, sizeof(own), 0) < 0)
		SKIP("no ACLs here");
	put(s.from, "file", "x");
	check(mkdirat(s.from, "dir", 0755) == 0 && mkfifoat(s.from, "fifo", 0644) == 0);
	require(copies(&s));
	file = openat(s.to, "file", O_RDONLY | O_CLOEXEC);
	dir = openat(s.to, "dir", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	check(fgetxattr(file, "system.posix_acl_access", NULL, 0) < 0 && errno == ENODATA);
	check(fgetxattr(dir, "system.posix_acl_access", NULL, 0) < 0 && errno == ENODATA);
	check(fgetxattr(dir, "system.posix_acl_default", NULL, 0) < 0 && errno == ENODATA);
	check(mode(s.to, "file") == 0644 && mode(s.to, "fifo") == 0644);
}

/* Hugetlbfs has no ACLs, and memfd_create(2) makes a file in it for anybody. */
TEST(copy, acl_that_is_refused_takes_its_mask_along)
{
	SCRATCH(s);
	struct error err = { 0 };
	const struct acl own = own_acl();
	_cleanup_fd_ int from = open_new(&s, "a"),
			 to = memfd_create("copy", MFD_CLOEXEC | MFD_HUGETLB);
	struct stat st;

	if (to < 0 || fsetxattr(from, "system.posix_acl_access", &own, sizeof(own), 0) < 0)
		SKIP("no file system without ACLs");
	require(fstat(from, &st) == 0 && (st.st_mode & 0777) == 0670);
	check(copy_metadata(from, to, &st, &err) == 0);
	require(fstat(to, &st) == 0);
	check((st.st_mode & 0777) == 0640);
}

/* --- what changes while it is copied ---------------------------------------------------------- */

/* Exchanges name with a link to what must not be copied, until it is killed. */
_Noreturn static void exchange_for_ever(const struct scratch *s, const char *name)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* musl 1.2.3 has no renameat2(). */
	for (;;)
		(void)syscall(SYS_renameat2, s->from, name, s->fd, "link", RENAME_EXCHANGE);
}

/* Copies while name is exchanged with a link to target; the copy must never hold "key" at path. */
static void copy_in_a_race(const struct scratch *s, const char *name, const char *target,
			   const char *path)
{
	pid_t pid;

	check(mkdirat(s->fd, "secret", 0755) == 0 && put(s->fd, "secret/key", "key"));
	check(symlinkat(target, s->fd, "link") == 0);
	pid = fork();
	if (pid == 0)
		exchange_for_ever(s, name);
	require(pid > 0);
	for (int i = 0; i < 2000; i++) {
		struct error err = { 0 };
		struct stat st;

		/* It may fail: a name can be a directory when looked at and a link when opened. */
		(void)copy_tree(s->from, s->to, &err);
		check(fstatat(s->to, name, &st, AT_SYMLINK_NOFOLLOW) < 0 || S_ISLNK(st.st_mode) ||
		      strcmp(CONTENT(s->to, path), "key") != 0);
		check(remove_contents(s->to, &err) == 0);
	}
	check(kill(pid, SIGKILL) == 0 && waitpid(pid, NULL, 0) == pid);
}

TEST(copy, directory_swapped_for_a_link)
{
	SCRATCH(s);

	check(mkdirat(s.from, "dir", 0755) == 0 && put(s.from, "dir/plain", "plain"));
	copy_in_a_race(&s, "dir", "../secret", "dir/key");
}

TEST(copy, file_swapped_for_a_link)
{
	SCRATCH(s);

	put(s.from, "file", "plain");
	copy_in_a_race(&s, "file", "../secret/key", "file");
}
