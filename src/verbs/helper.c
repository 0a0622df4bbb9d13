// SPDX-License-Identifier: MIT
/* Two places to look in, and execv(2). */
#include "verbs/helper.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Below a directory of so many bytes. Returns an errno. */
static int exec_in(const char *dir, size_t len, const char *name, char *const argv[])
{
	char path[PATH_MAX];
	int n = snprintf(path, sizeof(path), "%.*s/%s", (int)len, dir, name);

	if (n >= (int)sizeof(path))
		return ENAMETOOLONG;
	(void)execv(path, argv);
	return errno;
}

/* Where this program is, whatever it was called as: a link to it may be anywhere. */
int helper_exec(const char *name, char *const argv[])
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self));
	const char *slash = n > 0 ? memrchr(self, '/', (size_t)n) : NULL;
	int sys = slash ? exec_in(self, (size_t)(slash - self), name, argv) : ENOENT;

	if (sys != ENOENT)
		return sys;
	return exec_in(NACRE_LIBEXECDIR, strlen(NACRE_LIBEXECDIR), name, argv);
}
