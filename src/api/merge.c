// SPDX-License-Identifier: MIT
/*
 * Commits into a layer: a new tree is made beside it, .new-LAYER, and takes its place by a transaction, with the description
 * where it is a saved one. What was there is kept like all that a commit displaces, so undo and recovery are those of commits.
 * The box stays as it is: what it has changed is in its layer now, so it changes nothing any more.
 */
#include "changes/merge.h"

#include "api/commit.h"
#include "api/handles.h"
#include "base/cleanup.h"
#include "base/lock.h"
#include "base/measure.h"
#include "base/path.h"
#include "base/remove.h"
#include "base/syscalls.h"
#include "nacre.h"
#include "state/layers.h"
#include "state/stage.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct target {
	struct arena *arena;
	struct saved_layer layer; /* name and path; with `saved`, its description */
	bool saved;
	const char *parent; /* the directory that it is in */
	int fd, parent_fd; /* of the layer, held; of that directory */
	struct stat st;
	uint64_t bytes; /* that it takes */
	/* The tree that takes its place. */
	const char *stage;
	int stage_fd, inner_fd; /* the latter is the new layer, in the former */
};

static void target_release(struct target *t)
{
	struct error ignored;

	t->inner_fd = close_fd(t->inner_fd);
	if (t->stage_fd >= 0)
		(void)remove_tree(t->parent_fd, t->stage, &ignored);
	t->stage_fd = close_fd(t->stage_fd);
	t->fd = close_fd(t->fd);
	t->parent_fd = close_fd(t->parent_fd);
}

static int fail_target(const struct target *t, struct error *err)
{
	(void)fail_call(err, CALL_OVERLAY_LAYER, t->layer.path);
	return fail_message(err, "cannot merge into the layer %s", Q(t->layer.path));
}

/* Beside the layer nothing can be made. */
static int fail_beside(const struct target *t, struct error *err)
{
	(void)fail(err, ERROR_SYSTEM, errno, "cannot make the new layer in %s", Q(t->parent));
	(void)fail_at(err, CALL_NONE, t->parent);
	if (err->sys == EACCES || err->sys == EPERM || err->sys == EROFS)
		error_explain(err, "merge-beside", errno_text(err->sys), NULL);
	return layers_explain(err, t->parent);
}

/* ---- which layer ---- */

static int hold(struct target *t, struct error *err)
{
	if (t->saved)
		t->fd = layers_hold(&t->layer, err);
	else
		t->fd = open(t->layer.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (t->fd >= 0 && fstat(t->fd, &t->st) == 0)
		return 0;
	return t->saved ? -1 : fail_target(t, err);
}

/* Links on the way are the user's own; the tree itself is opened by the name that it has in its directory. */
static int find_target(struct target *t, const struct plan *plan, const char *word,
		       struct error *err)
{
	int answer = layers_mean(t->arena, plan->cwd, plan->home, word, &t->layer, err);
	char real[PATH_MAX];

	if (answer < 0)
		return -1;
	t->saved = answer == 0;
	if (hold(t, err) < 0)
		return -1;
	if (!realpath(t->layer.path, real))
		return fail_target(t, err);
	t->layer.path = arena_strdup(t->arena, real);
	t->layer.name = path_name(t->layer.path);
	t->parent = path_parent(t->arena, t->layer.path);
	t->parent_fd = open(t->parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return t->parent_fd < 0 ? fail_beside(t, err) : 0;
}

/* ---- the new tree ---- */

static int fail_busy(const struct target *t, int holder_fd, struct error *err)
{
	struct stat st;

	(void)fail(err, ERROR_SYSTEM, EWOULDBLOCK, "cannot merge into the layer %s",
		   Q(t->layer.path));
	error_explain(err, "commit-locked", NULL, NULL);
	if (fstat(holder_fd, &st) == 0)
		lock_holder_tell(&st, err);
	return -1;
}

static int open_stage(struct target *t, struct error *err)
{
	_cleanup_fd_ int holder_fd = -EBADF;

	t->stage_fd = stage_beside(t->arena, t->parent_fd, t->layer.name, &t->stage, &holder_fd);
	if (t->stage_fd < 0 && holder_fd >= 0)
		return fail_busy(t, holder_fd, err);
	if (t->stage_fd < 0 || mkdirat(t->stage_fd, t->layer.name, S_IRWXU) < 0)
		return fail_beside(t, err);
	t->inner_fd = openat(t->stage_fd, t->layer.name,
			     O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return t->inner_fd < 0 ? fail_beside(t, err) : 0;
}

static const char *description_name(const struct target *t)
{
	return arena_concat(t->arena, t->layer.name, "", LAYER_SUFFIX);
}

/* Files of the two trees are the same, and their room was halved between them when it was measured. */
static void measure(struct target *t, uint64_t *ret_held)
{
	struct tree_size old = { 0 }, new = { 0 };

	tree_measure(t->parent_fd, t->layer.name, &old);
	tree_measure(t->stage_fd, t->layer.name, &new);
	t->layer.size = new.bytes + t->bytes - old.bytes;
	t->layer.objects = new.objects - 1; /* the tree itself is none */
	*ret_held = 2 * old.bytes - t->bytes;
}

static int describe(const struct target *t, struct error *err)
{
	_cleanup_text_ struct text text = { 0 };
	_cleanup_fd_ int fd = openat(t->stage_fd, description_name(t),
				     O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

	layers_describe(&t->layer, &text);
	if (fd < 0 || write(fd, text_str(&text), text.len) != (ssize_t)text.len)
		return fail_beside(t, err);
	return 0;
}

/* ---- it takes the layer's place ---- */

static void add_item(struct txn *txn, uint32_t dir, const char *name, uint64_t old_ino)
{
	txn_add_item(txn, old_ino ? TXN_REPLACE : TXN_ADD, dir, name, 0);
	txn->items.items[txn->items.count - 1].old_ino = old_ino;
}

static uint64_t inode_of(int dir_fd, const char *name)
{
	struct stat st;

	return fstatat(dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0 ? 0 : st.st_ino;
}

static int plan_swap(struct target *t, struct txn *txn, struct error *err)
{
	const char *description = description_name(t);
	uint32_t dir;
	int root = txn_add_root(txn, t->parent, t->parent_fd, NULL, t->stage_fd, err);

	if (root < 0)
		return -1;
	txn->roots.items[root].staged = true;
	dir = txn_add_dir(txn, (uint32_t)root, TXN_NONE, "", 0);
	add_item(txn, dir, t->layer.name, t->st.st_ino);
	if (t->saved)
		add_item(txn, dir, description, inode_of(t->parent_fd, description));
	return 0;
}

static int swap(struct nacre_changes *ch, struct target *t, struct txn *txn, struct error *err)
{
	_cleanup_fd_ int store_fd = commit_open_store(ch->box.store, err);

	if (store_fd < 0 || (t->saved && describe(t, err) < 0) || plan_swap(t, txn, err) < 0)
		return -1;
	return txn_commit(txn, store_fd, err);
}

/* ---- the order ---- */

/* As a status counts: a directory that came or went is one. */
static uint64_t count_picked(const struct changes *c)
{
	_cleanup_text_ struct text whole = { 0 }, path = { 0 };
	uint64_t n = 0;

	for (size_t i = 0; i < c->count; i++) {
		const struct change *change = &c->v[i];

		if ((change->flags & (CHANGE_PICKED | CHANGE_SOURCE)) != CHANGE_PICKED)
			continue;
		text_clear(&path);
		change_path(c, change, &path);
		if ((change->flags & CHANGE_INSIDE) && whole.len &&
		    path_below(text_str(&path), text_str(&whole)))
			continue;
		text_clear(&whole);
		text_add(&whole, text_str(&path));
		n++;
	}
	return n;
}

static int apply(struct nacre_changes *ch, const struct merge *m, struct target *t,
		 uint64_t changes, const char **ret_id, struct error *err)
{
	_cleanup_(txn_release) struct txn txn;
	struct tree_size before = { 0 };
	int answer = -1;

	txn_begin(&txn, ch->list.record.name, ch->box.path);
	tree_measure(t->parent_fd, t->layer.name, &before);
	t->bytes = before.bytes;
	if (open_stage(t, err) < 0 || merge_make(m, t->inner_fd, err) < 0)
		return -1;
	txn.counts[TXN_REPLACE] = changes;
	measure(t, &txn.held);
	answer = swap(ch, t, &txn, err);
	*ret_id = answer == 0 ? strdup(txn.id) : NULL;
	return answer;
}

static int merge(struct nacre_changes *ch, struct target *t,
		 const struct nacre_commit_options *options, struct nacre_commit_result *result,
		 struct error *err)
{
	struct merge m = { .c = &ch->list, .layer = t->layer.path, .layer_fd = t->fd };
	struct commit_notes left = { 0 }, conflicts = { 0 };
	struct text report = { 0 };
	const char *id = NULL;
	uint64_t changes;

	if (merge_locate(&m, t->arena, &left, err) < 0 ||
	    merge_check(&m, t->arena, &conflicts, err) < 0)
		return -1;
	if (conflicts.v.count && !options->force)
		return commit_report_conflicts(ch, &conflicts, result);
	changes = count_picked(&ch->list);
	if (options->dry_run &&
	    faccessat(t->parent_fd, "", W_OK | X_OK, AT_EACCESS | AT_EMPTY_PATH) < 0)
		return fail_beside(t, err);
	if (changes && !options->dry_run && apply(ch, &m, t, changes, &id, err) < 0)
		return -1;
	commit_add_notes(ch, "left    ", &left, &report);
	*result = (struct nacre_commit_result){ .changes = changes,
						.report = handles_give(&report),
						.id = (char *)id };
	return 0;
}

int commit_to_layer(struct nacre_changes *ch, const struct nacre_commit_options *options,
		    struct nacre_commit_result *result, struct error *err)
{
	_cleanup_(target_release) struct target t = { .arena = &ch->arena,
						      .fd = -EBADF,
						      .parent_fd = -EBADF,
						      .stage_fd = -EBADF,
						      .inner_fd = -EBADF };
	_cleanup_fd_ int lock_fd = commit_lock_box(ch, err);

	if (lock_fd < 0 || find_target(&t, ch->plan, options->layer, err) < 0 ||
	    changes_enter_ids(ch, err) < 0)
		return -1;
	return merge(ch, &t, options, result, err);
}
