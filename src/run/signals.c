// SPDX-License-Identifier: MIT
/* What nacre does with signals on behalf of a command. */
#include "run/signals.h"

#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

void signals_forwarded(sigset_t *set)
{
	static const int passed_on[] = { SIGINT,  SIGTERM, SIGQUIT,  SIGHUP,
					 SIGUSR1, SIGUSR2, SIGWINCH, SIGCONT };

	sigemptyset(set);
	for (unsigned i = 0; i < sizeof(passed_on) / sizeof(passed_on[0]); i++)
		sigaddset(set, passed_on[i]);
}

int signals_open(int flags, sigset_t *ret_mask)
{
	sigset_t set;

	signals_forwarded(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTSTP);
	(void)sigprocmask(SIG_BLOCK, &set, ret_mask);
	return signalfd(-1, &set, SFD_CLOEXEC | flags);
}

/* It may be blocked, so that it can be read; SIGSTOP would stop an orphaned group too. */
static void stop(pid_t target, int signal)
{
	sigset_t set, old;

	sigemptyset(&set);
	sigaddset(&set, signal);
	(void)kill(target, signal);
	(void)sigprocmask(SIG_UNBLOCK, &set, &old);
	(void)sigprocmask(SIG_SETMASK, &old, NULL);
}

bool signals_stop(pid_t target, int signal)
{
	const struct timespec at_once = { 0 };
	sigset_t set;

	stop(target, signal);
	sigemptyset(&set);
	sigaddset(&set, SIGCONT);
	return sigtimedwait(&set, NULL, &at_once) == SIGCONT;
}

void signals_follow_stop(pid_t child)
{
	stop(getpid(), SIGTSTP);
	(void)kill(child, SIGCONT);
}

int signals_status(int wait_status)
{
	return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}
