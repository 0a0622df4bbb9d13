// SPDX-License-Identifier: MIT
/*
 * The private /dev. Nodes are binds of the host's, since a user namespace cannot make devices (mknod(2), EPERM); each is
 * checked to be the device it should be, so a host directory that somebody prepared cannot pass for /dev/null.
 */
#include "enter/device.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "enter/mount.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

static const struct {
	const char *path;
	unsigned major, minor; /* admin-guide/devices.txt */
} node_kinds[] = {
	{ "/dev/null", 1, 3 },	 { "/dev/zero", 1, 5 },	   { "/dev/full", 1, 7 },
	{ "/dev/random", 1, 8 }, { "/dev/urandom", 1, 9 }, { "/dev/tty", 5, 0 },
};

_Static_assert(ARRAY_LEN(node_kinds) == DEVICE_NODES, "one descriptor for each node");

static const struct {
	const char *name, *target;
} links[] = {
	{ "fd", "/proc/self/fd" },	 { "stdin", "/proc/self/fd/0" },
	{ "stdout", "/proc/self/fd/1" }, { "stderr", "/proc/self/fd/2" },
	{ "ptmx", "pts/ptmx" },		 { "core", "/proc/kcore" },
};

/* Binds the thing at fd as a file NAME of the new /dev. */
static int bind_node(struct site *site, int dev_fd, int fd, const char *name, struct error *err)
{
	if (mknodat(dev_fd, name, S_IFREG | 0666, 0) < 0)
		return fail_call(err, CALL_MAKE, name);
	return mount_attach(site, fd, dev_fd, name, err);
}

static int open_node(struct site *site, size_t i, int *ret_fd, struct error *err)
{
	const char *path = node_kinds[i].path;
	struct stat st;

	*ret_fd = mount_tree(site, AT_FDCWD, path, false, err);
	if (*ret_fd < 0)
		return -1;
	if (fstat(*ret_fd, &st) < 0)
		return fail_call(err, CALL_OPEN_SOURCE, path);
	if (!S_ISCHR(st.st_mode) ||
	    st.st_rdev != makedev(node_kinds[i].major, node_kinds[i].minor)) {
		errno = ENXIO;
		return fail_call(err, CALL_OPEN_SOURCE, path);
	}
	return 0;
}

void device_release(struct device_nodes *nodes)
{
	for (size_t i = 0; i < DEVICE_NODES; i++)
		nodes->fds[i] = close_fd(nodes->fds[i]);
	nodes->console_fd = close_fd(nodes->console_fd);
}

/*
 * The caller's terminal, looked up again by its path: the descriptor itself is of a mount in the caller's namespace, and such
 * a one cannot be cloned (open_tree(2), EINVAL). A terminal that has no path here is left out; it works all the same.
 */
static int open_console(struct site *site, int tty_fd)
{
	char path[PATH_MAX];
	struct stat tty, node;
	struct error ignored;
	ssize_t n = readlink(FD_PATH(tty_fd), path, sizeof(path) - 1);
	int fd;

	if (n < 0)
		return -EBADF;
	path[n] = '\0';
	fd = mount_tree(site, AT_FDCWD, path, false, &ignored);
	if (fd >= 0 && fstat(fd, &node) == 0 && fstat(tty_fd, &tty) == 0 && S_ISCHR(node.st_mode) &&
	    node.st_rdev == tty.st_rdev)
		return fd;
	return close_fd(fd);
}

int device_open(struct site *site, struct device_nodes *ret, int tty_fd, struct error *err)
{
	ret->console_fd = -EBADF;
	for (size_t i = 0; i < DEVICE_NODES; i++)
		ret->fds[i] = -EBADF;
	for (size_t i = 0; i < DEVICE_NODES; i++)
		if (open_node(site, i, &ret->fds[i], err) < 0)
			return -1;
	if (tty_fd >= 0)
		ret->console_fd = open_console(site, tty_fd);
	return 0;
}

int device_pts(struct site *site, const struct step *step, struct error *err)
{
	char mode[16], gid[24], uid[24];
	struct fs_option options[5] = {
		{ "newinstance", NULL },
		{ "ptmxmode", "0666" },
		{ "mode", mode },
	};
	size_t n = 3;

	(void)snprintf(mode, sizeof(mode), "%04o", step->mode >= 0 ? (unsigned)step->mode : 0620U);
	if (step->gid >= 0) {
		(void)snprintf(gid, sizeof(gid), "%lld", (long long)step->gid);
		options[n++] = (struct fs_option){ "gid", gid };
	}
	if (step->uid >= 0) {
		(void)snprintf(uid, sizeof(uid), "%lld", (long long)step->uid);
		options[n++] = (struct fs_option){ "uid", uid };
	}
	return mount_fs(site, "devpts", "devpts", options, n, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC,
			err);
}

int device_fill(struct site *site, int dev_fd, const struct device_nodes *nodes, struct error *err)
{
	const struct step defaults = step_init(STEP_DEVPTS, "/dev/pts");
	_cleanup_fd_ int pts = -EBADF;

	for (size_t i = 0; i < DEVICE_NODES; i++)
		if (bind_node(site, dev_fd, nodes->fds[i], path_name(node_kinds[i].path), err) < 0)
			return -1;
	for (size_t i = 0; i < ARRAY_LEN(links); i++)
		if (symlinkat(links[i].target, dev_fd, links[i].name) < 0)
			return fail_call(err, CALL_MAKE, links[i].name);
	if (mkdirat(dev_fd, "pts", 0755) < 0 || mkdirat(dev_fd, "shm", 01777) < 0)
		return fail_call(err, CALL_MAKE, "pts");
	pts = device_pts(site, &defaults, err);
	if (pts < 0 || mount_attach(site, pts, dev_fd, "pts", err) < 0)
		return -1;
	return nodes->console_fd < 0 ? 0
				     : bind_node(site, dev_fd, nodes->console_fd, "console", err);
}

int device_fill_read_only(struct site *site, int dev_fd, const struct device_nodes *nodes,
			  const struct mount_flags *flags, struct error *err)
{
	static const struct fs_option mode = { "mode", "1777" };
	_cleanup_fd_ int shm = -EBADF;

	if (device_fill(site, dev_fd, nodes, err) < 0)
		return -1;
	shm = mount_fs(site, "tmpfs", "shm", &mode, 1, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV, err);
	if (shm < 0 || mount_attach(site, shm, dev_fd, "shm", err) < 0)
		return -1;
	if (mkdirat(dev_fd, "mqueue", 0755) < 0)
		return fail_call(err, CALL_MAKE, "mqueue");
	return mount_flags(site, dev_fd, flags, err);
}
