// SPDX-License-Identifier: MIT
/* The outer half. */
#include "run/loose.h"

#include "base/cleanup.h"
#include "base/syscalls.h"
#include "run/command.h"
#include "run/outside.h"
#include "run/signals.h"
#include "run/spawn.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>

struct loose {
	struct inside *in;
	int told_fds[2]; /* from inside; its end held open, as hanging up would wake us before the pidfd does */
	int go_fds[2]; /* to the clone, which waits until everybody has been told of it */
	int pidfd;
	pid_t pid;
	bool ended; /* the command has: `status` is known */
	bool gone; /* the clone has ended, and was waited for */
	int status;
};

static int join(const struct plan *plan, int fd, int type, const char *what, struct error *err)
{
	if (fd < 0)
		return 0;
	/* The caller would be in it too. */
	if (!plan->becomes) {
		(void)fail(err, ERROR_PLAN, 0, "cannot enter a %s namespace", what);
		error_explain(err, "plan-join-needs-process", NULL, NULL);
		return -1;
	}
	if (setns(fd, type) == 0)
		return 0;
	(void)fail_call(err, CALL_CLONE, what);
	return fail_message(err, "cannot enter the %s namespace of descriptor %d", what, fd);
}

static bool is_told(const struct life *life)
{
	return life->info_fd >= 0 || life->status_fd >= 0;
}

static int body(void *arg)
{
	const struct inside *in = arg;

	for (size_t i = 0; i < ARRAY_LEN(in->parent_fds); i++)
		if (in->parent_fds[i] >= 0)
			(void)close(in->parent_fds[i]);
	loose_inside(in);
}

static int start(struct loose *l, struct error *err)
{
	const struct plan *plan = l->in->plan;
	/* A user namespace further in is for a process that shares its memory with nobody (unshare(2), EINVAL). */
	bool copied = plan->life->disable_userns || plan->life->assert_userns ||
		      plan->life->userns2_fd >= 0;

	if (pipe2(l->told_fds, O_CLOEXEC | O_NONBLOCK) < 0 ||
	    (is_told(plan->life) && pipe2(l->go_fds, O_CLOEXEC) < 0)) {
		(void)fail_call(err, CALL_PROCESS, "pipe");
		return fail_message(err, "cannot start a box");
	}
	for (size_t i = 0; i < ARRAY_LEN(l->in->parent_fds); i++)
		l->in->parent_fds[i] = -1;
	l->in->parent_fds[0] = l->told_fds[0];
	l->in->parent_fds[1] = l->go_fds[1];
	l->in->tell_fd = l->told_fds[1];
	l->in->maps_fd = l->go_fds[0];
	(void)sigprocmask(SIG_BLOCK, NULL, &l->in->mask);
	/* From here on `in` belongs to the clone, which may share our memory (spawn.h). */
	l->pid = copied ? spawn_copied(outside_clone_flags(plan), body, l->in, &l->pidfd)
			: spawn(outside_clone_flags(plan), body, l->in, &l->pidfd);
	return l->pid < 0 ? outside_clone_failed(plan, err) : 0;
}

/* Whoever reads what the command writes must see its end, not ours. A program that uses the library has them for itself. */
static void close_inherited(const struct loose *l)
{
	const int kept[] = { l->told_fds[0], l->told_fds[1], l->go_fds[1], l->pidfd,
			     l->in->plan->life->status_fd };

	close_all_but_these(kept, ARRAY_LEN(kept));
}

static void take_end(struct loose *l)
{
	int status;
	pid_t pid = waitpid(l->pid, &status, __WALL | WNOHANG);

	/* Taken by somebody else: a program that uses the library and ignores SIGCHLD, of a command that is PID 1 itself. */
	if (pid < 0 && errno == ECHILD)
		l->gone = true;
	if (pid != l->pid)
		return;
	l->gone = true;
	if (!l->ended)
		l->status = signals_status(status);
	l->ended = true;
}

/* The one message from inside. 1 when there was one that ends our wait; -1 with *err. */
static int take_message(struct loose *l, struct error *err)
{
	struct message message;
	struct loose_end *end = (struct loose_end *)&message;
	ssize_t n = read(l->told_fds[0], &message, sizeof(message));

	if (n == sizeof(message) && message.kind == MESSAGE_ERROR) {
		*err = message.err;
		return -1;
	}
	if (n != sizeof(*end) || end->kind != MESSAGE_END)
		return 0;
	l->ended = true;
	l->status = end->status;
	return 1;
}

/*
 * Until init says how the command ended, or the clone ends. In a program that uses the library no process may be left to be waited
 * for, so there it is the end of the last one.
 */
static int wait_for_end(struct loose *l, struct error *err)
{
	while (!l->gone && !(l->ended && l->in->plan->becomes)) {
		struct pollfd fds[2] = {
			{ .fd = l->told_fds[0], .events = POLLIN },
			{ .fd = l->pidfd, .events = POLLIN },
		};

		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			break;
		if (fds[0].revents && take_message(l, err) < 0)
			return -1;
		if (fds[1].revents)
			take_end(l);
	}
	/* What was said just before the end waits in the pipe. */
	return take_message(l, err) < 0 ? -1 : 0;
}

static int run(struct loose *l, int *ret_status, struct error *err)
{
	const struct plan *plan = l->in->plan;
	const struct life *life = plan->life;

	if (start(l, err) < 0)
		return -1;
	if (is_told(life)) {
		loose_tell_start(plan, l->pid);
		(void)!write(l->go_fds[1], "", 1);
	}
	if (plan->becomes)
		close_inherited(l);
	if (wait_for_end(l, err) < 0) {
		if (!l->gone)
			(void)waitpid(l->pid, NULL, __WALL);
		return -1;
	}
	*ret_status = l->status;
	loose_tell_end(plan, l->status);
	return 0;
}

int loose_run(struct inside *in, int *ret_status, struct error *err)
{
	const struct life *life = in->plan->life;
	struct loose l = {
		.in = in,
		.told_fds = { -EBADF, -EBADF },
		.go_fds = { -EBADF, -EBADF },
		.pidfd = -EBADF,
		.status = STATUS_FAILED,
	};
	int answer;

	if (life->die_with_parent && in->plan->becomes &&
	    command_tie("nacre", "its parent", err) < 0)
		return -1;
	if (join(in->plan, life->userns_fd, CLONE_NEWUSER, "user", err) < 0 ||
	    join(in->plan, life->pidns_fd, CLONE_NEWPID, "pid", err) < 0)
		return -1;
	answer = run(&l, ret_status, err);
	for (size_t i = 0; i < 2; i++) {
		l.told_fds[i] = close_fd(l.told_fds[i]);
		l.go_fds[i] = close_fd(l.go_fds[i]);
	}
	l.pidfd = close_fd(l.pidfd);
	return answer;
}
