// SPDX-License-Identifier: MIT
/* What /proc tells about a process, for people. */
#ifndef NACRE_BASE_PROCESS_H
#define NACRE_BASE_PROCESS_H

#include <stddef.h>

/*
 * Its command line from the file at path, /proc/PID/cmdline: words with spaces between, cut with "..." when long; "" when it has
 * none, or has ended. The bytes are the process's own choice, and lie in its memory: who reads them may have to wait.
 */
void process_command(int dir_fd, const char *path, char *buf, size_t size);

#endif
