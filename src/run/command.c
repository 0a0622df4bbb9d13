// SPDX-License-Identifier: MIT
/* From init's child to the command. The lookup of the program is in exec.c. */
#include "run/command.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "enter/privilege.h"
#include "run/exec.h"
#include "run/second.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* Where the caller's directory is in the box when it is not where it is outside. */
static bool enter_place(const struct plan *plan)
{
	char path[PATH_MAX];

	for (size_t i = plan->places.count; i-- > 0;) {
		const struct place_inside *place = &plan->places.items[i];
		int n = path_below(plan->cwd, place->outside)
				? snprintf(path, sizeof(path), "%s/%s", place->inside,
					   path_relative(plan->cwd, place->outside))
				: -1;

		if (n >= 0 && n < (int)sizeof(path) && chdir(path) == 0)
			return true;
	}
	return false;
}

/* -w must be there; the caller's own directory is a wish, since a root directory need not have it. */
static int enter_workdir(const struct plan *plan, struct error *err)
{
	const char *dir = plan->workdir ? plan->workdir : plan->cwd;

	if (dir && chdir(dir) == 0)
		return 0;
	if (!plan->workdir)
		return dir && enter_place(plan) ? 0 : chdir("/");
	(void)fail_call(err, CALL_CHDIR, dir);
	return fail_message(err, "cannot work in %s", Q(dir));
}

/* The lowest descriptor from `from` on that the plan passes, or -1. */
static int next_passed(const struct plan *plan, unsigned from)
{
	int next = -1;

	for (size_t i = 0; i < plan->pass_fds.count; i++) {
		int fd = plan->pass_fds.items[i];

		if (fd >= (int)from && (next < 0 || fd < next))
			next = fd;
	}
	return next;
}

/* Marks the descriptors to be closed by execve. Where the call is refused, no process has more than its limit. */
static void close_at_exec(unsigned first, unsigned last)
{
	struct rlimit limit;

	if (sys_close_range(first, last, CLOSE_RANGE_CLOEXEC) == 0 ||
	    getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return;
	for (unsigned fd = first; fd <= last && fd < limit.rlim_cur; fd++)
		(void)fcntl((int)fd, F_SETFD, FD_CLOEXEC);
}

/* Everything above 2 that was not asked for. */
static int close_others(const struct plan *plan, struct error *err)
{
	unsigned from = 3;

	/* Ours close by themselves. */
	if (plan->pass_all_fds)
		return 0;
	for (int fd; (fd = next_passed(plan, from)) >= 0; from = (unsigned)fd + 1) {
		if (fcntl(fd, F_SETFD, 0) < 0) {
			char number[16];

			(void)snprintf(number, sizeof(number), "%d", fd);
			(void)fail_call(err, CALL_PROCESS, number);
			return fail_message(err, "cannot pass on descriptor %s", number);
		}
		if ((unsigned)fd > from)
			close_at_exec(from, (unsigned)fd - 1);
	}
	close_at_exec(from, ~0U);
	return 0;
}

/* Before it is executed, as a shell asks at once whether it has the terminal. SIGTTOU is blocked, or this would stop us. */
static int take_group(const struct inside *in, struct error *err)
{
	if (setpgid(0, 0) == 0 && (!in->foreground || tcsetpgrp(STDIN_FILENO, getpid()) == 0))
		return 0;
	(void)fail_call(err, CALL_PROCESS, "group");
	return fail_message(err, "cannot give the command its terminal");
}

/* A fresh child leads no group, and so may. */
static int leave_session(struct error *err)
{
	if (setsid() >= 0)
		return 0;
	(void)fail_call(err, CALL_PROCESS, "session");
	return fail_message(err, "cannot give the command a session of its own");
}

int command_tie(const char *what, const char *to, struct error *err)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0)
		return 0;
	(void)fail_call(err, CALL_PROCESS, "parent death signal");
	return fail_message(err, "cannot tie %s to %s", what, to);
}

int command_become(const struct inside *in, char *const *env, struct error *err)
{
	const struct plan *plan = in->plan;

	if ((in->job && take_group(in, err) < 0) || (plan->new_session && leave_session(err) < 0))
		return -1;
	if (enter_workdir(plan, err) < 0 || privilege_drop(plan, in->terminal, err) < 0 ||
	    close_others(plan, err) < 0)
		return -1;
	/* Nobody else would end it when init is killed and there is no namespace to die with. */
	if ((in->member || (in->supervised && !plan->unshare[NS_PID])) &&
	    command_tie("the command", "its box", err) < 0)
		return -1;
	(void)sigprocmask(SIG_SETMASK, &in->mask, NULL);
	return exec_command(plan->argv.items[0], (char *const *)plan->argv.items, env, err);
}

pid_t command_fork(command_body *become, const struct inside *in, char *const *env,
		   struct error *err)
{
	pid_t pid;

	/* A step that fell back to another way has left its refusal here. */
	err->kind = ERROR_NONE;
	pid = vfork();
	if (pid == 0) {
		/* Sharing our memory until execve is wanted: *err is where we read what went wrong. */
		(void)become(in, env, err); /* NOLINT(clang-analyzer-unix.Vfork) */
		_exit(err->status);
	}
	if (pid < 0) {
		(void)fail_call(err, CALL_PROCESS, "fork");
		return fail_message(err, "cannot start a process");
	}
	if (err->kind == ERROR_NONE)
		return pid;
	(void)waitpid(pid, NULL, 0);
	return -1;
}

pid_t command_start(const struct inside *in, struct error *err)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	char *const *env = exec_environment(in->plan, &arena);

	err->kind = ERROR_NONE;
	if (privilege_needs_second(in->plan))
		return second_start(in, env, err);
	return command_fork(command_become, in, env, err);
}
