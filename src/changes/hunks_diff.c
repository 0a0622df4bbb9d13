// SPDX-License-Identifier: MIT
/*
 * One call of diff(1). It gets both files as descriptors and opens them by /proc/self/fd, so that no name of a box ever reaches
 * it; its environment is LC_ALL=C and nothing else. What it complains about comes through the same pipe as its output: it does
 * so only when its status is 2, and then there is no output that counts.
 */
#include "changes/hunks_diff.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>

enum {
	OLD_FD = 3, /* in the child; spawn_diff() names them */
	NEW_FD = 4,
	FREE_FD = 5, /* from here on: not overwritten while the child's descriptors are put in place */
	DIFFERENT = 1, /* exit status of diff(1), as 0 */
	NOT_FOUND = 127, /* where the C library cannot tell of a failed exec(3) otherwise */
	PIECE_SIZE = 64 * 1024,
};

/* posix_spawn file actions return an errno; the first one that is not 0 counts. */
static int add_actions(posix_spawn_file_actions_t *actions, int old_fd, int new_fd, int out_fd)
{
	const struct {
		int from, to;
	} moves[] = {
		{ out_fd, STDOUT_FILENO },
		{ out_fd, STDERR_FILENO },
		{ old_fd, OLD_FD },
		{ new_fd, NEW_FD },
	};
	int sys = posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);

	for (size_t i = 0; i < ARRAY_LEN(moves) && !sys; i++)
		sys = posix_spawn_file_actions_adddup2(actions, moves[i].from, moves[i].to);
	return sys;
}

/* -a: what is text has been decided before. Returns 0 or an errno. */
static int spawn_diff(int old_fd, int new_fd, int out_fd, pid_t *ret_pid)
{
	static char *const argv[] = {
		"diff", "-a", "-u", "/proc/self/fd/3", "/proc/self/fd/4", NULL
	};
	static char *const environment[] = { "LC_ALL=C", NULL };
	posix_spawn_file_actions_t actions;
	int sys = posix_spawn_file_actions_init(&actions);

	if (sys)
		return sys;
	sys = add_actions(&actions, old_fd, new_fd, out_fd);
	if (!sys)
		sys = posix_spawnp(ret_pid, argv[0], &actions, NULL, argv, environment);
	(void)posix_spawn_file_actions_destroy(&actions);
	return sys;
}

/* A descriptor that those of the child cannot overwrite. */
static int fd_above(int fd)
{
	return fcntl(fd, F_DUPFD_CLOEXEC, FREE_FD);
}

/* Starts diff(1) with its output in a pipe. Returns 0 or an errno. */
static int start_diff(int old_fd, int new_fd, int *ret_fd, pid_t *ret_pid)
{
	_cleanup_fd_ int old = fd_above(old_fd), now = fd_above(new_fd);
	_cleanup_fd_ int read_fd = -EBADF, write_fd = -EBADF, low_fd = -EBADF;
	int ends[2], sys;

	if (old < 0 || now < 0 || pipe2(ends, O_CLOEXEC) < 0)
		return errno;
	read_fd = ends[0];
	low_fd = ends[1];
	write_fd = fd_above(low_fd);
	if (write_fd < 0)
		return errno;
	sys = spawn_diff(old, now, write_fd, ret_pid);
	if (!sys)
		*ret_fd = TAKE_FD(read_fd);
	return sys;
}

/* Adds everything up to the end. -1 with errno. */
static int read_pipe(int fd, struct text *out)
{
	char piece[PIECE_SIZE];

	for (;;) {
		ssize_t n = read(fd, piece, sizeof(piece));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return (int)n;
		text_add_bytes(out, piece, (size_t)n);
	}
}

/* Returns 0 or an errno. */
static int wait_for(pid_t pid, int *ret_status)
{
	while (waitpid(pid, ret_status, 0) < 0)
		if (errno != EINTR)
			return errno;
	return 0;
}

static int fail_diff(struct error *err, int sys)
{
	errno = sys;
	return fail_call(err, CALL_PROCESS, "diff");
}

static int fail_missing(struct error *err)
{
	fail_diff(err, ENOENT);
	error_explain(err, "diff-missing", NULL, NULL);
	return -1;
}

/* complaint: its first line says why diff(1) gave up. */
static int fail_complaint(struct error *err, const char *complaint)
{
	fail_diff(err, 0);
	if (*complaint)
		error_set_reason(err, "%.*s", (int)strcspn(complaint, "\n"), complaint);
	else
		error_set_reason(err, "diff(1) ended without a word");
	return -1;
}

int diff_run(int old_fd, int new_fd, struct text *out, struct error *err)
{
	_cleanup_fd_ int fd = -EBADF;
	size_t before = out->len;
	int status, sys, waited;
	pid_t pid = -1;

	sys = start_diff(old_fd, new_fd, &fd, &pid);
	if (sys)
		return sys == ENOENT ? fail_missing(err) : fail_diff(err, sys);
	sys = read_pipe(fd, out) < 0 ? errno : 0;
	fd = close_fd(fd); /* what it still writes goes nowhere, so it ends */
	waited = wait_for(pid, &status);
	if (sys || waited)
		return fail_diff(err, sys ? sys : waited);
	if (WIFEXITED(status) && WEXITSTATUS(status) <= DIFFERENT)
		return 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND)
		return fail_missing(err);
	return fail_complaint(err, text_str(out) + before);
}
