// SPDX-License-Identifier: MIT
/*
 * Which control group is the root of a cgroup namespace whose process goes into another group later?
 *
 * The one in which it was made. So run/inside.c goes into the group first and makes the namespace then, which it may in a user
 * namespace of its own: cgroup.procs was opened outside.
 */
#include "kernel.h"

#include <fcntl.h>
#include <sys/syscall.h>

static char group[512];

/* The group of the second version as the caller sees it. */
static bool own_group(char path[static 256])
{
	FILE *f = fopen("/proc/self/cgroup", "re");
	bool found = false;
	char line[300];

	while (f && !found && fgets(line, sizeof(line), f))
		found = sscanf(line, "0::%255s", path) == 1;
	if (f)
		(void)fclose(f);
	return found;
}

/* A fresh one in that of this process. */
static bool make_group(void)
{
	FILE *f = fopen("/proc/self/mountinfo", "re");
	char line[1024], point[128], own[256];
	bool made = false;

	while (f && !made && fgets(line, sizeof(line), f)) {
		if (!strstr(line, " - cgroup2 ") ||
		    sscanf(line, "%*s %*s %*s %*s %127s", point) != 1 || !own_group(own))
			continue;
		(void)snprintf(group, sizeof(group), "%s%s/nacre-kernel-%d", point, own,
			       (int)getpid());
		made = mkdir(group, 0755) == 0;
	}
	if (f)
		(void)fclose(f);
	return made;
}

static int is_root(void)
{
	char own[256];

	return own_group(own) && strcmp(own, "/") == 0 ? 0 : 1;
}

static int waited(pid_t pid)
{
	int status = 0;

	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

TEST(kernel, cgroup_root)
{
	int dir, procs;
	pid_t pid;

	if (!make_group())
		SKIP("no control group can be made");
	dir = open(group, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	procs = openat(dir, "cgroup.procs", O_WRONLY | O_CLOEXEC);
	pid = (pid_t)syscall(SYS_clone, CLONE_NEWUSER | CLONE_NEWCGROUP | SIGCHLD, 0, 0, 0, 0);
	if (pid == 0)
		_exit(write(procs, "0", 1) != 1 ? 2 : is_root());
	check(pid > 0 && waited(pid) == 1);

	pid = fork();
	if (pid == 0)
		_exit(unshare(CLONE_NEWUSER) < 0 || write(procs, "0", 1) != 1 ||
		      unshare(CLONE_NEWCGROUP) < 0 || is_root());
	check(pid > 0 && waited(pid) == 0);
	check(rmdir(group) == 0);
}
