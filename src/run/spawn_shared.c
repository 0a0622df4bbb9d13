// SPDX-License-Identifier: MIT
/* spawn() with shared memory. */
#include "run/spawn.h"

#include <sched.h>
#include <stddef.h>
#include <sys/mman.h>

/* Deep enough for a path resolved by hand inside an error path; only touched pages cost anything. */
enum { STACK_SIZE = 512 * 1024 };

pid_t spawn(int flags, int (*body)(void *arg), void *arg, int *ret_pidfd)
{
	/* Growing downwards it needs no guard page: the kernel maps nothing else within stack_guard_gap below it. */
	char *stack = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_NORESERVE, -1, 0);

	if (stack == MAP_FAILED)
		return -1;
	/* Never unmapped: the child may outlive every reason to. One per process. */
	return clone(body, stack + STACK_SIZE, CLONE_VM | CLONE_PIDFD | flags, arg, ret_pidfd);
}
