// SPDX-License-Identifier: MIT
/*
 * Plans in processes beside the caller's (run/aside.h). The report comes as one message when all is done: the box is closed, what it
 * changed is counted.
 */
#include "api/process.h"

#include "api/handles.h"
#include "base/cleanup.h"
#include "base/syscalls.h"
#include "run/aside.h"
#include "run/signals.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>

struct nacre_process {
	struct arena arena;
	struct aside aside;
	bool runs; /* it has a box, whose init can be ended; else its own end ends the command */
	bool killed; /* by nacre_process_signal() */
	bool ended;
	struct process_report report;
};

struct job {
	struct nacre_plan *plan;
	int how;
	process_trace trace;
	const struct aside_fd *fds; /* those of the command, in the numbers that it has there */
	size_t fd_count;
};

/* ---- doing it ---- */

static void do_here(const struct job *job, struct process_report *report)
{
	*report = (struct process_report){ 0 };
	switch (job->how) {
	case NACRE_JOIN:
		join_here(job->plan, report);
		break;
	case NACRE_ENTER:
		enter_here(job->plan, report);
		break;
	case NACRE_START:
		start_here(job->plan, report);
		break;
	default:
		run_here(job->plan, job->trace, report);
	}
}

/* In the process beside the caller's; what is done to the plan is not seen by him. */
static void do_beside(const struct leash *leash, void *arg)
{
	const struct job *job = arg;
	struct plan *plan = job->plan->plan;
	struct process_report report;

	plan->leash = leash;
	plan->owns_process = true;
	for (size_t i = 0; i < job->fd_count; i++)
		if (job->fds[i].as > STDERR_FILENO)
			*VECTOR_ADD(&plan->arena, &plan->pass_fds) = job->fds[i].as;
	do_here(job, &report);
	(void)aside_send(leash->channel_fd, &report, sizeof(report));
}

/* ---- starting ---- */

static int refuse_fd(int fd, struct error *err)
{
	char number[16];

	(void)snprintf(number, sizeof(number), "%d", fd);
	(void)fail_call(err, CALL_PROCESS, number);
	return fail_message(err, "cannot pass on descriptor %s", number);
}

static bool has_number(const struct aside_fd *fds, size_t count, int number)
{
	for (size_t i = 0; i < count; i++)
		if (fds[i].as == number)
			return true;
	return false;
}

/* All that it is to have: standard ones, those of the options, and those that the plan passes on by their own numbers. */
static int collect_fds(struct arena *arena, const struct plan *plan,
		       const struct nacre_spawn *spawn, struct aside_start *start, struct error *err)
{
	size_t n = 0;
	struct aside_fd *fds;

	fds = arena_alloc(arena,
			  (3 + spawn->descriptor_count + plan->pass_fds.count) * sizeof(*fds));
	for (int i = 0; i < 3; i++)
		fds[n++] = (struct aside_fd){ spawn->standard ? spawn->standard[i] : i, i };
	for (size_t i = 0; i < spawn->descriptor_count; i++)
		fds[n++] = (struct aside_fd){ spawn->descriptors[i].fd, spawn->descriptors[i].as };
	for (size_t i = 0; i < n; i++) {
		bool wanted = i >= 3 || (spawn->standard && fds[i].fd >= 0);

		errno = EINVAL;
		if (fds[i].as < 0 || has_number(fds, i, fds[i].as))
			return refuse_fd(fds[i].as, err);
		if (wanted && fcntl(fds[i].fd, F_GETFD) < 0)
			return refuse_fd(fds[i].fd, err);
	}
	for (size_t i = 0; i < plan->pass_fds.count; i++) {
		int fd = plan->pass_fds.items[i];

		if (!has_number(fds, n, fd))
			fds[n++] = (struct aside_fd){ fd, fd };
		if (fcntl(fd, F_GETFD) < 0)
			return refuse_fd(fd, err);
	}
	start->fds = fds;
	start->fd_count = n;
	return 0;
}

static int check(const struct nacre_plan *plan, int how, struct nacre_error *error)
{
	if (how < NACRE_RUN || how > NACRE_START)
		return fail(&error->value, ERROR_PLAN, EINVAL,
			    "cannot do what this version does not know");
	if (how == NACRE_RUN && !plan->plan->argv.count)
		return nacre_usage(error, "usage-no-command", "no command given",
				   "say what to run: nacre_plan_command()");
	if (how != NACRE_JOIN && !plan->prepared)
		return fail(&error->value, ERROR_PLAN, EINVAL,
			    "cannot use a plan before nacre_plan_prepare()");
	if (how != NACRE_RUN && !plan->plan->name)
		return nacre_usage(error, "usage-no-box", "no box named",
				   "say which: nacre_plan_hold()");
	return 0;
}

static int start(struct nacre_plan *plan, const struct nacre_spawn *spawn, const sigset_t *mask,
		 struct nacre_process **ret, struct nacre_error *error)
{
	struct arena arena = { 0 };
	struct nacre_process *p = arena_new(&arena, struct nacre_process);
	struct job job = { .plan = plan, .how = spawn->how, .trace = spawn->trace };
	/* What a plan of another program's words means by its numbers is not looked into. */
	struct aside_start aside = {
		.keep_all = plan->plan->program, .mask = *mask, .body = do_beside, .arg = &job
	};
	int answer = collect_fds(&arena, plan->plan, spawn, &aside, &error->value);

	job.fds = aside.fds ? aside.fds + 3 : NULL;
	job.fd_count = spawn->descriptor_count;
	if (answer == 0)
		answer = aside_start(&aside, &p->aside, &error->value);
	if (answer < 0) {
		arena_release(&arena);
		return -1;
	}
	p->runs = spawn->how == NACRE_RUN;
	p->arena = arena;
	*ret = p;
	return 0;
}

int nacre_plan_spawn(struct nacre_plan *plan, const struct nacre_spawn *options,
		     struct nacre_process **ret, struct nacre_error *error)
{
	struct nacre_spawn spawn = { .size = sizeof(spawn) };
	sigset_t mask;

	if ((options && handles_take(&spawn, sizeof(spawn), options, &error->value) < 0) ||
	    check(plan, spawn.how, error) < 0)
		return -1;
	(void)sigprocmask(SIG_BLOCK, NULL, &mask);
	return start(plan, &spawn, &mask, ret, error);
}

/* ---- waiting ---- */

static void ended_early(struct process_report *report, bool killed)
{
	*report = (struct process_report){ .answer = killed ? 0 : -1, .status = 128 + SIGKILL };
	if (!killed)
		(void)fail(&report->err, ERROR_SYSTEM, 0,
			   "the process that looked after the box was ended");
}

/* Takes one message, if there is one; `wait` for it or for the end. True: it was a stop of the command. */
static bool take(struct nacre_process *p, bool wait)
{
	size_t n = aside_receive(&p->aside, &p->report, sizeof(p->report), wait);

	if (n == 1 || (n == 0 && !wait))
		return n == 1;
	if (n != sizeof(p->report))
		ended_early(&p->report, p->killed);
	aside_wait(&p->aside);
	p->ended = true;
	return false;
}

int nacre_process_fd(const struct nacre_process *process)
{
	return process->aside.pidfd;
}

void process_result(const struct process_report *r, struct nacre_result *ret)
{
	const struct nacre_result value = {
		.status = r->status,
		.changes = r->changes,
		.kept = r->kept,
		.named = r->named,
		.name = *r->name ? strdup(r->name) : NULL,
		.path = *r->path ? strdup(r->path) : NULL,
	};

	handles_fill(ret, &value, sizeof(value));
}

int nacre_process_wait(struct nacre_process *process, struct nacre_result *result,
		       struct nacre_error *error)
{
	if (handles_check(result, &error->value) < 0)
		return -1;
	while (!process->ended)
		(void)take(process, true);
	if (process->report.answer < 0)
		error->value = process->report.err;
	else
		process_result(&process->report, result);
	return process->report.answer;
}

int nacre_process_signal(struct nacre_process *process, int signal, struct nacre_error *error)
{
	sigset_t known;

	signals_forwarded(&known);
	errno = EINVAL;
	if (signal == SIGKILL) {
		process->killed = true;
		if (process->runs ? aside_send(process->aside.channel_fd, &(char){ ASIDE_KILL }, 1)
				  : sys_pidfd_send_signal(process->aside.pidfd, SIGKILL) == 0)
			return 0;
		errno = ESRCH;
	} else if (sigismember(&known, signal) == 1 &&
		   sys_pidfd_send_signal(process->aside.pidfd, signal) == 0) {
		return 0;
	}
	(void)fail_call(&error->value, CALL_PROCESS, "signal");
	return fail_message(&error->value, "cannot send signal %d to the command", signal);
}

void nacre_process_free(struct nacre_process *process)
{
	struct nacre_error ignored;

	if (!process)
		return;
	if (!process->ended)
		(void)nacre_process_signal(process, SIGKILL, &ignored);
	while (!process->ended)
		(void)take(process, true);
	aside_release(&process->aside);
	arena_release(&process->arena);
}

/* ---- both at once ---- */

static void pass_on(const struct nacre_process *p, int signal_fd)
{
	struct signalfd_siginfo info;

	while (read(signal_fd, &info, sizeof(info)) == sizeof(info))
		/* What the terminal sends reaches the command by itself. */
		if (info.ssi_signo != SIGCHLD && info.ssi_code <= 0)
			(void)sys_pidfd_send_signal(p->aside.pidfd, (int)info.ssi_signo);
}

static void look_after(struct nacre_process *p, int signal_fd)
{
	while (!p->ended) {
		struct pollfd fds[3] = {
			{ .fd = signal_fd, .events = POLLIN },
			{ .fd = p->aside.channel_fd, .events = POLLIN },
			{ .fd = p->aside.pidfd, .events = POLLIN },
		};

		if (poll(fds, 3, -1) < 0)
			continue;
		if (fds[0].revents)
			pass_on(p, signal_fd);
		/* The command's stop is the caller's, as if he were it. */
		if ((fds[1].revents || fds[2].revents) && take(p, true)) {
			(void)signals_stop(getpid(), SIGTSTP);
			(void)sys_pidfd_send_signal(p->aside.pidfd, SIGCONT);
		}
	}
}

static int call_beside(struct nacre_plan *plan, int how, process_trace trace,
		       struct process_report *report, struct nacre_error *error)
{
	const struct nacre_spawn spawn = { .how = how, .trace = trace };
	sigset_t mask;
	_cleanup_fd_ int signal_fd = signals_open(SFD_NONBLOCK, &mask);
	struct nacre_process *p = NULL;

	if (signal_fd < 0) {
		(void)fail_call(&error->value, CALL_PROCESS, "signalfd");
		(void)fail_message(&error->value, "cannot start a process");
	} else if (start(plan, &spawn, &mask, &p, error) == 0) {
		look_after(p, signal_fd);
		*report = p->report;
		error->value = report->answer < 0 ? report->err : error->value;
	}
	(void)sigprocmask(SIG_SETMASK, &mask, NULL);
	if (!p)
		return -1;
	nacre_process_free(p);
	return report->answer;
}

int process_call(struct nacre_plan *plan, int how, process_trace trace,
		 struct process_report *report, struct nacre_error *error)
{
	const struct job job = { .plan = plan, .how = how, .trace = trace };

	if (check(plan, how, error) < 0)
		return -1;
	if (!plan->plan->owns_process)
		return call_beside(plan, how, trace, report, error);
	do_here(&job, report);
	if (report->answer < 0)
		error->value = report->err;
	return report->answer;
}
