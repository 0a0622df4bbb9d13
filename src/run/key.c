// SPDX-License-Identifier: MIT
/* The file, its locks, and what it leads to. */
#include "run/key.h"

#include "base/cleanup.h"
#include "base/syscalls.h"
#include "run/terms.h"

#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>

/* The content: names, as they are needed. It is of one boot and one version, and of no use to anybody else. */
struct key {
	char magic[16];
	struct secret secret;
	char keeper[32]; /* "/proc/PID/fd" */
	char terms[12]; /* names of descriptors there */
	char namespaces[LIVE_NAMESPACES][12]; /* "" behind the last */
};

static const char magic[16] = "nacre-key 1\n";

bool key_secret(struct secret *ret)
{
	return getrandom(ret->v, sizeof(ret->v), GRND_NONBLOCK) == sizeof(ret->v);
}

int key_make(int dir_fd, const struct live_way *way, const struct secret *secret)
{
	_cleanup_fd_ int fd = -EBADF;
	struct key key = { .secret = *secret };

	memcpy(key.magic, magic, sizeof(magic));
	(void)snprintf(key.keeper, sizeof(key.keeper), "/proc/%d/fd", (int)getpid());
	(void)snprintf(key.terms, sizeof(key.terms), "%d", way->terms);
	for (size_t i = 0; i < LIVE_NAMESPACES && way->namespaces[i] >= 0; i++)
		(void)snprintf(key.namespaces[i], sizeof(key.namespaces[i]), "%d",
			       way->namespaces[i]);
	/* Another file than that of a killed keeper: his members may still have that. */
	key_break(dir_fd);
	fd = openat(dir_fd, "key", O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		    S_IRUSR | S_IWUSR);
	if (fd < 0 || write(fd, &key, sizeof(key)) != sizeof(key) || flock(fd, LOCK_SH) < 0)
		return -1;
	return TAKE_FD(fd);
}

void key_break(int dir_fd)
{
	(void)unlinkat(dir_fd, "key", 0);
}

/* ---- who has one ---- */

struct holder {
	int pid;
	unsigned major, minor;
	unsigned long long inode;
};

static bool next_holder(FILE *f, struct holder *ret)
{
	char line[256];

	/* One who waits for a lock has a "->" before it (proc_locks(5)). */
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "%*d: FLOCK %*s READ %d %x:%x:%llu", &ret->pid, &ret->major,
			   &ret->minor, &ret->inode) == 4)
			return true;
	return false;
}

size_t key_members(int key_fd, pid_t *ret, size_t most)
{
	_cleanup_file_ FILE *f = fopen("/proc/locks", "re");
	struct holder own = { 0 }, h;
	struct stat st;
	size_t count = 0;

	if (!f || fstat(key_fd, &st) < 0)
		return 0;
	/* The device there is not always that of stat(2), as on btrfs: so by what the holder's own lock has. */
	while (own.pid != getpid() || own.inode != st.st_ino)
		if (!next_holder(f, &own))
			return 0;
	rewind(f);
	while (next_holder(f, &h)) {
		if (h.pid == own.pid || h.inode != own.inode || h.major != own.major ||
		    h.minor != own.minor)
			continue;
		if (count < most)
			ret[count] = h.pid;
		count++;
	}
	return count;
}

/* ---- using it ---- */

/* Locked and whole, and not broken before it was locked: then the keeper finds us by it. */
static bool take(int fd, struct key *ret)
{
	struct stat st;

	return flock(fd, LOCK_SH | LOCK_NB) == 0 && read(fd, ret, sizeof(*ret)) == sizeof(*ret) &&
	       memcmp(ret->magic, magic, sizeof(magic)) == 0 && fstat(fd, &st) == 0 && st.st_nlink;
}

/* By one descriptor of the directory, which no other process's ever becomes. */
static bool open_way(int keeper_fd, const struct key *key, struct live_way *way)
{
	struct secret secret;

	way->terms = openat(keeper_fd, key->terms, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (way->terms < 0 || !terms_secret(way->terms, &secret) ||
	    memcmp(&secret, &key->secret, sizeof(secret)) != 0)
		return false;
	for (size_t i = 0; i < LIVE_NAMESPACES && key->namespaces[i][0]; i++) {
		way->namespaces[i] = openat(keeper_fd, key->namespaces[i], O_RDONLY | O_CLOEXEC);
		if (way->namespaces[i] < 0)
			return false;
	}
	return true;
}

int key_use(int dir_fd, struct live_way *ret, int *ret_keeper_fd)
{
	_cleanup_fd_ int fd = openat(dir_fd, "key", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	_cleanup_fd_ int keeper_fd = -EBADF;
	struct key key;

	*ret = LIVE_NO_WAY;
	if (fd < 0 || !take(fd, &key))
		return -1;
	keeper_fd = sys_open(key.keeper, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (keeper_fd < 0 || !open_way(keeper_fd, &key, ret)) {
		live_way_release(ret);
		return -1;
	}
	*ret_keeper_fd = TAKE_FD(keeper_fd);
	return TAKE_FD(fd);
}

bool key_is_void(int key_fd, int keeper_fd)
{
	struct stat st;

	return fstat(key_fd, &st) < 0 || !st.st_nlink ||
	       fstatat(keeper_fd, "0", &st, AT_SYMLINK_NOFOLLOW) < 0;
}
