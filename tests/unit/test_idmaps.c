// SPDX-License-Identifier: MIT
/* The namespace in which a verb handles what boxes left: each case enters it in a process of its own. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/subids.h"
#include "enter/idmaps.h"
#include "test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* True when f is so in a process of its own. */
static bool in_child(bool (*f)(void))
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0)
		_exit(f() ? 0 : 1);
	return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
	       WEXITSTATUS(status) == 0;
}

static bool may_enter(void)
{
	struct error err = { 0 };

	return idmaps_enter(NULL, 0, NULL, 0, &err) == 0;
}

static struct subid_range subuid, subgid;

static bool find_subids(void)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct subids uids, gids;

	subids_read(&arena, "/etc/subuid", getuid(), &uids);
	subids_read(&arena, "/etc/subgid", getuid(), &gids);
	if (!uids.v.count || !gids.v.count || uids.v.items[0].count < 20)
		return false;
	subuid = uids.v.items[0];
	subgid = gids.v.items[0];
	return true;
}

/* The lines of the map, blanks as the kernel pads them left out. */
static bool map_is(uint32_t own, uint32_t first, uint32_t count)
{
	_cleanup_file_ FILE *f = fopen("/proc/self/uid_map", "re");
	unsigned inside, outside, n, lines = 0;
	uint64_t others = 0;

	while (f && fscanf(f, "%u %u %u", &inside, &outside, &n) == 3) {
		lines++;
		/* Seen from within, the second column is the id in the namespace of the reader: the same. */
		if (inside != outside)
			return false;
		if (inside != own) {
			if (inside < first || inside + n > first + count)
				return false;
			others += n;
		}
	}
	return lines > 0 && others == count;
}

/* What is below: a directory of mode 000 is no obstacle, and the files that are made are our own. */
static bool enter_alone(void)
{
	char dir[] = "/tmp/nacre-idmaps-XXXXXX";
	struct error err = { 0 };
	uid_t uid = geteuid();
	struct stat st;

	if (idmaps_enter(NULL, 0, NULL, 0, &err) < 0 || geteuid() != uid || !mkdtemp(dir) ||
	    chdir(dir) < 0 || mkdir("sealed", 0) < 0 || mkdir("sealed/inner", 0700) < 0)
		return false;
	return stat("sealed/inner", &st) == 0 && st.st_uid == uid && rmdir("sealed/inner") == 0 &&
	       rmdir("sealed") == 0 && rmdir(dir) == 0;
}

TEST(idmaps, own_id_alone)
{
	if (!in_child(may_enter))
		SKIP("no user namespaces");
	check(in_child(enter_alone));
}

/* Ranges that overlap each other and the own id are joined; their inside ids say nothing. */
static bool enter_ranges(void)
{
	const struct id_range uids[] = {
		{ 0, geteuid(), 1 },
		{ 1, subuid.first + 5, 10 },
		{ 77, subuid.first, 7 },
		{ 99, subuid.first + 2, 18 },
	};
	const struct id_range gids[] = { { 0, getegid(), 1 }, { 1, subgid.first, 3 } };
	struct error err = { 0 };

	return idmaps_enter(uids, ARRAY_LEN(uids), gids, ARRAY_LEN(gids), &err) == 0 &&
	       map_is(getuid(), subuid.first, 20);
}

TEST(idmaps, ranges_are_joined)
{
	if (geteuid() == 0 || !find_subids() || !in_child(may_enter) ||
	    access("/usr/bin/newuidmap", X_OK) < 0)
		SKIP("as root, or without subordinate ids");
	check(in_child(enter_ranges));
}

static bool without_helper(void)
{
	const struct id_range range = { 0, subuid.first, 1 };
	struct error err = { 0 };
	uid_t uid = geteuid();

	if (setenv("PATH", "/nowhere", 1) < 0 || idmaps_enter(&range, 1, NULL, 0, &err) == 0)
		return false;
	/* Still in the old namespace. */
	return err.call == CALL_NEWUIDMAP && err.sys == ENOENT && geteuid() == uid;
}

TEST(idmaps, missing_helper_changes_nothing)
{
	if (geteuid() == 0 || !find_subids() || !in_child(may_enter))
		SKIP("as root, or without subordinate ids");
	check(in_child(without_helper));
}

static bool foreign_id(void)
{
	const struct id_range range = { 0, 0, 1 };
	struct error err = { 0 };
	uid_t uid = geteuid();

	return idmaps_enter(&range, 1, NULL, 0, &err) < 0 && err.call == CALL_NEWUIDMAP &&
	       geteuid() == uid;
}

TEST(idmaps, id_of_another_is_refused)
{
	if (geteuid() == 0 || !in_child(may_enter))
		SKIP("as root, or without user namespaces");
	check(in_child(foreign_id));
}
