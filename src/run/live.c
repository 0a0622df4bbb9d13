// SPDX-License-Identifier: MIT
/* The socket and the gate. */
#include "run/live.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/syscalls.h"
#include "state/record.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

enum { BACKLOG = 128 };

/* sun_path has 108 bytes, and a state directory may be deeper: so by way of the descriptor. */
static struct sockaddr_un address(int dir_fd)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };

	(void)snprintf(a.sun_path, sizeof(a.sun_path), "/proc/self/fd/%d/door", dir_fd);
	return a;
}

static int new_socket(int flags)
{
	return socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | flags, 0);
}

static int connect_to(int dir_fd, int flags)
{
	_cleanup_fd_ int fd = new_socket(flags);
	struct sockaddr_un a = address(dir_fd);

	if (fd < 0 || connect(fd, (const struct sockaddr *)&a, sizeof(a)) < 0)
		return -1;
	return TAKE_FD(fd);
}

int live_connect(int dir_fd)
{
	return connect_to(dir_fd, 0);
}

int live_knock(int dir_fd)
{
	return connect_to(dir_fd, SOCK_NONBLOCK);
}

int live_listen(int dir_fd)
{
	_cleanup_fd_ int fd = new_socket(0);
	struct sockaddr_un a = address(dir_fd);
	mode_t mask;
	int bound;

	if (fd < 0 || (unlinkat(dir_fd, "door", 0) < 0 && errno != ENOENT))
		return -1;
	mask = umask(S_IRWXG | S_IRWXO);
	bound = bind(fd, (const struct sockaddr *)&a, sizeof(a));
	(void)umask(mask);
	if (bound < 0 || listen(fd, BACKLOG) < 0)
		return -1;
	return TAKE_FD(fd);
}

int live_gate(int dir_fd)
{
	_cleanup_fd_ int fd = openat(dir_fd, "gate", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC,
				     S_IRUSR | S_IWUSR);

	while (fd >= 0 && flock(fd, LOCK_EX) < 0)
		if (errno != EINTR)
			return -1;
	return TAKE_FD(fd);
}

unsigned long long live_start_time(pid_t pid)
{
	unsigned long long start = 0;
	char path[32], text[1024];
	_cleanup_fd_ int fd = -EBADF;
	const char *at;
	ssize_t n;

	(void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	fd = sys_open(path, O_RDONLY | O_CLOEXEC);
	n = fd < 0 ? 0 : read(fd, text, sizeof(text) - 1);
	text[n > 0 ? n : 0] = '\0';
	/* The name may hold anything, also ") "; what follows it does not. Field 22, and 2 is the name. */
	at = strrchr(text, ')');
	for (int field = 2; at && field < 22; field++)
		at = strchr(at + 1, ' ');
	if (at)
		(void)sscanf(at, " %llu", &start);
	return start;
}

struct live_mark live_mark(int dir_fd)
{
	struct live_mark mark = { "" };
	char boot[BOOT_ID_SIZE];
	struct stat st;

	record_boot_id(boot);
	if (fstat(dir_fd, &st) == 0)
		(void)snprintf(mark.v, sizeof(mark.v), "\nbox %llu %llu %s\n",
			       (unsigned long long)st.st_dev, (unsigned long long)st.st_ino, boot);
	return mark;
}

void live_bury(int dir_fd)
{
	_cleanup_fd_ int fd = openat(dir_fd, "live", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	_cleanup_fd_ int pidfd = -EBADF;
	unsigned long long start = 0;
	char text[512];
	const char *line;
	int pid = 0;
	ssize_t n;

	/* It is there before the door, and goes after it. */
	if (fd < 0)
		return;
	n = read(fd, text, sizeof(text) - 1);
	text[n > 0 ? n : 0] = '\0';
	/* Of this box and this boot: a copy of the directory tells of another's init, and numbers and times begin again. */
	line = strstr(text, live_mark(dir_fd).v) ? strstr(text, "\ninit ") : NULL;
	if (line && sscanf(line, "\ninit %d %llu\n", &pid, &start) == 2 && pid > 1 && start)
		pidfd = sys_pidfd_open(pid);
	/* Compared behind pidfd_open(2): what that has is what is ended. */
	if (pidfd >= 0 && live_start_time(pid) == start) {
		struct pollfd end = { .fd = pidfd, .events = POLLIN };

		(void)sys_pidfd_send_signal(pidfd, SIGKILL);
		while (poll(&end, 1, -1) < 0 && errno == EINTR)
			;
	}
	(void)unlinkat(dir_fd, "door", 0);
	(void)unlinkat(dir_fd, "live", 0);
}

int live_ask(int fd, enum live_kind kind, uint32_t grace_ms)
{
	struct live_request request = { LIVE_VERSION, kind, grace_ms };

	return send(fd, &request, sizeof(request), MSG_NOSIGNAL) == sizeof(request) ? 0 : -1;
}

/* A way is sent as its descriptors: the pidfd, the terms, the namespaces, without the places that are empty. */
enum { WAY_FIRST = 2, WAY_FDS = WAY_FIRST + LIVE_NAMESPACES };

union control {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(WAY_FDS * sizeof(int))];
};

void live_way_release(struct live_way *way)
{
	way->pidfd = close_fd(way->pidfd);
	way->terms = close_fd(way->terms);
	for (size_t i = 0; i < LIVE_NAMESPACES; i++)
		if (way->namespaces[i] >= 0) {
			(void)close(way->namespaces[i]);
			way->namespaces[i] = -1;
		}
}

static int send_with(int fd, struct iovec part, const struct live_way *way)
{
	union control control = { 0 };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	int fds[WAY_FDS];
	size_t n = 0;

	if (way) {
		fds[n++] = way->pidfd;
		fds[n++] = way->terms;
		for (size_t i = 0; i < LIVE_NAMESPACES && way->namespaces[i] >= 0; i++)
			fds[n++] = way->namespaces[i];
		message.msg_control = &control;
		message.msg_controllen = CMSG_SPACE(n * sizeof(int));
		control.header.cmsg_level = SOL_SOCKET;
		control.header.cmsg_type = SCM_RIGHTS;
		control.header.cmsg_len = CMSG_LEN(n * sizeof(int));
		memcpy(CMSG_DATA(&control.header), fds, n * sizeof(int));
	}
	return sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 ? -1 : 0;
}

int live_answer(int fd, const struct live_way *way)
{
	struct live_answer answer = { LIVE_VERSION };

	return send_with(fd, (struct iovec){ &answer, sizeof(answer) }, way);
}

int live_show(int fd, uint32_t members, int64_t since, const struct live_way *way)
{
	struct live_sight sight = { LIVE_VERSION, members, since };

	return send_with(fd, (struct iovec){ &sight, sizeof(sight) }, way);
}

static ssize_t receive(int fd, struct iovec *part, struct live_way *ret)
{
	union control control = { 0 };
	struct msghdr message = { .msg_iov = part,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };
	int fds[WAY_FDS];
	size_t count;
	ssize_t n;

	*ret = LIVE_NO_WAY;
	do
		n = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	if (n <= 0 || message.msg_controllen < CMSG_LEN(WAY_FIRST * sizeof(int)) ||
	    control.header.cmsg_type != SCM_RIGHTS)
		return n;
	count = (control.header.cmsg_len - CMSG_LEN(0)) / sizeof(int);
	memcpy(fds, CMSG_DATA(&control.header), count * sizeof(int));
	ret->pidfd = fds[0];
	ret->terms = fds[1];
	for (size_t i = WAY_FIRST; i < count; i++)
		ret->namespaces[i - WAY_FIRST] = fds[i];
	return n;
}

int live_answered(int fd, struct live_way *ret_way, struct error *err)
{
	union {
		struct live_answer answer;
		struct error error;
	} buffer;
	struct iovec part = { &buffer, sizeof(buffer) };
	struct live_way way;
	ssize_t n = receive(fd, &part, &way);

	if (n == sizeof(buffer.answer) && buffer.answer.version == LIVE_VERSION &&
	    (!ret_way || way.pidfd >= 0)) {
		if (ret_way)
			*ret_way = way;
		else
			live_way_release(&way);
		return 0;
	}
	live_way_release(&way);
	if (n != sizeof(struct error))
		return LIVE_GONE;
	*err = buffer.error;
	return -1;
}

bool live_see(int fd, struct live_sight *ret, struct live_way *ret_way)
{
	struct iovec part = { ret, sizeof(*ret) };

	if (receive(fd, &part, ret_way) == sizeof(*ret) && ret->version == LIVE_VERSION)
		return true;
	live_way_release(ret_way);
	return false;
}

bool live_read(int fd, struct live_request *ret)
{
	return recv(fd, ret, sizeof(*ret), MSG_DONTWAIT) == sizeof(*ret) &&
	       ret->version == LIVE_VERSION;
}
