// SPDX-License-Identifier: MIT
/* The building site: probing the calls, the stage. */
#include "enter/site.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "enter/mount.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

/* Always there, and nothing of it is needed by the engine. */
static const char stage_point[] = "/proc/self/ns";

/*
 * Every copy of a host mount must be private, or later host mounts appear below it. With few binds that is part of the call
 * that sets their flags; with many it is cheaper to make the source private once: the change of propagation is a third of
 * what a bind costs.
 */
enum { MANY_BINDS = 8 };

static int make_sources_private(struct site *site, struct error *err)
{
	size_t binds = 0;

	for (size_t i = 0; i < site->plan->steps.count; i++) {
		const struct step *step = &site->plan->steps.items[i];

		binds += step->kind == STEP_BIND;
		/* A copy of a private mount is no slave of anything, whatever it is set to. */
		if (step->kind == STEP_BIND && step->flags.propagation &&
		    step->flags.propagation != MS_PRIVATE)
			return 0;
	}
	if (binds < MANY_BINDS)
		return 0;
	if (sys_mount_setattr(AT_FDCWD, "/", AT_RECURSIVE, 0, 0, MS_PRIVATE) < 0)
		return errno == ENOSYS || errno == EPERM ? 0 : fail_call(err, CALL_ATTRIBUTE, "/");
	site->sources_private = true;
	return 0;
}

int site_init(struct site *site, const struct plan *plan, int uppers_fd, struct error *err)
{
	*site = (struct site){
		.plan = plan,
		.root_fd = -EBADF,
		.stage_fd = -EBADF,
		.uppers_fd = uppers_fd,
		.parent_fd = -EBADF,
	};
	return make_sources_private(site, err);
}

void site_release(struct site *site)
{
	site->parent_fd = close_fd(site->parent_fd);
	site->stage_fd = close_fd(site->stage_fd);
	site->root_fd = close_fd(site->root_fd);
	for (size_t i = 0; i < SOURCES_MAX; i++)
		if (site->sources[i] > 0)
			site->sources[i] = close_fd(site->sources[i]);
}

static int stage_old(struct site *site, struct error *err)
{
	if (sys_mount("nacre", stage_point, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755") < 0)
		return fail_call(err, CALL_FSCREATE, "tmpfs");
	site->stage_fd = sys_open(stage_point, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return site->stage_fd < 0 ? fail_call(err, CALL_OPEN_TARGET, stage_point) : site->stage_fd;
}

int site_stage(struct site *site, struct error *err)
{
	static const struct fs_option mode = { "mode", "0755" };

	if (site->stage_fd >= 0)
		return site->stage_fd;
	if (site->old_api)
		return stage_old(site, err);
	site->stage_fd = mount_fs(site, "tmpfs", NULL, &mode, 1,
				  MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV, err);
	if (site->stage_fd >= 0 &&
	    mount_attach(site, site->stage_fd, AT_FDCWD, stage_point, err) < 0)
		return -1;
	return site->stage_fd;
}

bool site_stage_is_in(const struct site *site, const char *path)
{
	return site->stage_fd >= 0 && !site->old_api && path_below(stage_point, path);
}

int site_stage_leave(struct site *site, struct error *err)
{
	int fd = mount_tree(site, site->stage_fd, "", false, err);

	if (fd < 0)
		return -1;
	(void)close(site->stage_fd);
	site->stage_fd = fd;
	return sys_umount(stage_point, MNT_DETACH) < 0 ? fail_call(err, CALL_UNMOUNT, stage_point)
						       : 0;
}

int site_stage_return(struct site *site, struct error *err)
{
	return mount_attach(site, site->stage_fd, AT_FDCWD, stage_point, err);
}

int site_stage_dir(struct site *site, mode_t mode, struct error *err)
{
	int stage = site_stage(site, err);
	char name[24];
	int fd;

	if (stage < 0)
		return -1;
	(void)snprintf(name, sizeof(name), "d%u", site->names++);
	if (mkdirat(stage, name, mode) < 0)
		return fail_call(err, CALL_MAKE, name);
	fd = openat(stage, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return fd < 0 ? fail_call(err, CALL_MAKE, name) : fd;
}
