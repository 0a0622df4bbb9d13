// SPDX-License-Identifier: MIT
/* Forking, and what the copy puts down at first. */
#include "run/aside.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/syscalls.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

/* Of the copy, which may remove deep trees. Only what is touched costs anything. */
enum { STACK_SIZE = 4 * 1024 * 1024 };

struct forker {
	const struct aside_start *start;
	int caller_fd;
	int ends[2]; /* of the channel: the caller's, the copy's */
};

/* ---- in the copy ---- */

/* What a handler of the program's would do, it would do here too. Ignored ones stay so, as at an exec. */
static void forget_handlers(void)
{
	const struct sigaction normal = { .sa_handler = SIG_DFL };
	struct sigaction had;

	for (int n = 1; n < NSIG; n++)
		if (sigaction(n, NULL, &had) == 0 && had.sa_handler != SIG_DFL &&
		    (had.sa_handler != SIG_IGN || n == SIGCHLD))
			(void)sigaction(n, &normal, NULL);
}

static int above_all(const struct aside_start *start)
{
	int most = STDERR_FILENO;

	for (size_t i = 0; i < start->fd_count; i++)
		most = start->fds[i].as > most ? start->fds[i].as : most;
	return most + 1;
}

/* Each to its number, by way of numbers that nobody wants: one may stand where another is to go. */
static bool place(const struct aside_start *start, int above)
{
	for (size_t i = 0; i < start->fd_count; i++) {
		int fd = start->fds[i].fd, moved = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, above);

		/* Also for a standard one that the program was started without: nothing else may get its number. */
		if (moved < 0) {
			_cleanup_fd_ int null_fd = sys_open("/dev/null", O_RDWR | O_CLOEXEC);

			moved = fcntl(null_fd, F_DUPFD_CLOEXEC, above);
		}
		if (moved < 0)
			return false;
		start->fds[i].fd = moved;
	}
	for (size_t i = 0; i < start->fd_count; i++)
		if (dup2(start->fds[i].fd, start->fds[i].as) < 0 || close(start->fds[i].fd) < 0)
			return false;
	return true;
}

static bool is_wanted(const struct aside_start *start, const struct leash *leash, int fd)
{
	for (size_t i = 0; i < start->fd_count; i++)
		if (start->fds[i].as == fd)
			return true;
	return fd == leash->caller_fd || fd == leash->channel_fd;
}

static void close_between(unsigned first, unsigned last)
{
	struct rlimit limit;

	if (first > last || sys_close_range(first, last, 0) == 0 ||
	    getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return;
	for (unsigned fd = first; fd <= last && fd < limit.rlim_cur; fd++)
		(void)close((int)fd);
}

/* The writing end of a pipe that the program reads would keep that from its end. */
static void close_others(const struct aside_start *start, const struct leash *leash, int above)
{
	int two[2] = { leash->caller_fd, leash->channel_fd };
	unsigned low = (unsigned)(two[0] < two[1] ? two[0] : two[1]);
	unsigned high = (unsigned)(two[0] < two[1] ? two[1] : two[0]);

	for (int fd = STDERR_FILENO + 1; fd < above; fd++)
		if (!is_wanted(start, leash, fd))
			(void)close(fd);
	close_between((unsigned)above, low - 1);
	close_between(low + 1, high - 1);
	close_between(high + 1, ~0U);
}

/* Its first message: how it can be watched. */
static bool send_pidfd(int channel_fd)
{
	_cleanup_fd_ int pidfd = sys_pidfd_open(getpid());
	pid_t pid = getpid();
	struct iovec part = { &pid, sizeof(pid) };
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = { .header = { CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS } };
	struct msghdr message = { .msg_iov = &part,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };

	if (pidfd < 0)
		return false;
	memcpy(CMSG_DATA(&control.header), &pidfd, sizeof(pidfd));
	return sendmsg(channel_fd, &message, MSG_NOSIGNAL) == (ssize_t)sizeof(pid);
}

_Noreturn static void be_aside(const struct forker *f)
{
	const struct aside_start *start = f->start;
	int above = above_all(start);
	struct leash leash = {
		.caller_fd = fcntl(f->caller_fd, F_DUPFD_CLOEXEC, above),
		.channel_fd = fcntl(f->ends[1], F_DUPFD_CLOEXEC, above),
		.mask = start->mask,
	};

	forget_handlers();
	if (leash.caller_fd < 0 || leash.channel_fd < 0 || !place(start, above) ||
	    !send_pidfd(leash.channel_fd)) {
		/* Somebody else may have a copy of the channel, so that its end would not be seen. */
		(void)aside_send(f->ends[1], "", 1);
		_exit(STATUS_FAILED);
	}
	if (!start->keep_all)
		close_others(start, &leash, above);
	start->body(&leash, start->arg);
	_exit(0);
}

/* ---- in the caller ---- */

/* Shares our memory, with us waiting: what fork() does to it, it does as the calling thread. */
static int fork_beside(void *arg)
{
	pid_t pid = fork();

	if (pid == 0)
		be_aside(arg);
	_exit(pid < 0);
}

static bool run_forker(struct forker *f)
{
	char *stack = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
	sigset_t all, old;
	int status = 0;
	pid_t pid;

	if (stack == MAP_FAILED)
		return false;
	/* A handler would run in the forker, with our memory. */
	sigfillset(&all);
	(void)sigprocmask(SIG_BLOCK, &all, &old);
	pid = clone(fork_beside, stack + STACK_SIZE, CLONE_VM | CLONE_VFORK, f);
	/* Somebody who waits for every kind of child may have been first: then the channel tells. */
	while (pid > 0 && waitpid(pid, &status, __WALL) < 0 && errno == EINTR)
		;
	(void)sigprocmask(SIG_SETMASK, &old, NULL);
	(void)munmap(stack, STACK_SIZE);
	if (pid > 0 && status)
		errno = EAGAIN;
	return pid > 0 && status == 0;
}

static bool receive_pidfd(struct aside *a)
{
	struct iovec part = { &a->pid, sizeof(a->pid) };
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = { 0 };
	struct msghdr message = { .msg_iov = &part,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };
	ssize_t n;

	do
		n = recvmsg(a->channel_fd, &message, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	if (n != sizeof(a->pid) || message.msg_controllen < CMSG_LEN(sizeof(int)))
		return false;
	memcpy(&a->pidfd, CMSG_DATA(&control.header), sizeof(a->pidfd));
	return true;
}

static int fail_aside(struct error *err)
{
	(void)fail_call(err, CALL_PROCESS, "fork");
	return fail_message(err, "cannot start a process");
}

int aside_start(const struct aside_start *start, struct aside *ret, struct error *err)
{
	_cleanup_fd_ int caller_fd = sys_pidfd_open(getpid()), theirs = -EBADF;
	struct forker f = { .start = start, .caller_fd = caller_fd };

	*ret = ASIDE_NONE;
	if (caller_fd < 0 || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, f.ends) < 0)
		return fail_aside(err);
	ret->channel_fd = f.ends[0];
	theirs = f.ends[1];
	if (!run_forker(&f)) {
		(void)fail_aside(err);
		ret->channel_fd = close_fd(ret->channel_fd);
		return -1;
	}
	/* Now nobody but the copy has it: when that dies, nothing more comes. */
	theirs = close_fd(theirs);
	if (receive_pidfd(ret))
		return 0;
	ret->channel_fd = close_fd(ret->channel_fd);
	errno = EAGAIN;
	return fail_aside(err);
}

bool aside_send(int channel_fd, const void *message, size_t n)
{
	ssize_t sent;

	do
		sent = send(channel_fd, message, n, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent == (ssize_t)n;
}

size_t aside_receive(const struct aside *a, void *message, size_t n, bool wait)
{
	for (;;) {
		struct pollfd fds[2] = {
			{ .fd = a->channel_fd, .events = POLLIN },
			{ .fd = a->pidfd, .events = POLLIN },
		};
		ssize_t got = recv(a->channel_fd, message, n, MSG_DONTWAIT);

		if (got > 0)
			return (size_t)got;
		/* Others may have a copy of its end: the pidfd is what tells. */
		if (got == 0 || !wait || (poll(&fds[1], 1, 0) == 1 && fds[1].revents))
			break;
		(void)poll(fds, 2, -1);
	}
	/* What it said last, between the two looks. */
	ssize_t got = recv(a->channel_fd, message, n, MSG_DONTWAIT);

	return got > 0 ? (size_t)got : 0;
}

void aside_wait(const struct aside *a)
{
	struct pollfd end = { .fd = a->pidfd, .events = POLLIN };
	siginfo_t info;

	while (poll(&end, 1, -1) < 0 && errno == EINTR)
		;
	/* P_PIDFD (5.4) means this very process, were its number used again. */
	(void)waitid((idtype_t)3, (id_t)a->pidfd, &info, WEXITED | WNOHANG | __WALL);
}

void aside_release(struct aside *a)
{
	a->pidfd = close_fd(a->pidfd);
	a->channel_fd = close_fd(a->channel_fd);
}

int leash_fd(const struct plan *plan)
{
	return plan->leash ? plan->leash->caller_fd : -1;
}

void leash_check(const struct plan *plan)
{
	struct pollfd caller = { .fd = leash_fd(plan), .events = POLLIN };

	if (caller.fd >= 0 && poll(&caller, 1, 0) == 1)
		_exit(STATUS_FAILED);
}
