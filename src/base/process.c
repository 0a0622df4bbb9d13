// SPDX-License-Identifier: MIT
/* Reading /proc/PID. */
#include "base/process.h"

#include "base/cleanup.h"
#include "base/syscalls.h"

void process_command(int dir_fd, const char *path, char *buf, size_t size)
{
	_cleanup_fd_ int fd = openat(dir_fd, path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, buf, size);

	if (n == (ssize_t)size)
		memcpy(buf + --n - 3, "...", 3);
	/* A NUL ends each word. */
	while (n > 0 && !buf[n - 1])
		n--;
	for (ssize_t i = 0; i < n; i++)
		if (!buf[i])
			buf[i] = ' ';
	buf[n > 0 ? n : 0] = '\0';
}
