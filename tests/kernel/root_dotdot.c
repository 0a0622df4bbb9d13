// SPDX-License-Identifier: MIT
/*
 * Where do "/" and "/.." lead after something was mounted on "/"?
 *
 * "/" to the root as it was, "/.." into the new mount. enter/site.c opens the stage by that when
 * there is no other way, since mount(2) gives no descriptor.
 */
#include "kernel.h"

TEST(kernel, root_dotdot)
{
	ENTER();
	require(sys_mount("none", "/", "tmpfs", 0, NULL) == 0);
	check(kernel_exists("/usr"));
	check(!kernel_exists("/../usr"));
	check(mkdir("/../made", 0755) == 0);
	check(kernel_exists("/../made"));
	check(!kernel_exists("/made"));
}
