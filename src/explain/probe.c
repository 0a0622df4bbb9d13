// SPDX-License-Identifier: MIT
/*
 * Probes of /proc and /etc. Files are read with a bound, as text of the kernel or the
 * administrator; a malformed line counts as absent. Probes of paths and mounts are in probe_path.c.
 */
#include "explain/probe.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/lock.h"
#include "base/path.h"
#include "base/subids.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

bool probe_line(const char *path, char *buf, size_t size)
{
	_cleanup_fd_ int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n;

	buf[0] = '\0';
	if (fd < 0)
		return false;
	n = read(fd, buf, size - 1);
	if (n < 0)
		return false;
	buf[n] = '\0';
	buf[strcspn(buf, "\n")] = '\0';
	return true;
}

int64_t probe_number(const char *path)
{
	char line[32], *end;
	long long value;

	if (!probe_line(path, line, sizeof(line)) || !line[0])
		return -1;
	errno = 0;
	value = strtoll(line, &end, 10);
	return errno || end == line || *end ? -1 : value;
}

/* Value of "FIELD:\tVALUE" in /proc/self/status, into buf. */
static bool status_field(const char *field, char *buf, size_t size)
{
	_cleanup_file_ FILE *file = fopen("/proc/self/status", "re");
	char line[256];
	size_t len = strlen(field);

	while (file && fgets(line, sizeof(line), file)) {
		if (strncmp(line, field, len) != 0 || line[len] != ':')
			continue;
		line[strcspn(line, "\n")] = '\0';
		(void)snprintf(buf, size, "%s", line + len + 1 + strspn(line + len + 1, "\t "));
		return true;
	}
	return false;
}

int64_t probe_status(const char *field)
{
	char value[32];

	return status_field(field, value, sizeof(value)) ? strtoll(value, NULL, 10) : -1;
}

bool probe_capability(unsigned cap)
{
	char value[32];

	if (!status_field("CapEff", value, sizeof(value)))
		return false;
	return strtoull(value, NULL, 16) >> cap & 1;
}

bool probe_seccomp(void)
{
	return probe_status("Seccomp") > 0;
}

/* A line of /proc/PID/uid_map, without the id outside. */
static bool map_line(const char *line, uint32_t *ret_inside, uint32_t *ret_count)
{
	return sscanf(line, "%" SCNu32 " %*u %" SCNu32, ret_inside, ret_count) == 2;
}

bool probe_in_userns(void)
{
	char line[64];
	uint32_t inside, count;

	/* The initial namespace maps every id to itself in one line (user_namespaces(7)). */
	return probe_line("/proc/self/uid_map", line, sizeof(line)) &&
	       !(map_line(line, &inside, &count) && inside == 0 && count == UINT32_MAX);
}

bool probe_apparmor(void)
{
	char label[128];

	if (geteuid() == 0 || probe_in_userns())
		return false;
	if (probe_number("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") != 1)
		return false;
	/* A profile of our own ("nacre (unconfined)") lifts the restriction; its denial is another
	 * matter. */
	return probe_line("/proc/self/attr/current", label, sizeof(label)) &&
	       (strcmp(label, "unconfined") == 0 ||
		strncmp(label, "unprivileged_userns", strlen("unprivileged_userns")) == 0);
}

bool probe_id_mapped(const char *file, uint32_t id)
{
	char path[64], line[64];
	_cleanup_file_ FILE *map = NULL;
	uint32_t inside, count;

	(void)snprintf(path, sizeof(path), "/proc/self/%s", file);
	map = fopen(path, "re");
	if (!map)
		return true;
	while (fgets(line, sizeof(line), map))
		if (map_line(line, &inside, &count) && id >= inside && id - inside < count)
			return true;
	return false;
}

enum subid_state probe_subids(const char *file, uint32_t from, uint32_t count)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct subids ids;

	subids_read(&arena, file, getuid(), &ids);
	for (size_t i = 0; i < ids.v.count; i++) {
		const struct subid_range *r = &ids.v.items[i];

		if (from >= r->first && (uint64_t)from + count <= (uint64_t)r->first + r->count)
			return SUBID_COVERED;
	}
	return ids.v.count ? SUBID_OTHER : SUBID_NONE;
}

const char *probe_program(struct arena *arena, const char *name)
{
	const char *path = getenv("PATH");
	struct stat st;

	/* The default of execvp(3) when PATH is not set. */
	for (const char *dir = path ? path : "/bin:/usr/bin"; dir;) {
		const char *end = strchrnul(dir, ':');
		const char *full = path_join(
			arena, end > dir ? arena_strndup(arena, dir, (size_t)(end - dir)) : ".",
			name);

		if (stat(full, &st) == 0 && S_ISREG(st.st_mode) && access(full, X_OK) == 0)
			return full;
		dir = *end ? end + 1 : NULL;
	}
	return NULL;
}

bool probe_privileged(const char *program)
{
	struct stat st;

	return stat(program, &st) == 0 &&
	       (st.st_mode & S_ISUID || getxattr(program, "security.capability", NULL, 0) > 0);
}

void fact_lock_holder(struct error *err, const char *path)
{
	struct lock_holder holder;
	struct stat st;

	if (stat(path, &st) < 0 || !lock_holder_find(&st, &holder))
		return;
	error_fact(err, "held by process %d%s%s", (int)holder.pid, *holder.command ? ": " : "",
		   *holder.command ? Q(holder.command) : "");
}
