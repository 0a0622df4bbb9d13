// SPDX-License-Identifier: MIT
/* One function for each kind of step, in a table pinned to the enum; the loop over the steps. */
#include "enter/apply.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "enter/account.h"
#include "enter/bind_source.h"
#include "enter/device.h"
#include "enter/files.h"
#include "enter/hide.h"
#include "enter/mount.h"
#include "enter/overlay.h"
#include "enter/place.h"
#include "enter/resolve.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const struct step *step_at(const struct site *site, size_t index)
{
	return &site->plan->steps.items[index];
}

/* move_mount(2) says EINVAL for much; mount(2) has an errno for this, which the explanation goes by. */
static int file_meets_directory(const struct stat *mount, int place_fd, struct error *err)
{
	struct stat place;

	if (fstat(place_fd, &place) == 0 && S_ISDIR(place.st_mode) != S_ISDIR(mount->st_mode))
		err->sys = ENOTDIR;
	return -1;
}

/*
 * Attaches what a step made at its destination, or makes it the root. Takes fd. A missing place is made as a directory, which
 * nearly all are: a stat of each source is 3% of a start with a thousand binds. The kernel refuses a file on it (EINVAL).
 */
static int put(struct site *site, size_t index, int take_fd, struct error *err)
{
	_cleanup_(place_release) struct place place = { .fd = -EBADF, .name = "" };
	_cleanup_fd_ int fd = take_fd;
	struct stat st;

	if (site->root_fd < 0) {
		if (mount_attach(site, fd, AT_FDCWD, "/", err) < 0)
			return -1;
		site->root_fd = TAKE_FD(fd);
		return 0;
	}
	if (place_find(site, index, true, &place, err) < 0)
		return -1;
	if (mount_attach(site, fd, place.fd, place.name, err) == 0)
		return 0;
	if (err->sys != EINVAL || fstat(fd, &st) < 0)
		return -1;
	if (!*place.name)
		return file_meets_directory(&st, place.fd, err);
	if (S_ISDIR(st.st_mode))
		return -1;
	if (place_turn_to_file(&place, step_at(site, index)) < 0)
		return fail_call(err, CALL_MAKE_TARGET, step_at(site, index)->dst);
	return mount_attach(site, fd, place.fd, place.name, err);
}

/* The copy is a slave of the host's mount: without this, later host mounts would appear below it. */
static struct mount_flags bind_flags(const struct site *site, const struct step *step)
{
	struct mount_flags flags = step->flags;

	/* Every mount of our namespace is a slave already, or private (mount_namespaces(7)): to set it would cost a walk. */
	if (flags.propagation == MS_SLAVE)
		flags.propagation = 0;
	else if (!flags.propagation && !site->sources_private) {
		flags.propagation = MS_PRIVATE;
		flags.recursive = flags.propagation_recursive = step->recursive;
	}
	return flags;
}

static bool is_whole_host(const struct site *site, const struct step *step)
{
	return site->root_fd < 0 && site->plan->root_in_place && step->kind == STEP_BIND;
}

/* The mount namespace is a copy of the host's mounts already; only its flags are to be set. */
static int take_root_in_place(struct site *site, const struct step *step, struct error *err)
{
	const struct mount_flags flags = bind_flags(site, step);

	site->root_fd = sys_open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (site->root_fd < 0)
		return fail_call(err, CALL_OPEN_SOURCE, "/");
	site->root_in_place = true;
	return mount_flags(site, site->root_fd, &flags, err);
}

static int apply_bind(struct site *site, size_t index, struct error *err)
{
	const struct step *step = step_at(site, index);
	const struct mount_flags flags = bind_flags(site, step);
	_cleanup_fd_ int fd = -EBADF;

	if (is_whole_host(site, step))
		return take_root_in_place(site, step, err);
	fd = bind_source_take(site, index, err);
	if (fd < 0 && step->optional && err->sys == ENOENT)
		return 0;
	if (fd < 0)
		return -1;
	if (mount_flags(site, fd, &flags, err) < 0)
		return -1;
	if (put(site, index, TAKE_FD(fd), err) == 0)
		return 0;
	/* An optional default, the resolver's file, goes without when its place cannot be made. */
	return step->optional && !step->origin && err->call == CALL_MAKE_TARGET ? 0 : -1;
}

static int apply_tmpfs(struct site *site, size_t index, struct error *err)
{
	const struct step *step = step_at(site, index);
	char size[24], blocks[24], inodes[24], mode[8], uid[24], gid[24];
	struct fs_option options[6];
	size_t n = 0;
	int fd;

	if (step->size) {
		(void)snprintf(size, sizeof(size), "%llu", (unsigned long long)step->size);
		options[n++] = (struct fs_option){ "size", size };
	}
	if (step->blocks) {
		(void)snprintf(blocks, sizeof(blocks), "%llu", (unsigned long long)step->blocks);
		options[n++] = (struct fs_option){ "nr_blocks", blocks };
	}
	if (step->inodes) {
		(void)snprintf(inodes, sizeof(inodes), "%llu", (unsigned long long)step->inodes);
		options[n++] = (struct fs_option){ "nr_inodes", inodes };
	}
	(void)snprintf(mode, sizeof(mode), "%04o", step->mode >= 0 ? (unsigned)step->mode : 0755U);
	options[n++] = (struct fs_option){ "mode", mode };
	if (step->uid >= 0) {
		(void)snprintf(uid, sizeof(uid), "%lld", (long long)step->uid);
		options[n++] = (struct fs_option){ "uid", uid };
	}
	if (step->gid >= 0) {
		(void)snprintf(gid, sizeof(gid), "%lld", (long long)step->gid);
		options[n++] = (struct fs_option){ "gid", gid };
	}
	fd = mount_fs(site, "tmpfs", "nacre", options, n, step->flags.set, err);
	return fd < 0 ? -1 : put(site, index, fd, err);
}

static int bind_host(struct site *site, size_t index, const char *path, uint64_t set,
		     struct error *err)
{
	const struct mount_flags flags = {
		.set = set | MOUNT_ATTR_NOSUID,
		.recursive = true,
		.propagation = MS_PRIVATE,
		.propagation_recursive = true,
	};
	_cleanup_fd_ int fd = mount_tree(site, AT_FDCWD, path, true, err);

	if (fd < 0 || mount_flags(site, fd, &flags, err) < 0)
		return -1;
	return put(site, index, TAKE_FD(fd), err);
}

static int apply_proc(struct site *site, size_t index, struct error *err)
{
	int fd = mount_fs(site, "proc", "proc", NULL, 0,
			  MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC, err);

	/* "Mount too revealing": parts of the caller's own /proc are masked, so a fresh one would show more. */
	if (fd < 0 && step_at(site, index)->fallback_bind && err->sys == EPERM)
		return bind_host(site, index, "/proc", 0, err);
	return fd < 0 ? -1 : put(site, index, fd, err);
}

static int apply_sys(struct site *site, size_t index, struct error *err)
{
	int fd;

	if (!site->plan->unshare[NS_NET])
		return bind_host(site, index, "/sys", MOUNT_ATTR_RDONLY, err);
	fd = mount_fs(site, "sysfs", "sysfs", NULL, 0,
		      MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC,
		      err);
	if (fd < 0 && step_at(site, index)->fallback_bind && err->sys == EPERM)
		return bind_host(site, index, "/sys", MOUNT_ATTR_RDONLY, err);
	return fd < 0 ? -1 : put(site, index, fd, err);
}

static int apply_mqueue(struct site *site, size_t index, struct error *err)
{
	int fd = mount_fs(site, "mqueue", "mqueue", NULL, 0,
			  MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC, err);

	return fd < 0 ? -1 : put(site, index, fd, err);
}

static int apply_devpts(struct site *site, size_t index, struct error *err)
{
	int fd = device_pts(site, step_at(site, index), err);

	return fd < 0 ? -1 : put(site, index, fd, err);
}

/* The tmpfs must be attached before anything can be attached in it (before Linux 6.15). */
static int apply_dev(struct site *site, size_t index, struct error *err)
{
	static const struct fs_option mode = { "mode", "0755" };
	const struct mount_flags *flags = &step_at(site, index)->flags;
	_cleanup_(device_release) struct device_nodes nodes;
	_cleanup_fd_ int fd = -EBADF, dev_fd = -EBADF;
	bool console = !site->plan->new_session && isatty(STDOUT_FILENO);

	/* First the host's nodes: the tmpfs may be about to cover them. */
	if (device_open(site, &nodes, console ? STDOUT_FILENO : -1, err) < 0)
		return -1;
	fd = mount_fs(site, "tmpfs", "devtmpfs", &mode, 1, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC,
		      err);
	if (fd < 0)
		return -1;
	dev_fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	if (dev_fd < 0)
		return fail_call(err, CALL_ATTACH, "/dev");
	if (put(site, index, TAKE_FD(fd), err) < 0)
		return -1;
	if (flags->set & MOUNT_ATTR_RDONLY)
		return device_fill_read_only(site, dev_fd, &nodes, flags, err);
	if (device_fill(site, dev_fd, &nodes, err) < 0)
		return -1;
	return mount_flags(site, dev_fd, flags, err);
}

static int apply_overlay(struct site *site, size_t index, struct error *err)
{
	int fd = overlay_mount(site, step_at(site, index), err);

	return fd < 0 ? -1 : put(site, index, fd, err);
}

static int apply_mount(struct site *site, size_t index, struct error *err)
{
	const struct step *step = step_at(site, index);
	_cleanup_(arena_release) struct arena arena = { 0 };
	VECTOR(struct fs_option) options = { 0 };
	int fd;

	for (const char *const *option = step->options; option && *option; option++) {
		struct fs_option *o = VECTOR_ADD(&arena, &options);
		char *word = arena_strdup(&arena, *option), *equals = strchr(word, '=');

		if (equals)
			*equals = '\0';
		o->key = word;
		o->value = equals ? equals + 1 : NULL;
	}
	fd = mount_fs(site, step->fstype, step->src, options.items, options.count, step->flags.set,
		      err);
	if (fd < 0)
		return -1;
	if (step->flags.propagation) {
		const struct mount_flags flags = {
			.propagation = step->flags.propagation,
			.propagation_recursive = step->flags.propagation_recursive,
		};

		if (mount_flags(site, fd, &flags, err) < 0) {
			(void)close(fd);
			return -1;
		}
	}
	return put(site, index, fd, err);
}

static int apply_remount(struct site *site, size_t index, struct error *err)
{
	const struct step *step = step_at(site, index);
	_cleanup_fd_ int fd = resolve_in_root(site->root_fd, step->dst, O_PATH);

	if (fd < 0)
		return fail_call(err, CALL_OPEN_TARGET, step->dst);
	if (step->options && mount_reconfigure(FD_PATH(fd), step->options, err) < 0)
		return -1;
	return mount_flags(site, fd, &step->flags, err);
}

static int apply_move(struct site *site, size_t index, struct error *err)
{
	const struct step *step = step_at(site, index);
	_cleanup_(place_release) struct place place = { .fd = -EBADF, .name = "" };
	_cleanup_fd_ int fd = resolve_in_root(site->root_fd, step->src, O_PATH);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		return fail_call(err, CALL_OPEN_SOURCE, step->src);
	if (place_find(site, index, S_ISDIR(st.st_mode), &place, err) < 0)
		return -1;
	return mount_attach(site, fd, place.fd, place.name, err);
}

static int apply_chmod(struct site *site, size_t index, struct error *err)
{
	const struct step *step = step_at(site, index);
	_cleanup_fd_ int fd = resolve_in_root(site->root_fd, step->dst, O_PATH);

	if (fd < 0)
		return fail_call(err, CALL_OPEN_TARGET, step->dst);
	/* By its name in /proc: fchmod(2) refuses a descriptor of O_PATH. */
	return chmod(FD_PATH(fd), (mode_t)step->mode) < 0 ? fail_call(err, CALL_MAKE, step->dst)
							  : 0;
}

static int apply_hide(struct site *site, size_t index, struct error *err)
{
	return hide_path(site, step_at(site, index), err);
}

static int (*const appliers[])(struct site *site, size_t index, struct error *err) = {
	[STEP_BIND] = apply_bind,	[STEP_TMPFS] = apply_tmpfs,
	[STEP_PROC] = apply_proc,	[STEP_DEV] = apply_dev,
	[STEP_DEVPTS] = apply_devpts,	[STEP_MQUEUE] = apply_mqueue,
	[STEP_SYS] = apply_sys,		[STEP_MOUNT] = apply_mount,
	[STEP_REMOUNT] = apply_remount, [STEP_MOVE] = apply_move,
	[STEP_OVERLAY] = apply_overlay, [STEP_DIR] = files_directory,
	[STEP_SYMLINK] = files_symlink, [STEP_FILE] = files_file,
	[STEP_HIDE] = apply_hide,	[STEP_ONLY] = hide_home,
	[STEP_ACCOUNT] = account_apply, [STEP_CHMOD] = apply_chmod,
};
_Static_assert(ARRAY_LEN(appliers) == STEP_KIND_COUNT, "one applier for each kind of step");

/* The first line of a failed step, in the words of the option that asked for it. */
static int say(struct error *err, const struct step *step)
{
	switch (step->kind) {
	case STEP_BIND:
		if (step->from_fd >= 0)
			return fail_message(err, "cannot bind descriptor %d on %s", step->from_fd,
					    Q(step->dst));
		return fail_message(err, "cannot bind %s on %s", Q(step->src), Q(step->dst));
	case STEP_OVERLAY:
		if (step->covered && err->call == CALL_OVERLAY_LAYER)
			return fail_message(err, "cannot stack the layer %s", Q(err->object));
		return fail_message(err, "cannot overlay %s", Q(step->dst));
	case STEP_MOVE:
		return fail_message(err, "cannot move %s to %s", Q(step->src), Q(step->dst));
	case STEP_REMOUNT:
		return fail_message(err, "cannot change the mount at %s", Q(step->dst));
	case STEP_DIR:
	case STEP_SYMLINK:
	case STEP_FILE:
		return fail_message(err, "cannot make %s", Q(step->dst));
	case STEP_HIDE:
		return fail_message(err, "cannot hide %s", Q(step->dst));
	case STEP_ONLY:
		return fail_message(err, "cannot hide the home except %s", Q(step->dst));
	case STEP_ACCOUNT:
		return fail_message(err, "cannot add a line to %s", Q(step->dst));
	case STEP_CHMOD:
		return fail_message(err, "cannot set the permissions of %s", Q(step->dst));
	case STEP_MOUNT:
		return fail_message(err, "cannot mount %s on %s", Q(step->fstype), Q(step->dst));
	case STEP_TMPFS:
	case STEP_PROC:
	case STEP_DEV:
	case STEP_DEVPTS:
	case STEP_MQUEUE:
	case STEP_SYS:
	case STEP_KIND_COUNT:
		break;
	}
	return fail_message(err, "cannot mount %s on %s", step_kind_name(step->kind), Q(step->dst));
}

/* A new name leaves the cached parent as it is; these kinds may cover or replace it. */
static bool covers_parents(enum step_kind kind)
{
	return kind == STEP_HIDE || kind == STEP_ONLY || kind == STEP_MOVE;
}

/*
 * A part of the base that was there when the plan was made and is gone now, as happens in /tmp: the box does not have it
 * either. What the user asked for by name has an origin, and is never skipped.
 */
static bool vanished(const struct step *step, const struct error *err)
{
	if (step->origin || err->sys != ENOENT)
		return false;
	if (step->kind == STEP_BIND)
		return err->call == CALL_OPEN_SOURCE;
	return step->kind == STEP_OVERLAY && err->call == CALL_OVERLAY_LAYER &&
	       step->overlay->lowers.count &&
	       strcmp(err->object, step->overlay->lowers.items[0].path) == 0;
}

int root_build(struct site *site, step_trace trace, struct error *err)
{
	const struct plan *plan = site->plan;

	bind_sources_open(site);
	for (size_t i = 0; i < plan->steps.count; i++) {
		const struct step *step = step_at(site, i);

		if (trace)
			trace(plan, i);
		if (appliers[step->kind](site, i, err) < 0) {
			if (vanished(step, err)) {
				*err = (struct error){ 0 };
				continue;
			}
			(void)say(err, step);
			err->step = (int)i;
			return -1;
		}
		if (covers_parents(step->kind))
			site->parent_fd = close_fd(site->parent_fd);
	}
	return 0;
}

/* Nothing to swap; but the stage must go. Its point may be covered by now, so it is named by its descriptor. */
static int root_stay(struct site *site, struct error *err)
{
	if (site->stage_fd < 0 || sys_umount(FD_PATH(site->stage_fd), MNT_DETACH) == 0)
		return 0;
	(void)fail_call(err, CALL_UNMOUNT, "/");
	return fail_message(err, "cannot drop the stage");
}

int root_enter(struct site *site, struct error *err)
{
	if (site->root_in_place)
		return root_stay(site, err);
	/* The old root lands on top of the new one at ".", and goes with everything below it. */
	if (fchdir(site->root_fd) < 0 || sys_pivot_root(".", ".") < 0) {
		(void)fail_call(err, CALL_PIVOT, "/");
		return fail_message(err, "cannot enter the new root");
	}
	if (sys_umount(".", MNT_DETACH) < 0) {
		(void)fail_call(err, CALL_UNMOUNT, "/");
		return fail_message(err, "cannot drop the old root");
	}
	return 0;
}
