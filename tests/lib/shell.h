// SPDX-License-Identifier: MIT
/* For tests that hold our output against that of real programs: a directory of their own, and the shell in it. */
#ifndef NACRE_TEST_SHELL_H
#define NACRE_TEST_SHELL_H

#include "base/cleanup.h"
#include "base/text.h"
#include "test.h"

struct scratch {
	char path[96];
	int fd; /* O_RDONLY */
};

/* Makes an empty directory below $TMPDIR; false, with the test failed, when it cannot. */
bool scratch_make(struct scratch *s);

/* Removes it and all that is in it. */
void scratch_release(struct scratch *s);

#define SCRATCH(s)                                                      \
	_cleanup_(scratch_release) struct scratch s = { .fd = -EBADF }; \
	if (!scratch_make(&(s)))                                        \
	return

/*
 * Runs a script of sh in the directory, without git's configuration and with umask 022; adds what it prints, errors too, to
 * *out, which may be NULL. True when its status is 0.
 */
bool shell(const struct scratch *s, const char *script, struct text *out);

bool have_program(const char *name);

#define NEED(program)               \
	if (!have_program(program)) \
	SKIP(program " is not installed")

#endif
