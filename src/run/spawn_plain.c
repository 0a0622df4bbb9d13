// SPDX-License-Identifier: MIT
/* spawn() for sanitizers and for the library. */
#include "run/spawn.h"

pid_t spawn(int flags, int (*body)(void *arg), void *arg, int *ret_pidfd)
{
	return spawn_copied(flags, body, arg, ret_pidfd);
}
