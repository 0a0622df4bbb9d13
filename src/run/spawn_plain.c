// SPDX-License-Identifier: MIT
/* spawn() for sanitizers. */
#include "run/spawn.h"

pid_t spawn(int flags, int (*body)(void *arg), void *arg)
{
	return spawn_copied(flags, body, arg);
}
