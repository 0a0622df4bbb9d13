// SPDX-License-Identifier: MIT
/* The loop of PID 1. */
#include "run/init.h"

#include "base/cleanup.h"
#include "base/syscalls.h"
#include "run/hold.h"
#include "run/signals.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

/*
 * Kills every process below init: only without a pid namespace, where nobody else would. Each pass ends one generation, whose
 * children then are ours (we are their subreaper).
 */
static void kill_descendants(void)
{
	int killed;

	do {
		char path[64];
		_cleanup_file_ FILE *f = NULL;
		int pid;

		killed = 0;
		(void)snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
		f = fopen(path, "re");
		while (f && fscanf(f, "%d", &pid) == 1)
			killed += kill(pid, SIGKILL) == 0;
		/* Not until there is none: those that come to us by these deaths live. */
		for (int i = 0; i < killed; i++)
			(void)waitpid(-1, NULL, 0);
	} while (killed);
}

static _Noreturn void end(const struct inside *in, int status)
{
	if (!in->plan->unshare[NS_PID])
		kill_descendants();
	_exit(status);
}

static void tell_stop(const struct inside *in)
{
	const char kind = MESSAGE_STOP;
	ssize_t told;

	/* Without a pid namespace its default would end us, were nacre gone just now. */
	(void)signal(SIGPIPE, SIG_IGN);
	told = write(in->tell_fd, &kind, 1);
	(void)told; /* fails only after 64 Ki stops that nobody looked at */
}

/* Everything that has died; ends with the command's own status. */
static void reap(const struct inside *in, pid_t command)
{
	for (;;) {
		int status;
		pid_t pid = waitpid(-1, &status, WNOHANG | WUNTRACED);

		if (pid <= 0)
			return;
		if (pid != command)
			continue;
		if (WIFSTOPPED(status)) {
			tell_stop(in);
			continue;
		}
		end(in, signals_status(status));
	}
}

static void handle(const struct inside *in, pid_t command, const struct signalfd_siginfo *info)
{
	if (info->ssi_signo == SIGCHLD)
		reap(in, command);
	else if (info->ssi_code <= 0)
		(void)kill(command, (int)info->ssi_signo);
}

/* They are blocked since before the clone. */
static int open_signals(void)
{
	sigset_t set;
	int fd;

	signals_forwarded(&set);
	sigaddset(&set, SIGCHLD);
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0)
		_exit(STATUS_FAILED);
	return fd;
}

_Noreturn void init_run(const struct inside *in, pid_t command)
{
	int signal_fd = open_signals();
	struct pollfd fds[2];

	fds[0] = (struct pollfd){ .fd = signal_fd, .events = POLLIN };
	fds[1] = (struct pollfd){ .fd = in->tell_fd, .events = 0 };
	for (;;) {
		struct signalfd_siginfo info;

		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			_exit(STATUS_FAILED);
		if (fds[1].revents)
			end(in, STATUS_FAILED);
		while (read(signal_fd, &info, sizeof(info)) == sizeof(info))
			handle(in, command, &info);
	}
}

/* ---- held ---- */

static void tell_word(const struct inside *in, enum message_kind kind)
{
	const char byte = (char)kind;
	ssize_t told = write(in->tell_fd, &byte, 1);

	(void)told; /* the keeper is gone, which poll() tells */
}

static bool has_children(void)
{
	siginfo_t info;

	return waitid(P_ALL, 0, &info, WEXITED | WSTOPPED | WCONTINUED | WNOHANG | WNOWAIT) == 0;
}

static void reap_all(void)
{
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
}

static void answer(const struct inside *in, char word)
{
	if (word != HOLD_TERMINATE) {
		tell_word(in, has_children() ? MESSAGE_BUSY : MESSAGE_IDLE);
		return;
	}
	(void)kill(-1, SIGTERM);
	/* What is stopped takes no other signal. */
	(void)kill(-1, SIGCONT);
}

_Noreturn void init_hold(const struct inside *in)
{
	int signal_fd = open_signals();
	struct pollfd fds[3];

	fds[0] = (struct pollfd){ .fd = signal_fd, .events = POLLIN };
	fds[1] = (struct pollfd){ .fd = in->tell_fd, .events = 0 };
	fds[2] = (struct pollfd){ .fd = in->ask_fd, .events = POLLIN };
	tell_word(in, MESSAGE_READY);
	for (;;) {
		struct signalfd_siginfo info;
		char word;

		if (poll(fds, 3, -1) < 0 && errno != EINTR)
			_exit(STATUS_FAILED);
		if (fds[1].revents)
			_exit(0);
		while (read(signal_fd, &info, sizeof(info)) == sizeof(info))
			if (info.ssi_signo == SIGCHLD)
				reap_all();
		if (fds[0].revents && !has_children())
			tell_word(in, MESSAGE_IDLE);
		if (fds[2].revents && read(in->ask_fd, &word, 1) == 1)
			answer(in, word);
	}
}
