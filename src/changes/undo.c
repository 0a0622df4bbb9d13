// SPDX-License-Identifier: MIT
/* Done commits: which there are, whether one can be taken back, taking it back, giving it up. */
#include "changes/undo.h"

#include "base/cleanup.h"
#include "base/dirstack.h"
#include "base/error.h"
#include "base/path.h"
#include "base/text.h"
#include "changes/txn_call.h"
#include "changes/txn_parts.h"
#include "state/store.h"

#include <fcntl.h>
#include <string.h>

/* ---- which there are ---- */

static int by_id(const void *a, const void *b)
{
	return -strverscmp(*(const char *const *)a, *(const char *const *)b);
}

struct ids {
	VECTOR(const char *) v;
};

/* The names in STATE/undo, newest first. */
static int read_ids(struct arena *arena, int store_fd, struct ids *ret, struct error *err)
{
	_cleanup_(dirstack_release) struct dirstack stack = { 0 };
	int fd = store_shelf(store_fd, "undo", false);
	struct stat st = { 0 };
	const char *name;

	if (fd >= 0) {
		dirstack_push(&stack, fd, &st);
		if (dirstack_list(&stack) < 0)
			fd = -1;
	}
	if (fd < 0 && errno != ENOENT) {
		(void)fail_call(err, CALL_STATE, "undo");
		return fail_message(err, "cannot list what can be taken back");
	}
	while (fd >= 0 && (name = dirstack_next(&stack)))
		if (*name >= '0' && *name <= '9')
			VECTOR_PUSH(arena, &ret->v, arena_strdup(arena, name));
	if (ret->v.count)
		qsort(ret->v.items, ret->v.count, sizeof(*ret->v.items), by_id);
	return 0;
}

/* A commit that is done and not on its way back. Only looked at: nothing is locked. */
static int is_done(struct txn *t, int store_fd, const char *id, struct error *err)
{
	if (txn_open_state(t, store_fd, true, err) < 0)
		return -1;
	t->id = id;
	t->undo_fd = openat(t->state_fd, id, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return t->undo_fd >= 0 && journal_has(t, MARK_DONE) && !journal_has(t, MARK_UNDOING) &&
	       !journal_has(t, MARK_UNDONE) && !journal_has(t, MARK_PURGING);
}

int undo_list(struct arena *arena, int store_fd, struct undo_list *ret, struct error *err)
{
	struct ids ids = { 0 };

	*ret = (struct undo_list){ 0 };
	if (read_ids(arena, store_fd, &ids, err) < 0)
		return -1;
	for (size_t i = 0; i < ids.v.count; i++) {
		_cleanup_(txn_release) struct txn t;
		const char *id = ids.v.items[i];
		struct undo_entry *entry;
		int done;

		txn_begin(&t, "", NULL);
		done = is_done(&t, store_fd, id, err);
		if (done < 0 || (done && journal_read_head(&t, err) < 0))
			return -1;
		if (!done)
			continue;
		entry = VECTOR_PUSH(arena, &ret->v,
				    (struct undo_entry){
					    .id = id,
					    .box = arena_strdup(arena, t.box),
					    .began = t.began,
					    .meta_count = t.meta_count,
					    .held = t.held,
				    });
		memcpy(entry->counts, t.counts, sizeof(t.counts));
	}
	return 0;
}

/* ---- opening one ---- */

/* The latest one that is done. NULL: there is none, or *err. */
static const char *latest(struct txn *t, int store_fd, struct error *err)
{
	struct ids ids = { 0 };

	if (read_ids(&t->arena, store_fd, &ids, err) < 0)
		return NULL;
	for (size_t i = 0; i < ids.v.count; i++) {
		_cleanup_(txn_release) struct txn other;
		int done;

		txn_begin(&other, "", NULL);
		done = is_done(&other, store_fd, ids.v.items[i], err);
		if (done)
			return done < 0 ? NULL : ids.v.items[i];
	}
	(void)fail(err, ERROR_PLAN, 0, "there is no commit that can be taken back");
	error_explain(err, "undo-none", NULL, NULL);
	return NULL;
}

static int unknown(const char *id, struct error *err)
{
	(void)fail(err, ERROR_PLAN, 0, "there is no commit %s that can be taken back", Q(id));
	error_explain(err, "undo-unknown", NULL, NULL);
	return -1;
}

static int open_journal(struct txn *t, int store_fd, const char *id, struct error *err)
{
	int answer;

	txn_begin(t, "", NULL);
	if (!id && !(id = latest(t, store_fd, err)))
		return -1;
	if (strchr(id, '/') || *id < '0' || *id > '9')
		return unknown(id, err);
	if (txn_open_state(t, store_fd, true, err) < 0)
		return -1;
	answer = txn_open_undo(t, id, err);
	if (answer == TXN_BUSY && t->undo_fd >= 0) {
		(void)fail(err, ERROR_SYSTEM, EWOULDBLOCK, "cannot take back the commit %s", Q(id));
		error_explain(err, "commit-locked", NULL, NULL);
		return -1;
	}
	if (answer)
		return answer == TXN_BUSY ? unknown(id, err) : -1;
	if (!journal_has(t, MARK_DONE))
		return unknown(id, err);
	return journal_read(t, err) < 0 ? -1 : 0;
}

int undo_open(struct txn *t, int store_fd, const char *id, struct error *err)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_REALTIME_COARSE, &now);
	if (open_journal(t, store_fd, id, err) < 0 || txn_reopen(t, false, err) < 0 ||
	    txn_lock(t, err) < 0)
		return -1;
	/* What the undo touches, it touches from now on. */
	t->committed = t->began;
	t->began = now;
	for (size_t i = 0; i < t->items.count; i++)
		t->items.items[i].stage = t->items.items[i].flags & ITEM_CLEAR ? STAGE_CLEARED
									       : STAGE_APPLIED;
	return 0;
}

/* ---- what has changed since ---- */

struct window {
	struct timespec from, to;
};

struct checker {
	struct txn *t;
	VECTOR(struct window)
	windows; /* of what was taken back since: objects that were moved there and back again */
};

static bool is_before(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec != b->tv_sec ? a->tv_sec < b->tv_sec : a->tv_nsec < b->tv_nsec;
}

static void read_windows(struct checker *c)
{
	int fd = openat(c->t->state_fd, "windows", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	_cleanup_file_ FILE *f = fd < 0 ? NULL : fdopen(fd, "r");
	long long from, to;
	long from_ns, to_ns;

	while (f && fscanf(f, "window %lld.%9ld %lld.%9ld\n", &from, &from_ns, &to, &to_ns) == 4)
		VECTOR_PUSH(&c->t->arena, &c->windows,
			    (struct window){ { from, from_ns }, { to, to_ns } });
}

/* True when somebody else has changed the object after the commit. */
static bool is_changed(const struct checker *c, const struct timespec *ctime)
{
	if (!is_before(&c->t->ended, ctime))
		return false;
	for (size_t i = 0; i < c->windows.count; i++)
		if (!is_before(ctime, &c->windows.items[i].from) &&
		    !is_before(&c->windows.items[i].to, ctime))
			return false;
	return true;
}

/* The first object below a directory that was changed; what cannot be looked at counts as such. NULL when there is none. */
static const char *changed_below(struct checker *c, int dir_fd, const char *name)
{
	_cleanup_(dirstack_release) struct dirstack stack = { 0 };
	_cleanup_text_ struct text path = { 0 };
	struct stat st = { 0 };
	int fd = openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	while (fd >= 0) {
		dirstack_push(&stack, fd, &st);
		fd = -EBADF;
		if (dirstack_list(&stack) < 0)
			break;
		while (fd < 0) {
			name = dirstack_next(&stack);
			if (!name && stack.v.count == 1)
				return NULL;
			if (!name && dirstack_pop(&stack) < 0)
				return "";
			if (!name)
				continue;
			if (fstatat(dirstack_last(&stack)->fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
			    is_changed(c, &st.st_ctim))
				goto found;
			if (!S_ISDIR(st.st_mode))
				continue;
			fd = openat(dirstack_last(&stack)->fd, name,
				    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
			if (fd < 0)
				goto found;
		}
	}
found:
	dirstack_path(&stack, &path);
	return arena_strdup(&c->t->arena, text_str(&path));
}

static void check_new(struct checker *c, const struct txn_item *item, int dir_fd)
{
	const char *below;
	struct stat st;

	if (fstatat(dir_fd, item->name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		problem(c->t, item->dir, item->name, ENOENT, "it was removed since");
	else if (st.st_ino != item->new_ino)
		problem(c->t, item->dir, item->name, EEXIST, "it was replaced since");
	else if (is_changed(c, &st.st_ctim))
		problem(c->t, item->dir, item->name, EBUSY, "it was changed since");
	else if (S_ISDIR(st.st_mode) && (below = changed_below(c, dir_fd, item->name)))
		problem(c->t, item->dir, item->name, EBUSY, "%s in it was changed since", Q(below));
}

static void check_item(struct checker *c, const struct txn_item *item, int dir_fd)
{
	struct stat st;

	if (item->kind != TXN_DELETE)
		check_new(c, item, dir_fd);
	else if (fstatat(dir_fd, item->name, &st, AT_SYMLINK_NOFOLLOW) == 0)
		problem(c->t, item->dir, item->name, EEXIST, "there is something new");
}

static int check_items(struct checker *c, uint32_t dir, struct error *err)
{
	const struct txn_dir *d = &c->t->dirs.items[dir];
	_cleanup_fd_ int fd = d->count ? dir_open(c->t, dir, SIDE_BASE) : -EBADF;

	if (!d->count)
		return 0;
	if (fd < 0 && errno != ENOENT && errno != ENOTDIR && errno != ELOOP)
		return txn_error(c->t, dir, NULL, "cannot open", err);
	if (fd < 0) {
		problem(c->t, dir, NULL, errno, "it was removed since");
		return 0;
	}
	for (uint32_t i = d->first; i < d->first + d->count; i++)
		check_item(c, &c->t->items.items[i], fd);
	return 0;
}

static bool has_values(struct txn *t, const struct txn_meta *meta, int fd)
{
	for (size_t i = 0; i < meta->values.count; i++) {
		const struct txn_value *v = &meta->values.items[i];
		size_t size = 0;
		const char *now = attribute_load(&t->arena, fd, "", v->key, &size);

		if (!now != !v->after ||
		    (now && (size != v->after_size || memcmp(now, v->after, size) != 0)))
			return false;
	}
	return true;
}

static void check_meta(struct checker *c, const struct txn_meta *meta)
{
	_cleanup_fd_ int fd = dir_open(c->t, meta->dir, SIDE_BASE);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		problem(c->t, meta->dir, NULL, errno, "it was removed since");
	else if (st.st_uid != meta->after.uid || st.st_gid != meta->after.gid ||
		 (st.st_mode & 07777) != meta->after.mode || !has_values(c->t, meta, fd))
		problem(c->t, meta->dir, NULL, EBUSY,
			"its mode, owner or attributes were changed since");
}

int undo_check(struct txn *t, struct error *err)
{
	struct checker c = { .t = t };

	read_windows(&c);
	for (uint32_t dir = 0; dir < t->dirs.count; dir++)
		if (check_items(&c, dir, err) < 0)
			return -1;
	for (size_t i = 0; i < t->metas.count; i++)
		check_meta(&c, &t->metas.items[i]);
	return t->problems.v.count ? txn_refuse(t, "take back", "undo-conflict", err) : 0;
}

/* ---- taking back, giving up ---- */

int undo_run(struct txn *t, struct error *err)
{
	struct error second = { 0 };

	if (journal_mark(t, MARK_UNDOING, true, err) < 0)
		return -1;
	txn_note_touched(t, t->committed, t->ended);
	if (apply_back(t, err) == 0 && txn_undone(t, err) == 0)
		return 0;
	if (apply_forward(t, &second) == 0) {
		/* What was touched again is not somebody else's doing. */
		txn_end(t);
		if (journal_mark(t, MARK_DONE, true, &second) == 0 &&
		    journal_mark(t, MARK_UNDOING, false, &second) == 0)
			return -1;
	}
	error_fact(err, "doing again what was taken back failed as well: %s", second.message);
	error_explain(err, "commit-unfinished", NULL, NULL);
	return -1;
}

int undo_purge(int store_fd, const char *id, struct error *err)
{
	_cleanup_(txn_release) struct txn t;

	if (open_journal(&t, store_fd, id, err) < 0 || txn_reopen(&t, true, err) < 0 ||
	    journal_mark(&t, MARK_PURGING, true, err) < 0)
		return -1;
	return txn_forget(&t, TIMES_KEPT, err);
}
