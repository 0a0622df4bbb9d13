// SPDX-License-Identifier: MIT
/*
 * The payload: exits 0 at once. Without a C library, so that what is measured is the runner and not
 * the start-up of /bin/true, which is dearer than most of the scenarios.
 */
#include "floor_kernel.h"

int program(int argc, char **argv, char **environment)
{
	(void)argc;
	(void)argv;
	(void)environment;
	return 0;
}
