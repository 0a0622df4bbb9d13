// SPDX-License-Identifier: MIT
/* Finding, entering, waiting. */
#include "run/member.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/remove.h"
#include "base/syscalls.h"
#include "enter/privilege.h"
#include "enter/terminal.h"
#include "run/aside.h"
#include "run/command.h"
#include "run/hold.h"
#include "run/link.h"
#include "run/pty.h"
#include "run/relay.h"
#include "run/run.h"
#include "run/signals.h"
#include "run/spawn.h"
#include "state/store.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>

void member_release(struct member *m)
{
	m->connection_fd = close_fd(m->connection_fd);
	m->keeper_fd = close_fd(m->keeper_fd);
	live_way_release(&m->way);
	pty_release(&m->pty);
	m->proc_fd = close_fd(m->proc_fd);
}

static int fail_live(struct error *err, const char *what, const char *name)
{
	(void)fail_call(err, CALL_STATE, name);
	return fail_message(err, "cannot %s the box %s", what, Q(name));
}

/* ---- making one ---- */

/* What we did not open ourselves: all of ours closes at exec. */
static void close_inherited(void)
{
	_cleanup_dir_ DIR *dir = opendir("/proc/self/fd");

	for (struct dirent *e; dir && (e = readdir(dir));) {
		int fd = atoi(e->d_name);

		if (fd > 2 && fd != dirfd(dir) && !(fcntl(fd, F_GETFD) & FD_CLOEXEC))
			(void)close(fd);
	}
}

/* Nothing of the caller's stays with the keeper: no terminal, no directory, no output, no open file. */
static bool detach(void)
{
	_cleanup_fd_ int fd = sys_open("/dev/null", O_RDWR | O_CLOEXEC);

	close_inherited();
	return setsid() >= 0 && fd >= 0 && dup2(fd, 0) == 0 && dup2(fd, 1) == 1 &&
	       dup2(fd, 2) == 2 && chdir("/") == 0;
}

struct keeping {
	struct plan *plan;
	struct box *box;
	struct hold hold;
	int creators_fd; /* the other end of hold.creator_fd */
};

static void keeper(void *arg)
{
	struct keeping *k = arg;
	struct run_result result;
	struct error err = { 0 };

	(void)close(k->creators_fd);
	/* Others join as well: it lives on when whoever made it is gone. */
	if (k->plan->leash) {
		(void)close(k->plan->leash->caller_fd);
		(void)close(k->plan->leash->channel_fd);
		k->plan->leash = NULL;
	}
	if (!detach())
		(void)fail_live(&err, "detach from", k->plan->name);
	else if (run_plan(k->plan, k->box, &k->hold, NULL, &result, &err) == 0)
		_exit(0);
	hold_fail(&k->hold, &err);
	_exit(STATUS_FAILED);
}

static int create(struct plan *plan, struct box *box, int take_gate_fd, struct member *ret,
		  struct error *err)
{
	struct keeping k = { .plan = plan,
			     .box = box,
			     .hold = { .stays = plan->stays,
				       .dir_fd = -EBADF,
				       .gate_fd = take_gate_fd,
				       .creator_fd = -EBADF,
				       .listen_fd = -EBADF,
				       .way = LIVE_NO_WAY,
				       .key_fd = -EBADF,
				       .ask_fd = -EBADF } };
	int ends[2], answer = -1;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0) {
		ret->connection_fd = k.creators_fd = ends[0];
		k.hold.creator_fd = ends[1];
		ret->created = true;
		/* What it does at its end is not seen by us. The gate is its own from here on. */
		answer = spawn_orphan(keeper, &k);
	}
	hold_release(&k.hold);
	return answer < 0 ? fail_live(err, "make", plan->name) : 0;
}

/* ---- finding one ---- */

static int join(int connection_fd, struct member *ret)
{
	ret->connection_fd = connection_fd;
	return live_ask(connection_fd, LIVE_JOIN, 0);
}

static bool is_there(int boxes_fd, const char *name, int dir_fd)
{
	struct stat named, opened;

	return fstatat(boxes_fd, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
	       fstat(dir_fd, &opened) == 0 && named.st_ino == opened.st_ino &&
	       named.st_dev == opened.st_dev;
}

enum { AGAIN = 1 };

/* A connection. AGAIN: the box was removed meanwhile. */
static int connect_or_create(struct plan *plan, struct box *box, int boxes_fd, struct member *ret,
			     struct error *err)
{
	_cleanup_fd_ int dir_fd = -EBADF, gate_fd = -EBADF;
	int fd;

	if (mkdirat(boxes_fd, plan->name, 0700) < 0 && errno != EEXIST)
		return fail_live(err, "make", plan->name);
	dir_fd = openat(boxes_fd, plan->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (dir_fd < 0)
		return errno == ENOENT ? AGAIN : fail_live(err, "use", plan->name);
	fd = live_connect(dir_fd);
	if (fd >= 0)
		return join(fd, ret) < 0 ? AGAIN : 0;
	gate_fd = live_gate(dir_fd);
	if (gate_fd < 0)
		return errno == ENOENT ? AGAIN : fail_live(err, "use", plan->name);
	if (!is_there(boxes_fd, plan->name, dir_fd))
		return AGAIN;
	fd = live_connect(dir_fd);
	if (fd >= 0)
		return join(fd, ret) < 0 ? AGAIN : 0;
	/* With the gate ours, nobody at the door is a keeper that was killed, or none yet. */
	live_bury(dir_fd);
	return create(plan, box, TAKE_FD(gate_fd), ret, err);
}

int member_find(struct plan *plan, struct box *box, struct member *ret, struct error *err)
{
	/* A box that ends while it is joined is made anew; this often only by somebody who kills each. */
	enum { TRIES = 100 };
	_cleanup_fd_ int store_fd = store_open(box->state_dir, true, err), boxes_fd = -EBADF;
	int got = AGAIN;

	*ret = MEMBER_NOBODY;
	if (store_fd < 0)
		return -1;
	boxes_fd = store_shelf(store_fd, "boxes", true);
	if (boxes_fd < 0)
		return fail_live(err, "make", plan->name);
	for (int i = 0; i < TRIES && got != 0; i++) {
		member_release(ret);
		ret->created = false;
		got = connect_or_create(plan, box, boxes_fd, ret, err);
		if (got == 0)
			got = live_answered(ret->connection_fd, &ret->way, err);
		if (got < 0)
			return -1;
	}
	errno = ECONNRESET;
	return got ? fail_live(err, "join", plan->name) : 0;
}

int member_join(const char *box_path, struct member *ret, struct error *err)
{
	_cleanup_fd_ int dir_fd = sys_open(box_path,
					   O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	int fd, answer;

	*ret = MEMBER_NOBODY;
	if (dir_fd < 0)
		return MEMBER_NONE;
	ret->connection_fd = key_use(dir_fd, &ret->way, &ret->keeper_fd);
	if (ret->connection_fd >= 0)
		return 0;
	fd = live_connect(dir_fd);
	if (fd < 0 || join(fd, ret) < 0)
		return MEMBER_NONE;
	answer = live_answered(ret->connection_fd, &ret->way, err);
	return answer == LIVE_GONE ? MEMBER_NONE : answer;
}

int member_ready(struct member *m, struct error *err)
{
	if (live_ask(m->connection_fd, LIVE_READY, 0) == 0 &&
	    live_answered(m->connection_fd, NULL, err) == 0)
		return 0;
	(void)fail_call(err, CALL_STATE, "door");
	return fail_message(err, "cannot let others join the box");
}

/* With the gate ours, so that nobody makes it anew meanwhile. What cannot be removed hinders nobody. */
static void remove_dead(const char *box_path, int dir_fd)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_fd_ int boxes_fd = sys_open(path_parent(&arena, box_path),
					     O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct error ignored;

	live_bury(dir_fd);
	if (boxes_fd >= 0 && flock(dir_fd, LOCK_EX | LOCK_NB) == 0)
		(void)remove_tree(boxes_fd, path_name(box_path), &ignored);
}

int member_clean(const char *box_path, const char *link, struct error *err)
{
	_cleanup_fd_ int dir_fd = sys_open(box_path,
					   O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	_cleanup_fd_ int gate_fd = dir_fd < 0 ? -EBADF : live_gate(dir_fd), fd = -EBADF;

	if (dir_fd >= 0 && gate_fd < 0 && errno != ENOENT)
		return fail_live(err, "use", path_name(box_path));
	fd = gate_fd < 0 ? -EBADF : live_connect(dir_fd);
	if (fd >= 0)
		return MEMBER_LIVES;
	link_remove(link, box_path);
	if (gate_fd >= 0)
		remove_dead(box_path, dir_fd);
	return 0;
}

int member_stop(const char *box_path, uint32_t grace_ms, struct error *err)
{
	_cleanup_fd_ int dir_fd = sys_open(box_path,
					   O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	_cleanup_fd_ int fd = dir_fd < 0 ? -1 : live_connect(dir_fd);

	if (fd < 0 || live_ask(fd, LIVE_STOP, grace_ms) < 0)
		return MEMBER_NONE;
	/* It is not answered: the connection ends with the keeper, who ends last. */
	return live_answered(fd, NULL, err) < 0 ? -1 : 0;
}

void member_leave(struct member *m, bool stays)
{
	struct error ignored;

	if (!stays && m->connection_fd >= 0 && live_ask(m->connection_fd, LIVE_LEAVE, 0) == 0)
		(void)live_answered(m->connection_fd, NULL, &ignored);
	member_release(m);
}

/* ---- entering ---- */

struct waiting {
	const struct plan *plan;
	pid_t command;
	int signal_fd;
	int status; /* of wait(2) */
	bool ended;
};

static void collect(struct waiting *w)
{
	int status;

	while (!w->ended && waitpid(w->command, &status, WNOHANG | WUNTRACED) == w->command) {
		if (WIFSTOPPED(status)) {
			signals_follow_stop(w->command);
			continue;
		}
		w->status = status;
		w->ended = true;
	}
}

/* Something to read; beside a caller that may be gone before. */
static void wait_for_one(const struct waiting *w)
{
	struct pollfd fds[2] = {
		{ .fd = w->signal_fd, .events = POLLIN },
		{ .fd = leash_fd(w->plan), .events = POLLIN },
	};

	if (!w->plan->leash)
		return;
	while (poll(fds, 2, -1) < 0 && errno == EINTR)
		;
	leash_check(w->plan);
}

static void wait_for(struct waiting *w)
{
	while (!w->ended) {
		struct signalfd_siginfo info;

		wait_for_one(w);
		if (read(w->signal_fd, &info, sizeof(info)) != sizeof(info))
			continue;
		if (info.ssi_signo == SIGCHLD)
			collect(w);
		/* What the terminal sends reaches the command by itself. */
		else if (info.ssi_code <= 0)
			(void)kill(w->command, (int)info.ssi_signo);
	}
}

int member_enter(const struct plan *plan, struct member *m, struct error *err)
{
	bool on_terminal = pty_wanted();
	int refused;

	if (m->entered)
		return 0;
	if (on_terminal)
		pty_prepare(&m->pty);
	if (!on_terminal && privilege_needs_second(plan))
		m->proc_fd = sys_open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	/* Before: in there others could look into us (ptrace(2)), and open what we have. */
	refused = prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	for (size_t i = 0; i < LIVE_NAMESPACES && refused == 0 && m->way.namespaces[i] >= 0; i++)
		refused = setns(m->way.namespaces[i], 0);
	/* Like the first command: a time namespace has nothing that could be shared, and its offsets are those of here. */
	if (refused == 0 && plan->unshare[NS_TIME])
		refused = unshare(CLONE_NEWTIME);
	if (refused)
		return fail_live(err, "enter", plan->name);
	m->entered = true;
	return 0;
}

/*
 * Its init is dead, or about to be: nothing can be started in it any more (ENOMEM, pid_namespaces(7)). That is so some time before
 * its pidfd tells, for which the others have to be through first.
 */
static bool has_ended(const struct member *m, const struct error *err)
{
	enum { LONG_MS = 2000, STEP_MS = 10 };
	struct pollfd init = { .fd = m->way.pidfd, .events = POLLIN };

	if (m->way.pidfd >= 0)
		return poll(&init, 1, err->sys == ENOMEM ? LONG_MS : 0) == 1;
	for (int ms = 0; err->sys == ENOMEM && ms < LONG_MS; ms += STEP_MS) {
		if (key_is_void(m->connection_fd, m->keeper_fd))
			return true;
		(void)poll(NULL, 0, STEP_MS);
	}
	return false;
}

/* The command has what we have as its input and output. */
static int run_plain(const struct inside *in, int signal_fd, int *ret_status, struct error *err)
{
	struct waiting w = { .plan = in->plan,
			     .command = command_start(in, err),
			     .signal_fd = signal_fd };

	if (w.command < 0)
		return -1;
	wait_for(&w);
	*ret_status = w.status;
	return 0;
}

int member_run(const struct plan *plan, struct member *m, int *ret_status, struct error *err)
{
	struct inside in = { .plan = plan,
			     .caller = getuid(),
			     .terminal = terminal_present(),
			     .member = true,
			     .tell_fd = -1,
			     .ask_fd = -1 };
	bool on_terminal = pty_wanted();
	_cleanup_fd_ int signal_fd = -EBADF;
	/* As for all who are in it when it ends. */
	int answer = -1, status = SIGKILL;

	if (member_enter(plan, m, err) < 0 || (on_terminal && pty_open(&m->pty, plan, err) < 0))
		return -1;
	in.proc_fd = m->proc_fd;
	signal_fd = signals_open(0, &in.mask);
	if (plan->leash)
		in.mask = plan->leash->mask;
	if (signal_fd < 0)
		(void)fail_live(err, "enter", plan->name);
	else if (on_terminal)
		answer = relay_run(&in, &m->pty, signal_fd, &status, err);
	else
		answer = run_plain(&in, signal_fd, &status, err);
	pty_close(&m->pty);
	if (!plan->leash)
		(void)sigprocmask(SIG_SETMASK, &in.mask, NULL);
	if (answer < 0 && !has_ended(m, err))
		return -1;
	*ret_status = signals_status(answer < 0 ? SIGKILL : status);
	return 0;
}
