// SPDX-License-Identifier: MIT
/*
 * System calls for programs without a C library. Only kernel headers may be included beside it.
 *
 *	call(mkdirat, AT_FDCWD, "b", 0755)	the kernel's result: a value or -errno
 *	must(mkdirat, AT_FDCWD, "b", 0755)	the same; a failure ends the process, status errno
 *
 * There are no messages: run a floor that fails below strace(1). Calls that newer architectures
 * lack (mkdir, open, symlink) are spelt with their *at form.
 */
#ifndef NACRE_BENCH_FLOOR_KERNEL_H
#define NACRE_BENCH_FLOOR_KERNEL_H

#include <asm/unistd.h>

/* Defined by the program: what main() is elsewhere. */
int program(int argc, char **argv, char **environment);

/* Defined by floor_x86_64.S or floor_libc.c. */
long kernel(long number, long a, long b, long c, long d, long e);

/* clone(2) into body(argument), which starts at the end of a stack. Returns a pid or -errno. */
long spawn(unsigned long flags, void *stack_end, int (*body)(void *), void *argument);

#define CALL_(number, a, b, c, d, e, ...) \
	kernel(number, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e))
#define call(name, ...) CALL_(__NR_##name, __VA_ARGS__, 0, 0, 0, 0, 0)
#define must(name, ...) succeed(call(name, __VA_ARGS__))

static inline long succeed(long result)
{
	if (result < 0)
		(void)call(exit_group, -result);
	return result;
}

#endif
