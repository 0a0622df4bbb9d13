// SPDX-License-Identifier: MIT
/*
 * The clone's half, in this order:
 *
 *   1  waits until everybody has been told of it; bound to nacre if asked
 *   2  maps, root                                        inside.h
 *   3  the user namespace to go on to; no further ones
 *   4  block_fd, working directory, session
 *   5  init and the command, or the command alone
 */
#include "run/loose.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "enter/filter.h"
#include "enter/nest.h"
#include "enter/privilege.h"
#include "run/command.h"
#include "run/exec.h"
#include "run/signals.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

/* Killed with its parent; one that is gone already has left a pipe without a reader. */
static int bind_to_nacre(const struct inside *in, struct error *err)
{
	struct pollfd parent = { .fd = in->tell_fd };

	if (command_tie("the box", "nacre", err) < 0)
		return -1;
	if (poll(&parent, 1, 0) > 0 && parent.revents & POLLERR)
		_exit(STATUS_FAILED);
	return 0;
}

/* ---- where it is ---- */

static const char *env_value(const char *entry, const char *name)
{
	size_t n = strlen(name);

	return entry && strncmp(entry, name, n) == 0 && entry[n] == '=' ? entry + n + 1 : NULL;
}

static const char *env_find(char *const *env, const char *name)
{
	for (; *env; env++)
		if (env_value(*env, name))
			return env_value(*env, name);
	return NULL;
}

/* *ret is what PWD will be. */
static int enter_directory(const struct plan *plan, char *const *env, const char **ret,
			   struct error *err)
{
	const char *home;

	*ret = plan->workdir;
	if (plan->workdir) {
		if (chdir(plan->workdir) == 0)
			return 0;
		(void)fail_call(err, CALL_CHDIR, plan->workdir);
		return fail_message(err, "cannot work in %s", Q(plan->workdir));
	}
	*ret = plan->cwd;
	if (chdir(plan->cwd) == 0)
		return 0;
	home = env_find(env, "HOME");
	*ret = home && chdir(home) == 0 ? home : "/";
	return 0;
}

/* env with PWD set; the entries are borrowed. */
static char *const *env_with_pwd(char *const *env, const char *pwd, struct arena *arena)
{
	VECTOR(char *) v = { 0 };

	for (; *env; env++)
		if (!env_value(*env, "PWD"))
			*VECTOR_ADD(arena, &v) = *env;
	*VECTOR_ADD(arena, &v) = arena_printf(arena, "PWD=%s", pwd);
	*VECTOR_ADD(arena, &v) = NULL;
	return v.items;
}

/* ---- what comes before the command ---- */

static int go_on_to(int userns_fd, struct error *err)
{
	if (userns_fd < 0 || setns(userns_fd, CLONE_NEWUSER) == 0)
		return 0;
	(void)fail_call(err, CALL_CLONE, "user");
	return fail_message(err, "cannot enter the user namespace of descriptor %d", userns_fd);
}

static int settle(const struct plan *plan, int proc_fd, struct error *err)
{
	const struct life *life = plan->life;
	char byte;

	if (go_on_to(life->userns2_fd, err) < 0)
		return -1;
	if (life->disable_userns && nest_last_userns(plan, proc_fd, err) < 0)
		return -1;
	if (life->assert_userns && nest_assert(err) < 0)
		return -1;
	/* Its end counts as well as a byte. */
	if (life->block_fd >= 0)
		(void)!read(life->block_fd, &byte, 1);
	return 0;
}

static int take_session(struct error *err)
{
	if (setsid() >= 0)
		return 0;
	(void)fail_call(err, CALL_PROCESS, "session");
	return fail_message(err, "cannot begin a new session");
}

/* ---- the command ---- */

/* Returns only on failure. */
static int become(const struct inside *in, char *const *env, struct error *err)
{
	const struct plan *plan = in->plan;
	const struct life *life = plan->life;
	const char *word = plan->argv.items[0];

	if (privilege_drop(plan, in->terminal, err) < 0)
		return -1;
	if (life->as_pid_1 && life->sync_fd >= 0)
		(void)fcntl(life->sync_fd, F_SETFD, 0);
	/* The first thing that a change of ids would take away again. */
	if (life->die_with_parent && command_tie("the command", "nacre", err) < 0)
		return -1;
	if (life->argv0)
		plan->argv.items[0] = life->argv0;
	if (filters_load(life, err) < 0)
		return -1;
	return exec_command(word, (char *const *)plan->argv.items, env, err);
}

/* ---- init ---- */

/*
 * After execve(2) it is SIGCHLD that tells of a child's end, and whoever ignores it loses the status (wait(2)): in a program that
 * uses the library the clone executes nothing.
 */
static bool has_init(const struct plan *plan)
{
	const struct life *life = plan->life;

	return !life->as_pid_1 &&
	       (plan->unshare[NS_PID] || life->locks.count || life->sync_fd >= 0 || !plan->becomes);
}

/* Before the command starts, so that it cannot run without them. */
static int take_locks(const struct life *life, int *fds, struct error *err)
{
	for (size_t i = 0; i < life->locks.count; i++) {
		struct flock lock = { .l_type = F_RDLCK, .l_whence = SEEK_SET };

		fds[i] = sys_open(life->locks.items[i], O_RDONLY | O_CLOEXEC);
		if (fds[i] >= 0 && fcntl(fds[i], F_SETLK, &lock) == 0)
			continue;
		(void)fail_call(err, CALL_LOCK, life->locks.items[i]);
		return fail_message(err, "cannot lock %s", Q(life->locks.items[i]));
	}
	return 0;
}

/* What init gives up. In a box whose pid somebody was told, /proc/PID must be readable to him, and so is init to the box. */
static int lower(const struct inside *in, struct error *err)
{
	const struct life *life = in->plan->life;

	if (life->info_fd < 0 && life->status_fd < 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0) {
		(void)fail_call(err, CALL_PROCESS, "dumpable");
		return fail_message(err, "cannot close init to the box");
	}
	return 0;
}

/* Reaps until nobody is left; the command's end is told at once. */
static _Noreturn void reap(const struct inside *in, pid_t command)
{
	struct loose_end end = { .kind = MESSAGE_END, .status = STATUS_FAILED };
	int status;

	(void)signal(SIGPIPE, SIG_IGN);
	for (;;) {
		pid_t pid = waitpid(-1, &status, 0);

		if (pid < 0 && errno != EINTR)
			_exit(end.status);
		if (pid != command)
			continue;
		end.status = (unsigned char)signals_status(status);
		/* The reader may be gone: nobody to tell. */
		(void)!write(in->tell_fd, &end, sizeof(end));
	}
}

/* Returns only on failure. */
static int become_init(const struct inside *in, char *const *env, struct error *err)
{
	const struct life *life = in->plan->life;
	size_t count = life->locks.count + 2;
	_cleanup_free_ int *kept = calloc(count, sizeof(*kept));
	pid_t command;

	if (!kept) {
		(void)fail_call(err, CALL_PROCESS, "memory");
		return fail_message(err, "cannot start a process");
	}
	kept[0] = in->tell_fd;
	kept[1] = life->sync_fd;
	if (take_locks(life, kept + 2, err) < 0 || lower(in, err) < 0)
		return -1;
	command = command_fork(become, in, env, err);
	if (command < 0)
		return -1;
	close_all_but_these(kept, count);
	if (privilege_fix(err) < 0 || privilege_keep_kill(err) < 0 || filters_load(life, err) < 0)
		_exit(STATUS_FAILED);
	reap(in, command);
}

static int go_on(struct inside *in, struct error *err)
{
	const struct plan *plan = in->plan;
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_fd_ int proc_fd = -EBADF;
	mode_t mask = umask(0);
	char *const *env;
	const char *pwd;

	if (plan->life->disable_userns)
		proc_fd = sys_open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (inside_prepare(in, err) < 0)
		return -1;
	umask(mask);
	env = exec_environment(plan, &arena);
	if (settle(plan, proc_fd, err) < 0 || enter_directory(plan, env, &pwd, err) < 0)
		return -1;
	if (plan->life->new_session && take_session(err) < 0)
		return -1;
	env = env_with_pwd(env, pwd, &arena);
	return has_init(plan) ? become_init(in, env, err) : become(in, env, err);
}

_Noreturn void loose_inside(const struct inside *given)
{
	/* Its memory may be the parent's too. */
	struct inside own = *given, *in = &own;
	struct message message = { .kind = MESSAGE_ERROR };
	char byte;

	if (in->maps_fd >= 0 && read(in->maps_fd, &byte, 1) != 1)
		_exit(STATUS_FAILED);
	if (!in->plan->life->die_with_parent || bind_to_nacre(in, &message.err) == 0)
		(void)go_on(in, &message.err);
	(void)!write(in->tell_fd, &message, sizeof(message));
	_exit(STATUS_FAILED);
}
