// SPDX-License-Identifier: MIT
/* Asking keepers. */
#include "run/look.h"

#include "base/cleanup.h"
#include "base/syscalls.h"
#include "run/live.h"

#include <linux/nsfs.h>
#include <poll.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

void look_init(struct look *look, const char *path, const struct record *record)
{
	*look = (struct look){
		.path = path, .record = record, .fd = -EBADF, .pid_namespace = -EBADF
	};
}

void look_release(struct look *look)
{
	look->fd = close_fd(look->fd);
	look->pid_namespace = close_fd(look->pid_namespace);
}

static int left_of(const struct timespec *begin)
{
	struct timespec now;
	int64_t ms;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	ms = (int64_t)(now.tv_sec - begin->tv_sec) * 1000 + (now.tv_nsec - begin->tv_nsec) / 1000000;
	return ms >= LOOK_MS ? 0 : LOOK_MS - (int)ms;
}

bool look_wait(int fd, const struct timespec *begin)
{
	struct pollfd waiting = { .fd = fd, .events = POLLIN };
	int n;

	do
		n = poll(&waiting, 1, left_of(begin));
	while (n < 0 && errno == EINTR);
	return n == 1;
}

/* The socket was opened for listening by the keeper, and that it takes a connection means that he is there. */
static void knock(struct look *look)
{
	_cleanup_fd_ int dir_fd = sys_open(look->path,
					   O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct ucred keeper;
	socklen_t size = sizeof(keeper);

	if (dir_fd < 0)
		return;
	look->fd = live_knock(dir_fd);
	look->living = look->fd >= 0 || errno == EAGAIN;
	if (look->fd < 0)
		return;
	if (getsockopt(look->fd, SOL_SOCKET, SO_PEERCRED, &keeper, &size) == 0 && keeper.pid > 0)
		look->keeper = keeper.pid;
	if (live_ask(look->fd, LIVE_LOOK, 0) < 0)
		look->fd = close_fd(look->fd);
}

/* By the caller's /proc; a number that came with the answer would be of the keeper's namespace. */
static pid_t pid_of(int pidfd)
{
	char path[48], line[128];
	_cleanup_file_ FILE *f = NULL;
	int pid = 0;

	(void)snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", pidfd);
	f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "Pid: %d", &pid) == 1)
			break;
	return pid > 0 ? pid : 0;
}

static void hear(struct look *look, const struct timespec *begin)
{
	struct live_sight sight;
	struct live_way way;

	if (look->fd < 0 || !look_wait(look->fd, begin))
		return;
	/* Hung up without an answer: it is just ending. */
	look->told = look->living = live_see(look->fd, &sight, &way);
	if (!look->told)
		return;
	look->members = sight.members;
	look->since = sight.since;
	look->init = way.pidfd < 0 ? 0 : pid_of(way.pidfd);
	for (size_t i = 0; i < LIVE_NAMESPACES && way.namespaces[i] >= 0; i++)
		if (ioctl(way.namespaces[i], NS_GET_NSTYPE) == CLONE_NEWPID)
			look->pid_namespace = fcntl(way.namespaces[i], F_DUPFD_CLOEXEC, 3);
	live_way_release(&way);
}

void look_ask(struct look *looks, size_t count)
{
	struct timespec begin;

	for (size_t i = 0; i < count; i++)
		if (looks[i].path)
			knock(&looks[i]);
	(void)clock_gettime(CLOCK_MONOTONIC, &begin);
	for (size_t i = 0; i < count; i++) {
		hear(&looks[i], &begin);
		looks[i].fd = close_fd(looks[i].fd);
	}
}
