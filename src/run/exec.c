// SPDX-License-Identifier: MIT
/* Environment, lookup in PATH, execve, and what was really missing. */
#include "run/exec.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"

#include <elf.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bool is_variable(const char *entry, const char *name)
{
	size_t n = strlen(name);

	return strncmp(entry, name, n) == 0 && entry[n] == '=';
}

struct environment {
	VECTOR(char *) v;
};

static void env_remove(struct environment *env, const char *name)
{
	size_t kept = 0;

	for (size_t i = 0; i < env->v.count; i++)
		if (!is_variable(env->v.items[i], name))
			env->v.items[kept++] = env->v.items[i];
	env->v.count = kept;
}

static void env_change(struct environment *env, const struct env_change *change, struct arena *arena)
{
	const char *value = change->action == ENV_KEEP ? getenv(change->name) : change->value;

	env_remove(env, change->name);
	if (change->action != ENV_UNSET && value)
		*VECTOR_ADD(arena, &env->v) = arena_printf(arena, "%s=%s", change->name, value);
}

char *const *exec_environment(const struct plan *plan, struct arena *arena)
{
	struct environment env = { 0 };

	if (!plan->clear_env && !plan->env.count)
		return environ;
	for (size_t i = 0; !plan->clear_env && environ[i]; i++)
		*VECTOR_ADD(arena, &env.v) = environ[i];
	for (size_t i = 0; i < plan->env.count; i++)
		env_change(&env, &plan->env.items[i], arena);
	*VECTOR_ADD(arena, &env.v) = NULL;
	return env.v.items;
}

static const char *env_get(char *const *env, const char *name)
{
	for (; *env; env++)
		if (is_variable(*env, name))
			return *env + strlen(name) + 1;
	return NULL;
}

/* "#!INTERPRETER": its first word into buf. */
static bool script_interpreter(const char *head, char *buf, size_t size)
{
	const char *start = head + 2 + strspn(head + 2, " \t");

	if (head[0] != '#' || head[1] != '!')
		return false;
	(void)snprintf(buf, size, "%.*s", (int)strcspn(start, " \t\n"), start);
	return *buf;
}

/* The dynamic loader named by an ELF file of this machine's word size (elf(5), PT_INTERP). */
static bool elf_loader(int fd, const char *head, size_t n, char *buf, size_t size)
{
	Elf64_Ehdr header;
	Elf64_Phdr segment;

	if (n < sizeof(header) || memcmp(head, ELFMAG, SELFMAG) != 0 || head[EI_CLASS] != ELFCLASS64)
		return false;
	memcpy(&header, head, sizeof(header));
	for (unsigned i = 0; i < header.e_phnum && i < 64; i++) {
		ssize_t got;

		if (pread(fd, &segment, sizeof(segment),
			  (off_t)(header.e_phoff + i * sizeof(segment))) != sizeof(segment))
			return false;
		if (segment.p_type != PT_INTERP)
			continue;
		got = pread(fd, buf, segment.p_filesz < size ? segment.p_filesz : size - 1,
			    (off_t)segment.p_offset);
		buf[got > 0 ? got : 0] = '\0';
		return *buf;
	}
	return false;
}

/* The program exists and execve said ENOENT: then it is what the file names that is missing. */
static void name_the_missing(const char *program, struct error *err)
{
	_cleanup_fd_ int fd = open(program, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	char head[256] = "", wanted[256] = "";
	struct stat st;
	ssize_t n;

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return;
	n = read(fd, head, sizeof(head) - 1);
	if (n <= 0)
		return;
	head[n] = '\0';
	if (script_interpreter(head, wanted, sizeof(wanted)))
		error_fact(err, "interpreter %s is missing", wanted);
	else if (elf_loader(fd, head, (size_t)n, wanted, sizeof(wanted)))
		error_fact(err, "loader %s is missing", wanted);
}

/* What only can be seen from inside is left as facts; src/explain/rows_command.c reads them. */
static int command_failed(const char *word, const char *program, int sys, struct error *err)
{
	bool missing = sys == ENOENT || sys == ENOTDIR;
	struct stat st;

	(void)fail(err, ERROR_COMMAND, sys, "cannot run %s", Q(word));
	err->status = missing ? STATUS_NOT_FOUND : STATUS_NOT_EXECUTABLE;
	(void)fail_at(err, CALL_EXEC, word);
	if (sys == ENOENT && program && access(program, F_OK) == 0)
		name_the_missing(program, err);
	if (sys == EACCES && program && stat(program, &st) == 0 && S_ISDIR(st.st_mode))
		error_fact(err, "%s is a directory", Q(program));
	return -1;
}

/* A file without "#!" is a script for sh, as in execvp(3). */
static int exec_as_script(const char *program, char *const *argv, char *const *env)
{
	size_t n = 0;

	while (argv[n])
		n++;
	const char **shell_argv = calloc(n + 2, sizeof(*shell_argv));

	if (!shell_argv)
		return -1;
	shell_argv[0] = "sh";
	shell_argv[1] = program;
	for (size_t i = 1; i <= n; i++)
		shell_argv[i + 1] = argv[i];
	return execve("/bin/sh", (char *const *)shell_argv, env);
}

/* No NUL in its first line: shells refuse anything else, such as a program for another machine. */
static bool is_text(const char *program)
{
	_cleanup_fd_ int fd = open(program, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	char head[256];
	ssize_t n = fd < 0 ? -1 : read(fd, head, sizeof(head));
	const char *end = n > 0 ? memchr(head, '\n', (size_t)n) : NULL;

	return n >= 0 && !memchr(head, '\0', end ? (size_t)(end - head) : (size_t)n);
}

static int exec_one(const char *program, char *const *argv, char *const *env)
{
	(void)execve(program, argv, env);
	if (errno == ENOEXEC) {
		if (is_text(program))
			(void)exec_as_script(program, argv, env);
		/* Whatever became of the shell, the format is what is wrong. */
		errno = ENOEXEC;
	}
	return -1;
}

/* Answers after which the next directory of PATH is tried. */
static bool is_refusal(int sys)
{
	return sys == EACCES || sys == ENOENT || sys == ENOTDIR || sys == ELOOP || sys == ESTALE;
}

/*
 * Each directory of PATH in turn; an empty one is the working directory. A program that is there and refused is remembered,
 * as sh does; a directory that may not be searched holds none.
 */
static int exec_search(const char *word, char *const *argv, char *const *env, struct error *err)
{
	const char *path = env_get(env, "PATH");
	char program[PATH_MAX], refused[PATH_MAX] = "";
	int sys = ENOENT;

	if (!path)
		path = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin";
	for (;;) {
		size_t n = strcspn(path, ":");
		int len = snprintf(program, sizeof(program), "%.*s%s%s", (int)n, path, n ? "/" : "",
				   word);
		int answer;

		if (len > 0 && (size_t)len < sizeof(program)) {
			(void)exec_one(program, argv, env);
			if (!is_refusal(errno))
				return command_failed(word, program, errno, err);
			answer = errno;
			if (answer != ENOTDIR && access(program, F_OK) == 0) {
				sys = answer == EACCES ? EACCES : sys;
				memcpy(refused, program, (size_t)len + 1);
			}
		}
		if (!path[n])
			break;
		path += n + 1;
	}
	return command_failed(word, *refused ? refused : NULL, sys, err);
}

int exec_command(const char *word, char *const *argv, char *const *env, struct error *err)
{
	if (!*word)
		return command_failed(word, NULL, ENOENT, err);
	if (!strchr(word, '/'))
		return exec_search(word, argv, env, err);
	(void)exec_one(word, argv, env);
	return command_failed(word, word, errno, err);
}
