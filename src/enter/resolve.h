// SPDX-License-Identifier: MIT
/*
 * Paths inside a root that may be hostile: no symbolic link in it can lead out of it.
 *
 * openat2(2) with RESOLVE_IN_ROOT and RESOLVE_NO_MAGICLINKS does it in the kernel; where that call is missing
 * (ENOSYS: seccomp filters, valgrind) the walk is done here, one component at a time.
 */
#ifndef NACRE_ENTER_RESOLVE_H
#define NACRE_ENTER_RESOLVE_H

/*
 * Opens path (absolute or relative, taken below root_fd) with flags (O_PATH, O_RDONLY, O_DIRECTORY…; O_CLOEXEC is
 * added). With O_NOFOLLOW a final link is opened itself (O_PATH) or refused. Returns a descriptor, or -1 and errno.
 */
int resolve_in_root(int root_fd, const char *path, int flags);

#endif
