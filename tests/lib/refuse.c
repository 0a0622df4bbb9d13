// SPDX-License-Identifier: MIT
/*
 * refuse CALL[=VALUE][:ERRNO][,…] -- COMMAND [ARG…]: runs the command under a filter that answers ERRNO (ENOSYS) to the
 * calls named, or only to those whose second argument is VALUE, of prctl the first. So a test shows what happens on a kernel or under a policy
 * that lacks them.
 */
#include "base/cleanup.h"
#include "base/syscalls.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#else
#error "the audit name of this architecture is needed here"
#endif

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define UNLESS(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)(value), 0, skip)
#define ANSWER(value) BPF_STMT(BPF_RET | BPF_K, (value))

struct word {
	const char *name;
	int number;
};

static const struct word calls[] = {
	{ "capset", SYS_capset },
	{ "chroot", SYS_chroot },
	{ "clone", SYS_clone },
	{ "clone3", SYS_clone3 },
	{ "close_range", SYS_close_range },
	{ "execve", SYS_execve },
	{ "flock", SYS_flock },
	{ "fsconfig", SYS_fsconfig },
	{ "fsmount", SYS_fsmount },
	{ "fsopen", SYS_fsopen },
	{ "ioctl", SYS_ioctl },
	{ "keyctl", SYS_keyctl },
	{ "mount", SYS_mount },
	{ "mount_setattr", SYS_mount_setattr },
	{ "move_mount", SYS_move_mount },
	{ "open_tree", SYS_open_tree },
	{ "openat2", SYS_openat2 },
	{ "pidfd_open", SYS_pidfd_open },
	{ "pivot_root", SYS_pivot_root },
	{ "prctl", SYS_prctl },
	{ "renameat2", SYS_renameat2 },
	{ "seccomp", SYS_seccomp },
	{ "setns", SYS_setns },
	{ "signalfd4", SYS_signalfd4 },
	{ "umount2", SYS_umount2 },
	{ "unshare", SYS_unshare },
};

static const struct word errors[] = {
	{ "EACCES", EACCES }, { "EAGAIN", EAGAIN }, { "EBADF", EBADF },
	{ "EINVAL", EINVAL }, { "EIO", EIO },	    { "EMFILE", EMFILE },
	{ "ENOLCK", ENOLCK }, { "ENOMEM", ENOMEM }, { "ENOSPC", ENOSPC },
	{ "ENOSYS", ENOSYS }, { "EPERM", EPERM },   { "EOPNOTSUPP", EOPNOTSUPP },
	{ "EUSERS", EUSERS },
};

static int look_up(const struct word *words, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i].name, name) == 0)
			return words[i].number;
	(void)fprintf(stderr, "refuse: %s is not in its table\n", name);
	exit(2);
}

struct program {
	struct sock_filter code[256];
	unsigned short len;
};

static void add(struct program *p, struct sock_filter instruction)
{
	if (p->len == ARRAY_LEN(p->code)) {
		(void)fputs("refuse: too many calls\n", stderr);
		exit(2);
	}
	p->code[p->len++] = instruction;
}

/* One word, CALL[=VALUE][:ERRNO]; cuts it up. */
static void add_call(struct program *p, char *word)
{
	char *error = strchr(word, ':'), *value = strchr(word, '=');
	int answer = ENOSYS, number;

	if (error) {
		*error = '\0';
		answer = look_up(errors, ARRAY_LEN(errors), error + 1);
	}
	if (value)
		*value = '\0';
	number = look_up(calls, ARRAY_LEN(calls), word);
	add(p, (struct sock_filter)LOAD(nr));
	add(p, (struct sock_filter)UNLESS(number, value ? 3 : 1));
	if (value) {
		/* The low half: little-endian. */
		if (number == SYS_prctl)
			add(p, (struct sock_filter)LOAD(args[0]));
		else
			add(p, (struct sock_filter)LOAD(args[1]));
		add(p, (struct sock_filter)UNLESS(strtoul(value + 1, NULL, 0), 1));
	}
	add(p, (struct sock_filter)ANSWER(SECCOMP_RET_ERRNO | (unsigned)answer));
}

/* Without no_new_privs where that is allowed (root), so that set-uid programs still work under the filter. */
static int install(struct program *p)
{
	struct sock_fprog filter = { .len = p->len, .filter = p->code };

	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0)
		return 0;
	if (errno != EACCES || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return -1;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0);
}

int main(int argc, char **argv)
{
	struct program p = { 0 };

	if (argc < 4 || strcmp(argv[2], "--") != 0) {
		(void)fputs("usage: refuse CALL[=VALUE][:ERRNO][,...] -- COMMAND [ARG...]\n",
			    stderr);
		return 2;
	}
	add(&p, (struct sock_filter)LOAD(arch));
	add(&p, (struct sock_filter)UNLESS(NATIVE_ARCH, 1));
	add(&p, (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 1));
	add(&p, (struct sock_filter)ANSWER(SECCOMP_RET_ALLOW));
	for (char *save, *word = strtok_r(argv[1], ",", &save); word;
	     word = strtok_r(NULL, ",", &save))
		add_call(&p, word);
	add(&p, (struct sock_filter)ANSWER(SECCOMP_RET_ALLOW));
	if (install(&p) < 0) {
		perror("refuse: cannot install the filter");
		return 2;
	}
	(void)execvp(argv[3], argv + 3);
	perror(argv[3]);
	return 2;
}
