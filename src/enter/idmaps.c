// SPDX-License-Identifier: MIT
/* Deciding on the id maps and writing them. */
#include "enter/idmaps.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/subids.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "plan/idmap.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

static int add(struct plan *plan, struct id_map *map, uint32_t inside, uint32_t outside,
	       uint32_t count, struct error *err)
{
	return id_map_add(&plan->arena, map,
			  (struct id_range){ .inside = inside, .outside = outside, .count = count },
			  err);
}

static int one_id(struct plan *plan, uint32_t uid, uint32_t gid, struct error *err)
{
	struct identity *id = &plan->identity;

	id->uids = (struct id_map){ 0 };
	id->gids = (struct id_map){ 0 };
	id->uid = uid;
	id->gid = gid;
	id->deny_setgroups = true;
	if (add(plan, &id->uids, uid, getuid(), 1, err) < 0 ||
	    add(plan, &id->gids, gid, getgid(), 1, err) < 0)
		return -1;
	return 0;
}

/* Every id that exists here, to itself: what root keeps when it is called by root. */
static int every_id(struct plan *plan, const char *path, struct id_map *map, struct error *err)
{
	_cleanup_file_ FILE *f = fopen(path, "re");
	unsigned inside, outside, count;

	while (f && fscanf(f, "%u %u %u", &inside, &outside, &count) == 3)
		if (add(plan, map, inside, inside, count, err) < 0)
			return -1;
	return map->v.count ? 0 : add(plan, map, 0, 0, 1, err);
}

/*
 * One of the two maps of a range. Usually 0 = own id and 1… = the subordinate ones, so that what root makes is the user's. A root
 * directory that belongs to the first subordinate id, as mmdebstrap and podman unshare make them, was made by another rule:
 * 0… = the subordinate ones. It is read by the rule it was written by; the own id comes after them.
 */
static int add_range(struct plan *plan, struct id_map *map, uint32_t own, uint32_t owner,
		     struct subid_range range, struct error *err)
{
	bool starts_at_root = owner == range.first;

	if (add(plan, map, starts_at_root ? range.count : 0, own, 1, err) < 0)
		return -1;
	return add(plan, map, starts_at_root ? 0 : 1, range.first, range.count, err);
}

/* 0 = own id, 1… = the subordinate ones; or as the root directory wants it. */
static int range_of_ids(struct plan *plan, struct error *err)
{
	struct identity *id = &plan->identity;
	uint32_t root_uid = getuid(), root_gid = getgid();
	struct subids uids, gids;
	struct stat st;

	/* Inside a box, for one, no helper gains rights. */
	if (geteuid() != 0 && prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1) {
		id->fallback = "newuidmap-no-new-privs";
		return one_id(plan, id->uid, id->gid, err);
	}
	subids_read(&plan->arena, "/etc/subuid", getuid(), &uids);
	subids_read(&plan->arena, "/etc/subgid", getuid(), &gids);
	if (!uids.v.count || !gids.v.count) {
		id->fallback = "subuid-missing";
		return one_id(plan, id->uid, id->gid, err);
	}
	id->helper = geteuid() != 0;
	if (plan->base == BASE_DIR && stat(plan->root, &st) == 0) {
		root_uid = st.st_uid;
		root_gid = st.st_gid;
	}
	if (add_range(plan, &id->uids, getuid(), root_uid, uids.v.items[0], err) < 0)
		return -1;
	return add_range(plan, &id->gids, getgid(), root_gid, gids.v.items[0], err);
}

/*
 * A map of our own id alone is written by the child: it needs no rights, and no /proc that knows the child by its pid, which
 * that of an outer pid namespace does not. Any other needs the helper, or root.
 */
static int choose_writer(struct plan *plan)
{
	struct identity *id = &plan->identity;
	bool own = id->uids.v.count == 1 && id->gids.v.count == 1 &&
		   id->uids.v.items[0].count == 1 && id->gids.v.items[0].count == 1 &&
		   id->uids.v.items[0].outside == getuid() &&
		   id->gids.v.items[0].outside == getgid();

	id->deny_setgroups = own;
	id->helper = !own && geteuid() != 0;
	return 0;
}

int idmaps_resolve(struct plan *plan, struct error *err)
{
	struct identity *id = &plan->identity;

	/* No user namespace, or one that is there already: the reader has named the ids, and there is nothing to map. */
	if (plan->life && !plan->unshare[NS_USER]) {
		id->deny_setgroups = true;
		return 0;
	}
	if (id->kind == IDENTITY_SAME && geteuid() == 0)
		id->kind = IDENTITY_ALL;
	switch (id->kind) {
	case IDENTITY_SAME:
		return one_id(plan, getuid(), getgid(), err);
	case IDENTITY_CHOSEN:
		return one_id(plan, id->uid, id->gid, err);
	case IDENTITY_RANGE:
		if (geteuid() != 0)
			return range_of_ids(plan, err);
		id->kind = IDENTITY_ALL;
		__attribute__((fallthrough));
	case IDENTITY_ALL:
		id->uid = 0;
		id->gid = 0;
		if (every_id(plan, "/proc/self/uid_map", &id->uids, err) < 0)
			return -1;
		if (every_id(plan, "/proc/self/gid_map", &id->gids, err) < 0)
			return -1;
		return choose_writer(plan);
	case IDENTITY_RAW:
		return choose_writer(plan);
	}
	return 0;
}

bool idmaps_by_child(const struct plan *plan)
{
	return plan->identity.deny_setgroups;
}

static int write_file(const char *path, const char *text, size_t len, enum error_call call,
		      struct error *err)
{
	_cleanup_fd_ int fd = sys_open(path, O_WRONLY | O_CLOEXEC);

	if (fd >= 0 && write(fd, text, len) == (ssize_t)len)
		return 0;
	(void)fail(err, ERROR_SYSTEM, errno, "cannot map ids");
	return fail_at(err, call, path);
}

static int write_map(const char *path, const struct id_map *map, enum error_call call,
		     struct error *err)
{
	_cleanup_text_ struct text text = { 0 };

	id_map_format(map, &text);
	return write_file(path, text_str(&text), text.len, call, err);
}

/* A map of one line, without the heap. */
static int write_own_map(const char *path, const struct id_map *map, enum error_call call,
			 struct error *err)
{
	char line[ID_LINE_MAX];
	int len = id_range_format(map->v.items[0], line);

	return write_file(path, line, (size_t)len, call, err);
}

int idmaps_write_own(const struct plan *plan, struct error *err)
{
	if (write_file("/proc/self/setgroups", "deny", 4, CALL_SETGROUPS, err) < 0 ||
	    write_own_map("/proc/self/uid_map", &plan->identity.uids, CALL_UID_MAP, err) < 0)
		return -1;
	return write_own_map("/proc/self/gid_map", &plan->identity.gids, CALL_GID_MAP, err);
}

/* Its words go to output_fd. The errno of what failed, or 0. */
static int start_helper(char *const *argv, int output_fd, pid_t *ret_pid)
{
	posix_spawn_file_actions_t actions;
	int sys = posix_spawn_file_actions_init(&actions);

	if (sys != 0)
		return sys;
	sys = posix_spawn_file_actions_adddup2(&actions, output_fd, STDOUT_FILENO);
	if (sys == 0)
		sys = posix_spawn_file_actions_adddup2(&actions, output_fd, STDERR_FILENO);
	if (sys == 0)
		sys = posix_spawnp(ret_pid, argv[0], &actions, NULL, argv, environ);
	(void)posix_spawn_file_actions_destroy(&actions);
	return sys;
}

static int helper_failed(const char *program, int sys, const char *output, struct error *err)
{
	(void)fail(err, ERROR_SYSTEM, sys, "cannot map ids");
	(void)fail_at(err, CALL_NEWUIDMAP, *output ? output : program);
	return -1;
}

/* newuidmap PID INSIDE OUTSIDE COUNT…: set-uid, checks /etc/subuid and writes the map for us. */
static int run_helper(const char *program, pid_t child, const struct id_map *map, struct error *err)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	VECTOR(char *) argv = { 0 };
	char output[256] = "";
	int pipes[2], status, sys;
	size_t used = 0;
	ssize_t n;
	pid_t pid;

	*VECTOR_ADD(&arena, &argv) = arena_strdup(&arena, program);
	*VECTOR_ADD(&arena, &argv) = arena_printf(&arena, "%d", (int)child);
	for (size_t i = 0; i < map->v.count; i++) {
		const struct id_range *r = &map->v.items[i];

		*VECTOR_ADD(&arena, &argv) = arena_printf(&arena, "%u", r->inside);
		*VECTOR_ADD(&arena, &argv) = arena_printf(&arena, "%u", r->outside);
		*VECTOR_ADD(&arena, &argv) = arena_printf(&arena, "%u", r->count);
	}
	*VECTOR_ADD(&arena, &argv) = NULL;
	if (pipe2(pipes, O_CLOEXEC) < 0)
		return helper_failed(program, errno, "", err);
	sys = start_helper(argv.items, pipes[1], &pid);
	(void)close(pipes[1]);
	while (sys == 0 && used < sizeof(output) - 1 &&
	       (n = read(pipes[0], output + used, sizeof(output) - 1 - used)) > 0)
		used += (size_t)n;
	(void)close(pipes[0]);
	if (sys != 0)
		return helper_failed(program, sys, "", err);
	output[strcspn(output, "\n")] = '\0';
	if (waitpid(pid, &status, 0) != pid) {
		/* A program that ignores SIGCHLD gets no status. Of a failure they tell. */
		if (errno == ECHILD && !*output)
			return 0;
		return helper_failed(program, errno, output, err);
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	return helper_failed(program, 0, output, err);
}

int idmaps_write_child(const struct plan *plan, pid_t child, struct error *err)
{
	const struct identity *id = &plan->identity;
	char path[48];

	if (id->helper) {
		if (run_helper("newuidmap", child, &id->uids, err) < 0)
			return -1;
		return run_helper("newgidmap", child, &id->gids, err);
	}
	(void)snprintf(path, sizeof(path), "/proc/%d/uid_map", (int)child);
	if (write_map(path, &id->uids, CALL_UID_MAP, err) < 0)
		return -1;
	(void)snprintf(path, sizeof(path), "/proc/%d/gid_map", (int)child);
	return write_map(path, &id->gids, CALL_GID_MAP, err);
}

/* ---- idmaps_enter ---- */

/* Maps the ids from first up to before end to themselves, but for those that are mapped already. */
static int show_ids(struct arena *arena, struct id_map *map, uint64_t first, uint64_t end,
		    struct error *err)
{
	for (size_t i = 0; i < map->v.count; i++) {
		uint64_t line = map->v.items[i].outside, line_end = line + map->v.items[i].count;

		if (end <= line || first >= line_end)
			continue;
		if (first < line && show_ids(arena, map, first, line, err) < 0)
			return -1;
		return end > line_end ? show_ids(arena, map, line_end, end, err) : 0;
	}
	return id_map_add(
		arena, map,
		(struct id_range){ (uint32_t)first, (uint32_t)first, (uint32_t)(end - first) }, err);
}

static int show_ranges(struct arena *arena, struct id_map *map, uint32_t own,
		       const struct id_range *ranges, size_t count, struct error *err)
{
	if (show_ids(arena, map, own, (uint64_t)own + 1, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (show_ids(arena, map, ranges[i].outside,
			     (uint64_t)ranges[i].outside + ranges[i].count, err) < 0)
			return -1;
	return 0;
}

/* A child that keeps a user namespace open until the socket is closed. */
struct sitter {
	pid_t pid;
	int fd; /* our end */
};

_Noreturn static void sit(int fd)
{
	int sys = unshare(CLONE_NEWUSER) < 0 ? errno : 0;
	char end;

	if (write(fd, &sys, sizeof(sys)) == (ssize_t)sizeof(sys))
		(void)!read(fd, &end, 1);
	_exit(0);
}

static void sitter_end(struct sitter *sitter)
{
	sitter->fd = close_fd(sitter->fd);
	if (sitter->pid > 0)
		(void)waitpid(sitter->pid, NULL, 0);
}

static int sitter_start(struct sitter *ret, struct error *err)
{
	int ends[2], sys = 0;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return fail(err, ERROR_SYSTEM, errno, "cannot make a user namespace");
	ret->fd = ends[0];
	ret->pid = fork();
	if (ret->pid == 0) {
		(void)close(ends[0]);
		sit(ends[1]);
	}
	if (ret->pid < 0)
		sys = errno;
	(void)close(ends[1]);
	if (sys == 0 && read(ret->fd, &sys, sizeof(sys)) != (ssize_t)sizeof(sys))
		sys = ECHILD;
	if (sys == 0)
		return 0;
	(void)fail(err, ERROR_SYSTEM, sys, "cannot make a user namespace");
	return fail_at(err, CALL_CLONE, "user");
}

static int write_sitter_own(pid_t pid, const struct id_map *uids, const struct id_map *gids,
			    struct error *err)
{
	char path[48];

	(void)snprintf(path, sizeof(path), "/proc/%d/setgroups", (int)pid);
	if (write_file(path, "deny", 4, CALL_SETGROUPS, err) < 0)
		return -1;
	(void)snprintf(path, sizeof(path), "/proc/%d/uid_map", (int)pid);
	if (write_own_map(path, uids, CALL_UID_MAP, err) < 0)
		return -1;
	(void)snprintf(path, sizeof(path), "/proc/%d/gid_map", (int)pid);
	return write_own_map(path, gids, CALL_GID_MAP, err);
}

static bool is_own_id(const struct id_map *map)
{
	return map->v.count == 1 && map->v.items[0].count == 1;
}

static int write_sitter(pid_t pid, const struct id_map *uids, const struct id_map *gids,
			struct error *err)
{
	if (is_own_id(uids) && is_own_id(gids))
		return write_sitter_own(pid, uids, gids, err);
	if (run_helper("newuidmap", pid, uids, err) < 0)
		return -1;
	return run_helper("newgidmap", pid, gids, err);
}

/* Who has made a user namespace may join it from the one above, with every capability in it (user_namespaces(7)). */
static int join(pid_t pid, struct error *err)
{
	_cleanup_fd_ int fd = -EBADF;
	char path[48];

	(void)snprintf(path, sizeof(path), "/proc/%d/ns/user", (int)pid);
	fd = sys_open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && setns(fd, CLONE_NEWUSER) == 0)
		return 0;
	(void)fail(err, ERROR_SYSTEM, errno, "cannot enter a user namespace");
	return fail_at(err, CALL_CLONE, "user");
}

int idmaps_enter(const struct id_range *uids, size_t uid_count, const struct id_range *gids,
		 size_t gid_count, struct error *err)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_(sitter_end) struct sitter sitter = { .fd = -EBADF };
	struct id_map uid_map = { 0 }, gid_map = { 0 };

	if (geteuid() == 0)
		return 0;
	if (show_ranges(&arena, &uid_map, geteuid(), uids, uid_count, err) < 0 ||
	    show_ranges(&arena, &gid_map, getegid(), gids, gid_count, err) < 0 ||
	    sitter_start(&sitter, err) < 0 || write_sitter(sitter.pid, &uid_map, &gid_map, err) < 0)
		return -1;
	return join(sitter.pid, err);
}
