// SPDX-License-Identifier: MIT
/* One loop over signals, the monitor, and the two terminals. */
#include "run/relay.h"

#include "base/cleanup.h"
#include "run/aside.h"
#include "run/monitor.h"
#include "run/signals.h"
#include "run/spawn.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>

/* More than what a pseudo terminal holds on its way, so that all of it is shown; a bound, as others may go on writing. */
enum { HELD_MAX = 64 * 1024 };

/* One direction. What is in it goes out before more is taken. */
struct flow {
	size_t begin, end;
	char bytes[16 * 1024];
};

struct relay {
	const struct plan *plan;
	struct pty *pty;
	int signal_fd;
	int channel_fd; /* to the monitor */
	struct flow typed, shown;
	struct termios modes; /* the caller's, while it is raw */
	bool raw; /* the caller's terminal is ours, and raw */
	bool given; /* the command has been given the foreground of its own */
	bool copied; /* its modes are those of the caller's */
	bool gone; /* the caller's terminal has been hung up */
	bool ended; /* nothing is heard from the monitor any more */
	bool leaves; /* at once: a signal came after the end */
	int wait_status; /* the command's */
	struct error *err; /* why it was not started */
};

static void tell(const struct relay *r, enum monitor_kind kind, int signal)
{
	const struct monitor_word word = { (char)kind, (unsigned char)signal };

	(void)send(r->channel_fd, &word, sizeof(word), MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* ---- the caller's terminal ---- */

/* One that is not our controlling terminal knows no background. */
static bool in_foreground(const struct relay *r)
{
	pid_t group = tcgetpgrp(r->pty->in_fd);

	return group < 0 || group == getpgrp();
}

static void copy_size(const struct relay *r)
{
	struct winsize size;

	/* The command's group gets its SIGWINCH from the kernel. */
	if (ioctl(r->pty->in_fd, TIOCGWINSZ, &size) == 0)
		(void)ioctl(r->pty->master_fd, TIOCSWINSZ, &size);
}

/* In the background the modes are those of whoever is in front, a shell's line editor perhaps: they are copied once it is us. */
static void take_terminal(struct relay *r)
{
	struct termios modes;

	copy_size(r);
	if (tcgetattr(r->pty->in_fd, &modes) < 0)
		return;
	if (!r->copied)
		r->copied = tcsetattr(r->pty->master_fd, TCSANOW, &modes) == 0;
	if (!r->raw)
		r->modes = modes;
	r->raw = true;
	cfmakeraw(&modes);
	/* At once: what has been typed ahead is kept. */
	(void)tcsetattr(r->pty->in_fd, TCSANOW, &modes);
}

/* From the background it would stop us, and the modes there are whoever's is in front. */
static void give_terminal_back(struct relay *r)
{
	if (r->raw && in_foreground(r))
		(void)tcsetattr(r->pty->in_fd, TCSANOW, &r->modes);
	r->raw = false;
}

/* As the kernel does it: reads and writes of the command end, and its group is told. */
static void hang_up(struct relay *r)
{
	r->gone = true;
	r->raw = false;
	r->typed = (struct flow){ 0 };
	r->shown = (struct flow){ 0 };
	r->pty->master_fd = close_fd(r->pty->master_fd);
	tell(r, MONITOR_SIGNAL_GROUP, SIGHUP);
	tell(r, MONITOR_SIGNAL_GROUP, SIGCONT);
}

/* ---- bytes ---- */

/* False: its terminal is gone. */
static bool take(struct flow *flow, int fd)
{
	ssize_t n = read(fd, flow->bytes, sizeof(flow->bytes));

	flow->begin = 0;
	flow->end = n > 0 ? (size_t)n : 0;
	return n >= 0 || errno == EAGAIN || errno == EINTR;
}

static bool put(struct flow *flow, int fd)
{
	ssize_t n = write(fd, flow->bytes + flow->begin, flow->end - flow->begin);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	flow->begin += (size_t)n;
	return true;
}

static bool is_empty(const struct flow *flow)
{
	return flow->begin == flow->end;
}

static void take_signal(struct relay *r);

/* Shows what the command's terminal holds now. A caller's terminal that takes nothing is waited for, but not against a signal. */
static void flush(struct relay *r)
{
	size_t left = HELD_MAX;

	while (!r->gone && !r->leaves) {
		struct pollfd fds[2] = {
			{ .fd = r->pty->out_fd, .events = POLLOUT },
			{ .fd = r->signal_fd, .events = POLLIN },
		};

		if (is_empty(&r->shown)) {
			if (left < sizeof(r->shown.bytes) || !take(&r->shown, r->pty->master_fd) ||
			    is_empty(&r->shown))
				return;
			left -= r->shown.end;
		}
		if (poll(fds, 2, -1) < 0)
			continue;
		if (fds[1].revents)
			take_signal(r);
		if (fds[0].revents && !put(&r->shown, r->pty->out_fd))
			hang_up(r);
	}
}

/* ---- the job ---- */

/* The command goes on, wherever we are now. */
static void go_on(struct relay *r, bool in_front)
{
	r->given = in_front;
	tell(r, in_front ? MONITOR_FOREGROUND : MONITOR_BACKGROUND, 0);
}

static void follow_stop(struct relay *r, int signal)
{
	bool wants_terminal = signal == SIGTTIN || signal == SIGTTOU;
	bool stopped = false;

	/* We were brought to the front while it ran, of which nobody tells. */
	if (!wants_terminal || r->given || !in_foreground(r)) {
		flush(r);
		give_terminal_back(r);
		/* All of our group, as a terminal does: a shell script that waits for us would be in the way of who waits for the script. */
		stopped = signals_stop(0, wants_terminal ? signal : SIGTSTP);
	}
	if (in_foreground(r))
		take_terminal(r);
	/* An orphaned group cannot be stopped; then it waits for input, instead of asking for it for ever. */
	go_on(r, r->raw || (wants_terminal && !stopped));
}

/* We were stopped, by no stop of the command. */
static void follow_continue(struct relay *r)
{
	if (!in_foreground(r)) {
		r->raw = false;
		return;
	}
	take_terminal(r);
	if (!r->given)
		go_on(r, true);
}

static void take_signal(struct relay *r)
{
	struct signalfd_siginfo info;

	if (read(r->signal_fd, &info, sizeof(info)) != sizeof(info))
		return;
	switch (info.ssi_signo) {
	case SIGCHLD: /* of who started the monitor */
		break;
	case SIGWINCH:
		copy_size(r);
		break;
	case SIGCONT:
		follow_continue(r);
		break;
	default:
		r->leaves = r->ended;
		/* What the caller's terminal sends is for a group; what somebody sends us, for the command. */
		tell(r, info.ssi_code > 0 ? MONITOR_SIGNAL_GROUP : MONITOR_SIGNAL,
		     (int)info.ssi_signo);
	}
}

static void take_report(struct relay *r)
{
	union monitor_report report;
	ssize_t n = recv(r->channel_fd, &report, sizeof(report), 0);

	if (n == sizeof(report.wait_status) && WIFSTOPPED(report.wait_status)) {
		follow_stop(r, WSTOPSIG(report.wait_status));
		return;
	}
	r->ended = true;
	if (n == sizeof(report.wait_status))
		r->wait_status = report.wait_status;
	else if (n == sizeof(report.err))
		*r->err = report.err;
}

/* ---- the loop ---- */

static void take_shown(struct relay *r)
{
	/* Without any process that has it: only a hangup from inside (vhangup(2)), as the monitor has it too. */
	if (!take(&r->shown, r->pty->master_fd))
		r->pty->master_fd = close_fd(r->pty->master_fd);
}

static void relay_once(struct relay *r)
{
	struct pty *p = r->pty;
	bool typed = !is_empty(&r->typed), shown = !is_empty(&r->shown), alive = true;
	/* A terminal that is not waited for must not wake us by its hangup either. */
	struct pollfd fds[] = {
		{ .fd = r->signal_fd, .events = POLLIN },
		{ .fd = r->channel_fd, .events = POLLIN },
		{ .fd = r->raw && !typed ? p->in_fd : -1, .events = POLLIN },
		{ .fd = shown ? p->out_fd : -1, .events = POLLOUT },
		{ .fd = typed ? p->master_fd : -1, .events = POLLOUT },
		{ .fd = shown ? -1 : p->master_fd, .events = POLLIN },
		{ .fd = leash_fd(r->plan), .events = POLLIN },
	};

	if (poll(fds, ARRAY_LEN(fds), -1) < 0)
		return;
	if (fds[6].revents) {
		give_terminal_back(r);
		leash_check(r->plan);
	}
	if (fds[2].revents)
		alive = take(&r->typed, p->in_fd) && !(fds[2].revents & (POLLHUP | POLLERR));
	if (fds[3].revents && alive)
		alive = put(&r->shown, p->out_fd);
	if (fds[4].revents)
		(void)put(&r->typed, p->master_fd);
	if (fds[5].revents)
		take_shown(r);
	if (!alive)
		hang_up(r);
	if (fds[1].revents)
		take_report(r);
	if (fds[0].revents)
		take_signal(r);
}

struct monitoring {
	const struct relay *relay;
	const struct inside *in;
	int monitor_fd;
};

/* Of all terminals it keeps the slave alone: the end of the last master, ours, hangs it up. */
static void monitor(void *arg)
{
	const struct monitoring *m = arg;
	int slave_fd = TAKE_FD(m->relay->pty->slave_fd);

	pty_release(m->relay->pty);
	(void)close(m->relay->channel_fd);
	monitor_run(m->in, slave_fd, m->monitor_fd);
}

static int start(struct relay *r, struct inside *in, int take_monitor_fd)
{
	_cleanup_fd_ int monitor_fd = take_monitor_fd;
	bool in_front = in_foreground(r);

	copy_size(r);
	if (in_front)
		take_terminal(r);
	in->job = true;
	in->foreground = r->given = in_front;
	/*
	 * A child of the box's init. As ours, its zombie would hold up the end of the box while we are stopped (pid_namespaces(7): init is
	 * gone when all others have been waited for).
	 */
	if (spawn_orphan(monitor, &(struct monitoring){ r, in, monitor_fd }) < 0) {
		(void)fail_call(r->err, CALL_PROCESS, "fork");
		return fail_message(r->err, "cannot start a process");
	}
	r->pty->slave_fd = close_fd(r->pty->slave_fd);
	return 0;
}

int relay_run(struct inside *in, struct pty *pty, int signal_fd, int *ret_status, struct error *err)
{
	/* When nothing is said about its end, it was killed with the box. */
	struct relay r = { .plan = in->plan,
			   .pty = pty,
			   .signal_fd = signal_fd,
			   .wait_status = SIGKILL,
			   .err = err };
	_cleanup_fd_ int channel_fd = -EBADF;
	int ends[2], answer;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
		(void)fail_call(err, CALL_PROCESS, "socketpair");
		return fail_message(err, "cannot start a process");
	}
	r.channel_fd = channel_fd = ends[0];
	err->kind = ERROR_NONE;
	answer = start(&r, in, ends[1]);
	while (answer == 0 && !r.ended)
		relay_once(&r);
	if (answer == 0)
		flush(&r);
	give_terminal_back(&r);
	*ret_status = r.wait_status;
	return err->kind == ERROR_NONE ? 0 : -1;
}
