// SPDX-License-Identifier: MIT
/*
 * Why the command could not be started, or not where it was to be. The run looked at it from
 * inside, as only there its root is seen, and left what it found as facts ("interpreter PATH is
 * missing"); the rows read them.
 */
#include "explain/rows.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "explain/probe.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define EXEC_CALL CALL_BIT(CALL_EXEC)
#define CHDIR_CALL CALL_BIT(CALL_CHDIR)

/* PATH of a line "WORD PATH is missing" of the facts, or NULL. The line goes: the reason will say it. */
static const char *take_fact(struct arena *arena, struct error *err, const char *word)
{
	size_t len = strlen(word);

	for (char *line = err->facts; *line;) {
		size_t n = strcspn(line, "\n");
		const char *stop = memmem(line, n, " is missing", strlen(" is missing"));

		if (stop > line + len && strncmp(line, word, len) == 0 && line[len] == ' ') {
			const char *start = line + len + 1;
			const char *path = arena_strndup(arena, start, (size_t)(stop - start));
			const char *rest = line + n + (line[n] == '\n');

			memmove(line, rest, strlen(rest) + 1);
			return path;
		}
		line += n + (line[n] == '\n');
	}
	return NULL;
}

/* A file that the box lacks and the host has: the bind that would bring it in. */
static void suggest_bind(struct case_file *c, const char *path)
{
	if (path[0] != '/' || access(path, F_OK) < 0)
		return;
	error_fact(c->err, "the host has %s", Q(path));
	error_set_fix(c->err, "show the host's in the box: -b %s:ro", Q(path));
}

static bool interpreter_is_missing(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *path = take_fact(&arena, c->err, "interpreter");

	if (!path)
		return false;
	error_set_reason(c->err, "its interpreter %s is not in the box", Q(path));
	suggest_bind(c, path);
	return true;
}

static bool loader_is_missing(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *path = take_fact(&arena, c->err, "loader");

	if (!path)
		return false;
	error_set_reason(c->err, "its loader %s is not in the box", Q(path));
	suggest_bind(c, path);
	return true;
}

static bool command_has_slash(struct case_file *c)
{
	if (!strchr(c->err->object, '/'))
		return false;
	suggest_bind(c, c->err->object);
	return true;
}

static bool host_has_command(struct case_file *c)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *path = probe_program(&arena, c->err->object);

	if (path)
		error_fact(c->err, "the host has %s", Q(path));
	return true;
}

static bool is_directory(struct case_file *c)
{
	return strstr(c->err->facts, "is a directory");
}

/* The step that shows the path, seen from the last one: what is mounted later covers. */
static const struct step *covering_step(const struct case_file *c, const char *path)
{
	if (!c->plan || path[0] != '/')
		return NULL;
	for (size_t i = c->plan->steps.count; i-- > 0;) {
		const struct step *step = &c->plan->steps.items[i];

		/* The last step of all seals the root by a remount, which tells nothing. */
		if (step->kind == STEP_REMOUNT && !(step->flags.set & MOUNT_ATTR_NOEXEC))
			continue;
		if (step->dst && path_below(path, step->dst) && step->kind <= STEP_OVERLAY &&
		    step->kind != STEP_MOVE)
			return step;
	}
	return NULL;
}

static bool on_noexec_mount(struct case_file *c)
{
	const struct step *step = covering_step(c, c->err->object);
	struct place place;

	if (strstr(c->err->facts, "noexec"))
		return true;
	if (!step)
		return false;
	if (step->flags.set & MOUNT_ATTR_NOEXEC) {
		error_fact(c->err, "%s is mounted noexec in the box", Q(step->dst));
		return true;
	}
	/* A bind keeps the flags of the mount that its source is on. */
	if (step->kind != STEP_BIND || !step->src || !place_read(step->src, &place))
		return false;
	if (!place.noexec)
		return false;
	error_fact(c->err, "%s is on a mount with noexec", Q(step->src));
	return true;
}

static bool host_has_directory(struct case_file *c)
{
	struct place place;

	if (c->err->object[0] == '/' && place_read(c->err->object, &place)) {
		error_fact(c->err, "the host has %s", Q(c->err->object));
		error_set_fix(c->err,
			      "show it in the box with -b %s, or choose another directory with -w",
			      Q(c->err->object));
	}
	return true;
}

const struct explanation command_rows[] = {
	{
		.name = "interpreter-missing",
		.title = "the interpreter that its first line names is not in the box",
		.fix = "bring the interpreter into the box with -b or a layer",
		.text = "The first line of a script, #!PATH, names the program that runs it, and\n"
			"the kernel reports a missing one as if the script were missing\n"
			"(execve(2), ENOENT). A line that ends in a carriage return names a\n"
			"program that ends in one as well: such scripts come from other systems.",
		.calls = EXEC_CALL,
		.errnos = { ENOENT },
		.probe = interpreter_is_missing,
	},
	{
		.name = "loader-missing",
		.title = "the dynamic loader that the program asks for is not in the box",
		.fix = "bring the loader and the libraries into the box with -b or a layer",
		.text = "A dynamically linked program names its loader, as\n"
			"/lib64/ld-linux-x86-64.so.2, and the kernel reports a missing one as if\n"
			"the program were missing (execve(2), ENOENT). It is missing in roots for\n"
			"another C library or another architecture. readelf -l PROGRAM shows the\n"
			"name; a static program has none.",
		.calls = EXEC_CALL,
		.errnos = { ENOENT },
		.probe = loader_is_missing,
	},
	{
		.name = "command-path-missing",
		.title = "there is no such file in the box",
		.fix = "check the path as seen inside: nacre run ... -- ls -l PATH",
		.text = "A command with a slash is a path in the box. It is relative to the\n"
			"working directory there, which is the same as outside where the box has\n"
			"it (-w). The exit status is 127.",
		.calls = EXEC_CALL,
		.errnos = { ENOENT, ENOTDIR },
		.probe = command_has_slash,
	},
	{
		.name = "command-not-found",
		.title = "no directory of $PATH in the box has it",
		.fix = "give its full path, or set the search path with -e PATH=...",
		.text = "A command without a slash is looked for in the directories of $PATH,\n"
			"which is taken over from outside, but looked up inside the box: in a\n"
			"root directory programs are often elsewhere, or not installed. The exit\n"
			"status is 127, as it is in shells.",
		.calls = EXEC_CALL,
		.errnos = { ENOENT, ENOTDIR },
		.probe = host_has_command,
	},
	{
		.name = "command-is-directory",
		.title = "it is a directory",
		.fix = "name a program; options of nacre come before it, and -- ends them",
		.text = "The first word that is not an option is the command. A directory there\n"
			"is often meant for an option: --root DIR for a root, -b DIR for a bind.",
		.calls = EXEC_CALL,
		.errnos = { EACCES, EISDIR },
		.probe = is_directory,
	},
	{
		.name = "command-noexec",
		.title = "the file system that it is on forbids to run programs",
		.fix = "show its directory with the word exec, if the host's mount allows it",
		.text = "Nothing on a mount with noexec can be executed (mount(8)). The flag\n"
			"comes from an option of this run or from the host's mount, where it is\n"
			"locked for user namespaces. A copy elsewhere, or the interpreter with\n"
			"the script as its argument, works.",
		.calls = EXEC_CALL,
		.errnos = { EACCES, EPERM },
		.probe = on_noexec_mount,
	},
	{
		.name = "command-not-executable",
		.title = "it may not be executed",
		.fix = "chmod +x it, or name its interpreter: sh FILE",
		.text = "The file is there, and lacks the execute permission for the user that\n"
			"the command runs as, or a directory on the way may not be searched. A\n"
			"script's interpreter and a program's loader need the permission too. The\n"
			"exit status is 126.",
		.calls = EXEC_CALL,
		.errnos = { EACCES, EPERM },
	},
	{
		.name = "command-format",
		.title = "the kernel does not know its format",
		.fix = "name its interpreter: sh FILE",
		.text = "A program is an ELF file for this machine, or a script whose first line\n"
			"begins with #!. Shells run a script without that line by themselves;\n"
			"nothing else does (execve(2), ENOEXEC). A program for another\n"
			"architecture needs an emulator that is registered with binfmt_misc. An\n"
			"empty file has no format.",
		.calls = EXEC_CALL,
		.errnos = { ENOEXEC, EINVAL },
	},
	{
		.name = "command-too-long",
		.title = "its arguments and environment are too long",
		.fix = "pass fewer arguments, as with xargs, or use --clear-env",
		.text = "Arguments and environment of a program share a quarter of the stack\n"
			"limit (ulimit -s), and one string has at most 128 KiB (execve(2),\n"
			"E2BIG).",
		.calls = EXEC_CALL,
		.errnos = { E2BIG },
	},
	{
		.name = "command-busy",
		.title = "the program is open for writing",
		.fix = "wait until it is written, or run a copy",
		.text = "A file that is open for writing anywhere cannot be executed (execve(2),\n"
			"ETXTBSY): a compiler or a download is still at it.",
		.calls = EXEC_CALL,
		.errnos = { ETXTBSY },
	},
	{
		.name = "workdir-missing",
		.title = "there is no such directory in the box",
		.fix = "choose a directory of the box with -w",
		.text = "The command starts in the directory that nacre was started in, or that\n"
			"-w names, as it is inside the box. A root directory mostly lacks the\n"
			"projects of the host; -b shows them there, --dir makes an empty one.",
		.calls = CHDIR_CALL,
		.errnos = { ENOENT, ENOTDIR, ELOOP },
		.probe = host_has_directory,
	},
	{
		.name = "workdir-denied",
		.title = "the working directory may not be entered",
		.fix = "choose another directory with -w",
		.text = "The command's user lacks the search permission for the directory or for\n"
			"one on the way. In a user namespace, directories of users that are not\n"
			"mapped give their permissions for \"others\" only, to root inside as\n"
			"well.",
		.calls = CHDIR_CALL,
		.errnos = { EACCES, EPERM },
	},
	{ 0 },
};
