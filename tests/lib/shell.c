// SPDX-License-Identifier: MIT
/* A scratch directory and the shell in it. */
#include "shell.h"

#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>

bool scratch_make(struct scratch *s)
{
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(s->path, sizeof(s->path), "%s/nacre-test-XXXXXX", tmp ? tmp : "/tmp");
	s->fd = mkdtemp(s->path) ? open(s->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -EBADF;
	return check(s->fd >= 0);
}

void scratch_release(struct scratch *s)
{
	check(shell(s, "rm -r \"$PWD\"", NULL));
	s->fd = close_fd(s->fd);
}

static int spawn_shell(const char *script, const char *dir, int out_fd, pid_t *ret_pid)
{
	_cleanup_text_ struct text line = { 0 };
	posix_spawn_file_actions_t actions;
	int sys = posix_spawn_file_actions_init(&actions);

	if (sys)
		return sys;
	text_printf(
		&line,
		"cd '%s' && umask 022 && export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 "
		"GIT_CEILING_DIRECTORIES=\"$PWD\" && %s",
		dir, script);
	sys = posix_spawn_file_actions_adddup2(&actions, out_fd, STDOUT_FILENO);
	if (!sys)
		sys = posix_spawn_file_actions_adddup2(&actions, out_fd, STDERR_FILENO);
	if (!sys)
		sys = posix_spawnp(
			ret_pid, "sh", &actions, NULL,
			(char *[]){ (char[]){ "sh" }, (char[]){ "-c" }, line.data, NULL }, environ);
	(void)posix_spawn_file_actions_destroy(&actions);
	return sys;
}

bool shell(const struct scratch *s, const char *script, struct text *out)
{
	char piece[PIPE_BUF];
	int ends[2], status;
	pid_t pid = -1;
	bool started;
	ssize_t n;

	if (!check(pipe2(ends, O_CLOEXEC) == 0))
		return false;
	started = check(spawn_shell(script, s->path, ends[1], &pid) == 0);
	(void)close(ends[1]);
	while (started && (n = read(ends[0], piece, sizeof(piece))) > 0)
		if (out)
			text_add_bytes(out, piece, (size_t)n);
	(void)close(ends[0]);
	return started && waitpid(pid, &status, 0) == pid && status == 0;
}

bool have_program(const char *name)
{
	const struct scratch root = { .path = "/" };
	char script[64];

	(void)snprintf(script, sizeof(script), "command -v %s", name);
	return shell(&root, script, NULL);
}
