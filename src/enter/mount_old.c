// SPDX-License-Identifier: MIT
/*
 * Mounts by mount(2), for places where the descriptor-based calls are refused.
 *
 * There is no detached mount here, so each is made on a name of the stage, which is attached on "/" below the new root and
 * private, and then moved. Flags are changed mount by mount: mountinfo tells the submounts by their ids (never by a prefix
 * of their paths: "/x/foobar" is not below "/x/foo"), and every flag a mount has is repeated, since leaving a locked one out
 * is EPERM (mount_namespaces(7)). New mounts may propagate in between, so it goes on until a pass changes nothing.
 */
#include "enter/mount_old.h"

#include "base/cleanup.h"
#include "base/mountinfo.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "base/text.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* A name on the stage that a mount of this kind can sit on. buf gets its path through the stage's descriptor. */
static int fresh_point(struct site *site, bool directory, char buf[static 64], struct error *err)
{
	int stage = site_stage(site, err);
	char name[24];
	int fd;

	if (stage < 0)
		return -1;
	(void)snprintf(name, sizeof(name), "m%u", site->names++);
	if (directory) {
		if (mkdirat(stage, name, 0700) < 0)
			return fail_call(err, CALL_MAKE_TARGET, name);
	} else {
		fd = openat(stage, name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
		if (fd < 0)
			return fail_call(err, CALL_MAKE_TARGET, name);
		(void)close(fd);
	}
	(void)snprintf(buf, 64, "/proc/self/fd/%d/%s", stage, name);
	return 0;
}

static int open_mounted(const char *path, struct error *err)
{
	int fd = open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC);

	return fd < 0 ? fail_call(err, CALL_ATTACH, path) : fd;
}

int mount_old_data(struct site *site, const char *type, const char *source, const char *data,
		   unsigned long ms, struct error *err)
{
	char point[64];

	if (fresh_point(site, true, point, err) < 0)
		return -1;
	if (sys_mount(source ? source : "none", point, type, ms, data) < 0)
		return fail_call(err, errno == ENODEV ? CALL_FSOPEN : CALL_FSCREATE, type);
	return open_mounted(point, err);
}

int mount_old_fs(struct site *site, const char *type, const char *source,
		 const struct fs_option *options, size_t count, uint64_t attr, struct error *err)
{
	_cleanup_text_ struct text data = { 0 };

	for (size_t i = 0; i < count; i++) {
		text_printf(&data, "%s%s%s%s", i ? "," : "", options[i].key,
			    options[i].value ? "=" : "", options[i].value ? options[i].value : "");
	}
	/* mount(2) copies one page and cuts the rest without a word. */
	if (data.len > 4095) {
		errno = E2BIG;
		return fail_call(err, CALL_FSCONFIG, type);
	}
	return mount_old_data(site, type, source, text_str(&data), mount_attr_to_ms(attr), err);
}

int mount_old_tree(struct site *site, int dir_fd, const char *path, bool recursive,
		   struct error *err)
{
	_cleanup_fd_ int source = -EBADF;
	struct stat st;
	char point[64];

	source = *path ? openat(dir_fd, path, O_PATH | O_CLOEXEC)
		       : fcntl(dir_fd, F_DUPFD_CLOEXEC, 3);
	if (source < 0 || fstat(source, &st) < 0)
		return fail_call(err, CALL_OPEN_SOURCE, path);
	if (fresh_point(site, S_ISDIR(st.st_mode), point, err) < 0)
		return -1;
	if (sys_mount(FD_PATH(source), point, "none", MS_BIND | (recursive ? MS_REC : 0), NULL) < 0)
		return fail_call(err, CALL_BIND, path);
	return open_mounted(point, err);
}

int mount_old_attach(int fd, int to_fd, const char *name, struct error *err)
{
	_cleanup_fd_ int target = -EBADF;

	if (*name) {
		target = openat(to_fd, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
		if (target < 0)
			return fail_call(err, CALL_ATTACH, name);
		to_fd = target;
	}
	if (sys_mount(FD_PATH(fd), FD_PATH(to_fd), "none", MS_MOVE, NULL) < 0)
		return fail_call(err, CALL_ATTACH, name);
	return 0;
}

/* The id of the mount a descriptor is on, from fdinfo (proc(5)); -1 when it cannot be read. */
static int mount_id(int fd)
{
	char path[48], line[64];
	_cleanup_file_ FILE *f = NULL;
	int id = -1;

	(void)snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "mnt_id: %d", &id) == 1)
			break;
	return id;
}

static const struct mount_entry *entry_by_id(const struct mounts *m, int id)
{
	for (size_t i = 0; i < m->v.count; i++)
		if (m->v.items[i].id == id)
			return &m->v.items[i];
	return NULL;
}

/* True when entry hangs somewhere below the mount top. */
static bool hangs_below(const struct mounts *m, const struct mount_entry *entry, int top)
{
	for (size_t hops = 0; entry && hops <= m->v.count; hops++) {
		if (entry->parent == top)
			return true;
		entry = entry->parent == entry->id ? NULL : entry_by_id(m, entry->parent);
	}
	return false;
}

static int remount_one(int fd, const char *below, uint64_t attr, struct error *err)
{
	char path[PATH_MAX + 64];

	/* The link itself names the mount's root, which may be a file; only what lies below is a path. */
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d%s%s", fd, *below ? "/" : "", below);
	if (sys_mount(NULL, path, "none", MS_REMOUNT | MS_BIND | mount_attr_to_ms(attr), NULL) < 0)
		return fail_call(err, CALL_ATTRIBUTE, below);
	return 0;
}

/* One pass over the mounts at and below fd. *ret_changed counts remounts. */
static int flags_pass(int fd, const struct mount_flags *flags, size_t *ret_changed,
		      struct error *err)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct mounts m = { 0 };
	const struct mount_entry *top;
	int id = mount_id(fd);

	*ret_changed = 0;
	if (mountinfo_read(&arena, &m, err) < 0)
		return -1;
	top = entry_by_id(&m, id);
	if (!top) {
		errno = EINVAL;
		return fail_call(err, CALL_ATTRIBUTE, "mount not listed");
	}
	for (size_t i = 0; i < m.v.count; i++) {
		const struct mount_entry *e = &m.v.items[i];
		uint64_t wanted = (e->attr & ~flags->clear) | flags->set;

		if (e != top && (!flags->recursive || e->covered || !hangs_below(&m, e, id)))
			continue;
		if (wanted == e->attr)
			continue;
		if (remount_one(fd, e == top ? "" : path_relative(e->point, top->point), wanted,
				err) < 0)
			return -1;
		++*ret_changed;
	}
	return 0;
}

int mount_old_flags(struct site *site, int fd, const struct mount_flags *flags, struct error *err)
{
	size_t changed = 1;

	(void)site;
	for (int pass = 0; (flags->set || flags->clear) && changed && pass < 8; pass++)
		if (flags_pass(fd, flags, &changed, err) < 0)
			return -1;
	if (!flags->propagation)
		return 0;
	if (sys_mount(NULL, FD_PATH(fd), "none",
		      flags->propagation | (flags->propagation_recursive ? MS_REC : 0), NULL) < 0)
		return fail_call(err, CALL_ATTRIBUTE, NULL);
	return 0;
}
