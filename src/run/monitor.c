// SPDX-License-Identifier: MIT
/* Session, command, reports. */
#include "run/monitor.h"

#include "base/cleanup.h"
#include "base/syscalls.h"
#include "enter/privilege.h"
#include "run/command.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>

struct monitor {
	int channel_fd, signal_fd;
	pid_t command;
};

static int refuse(struct error *err, const char *call)
{
	(void)fail_call(err, CALL_PROCESS, call);
	return fail_message(err, "cannot make a terminal for the command");
}

/* An error output that is no terminal stays what it is. */
static int take_terminal(int slave_fd, struct error *err)
{
	if (setsid() < 0 || ioctl(slave_fd, TIOCSCTTY, 0) < 0)
		return refuse(err, "session");
	if (dup2(slave_fd, STDIN_FILENO) < 0 || dup2(slave_fd, STDOUT_FILENO) < 0 ||
	    (isatty(STDERR_FILENO) && dup2(slave_fd, STDERR_FILENO) < 0))
		return refuse(err, "dup");
	return 0;
}

/* SIGCHLD is read. The others that are blocked since before: those that nacre forwards; now all that a terminal could stop or end us by. */
static int open_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTTOU);
	sigaddset(&set, SIGTTIN);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void report(const struct monitor *m, int wait_status)
{
	(void)send(m->channel_fd, &wait_status, sizeof(wait_status), MSG_NOSIGNAL);
}

/*
 * Our end hangs up who has the foreground (SIGHUP, exit(3)). What the command has started in the background of a script is in its group and
 * goes on, as at a terminal that stays; another group, the job of a shell in it, is at a terminal that closes.
 */
static _Noreturn void end(const struct monitor *m, int wait_status)
{
	if (tcgetpgrp(STDIN_FILENO) == m->command)
		(void)tcsetpgrp(STDIN_FILENO, getpgrp());
	report(m, wait_status);
	_exit(0);
}

static void collect(const struct monitor *m)
{
	struct signalfd_siginfo info;
	int status;

	(void)!read(m->signal_fd, &info, sizeof(info));
	while (waitpid(m->command, &status, WNOHANG | WUNTRACED) == m->command) {
		if (!WIFSTOPPED(status))
			end(m, status);
		report(m, status);
	}
}

static void obey(const struct monitor *m)
{
	struct monitor_word word;
	pid_t group = getpgid(m->command);

	/* Nobody is there any more. The command dies with us; what else is in the foreground is hung up. */
	if (recv(m->channel_fd, &word, sizeof(word), 0) != sizeof(word))
		_exit(STATUS_FAILED);
	switch ((enum monitor_kind)word.kind) {
	case MONITOR_FOREGROUND:
	case MONITOR_BACKGROUND:
		(void)tcsetpgrp(STDIN_FILENO, word.kind == MONITOR_FOREGROUND ? group : getpgrp());
		(void)kill(-group, SIGCONT);
		break;
	case MONITOR_SIGNAL:
		(void)kill(m->command, word.signal);
		break;
	case MONITOR_SIGNAL_GROUP:
		(void)kill(-group, word.signal);
		break;
	}
}

static void watch(const struct monitor *m)
{
	for (;;) {
		struct pollfd fds[2] = {
			{ .fd = m->signal_fd, .events = POLLIN },
			{ .fd = m->channel_fd, .events = POLLIN },
		};

		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			_exit(STATUS_FAILED);
		if (fds[0].revents)
			collect(m);
		if (fds[1].revents)
			obey(m);
	}
}

_Noreturn void monitor_run(const struct inside *in, int slave_fd, int channel_fd)
{
	struct monitor m = { .channel_fd = channel_fd };
	struct error err = { 0 };

	m.signal_fd = open_signals();
	if (m.signal_fd < 0)
		(void)refuse(&err, "signalfd");
	else if (take_terminal(slave_fd, &err) == 0) {
		m.command = command_start(in, &err);
		/* Where that is refused they are left open: the program is its own parent's copy, and nobody can look into it. */
		close_all_but_these((const int[]){ m.channel_fd, m.signal_fd }, 2);
		if (m.command > 0 && privilege_keep_kill(&err) == 0)
			watch(&m);
	}
	(void)send(channel_fd, &err, sizeof(err), MSG_NOSIGNAL);
	_exit(err.status);
}
