// SPDX-License-Identifier: MIT
/*
 * Looking at what a killed commit or undo left, and bringing it to an end:
 *
 *   no journal                   nothing was touched                       the directory goes
 *   "areas" in the journal       nothing was touched                       the same, with areas elsewhere
 *   a journal, not done          all items in the base: finished; else     taken back
 *   done, undoing                                                          the undo goes on
 *   undone, purging              only removing is left                     the directory goes
 *
 * Where an item is, its slot and the upper tell: nobody else moves what lies there. A process may die in any of this as well.
 */
#include "changes/recover.h"

#include "base/cleanup.h"
#include "base/dirstack.h"
#include "base/error.h"
#include "base/path.h"
#include "base/text.h"
#include "changes/lowers.h"
#include "changes/txn_call.h"
#include "changes/txn_parts.h"
#include "state/store.h"

#include <fcntl.h>
#include <string.h>

/* ---- what the journal names, opened again ---- */

static int open_checked(const char *path, uint64_t ino, int flags)
{
	_cleanup_fd_ int fd = sys_open(path, flags | O_DIRECTORY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		return -1;
	if (st.st_ino != ino) {
		errno = ENOENT;
		return -1;
	}
	return TAKE_FD(fd);
}

int txn_reopen(struct txn *t, bool tolerant, struct error *err)
{
	for (size_t i = 0; i < t->roots.count; i++) {
		struct txn_root *root = &t->roots.items[i];

		root->target_fd = open_checked(root->target, root->target_ino, O_PATH);
		if (root->target_fd < 0 && !tolerant) {
			(void)fail(err, ERROR_SYSTEM, errno, "cannot open %s", Q(root->target));
			error_set_reason(err, "it is not the directory that was changed by %s",
					 t->id);
			return -1;
		}
		/* The box may be gone, or another one have its name. */
		if (root->upper)
			root->upper_fd = open_checked(root->upper, root->upper_ino,
						      O_RDONLY | O_NOFOLLOW);
	}
	return areas_open(t, err);
}

/* ---- where each item is ---- */

static bool has_object(int dir_fd, const char *name, struct stat *ret)
{
	return dir_fd >= 0 && fstatat(dir_fd, name, ret, AT_SYMLINK_NOFOLLOW) == 0;
}

/*
 * An exchange by hand that was not finished (apply.c): with the new object still in its slot, the old one is put back, or
 * loses its second name; else it gets the slot.
 */
static int settle_swap(const struct txn *t, size_t number, int area_fd)
{
	const struct txn_item *item = &t->items.items[number];
	_cleanup_fd_ int dir_fd = -EBADF;
	struct stat st;

	if (!has_object(area_fd, SLOT(number, ".swap"), &st))
		return 0;
	if (!has_object(area_fd, SLOT(number, ""), &st))
		return call_rename(area_fd, SLOT(number, ".swap"), area_fd, SLOT(number, ""), 0);
	dir_fd = dir_open(t, item->dir, SIDE_BASE);
	if (dir_fd < 0)
		return -1;
	if (!has_object(dir_fd, item->name, &st))
		return call_rename(area_fd, SLOT(number, ".swap"), dir_fd, item->name, 0);
	return call_unlink(area_fd, SLOT(number, ".swap"), 0);
}

static enum txn_stage stage_of(const struct txn_item *item, const struct stat *slot,
			       const struct stat *upper, bool cleared)
{
	enum txn_stage applied = cleared ? STAGE_CLEARED : STAGE_APPLIED;

	if (item->kind == TXN_DELETE)
		return slot ? applied : STAGE_BEFORE;
	if (item->kind == TXN_REPLACE) {
		if (!slot)
			return STAGE_BEFORE;
		return slot->st_ino == item->new_ino ? STAGE_READY : applied;
	}
	if (slot)
		return STAGE_READY;
	if (!(item->flags & ITEM_COPY) && upper && upper->st_ino == item->new_ino)
		return STAGE_BEFORE;
	return applied;
}

static int inspect_item(struct txn *t, size_t number, int upper_fd, bool *all)
{
	struct txn_item *item = &t->items.items[number];
	const struct txn_dir *d = &t->dirs.items[item->dir];
	uint16_t upper_area = t->roots.items[d->root].upper_area;
	int area_fd = t->areas.items[d->area].fd;
	struct stat slot, upper, cleared;
	bool has_slot, has_upper, is_cleared;

	if (item->kind == TXN_REPLACE && settle_swap(t, number, area_fd) < 0)
		return -1;
	has_slot = has_object(area_fd, SLOT(number, ""), &slot);
	has_upper = has_object(upper_fd, item->name, &upper);
	is_cleared = (item->flags & ITEM_CLEAR) && upper_area != UINT16_MAX &&
		     (item->kind == TXN_DELETE ? !has_upper || !is_whiteout(&upper)
					       : has_object(t->areas.items[upper_area].fd,
							    SLOT(number, ".upper"), &cleared));
	item->stage = stage_of(item, has_slot ? &slot : NULL, has_upper ? &upper : NULL, is_cleared);
	*all = *all && item->stage >= STAGE_APPLIED;
	return 0;
}

int txn_inspect(struct txn *t, bool *ret_applied, struct error *err)
{
	*ret_applied = true;
	for (uint32_t dir = 0; dir < t->dirs.count; dir++) {
		const struct txn_dir *d = &t->dirs.items[dir];
		_cleanup_fd_ int upper_fd = d->count ? dir_open(t, dir, SIDE_BOX) : -EBADF;

		for (uint32_t i = d->first; i < d->first + d->count; i++)
			if (inspect_item(t, i, upper_fd, ret_applied) < 0)
				return txn_error(t, dir, t->items.items[i].name, "cannot look at",
						 err);
	}
	return 0;
}

/* ---- to an end ---- */

static int unfinished(const struct txn *t, struct error *err)
{
	error_fact(err, "the commit %s of the box %s was interrupted", t->id, t->box);
	error_explain(err, "commit-unfinished", NULL, NULL);
	return -1;
}

/* A commit that was not done. */
static int recover_commit(struct txn *t, struct error *err)
{
	bool applied;

	if (txn_inspect(t, &applied, err) < 0)
		return -1;
	if (!applied)
		return apply_back(t, err) < 0 ? -1 : txn_undone(t, err);
	if (apply_forward(t, err) < 0)
		return -1;
	areas_trim(t);
	txn_end(t);
	return journal_mark(t, MARK_DONE, true, err);
}

static int recover_undo(struct txn *t, struct error *err)
{
	bool applied;

	if (txn_inspect(t, &applied, err) < 0 || apply_back(t, err) < 0)
		return -1;
	return txn_undone(t, err);
}

/* 0 as well when the base is not there, as when its disk is not mounted: it waits. */
static int recover_journal(struct txn *t, enum journal_extent extent, struct error *err)
{
	if (txn_reopen(t, false, err) < 0)
		return err->sys == ENOENT ? 0 : -1;
	if (txn_lock(t, err) < 0)
		return -1;
	if (journal_has(t, MARK_PURGING))
		return txn_forget(t, TIMES_KEPT, err);
	if (extent == JOURNAL_AREAS || journal_has(t, MARK_UNDONE))
		return txn_forget(t, TIMES_BEFORE, err);
	return journal_has(t, MARK_UNDOING) ? recover_undo(t, err) : recover_commit(t, err);
}

/* 0: there is nothing to do, or somebody is at it; RECOVERED; -1. */
static int recover_one(int store_fd, const char *id, struct error *err)
{
	_cleanup_(txn_release) struct txn t;
	struct timespec now;
	int answer;

	txn_begin(&t, "", NULL);
	now = t.began;
	if (txn_open_state(&t, store_fd, true, err) < 0)
		return -1;
	answer = txn_open_undo(&t, id, err);
	if (answer)
		return answer == TXN_BUSY ? 0 : -1;
	if (journal_has(&t, MARK_DONE) && !journal_has(&t, MARK_UNDOING) &&
	    !journal_has(&t, MARK_PURGING))
		return 0;
	answer = journal_read(&t, err);
	if (answer < 0)
		return -1;
	/* What is touched is touched now. A window since the commit began would hide what others have done since. */
	t.began = now;
	if (answer == JOURNAL_NONE)
		return txn_drop(&t, TIMES_KEPT, err) < 0 ? -1 : RECOVERED;
	return recover_journal(&t, (enum journal_extent)answer, err) < 0 ? unfinished(&t, err)
									 : RECOVERED;
}

/* An id is a number, "-", the name of its box. */
static bool is_of_box(const char *id, const char *box)
{
	const char *dash = strchr(id, '-');

	return dash && (!box || strcmp(dash + 1, box) == 0);
}

static bool is_settled(int undo_fd, const char *id)
{
	_cleanup_fd_ int fd = openat(undo_fd, id, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	return fd >= 0 && journal_marked(fd, MARK_DONE) && !journal_marked(fd, MARK_UNDOING);
}

/* All commits of the store on a stack. 0: there are none. -1: errno. */
static int list_commits(int store_fd, struct dirstack *stack)
{
	int fd = store_shelf(store_fd, "undo", false);
	struct stat st;

	if (fd < 0)
		return 0;
	if (fstat(fd, &st) < 0)
		st = (struct stat){ 0 };
	dirstack_push(stack, fd, &st);
	return dirstack_list(stack) < 0 ? -1 : 1;
}

bool recover_pending(int store_fd, const char *box)
{
	_cleanup_(dirstack_release) struct dirstack stack = { 0 };

	if (list_commits(store_fd, &stack) <= 0)
		return false;
	for (const char *id; (id = dirstack_next(&stack));)
		if (is_of_box(id, box) && !is_settled(dirstack_last(&stack)->fd, id))
			return true;
	return false;
}

static int recover(int store_fd, const char *box, struct error *err)
{
	_cleanup_(dirstack_release) struct dirstack stack = { 0 };
	int answer = list_commits(store_fd, &stack);

	if (answer < 0) {
		(void)fail_call(err, CALL_STATE, "undo");
		return fail_message(err, "cannot look for interrupted commits");
	}
	if (answer == 0)
		return 0;
	answer = 0;
	for (const char *id; (id = dirstack_next(&stack));) {
		int one = is_of_box(id, box) ? recover_one(store_fd, id, err) : 0;

		if (one < 0)
			return -1;
		answer |= one;
	}
	return answer;
}

int recover_all(int store_fd, struct error *err)
{
	return recover(store_fd, NULL, err);
}

int recover_box(int store_fd, const char *box, struct error *err)
{
	return recover(store_fd, box, err);
}
