// SPDX-License-Identifier: MIT
/*
 * How long may the value of a mount option be?
 *
 * 255 bytes by fsconfig, and one page for all of them by mount(2), which mounts what is left
 * after a cut. So layers are handed over as descriptors or by short names in /proc, and
 * enter/mount_old.c counts.
 */
#include "kernel.h"

TEST(kernel, option_length)
{
	char value[257], data[4200], log[512];
	int fs;

	ENTER();
	memset(value, 'x', sizeof(value));
	value[256] = '\0';
	fs = sys_fsopen("tmpfs");
	require(fs >= 0);
	check(answer(sys_fsconfig(fs, FSCONFIG_SET_STRING, "source", value, 0)) == EINVAL);
	/* And not a word about it. */
	check(answer((int)read(fs, log, sizeof(log))) == ENODATA);
	value[255] = '\0';
	check(answer(sys_fsconfig(fs, FSCONFIG_SET_STRING, "source", value, 0)) == 0);

	if (sysconf(_SC_PAGESIZE) != 4096)
		return;
	/* The last option is refused, unless it is cut off. */
	kernel_dirs("target");
	check(answer(sys_mount("none", "target", "tmpfs", 0, "mode=0755,nonsense")) == EINVAL);
	memset(data, ',', sizeof(data));
	memcpy(data + 4100, "nonsense", sizeof("nonsense"));
	check(answer(sys_mount("none", "target", "tmpfs", 0, data)) == 0);
}
