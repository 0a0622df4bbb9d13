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
#include <time.h>

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

static bool has_children(void)
{
	siginfo_t info;

	return waitid(P_ALL, 0, &info, WEXITED | WSTOPPED | WCONTINUED | WNOHANG | WNOWAIT) == 0;
}

/* What init looks after. */
struct watch {
	const struct inside *in;
	pid_t command; /* 0 once it has ended */
	int status; /* of the box when it ends now */
	bool timed;
	struct timespec deadline; /* timed: then it ends */
};

static void end_after(struct watch *w, uint32_t ms, int status)
{
	w->status = status;
	w->timed = true;
	(void)clock_gettime(CLOCK_MONOTONIC, &w->deadline);
	w->deadline.tv_sec += ms / 1000;
	w->deadline.tv_nsec += (long)(ms % 1000) * 1000000;
	if (w->deadline.tv_nsec >= 1000000000) {
		w->deadline.tv_nsec -= 1000000000;
		w->deadline.tv_sec++;
	}
}

/* For poll(2): -1 without a deadline. A part of a millisecond counts as one, or the last would be spent awake. */
static int time_left(const struct watch *w)
{
	struct timespec now;
	int64_t ns;

	if (!w->timed)
		return -1;
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	ns = (int64_t)(w->deadline.tv_sec - now.tv_sec) * 1000000000 + w->deadline.tv_nsec -
	     now.tv_nsec;
	return ns > 0 ? (int)((ns + 999999) / 1000000) : 0;
}

/* The command's own end is the box's, unless what it left behind may linger. */
static void command_ended(struct watch *w, int status)
{
	uint32_t linger = w->in->plan->linger_ms;

	w->command = 0;
	if (!linger)
		end(w->in, status);
	end_after(w, linger, status);
}

/* Everything that has died. */
static void reap(struct watch *w)
{
	for (;;) {
		int status;
		pid_t pid = waitpid(-1, &status, WNOHANG | WUNTRACED);

		if (pid <= 0)
			break;
		if (pid != w->command)
			continue;
		if (WIFSTOPPED(status))
			tell_stop(w->in);
		else
			command_ended(w, signals_status(status));
	}
	if (!w->command && !has_children())
		end(w->in, w->status);
}

static bool asks_to_end(int signal)
{
	return signal == SIGTERM || signal == SIGINT || signal == SIGHUP || signal == SIGQUIT;
}

/*
 * What the kernel sends because of a key reaches the command by itself, as it shares the terminal with us; not so one in a session of
 * its own. Only what somebody sent begins the grace: a shell lives on after Ctrl-C.
 */
static void handle(struct watch *w, const struct signalfd_siginfo *info)
{
	const struct plan *plan = w->in->plan;
	int signal = (int)info->ssi_signo;
	bool sent = info->ssi_code <= 0;

	if (signal == SIGCHLD) {
		reap(w);
		return;
	}
	if (!w->command) {
		/* There is nobody to pass it on to, and whoever sent it is done with waiting. */
		if (asks_to_end(signal))
			end(w->in, w->status);
		return;
	}
	if (sent || plan->new_session)
		(void)kill(w->command, signal);
	if (sent && asks_to_end(signal) && plan->grace_ms >= 0 && !w->timed)
		end_after(w, (uint32_t)plan->grace_ms, 128 + SIGKILL);
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
	struct watch w = { .in = in, .command = command };
	struct pollfd fds[2];

	fds[0] = (struct pollfd){ .fd = signal_fd, .events = POLLIN };
	fds[1] = (struct pollfd){ .fd = in->tell_fd, .events = 0 };
	for (;;) {
		struct signalfd_siginfo info;
		int ready = poll(fds, 2, time_left(&w));

		if (ready < 0 && errno != EINTR)
			_exit(STATUS_FAILED);
		if (fds[1].revents)
			end(in, STATUS_FAILED);
		if (ready == 0)
			end(in, w.status);
		while (read(signal_fd, &info, sizeof(info)) == sizeof(info))
			handle(&w, &info);
	}
}

/* ---- held ---- */

static void tell_word(const struct inside *in, enum message_kind kind)
{
	const char byte = (char)kind;
	ssize_t told = write(in->tell_fd, &byte, 1);

	(void)told; /* the keeper is gone, which poll() tells */
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
