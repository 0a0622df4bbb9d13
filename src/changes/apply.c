// SPDX-License-Identifier: MIT
/*
 * Items, one atomic call after another, in either direction.
 *
 *   U the upper's name   S the slot N   T the base's name   B the slot N.upper
 *
 *   forward      add, moved       U -> T
 *                add, copied      S -> T                  then U -> B
 *                replace, moved   U -> S, S <-> T
 *                replace, copied  S <-> T                 then U -> B
 *                delete           T -> S                  then the whiteout U is removed
 *   back         the same in the reverse order; a whiteout is made anew
 *
 * Every step starts from where an item is, so each pass can be begun again: by recovery, or to take back what failed. What
 * comes back to the upper and finds its place taken, or no upper, stays in a slot: the box has something newer, or is gone.
 *
 * The directories' times are set when their items are through, modes and attributes of merged ones after all items, deepest
 * first; going back in the reverse order.
 */
#include "changes/txn_parts.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/text.h"
#include "changes/lowers.h"
#include "changes/txn_call.h"

#include <fcntl.h>
#include <string.h>

/* One directory's items while they are worked on. */
struct group {
	struct txn *t;
	uint32_t dir;
	struct spot s;
	bool upper_only; /* the base's directory is not touched: it may have its new mode already */
	int target_area, upper_area; /* descriptors; upper_area is -EBADF without an upper */
	const char *whiteout; /* one that was made in the upper; NULL */
	struct error *err;
};

/* ---- renames ---- */

/* Where RENAME_NOREPLACE is unknown (NFS, some FUSE): link(2) does not replace either, but cannot link directories. */
static int move_by_hand(int from_fd, const char *from, int to_fd, const char *to)
{
	struct stat st;

	if (fstatat(from_fd, from, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return -1;
	if (!S_ISDIR(st.st_mode))
		return call_link(from_fd, from, to_fd, to) < 0 ? -1 : call_unlink(from_fd, from, 0);
	if (fstatat(to_fd, to, &st, AT_SYMLINK_NOFOLLOW) == 0) {
		errno = EEXIST;
		return -1;
	}
	return call_rename(from_fd, from, to_fd, to, 0);
}

static int move_once(int from_fd, const char *from, int to_fd, const char *to)
{
	if (call_rename(from_fd, from, to_fd, to, RENAME_NOREPLACE) == 0)
		return 0;
	return errno == EINVAL || errno == ENOSYS ? move_by_hand(from_fd, from, to_fd, to) : -1;
}

/* To another parent, never over something. A directory that its owner may not write in gets that right meanwhile. */
static int move(int from_fd, const char *from, int to_fd, const char *to, uint16_t mode)
{
	if (move_once(from_fd, from, to_fd, to) == 0)
		return 0;
	if (errno != EACCES || mode == TXN_NO_MODE)
		return -1;
	if (call_chmod(from_fd, from, mode | S_IWUSR) < 0 || move_once(from_fd, from, to_fd, to) < 0)
		return -1;
	return call_chmod(to_fd, to, mode);
}

/*
 * Where RENAME_EXCHANGE is unknown: the old object gets a second name or, a directory, another one; then the new one takes
 * its place. Of files the base always has one; of directories none for the time of a call.
 */
static int swap_by_hand(const struct group *g, size_t number, const char *name)
{
	int area = g->target_area, dir = g->s.target_fd;
	struct stat old, new;

	if (fstatat(dir, name, &old, AT_SYMLINK_NOFOLLOW) < 0 ||
	    fstatat(area, SLOT(number, ""), &new, AT_SYMLINK_NOFOLLOW) < 0)
		return -1;
	if (S_ISDIR(old.st_mode) || S_ISDIR(new.st_mode)) {
		if (call_rename(dir, name, area, SLOT(number, ".swap"), 0) < 0)
			return -1;
	} else if (call_link(dir, name, area, SLOT(number, ".swap")) < 0) {
		return -1;
	}
	if (call_rename(area, SLOT(number, ""), dir, name, 0) < 0)
		return -1;
	return call_rename(area, SLOT(number, ".swap"), area, SLOT(number, ""), 0);
}

static int swap_once(const struct group *g, size_t number, const char *name)
{
	if (call_rename(g->target_area, SLOT(number, ""), g->s.target_fd, name, RENAME_EXCHANGE) ==
	    0)
		return 0;
	return errno == EINVAL || errno == ENOSYS ? swap_by_hand(g, number, name) : -1;
}

static int open_mode(int dir_fd, const char *name, uint16_t mode)
{
	return mode == TXN_NO_MODE ? 0 : call_chmod(dir_fd, name, mode | S_IWUSR);
}

/* The slot's object and the base's change places; `put` is the mode of the former, `taken` of the latter. */
static int swap(const struct group *g, size_t number, const char *name, uint16_t put, uint16_t taken)
{
	const char *slot = SLOT(number, "");

	if (swap_once(g, number, name) == 0)
		return 0;
	if (errno != EACCES || (put == TXN_NO_MODE && taken == TXN_NO_MODE))
		return -1;
	if (open_mode(g->target_area, slot, put) < 0 ||
	    open_mode(g->s.target_fd, name, taken) < 0 || swap_once(g, number, name) < 0)
		return -1;
	if (put != TXN_NO_MODE && call_chmod(g->s.target_fd, name, put) < 0)
		return -1;
	return taken != TXN_NO_MODE ? call_chmod(g->target_area, slot, taken) : 0;
}

/* A process that died between two chmod(2) left the mode that lets a directory be moved. */
static int restore_mode(int dir_fd, const char *name, uint16_t mode)
{
	struct stat st;

	if (mode == TXN_NO_MODE || dir_fd < 0 ||
	    fstatat(dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISDIR(st.st_mode) ||
	    (st.st_mode & 07777) == mode || st.st_uid != geteuid())
		return 0;
	return call_chmod(dir_fd, name, mode);
}

/* ---- marks of overlayfs ---- */

static int mark_off(int dir_fd, const char *name, const struct txn_mark *mark)
{
	char buffer[XATTR_NAME_MAX + 1];
	const char *plain = attribute_plain(mark->key, buffer);

	if (attribute_remove(dir_fd, name, mark->key) < 0 && errno != ENODATA)
		return -1;
	return plain ? attribute_set(dir_fd, name, plain, mark->value, mark->size) : 0;
}

static int mark_on(int dir_fd, const char *name, const struct txn_mark *mark)
{
	char buffer[XATTR_NAME_MAX + 1];
	const char *plain = attribute_plain(mark->key, buffer);

	if (plain && attribute_remove(dir_fd, name, plain) < 0 && errno != ENODATA)
		return -1;
	return attribute_set(dir_fd, name, mark->key, mark->value, mark->size);
}

/* "" is the directory itself, which fchmodat(2) does not take. */
static int set_mode(int dir_fd, const char *name, mode_t mode)
{
	return *name ? call_chmod(dir_fd, name, mode) : call_chmod_fd(dir_fd, mode);
}

static int mark_apply(int dir_fd, const char *name, const struct txn_mark *mark, bool off)
{
	int (*act)(int, const char *, const struct txn_mark *) = off ? mark_off : mark_on;

	if (mark->mode == TXN_NO_MODE)
		return act(dir_fd, name, mark);
	if (set_mode(dir_fd, name, mark->mode | S_IWUSR) < 0 || act(dir_fd, name, mark) < 0)
		return -1;
	return set_mode(dir_fd, name, mark->mode);
}

/* The mark is of an object in the item, which is in the upper. */
static int item_mark_apply(const struct group *g, const struct txn_mark *mark, bool off)
{
	const char *item = g->t->items.items[mark->item].name, *name;
	_cleanup_text_ struct text path = { 0 };
	_cleanup_fd_ int dir_fd = -EBADF;

	if (!*mark->path)
		return mark_apply(g->s.upper_fd, item, mark, off);
	text_printf(&path, "%s/%s", item, mark->path);
	dir_fd = parent_open(g->s.upper_fd, text_str(&path), &name);
	return dir_fd < 0 ? -1 : mark_apply(dir_fd, name, mark, off);
}

/* The first mark that is of that item or a later one; those of directories come last. */
static size_t first_mark(const struct txn *t, size_t item)
{
	size_t low = 0, high = t->marks.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (t->marks.items[middle].item < item)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Nothing to do when what is in the upper now is not the item's object: the box has written there since. */
static int item_marks_apply(const struct group *g, size_t number, bool off)
{
	const struct txn *t = g->t;
	size_t first = first_mark(t, number), end = first;
	struct stat st;

	while (end < t->marks.count && t->marks.items[end].item == number)
		end++;
	if (end == first || (!t->looked && (fstatat(g->s.upper_fd, t->items.items[number].name, &st,
						    AT_SYMLINK_NOFOLLOW) < 0 ||
					    st.st_ino != t->items.items[number].new_ino)))
		return 0;
	for (size_t i = 0; i < end - first; i++)
		if (item_mark_apply(g, &t->marks.items[off ? first + i : end - 1 - i], off) < 0)
			return -1;
	return 0;
}

/* ---- one item ---- */

static bool is_copy(const struct txn_item *item)
{
	return item->flags & ITEM_COPY;
}

/* From the upper, when it is there that its new object is. */
static int item_start(const struct group *g, size_t number, struct txn_item *item)
{
	const char *slot = SLOT(number, "");

	if (item->kind != TXN_DELETE && item_marks_apply(g, number, true) < 0)
		return -1;
	if (item->kind == TXN_DELETE
		    ? move(g->s.target_fd, item->name, g->target_area, slot, item->old_mode) < 0
	    : item->kind == TXN_ADD
		    ? move(g->s.upper_fd, item->name, g->s.target_fd, item->name, item->new_mode) < 0
		    : move(g->s.upper_fd, item->name, g->target_area, slot, item->new_mode) < 0)
		return -1;
	item->stage = item->kind == TXN_REPLACE ? STAGE_READY : STAGE_APPLIED;
	return 0;
}

static int item_forward(struct group *g, size_t number)
{
	struct txn_item *item = &g->t->items.items[number];
	const char *slot = SLOT(number, "");

	if (item->stage == STAGE_BEFORE && item_start(g, number, item) < 0)
		return -1;
	if (item->stage == STAGE_READY) {
		if (item->kind == TXN_ADD
			    ? move(g->target_area, slot, g->s.target_fd, item->name,
				   item->new_mode) < 0
			    : swap(g, number, item->name, item->new_mode, item->old_mode) < 0)
			return -1;
		item->stage = STAGE_APPLIED;
	}
	if (restore_mode(g->s.target_fd, item->name, item->new_mode) < 0)
		return -1;
	return restore_mode(g->target_area, slot, item->old_mode);
}

/* Where the new object lies, back to the upper. Its place may be taken, or gone with the box: then it stays out of the way. */
static int give_back(const struct group *g, size_t number, int from_fd, const char *from)
{
	struct txn_item *item = &g->t->items.items[number];
	const char *slot = SLOT(number, "");

	if (g->s.upper_fd >= 0 &&
	    move(from_fd, from, g->s.upper_fd, item->name, item->new_mode) == 0) {
		item->stage = STAGE_BEFORE;
		return 0;
	}
	if (g->s.upper_fd >= 0 && errno != EEXIST && errno != ENOENT)
		return -1;
	if (from_fd != g->target_area &&
	    move(from_fd, from, g->target_area, slot, item->new_mode) < 0 && errno != ENOENT)
		return -1;
	item->stage = STAGE_READY;
	return 0;
}

/* What is in the base, back to the slot or the upper. Missing: somebody has removed it, which is what is wanted. */
static int item_unapply(const struct group *g, size_t number, struct txn_item *item)
{
	const char *slot = SLOT(number, "");

	if (item->kind == TXN_ADD && !is_copy(item))
		return give_back(g, number, g->s.target_fd, item->name);
	if (item->kind == TXN_ADD) {
		if (move(g->s.target_fd, item->name, g->target_area, slot, item->new_mode) < 0 &&
		    errno != ENOENT)
			return -1;
	} else if (item->kind == TXN_REPLACE) {
		if (swap(g, number, item->name, item->old_mode, item->new_mode) < 0 &&
		    (errno != ENOENT ||
		     move(g->target_area, slot, g->s.target_fd, item->name, item->old_mode) < 0))
			return -1;
	} else if (move(g->target_area, slot, g->s.target_fd, item->name, item->old_mode) < 0 &&
		   (errno != EEXIST ||
		    swap(g, number, item->name, item->old_mode, TXN_NO_MODE) < 0)) {
		return -1;
	}
	item->stage = item->kind == TXN_DELETE ? STAGE_BEFORE : STAGE_READY;
	return 0;
}

static int item_back(struct group *g, size_t number)
{
	struct txn_item *item = &g->t->items.items[number];
	const char *slot = SLOT(number, "");

	if (item->stage == STAGE_APPLIED && item_unapply(g, number, item) < 0)
		return -1;
	if (item->kind == TXN_REPLACE && item->stage == STAGE_READY && !is_copy(item) &&
	    give_back(g, number, g->target_area, slot) < 0)
		return -1;
	if (item->stage == STAGE_BEFORE && item->kind != TXN_DELETE &&
	    (item_marks_apply(g, number, false) < 0 ||
	     restore_mode(g->s.upper_fd, item->name, item->new_mode) < 0))
		return -1;
	return restore_mode(g->s.target_fd, item->name, item->old_mode);
}

/* The upper has the item's object there, and not something that the box has written since. */
static bool is_in_upper(const struct group *g, const struct txn_item *item)
{
	struct stat st;

	if (g->t->looked && item->kind == TXN_DELETE)
		return g->s.upper_fd >= 0;
	if (g->s.upper_fd < 0 || fstatat(g->s.upper_fd, item->name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return false;
	/* One whiteout says what any other does. */
	return item->kind == TXN_DELETE ? is_whiteout(&st) : st.st_ino == item->upper_ino;
}

/* What the upper still has of the change leaves it. A copy has the mode of what was copied. */
static int item_clear(struct group *g, size_t number)
{
	struct txn_item *item = &g->t->items.items[number];
	const char *slot = SLOT(number, ".upper");

	if (!(item->flags & ITEM_CLEAR) || item->stage < STAGE_APPLIED)
		return 0;
	if (is_in_upper(g, item) &&
	    (item->kind == TXN_DELETE
		     ? call_unlink(g->s.upper_fd, item->name, 0) < 0
		     : move(g->s.upper_fd, item->name, g->upper_area, slot, item->new_mode) < 0))
		return -1;
	item->stage = STAGE_CLEARED;
	if (item->kind == TXN_DELETE)
		return 0;
	return restore_mode(g->upper_area, slot, item->new_mode);
}

/* Any user may make a whiteout (mknod(2), Linux 5.8). Those of a directory are one inode, as overlayfs makes them. */
static int whiteout_again(struct group *g, const char *name)
{
	if (g->s.upper_fd < 0)
		return 0;
	if ((!g->whiteout || call_link(g->s.upper_fd, g->whiteout, g->s.upper_fd, name) < 0) &&
	    call_mknod(g->s.upper_fd, name, S_IFCHR) < 0)
		return errno == EEXIST ? 0 : -1;
	g->whiteout = name;
	return 0;
}

static int item_unclear(struct group *g, size_t number)
{
	struct txn_item *item = &g->t->items.items[number];
	const char *slot = SLOT(number, ".upper");

	if (item->stage == STAGE_CLEARED && item->kind == TXN_DELETE) {
		item->stage = STAGE_APPLIED;
		return whiteout_again(g, item->name);
	}
	if (item->stage == STAGE_CLEARED) {
		if (g->s.upper_fd >= 0 && g->upper_area >= 0 &&
		    move(g->upper_area, slot, g->s.upper_fd, item->name, item->new_mode) < 0 &&
		    errno != EEXIST && errno != ENOENT)
			return -1;
		item->stage = STAGE_APPLIED;
	}
	if ((item->flags & ITEM_CLEAR) && item->new_mode != TXN_NO_MODE && is_in_upper(g, item))
		return restore_mode(g->s.upper_fd, item->name, item->new_mode);
	return 0;
}

/* ---- the items of a directory ---- */

static void group_release(struct group *g)
{
	spot_release(&g->s);
}

/* A directory that may have to be made writable for us. */
static int group_enter(int fd, uint16_t mode)
{
	if (mode == TXN_NO_MODE || fd < 0 ||
	    faccessat(fd, "", W_OK | X_OK, AT_EACCESS | AT_EMPTY_PATH) == 0)
		return 0;
	return call_chmod_fd(fd, mode | S_IRWXU);
}

/* The base's directory is not there: not made yet, or removed since by somebody, with all that was in it. */
static bool is_gone(const struct group *g, bool forward)
{
	const struct txn_dir *d = &g->t->dirs.items[g->dir];

	if (g->err->sys != ENOENT && g->err->sys != ENOTDIR && g->err->sys != ELOOP)
		return false;
	for (uint32_t i = d->first; forward && i < d->first + d->count; i++)
		if (g->t->items.items[i].stage < STAGE_APPLIED)
			return false;
	return true;
}

enum { GROUP_NONE = 1 };

/* GROUP_NONE: there is no such directory, and nothing to be done in it. */
static int group_open(struct group *g, bool forward)
{
	const struct txn_dir *d = &g->t->dirs.items[g->dir];
	uint16_t upper_area = g->t->roots.items[d->root].upper_area;

	if (spot_open(g->t, g->dir, &g->s, g->err) < 0)
		return is_gone(g, forward) ? GROUP_NONE : -1;
	g->target_area = g->t->areas.items[d->area].fd;
	g->upper_area = upper_area == UINT16_MAX ? -EBADF : g->t->areas.items[upper_area].fd;
	if ((!g->upper_only && group_enter(g->s.target_fd, d->target_mode) < 0) ||
	    group_enter(g->s.upper_fd, d->upper_mode) < 0)
		return txn_error(g->t, g->dir, NULL, "cannot write in", g->err);
	return 0;
}

/* Not the owner: then the time stays what it is. */
static int set_time(int fd, struct timespec time)
{
	return call_time(fd, "", time) < 0 && errno != EPERM ? -1 : 0;
}

/* Times and modes of the directory itself. */
static int group_close(const struct group *g, bool forward)
{
	const struct txn_dir *d = &g->t->dirs.items[g->dir];
	bool keeps_time = !g->upper_only &&
			  (forward ? (d->flags & DIR_TIME) != 0 : !(d->flags & DIR_MAKE));
	bool gets_mode = d->target_mode != TXN_NO_MODE && !g->upper_only;

	if ((keeps_time && set_time(g->s.target_fd, forward ? d->upper_time : d->target_time) < 0) ||
	    (g->s.upper_fd >= 0 && !g->t->foreign && set_time(g->s.upper_fd, d->upper_time) < 0) ||
	    (gets_mode && call_chmod_fd(g->s.target_fd, d->target_mode) < 0) ||
	    (d->upper_mode != TXN_NO_MODE && g->s.upper_fd >= 0 &&
	     call_chmod_fd(g->s.upper_fd, d->upper_mode) < 0))
		return txn_error(g->t, g->dir, NULL, "cannot set time and mode of", g->err);
	return 0;
}

/* What is done with each item of a directory, and how to say that it could not be. */
struct pass {
	int (*item)(struct group *g, size_t number);
	const char *cannot;
	bool forward, upper_only;
};

static const struct pass pass_forward = { item_forward, "cannot put in place", true, false };
static const struct pass pass_back = { item_back, "cannot take back", false, false };
static const struct pass pass_clear = { item_clear, "cannot take out of the box", true, true };
static const struct pass pass_unclear = { item_unclear, "cannot give back to the box", false, true };

static void report(struct txn *t)
{
	struct txn_progress *p = &t->progress;

	p->done++;
	if (p->report)
		p->report(p->arg, p->done, p->total, p->bytes);
}

static int group_run(struct txn *t, uint32_t dir, const struct pass *pass, struct error *err)
{
	_cleanup_(group_release) struct group g = {
		.t = t, .dir = dir, .s = SPOT_NONE, .upper_only = pass->upper_only, .err = err
	};
	const struct txn_dir *d = &t->dirs.items[dir];
	int answer;

	if (!d->count)
		return 0;
	answer = group_open(&g, pass->forward);
	if (answer)
		return answer == GROUP_NONE ? 0 : -1;
	for (uint32_t i = 0; i < d->count; i++) {
		uint32_t number = d->first + (pass->forward ? i : d->count - 1 - i);

		if (pass->item(&g, number) < 0)
			return txn_error(t, dir, t->items.items[number].name, pass->cannot, err);
		report(t);
	}
	return group_close(&g, pass->forward);
}

/* Parents first, so that a directory that is made is there for what comes into it; back in the reverse order. */
static int run(struct txn *t, const struct pass *pass, struct error *err)
{
	for (uint32_t i = 0; i < t->dirs.count; i++)
		if (group_run(t, pass->forward ? i : (uint32_t)t->dirs.count - 1 - i, pass, err) < 0)
			return -1;
	return 0;
}

/* ---- all ---- */

/* Directories of the upper that hide nothing any more. */
static int unhide(struct txn *t, bool off, struct error *err)
{
	for (size_t i = first_mark(t, TXN_NONE); i < t->marks.count; i++) {
		const struct txn_mark *mark = &t->marks.items[i];
		_cleanup_fd_ int fd = dir_open(t, mark->dir, SIDE_BOX);

		/* The box is gone. */
		if (fd < 0)
			continue;
		if (mark_apply(fd, "", mark, off) < 0)
			return txn_error(t, mark->dir, NULL, "cannot show to the box", err);
	}
	return 0;
}

static bool has_clears(const struct txn *t)
{
	for (size_t i = 0; i < t->items.count; i++)
		if (t->items.items[i].flags & ITEM_CLEAR)
			return true;
	return false;
}

int apply_forward(struct txn *t, struct error *err)
{
	bool clears = has_clears(t);

	t->progress.done = 0;
	t->progress.total = t->items.count * (clears ? 2 : 1);
	if (run(t, &pass_forward, err) < 0)
		return -1;
	/* Deepest first: a mode may forbid to reach what is below. */
	for (size_t i = t->metas.count; i-- > 0;)
		if (meta_apply(t, &t->metas.items[i], true, err) < 0)
			return -1;
	(void)clock_gettime(CLOCK_REALTIME, &t->ended);
	/* The box may not lose anything before the base has it for good. */
	if (txn_sync(t, err) < 0)
		return -1;
	if (clears && run(t, &pass_clear, err) < 0)
		return -1;
	return unhide(t, true, err);
}

int apply_back(struct txn *t, struct error *err)
{
	bool clears = has_clears(t);

	t->progress.done = 0;
	t->progress.total = t->items.count * (clears ? 2 : 1);
	/* An empty one was removed when the commit was done. */
	if (areas_make(t, err) < 0)
		return -1;
	if (unhide(t, false, err) < 0 || (clears && run(t, &pass_unclear, err) < 0))
		return -1;
	for (size_t i = 0; i < t->metas.count; i++)
		if (meta_apply(t, &t->metas.items[i], false, err) < 0)
			return -1;
	if (run(t, &pass_back, err) < 0)
		return -1;
	(void)clock_gettime(CLOCK_REALTIME, &t->ended);
	return txn_sync(t, err);
}
