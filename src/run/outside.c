// SPDX-License-Identifier: MIT
/* The parent of a box. */
#include "run/outside.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "enter/idmaps.h"
#include "enter/privilege.h"
#include "enter/terminal.h"
#include "run/aside.h"
#include "run/hold.h"
#include "run/inside.h"
#include "run/loose.h"
#include "run/signals.h"
#include "run/spawn.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/vfs.h>
#include <sys/wait.h>

struct outside {
	const struct plan *plan;
	struct hold *hold; /* or NULL: the box ends with its command */
	int ask_fds[2]; /* the pipe by which a held box's init is told */
	pid_t init;
	int pidfd; /* of init: tells its end */
	int signal_fd;
	bool ended;
	bool cut; /* from the caller, whom we are beside */
	int wait_status;
	int told_fds[2]; /* the pipe from inside; held open for writing, as its end would wake us just before the pidfd does */
	int maps_fds[2]; /* the pipe that says that the maps are there, when they are ours to write */
	int tty_fd; /* the terminal, when its foreground is ours to give back */
	struct error told; /* by a message from inside */
};

int outside_clone_flags(const struct plan *plan)
{
	int flags = 0;

	for (int kind = 0; kind < NS_COUNT; kind++)
		if (plan->unshare[kind] && kind != NS_TIME && !(kind == NS_CGROUP && plan->cgroup))
			flags |= ns_flag((enum ns_kind)kind);
	return flags;
}

int outside_clone_failed(const struct plan *plan, struct error *err)
{
	_cleanup_text_ struct text names = { 0 };
	int sys = errno;

	for (int kind = 0; kind < NS_COUNT; kind++)
		if (plan->unshare[kind])
			text_printf(&names, "%s%s", names.len ? "," : "",
				    ns_name((enum ns_kind)kind));
	(void)fail(err, ERROR_SYSTEM, sys, "cannot make the namespaces of the box");
	return fail_at(err, CALL_CLONE, text_str(&names));
}

static void collect(struct outside *o)
{
	if (waitpid(o->init, &o->wait_status, __WALL | WNOHANG) == o->init)
		o->ended = true;
}

static void take_held_message(struct outside *o, char kind)
{
	if (kind == MESSAGE_READY && hold_ready(o->hold, &o->told) < 0)
		(void)kill(o->init, SIGKILL);
	else if (kind == MESSAGE_IDLE || kind == MESSAGE_BUSY)
		hold_init_is(o->hold, kind == MESSAGE_IDLE);
}

/* Beside a caller it is his to stop, or not. */
static void follow_stop(const struct outside *o)
{
	if (o->plan->leash)
		(void)send(o->plan->leash->channel_fd, &(char){ ASIDE_STOPPED }, 1,
			   MSG_NOSIGNAL | MSG_DONTWAIT);
	else
		signals_follow_stop(o->init);
}

/* One message from inside, if there is one. What init said at its end waits in the pipe after it is gone. */
static void take_message(struct outside *o)
{
	const size_t rest = sizeof(struct message) - 1;
	struct message message;

	if (read(o->told_fds[0], &message, 1) != 1)
		return;
	if (message.kind == MESSAGE_STOP)
		follow_stop(o);
	else if (message.kind != MESSAGE_ERROR)
		take_held_message(o, message.kind);
	else if (read(o->told_fds[0], (char *)&message + 1, rest) == (ssize_t)rest)
		o->told = message.err;
}

/* One read for each poll: a second one could fail, and errno is the child's too (spawn.h). */
static void take_signals(struct outside *o)
{
	struct signalfd_siginfo infos[8];
	ssize_t n = read(o->signal_fd, infos, sizeof(infos));

	for (size_t i = 0; n > 0 && i < (size_t)n / sizeof(infos[0]); i++) {
		if (infos[i].ssi_signo == SIGCHLD)
			continue; /* of whoever else is a child of this process */
		if (o->hold && infos[i].ssi_signo == SIGTERM)
			hold_stop(o->hold, HOLD_GRACE_MS);
		else if (o->hold)
			continue; /* it is not about the keeper */
		else if (infos[i].ssi_code <= 0 && !o->ended)
			(void)kill(o->init, (int)infos[i].ssi_signo);
	}
}

/* The caller is gone, or wants it to end: init takes all with it, and its end is what is waited for. */
static void cut(struct outside *o)
{
	(void)kill(o->init, SIGKILL);
	o->cut = true;
}

static void supervise(struct outside *o)
{
	const struct leash *leash = o->plan->leash;

	while (!o->ended) {
		bool tied = leash && !o->cut;
		struct pollfd fds[5] = {
			{ .fd = o->signal_fd, .events = POLLIN },
			{ .fd = o->told_fds[0], .events = POLLIN },
			{ .fd = o->pidfd, .events = POLLIN },
			{ .fd = tied ? leash->caller_fd : -1, .events = POLLIN },
			{ .fd = tied ? leash->channel_fd : -1, .events = POLLIN },
		};

		if (poll(fds, tied ? 5 : 3, -1) < 0 && errno != EINTR)
			break;
		if (tied && (fds[3].revents || fds[4].revents))
			cut(o);
		if (fds[1].revents)
			take_message(o);
		if (fds[2].revents)
			collect(o);
		if (fds[0].revents)
			take_signals(o);
	}
	take_message(o);
}

/* The same for a keeper, who has members to look after. */
static void keep(struct outside *o)
{
	while (!o->ended) {
		struct pollfd *fds;
		int timeout;
		size_t n = hold_watch(o->hold, 3, &fds, &timeout);

		fds[0] = (struct pollfd){ .fd = o->signal_fd, .events = POLLIN };
		fds[1] = (struct pollfd){ .fd = o->told_fds[0], .events = POLLIN };
		fds[2] = (struct pollfd){ .fd = o->pidfd, .events = POLLIN };
		if (poll(fds, n, timeout) < 0) {
			if (errno == EINTR)
				continue;
			break;
		}
		hold_handle(o->hold, fds + 3, n - 3);
		if (fds[1].revents)
			take_message(o);
		if (fds[2].revents)
			collect(o);
		if (fds[0].revents)
			take_signals(o);
	}
	take_message(o);
}

/* The terminal's foreground group while we had it: a shell in the box may have left it to a group that is gone. */
static void take_terminal_back(int tty_fd)
{
	sigset_t set, old;

	if (tcgetpgrp(tty_fd) == getpgrp())
		return;
	sigemptyset(&set);
	sigaddset(&set, SIGTTOU);
	(void)sigprocmask(SIG_BLOCK, &set, &old);
	(void)tcsetpgrp(tty_fd, getpgrp());
	(void)sigprocmask(SIG_SETMASK, &old, NULL);
}

static int map_ids(const struct outside *o, struct error *err)
{
	ssize_t told;

	if (!o->plan->unshare[NS_USER] || idmaps_by_child(o->plan))
		return 0;
	if (idmaps_write_child(o->plan, o->init, err) < 0)
		return -1;
	/* When the child is gone already, its own message says why. */
	told = write(o->maps_fds[1], "", 1);
	(void)told;
	return 0;
}

/* The child's first steps; the descriptors it closes are its own copies. */
static int child(void *arg)
{
	const struct inside *in = arg;

	for (size_t i = 0; i < ARRAY_LEN(in->parent_fds); i++)
		if (in->parent_fds[i] >= 0)
			(void)close(in->parent_fds[i]);
	inside(in);
}

/* From here on `in` belongs to the child, which may share our memory: nothing in it is changed any more. */
static int start(struct outside *o, struct inside *in, struct error *err)
{
	in->supervised = true;
	in->tell_fd = o->told_fds[1];
	in->maps_fd = o->maps_fds[0];
	in->parent_fds[0] = o->told_fds[0];
	in->parent_fds[1] = o->maps_fds[1];
	in->parent_fds[2] = o->signal_fd;
	in->parent_fds[3] = o->ask_fds[1];
	in->parent_fds[4] = o->hold ? o->hold->gate_fd : -1;
	in->parent_fds[5] = o->hold ? o->hold->creator_fd : -1;
	in->ask_fd = o->ask_fds[0];
	in->held = o->hold;
	/* A keeper works on while its init lives, so it shares nothing with it. */
	o->init = o->hold ? spawn_copied(outside_clone_flags(o->plan), child, in, &o->pidfd)
			  : spawn(outside_clone_flags(o->plan), child, in, &o->pidfd);
	return o->init < 0 ? outside_clone_failed(o->plan, err) : 0;
}

static bool writes_elsewhere(const struct plan *plan)
{
	for (size_t i = 0; i < plan->steps.count; i++)
		if (plan->steps.items[i].kind == STEP_OVERLAY &&
		    plan->steps.items[i].overlay->upper_kind != UPPER_NONE)
			return true;
	return false;
}

/*
 * Nothing to supervise: no pid namespace to be PID 1 of, nothing captured that must be looked after, maps that the process
 * may write itself. Then nacre becomes the command, and what kills the one kills the other.
 */
static bool is_direct(const struct plan *plan)
{
	return !plan->unshare[NS_PID] && !plan->unshare[NS_TIME] && !writes_elsewhere(plan) &&
	       (!plan->unshare[NS_USER] || idmaps_by_child(plan)) &&
	       !privilege_needs_second(plan) && !plan->new_session && !plan->linger_ms &&
	       plan->grace_ms < 0;
}

static int run_direct(struct inside *in, struct error *err)
{
	if (unshare(outside_clone_flags(in->plan)) < 0)
		return outside_clone_failed(in->plan, err);
	(void)sigprocmask(SIG_BLOCK, NULL, &in->mask);
	return inside_here(in, err);
}

static int channel_failed(const char *what, struct error *err)
{
	(void)fail_call(err, CALL_PROCESS, what);
	return fail_message(err, "cannot start a box");
}

static int open_cgroup(const struct plan *plan, int *ret_fd, struct error *err)
{
	_cleanup_fd_ int dir_fd = open(plan->cgroup, O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct statfs fs;

	if (dir_fd >= 0 && fstatfs(dir_fd, &fs) == 0) {
		bool group = fs.f_type == CGROUP2_SUPER_MAGIC || fs.f_type == CGROUP_SUPER_MAGIC;

		/* A file of that name elsewhere would be written to. */
		errno = ENODEV;
		*ret_fd = group ? openat(dir_fd, "cgroup.procs", O_WRONLY | O_CLOEXEC) : -1;
		if (*ret_fd >= 0)
			return 0;
	}
	(void)fail_call(err, CALL_CGROUP, plan->cgroup);
	return fail_message(err, "cannot go into the control group %s", Q(plan->cgroup));
}

/* Signals become readable, the pipes are there, and the terminal is noted if it is ours to give back. */
static int open_channels(struct outside *o, struct inside *in, struct error *err)
{
	/* First, as the mask is set back also when the rest fails. */
	o->signal_fd = signals_open(SFD_NONBLOCK, &in->mask);
	if (o->signal_fd < 0)
		return channel_failed("signalfd", err);
	if (o->plan->leash)
		in->mask = o->plan->leash->mask;
	if (pipe2(o->told_fds, O_CLOEXEC | O_NONBLOCK) < 0)
		return channel_failed("pipe", err);
	if (o->plan->unshare[NS_USER] && !idmaps_by_child(o->plan) &&
	    pipe2(o->maps_fds, O_CLOEXEC) < 0)
		return channel_failed("pipe", err);
	if (o->hold && pipe2(o->ask_fds, O_CLOEXEC) < 0)
		return channel_failed("pipe", err);
	if (in->terminal)
		o->tty_fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
	if (o->tty_fd >= 0 && tcgetpgrp(o->tty_fd) != getpgrp())
		o->tty_fd = close_fd(o->tty_fd);
	return 0;
}

static void close_channels(struct outside *o, const struct inside *in)
{
	/* Beside a caller all stay blocked: a signal that comes now must not keep the box from being closed. */
	if (!o->plan->leash)
		(void)sigprocmask(SIG_SETMASK, &in->mask, NULL);
	if (o->tty_fd >= 0)
		take_terminal_back(o->tty_fd);
	o->tty_fd = close_fd(o->tty_fd);
	o->signal_fd = close_fd(o->signal_fd);
	o->pidfd = close_fd(o->pidfd);
	for (size_t i = 0; i < 2; i++) {
		o->told_fds[i] = close_fd(o->told_fds[i]);
		o->maps_fds[i] = close_fd(o->maps_fds[i]);
		o->ask_fds[i] = close_fd(o->ask_fds[i]);
	}
}

static int run_supervised(struct outside *o, struct inside *in, struct error *err)
{
	int answer = start(o, in, err);

	if (answer < 0)
		return -1;
	answer = map_ids(o, err);
	if (answer < 0)
		(void)kill(o->init, SIGKILL);
	if (o->hold) {
		o->hold->ask_fd = fcntl(o->ask_fds[1], F_DUPFD_CLOEXEC, 3);
		if (answer == 0)
			answer = hold_open(o->hold, o->plan, o->init, err);
		if (answer < 0)
			(void)kill(o->init, SIGKILL);
		keep(o);
		hold_end(o->hold);
	} else {
		supervise(o);
	}
	if (answer < 0 || o->told.kind == ERROR_NONE)
		return answer;
	*err = o->told;
	return -1;
}

int outside_run(const struct plan *plan, const char *box_path, struct hold *hold, step_trace trace,
		int *ret_status, struct error *err)
{
	struct inside in = {
		.plan = plan,
		.box_path = box_path,
		.caller = getuid(),
		.trace = trace,
		.terminal = !hold && terminal_present(),
		.cgroup_fd = -EBADF,
		.proc_fd = -1,
		.ask_fd = -EBADF,
	};
	struct outside o = {
		.plan = plan,
		.hold = hold,
		.ask_fds = { -EBADF, -EBADF },
		.pidfd = -EBADF,
		.signal_fd = -EBADF,
		.told_fds = { -EBADF, -EBADF },
		.maps_fds = { -EBADF, -EBADF },
		.tty_fd = -EBADF,
	};
	_cleanup_fd_ int cgroup_fd = -EBADF;
	int answer, dumpable;

	if (plan->cgroup && open_cgroup(plan, &cgroup_fd, err) < 0)
		return -1;
	in.cgroup_fd = cgroup_fd;
	if (plan->life)
		return loose_run(&in, ret_status, err);
	if (!hold && plan->becomes && is_direct(plan))
		return run_direct(&in, err);
	/* Init, which shares our memory, makes that undumpable, and so us. */
	dumpable = prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
	if (dumpable < 0)
		return channel_failed("dumpable", err);
	answer = open_channels(&o, &in, err);
	if (answer == 0)
		answer = run_supervised(&o, &in, err);
	close_channels(&o, &in);
	/* A refusal leaves us more closed than we were, and is no reason to lose what came of the run. */
	if (dumpable == 1)
		(void)prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
	*ret_status = signals_status(o.wait_status);
	return answer;
}
