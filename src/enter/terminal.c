// SPDX-License-Identifier: MIT
/*
 * A seccomp filter of a dozen instructions: ioctl with TIOCSTI or TIOCLINUX is EPERM, everything else is allowed.
 *
 * The request is compared in its low 32 bits only: the kernel's ioctl takes an unsigned int, so a caller may set the high half
 * of the register to slip past a 64-bit comparison (CVE-2019-10063). Every calling convention of the machine is covered; the
 * number of ioctl differs between them. A convention that is not known here is refused whole, as nothing of it is known.
 */
#include "enter/terminal.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/syscalls.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>

#if defined(__x86_64__)
enum { NATIVE_ARCH = AUDIT_ARCH_X86_64, SECOND_ARCH = AUDIT_ARCH_I386 };
enum { NATIVE_IOCTL = 16, SECOND_IOCTL = 54, X32_IOCTL = 0x40000000 + 514 };
#elif defined(__aarch64__)
enum { NATIVE_ARCH = (int)AUDIT_ARCH_AARCH64, SECOND_ARCH = AUDIT_ARCH_ARM };
enum { NATIVE_IOCTL = 29, SECOND_IOCTL = 54, X32_IOCTL = 29 };
#else
#error "the numbers of ioctl on this architecture are needed here"
#endif

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define IF(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)(value), yes, no)
#define ANSWER(value) BPF_STMT(BPF_RET | BPF_K, (value))

bool terminal_present(void)
{
	_cleanup_fd_ int fd = sys_open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);

	return fd >= 0 || isatty(STDIN_FILENO) || isatty(STDOUT_FILENO) || isatty(STDERR_FILENO);
}

int terminal_protect(struct error *err)
{
	struct sock_filter code[] = {
		/* 0 */ LOAD(arch),
		/* 1 */ IF(NATIVE_ARCH, 3, 0),
		/* 2 */ IF(SECOND_ARCH, 0, 9),
		/* 3 */ LOAD(nr),
		/* 4 */ IF(SECOND_IOCTL, 3, 6),
		/* 5 */ LOAD(nr),
		/* 6 */ IF(NATIVE_IOCTL, 1, 0),
		/* 7 */ IF(X32_IOCTL, 0, 3),
		/* 8 */ LOAD(args[1]), /* the low half: both architectures are little-endian */
		/* 9 */ IF(TIOCSTI, 2, 0),
		/* 10 */ IF(TIOCLINUX, 1, 0),
		/* 11 */ ANSWER(SECCOMP_RET_ALLOW),
		/* 12 */ ANSWER(SECCOMP_RET_ERRNO | EPERM),
	};
	struct sock_fprog program = { .len = ARRAY_LEN(code), .filter = code };

	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0)
		return 0;
	(void)fail_call(err, CALL_CAPABILITY, "terminal filter");
	return fail_message(err, "cannot protect the terminal");
}
