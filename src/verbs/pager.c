// SPDX-License-Identifier: MIT
/*
 * The pager gets the read end of a pipe as its stdin, and stdout becomes the write end.
 *
 *   leaving the pager early   breaks the pipe: SIGPIPE is ignored meanwhile, so the verb sees a failed write and goes on with
 *                             what it does after showing
 *   Ctrl-C                    reaches both, being one foreground job; less takes it as the end of a search, so nacre must not
 *                             die of it and leave the terminal to a shell that less still reads from
 *
 * A pager that is plain words is executed directly, so that one that is missing is noticed before anything is written into it.
 * Only what needs a shell gets one.
 */
#include "verbs/pager.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_set(const char *value)
{
	return value && *value;
}

bool colour_wanted(enum colour_choice choice, const struct colour_facts *facts)
{
	if (choice != CHOICE_AUTO)
		return choice == CHOICE_ALWAYS;
	if (is_set(facts->no_color))
		return false;
	if (is_set(facts->clicolor_force) && strcmp(facts->clicolor_force, "0") != 0)
		return true;
	return facts->terminal && is_set(facts->term) && strcmp(facts->term, "dumb") != 0;
}

struct colour_facts colour_facts(void)
{
	return (struct colour_facts){
		.no_color = getenv("NO_COLOR"),
		.clicolor_force = getenv("CLICOLOR_FORCE"),
		.term = getenv("TERM"),
		.terminal = isatty(STDOUT_FILENO),
	};
}

const char *pager_command(const char *nacre_pager, const char *pager)
{
	const char *command = nacre_pager ? nacre_pager : pager ? pager : "less";

	return *command && strcmp(command, "cat") != 0 ? command : NULL;
}

/* What the characters mean only a shell knows. */
static bool needs_shell(const char *command)
{
	return strpbrk(command, "|&;<>()$`\\\"'*?[]#~=%!{}\t\n") != NULL;
}

/* Cuts plain words in place; words has room for all of them and a NULL. */
static void split(char *command, char **words)
{
	for (char *word = strtok(command, " "); word; word = strtok(NULL, " "))
		*words++ = word;
	*words = NULL;
}

/* Starts the command with that stdin. Returns 0 or an errno. */
static int spawn_words(char *const words[], int stdin_fd, pid_t *ret_pid)
{
	posix_spawn_file_actions_t actions;
	int sys = posix_spawn_file_actions_init(&actions);

	if (sys)
		return sys;
	sys = posix_spawn_file_actions_adddup2(&actions, stdin_fd, STDIN_FILENO);
	if (!sys)
		sys = posix_spawnp(ret_pid, words[0], &actions, NULL, words, environ);
	(void)posix_spawn_file_actions_destroy(&actions);
	return sys;
}

static int spawn_command(const char *command, int stdin_fd, pid_t *ret_pid)
{
	char *copy = strdup(command), **words = calloc(strlen(command) / 2 + 2, sizeof(*words));
	char sh[] = "sh", option[] = "-c";
	int sys = ENOMEM;

	if (copy && words && needs_shell(command)) {
		sys = spawn_words((char *[]){ sh, option, copy, NULL }, stdin_fd, ret_pid);
	} else if (copy && words) {
		split(copy, words);
		sys = *words ? spawn_words(words, stdin_fd, ret_pid) : ENOENT;
	}
	free(words);
	free(copy);
	return sys;
}

/* Makes the pipe and its reader. The write end, or -1. */
static int start(const char *command, pid_t *ret_pid)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	/* F: leave at once when all fits on the screen; R: colours, and no other escape sequence; X: leave it on the screen. */
	(void)setenv("LESS", "FRX", 0);
	if (spawn_command(command, ends[0], ret_pid) != 0) {
		(void)close(ends[1]);
		ends[1] = -1;
	}
	(void)close(ends[0]);
	return ends[1];
}

void pager_begin(struct pager *p)
{
	const char *command = pager_command(getenv("NACRE_PAGER"), getenv("PAGER"));
	int fd;

	if (!command || !isatty(STDOUT_FILENO))
		return;
	(void)fflush(stdout);
	p->stdout_fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	fd = p->stdout_fd < 0 ? -1 : start(command, &p->pid);
	if (fd < 0) {
		if (p->stdout_fd >= 0)
			(void)close(p->stdout_fd);
		p->pid = 0;
		return;
	}
	(void)dup2(fd, STDOUT_FILENO);
	(void)close(fd);
	p->old_sigpipe = signal(SIGPIPE, SIG_IGN);
	p->old_sigint = signal(SIGINT, SIG_IGN);
	p->old_sigquit = signal(SIGQUIT, SIG_IGN);
}

bool pager_write(struct pager *p, const char *bytes, size_t n)
{
	/* Not by stdio: what it could not write would stay in its buffer and come out later. */
	while (n && !p->sys) {
		ssize_t written = write(STDOUT_FILENO, bytes, n);

		if (written < 0 && errno != EINTR)
			p->sys = errno;
		if (written > 0) {
			bytes += written;
			n -= (size_t)written;
		}
	}
	return !p->sys;
}

int pager_end(struct pager *p)
{
	int sys = p->sys;

	if (p->pid) {
		sys = 0; /* the reader has left: no fault of anybody */
		(void)dup2(p->stdout_fd, STDOUT_FILENO); /* closes the pipe */
		(void)close(p->stdout_fd);
		while (waitpid(p->pid, NULL, 0) < 0 && errno == EINTR)
			;
		(void)signal(SIGPIPE, p->old_sigpipe);
		(void)signal(SIGINT, p->old_sigint);
		(void)signal(SIGQUIT, p->old_sigquit);
	}
	*p = (struct pager){ 0 };
	errno = sys;
	return sys ? -1 : 0;
}
