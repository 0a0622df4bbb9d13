// SPDX-License-Identifier: MIT
/*
 * Is the ctime of a change later than any moment that the coarse clock had passed before the change?
 *
 * Yes, so changes/txn.c takes the time when a commit is through, waits until CLOCK_REALTIME_COARSE has passed it, and undo.c
 * knows a later ctime for somebody else's. And the other way round: a ctime is not before the coarse clock's reading that
 * came before it, which is the begin of the time in which changes are a commit's own.
 */
#include "kernel.h"

#include <time.h>

static bool is_later(struct timespec a, struct timespec b)
{
	return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

TEST(kernel, coarse_ctime)
{
	ENTER();
	require(kernel_write("file", ""));
	for (int i = 0; i < 20; i++) {
		struct timespec begin, end, coarse;
		struct stat st;

		(void)clock_gettime(CLOCK_REALTIME_COARSE, &begin);
		require(chmod("file", 0600 + i % 2) == 0 && stat("file", &st) == 0);
		check(!is_later(begin, st.st_ctim));
		(void)clock_gettime(CLOCK_REALTIME, &end);
		check(!is_later(st.st_ctim, end));
		do
			(void)clock_gettime(CLOCK_REALTIME_COARSE, &coarse);
		while (!is_later(coarse, end));
		require(chmod("file", 0610 + i % 2) == 0 && stat("file", &st) == 0);
		check(is_later(st.st_ctim, end));
	}
}
