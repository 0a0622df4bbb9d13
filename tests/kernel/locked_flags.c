// SPDX-License-Identifier: MIT
/*
 * Can a flag that was set outside be taken off a bind inside?
 *
 * No: it is locked, and a remount that leaves it out is refused as well. mount_setattr changes
 * what it names and nothing else; for mount(2), enter/mount_old.c repeats the flags that are
 * there.
 */
#include "kernel.h"

#include <sys/statvfs.h>

TEST(kernel, locked_flags)
{
	struct statvfs st;

	ENTER();
	kernel_dirs("source bind bind2");
	require(sys_mount("none", "source", "tmpfs", MS_NOEXEC | MS_NOSUID, NULL) == 0);
	require(kernel_enter() && chdir("/tmp") == 0);
	require(sys_mount("source", "bind", NULL, MS_BIND | MS_REC, NULL) == 0);
	require(sys_mount("source", "bind2", NULL, MS_BIND | MS_REC, NULL) == 0);

	check(answer(sys_mount(NULL, "bind", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL)) ==
	      EPERM);
	check(answer(sys_mount(NULL, "bind", NULL,
			       MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOEXEC | MS_NOSUID, NULL)) ==
	      0);

	check(answer(sys_mount_setattr(AT_FDCWD, "bind2", 0, MOUNT_ATTR_RDONLY, 0, 0)) == 0);
	require(statvfs("bind2", &st) == 0);
	check((st.f_flag & ST_RDONLY) && (st.f_flag & ST_NOEXEC) && (st.f_flag & ST_NOSUID));
	check(answer(sys_mount_setattr(AT_FDCWD, "bind2", 0, 0, MOUNT_ATTR_NOEXEC, 0)) == EPERM);
}
