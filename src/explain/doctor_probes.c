// SPDX-License-Identifier: MIT
/*
 * The doctor's probes, in the order of the report: the kernel, what a box is made of, where it is
 * kept, what ids it may have, and what else is at hand. Trials run in children (trial_run()); a
 * trial that needs a box enters one first, with the caller's own id, as a run does.
 */
#include "explain/doctor_probes.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/remove.h"
#include "base/subids.h"
#include "base/syscalls.h"
#include "explain/explain.h"
#include "explain/probe.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

/* 0 or the errno of a call that gives -1. */
#define RESULT(call) ((call) < 0 ? errno : 0)

/* 0 or errno, as all functions of the children here. */
static int write_text(const char *path, const char *text)
{
	_cleanup_fd_ int fd = open(path, O_WRONLY | O_CLOEXEC);

	return fd < 0 ? errno : RESULT(write(fd, text, strlen(text)));
}

/* answer[0]: the namespaces, answer[1]: the id maps. True when the child is in a box. */
static bool enter_box(int answer[TRIAL_ANSWERS])
{
	char uids[32], gids[32];

	(void)snprintf(uids, sizeof(uids), "%u %u 1", (unsigned)getuid(), (unsigned)getuid());
	(void)snprintf(gids, sizeof(gids), "%u %u 1", (unsigned)getgid(), (unsigned)getgid());
	answer[0] = RESULT(unshare(CLONE_NEWUSER | CLONE_NEWNS));
	if (answer[0])
		return false;
	answer[1] = write_text("/proc/self/uid_map", uids);
	/* Denied before the group map, as an unprivileged writer must (user_namespaces(7)). */
	if (!answer[1])
		answer[1] = write_text("/proc/self/setgroups", "deny");
	if (!answer[1])
		answer[1] = write_text("/proc/self/gid_map", gids);
	return !answer[1];
}

static void probe_kernel(struct doctor *d)
{
	struct utsname name = { 0 };

	(void)uname(&name);
	doctor_add(d, "kernel", FINDING_OK, NULL, NULL, "kernel: Linux %s on %s", name.release,
		   name.machine);
}

static void try_box(const void *arg, int answer[TRIAL_ANSWERS])
{
	(void)arg;
	(void)enter_box(answer);
}

static void probe_userns(struct doctor *d)
{
	int answer[TRIAL_ANSWERS];
	struct error err;

	if (!trial_run(try_box, NULL, answer)) {
		doctor_add(d, "user-namespaces", FINDING_FAIL, NULL, NULL,
			   "user namespaces: the trial gave no answer");
		return;
	}
	d->userns = answer[0] == 0 && answer[1] == 0;
	if (d->userns) {
		doctor_add(d, "user-namespaces", FINDING_OK, NULL, NULL, "user namespaces: work");
		return;
	}
	fail(&err, ERROR_SYSTEM, answer[0] ? answer[0] : answer[1], "cannot make a user namespace");
	fail_at(&err, answer[0] ? CALL_CLONE : CALL_UID_MAP, answer[0] ? "user,mount" : "");
	explain_error(&err, NULL);
	doctor_add_error(d, "user-namespaces", FINDING_FAIL, "user namespaces", &err);
}

static const struct {
	const char *name;
	int flag;
} further_namespaces[] = {
	{ "pid", CLONE_NEWPID }, { "ipc", CLONE_NEWIPC },	{ "uts", CLONE_NEWUTS },
	{ "net", CLONE_NEWNET }, { "cgroup", CLONE_NEWCGROUP }, { "time", CLONE_NEWTIME },
};

static void try_namespaces(const void *arg, int answer[TRIAL_ANSWERS])
{
	int box[TRIAL_ANSWERS];

	(void)arg;
	if (!enter_box(box))
		return;
	for (size_t i = 0; i < ARRAY_LEN(further_namespaces); i++)
		answer[i] = RESULT(unshare(further_namespaces[i].flag));
}

static void probe_namespaces(struct doctor *d)
{
	_Static_assert(ARRAY_LEN(further_namespaces) <= TRIAL_ANSWERS, "one answer each");
	int answer[TRIAL_ANSWERS];
	struct error err;
	bool all = true;

	if (!d->userns)
		return;
	(void)trial_run(try_namespaces, NULL, answer);
	for (size_t i = 0; i < ARRAY_LEN(further_namespaces); i++) {
		const char *name = further_namespaces[i].name;

		if (answer[i] == 0)
			continue;
		all = false;
		fail(&err, ERROR_SYSTEM, answer[i], "cannot make a namespace");
		fail_at(&err, CALL_CLONE, name);
		explain_error(&err, NULL);
		doctor_add_error(d, "namespaces", i == 0 ? FINDING_FAIL : FINDING_WARN,
				 arena_printf(d->arena, "%s namespaces", name), &err);
	}
	if (all)
		doctor_add(d, "namespaces", FINDING_OK, NULL, NULL,
			   "further namespaces: pid, ipc, uts, net, cgroup, time");
}

enum { API_FSOPEN, API_OPEN_TREE, API_SETATTR, API_MOVE, API_OPENAT2 };

static void try_mount_api(const void *arg, int answer[TRIAL_ANSWERS])
{
	_cleanup_fd_ int fs = -EBADF, mount = -EBADF, tree = -EBADF, root = -EBADF;
	int box[TRIAL_ANSWERS];

	(void)arg;
	if (!enter_box(box))
		return;
	fs = sys_fsopen("tmpfs");
	answer[API_FSOPEN] = fs < 0 ? errno
				    : RESULT(sys_fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0));
	mount = fs < 0 ? -EBADF : sys_fsmount(fs, 0);
	tree = sys_open_tree(AT_FDCWD, "/", OPEN_TREE_CLONE | AT_RECURSIVE);
	answer[API_OPEN_TREE] = RESULT(tree);
	answer[API_SETATTR] = RESULT(
		sys_mount_setattr(tree, "", AT_EMPTY_PATH | AT_RECURSIVE, MOUNT_ATTR_RDONLY, 0, 0));
	answer[API_MOVE] = RESULT(
		sys_move_mount(mount, "", AT_FDCWD, "/proc", MOVE_MOUNT_F_EMPTY_PATH));
	root = sys_openat2(AT_FDCWD, "/", O_PATH | O_CLOEXEC, 0,
			   RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
	answer[API_OPENAT2] = RESULT(root);
}

static void probe_mount_api(struct doctor *d)
{
	static const char *const calls[] = {
		[API_FSOPEN] = "fsopen",	 [API_OPEN_TREE] = "open_tree",
		[API_SETATTR] = "mount_setattr", [API_MOVE] = "move_mount",
		[API_OPENAT2] = "openat2",
	};
	_cleanup_text_ struct text missing = { 0 };
	int answer[TRIAL_ANSWERS];

	if (!d->userns)
		return;
	(void)trial_run(try_mount_api, NULL, answer);
	for (size_t i = 0; i < ARRAY_LEN(calls); i++)
		if (answer[i])
			text_printf(&missing, "%s%s (%s)", missing.len ? ", " : "", calls[i],
				    answer[i] < 0 ? "no answer" : errno_name(answer[i]));
	if (!missing.len)
		doctor_add(d, "mount-api", FINDING_OK, NULL, NULL,
			   "mounts by descriptor: all calls work");
	else if (answer[API_OPENAT2])
		doctor_add(d, "mount-api", FINDING_FAIL,
			   "use Linux 5.12 or newer, without a filter of its calls",
			   "kernel-too-old", "mounts by descriptor: refused: %s",
			   text_str(&missing));
	else
		doctor_add(d, "mount-api", FINDING_WARN, NULL, NULL,
			   "mounts by descriptor: refused: %s; mount(2) is used",
			   text_str(&missing));
}

/* proc belongs to the process namespace of the one who mounts it, so a child of the child does. */
static void try_proc(const void *arg, int answer[TRIAL_ANSWERS])
{
	int box[TRIAL_ANSWERS], status;
	pid_t pid;

	(void)arg;
	if (!enter_box(box) || unshare(CLONE_NEWPID) < 0)
		return;
	pid = fork();
	if (pid == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		_exit(RESULT(sys_mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC,
				       NULL)));
	}
	if (pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status))
		answer[0] = WEXITSTATUS(status);
}

/* An explanation as a failing step of this kind would get it. */
static void explain_step(struct error *err, struct step *step, int sys, const char *type)
{
	struct plan plan = { .steps = { .items = step, .count = 1, .capacity = 1 } };

	for (size_t i = 0; i < NS_COUNT; i++)
		plan.unshare[i] = true;
	fail(err, ERROR_SYSTEM, sys, "cannot mount %s", type);
	fail_at(err, CALL_FSCREATE, type);
	err->step = 0;
	explain_error(err, &plan);
}

static void probe_proc(struct doctor *d)
{
	struct step step = step_init(STEP_PROC, "/proc");
	int answer[TRIAL_ANSWERS];
	struct error err;

	if (!d->userns)
		return;
	if (trial_run(try_proc, NULL, answer) && answer[0] == 0) {
		doctor_add(d, "proc", FINDING_OK, NULL, NULL, "fresh /proc: can be mounted");
		return;
	}
	explain_step(&err, &step, answer[0] < 0 ? EAGAIN : answer[0], "proc");
	doctor_add_error(d, "proc", FINDING_WARN, "fresh /proc", &err);
}

enum {
	OVERLAY_MOUNT,
	OVERLAY_READONLY,
	OVERLAY_COPY_UP,
	OVERLAY_WHITEOUT,
	OVERLAY_OPAQUE,
	OVERLAY_BY_FD
};

/* Builds layers in the working directory and does to an overlay of them what programs do. */
static void try_overlay_here(int answer[TRIAL_ANSWERS])
{
	_cleanup_fd_ int file = -EBADF;
	struct place place;

	if (mkdir("lower", 0755) < 0 || mkdir("lower/dir", 0755) < 0 || mkdir("upper", 0755) < 0 ||
	    mkdir("work", 0755) < 0 || mkdir("view", 0755) < 0) {
		answer[OVERLAY_MOUNT] = errno;
		return;
	}
	file = close_fd(open("lower/dir/file", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
	/* volatile: the unmount at the end would write the whole file system to disk. */
	answer[OVERLAY_MOUNT] = RESULT(
		sys_mount("overlay", "view", "overlay", MS_NOSUID | MS_NODEV,
			  "lowerdir=lower,upperdir=upper,workdir=work,userxattr,volatile"));
	if (answer[OVERLAY_MOUNT])
		return;
	answer[OVERLAY_READONLY] = place_read("view", &place) && place.readonly ? EROFS : 0;
	file = open("view/dir/file", O_WRONLY | O_APPEND | O_CLOEXEC);
	answer[OVERLAY_COPY_UP] = RESULT(file);
	answer[OVERLAY_WHITEOUT] = RESULT(unlink("view/dir/file"));
	answer[OVERLAY_OPAQUE] = rmdir("view/dir") < 0 ? errno : RESULT(mkdir("view/dir", 0755));
}

/* Linux 6.13 takes layers as descriptors; before that, paths go into an option string. */
static int try_layer_by_fd(void)
{
	_cleanup_fd_ int fs = sys_fsopen("overlay"),
			 layer = open("lower", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fs < 0 || layer < 0)
		return errno;
	return RESULT(sys_fsconfig(fs, FSCONFIG_SET_FD, "lowerdir+", NULL, layer));
}

/* arg: a directory to work in, or NULL for a tmpfs; it goes over /proc, which is there and not
 * needed any more. */
static void try_overlay(const void *arg, int answer[TRIAL_ANSWERS])
{
	const char *dir = arg ? arg : "/proc";
	int box[TRIAL_ANSWERS];

	if (!enter_box(box))
		return;
	if (!arg)
		answer[OVERLAY_MOUNT] = RESULT(
			sys_mount("tmpfs", dir, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755"));
	if (!arg && answer[OVERLAY_MOUNT])
		return;
	answer[OVERLAY_MOUNT] = RESULT(chdir(dir));
	if (answer[OVERLAY_MOUNT])
		return;
	try_overlay_here(answer);
	if (!answer[OVERLAY_MOUNT])
		answer[OVERLAY_BY_FD] = try_layer_by_fd();
}

/* The first of the answers that is not 0, in words; "" when writes work. */
static const char *overlay_trouble(struct doctor *d, const int answer[TRIAL_ANSWERS])
{
	static const char *const what[] = {
		[OVERLAY_READONLY] = "it is mounted read-only",
		[OVERLAY_COPY_UP] = "a file of a layer cannot be changed",
		[OVERLAY_WHITEOUT] = "a file of a layer cannot be removed",
		[OVERLAY_OPAQUE] = "a directory of a layer cannot be replaced",
	};

	for (size_t i = OVERLAY_READONLY; i <= OVERLAY_OPAQUE; i++)
		if (answer[i])
			return arena_printf(d->arena, "%s (%s)", what[i], errno_name(answer[i]));
	return "";
}

static void probe_overlay(struct doctor *d)
{
	struct overlay overlay = { .upper_kind = UPPER_TMP };
	struct step step = step_init(STEP_OVERLAY, "/");
	int answer[TRIAL_ANSWERS];
	struct error err;
	const char *trouble;

	if (!d->userns)
		return;
	if (!trial_run(try_overlay, NULL, answer) || answer[OVERLAY_MOUNT]) {
		step.overlay = &overlay;
		explain_step(&err, &step,
			     answer[OVERLAY_MOUNT] < 0 ? EAGAIN : answer[OVERLAY_MOUNT], "overlay");
		doctor_add_error(d, "overlay", FINDING_FAIL, "overlay", &err);
		return;
	}
	d->overlay = true;
	trouble = overlay_trouble(d, answer);
	if (trouble[0])
		doctor_add(d, "overlay", FINDING_WARN,
			   "use Linux 6.6 or newer for throw-away writes in memory", NULL,
			   "overlay on a tmpfs: %s", trouble);
	else
		doctor_add(d, "overlay", FINDING_OK, NULL, NULL,
			   "overlay: can be mounted, and written to on a tmpfs");
	doctor_add(d, "layer-descriptors", FINDING_OK, NULL, NULL, "layers by descriptor: %s",
		   answer[OVERLAY_BY_FD] ? "not in this kernel; option strings are used" : "yes");
}

static void add_state_overlay(struct doctor *d, const char *dir, const char *fs)
{
	struct overlay overlay = { .upper_kind = UPPER_DIR, .upper = dir, .work = NULL };
	struct step step = step_init(STEP_OVERLAY, "/");
	int answer[TRIAL_ANSWERS];
	struct error err;
	const char *trouble;

	step.overlay = &overlay;
	if (!trial_run(try_overlay, dir, answer) || answer[OVERLAY_MOUNT]) {
		explain_step(&err, &step,
			     answer[OVERLAY_MOUNT] < 0 ? EAGAIN : answer[OVERLAY_MOUNT], "overlay");
		doctor_add_error(d, "state-overlay", FINDING_FAIL,
				 arena_printf(d->arena, "writes of boxes, kept on %s", fs), &err);
		return;
	}
	trouble = overlay_trouble(d, answer);
	if (trouble[0])
		doctor_add(d, "state-overlay", FINDING_FAIL,
			   "move the boxes to another disk: XDG_STATE_HOME=DIR", "overlay-upper-fs",
			   "writes of boxes, kept on %s: %s", fs, trouble);
	else
		doctor_add(d, "state-overlay", FINDING_OK, NULL, NULL,
			   "writes of boxes: can be kept on %s", fs);
}

static void probe_state(struct doctor *d)
{
	const char *there = d->state_dir ? probe_existing(d->arena, d->state_dir) : NULL;
	_cleanup_fd_ int there_fd = -EBADF;
	struct place place;
	struct error err;
	char *trial;

	if (!there || !place_read(there, &place)) {
		doctor_add(d, "state-directory", FINDING_FAIL, "set HOME or XDG_STATE_HOME",
			   "state-missing", "directory of boxes: not known");
		return;
	}
	trial = arena_printf(d->arena, "%s/.nacre-doctor-XXXXXX",
			     strcmp(there, "/") == 0 ? "" : there);
	if (!mkdtemp(trial)) {
		fail(&err, ERROR_SYSTEM, errno, "cannot write in %s", Q(there));
		fail_at(&err, CALL_STATE, d->state_dir);
		explain_error(&err, NULL);
		doctor_add_error(d, "state-directory", FINDING_FAIL,
				 arena_printf(d->arena, "directory of boxes %s", Q(d->state_dir)),
				 &err);
		return;
	}
	doctor_add(d, "state-directory", FINDING_OK, NULL, NULL, "directory of boxes: %s, %s on %s",
		   Q(d->state_dir), strcmp(there, d->state_dir) == 0 ? "there," : "can be made,",
		   fs_name(place.fs));
	if (d->overlay)
		add_state_overlay(d, trial, fs_name(place.fs));
	there_fd = open(there, O_PATH | O_DIRECTORY | O_CLOEXEC);
	(void)remove_tree(there_fd, path_name(trial), &err);
}

static void probe_subids_of_caller(struct doctor *d)
{
	static const char *const files[] = { "/etc/subuid", "/etc/subgid" };
	const char *login = login_name(d->arena, getuid());

	if (getuid() == 0) {
		doctor_add(d, "subordinate-ids", FINDING_OK, NULL, NULL,
			   "subordinate ids: not needed by root");
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		if (probe_subids(files[i], 0, 1) != SUBID_NONE)
			continue;
		doctor_add(d, "subordinate-ids", FINDING_WARN,
			   arena_printf(d->arena,
					"as root: usermod --add-subuids 100000-165535 "
					"--add-subgids 100000-165535 %s",
					login),
			   "subuid-missing",
			   "subordinate ids: %s has no line for %s; boxes have one id", files[i],
			   Q(login));
		return;
	}
	doctor_add(d, "subordinate-ids", FINDING_OK, NULL, NULL, "subordinate ids: %s has some",
		   Q(login));
}

static void probe_id_helpers(struct doctor *d)
{
	static const char *const programs[] = { "newuidmap", "newgidmap" };

	for (size_t i = 0; i < ARRAY_LEN(programs); i++) {
		const char *path = probe_program(d->arena, programs[i]);
		const char *name = !path ? "newuidmap-missing" : "newuidmap-not-setuid";

		if (path && probe_privileged(path))
			continue;
		doctor_add(d, "id-helpers", FINDING_WARN, explanation_find(name)->fix, name,
			   "%s: %s", programs[i],
			   path ? "has no rights; boxes have one id"
				: "not installed; boxes have one id");
		return;
	}
	doctor_add(d, "id-helpers", FINDING_OK, NULL, NULL, "newuidmap and newgidmap: installed");
}

static void probe_extras(struct doctor *d)
{
	bool fuse = access("/dev/fuse", R_OK | W_OK) == 0;
	const char *pasta = probe_program(d->arena, "pasta");
	char line[512];
	const char *group = NULL;
	bool delegated = false;

	doctor_add(d, "fuse", FINDING_OK, NULL, NULL, "FUSE: /dev/fuse %s",
		   fuse ? "can be used" : "cannot be used");
	doctor_add(d, "user-network", FINDING_OK, NULL, NULL, "user-mode network: pasta is %s",
		   pasta ? "installed" : "not installed (package passt)");
	/* "0::PATH" is the unified hierarchy, the only line of a pure one (cgroups(7)). */
	if (probe_line("/proc/self/cgroup", line, sizeof(line)) && strncmp(line, "0::", 3) == 0)
		group = arena_printf(d->arena, "/sys/fs/cgroup%s", line + 3);
	if (group)
		delegated = access(path_join(d->arena, group, "cgroup.procs"), W_OK) == 0;
	doctor_add(d, "cgroups", FINDING_OK, NULL, NULL, "control groups: %s",
		   !group      ? "not version 2 alone"
		   : delegated ? "delegated to the caller"
			       : "not delegated");
	doctor_add(
		d, "terminal", FINDING_OK, NULL, NULL,
		"terminal: the kernel %s input to be faked (TIOCSTI)%s",
		probe_number("/proc/sys/dev/tty/legacy_tiocsti") == 0 ? "does not allow" : "allows",
		probe_number("/proc/sys/dev/tty/legacy_tiocsti") == 0 ? ""
								      : "; boxes are kept from it");
}

void (*const doctor_probes[])(struct doctor *d) = {
	probe_kernel,  probe_userns, probe_namespaces,	     probe_mount_api,  probe_proc,
	probe_overlay, probe_state,  probe_subids_of_caller, probe_id_helpers, probe_extras,
	NULL,
};
