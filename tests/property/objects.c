// SPDX-License-Identifier: MIT
#include "objects.h"

#include "base/cleanup.h"
#include "base/syscalls.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>

bool place_open(const char *path, struct place *ret)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	char parent[PATH_MAX];

	(void)snprintf(parent, sizeof(parent), "%.*s", slash ? (int)(slash - path) : 1,
		       slash ? path : ".");
	(void)snprintf(ret->name, sizeof(ret->name), "%s", name);
	ret->dir_fd = sys_openat2(AT_FDCWD, parent, O_PATH | O_DIRECTORY | O_CLOEXEC, 0,
				  RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
	return ret->dir_fd >= 0;
}

void place_close(struct place *p)
{
	p->dir_fd = close_fd(p->dir_fd);
}

bool write_some(int fd, struct random *r)
{
	char bytes[32 * 1024];
	size_t n = random_length(r);

	random_bytes(r, bytes, n);
	return write(fd, bytes, n) == (ssize_t)n;
}

bool write_sparse(int fd, struct random *r)
{
	static const off_t units[] = { 4096, 65536, 1048576 };
	off_t unit = units[random_below(r, random_chance(r, 90) ? 2 : 3)], end = 0;
	bool done = true;

	for (unsigned int i = 0; i < 3; i++) {
		end += random_below(r, 3) * unit;
		done = lseek(fd, end, SEEK_SET) == end && write_some(fd, r) && done;
		end = lseek(fd, 0, SEEK_CUR);
	}
	if (random_chance(r, 50))
		done = ftruncate(fd, end + unit) == 0 && done;
	return done;
}

bool punch_hole(int fd, struct random *r)
{
	off_t from = random_below(r, 4) * 4096 + (random_chance(r, 20) ? 100 : 0);

	return fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, from, 8192) == 0;
}

static bool make_file(const struct place *p, struct random *r)
{
	_cleanup_fd_ int fd = openat(p->dir_fd, p->name,
				     O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);

	if (fd < 0)
		return false;
	return random_chance(r, 15) ? write_sparse(fd, r) : write_some(fd, r);
}

/* To something near, to a directory, to nothing, out of the tree; short, and too long for an inode. */
static bool make_link(const struct place *p, struct random *r)
{
	static const char *const targets[] = { ".",	  "..",	    "/",	"/etc/passwd",
					       "missing", "../a/b", "/dev/null" };
	char target[4 * NAME_MAX];
	size_t n;

	if (random_chance(r, 60)) {
		const char *known = targets[random_below(r, ARRAY_LEN(targets))];

		return symlinkat(known, p->dir_fd, p->name) == 0;
	}
	n = random_chance(r, 70) ? NAME_MAX : 1 + random_below(r, sizeof(target) - 1);
	random_name(r, target);
	for (size_t length = strlen(target); length < n; length++)
		target[length] = length % 50 ? 't' : '/', target[length + 1] = '\0';
	return symlinkat(target, p->dir_fd, p->name) == 0;
}

bool make_object(const struct place *p, mode_t type, struct random *r)
{
	switch (type) {
	case S_IFREG:
		return make_file(p, r);
	case S_IFDIR:
		return mkdirat(p->dir_fd, p->name, 0755) == 0;
	case S_IFLNK:
		return make_link(p, r);
	default:
		return mknodat(p->dir_fd, p->name, type | 0644, 0) == 0;
	}
}

static bool is_directory(const struct place *p)
{
	struct stat st;

	return fstatat(p->dir_fd, p->name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
}

static bool is_link(const struct place *p)
{
	struct stat st;

	return fstatat(p->dir_fd, p->name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(st.st_mode);
}

bool change_mode(const struct place *p, struct random *r)
{
	mode_t mode = random_mode(r, is_directory(p));

	return !is_link(p) && fchmodat(p->dir_fd, p->name, mode, 0) == 0;
}

/* Root of a box with a range of ids may give all of it away; anybody else has only the groups he is in. */
bool change_owner(const struct place *p, struct random *r)
{
	static const uid_t ids[] = { 0, 1, 7, 1000, 12345, 60000 };
	gid_t groups[64];
	int count;

	if (geteuid() == 0)
		return fchownat(p->dir_fd, p->name, ids[random_below(r, ARRAY_LEN(ids))],
				ids[random_below(r, ARRAY_LEN(ids))], AT_SYMLINK_NOFOLLOW) == 0;
	count = getgroups(ARRAY_LEN(groups), groups);
	return fchownat(p->dir_fd, p->name, (uid_t)-1,
			count > 0 ? groups[random_below(r, (unsigned int)count)] : getegid(),
			AT_SYMLINK_NOFOLLOW) == 0;
}

bool change_times(const struct place *p, struct random *r)
{
	const struct timespec times[2] = { random_time(r), random_time(r) };

	return utimensat(p->dir_fd, p->name, times, AT_SYMLINK_NOFOLLOW) == 0;
}

/* For a call on its attributes: they are those of files and directories. */
static int open_for_attributes(const struct place *p)
{
	return openat(p->dir_fd, p->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
}

static const char *const attributes[] = { "user.a", "user.name with \"bytes\"\n\377",
					  "user.comment" };

bool set_attribute(const struct place *p, struct random *r)
{
	/* cap_net_raw=ep, version 2; only root may. */
	static const unsigned char capability[20] = { 1, 0, 0, 2, 0, 32 };
	_cleanup_fd_ int fd = open_for_attributes(p);
	const char *name = attributes[random_below(r, ARRAY_LEN(attributes))];
	char value[64];
	size_t n = random_below(r, sizeof(value));

	random_bytes(r, value, n);
	if (random_chance(r, 10))
		return fsetxattr(fd, "security.capability", capability, sizeof(capability), 0) == 0;
	return fsetxattr(fd, name, value, n, 0) == 0;
}

bool set_overlay_attribute(const struct place *p, struct random *r)
{
	_cleanup_fd_ int fd = open_for_attributes(p);
	char value = (char)random_below(r, 256);

	if (is_directory(p))
		return false; /* once committed, an overlay on it hides the attribute: it would be a change for ever */
	return fsetxattr(fd, "user.overlay.note", &value, 1, 0) == 0;
}

bool remove_attribute(const struct place *p, struct random *r)
{
	_cleanup_fd_ int fd = open_for_attributes(p);

	return fremovexattr(fd, attributes[random_below(r, ARRAY_LEN(attributes))]) == 0;
}

/* The bytes of an ACL as the kernel takes them: little-endian, sorted by tag and id. */
struct acl_entry {
	uint16_t tag, perm;
	uint32_t id;
};

struct acl {
	uint32_t version;
	struct acl_entry entries[5];
};

bool set_acl(const struct place *p, struct random *r)
{
	_cleanup_fd_ int fd = open_for_attributes(p);
	bool directory = is_directory(p), inherited = directory && random_chance(r, 50);
	const struct acl acl = {
		.version = 2,
		.entries = {
			{ 0x01, directory ? 7 : 6, UINT32_MAX }, /* the owner */
			{ 0x02, (uint16_t)random_below(r, 8), geteuid() == 0 ? 7 : geteuid() },
			{ 0x04, 4, UINT32_MAX }, /* the group */
			{ 0x10, (uint16_t)random_below(r, 8), UINT32_MAX }, /* the mask */
			{ 0x20, 0, UINT32_MAX }, /* others */
		},
	};

	return fsetxattr(fd, inherited ? "system.posix_acl_default" : "system.posix_acl_access",
			 &acl, sizeof(acl), 0) == 0;
}

bool remove_acl(const struct place *p, struct random *r)
{
	_cleanup_fd_ int fd = open_for_attributes(p);

	return fremovexattr(fd, random_chance(r, 50) ? "system.posix_acl_default"
						     : "system.posix_acl_access") == 0;
}

bool remove_object(const struct place *p)
{
	_cleanup_dir_ DIR *dir = NULL;
	const struct dirent *entry;
	struct place below;

	if (unlinkat(p->dir_fd, p->name, 0) == 0)
		return true;
	below.dir_fd = openat(p->dir_fd, p->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (below.dir_fd >= 0 && !(dir = fdopendir(below.dir_fd)))
		place_close(&below);
	while (dir && (entry = readdir(dir))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		(void)snprintf(below.name, sizeof(below.name), "%s", entry->d_name);
		(void)remove_object(&below);
	}
	return unlinkat(p->dir_fd, p->name, AT_REMOVEDIR) == 0;
}
