// SPDX-License-Identifier: MIT
/* The child's path from the clone to init. */
#include "run/inside.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "enter/idmaps.h"
#include "enter/network.h"
#include "enter/privilege.h"
#include "plan/idmap.h"
#include "run/command.h"
#include "run/exec.h"
#include "run/init.h"
#include "run/second.h"

#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>

static int take_maps(const struct inside *in, struct error *err)
{
	char byte;

	if (!in->plan->unshare[NS_USER])
		return 0;
	if (in->plan->life && in->plan->life->maps_block_fd >= 0) {
		/* Its end counts as well as a byte. */
		(void)!read(in->plan->life->maps_block_fd, &byte, 1);
		return 0;
	}
	if (idmaps_by_child(in->plan))
		return idmaps_write_own(in->plan, err);
	if (read(in->maps_fd, &byte, 1) != 1)
		_exit(STATUS_FAILED); /* the parent failed or died: nobody to tell */
	if (id_map_inside(&in->plan->identity.uids, in->caller, NULL))
		return 0;
	return privilege_take_ids(&in->plan->identity, err);
}

static int set_hostname(const struct plan *plan, struct error *err)
{
	if (!plan->hostname || sethostname(plan->hostname, strlen(plan->hostname)) == 0)
		return 0;
	(void)fail_call(err, CALL_HOSTNAME, plan->hostname);
	return fail_message(err, "cannot set the host name to %s", Q(plan->hostname));
}

/* Without a user namespace the mounts may be shared with the host's: nothing done here must propagate out. */
static int isolate_mounts(const struct plan *plan, struct error *err)
{
	if (plan->unshare[NS_USER] || sys_mount(NULL, "/", "none", MS_REC | MS_SLAVE, NULL) == 0)
		return 0;
	(void)fail_call(err, CALL_ATTRIBUTE, "/");
	return fail_message(err, "cannot separate the mounts from the host's");
}

static int build(const struct inside *in, struct error *err)
{
	_cleanup_(site_release) struct site site = SITE_EMPTY;
	_cleanup_fd_ int box_fd = -EBADF;

	/* Opened here: a directory opened before the clone lies in another mount namespace, and overlay refuses it. */
	if (in->box_path)
		box_fd = sys_open(in->box_path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (in->box_path && box_fd < 0) {
		(void)fail_call(err, CALL_STATE, in->box_path);
		return fail_message(err, "cannot enter the box's directory");
	}
	if (site_init(&site, in->plan, box_fd, err) < 0) {
		(void)fail_message(err, "cannot begin the new root");
		return -1;
	}
	if (root_build(&site, in->trace, err) < 0)
		return -1;
	return root_enter(&site, err);
}

/*
 * The file says who may: the one who opened it, outside (cgroups(7)). The root of a namespace of groups is the group in which it is made,
 * so it is made only now.
 */
static int enter_cgroup(const struct inside *in, struct error *err)
{
	if (!in->plan->cgroup)
		return 0;
	if (write(in->cgroup_fd, "0", 1) != 1) {
		(void)fail_call(err, CALL_CGROUP, in->plan->cgroup);
		return fail_message(err, "cannot go into the control group %s", Q(in->plan->cgroup));
	}
	if (in->plan->unshare[NS_CGROUP] && unshare(CLONE_NEWCGROUP) < 0) {
		(void)fail_call(err, CALL_CLONE, "cgroup");
		return fail_message(err, "cannot make the namespaces");
	}
	return 0;
}

int inside_prepare(struct inside *in, struct error *err)
{
	if (take_maps(in, err) < 0 || enter_cgroup(in, err) < 0 || isolate_mounts(in->plan, err) < 0)
		return -1;
	if (!in->held && in->proc_fd < 0 && privilege_needs_second(in->plan))
		in->proc_fd = second_proc(in->plan);
	if (in->plan->unshare[NS_NET] && network_loopback_up(err) < 0)
		return -1;
	if (set_hostname(in->plan, err) < 0 || build(in, err) < 0)
		return -1;
	/* clone() has no bit for it; the next child, the command, is the first one in it (time_namespaces(7)). */
	if (in->plan->unshare[NS_TIME] && unshare(CLONE_NEWTIME) < 0) {
		(void)fail_call(err, CALL_CLONE, "time");
		return fail_message(err, "cannot make the namespaces");
	}
	return 0;
}

int inside_here(struct inside *in, struct error *err)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	mode_t mask = umask(0);

	if (inside_prepare(in, err) < 0)
		return -1;
	umask(mask);
	return command_become(in, exec_environment(in->plan, &arena), err);
}

_Noreturn void inside(const struct inside *given)
{
	/* Its memory may be the parent's too. */
	struct inside own = *given, *in = &own;
	mode_t mask = umask(0); /* modes in a plan are exact; the command gets the caller's */
	struct message message = { .kind = MESSAGE_ERROR };
	struct error *err = &message.err;
	ssize_t told;
	pid_t command;

	if (inside_prepare(in, err) < 0)
		goto failed;
	/* The keeper has opened our namespaces. */
	if (in->held && read(in->ask_fd, &(char){ 0 }, 1) != 1)
		_exit(STATUS_FAILED);
	/* Written maps need a dumpable process (its /proc files are root's otherwise); from here on it must not be one. */
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0) {
		(void)fail_call(err, CALL_PROCESS, "dumpable");
		(void)fail_message(err, "cannot close init to the box");
		goto failed;
	}
	umask(mask);
	/* Before the command can leave anything behind. */
	if (!in->plan->unshare[NS_PID] && prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) < 0) {
		(void)fail_call(err, CALL_PROCESS, "subreaper");
		(void)fail_message(err, "cannot look after what the command leaves behind");
		goto failed;
	}
	if (in->held) {
		if (privilege_keep_kill(err) == 0)
			init_hold(in);
		goto failed;
	}
	command = command_start(in, err);
	if (command > 0 && privilege_keep_kill(err) == 0)
		init_run(in, command);
failed:
	told = write(in->tell_fd, &message, sizeof(message));
	(void)told; /* the parent is gone: nobody to tell */
	_exit(err->status ? err->status : STATUS_FAILED);
}
