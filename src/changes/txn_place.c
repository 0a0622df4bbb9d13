// SPDX-License-Identifier: MIT
/*
 * Where things are: directories below the roots, and the areas that hold slots.
 *
 * A directory is opened from its root by openat2(2), which lets no link and no other mount lead away: an overlay shows
 * what is below a mount point, never what is mounted there, so that is no place of the box.
 */
#include "changes/txn_parts.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/remove.h"
#include "base/text.h"
#include "changes/txn_call.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/fs.h>
#include <string.h>
#include <sys/ioctl.h>

enum { RESOLVE_BELOW = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV };

void spot_release(struct spot *s)
{
	s->target_fd = close_fd(s->target_fd);
	s->upper_fd = close_fd(s->upper_fd);
}

/* Adds the path from the root, or on the upper's side from the directory that its root stands for, to dir. */
static void add_relative(const struct txn *t, uint32_t dir, enum txn_side side, struct text *out)
{
	const struct txn_dir *d = &t->dirs.items[dir];

	if (d->parent == dir || (side == SIDE_BOX && (t->dirs.items[d->parent].flags & DIR_ABOVE)))
		return;
	add_relative(t, d->parent, side, out);
	if (out->len)
		text_add_char(out, '/');
	text_add(out, d->name);
}

void txn_path(const struct txn *t, uint32_t dir, const char *name, struct text *out)
{
	_cleanup_text_ struct text relative = { 0 };
	const char *target = t->roots.items[t->dirs.items[dir].root].target;

	add_relative(t, dir, SIDE_BASE, &relative);
	text_add(out, target);
	if (relative.len && target[1])
		text_add_char(out, '/');
	text_add(out, text_str(&relative));
	if (name && *name && (relative.len || target[1]))
		text_add_char(out, '/');
	if (name)
		text_add(out, name);
}

/* Opens what `path` leads to below top_fd; in pieces, as it may be too long for one call. */
static int open_below(int top_fd, char *path)
{
	_cleanup_fd_ int fd = -EBADF;

	while (strlen(path) >= PATH_MAX) {
		char *slash = memrchr(path, '/', PATH_MAX - 1);
		int below;

		if (!slash) {
			errno = ENAMETOOLONG;
			return -1;
		}
		*slash = '\0';
		below = sys_openat2(fd < 0 ? top_fd : fd, path, O_PATH | O_DIRECTORY | O_CLOEXEC, 0,
				    RESOLVE_BELOW);
		*slash = '/';
		(void)close_fd(fd);
		fd = below;
		if (fd < 0)
			return -1;
		path = slash + 1;
	}
	return sys_openat2(fd < 0 ? top_fd : fd, *path ? path : ".",
			   O_PATH | O_DIRECTORY | O_CLOEXEC, 0, RESOLVE_BELOW);
}

int dir_open(const struct txn *t, uint32_t dir, enum txn_side side)
{
	const struct txn_root *root = &t->roots.items[t->dirs.items[dir].root];
	_cleanup_text_ struct text path = { 0 };

	if (side == SIDE_BOX && (root->upper_fd < 0 || (t->dirs.items[dir].flags & DIR_ABOVE))) {
		errno = ENOENT;
		return -1;
	}
	text_add(&path, "");
	add_relative(t, dir, side, &path);
	return open_below(side == SIDE_BOX ? root->upper_fd : root->target_fd, path.data);
}

int spot_open(const struct txn *t, uint32_t dir, struct spot *ret, struct error *err)
{
	*ret = SPOT_NONE;
	ret->target_fd = dir_open(t, dir, SIDE_BASE);
	if (ret->target_fd < 0)
		return txn_error(t, dir, NULL, "cannot open", err);
	ret->upper_fd = dir_open(t, dir, SIDE_BOX);
	return 0;
}

int parent_open(int dir_fd, const char *path, const char **ret_name)
{
	_cleanup_text_ struct text above = { 0 };
	const char *slash = strrchr(path, '/');

	text_add(&above, "");
	if (slash)
		text_add_bytes(&above, path, (size_t)(slash - path));
	*ret_name = slash ? slash + 1 : path;
	return open_below(dir_fd, above.data);
}

/* A directory that hands its project down takes nothing of another project (ext4(5), xfs_quota(8)): EXDEV. */
static uint32_t project_of(int dir_fd)
{
	_cleanup_fd_ int fd = openat(dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct fsxattr attributes;

	if (fd < 0 || ioctl(fd, FS_IOC_FSGETXATTR, &attributes) < 0 ||
	    !(attributes.fsx_xflags & FS_XFLAG_PROJINHERIT))
		return 0;
	return attributes.fsx_projid;
}

int volume_of(int dir_fd, struct txn_volume *ret)
{
	struct statx st;

	if (sys_statx(dir_fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS | STATX_MNT_ID, &st) < 0)
		return -1;
	*ret = (struct txn_volume){
		/* Linux 5.8. Without it the device alone tells; a rename between two binds of it then fails and is taken back. */
		.mount = st.stx_mask & STATX_MNT_ID ? st.stx_mnt_id : 0,
		.dev = (uint64_t)st.stx_dev_major << 32 | st.stx_dev_minor,
		.project = project_of(dir_fd),
		.encrypted = st.stx_attributes & STATX_ATTR_ENCRYPTED,
	};
	return 0;
}

bool volume_equal(const struct txn_volume *a, const struct txn_volume *b)
{
	return a->mount == b->mount && a->dev == b->dev && a->project == b->project &&
	       a->encrypted == b->encrypted;
}

/* ---- areas ---- */

uint16_t area_for(struct txn *t, const struct txn_volume *volume, uint32_t dir, bool beside)
{
	for (size_t i = 0; i < t->areas.count; i++)
		if (volume_equal(&t->areas.items[i].volume, volume))
			return (uint16_t)i;
	VECTOR_PUSH(&t->arena, &t->areas,
		    (struct txn_area){
			    .volume = *volume,
			    .fd = -EBADF,
			    .dir = dir,
			    .beside = beside,
			    .name = arena_printf(&t->arena, ".nacre-undo-%s", t->id),
		    });
	return (uint16_t)(t->areas.count - 1);
}

int area_parent(const struct txn *t, const struct txn_area *area)
{
	/* Overlayfs wants its work directory on the mount of the upper and not below it, so there is one above. */
	if (area->beside)
		return openat(t->roots.items[area->dir].upper_fd, "..",
			      O_PATH | O_DIRECTORY | O_CLOEXEC);
	return dir_open(t, area->dir, SIDE_BASE);
}

static int area_error(const struct txn *t, const struct txn_area *area, const char *what,
		      struct error *err)
{
	_cleanup_text_ struct text path = { 0 };
	int sys = errno;

	if (area->beside)
		text_add(&path, t->roots.items[area->dir].upper);
	else
		txn_path(t, area->dir, NULL, &path);
	return fail(err, ERROR_SYSTEM, sys, "cannot %s what is displaced %s %s", what,
		    area->beside ? "beside" : "in", Q(text_str(&path)));
}

static int area_open(const struct txn *t, struct txn_area *area)
{
	_cleanup_fd_ int parent = area_parent(t, area);

	if (parent < 0)
		return -1;
	area->fd = openat(parent, area->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return area->fd < 0 ? -1 : 0;
}

/* The directories by hundreds. */
static int slots_make(const struct txn *t, const struct txn_area *area)
{
	char name[32];

	for (size_t first = SLOTS_TOGETHER; first < t->items.count; first += SLOTS_TOGETHER) {
		(void)snprintf(name, sizeof(name), "%zu", first);
		if (call_mkdir(area->fd, name, 0700) < 0 && errno != EEXIST)
			return -1;
	}
	return 0;
}

int areas_make(struct txn *t, struct error *err)
{
	for (size_t i = 0; i < t->areas.count; i++) {
		struct txn_area *area = &t->areas.items[i];
		_cleanup_fd_ int parent = area->fd < 0 ? area_parent(t, area) : -EBADF;

		if (area->fd < 0 && (parent < 0 || call_mkdir(parent, area->name, 0700) < 0 ||
				     area_open(t, area) < 0))
			return area_error(t, area, "keep", err);
		if (slots_make(t, area) < 0)
			return area_error(t, area, "keep", err);
	}
	return 0;
}

int areas_open(struct txn *t, struct error *err)
{
	for (size_t i = 1; i < t->areas.count; i++) {
		struct txn_area *area = &t->areas.items[i];

		if (area_open(t, area) < 0 && errno != ENOENT && errno != EBADF)
			return area_error(t, area, "find", err);
	}
	return 0;
}

int areas_remove(struct txn *t, struct error *err)
{
	for (size_t i = 1; i < t->areas.count; i++) {
		struct txn_area *area = &t->areas.items[i];
		_cleanup_fd_ int parent = area_parent(t, area);
		struct stat st;

		/* The directory, or the whole base, is not there any more. */
		if (parent < 0 && (errno == ENOENT || errno == EBADF))
			continue;
		if (parent < 0 || fstat(parent, &st) < 0)
			return area_error(t, area, "remove", err);
		if (area->fd >= 0 && change_refused("remove"))
			return area_error(t, area, "remove", err);
		area->fd = close_fd(area->fd);
		if (remove_tree(parent, area->name, err) < 0)
			return -1;
		/* Not the owner: then the time cannot be kept. */
		if (call_time(parent, "", st.st_mtim) < 0 && errno != EPERM)
			return area_error(t, area, "remove", err);
	}
	return 0;
}

/* Those that are empty. */
static void slots_trim(const struct txn *t, int area_fd)
{
	char name[32];

	for (size_t first = SLOTS_TOGETHER; first < t->items.count; first += SLOTS_TOGETHER) {
		(void)snprintf(name, sizeof(name), "%zu", first);
		(void)call_unlink(area_fd, name, AT_REMOVEDIR);
	}
}

void areas_trim(struct txn *t)
{
	for (size_t i = 1; i < t->areas.count; i++) {
		struct txn_area *area = &t->areas.items[i];
		_cleanup_fd_ int parent = area_parent(t, area);
		struct stat st;

		if (area->fd >= 0)
			slots_trim(t, area->fd);
		if (parent < 0 || fstat(parent, &st) < 0 ||
		    call_unlink(parent, area->name, AT_REMOVEDIR) < 0)
			continue;
		area->fd = close_fd(area->fd);
		(void)call_time(parent, "", st.st_mtim);
		(void)clock_gettime(CLOCK_REALTIME, &t->ended);
	}
}
