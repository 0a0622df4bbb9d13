// SPDX-License-Identifier: MIT
/*
 * The twin of floor_x86_64.S for other machines: the same three names by way of a C library, to be
 * linked statically with musl, whose start-up is below what can be measured here.
 */
#include <errno.h>
#include <sched.h>
#include <unistd.h>

#include "floor_kernel.h"

extern char **environ;

int main(int argc, char **argv)
{
	return program(argc, argv, environ);
}

long kernel(long number, long a, long b, long c, long d, long e)
{
	long ret = syscall(number, a, b, c, d, e);

	return ret < 0 ? -errno : ret;
}

long spawn(unsigned long flags, void *stack_end, int (*body)(void *), void *argument)
{
	int ret = clone(body, stack_end, (int)flags, argument);

	return ret < 0 ? -errno : ret;
}
