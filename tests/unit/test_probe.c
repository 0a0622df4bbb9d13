// SPDX-License-Identifier: MIT
/* The probes of the machine: what they answer about this process, and about what is not there. */
#include "base/subids.h"
#include "explain/probe.h"

#include "base/cleanup.h"
#include "lib/test.h"

#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TEST(probe, proc_files)
{
	char line[8];

	check(probe_status("Threads") == 1);
	check(probe_status("Thread") == -1);
	check(probe_status("NoSuchField") == -1);
	check(probe_number("/proc/sys/kernel/pid_max") > 0);
	check(probe_number("/proc/self/comm") == -1);
	check(probe_number("/no/such/file") == -1);
	check(!probe_line("/no/such/file", line, sizeof(line)) && !line[0]);
	check(probe_line("/proc/self/status", line, sizeof(line)) && strlen(line) < sizeof(line));
	check(probe_id_mapped("uid_map", getuid()));
}

TEST(probe, paths)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct place proc;

	check(place_read("/proc", &proc) && proc.fs == PROC_SUPER_MAGIC && proc.mount_id > 0);
	check_str(fs_name(proc.fs), "proc");
	check_str(fs_name(EXT4_SUPER_MAGIC), "ext4");
	check_str(fs_name((int64_t)(int32_t)CIFS_SUPER_MAGIC), "CIFS");
	check_str(fs_name(1), "an unknown file system");
	check_str(probe_existing(&arena, "/proc/none,\n/x"), "/proc");
	check_str(probe_existing(&arena, "/none"), "/");
	check(place_contains("/", "/proc/self/"));
	check(!place_contains("/proc", "/"));
	check(!probe_unsearchable(&arena, "/proc/self/status"));
	check(probe_program(&arena, "sh"));
	check(!probe_program(&arena, "no-such-program"));
}

TEST(probe, home_of_boxes)
{
	_cleanup_(arena_release) struct arena arena = { 0 };

	setenv("HOME", "/home/a:b", 1);
	setenv("XDG_STATE_HOME", "relative", 1);
	check_str(probe_state_dir(&arena), "/home/a:b/.local/state/nacre");
	setenv("XDG_STATE_HOME", "/var//state/", 1);
	check_str(probe_state_dir(&arena), "/var/state/nacre");
	unsetenv("XDG_STATE_HOME");
	unsetenv("HOME");
	check(!probe_state_dir(&arena));
}

TEST(probe, subordinate_ids)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	char path[] = "/tmp/nacre-test-XXXXXX";
	_cleanup_fd_ int fd = mkstemp(path);
	const char *login = login_name(&arena, getuid());

	require(fd >= 0);
	dprintf(fd, "\nno colons\n%s:x:y\n%s0:1:4294967295\n", login, login);
	check(probe_subids(path, 100, 1) == SUBID_NONE);
	dprintf(fd, "%s:100000:65536\n%u:7:2\n", login, (unsigned)getuid());
	check(probe_subids(path, 100000, 65536) == SUBID_COVERED);
	check(probe_subids(path, 100000, 65537) == SUBID_OTHER);
	check(probe_subids(path, 99999, 2) == SUBID_OTHER);
	check(probe_subids(path, 8, 1) == SUBID_COVERED);
	check(probe_subids(path, 4294967295, 4294967295) == SUBID_OTHER);
	check(unlink(path) == 0);
	check(probe_subids(path, 8, 1) == SUBID_NONE);
}

static struct mount_entry *add_mount(struct arena *arena, struct mounts *m, const char *point)
{
	struct mount_entry *e = VECTOR_ADD(arena, &m->v);

	e->point = point;
	return e;
}

TEST(probe, mounts_below)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_text_ struct text list = { 0 };
	struct mounts m = { 0 };

	add_mount(&arena, &m, "/");
	add_mount(&arena, &m, "/srv");
	add_mount(&arena, &m, "/srvx");
	check(probe_mounts_below(&m, "/srv", &list) == 0);
	check_str(text_str(&list), "");
	add_mount(&arena, &m, "/srv/a,b\n\xff");
	add_mount(&arena, &m, "/srv/c")->covered = true;
	add_mount(&arena, &m, "/srv/c");
	check(probe_mounts_below(&m, "/srv", &list) == 2);
	check_str(text_str(&list), "\"/srv/a,b\\x0a\\xff\", /srv/c");
	text_clear(&list);
	add_mount(&arena, &m, "/srv/d");
	add_mount(&arena, &m, "/srv/e");
	add_mount(&arena, &m, "/srv/f/g");
	check(probe_mounts_below(&m, "/srv", &list) == 5);
	check(strstr(text_str(&list), "/srv/e and 1 more"));
}
