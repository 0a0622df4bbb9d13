/* SPDX-License-Identifier: MIT */
/*
 * A program with everything that a guest could step on: threads that use memory all the time, 1000 open descriptors, handlers, an ignored
 * SIGCHLD. Boxes are run by one of its threads; afterwards all is as before.
 */
#include <nacre.h>

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 8, THREADS = 4, DESCRIPTORS = 1000 };

static atomic_bool over;
static atomic_int handled;

static void handler(int signal)
{
	(void)signal;
	handled++;
}

/* Memory comes and goes, so that a lock of malloc(3) is always held by somebody. */
static void *work(void *arg)
{
	while (!over) {
		void *v = malloc((size_t)rand() % 5000);

		free(v);
	}
	return arg;
}

static int count_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int n = 0;

	while (dir && readdir(dir))
		n++;
	if (dir)
		(void)closedir(dir);
	return n;
}

static void stop(const char *what)
{
	(void)fprintf(stderr, "host: %s\n", what);
	exit(1);
}

/* The exit status of a command in a box, by nacre's words or, when the first of them is "bwrap", by bubblewrap's. */
static int run(char **words, int count)
{
	bool as_bwrap = strcmp(words[0], "bwrap") == 0;
	char *told = NULL;
	struct nacre_plan *plan = nacre_plan_new();
	struct nacre_error *error = nacre_error_new();
	struct nacre_result result = { .size = sizeof(result) };

	if ((as_bwrap ? nacre_plan_read_as(plan, "bwrap", count, words, &told, error)
		      : nacre_plan_read(plan, "run", count, words, error)) < 0 ||
	    nacre_plan_prepare(plan, error) < 0 || nacre_plan_run(plan, NULL, &result, error) < 0) {
		char *text = nacre_error_text(error, plan, false);

		(void)fputs(text, stderr);
		free(text);
		result.status = nacre_error_status(error, plan);
	}
	free(result.name);
	free(result.path);
	nacre_error_free(error);
	nacre_plan_free(plan);
	return result.status;
}

#define RUN(...) \
	run((char *[]){ __VA_ARGS__, NULL }, sizeof((char *[]){ __VA_ARGS__ }) / sizeof(char *))

/* SIGCHLD as it is set now. */
static void run_some(const char *how)
{
	if (RUN("--rm", "--", "sh", "-c", "exit 7") != 7)
		stop(how);
	if (RUN("--rm", "--", "sh", "-c", "kill -KILL $$") != 137)
		stop(how);
	/* Standard input, output, error, and what ls itself opens. */
	if (RUN("--rm", "--", "sh", "-c", "[ $(ls /proc/self/fd | wc -l) -eq 4 ]") != 0)
		stop("descriptors were passed on");
	/* The caller is not to become this one. */
	if (RUN("--share", "pid", "--writes", "host", "--", "sh", "-c", "exit 3") != 3)
		stop(how);
	if (RUN("--rm", "--", "/no/such/program") != 127)
		stop(how);
	/* Another program's ways with processes, less what it does to itself. */
	if (RUN("bwrap", "--unshare-pid", "--ro-bind", "/", "/", "--die-with-parent", "sh", "-c",
		"exit 7") != 7 ||
	    RUN("bwrap", "--ro-bind", "/", "/", "sh", "-c", "kill -KILL $$") != 137)
		stop(how);
}

static void *run_all(void *arg)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = SA_RESTART };
	struct sigaction child;
	pid_t pid;
	int status;

	for (int i = 0; i < ROUNDS; i++) {
		(void)signal(SIGCHLD, SIG_DFL);
		run_some("with SIGCHLD as it is at first");
		(void)sigaction(SIGCHLD, &action, NULL);
		run_some("with a handler of SIGCHLD");
		/* A child of the program's own ends while a box runs, and stays the program's. */
		pid = fork();
		if (pid == 0)
			_exit(5);
		if (RUN("--rm", "--", "sleep", "0.1") != 0 || waitpid(pid, &status, 0) != pid ||
		    WEXITSTATUS(status) != 5)
			stop("a child of the program was lost");
		(void)signal(SIGCHLD, SIG_IGN);
		run_some("with SIGCHLD ignored");
		if (sigaction(SIGCHLD, NULL, &child) < 0 || child.sa_handler != SIG_IGN)
			stop("what the program does with SIGCHLD was changed");
	}
	return arg;
}

/* A sandbox in a namespace that is there: its maker would have to go there, which is the caller. */
static void refuse_to_move(void)
{
	struct nacre_plan *plan = nacre_plan_new();
	struct nacre_error *error = nacre_error_new();
	struct nacre_result result = { .size = sizeof(result) };
	char number[16], *told, *text;
	char *words[] = { "bwrap", "--userns", number, "--ro-bind", "/", "/", "true", NULL };
	int fd = open("/proc/self/ns/user", O_RDONLY | O_CLOEXEC);

	(void)snprintf(number, sizeof(number), "%d", fd);
	if (nacre_plan_read_as(plan, "bwrap", 7, words, &told, error) < 0 ||
	    nacre_plan_prepare(plan, error) < 0 || nacre_plan_run(plan, NULL, &result, error) == 0)
		stop("the caller would have been moved");
	text = nacre_error_text(error, NULL, false);
	if (!strstr(text, "[plan-join-needs-process]"))
		stop(text);
	free(text);
	(void)close(fd);
	nacre_error_free(error);
	nacre_plan_free(plan);
}

int main(void)
{
	struct rlimit limit = { DESCRIPTORS + 100, DESCRIPTORS + 100 };
	pthread_t threads[THREADS], runner;
	sigset_t before, after;
	char cwd[4096], cwd_after[4096];
	mode_t mask = umask(027);
	int descriptors, dumpable = prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);

	(void)setrlimit(RLIMIT_NOFILE, &limit);
	/* Not all close at exec. */
	for (int i = 0; i < DESCRIPTORS; i++)
		if (open("/dev/null", O_RDONLY | (i % 2 ? O_CLOEXEC : 0)) < 0)
			stop("cannot open");
	(void)sigprocmask(SIG_BLOCK, NULL, &before);
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], NULL, work, NULL))
			stop("cannot start a thread");
	descriptors = count_descriptors();
	if (!getcwd(cwd, sizeof(cwd)) || pthread_create(&runner, NULL, run_all, NULL) ||
	    pthread_join(runner, NULL))
		stop("cannot run");
	refuse_to_move();
	over = true;
	for (int i = 0; i < THREADS; i++)
		(void)pthread_join(threads[i], NULL);
	(void)sigprocmask(SIG_BLOCK, NULL, &after);
	if (count_descriptors() != descriptors)
		stop("descriptors are left");
	if (memcmp(&before, &after, sizeof(before)) != 0)
		stop("signals are blocked");
	if (!getcwd(cwd_after, sizeof(cwd_after)) || strcmp(cwd, cwd_after) != 0)
		stop("the working directory is another one");
	if (umask(mask) != 027 || prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != dumpable)
		stop("the mask of modes, or that it can be looked at");
	if (!handled)
		stop("its own child was not told of");
	(void)puts("as before");
	return 0;
}
