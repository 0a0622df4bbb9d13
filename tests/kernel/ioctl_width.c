// SPDX-License-Identifier: MIT
/*
 * How many bits of an ioctl's number count?
 *
 * The low 32: with anything above them the call is the same. A filter that compares 64 would let
 * TIOCSTI through (CVE-2019-10063), so the one of enter/terminal.c looks at the low half.
 */
#include "kernel.h"

#include "base/error.h"
#include "enter/terminal.h"

#include <sys/ioctl.h>
#include <sys/prctl.h>

#define HIGH (1UL << 32)

TEST(kernel, ioctl_width)
{
	struct error err = { 0 };
	int ends[2], waiting = 0;

	require(pipe(ends) == 0 && write(ends[1], "four", 4) == 4);
	check(syscall(SYS_ioctl, ends[0], FIONREAD | HIGH, &waiting) == 0);
	check(waiting == 4);

	/* A pipe knows neither call, so what answers EPERM is the filter. */
	check(answer(syscall(SYS_ioctl, ends[0], (unsigned long)TIOCSTI | HIGH, "x")) == ENOTTY);
	require(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	require(terminal_protect(&err) == 0);
	check(answer(syscall(SYS_ioctl, ends[0], (unsigned long)TIOCSTI, "x")) == EPERM);
	check(answer(syscall(SYS_ioctl, ends[0], (unsigned long)TIOCSTI | HIGH, "x")) == EPERM);
	check(answer(syscall(SYS_ioctl, ends[0], (unsigned long)TIOCLINUX | HIGH, "x")) == EPERM);
	check(syscall(SYS_ioctl, ends[0], FIONREAD, &waiting) == 0);
}
