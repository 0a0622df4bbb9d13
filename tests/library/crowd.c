/* SPDX-License-Identifier: MIT */
/*
 * Many boxes of one program: its threads start, signal and wait for them at once, and join one that lives, while others of its threads hold the
 * locks of malloc(3) and stdio(3) all the time. Afterwards the program is in the namespaces that it was in, has the descriptors and no child
 * that it has not made, and none of its handlers was called. When it ends, its boxes do.
 */
#include <nacre.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 4, ROUNDS = 6, MINUTE_MS = 60000 };

static atomic_bool over;
static atomic_int handled;

static void handler(int signal)
{
	(void)signal;
	handled++;
}

static void stop(const char *what)
{
	(void)fprintf(stderr, "crowd: %s\n", what);
	_exit(1);
}

/* With one arena for all, whoever copies the process finds a lock of somebody else's. */
static void *hold_locks(void *arg)
{
	while (!over) {
		DIR *dir = opendir("/proc/self");
		FILE *file = fopen("/dev/null", "w");
		void *v = malloc(200000);

		free(v);
		if (dir)
			(void)closedir(dir);
		if (file)
			(void)fclose(file);
	}
	return arg;
}

static void fail(struct nacre_error *error, const char *what)
{
	char *text = nacre_error_text(error, NULL, false);

	(void)fputs(text, stderr);
	stop(what);
}

static struct nacre_plan *plan_of(const char *script, struct nacre_error *error)
{
	const char *const words[] = { "sh", "-c", script, NULL };
	struct nacre_plan *plan = nacre_plan_new();

	if (nacre_plan_set(plan, "rm", NULL, error) < 0 ||
	    nacre_plan_command(plan, words, error) < 0 || nacre_plan_prepare(plan, error) < 0)
		fail(error, "cannot prepare");
	return plan;
}

/* What it writes to descriptor 7 comes back by the pipe, whose other end nobody else has. */
static struct nacre_process *spawn(const char *script, int *ret_fd, struct nacre_error *error)
{
	const int standard[] = { -1, -1, 2 };
	struct nacre_plan *plan = plan_of(script, error);
	struct nacre_process *process;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		stop("no pipe");
	struct nacre_descriptor seven = { ends[1], 7 };
	struct nacre_spawn options = { .size = sizeof(options),
				       .standard = standard,
				       .descriptors = &seven,
				       .descriptor_count = 1 };

	if (nacre_plan_spawn(plan, &options, &process, error) < 0)
		fail(error, "cannot spawn");
	nacre_plan_free(plan);
	(void)close(ends[1]);
	*ret_fd = ends[0];
	return process;
}

static int end_of(struct nacre_process *process, struct nacre_error *error)
{
	struct pollfd end = { .fd = nacre_process_fd(process), .events = POLLIN };
	struct nacre_result result = { .size = sizeof(result) }, again = result;

	if (poll(&end, 1, MINUTE_MS) != 1)
		stop("the descriptor does not tell the end");
	if (nacre_process_wait(process, &result, error) < 0 ||
	    nacre_process_wait(process, &again, error) < 0)
		fail(error, "cannot wait");
	if (again.status != result.status || result.kept || result.name)
		stop("what came of it");
	nacre_process_free(process);
	return result.status;
}

/* What came of it instead. */
static void tell_end(struct nacre_process *process, const char *text, const char *line,
		     struct nacre_error *error)
{
	struct nacre_result result = { .size = sizeof(result) };

	(void)fprintf(stderr, "crowd: \"%s\" for \"%s\"\n", text, line);
	if (nacre_process_wait(process, &result, error) < 0)
		fail(error, "a box came to nothing");
	(void)fprintf(stderr, "crowd: status %d\n", result.status);
	stop("another line than it should be");
}

static void expect_line(struct nacre_process *process, int fd, const char *line,
			struct nacre_error *error)
{
	struct pollfd in = { .fd = fd, .events = POLLIN };
	char text[100] = "";

	if (poll(&in, 1, MINUTE_MS) != 1 || read(fd, text, sizeof(text) - 1) < 0 ||
	    strcmp(text, line) != 0)
		tell_end(process, text, line, error);
}

/* Nobody has the other end any more: all that was in the box is gone. */
static void expect_end(int fd)
{
	struct pollfd in = { .fd = fd, .events = POLLIN };
	char byte;

	if (poll(&in, 1, MINUTE_MS) != 1 || read(fd, &byte, 1) != 0)
		stop("something of the box is left");
	(void)close(fd);
}

static void spawn_some(struct nacre_error *error)
{
	struct nacre_process *a, *b, *c;
	int from_a, from_b, from_c;

	/* Standard ones, 7, and what ls itself opens. */
	a = spawn("echo $(ls /proc/self/fd | wc -l) >&7; exit 3", &from_a, error);
	b = spawn("trap 'exit 4' TERM; echo b >&7; while :; do sleep 0.02; done", &from_b, error);
	c = spawn("setsid sleep 1000 & echo c >&7; exec sleep 1000", &from_c, error);
	expect_line(c, from_c, "c\n", error);
	expect_line(b, from_b, "b\n", error);
	expect_line(a, from_a, "5\n", error);
	if (nacre_process_signal(b, SIGTERM, error) < 0 ||
	    nacre_process_signal(c, SIGKILL, error) < 0)
		fail(error, "cannot signal");
	if (nacre_process_signal(b, SIGSEGV, error) == 0)
		stop("a signal that cannot be passed on");
	expect_end(from_c);
	if (end_of(b, error) != 4 || end_of(a, error) != 3 || end_of(c, error) != 128 + SIGKILL)
		stop("a status");
	expect_end(from_a);
	expect_end(from_b);
	/* One that nobody waits for. */
	a = spawn("echo a >&7; sleep 1000", &from_a, error);
	expect_line(a, from_a, "a\n", error);
	nacre_process_free(a);
	expect_end(from_a);
}

static void fail_some(struct nacre_error *error)
{
	const char *const words[] = { "/no/such/program", NULL };
	struct nacre_result result = { .size = sizeof(result) }, none = { .size = 0 };
	struct nacre_descriptor closed = { 999, 5 };
	struct nacre_spawn options = { .size = sizeof(options),
				       .descriptors = &closed,
				       .descriptor_count = 1 };
	struct nacre_plan *plan = plan_of("true", error);
	struct nacre_process *process;
	char *text;

	if (nacre_plan_spawn(plan, &options, &process, error) == 0)
		stop("a descriptor that is not there");
	if (nacre_plan_command(plan, words, error) < 0 ||
	    nacre_plan_spawn(plan, NULL, &process, error) < 0)
		fail(error, "cannot spawn");
	if (nacre_process_wait(process, &none, error) == 0 ||
	    nacre_process_wait(process, &result, error) == 0 ||
	    nacre_error_status(error, plan) != 127)
		stop("a program that is not there");
	text = nacre_error_text(error, plan, false);
	if (!strstr(text, "/no/such/program") || !strstr(text, "[command-path-missing]"))
		stop("the error does not come whole");
	free(text);
	nacre_process_free(process);
	nacre_plan_free(plan);
}

static void join_some(struct nacre_error *error)
{
	const char *const words[] = { "sh", "-c", "[ -e /tmp/of-the-box ] && exit 5", NULL };

	for (int i = 0; i < ROUNDS; i++) {
		struct nacre_plan *plan = nacre_plan_new();
		int status = 0;

		if (nacre_plan_hold(plan, "crowd", error) < 0 ||
		    nacre_plan_command(plan, words, error) < 0 ||
		    nacre_plan_join(plan, &status, error) != 0)
			fail(error, "cannot join");
		if (status != 5)
			stop("another box");
		nacre_plan_free(plan);
	}
}

static void *work(void *arg)
{
	struct nacre_error *error = nacre_error_new();

	for (int i = 0; i < ROUNDS; i++)
		spawn_some(error);
	fail_some(error);
	join_some(error);
	nacre_error_free(error);
	return arg;
}

/* A box by the name of crowd, in which a file is. */
static struct nacre_plan *start_box(struct nacre_error *error)
{
	const char *const words[] = { "touch", "/tmp/of-the-box", NULL };
	struct nacre_plan *plan = nacre_plan_new(), *first = nacre_plan_new();
	bool made;
	int status = 1;

	if (nacre_plan_hold(plan, "crowd", error) < 0 || nacre_plan_prepare(plan, error) < 0 ||
	    nacre_plan_start(plan, &made, error) < 0 || nacre_plan_hold(first, "crowd", error) < 0 ||
	    nacre_plan_command(first, words, error) < 0 ||
	    nacre_plan_join(first, &status, error) < 0)
		fail(error, "cannot start");
	if (!made || status != 0)
		stop("what became of the box that lives");
	nacre_plan_free(first);
	return plan;
}

/* The process that has a box is killed; of the box nothing is left. */
static void die_with_a_box(struct nacre_error *error)
{
	int marks[2], ends[2];
	char byte;
	pid_t pid;

	if (pipe2(marks, O_CLOEXEC) < 0 || pipe2(ends, O_CLOEXEC) < 0)
		stop("no pipe");
	pid = fork();
	if (pid == 0) {
		struct nacre_descriptor both[] = { { marks[1], 8 }, { ends[1], 9 } };
		struct nacre_spawn options = { .size = sizeof(options),
					       .descriptors = both,
					       .descriptor_count = 2 };
		struct nacre_process *process;

		if (nacre_plan_spawn(plan_of("echo >&8; exec sleep 1000", error), &options,
				     &process, error) < 0)
			fail(error, "cannot spawn");
		(void)pause();
	}
	(void)close(ends[1]);
	if (pid < 0 || read(marks[0], &byte, 1) != 1 || kill(pid, SIGKILL) < 0 ||
	    waitpid(pid, NULL, 0) != pid)
		stop("cannot fork");
	(void)close(marks[0]);
	(void)close(marks[1]);
	expect_end(ends[0]);
}

struct state {
	ino_t namespaces[8];
	char cwd[4096];
	sigset_t mask;
	uid_t uid;
	mode_t mode;
	int descriptors;
};

static int count_descriptors(void)
{
	int n = 0;

	for (int fd = 0; fd < 1024; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

static struct state look(void)
{
	static const char *const names[] = { "user", "mnt", "pid", "pid_for_children",
					     "ipc",  "uts", "net", "cgroup" };
	struct state s;

	memset(&s, 0, sizeof(s));
	for (int i = 0; i < 8; i++) {
		char path[64];
		struct stat st;

		(void)snprintf(path, sizeof(path), "/proc/self/ns/%s", names[i]);
		s.namespaces[i] = stat(path, &st) == 0 ? st.st_ino : 0;
	}
	if (!getcwd(s.cwd, sizeof(s.cwd)))
		stop("no directory");
	(void)pthread_sigmask(SIG_BLOCK, NULL, &s.mask);
	s.uid = getuid();
	s.mode = umask(022);
	(void)umask(s.mode);
	s.descriptors = count_descriptors();
	return s;
}

int main(void)
{
	struct nacre_error *error = nacre_error_new();
	struct sigaction action = { .sa_handler = handler, .sa_flags = SA_RESTART };
	pthread_t threads[THREADS], holders[THREADS];
	struct nacre_plan *box;
	struct state before, after;

	(void)mallopt(M_ARENA_MAX, 1);
	die_with_a_box(error);
	for (int n = 1; n < NSIG; n++)
		if (n != SIGKILL && n != SIGSTOP && n != SIGSEGV && n != SIGABRT)
			(void)sigaction(n, &action, NULL);
	before = look();
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&holders[i], NULL, hold_locks, NULL))
			stop("no thread");
	box = start_box(error);
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], NULL, work, NULL))
			stop("no thread");
	for (int i = 0; i < THREADS; i++)
		(void)pthread_join(threads[i], NULL);
	if (nacre_stop(box, "crowd", 1000, error) < 0)
		fail(error, "cannot stop");
	over = true;
	for (int i = 0; i < THREADS; i++)
		(void)pthread_join(holders[i], NULL);
	after = look();
	if (memcmp(&before, &after, sizeof(before)) != 0)
		stop("the program is not what it was");
	if (waitpid(-1, NULL, WNOHANG | __WALL) >= 0 || errno != ECHILD)
		stop("it has a child that it has not made");
	if (handled)
		stop("one of its handlers was called");
	nacre_plan_free(box);
	nacre_error_free(error);
	(void)puts("as before");
	return 0;
}
