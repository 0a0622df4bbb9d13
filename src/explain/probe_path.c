// SPDX-License-Identifier: MIT
/* Probes of paths, file systems and mounts. Nothing is opened for reading: O_PATH has no side
 * effects. */
#include "explain/probe.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Those that <linux/magic.h> of Linux 6.1 lacks. */
enum {
	MAGIC_ZFS = 0x2fc12fc1,
	MAGIC_FAT_NT = 0x5346544e,
	MAGIC_NTFS3 = 0x7366746e,
};
#define MAGIC_BCACHEFS 0xca451a4eU

static const struct {
	uint32_t type;
	const char *name;
} fs_names[] = {
	{ OVERLAYFS_SUPER_MAGIC, "overlay" },
	{ TMPFS_MAGIC, "tmpfs" },
	{ EXT4_SUPER_MAGIC, "ext4" },
	{ XFS_SUPER_MAGIC, "xfs" },
	{ BTRFS_SUPER_MAGIC, "btrfs" },
	{ F2FS_SUPER_MAGIC, "f2fs" },
	{ MAGIC_ZFS, "zfs" },
	{ MAGIC_BCACHEFS, "bcachefs" },
	{ FUSE_SUPER_MAGIC, "FUSE" },
	{ NFS_SUPER_MAGIC, "NFS" },
	{ CIFS_SUPER_MAGIC, "CIFS" },
	{ SMB_SUPER_MAGIC, "SMB" },
	{ SMB2_SUPER_MAGIC, "SMB" },
	{ CEPH_SUPER_MAGIC, "Ceph" },
	{ V9FS_MAGIC, "9p" },
	{ AFS_FS_MAGIC, "AFS" },
	{ SQUASHFS_MAGIC, "squashfs" },
	{ EROFS_SUPER_MAGIC_V1, "erofs" },
	{ ISOFS_SUPER_MAGIC, "iso9660" },
	{ MSDOS_SUPER_MAGIC, "vfat" },
	{ EXFAT_SUPER_MAGIC, "exfat" },
	{ MAGIC_FAT_NT, "ntfs" },
	{ MAGIC_NTFS3, "ntfs" },
	{ ECRYPTFS_SUPER_MAGIC, "ecryptfs" },
	{ AUTOFS_SUPER_MAGIC, "autofs" },
	{ RAMFS_MAGIC, "ramfs" },
	{ PROC_SUPER_MAGIC, "proc" },
	{ SYSFS_MAGIC, "sysfs" },
	{ DEVPTS_SUPER_MAGIC, "devpts" },
	{ CGROUP_SUPER_MAGIC, "cgroup" },
	{ CGROUP2_SUPER_MAGIC, "cgroup2" },
};

const char *fs_name(int64_t type)
{
	/* f_type is a signed word of which some architectures extend the sign. */
	for (size_t i = 0; i < ARRAY_LEN(fs_names); i++)
		if (fs_names[i].type == (uint32_t)type)
			return fs_names[i].name;
	return "an unknown file system";
}

/* From fdinfo and not by statx(2): works on every kernel, and musl 1.2.3 has no stx_mnt_id. */
static int mount_id(int fd)
{
	char path[48], line[64];
	_cleanup_file_ FILE *info = NULL;
	int id;

	(void)snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	info = fopen(path, "re");
	while (info && fgets(line, sizeof(line), info))
		if (sscanf(line, "mnt_id: %d", &id) == 1)
			return id;
	return -1;
}

bool place_read(const char *path, struct place *ret)
{
	_cleanup_fd_ int fd = open(path, O_PATH | O_CLOEXEC);
	struct stat st;
	struct statfs fs;
	struct statvfs vfs;

	if (fd < 0 || fstat(fd, &st) < 0 || fstatfs(fd, &fs) < 0 || fstatvfs(fd, &vfs) < 0)
		return false;
	*ret = (struct place){
		.dev = st.st_dev,
		.ino = st.st_ino,
		.mode = st.st_mode,
		.uid = st.st_uid,
		.gid = st.st_gid,
		.fs = fs.f_type,
		.readonly = vfs.f_flag & ST_RDONLY,
		.noexec = vfs.f_flag & ST_NOEXEC,
		.mount_id = mount_id(fd),
	};
	return true;
}

bool place_same(const struct place *a, const struct place *b)
{
	return a->dev == b->dev && a->ino == b->ino;
}

bool place_contains(const char *dir, const char *path)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *at = probe_real(&arena, path);
	struct place outer, inner;

	if (!place_read(dir, &outer))
		return false;
	for (;;) {
		if (place_read(at, &inner) && place_same(&outer, &inner))
			return true;
		if (strcmp(at, "/") == 0)
			return false;
		at = path_parent(&arena, at);
	}
}

const char *probe_existing(struct arena *arena, const char *path)
{
	struct stat st;

	while (lstat(path, &st) < 0 && strcmp(path, "/") != 0)
		path = path_parent(arena, path);
	return path;
}

const char *probe_unsearchable(struct arena *arena, const char *path)
{
	const char *end = path;
	struct stat st;

	if (path[0] != '/')
		return NULL;
	while ((end = strchr(end + 1, '/'))) {
		const char *dir = arena_strndup(arena, path, (size_t)(end - path));

		if (stat(dir, &st) < 0)
			return NULL;
		if (S_ISDIR(st.st_mode) && faccessat(AT_FDCWD, dir, X_OK, AT_EACCESS) < 0)
			return dir;
	}
	return NULL;
}

const char *probe_real(struct arena *arena, const char *path)
{
	_cleanup_free_ char *real = realpath(path, NULL);

	return real ? arena_strdup(arena, real) : path;
}

void probe_mounts(struct arena *arena, struct mounts *ret)
{
	struct error err;

	if (mountinfo_read(arena, ret, &err) < 0)
		*ret = (struct mounts){ 0 };
}

bool probe_chrooted(void)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct mounts m = { 0 };

	probe_mounts(&arena, &m);
	for (size_t i = 0; i < m.v.count; i++)
		if (strcmp(m.v.items[i].point, "/") == 0)
			return false;
	return m.v.count > 0 || access("/proc/self/mountinfo", R_OK) == 0;
}

size_t probe_mounts_below(const struct mounts *m, const char *dir, struct text *list)
{
	enum { SHOWN = 4 };
	size_t count = 0;

	for (size_t i = 0; i < m->v.count; i++) {
		const struct mount_entry *e = &m->v.items[i];

		if (e->covered || strcmp(e->point, dir) == 0 || !path_below(e->point, dir))
			continue;
		if (count++ < SHOWN)
			text_printf(list, "%s%s", count > 1 ? ", " : "", Q(e->point));
	}
	if (count > SHOWN)
		text_printf(list, " and %zu more", count - SHOWN);
	return count;
}

const char *probe_state_dir(struct arena *arena)
{
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");

	/* A relative value is invalid and to be ignored (XDG Base Directory Specification). */
	if (state && state[0] == '/')
		return path_join(arena, path_absolute(arena, "/", state), "nacre");
	if (home && home[0] == '/')
		return path_join(arena, path_absolute(arena, "/", home), ".local/state/nacre");
	return NULL;
}
