// SPDX-License-Identifier: MIT
/*
 * Mode, owner and attributes of a directory that is on both sides. It stays the same directory, so nothing is atomic here;
 * but what it was and what it will be is in the journal, and each step may be repeated.
 */
#include "changes/txn_parts.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "changes/txn_call.h"

#include <string.h>
#include <sys/xattr.h>

/* ---- what it is and will be ---- */

/* Labels and their like are the system's business. */
static bool is_kept_attribute(const char *key)
{
	return strncmp(key, "security.", 9) != 0 || strcmp(key, "security.capability") == 0;
}

static struct txn_value *find_value(struct txn *t, struct txn_meta *meta, const char *key)
{
	for (size_t i = 0; i < meta->values.count; i++)
		if (strcmp(meta->values.items[i].key, key) == 0)
			return &meta->values.items[i];
	return VECTOR_PUSH(&t->arena, &meta->values,
			   (struct txn_value){ .key = arena_strdup(&t->arena, key) });
}

/* The attributes of the directory fd, as those from before or those of the box. */
static int read_values(struct txn *t, struct txn_meta *meta, int fd, enum txn_side side)
{
	char list[XATTR_LIST_MAX], plain[XATTR_NAME_MAX + 1];
	ssize_t size = attribute_list(fd, "", list, sizeof(list));

	if (size < 0)
		return errno == ENOTSUP ? 0 : -1;
	for (ssize_t at = 0; at < size; at += (ssize_t)strlen(list + at) + 1) {
		const char *key = list + at, *as = key;
		struct txn_value *value;

		if (side == SIDE_BOX && attribute_is_mark(key))
			as = attribute_plain(key, plain);
		if (!as || !is_kept_attribute(as))
			continue;
		value = find_value(t, meta, as);
		if (side == SIDE_BOX)
			value->after = attribute_load(&t->arena, fd, "", key, &value->after_size);
		else
			value->before = attribute_load(&t->arena, fd, "", key, &value->before_size);
		if (side == SIDE_BOX ? !value->after : !value->before)
			return -1;
	}
	return 0;
}

/* Leaves those that differ. */
static void drop_equal(struct txn_meta *meta)
{
	size_t kept = 0;

	for (size_t i = 0; i < meta->values.count; i++) {
		const struct txn_value *v = &meta->values.items[i];

		if (v->before && v->after && v->before_size == v->after_size &&
		    memcmp(v->before, v->after, v->after_size) == 0)
			continue;
		meta->values.items[kept++] = *v;
	}
	meta->values.count = kept;
}

static struct txn_owner_mode owner_mode(const struct stat *st)
{
	return (struct txn_owner_mode){ st->st_uid, st->st_gid, st->st_mode & 07777 };
}

/* What an upper of somebody else says may neither open a directory to others nor shape its owner. */
static void take_parts(const struct txn *t, struct txn_meta *meta)
{
	if (t->foreign) {
		meta->parts &= META_MODE;
		meta->after.mode &= ~(mode_t)(S_ISUID | S_ISGID | S_IWGRP | S_IWOTH);
	}
	if (!(meta->parts & META_MODE))
		meta->after.mode = meta->before.mode;
	if (!(meta->parts & META_OWNER)) {
		meta->after.uid = meta->before.uid;
		meta->after.gid = meta->before.gid;
	}
}

int meta_look(struct txn *t, struct txn_meta *meta, struct error *err)
{
	_cleanup_(spot_release) struct spot s = SPOT_NONE;
	struct stat before, after;

	if (spot_open(t, meta->dir, &s, err) < 0)
		return problem_covered(t, meta->dir, err);
	if (fstat(s.target_fd, &before) < 0 || fstat(s.upper_fd, &after) < 0)
		return txn_error(t, meta->dir, NULL, "cannot look at", err);
	meta->before = owner_mode(&before);
	meta->after = owner_mode(&after);
	take_parts(t, meta);
	if ((meta->parts & META_ATTRIBUTES) && (read_values(t, meta, s.target_fd, SIDE_BASE) < 0 ||
						read_values(t, meta, s.upper_fd, SIDE_BOX) < 0))
		return txn_error(t, meta->dir, NULL, "cannot read the attributes of", err);
	drop_equal(meta);
	if (!may_act_for(before.st_uid))
		problem(t, meta->dir, NULL, EPERM,
			"it belongs to user %u, who alone may change its mode and attributes",
			(unsigned)before.st_uid);
	else if ((meta->parts & META_OWNER) && !may_give(meta->after.uid, meta->after.gid))
		problem(t, meta->dir, NULL, EPERM, "only root can give it to user %u, group %u",
			(unsigned)meta->after.uid, (unsigned)meta->after.gid);
	return 0;
}

/* ---- making it so ---- */

static int set_values(const struct txn_meta *meta, int fd, bool forward)
{
	for (size_t i = 0; i < meta->values.count; i++) {
		const struct txn_value *v = &meta->values.items[i];
		const char *value = forward ? v->after : v->before;
		size_t size = forward ? v->after_size : v->before_size;

		if (value ? attribute_set(fd, "", v->key, value, size) < 0
			  : attribute_remove(fd, "", v->key) < 0 && errno != ENODATA)
			return -1;
	}
	return 0;
}

int meta_apply(struct txn *t, const struct txn_meta *meta, bool forward, struct error *err)
{
	const struct txn_owner_mode *to = forward ? &meta->after : &meta->before;
	_cleanup_fd_ int fd = dir_open(t, meta->dir, SIDE_BASE);
	struct stat now;

	/* Going back: somebody has removed it since. */
	if (fd < 0 && !forward && (errno == ENOENT || errno == ENOTDIR || errno == ELOOP))
		return 0;
	if (fd < 0 || fstat(fd, &now) < 0)
		return txn_error(t, meta->dir, NULL, "cannot open", err);
	/* chown(2) takes away set-id bits, user.* attributes want the right to write, an ACL sets mode bits: so the mode is last. */
	if (((now.st_uid != to->uid || now.st_gid != to->gid) &&
	     call_chown(fd, "", to->uid, to->gid) < 0) ||
	    (meta->values.count && !(now.st_mode & S_IWUSR) &&
	     call_chmod_fd(fd, (now.st_mode & 07777) | S_IWUSR) < 0) ||
	    set_values(meta, fd, forward) < 0 || call_chmod_fd(fd, to->mode) < 0)
		return txn_error(t, meta->dir, NULL, "cannot change the mode or attributes of", err);
	return 0;
}
