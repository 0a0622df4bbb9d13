// SPDX-License-Identifier: MIT
/* Links to namespaces: making, telling what one is, opening. */
#include "run/link.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/remove.h"
#include "base/syscalls.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

/* Of statfs(2), from the kernel's include/uapi/linux/magic.h. */
enum { NAMESPACE_MAGIC = 0x6e736673 };

/* In the order in which they are entered: the user namespace gives the right to enter the others. */
static const char *const joined[] = { "user", "mnt", "pid" };

static bool leads_to(const char *path, const char *box_path)
{
	char target[PATH_MAX], wanted[PATH_MAX];
	ssize_t n = readlink(path, target, sizeof(target) - 1);

	target[n > 0 ? n : 0] = '\0';
	return n > 0 && snprintf(wanted, sizeof(wanted), "%s/ns", box_path) < (int)sizeof(wanted) &&
	       strcmp(target, wanted) == 0;
}

void link_remove(const char *path, const char *box_path)
{
	if (leads_to(path, box_path))
		(void)unlink(path);
}

/* BOX/ns with its entries. */
static int make_directory(const struct plan *plan, int dir_fd, const struct live_way *way,
			  struct error *err)
{
	_cleanup_fd_ int ns_fd = -EBADF;
	char target[64];
	size_t n = 0;

	if (remove_tree(dir_fd, "ns", err) < 0)
		return -1;
	if (mkdirat(dir_fd, "ns", 0700) == 0)
		ns_fd = openat(dir_fd, "ns", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (ns_fd < 0)
		return fail_call(err, CALL_STATE, "ns");
	for (int kind = 0; kind < NS_TIME; kind++) {
		if (!plan->unshare[kind])
			continue;
		(void)snprintf(target, sizeof(target), "/proc/%d/fd/%d", (int)getpid(),
			       way->namespaces[n++]);
		if (symlinkat(target, ns_fd, ns_file((enum ns_kind)kind)) < 0)
			return fail_call(err, CALL_STATE, "ns");
	}
	return 0;
}

int link_make(const struct plan *plan, const char *box_path, int dir_fd, const struct live_way *way,
	      struct error *err)
{
	char target[PATH_MAX];

	(void)snprintf(target, sizeof(target), "%s/ns", box_path);
	if (make_directory(plan, dir_fd, way, err) < 0)
		return fail_message(err, "cannot let others join the box");
	link_remove(plan->link, box_path);
	if (symlink(target, plan->link) == 0)
		return 0;
	if (errno == EEXIST) {
		(void)fail(err, ERROR_PLAN, EEXIST, "cannot make the namespaces %s", Q(plan->link));
		error_explain(err, "namespaces-there", NULL, NULL);
		return -1;
	}
	return fail(err, ERROR_SYSTEM, errno, "cannot make the link %s", Q(plan->link));
}

/* A namespace by its file. Who opened it holds it, whatever becomes of the process. -1 with errno. */
static int open_namespace(int dir_fd, const char *name)
{
	/* What else lies there must not be waited for. */
	_cleanup_fd_ int fd = openat(dir_fd, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct statfs st;

	if (fd < 0)
		return -1;
	if (fstatfs(fd, &st) == 0 && st.f_type == NAMESPACE_MAGIC)
		return TAKE_FD(fd);
	errno = EINVAL;
	return -1;
}

int link_open(const char *path, struct live_way *ret)
{
	_cleanup_fd_ int dir_fd = sys_open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	*ret = LIVE_NO_WAY;
	for (size_t i = 0; i < ARRAY_LEN(joined); i++) {
		ret->namespaces[i] = dir_fd < 0 ? -1 : open_namespace(dir_fd, joined[i]);
		if (ret->namespaces[i] < 0)
			return -1;
	}
	return 0;
}

/*
 * What a process that has ended led to is not there; while nobody has reaped it, its directory is, and of the files some cannot be
 * opened.
 */
static bool is_stale(const char *path)
{
	_cleanup_fd_ int dir_fd = sys_open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct stat st;

	if (dir_fd < 0)
		return errno == ENOENT;
	for (size_t i = 0; i < ARRAY_LEN(joined); i++)
		if (fstatat(dir_fd, joined[i], &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISLNK(st.st_mode) && faccessat(dir_fd, joined[i], F_OK, 0) < 0 &&
		    errno == ENOENT)
			return true;
	return false;
}

enum link_state link_look(const char *path, const char *const *box_paths, size_t count)
{
	struct live_way way;
	struct stat st;
	bool opened;

	if (lstat(path, &st) < 0)
		return errno == ENOENT ? LINK_NONE : LINK_OTHER;
	for (size_t i = 0; i < count; i++)
		if (box_paths[i] && leads_to(path, box_paths[i]))
			return LINK_OWN;
	opened = link_open(path, &way) == 0;
	live_way_release(&way);
	if (opened)
		return LINK_LIVE;
	return S_ISLNK(st.st_mode) && is_stale(path) ? LINK_STALE : LINK_OTHER;
}
