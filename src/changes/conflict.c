// SPDX-License-Identifier: MIT
/* Times of the box against times of the base. */
#include "changes/conflict.h"

#include "base/cleanup.h"
#include "base/syscalls.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/xattr.h>

enum { SLACK_NS = 10000000 }; /* the longest tick: CONFIG_HZ=100 */

static int compare(struct timespec a, struct timespec b)
{
	if (a.tv_sec != b.tv_sec)
		return a.tv_sec < b.tv_sec ? -1 : 1;
	return a.tv_nsec < b.tv_nsec ? -1 : a.tv_nsec > b.tv_nsec;
}

static struct timespec later(struct timespec t, long ns)
{
	t.tv_nsec += ns;
	t.tv_sec += t.tv_nsec / 1000000000;
	t.tv_nsec %= 1000000000;
	return t;
}

static struct timespec first_run(const struct record *record)
{
	if (record->runs.count)
		return record->runs.items[0];
	return (struct timespec){ .tv_sec = (time_t)record->created };
}

bool conflict_possible(const struct record *record, const struct stat *base)
{
	return compare(base->st_ctim, first_run(record)) > 0;
}

struct timespec conflict_since(const struct record *record, int dir_fd, const char *name)
{
	struct timespec since = first_run(record), born;
	struct statx st;

	if (sys_statx(dir_fd, name, AT_SYMLINK_NOFOLLOW, STATX_BTIME, &st) < 0 ||
	    !(st.stx_mask & STATX_BTIME))
		return since;
	born = later((struct timespec){ st.stx_btime.tv_sec, st.stx_btime.tv_nsec }, SLACK_NS);
	for (size_t i = 1; i < record->runs.count; i++)
		if (compare(record->runs.items[i], born) <= 0)
			since = record->runs.items[i];
	return since;
}

struct timespec conflict_since_change(const struct changes *c, const struct change *change,
				      int upper_fd)
{
	bool own = upper_fd >= 0 && change->kind != CHANGE_DELETED;

	return conflict_since(&c->record, upper_fd,
			      own || !(change->flags & CHANGE_OPAQUE) ? change_name(c, change)
								      : ".");
}

/* The window's begin was taken before the first change, which may have got a coarse time before that. */
static bool is_ours(const struct record *record, struct timespec t)
{
	for (size_t i = 0; i < record->windows.count; i++)
		if (compare(later(t, SLACK_NS), record->windows.items[i].from) >= 0 &&
		    compare(t, record->windows.items[i].to) <= 0)
			return true;
	return false;
}

bool conflict_changed(const struct record *record, const struct stat *base, struct timespec since)
{
	return compare(base->st_ctim, since) > 0 && !is_ours(record, base->st_ctim);
}

bool conflict_changed_directory(const struct record *record, const struct stat *base,
				struct timespec since)
{
	return compare(base->st_ctim, base->st_mtim) != 0 && conflict_changed(record, base, since);
}

static bool has_origin(int dir_fd, const char *name, char *ret_opaque)
{
	char path[40 + NAME_MAX];

	*ret_opaque = 0;
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d/%s", dir_fd, name);
	if (lgetxattr(path, "user.overlay.origin", NULL, 0) < 0)
		return false;
	(void)lgetxattr(path, "user.overlay.opaque", ret_opaque, 1);
	return true;
}

/*
 * A directory of the base cannot be renamed in a box, so one with an origin was copied from its own place; a file may have been
 * copied elsewhere and renamed, so the base's directory must have changed too.
 */
bool conflict_removed(const struct record *record, int upper_fd, const char *name, bool directory,
		      const struct stat *base)
{
	struct stat dir;
	char opaque;

	if (directory)
		return has_origin(upper_fd, name, &opaque) && opaque != 'y';
	if (base) {
		dir = *base;
		dir.st_ctim = dir.st_mtim;
		if (!conflict_possible(record, &dir) ||
		    !conflict_changed(record, &dir, conflict_since(record, upper_fd, name)))
			return false;
	}
	return has_origin(upper_fd, name, &opaque);
}

bool conflict_layered(const struct record *record, int dir_fd, const char *name,
		      struct timespec since)
{
	struct timespec modified, born = { 0 };
	struct statx st;

	if (sys_statx(dir_fd, name, AT_SYMLINK_NOFOLLOW, STATX_BTIME | STATX_MTIME, &st) < 0)
		return false;
	modified = (struct timespec){ st.stx_mtime.tv_sec, st.stx_mtime.tv_nsec };
	if (st.stx_mask & STATX_BTIME)
		born = (struct timespec){ st.stx_btime.tv_sec, st.stx_btime.tv_nsec };
	if (compare(modified, born) < 0)
		modified = born;
	return compare(modified, since) > 0 && !is_ours(record, modified);
}
