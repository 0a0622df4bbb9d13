// SPDX-License-Identifier: MIT
/* Planning a commit. */
#include "changes/commit.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "changes/conflict.h"
#include "changes/lowers.h"
#include "changes/select.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>

/* What is known of a directory of the list. */
struct dir_plan {
	uint32_t txn; /* in txn.dirs; TXN_NONE while nothing in it is planned */
	uint32_t part; /* the same, beside the parts of changes */
	uint32_t changes, picked; /* right in it */
	bool covered; /* it comes or goes with a directory that is picked as a whole */
};

struct planner {
	struct commit *commit;
	const struct changes *c;
	const char *box_path;
	struct dir_plan *dirs;
	bool *partly; /* of each: something in it, however deep, stays in the box */
	const struct commit_parts *parts;
	uint32_t *roots; /* of sources, in txn.roots; TXN_NONE */
	uint32_t *part_roots; /* the same, with the parts for an upper */
	uint32_t dir; /* whose descriptors are open; NO_CHANGE: none */
	int upper_fd, target_fd; /* -1: that side has none */
	struct stat target; /* of target_fd */
	bool fresh; /* what the walk saw of the base is as good as a look of ours */
	struct error *err;
};

static void planner_release(struct planner *p)
{
	p->upper_fd = close_fd(p->upper_fd);
	p->target_fd = close_fd(p->target_fd);
	free(p->dirs);
	free(p->partly);
	free(p->roots);
	free(p->part_roots);
}

void commit_note(struct arena *arena, struct commit_notes *notes, const struct changes *c,
		 const struct change *change, const char *why)
{
	_cleanup_text_ struct text path = { 0 };

	change_path(c, change, &path);
	VECTOR_PUSH(arena, &notes->v,
		    (struct commit_note){ arena_strdup(arena, text_str(&path)), why });
}

void commit_release(struct commit *commit)
{
	txn_release(&commit->txn);
}

static int plan_failed(struct planner *p, const struct change *change)
{
	_cleanup_text_ struct text path = { 0 };
	int sys = errno;

	change_path(p->c, change, &path);
	errno = sys;
	(void)fail_call(p->err, CALL_STATE, text_str(&path));
	return fail_message(p->err, "cannot look at %s", Q(text_str(&path)));
}

static void note(struct planner *p, struct commit_notes *notes, const struct change *change,
		 const char *why)
{
	commit_note(&p->commit->txn.arena, notes, p->c, change, why);
}

/* ---- what is picked where ---- */

static void count_change(struct planner *p, const struct change *change)
{
	struct dir_plan *dir = &p->dirs[change->dir];

	if (change->flags & CHANGE_INSIDE)
		return;
	dir->changes++;
	dir->picked += (change->flags & CHANGE_PICKED) != 0;
}

/* The directory that hides the base's for all below it; NO_CHANGE when there is none. */
static uint32_t hiding_dir(const struct changes *c, uint32_t dir)
{
	if (!c->dirs[dir].opaque)
		return NO_CHANGE;
	while (c->dirs[dir].parent != dir && c->dirs[c->dirs[dir].parent].opaque)
		dir = c->dirs[dir].parent;
	return dir;
}

/* ---- directories ---- */

static int enter(struct planner *p, uint32_t dir)
{
	if (p->dir == dir)
		return 0;
	p->upper_fd = close_fd(p->upper_fd);
	p->target_fd = close_fd(p->target_fd);
	p->dir = NO_CHANGE;
	if (p->c->dirs[dir].in_upper)
		p->upper_fd = changes_open(p->c, dir, SIDE_UPPER);
	if (p->upper_fd < 0 && p->c->dirs[dir].in_upper)
		return -1;
	/* It may be a directory of a layer, or have become something else since. */
	p->target_fd = changes_open(p->c, dir, SIDE_TARGET);
	if (p->target_fd < 0 ? errno != ENOENT && errno != ENOTDIR
			     : fstat(p->target_fd, &p->target) < 0)
		return -1;
	p->dir = dir;
	return 0;
}

static uint32_t add_root(struct planner *p, uint32_t index)
{
	const struct change_source *source = &p->c->sources.items[index];
	_cleanup_text_ struct text upper = { 0 };
	uint32_t root;

	if (p->roots[index] != TXN_NONE)
		return p->roots[index];
	if (source->target_fd < 0) {
		(void)fail(p->err, ERROR_SYSTEM, ENOENT, "cannot apply changes to %s",
			   Q(source->target));
		error_explain(p->err, "commit-no-base", NULL, NULL);
		return TXN_NONE;
	}
	if (p->box_path)
		text_printf(&upper, "%s/upper/%s", p->box_path, source->overlay->slot);
	root = (uint32_t)p->commit->txn.roots.count;
	if (txn_add_root(&p->commit->txn, source->target, source->target_fd,
			 p->box_path ? arena_strdup(&p->commit->txn.arena, text_str(&upper)) : NULL,
			 source->upper_fd, p->err) < 0)
		return TXN_NONE;
	return p->roots[index] = root;
}

/* ---- parts of changes ---- */

static bool is_part(const struct planner *p, size_t index)
{
	for (size_t i = 0; i < p->parts->count; i++)
		if (p->parts->changes[i] == index)
			return true;
	return false;
}

static uint32_t part_root(struct planner *p, uint32_t index)
{
	const struct change_source *source = &p->c->sources.items[index];
	_cleanup_fd_ int fd = -EBADF;
	uint32_t root = (uint32_t)p->commit->txn.roots.count;
	char name[16];

	if (p->part_roots[index] != TXN_NONE)
		return p->part_roots[index];
	(void)snprintf(name, sizeof(name), "%u", index);
	fd = openat(p->parts->dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0) {
		(void)fail_call(p->err, CALL_STATE, name);
		(void)fail_message(p->err, "cannot take a part of a change");
		return TXN_NONE;
	}
	if (txn_add_root(&p->commit->txn, source->target, source->target_fd, NULL, fd, p->err) < 0)
		return TXN_NONE;
	return p->part_roots[index] = root;
}

static uint32_t part_dir(struct planner *p, uint32_t dir)
{
	const struct change_dir *d = &p->c->dirs[dir];
	uint32_t root, parent = TXN_NONE;

	if (p->dirs[dir].part != TXN_NONE)
		return p->dirs[dir].part;
	root = part_root(p, d->source);
	if (root == TXN_NONE)
		return TXN_NONE;
	if (d->parent != dir) {
		parent = part_dir(p, d->parent);
		if (parent == TXN_NONE)
			return TXN_NONE;
	}
	return p->dirs[dir].part = txn_add_dir(&p->commit->txn, root, parent, p->c->names + d->name,
					       0);
}

/* ---- directories, again ---- */

/*
 * Flags of a directory that objects are put in. Its time is that of the box's when nothing of it stays there and nobody else
 * has put anything in it since.
 */
static int dir_flags(struct planner *p, uint32_t dir, unsigned *ret)
{
	const struct change_dir *d = &p->c->dirs[dir];
	struct dir_plan *plan = &p->dirs[dir];
	struct stat st = { 0 };

	*ret = 0;
	if (enter(p, dir) < 0)
		return -1;
	if (p->target_fd < 0) {
		*ret = DIR_MAKE;
		return 0;
	}
	if (hiding_dir(p->c, dir) == dir && !p->partly[dir])
		*ret |= DIR_UNHIDE;
	if (!d->in_upper || plan->changes != plan->picked)
		return 0;
	st.st_ctim = p->target.st_mtim;
	if (!conflict_changed(&p->c->record, &st, conflict_since(&p->c->record, p->upper_fd, ".")))
		*ret |= DIR_TIME;
	return 0;
}

/* The directory in the transaction, with those above it. TXN_NONE on failure. */
static uint32_t plan_dir(struct planner *p, uint32_t dir)
{
	const struct change_dir *d = &p->c->dirs[dir];
	uint32_t root, parent = TXN_NONE;
	unsigned flags;

	if (p->dirs[dir].txn != TXN_NONE)
		return p->dirs[dir].txn;
	root = add_root(p, d->source);
	if (root == TXN_NONE)
		return TXN_NONE;
	if (d->parent != dir) {
		parent = plan_dir(p, d->parent);
		if (parent == TXN_NONE)
			return TXN_NONE;
	}
	if (dir_flags(p, dir, &flags) < 0) {
		(void)fail_call(p->err, CALL_STATE, p->c->names + d->name);
		(void)fail_message(p->err, "cannot look at the directory %s",
				   Q(p->c->names + d->name));
		return TXN_NONE;
	}
	return p->dirs[dir].txn = txn_add_dir(&p->commit->txn, root, parent, p->c->names + d->name,
					      flags);
}

/* ---- conflicts ---- */

static bool was_removed(struct planner *p, const struct change *change)
{
	return change->kind == CHANGE_ADDED && p->upper_fd >= 0 &&
	       conflict_removed(&p->c->record, p->upper_fd, change_name(p->c, change),
				S_ISDIR(change->mode), p->target_fd < 0 ? NULL : &p->target);
}

/* What is in a directory that goes: changed, or put there, since. The list has it right behind. */
static int find_inside(struct planner *p, size_t index, struct timespec since, bool *ret)
{
	const struct change *v = p->c->v;

	for (size_t i = index + 1; i < p->c->count && (v[i].flags & CHANGE_INSIDE); i++) {
		struct stat st;

		if (v[i].kind != CHANGE_DELETED)
			continue;
		if (enter(p, v[i].dir) < 0)
			return plan_failed(p, &v[i]);
		if (p->target_fd < 0 ||
		    fstatat(p->target_fd, change_name(p->c, &v[i]), &st, AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		if (conflict_changed(&p->c->record, &st, since)) {
			note(p, &p->commit->conflicts, &v[i],
			     "changed, in a directory that the box removed or replaced");
			*ret = true;
		}
	}
	return 0;
}

static int find_conflict(struct planner *p, size_t index, const struct stat *target)
{
	const struct change *change = &p->c->v[index];
	bool inside = false;
	struct timespec since;

	if (!target) {
		if (was_removed(p, change))
			note(p, &p->commit->conflicts, change, "removed since the box began");
		return 0;
	}
	if (!S_ISDIR(target->st_mode) && !conflict_possible(&p->c->record, target))
		return 0;
	since = conflict_since_change(p->c, change, p->upper_fd);
	if (S_ISDIR(target->st_mode) && find_inside(p, index, since, &inside) < 0)
		return -1;
	if (!inside && conflict_changed(&p->c->record, target, since))
		note(p, &p->commit->conflicts, change,
		     change->kind == CHANGE_ADDED ? "made by somebody else since the box began"
						  : "changed since the box began");
	return 0;
}

/* ---- objects ---- */

/* Whether the upper keeps what is applied: it hides the base there, or does not stand for this object alone. */
static bool stays(struct planner *p, const struct change *change)
{
	uint32_t hiding = hiding_dir(p->c, change->dir);

	if (change->flags & CHANGE_INSIDE)
		return true;
	return hiding != NO_CHANGE && p->partly[hiding];
}

/* What the base has, once for us and for the transaction. */
static bool look_target(int dir_fd, const char *name, struct statx *ret, struct stat *ret_st)
{
	if (sys_statx(dir_fd, name, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, STATX_BASIC_STATS, ret) <
	    0)
		return false;
	*ret_st = (struct stat){
		.st_mode = ret->stx_mode,
		.st_ctim = { ret->stx_ctime.tv_sec, ret->stx_ctime.tv_nsec },
		.st_mtim = { ret->stx_mtime.tv_sec, ret->stx_mtime.tv_nsec },
	};
	return true;
}

/* Of most objects the list has all that a transaction asks for; it looks at the others. */
static bool is_plain(const struct planner *p, const struct change *change)
{
	const struct txn *t = &p->commit->txn;

	if ((change->flags & CHANGE_WHOLE) || !change->upper_ino)
		return false;
	return change->kind == CHANGE_DELETED ||
	       (S_ISREG(change->mode) && (change->mode & S_IWUSR) &&
		!(change->flags & CHANGE_LINKED) && change->uid == t->uid && change->gid == t->gid);
}

/* All that the box saw there was the base, and it saw nothing: nor do we. Whoever has put something there since keeps it (RENAME_NOREPLACE). */
static bool is_absent(const struct planner *p, const struct change *change)
{
	return change->kind == CHANGE_ADDED && !(change->flags & CHANGE_INSIDE) &&
	       p->c->sources.items[p->c->dirs[change->dir].source].lowers->count == 1;
}

static int plan_object(struct planner *p, size_t index)
{
	const struct change *change = &p->c->v[index];
	const char *name = change_name(p->c, change);
	bool deleted = change->kind == CHANGE_DELETED, known, there, part;
	struct statx target;
	struct stat st;
	uint32_t dir;

	if (enter(p, change->dir) < 0)
		return plan_failed(p, change);
	known = p->target_fd >= 0 && p->fresh && (change->flags & CHANGE_OLD_PLAIN);
	there = known || (p->target_fd >= 0 && !is_absent(p, change) &&
			  look_target(p->target_fd, name, &target, &st));
	if (!there && deleted) {
		note(p, &p->commit->left, change, "part of a layer, which a commit does not change");
		return 0;
	}
	if (!known && find_conflict(p, index, there ? &st : NULL) < 0)
		return -1;
	part = there && is_part(p, index);
	dir = part ? part_dir(p, change->dir) : plan_dir(p, change->dir);
	if (dir == TXN_NONE)
		return -1;
	txn_add_item(&p->commit->txn,
		     deleted ? TXN_DELETE
		     : there ? TXN_REPLACE
			     : TXN_ADD,
		     dir, name, !part && stays(p, change) ? ITEM_KEEP : 0);
	if (known)
		txn_saw_plain_base(&p->commit->txn, change->old_ino,
				   change_whole_blocks(change->old_size));
	else if (p->target_fd >= 0)
		txn_saw_base(&p->commit->txn, p->target_fd, there ? &target : NULL);
	if (!part && is_plain(p, change))
		txn_saw_plain(&p->commit->txn, change->upper_ino);
	p->commit->changes++;
	return 0;
}

/* A directory that is on both sides. */
static int plan_meta(struct planner *p, const struct change *change)
{
	unsigned parts = (change->differs & DIFFERS_MODE ? META_MODE : 0) |
			 (change->differs & DIFFERS_OWNER ? META_OWNER : 0) |
			 (change->differs & DIFFERS_XATTRS ? META_ATTRIBUTES : 0);
	uint32_t dir;

	if (enter(p, change->from) < 0)
		return plan_failed(p, change);
	if (p->target_fd < 0) {
		note(p, &p->commit->left, change, "part of a layer, which a commit does not change");
		return 0;
	}
	if (conflict_changed_directory(&p->c->record, &p->target,
				       conflict_since(&p->c->record, p->upper_fd, ".")))
		note(p, &p->commit->conflicts, change, "changed since the box began");
	dir = plan_dir(p, change->from);
	if (dir == TXN_NONE)
		return -1;
	txn_add_meta(&p->commit->txn, dir, parts);
	p->commit->changes++;
	return 0;
}

/* Part of a whole directory that is not picked itself: its topmost picked object. */
static int plan_inside(struct planner *p, size_t index, const struct change *top)
{
	const struct change *change = &p->c->v[index];

	if (p->dirs[change->dir].covered)
		return 0;
	if (change->kind == CHANGE_ADDED && top->kind == CHANGE_TYPE) {
		note(p, &p->commit->left, change,
		     "can be applied only with the directory that it is in, which replaces "
		     "something");
		return 0;
	}
	return plan_object(p, index);
}

/* The directory of the list that holds the entries of this one, if any are listed: they stand right behind. */
static void cover(struct planner *p, size_t index)
{
	const struct change *change = &p->c->v[index], *next = change + 1;

	if (index + 1 < p->c->count && (next->flags & CHANGE_INSIDE) &&
	    p->c->dirs[next->dir].parent == change->dir &&
	    strcmp(p->c->names + p->c->dirs[next->dir].name, change_name(p->c, change)) == 0)
		p->dirs[next->dir].covered = true;
}

static bool is_directory_meta(const struct change *change)
{
	return change->kind == CHANGE_META && S_ISDIR(change->mode);
}

/* top is the change itself, or the whole directory that it is inside of. */
static int plan_change(struct planner *p, size_t index, const struct change *top)
{
	const struct change *change = &p->c->v[index];
	int answer = 0;

	if (!(change->flags & CHANGE_PICKED))
		return 0;
	if (change != top)
		answer = top->flags & CHANGE_PICKED ? 0 : plan_inside(p, index, top);
	else if (is_directory_meta(change))
		answer = plan_meta(p, change);
	else
		answer = plan_object(p, index);
	cover(p, index);
	return answer;
}

static int plan_all(struct planner *p)
{
	const struct change *top = p->c->v;

	for (size_t i = 0; i < p->c->count; i++) {
		const struct change *change = &p->c->v[i];

		if (!(change->flags & CHANGE_INSIDE))
			top = change;
		/* Directories follow those that they are in. */
		else if (p->dirs[p->c->dirs[change->dir].parent].covered)
			p->dirs[change->dir].covered = true;
		if (plan_change(p, i, top) < 0)
			return -1;
	}
	return 0;
}

/* As many as there will be at most, but for directories that are made on the way. */
static size_t count_items(const struct planner *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->c->count; i++)
		n += (p->c->v[i].flags & (CHANGE_PICKED | CHANGE_INSIDE)) == CHANGE_PICKED;
	return n;
}

/* Any look is some time before what it is for; this much is no longer than the looks of a large commit take by themselves. */
static bool is_fresh(const struct changes *c)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec - c->read.tv_sec <= 1;
}

int commit_plan(struct commit *ret, const struct changes *c, const struct commit_parts *parts,
		const char *box_path, struct error *err)
{
	_cleanup_(planner_release) struct planner p = {
		.commit = ret,
		.c = c,
		.box_path = box_path,
		.dirs = calloc(c->dir_count + 1, sizeof(*p.dirs)),
		.partly = calloc(c->dir_count + 1, sizeof(*p.partly)),
		.parts = parts,
		.roots = calloc(c->sources.count + 1, sizeof(*p.roots)),
		.part_roots = calloc(c->sources.count + 1, sizeof(*p.part_roots)),
		.dir = NO_CHANGE,
		.upper_fd = -EBADF,
		.target_fd = -EBADF,
		.fresh = is_fresh(c),
		.err = err,
	};

	*ret = (struct commit){ 0 };
	txn_begin(&ret->txn, c->record.name, box_path);
	ret->txn.foreign = !box_path;
	if (!p.dirs || !p.partly || !p.roots || !p.part_roots)
		out_of_memory_();
	for (size_t i = 0; i < c->dir_count; i++)
		p.dirs[i].txn = p.dirs[i].part = TXN_NONE;
	for (size_t i = 0; i < c->sources.count; i++)
		p.roots[i] = p.part_roots[i] = TXN_NONE;
	for (size_t i = 0; i < c->count; i++)
		count_change(&p, &c->v[i]);
	changes_find_unpicked(c, p.partly);
	VECTOR_RESERVE(&ret->txn.arena, &ret->txn.items, count_items(&p) + 1);
	return plan_all(&p);
}
