// SPDX-License-Identifier: MIT
/* Opening the caller's terminal anew, and the pair for the command. */
#include "run/pty.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/syscalls.h"
#include "enter/mount.h"
#include "enter/resolve.h"

#include <linux/magic.h>
#include <sys/ioctl.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

#ifndef TIOCGPTPEER
#define TIOCGPTPEER _IO('T', 0x41) /* Linux 4.13 */
#endif

enum {
	OPEN_MASTER = O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC,
	OPEN_SLAVE = O_RDWR | O_NOCTTY | O_CLOEXEC,
};

void pty_close(struct pty *p)
{
	p->master_fd = close_fd(p->master_fd);
	p->slave_fd = close_fd(p->slave_fd);
}

void pty_release(struct pty *p)
{
	p->in_fd = close_fd(p->in_fd);
	p->out_fd = close_fd(p->out_fd);
	p->dev_fd = close_fd(p->dev_fd);
	pty_close(p);
}

bool pty_wanted(void)
{
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

/*
 * The caller shares his descriptors with others, who would see it if they ceased to block. The node of a terminal may be another user's
 * (su), the controlling one can be opened all the same. A terminal that cannot be opened is used as it is.
 */
static int reopen(int fd)
{
	int own = sys_open(tcgetpgrp(fd) >= 0 ? "/dev/tty" : FD_PATH(fd), OPEN_MASTER);

	return own >= 0 ? own : fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

void pty_prepare(struct pty *p)
{
	p->in_fd = reopen(STDIN_FILENO);
	p->out_fd = reopen(STDOUT_FILENO);
	p->dev_fd = sys_open("/dev", O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/* On a devpts there is nothing but what the kernel made. Its ptmx may be closed (mode 000), as on most hosts; then the node beside it serves. */
static int open_in_box(void)
{
	_cleanup_fd_ int root_fd = sys_open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	_cleanup_fd_ int pts_fd = resolve_in_root(root_fd, "/dev/pts", O_PATH | O_DIRECTORY);
	struct statfs fs;
	int fd = -EBADF;

	if (pts_fd < 0 || fstatfs(pts_fd, &fs) < 0 || fs.f_type != DEVPTS_SUPER_MAGIC)
		return fd;
	fd = openat(pts_fd, "ptmx", OPEN_MASTER | O_NOFOLLOW);
	return fd >= 0 ? fd : resolve_in_root(root_fd, "/dev/ptmx", OPEN_MASTER | O_NOFOLLOW);
}

static bool is_ptmx(int fd)
{
	struct stat st;

	/* admin-guide/devices.txt */
	return fstat(fd, &st) == 0 && S_ISCHR(st.st_mode) && st.st_rdev == makedev(5, 2);
}

/* By descriptor: no path is looked up (ioctl_tty(2)). */
static int open_slave(int master_fd)
{
	int unlocked = 0;

	if (master_fd < 0 || !is_ptmx(master_fd) || ioctl(master_fd, TIOCSPTLCK, &unlocked) < 0)
		return -1;
	return ioctl(master_fd, TIOCGPTPEER, OPEN_SLAVE);
}

int pty_open(struct pty *p, const struct plan *plan, struct error *err)
{
	p->master_fd = open_in_box();
	p->slave_fd = open_slave(p->master_fd);
	if (p->slave_fd < 0) {
		pty_close(p);
		p->master_fd = openat(p->dev_fd, "ptmx", OPEN_MASTER);
		p->slave_fd = open_slave(p->master_fd);
	}
	if (p->slave_fd < 0 || p->in_fd < 0 || p->out_fd < 0) {
		(void)fail_call(err, CALL_PROCESS, "pty");
		return fail_message(err, "cannot make a terminal for the command");
	}
	/* As grantpt(3) does. It is used by descriptor where this is refused. */
	if (plan->identity.uid != getuid())
		(void)!fchown(p->slave_fd, plan->identity.uid, (gid_t)-1);
	return 0;
}
