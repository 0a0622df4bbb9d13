// SPDX-License-Identifier: MIT
/* Waiting for the end of a box. */
#include "run/holder.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "run/hold.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>

enum { ALONE_MS = 60000 };

/* A blocked signal is not ignored (signal(7)), and whoever started us under nohup(1) or in the background wants it to be. */
static int open_signals(sigset_t *ret_mask)
{
	static const int ends[] = { SIGINT, SIGTERM, SIGQUIT, SIGHUP };
	struct sigaction action;
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (sigaction(ends[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
			sigaddset(&set, ends[i]);
	(void)sigprocmask(SIG_BLOCK, &set, ret_mask);
	return signalfd(-1, &set, SFD_CLOEXEC);
}

static int take_signal(int signal_fd)
{
	struct signalfd_siginfo info;

	return read(signal_fd, &info, sizeof(info)) == sizeof(info) ? (int)info.ssi_signo : 0;
}

/* Until the keeper has gone; else the signal that ends the wait. */
static int wait_for_end(int connection_fd, int signal_fd)
{
	int timeout = ALONE_MS, signo = 0;

	for (;;) {
		struct pollfd fds[] = { { .fd = connection_fd, .events = POLLIN },
					{ .fd = signal_fd, .events = POLLIN } };
		int n = poll(fds, 2, timeout);

		if (n < 0 && errno != EINTR)
			return 0;
		if (n == 0) {
			/* Whether somebody joins just now the keeper decides. */
			timeout = -1;
			if (live_ask(connection_fd, LIVE_LEAVE, 0) < 0)
				return 0;
		}
		if (fds[1].revents)
			signo = take_signal(signal_fd);
		if (n > 0 && (fds[0].revents || signo))
			return fds[0].revents ? 0 : signo;
	}
}

int holder_wait(struct member *m, const char *box_path, int *ret_status, struct error *err)
{
	sigset_t mask;
	_cleanup_fd_ int signal_fd = open_signals(&mask);
	int signo, answer = 0;

	if (signal_fd < 0 || live_ask(m->connection_fd, LIVE_WATCH, 0) < 0) {
		(void)fail_call(err, CALL_PROCESS, "signalfd");
		answer = fail_message(err, "cannot hold the box");
	} else {
		signo = wait_for_end(m->connection_fd, signal_fd);
		if (signo && member_stop(box_path, HOLD_GRACE_MS, err) < 0)
			answer = -1;
		*ret_status = signo ? 128 + signo : 0;
	}
	(void)sigprocmask(SIG_SETMASK, &mask, NULL);
	return answer;
}
