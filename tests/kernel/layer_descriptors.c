// SPDX-License-Identifier: MIT
/*
 * May a layer be handed over as a descriptor, also one of a mount that is attached nowhere?
 *
 * Descriptors from Linux 6.13 on, O_PATH ones and those of detached mounts from 6.15 on.
 * enter/site.c probes it; with it no layer's name has to be escaped and the stage needs no place
 * on the host.
 */
#include "kernel.h"

static int set(int fs, const char *key, int dir, const char *name)
{
	int fd = openat(dir, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int failed = answer(sys_fsconfig(fs, FSCONFIG_SET_FD, key, NULL, fd));

	(void)close(fd);
	return failed;
}

TEST(kernel, layer_descriptors)
{
	int stage, fs;

	ENTER();
	NEEDS_OVERLAY();
	fs = sys_fsopen("tmpfs");
	require(fs >= 0 && sys_fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0) == 0);
	stage = sys_fsmount(fs, 0);
	require(stage >= 0);
	require(mkdirat(stage, "upper", 0755) == 0 && mkdirat(stage, "work", 0755) == 0);
	kernel_dirs("lower merged");

	fs = sys_fsopen("overlay");
	require(fs >= 0 && sys_fsconfig(fs, FSCONFIG_SET_FLAG, "userxattr", NULL, 0) == 0);
	if (set(fs, "lowerdir+", AT_FDCWD, "lower"))
		SKIP("overlay takes no O_PATH descriptors (Linux 6.15)");
	check(set(fs, "upperdir", stage, "upper") == 0);
	check(set(fs, "workdir", stage, "work") == 0);
	check(answer(sys_fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0)) == 0);
	check(answer(sys_fsmount(fs, 0)) == 0);
}
