// SPDX-License-Identifier: MIT
/* Pairs of deleted and added files. */
#include "changes/rename.h"

#include "base/cleanup.h"
#include "changes/compare.h"

#include <fcntl.h>
#include <stdlib.h>

/* What a rename keeps, which rules out nearly everything before a byte is read. */
struct gone {
	uint64_t size;
	int64_t time;
	uint32_t change;
};

/* So many files of one size and time are compared with a new one: in a tree made at one moment it may be any. */
enum { TRIES_MAX = 8 };

static int by_look(const void *a, const void *b)
{
	const struct gone *x = a, *y = b;

	if (x->size != y->size)
		return x->size < y->size ? -1 : 1;
	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return x->change < y->change ? -1 : x->change > y->change;
}

static bool is_candidate(const struct change *change, enum change_kind kind)
{
	mode_t mode = kind == CHANGE_ADDED ? change->mode : change->old_mode;

	return change->kind == (uint8_t)kind && !(change->flags & CHANGE_INSIDE) && S_ISREG(mode) &&
	       (kind == CHANGE_ADDED ? change->size : change->old_size) > 0;
}

static bool is_same_file(const struct changes *c, const struct change *now, const struct change *old)
{
	_cleanup_fd_ int now_fd = changes_open(c, now->dir, SIDE_UPPER);
	_cleanup_fd_ int old_fd = now_fd < 0 ? -1 : changes_open(c, old->dir, SIDE_TARGET);
	struct stat now_st, old_st;
	struct compare_side now_side = { now_fd, change_name(c, now), &now_st };
	struct compare_side old_side = { old_fd, change_name(c, old), &old_st };

	return old_fd >= 0 && fstatat(now_fd, now_side.name, &now_st, AT_SYMLINK_NOFOLLOW) == 0 &&
	       fstatat(old_fd, old_side.name, &old_st, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISREG(now_st.st_mode) && S_ISREG(old_st.st_mode) &&
	       compare_objects(&now_side, &old_side) == 0;
}

static void find_origin(struct changes *c, struct change *now, const struct gone *gone, size_t count)
{
	const struct gone key = { .size = now->size, .time = now->time };
	size_t low = 0, high = count, tries = 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (by_look(&gone[middle], &key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < count && gone[low].size == key.size && gone[low].time == key.time &&
	       tries < TRIES_MAX;
	     low++) {
		struct change *old = &c->v[gone[low].change];

		if ((old->flags & CHANGE_SOURCE) || (tries++, !is_same_file(c, now, old)))
			continue;
		now->kind = CHANGE_RENAMED;
		now->from = gone[low].change;
		old->flags |= CHANGE_SOURCE;
		return;
	}
}

void changes_find_renames(struct changes *c)
{
	_cleanup_free_ struct gone *gone = calloc(c->count + 1, sizeof(*gone));
	size_t count = 0;

	for (size_t i = 0; gone && i < c->count; i++)
		if (is_candidate(&c->v[i], CHANGE_DELETED))
			gone[count++] = (struct gone){ c->v[i].old_size, c->v[i].time, (uint32_t)i };
	if (!count)
		return;
	qsort(gone, count, sizeof(*gone), by_look);
	for (size_t i = 0; i < c->count; i++)
		if (is_candidate(&c->v[i], CHANGE_ADDED))
			find_origin(c, &c->v[i], gone, count);
}
