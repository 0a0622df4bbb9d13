// SPDX-License-Identifier: MIT
/* The choice of colours as a table, and pagers of all kinds on a terminal of the test's own. */
#include "base/cleanup.h"
#include "base/text.h"
#include "test.h"
#include "verbs/pager.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

TEST(pager, colours)
{
	static const struct {
		enum colour_choice choice;
		struct colour_facts facts;
		bool want;
	} cases[] = {
		{ CHOICE_AUTO, { .term = "xterm", .terminal = true }, true },
		{ CHOICE_AUTO, { .term = "xterm" }, false },
		{ CHOICE_AUTO, { .term = "dumb", .terminal = true }, false },
		{ CHOICE_AUTO, { .term = "", .terminal = true }, false },
		{ CHOICE_AUTO, { .terminal = true }, false },
		{ CHOICE_AUTO, { .no_color = "1", .term = "xterm", .terminal = true }, false },
		{ CHOICE_AUTO, { .no_color = "", .term = "xterm", .terminal = true }, true },
		{ CHOICE_AUTO, { .clicolor_force = "1" }, true },
		{ CHOICE_AUTO, { .clicolor_force = "1", .term = "dumb" }, true },
		{ CHOICE_AUTO, { .clicolor_force = "0" }, false },
		{ CHOICE_AUTO, { .clicolor_force = "" }, false },
		{ CHOICE_AUTO, { .no_color = "1", .clicolor_force = "1" }, false },
		{ CHOICE_ALWAYS, { .no_color = "1", .term = "dumb" }, true },
		{ CHOICE_NEVER, { .clicolor_force = "1", .term = "xterm", .terminal = true }, false },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (!check(colour_wanted(cases[i].choice, &cases[i].facts) == cases[i].want))
			printf("# case %zu\n", i);
}

TEST(pager, command)
{
	check_str(pager_command(NULL, NULL), "less");
	check_str(pager_command(NULL, "more"), "more");
	check_str(pager_command("most", "more"), "most");
	check_str(pager_command("", "more"), NULL);
	check_str(pager_command("cat", "more"), NULL);
	check_str(pager_command(NULL, ""), NULL);
	check_str(pager_command(NULL, "cat"), NULL);
	check_str(pager_command(NULL, "cat -v"), "cat -v");
}

/* A pseudo-terminal, and what a process with stdout on it has said. */
struct terminal {
	int master, slave;
	struct text said;
	int status; /* of the process */
};

static bool terminal_open(struct terminal *t)
{
	*t = (struct terminal){ .slave = -EBADF };
	t->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (t->master >= 0 && grantpt(t->master) == 0 && unlockpt(t->master) == 0)
		t->slave = open(ptsname(t->master), O_RDWR | O_NOCTTY | O_CLOEXEC);
	return t->slave >= 0;
}

static void terminal_close(struct terminal *t)
{
	t->master = close_fd(t->master);
	t->slave = close_fd(t->slave);
	text_release(&t->said);
}

/* Runs body with stdout on fd; what the test's own stdout has in its buffer belongs to the parent. */
static int in_child(int fd, const char *pager, int (*body)(void))
{
	int status;
	pid_t pid;

	(void)fflush(stdout);
	pid = fork();
	if (pid == 0) {
		(void)setenv("NACRE_PAGER", pager, 1);
		(void)unsetenv("LESS");
		(void)dup2(fd, STDOUT_FILENO);
		_exit(body());
	}
	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void terminal_run(struct terminal *t, const char *pager, int (*body)(void))
{
	char piece[4096];
	ssize_t n;

	t->status = in_child(t->slave, pager, body);
	t->slave = close_fd(t->slave);
	/* EIO: nobody has the other side open any more (pty(7)). */
	while ((n = read(t->master, piece, sizeof(piece))) > 0)
		text_add_bytes(&t->said, piece, (size_t)n);
}

#define TERMINAL(t)                                  \
	_cleanup_(terminal_close) struct terminal t; \
	if (!terminal_open(&(t)))                    \
	SKIP("there are no pseudo-terminals")

static bool say(struct pager *p, const char *words)
{
	return pager_write(p, words, strlen(words));
}

enum { BAD_WRITE = 1, BAD_END = 2, BAD_SIGNALS = 4, BAD_BEGIN = 8 };

static bool is_default(int sig)
{
	struct sigaction action;

	return sigaction(sig, NULL, &action) == 0 && action.sa_handler == SIG_DFL;
}

/* Shows two words, then says a third without the pager. */
static int show_words(void)
{
	struct pager p = { 0 };
	int bad = 0;

	pager_begin(&p);
	bad |= say(&p, "one ") && say(&p, "two ") ? 0 : BAD_WRITE;
	bad |= pager_end(&p) == 0 ? 0 : BAD_END;
	bad |= say(&p, "three") ? 0 : BAD_WRITE;
	bad |= is_default(SIGPIPE) && is_default(SIGINT) && is_default(SIGQUIT) ? 0 : BAD_SIGNALS;
	return bad;
}

TEST(pager, plain_words_are_executed)
{
	TERMINAL(t);

	terminal_run(&t, "tr a-z A-Z", show_words);
	check(t.status == 0);
	check_str(text_str(&t.said), "ONE TWO three");
}

TEST(pager, a_shell_reads_what_needs_one)
{
	TERMINAL(t);

	terminal_run(&t, "{ echo \"$LESS\"; tr a-z A-Z; } | cat", show_words);
	check(t.status == 0);
	check_str(text_str(&t.said), "FRX\r\nONE TWO three");
}

TEST(pager, none_that_can_be_started)
{
	static const char *const commands[] = { "nacre-no-such-pager", "/nowhere/less -R", " ", "" };

	for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
		TERMINAL(t);

		terminal_run(&t, commands[i], show_words);
		check(t.status == 0);
		check_str(text_str(&t.said), "one two three");
	}
}

/* More than a pipe holds, so that the pager is gone before all is written; Ctrl-C meanwhile is the pager's. */
static int show_much(void)
{
	static char page[256 * 1024];
	struct pager p = { 0 };
	int bad = 0;

	memset(page, '#', sizeof(page));
	pager_begin(&p);
	bad |= p.pid ? 0 : BAD_BEGIN;
	(void)raise(SIGINT);
	(void)raise(SIGQUIT);
	bad |= pager_write(&p, page, sizeof(page)) ? BAD_WRITE : 0;
	bad |= pager_end(&p) == 0 ? 0 : BAD_END;
	bad |= say(&p, "left") ? 0 : BAD_WRITE;
	return bad;
}

TEST(pager, leaving_early_is_no_error)
{
	TERMINAL(t);

	terminal_run(&t, "true", show_much);
	check(t.status == 0);
	check_str(text_str(&t.said), "left");
}

static int show_into_file(void)
{
	struct pager p = { 0 };

	pager_begin(&p);
	return p.pid ? BAD_BEGIN : show_words();
}

TEST(pager, is_for_terminals_alone)
{
	char said[32] = "";
	int ends[2];

	require(pipe2(ends, O_CLOEXEC) == 0);
	check(in_child(ends[1], "tr a-z A-Z", show_into_file) == 0);
	check(read(ends[0], said, sizeof(said) - 1) > 0);
	check_str(said, "one two three");
	(void)close(ends[0]);
	(void)close(ends[1]);
}

static int show_into_nothing(void)
{
	struct pager p = { 0 };
	int bad = 0;

	pager_begin(&p);
	bad |= say(&p, "one") ? BAD_WRITE : 0;
	bad |= say(&p, "two") ? BAD_WRITE : 0;
	bad |= pager_end(&p) == -1 && errno == ENOSPC ? 0 : BAD_END;
	return bad;
}

TEST(pager, a_broken_stdout_is_told)
{
	_cleanup_fd_ int full = open("/dev/full", O_WRONLY | O_CLOEXEC);

	require(full >= 0);
	check(in_child(full, "less", show_into_nothing) == 0);
}

static int tell_facts(void)
{
	struct colour_facts facts;

	(void)setenv("NO_COLOR", "n", 1);
	(void)setenv("CLICOLOR_FORCE", "c", 1);
	(void)setenv("TERM", "t", 1);
	facts = colour_facts();
	return facts.terminal && strcmp(facts.no_color, "n") == 0 &&
			       strcmp(facts.clicolor_force, "c") == 0 &&
			       strcmp(facts.term, "t") == 0
		       ? 0
		       : 1;
}

TEST(pager, facts_of_the_process)
{
	TERMINAL(t);

	terminal_run(&t, "", tell_facts);
	check(t.status == 0);
}
