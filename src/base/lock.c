// SPDX-License-Identifier: MIT
/* Reading /proc/locks (proc_locks(5)). */
#include "base/lock.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/process.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/sysmacros.h>

bool lock_holder_find(const struct stat *st, struct lock_holder *ret)
{
	_cleanup_file_ FILE *locks = fopen("/proc/locks", "re");
	char line[256];

	/* "1: FLOCK  ADVISORY  WRITE 1234 08:01:5678 0 EOF"; the device in hexadecimal. A process that is not in our pid
	 * namespace is 0 or -1. */
	while (locks && fgets(line, sizeof(line), locks)) {
		unsigned dev_major, dev_minor;
		unsigned long long ino;
		int pid;

		if (sscanf(line, "%*d: FLOCK %*s %*s %d %x:%x:%llu", &pid, &dev_major, &dev_minor,
			   &ino) != 4 ||
		    pid <= 0)
			continue;
		if (ino == st->st_ino && dev_major == major(st->st_dev) &&
		    dev_minor == minor(st->st_dev)) {
			char path[32];

			ret->pid = pid;
			(void)snprintf(path, sizeof(path), "/proc/%d/cmdline", pid);
			process_command(AT_FDCWD, path, ret->command, sizeof(ret->command));
			return true;
		}
	}
	return false;
}

void lock_holder_tell(const struct stat *st, struct error *err)
{
	struct lock_holder holder;

	if (lock_holder_find(st, &holder))
		error_fact(err, "held by process %d%s%s", (int)holder.pid,
			   *holder.command ? ": " : "", holder.command);
}
