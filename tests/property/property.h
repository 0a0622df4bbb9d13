// SPDX-License-Identifier: MIT
/* The sub-commands; tree.c says what each does. They print their own errors, and return the exit status. */
#ifndef NACRE_TESTS_PROPERTY_PROPERTY_H
#define NACRE_TESTS_PROPERTY_PROPERTY_H

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* In the working directory. */
int make_base(uint64_t seed);
int operate(uint64_t seed, unsigned int count, unsigned int round);
int list_tree(void);
int apply_whiteouts(void);

/* Files that list_tree() wrote. */
int print_differences(const char *base, const char *box, const char *prefix);
int print_unequal(const char *expected, const char *actual, const char *base);

/* Says what could not be done to which object, by errno. Returns 1. */
static inline int complain(const char *what, const char *object)
{
	(void)fprintf(stderr, "tree: cannot %s \"%s\": %s\n", what, object, strerror(errno));
	return 1;
}

#endif
