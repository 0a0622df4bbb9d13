// SPDX-License-Identifier: MIT
/* Starting the command one user namespace further in. */
#include "run/second.h"

#include "base/cleanup.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "enter/network.h"
#include "enter/privilege.h"
#include "plan/idmap.h"
#include "run/command.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

static int second_failed(struct error *err, enum error_call call, const char *object)
{
	(void)fail_call(err, call, object);
	return fail_message(err, "cannot make the command's own user namespace");
}

static int mount_proc(int fs_fd)
{
	if (sys_fsconfig(fs_fd, FSCONFIG_CMD_CREATE, NULL, NULL, 0) < 0)
		return -1;
	return sys_fsmount(fs_fd, 0);
}

int second_proc(const struct plan *plan)
{
	_cleanup_fd_ int fs_fd = -EBADF;

	if (!plan->unshare[NS_PID])
		return sys_open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	fs_fd = sys_fsopen("proc");
	return fs_fd < 0 ? -1 : mount_proc(fs_fd);
}

static int open_proc(const struct inside *in)
{
	_cleanup_fd_ int fs_fd = -EBADF;

	if (in->proc_fd >= 0)
		return fcntl(in->proc_fd, F_DUPFD_CLOEXEC, 3);
	fs_fd = sys_fsopen("proc");
	/* Without the calls, the box's own. */
	return fs_fd < 0 ? open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC) : mount_proc(fs_fd);
}

static int write_map(int proc_fd, pid_t pid, const char *name, const struct id_map *map)
{
	_cleanup_text_ struct text text = { 0 };
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_fd_ int fd = -EBADF;
	struct id_map inner = { 0 };
	struct error ignored;
	char path[48];

	for (size_t i = 0; i < map->v.count; i++) {
		struct id_range r = map->v.items[i];

		r.outside = r.inside;
		if (id_map_add(&arena, &inner, r, &ignored) < 0)
			return -1;
	}
	id_map_format(&inner, &text);
	(void)snprintf(path, sizeof(path), "%d/%s", (int)pid, name);
	fd = openat(proc_fd, path, O_WRONLY | O_CLOEXEC);
	return fd < 0 || write(fd, text_str(&text), text.len) != (ssize_t)text.len ? -1 : 0;
}

/*
 * The box's network belongs to the first user namespace, where a capability of the second one counts for nothing. A command that
 * shall be able to change its network gets one that is its own, as empty as the box's. Who joins shares the box's.
 */
static int own_network(const struct inside *in, struct error *err)
{
	if (in->member || !in->plan->unshare[NS_NET] ||
	    !(privilege_mask(in->plan) & (UINT64_C(1) << CAP_NET_ADMIN)))
		return 0;
	if (unshare(CLONE_NEWNET) < 0)
		return second_failed(err, CALL_CLONE, "net");
	return network_loopback_up(err);
}

static _Noreturn void child(const struct inside *in, char *const *env, int socket_fd)
{
	struct error err = { 0 };
	char byte;

	/*
	 * Forked from init it is not dumpable, so its maps would be files of the host's root. Nobody else is in the box yet.
	 * recv() holds the command back until they are written.
	 */
	if (prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) < 0 || send(socket_fd, "", 1, MSG_NOSIGNAL) != 1 ||
	    recv(socket_fd, &byte, 1, 0) != 1)
		_exit(STATUS_FAILED);
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
		(void)second_failed(&err, CALL_PROCESS, "dumpable");
	else if (own_network(in, &err) == 0)
		(void)command_become(in, env, &err);
	(void)send(socket_fd, &err, sizeof(err), MSG_NOSIGNAL);
	_exit(err.status);
}

pid_t second_start(const struct inside *in, char *const *env, struct error *err)
{
	_cleanup_fd_ int proc_fd = open_proc(in);
	int ends[2];
	pid_t pid;
	char byte;

	if (proc_fd < 0)
		return second_failed(err, CALL_FSCREATE, "proc");
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return second_failed(err, CALL_PROCESS, "socketpair");
	pid = (pid_t)syscall(SYS_clone, CLONE_NEWUSER | CLONE_NEWNS | SIGCHLD, 0, 0, 0, 0);
	if (pid == 0) {
		(void)close(ends[0]);
		child(in, env, ends[1]);
	}
	(void)close(ends[1]);
	if (pid < 0)
		(void)second_failed(err, CALL_CLONE, "user, mount");
	else if (recv(ends[0], &byte, 1, 0) != 1)
		(void)second_failed(err, CALL_PROCESS, "start");
	else if (write_map(proc_fd, pid, "uid_map", &in->plan->identity.uids) < 0)
		(void)second_failed(err, CALL_UID_MAP, "uid_map");
	else if (write_map(proc_fd, pid, "gid_map", &in->plan->identity.gids) < 0)
		(void)second_failed(err, CALL_GID_MAP, "gid_map");
	else if (send(ends[0], "", 1, MSG_NOSIGNAL) == 1)
		(void)recv(ends[0], err, sizeof(*err), 0); /* nothing: it was executed */
	(void)close(ends[0]);
	if (pid > 0 && err->kind == ERROR_NONE)
		return pid;
	if (pid > 0) {
		(void)kill(pid, SIGKILL);
		(void)waitpid(pid, NULL, 0);
	}
	return -1;
}
