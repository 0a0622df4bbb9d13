// SPDX-License-Identifier: MIT
/* The directory of a box: finding, making, locking, cleaning, dropping. */
#include "run/box.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/remove.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "changes/walk.h"
#include "run/live.h"
#include "run/record.h"
#include "state/record.h"
#include "state/store.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>

/* Magic numbers of statfs(2) where overlayfs refuses an upper: overlay, FUSE, NFS, SMB, 9p. */
static const long no_upper[] = { 0x794c7630, 0x65735546, 0x6969, 0xff534d42, 0x01021997 };

static bool takes_upper(const char *path)
{
	char above[PATH_MAX];
	struct statfs st;

	(void)snprintf(above, sizeof(above), "%s", path);
	while (statfs(above, &st) < 0) {
		char *slash = strrchr(above, '/');

		if (!slash || errno != ENOENT)
			return false;
		*(slash == above ? slash + 1 : slash) = '\0';
	}
	for (size_t i = 0; i < ARRAY_LEN(no_upper); i++)
		if ((long)st.f_type == no_upper[i])
			return false;
	/* Read-only: inside a box this is the mask over the outer one's boxes. */
	return !(st.f_flags & ST_RDONLY);
}

static bool needs_box(const struct plan *plan)
{
	if (plan->held)
		return true;
	for (size_t i = 0; i < plan->steps.count; i++)
		if (plan->steps.items[i].kind == STEP_OVERLAY &&
		    plan->steps.items[i].overlay->upper_kind == UPPER_BOX)
			return true;
	return false;
}

void box_locate(struct box *box, struct plan *plan)
{
	/* What is held already, a saved layer, is held on. */
	*box = (struct box){ .state_fd = -EBADF, .dir_fd = -EBADF, .locks = box->locks };
	box->state_dir = store_path(&plan->arena, plan->home);
}

void box_settle(struct box *box, struct plan *plan)
{
	if (!needs_box(plan) || (box->state_dir && takes_upper(box->state_dir)))
		return;
	box->fallback = true;
	box->state_dir = store_fallback_path(&plan->arena);
}

static int state_error(struct error *err, enum error_call call, const char *path)
{
	(void)fail_call(err, call, path);
	return fail_message(err, "cannot keep the box in %s", Q(path));
}

static bool is_empty_tree(int fd)
{
	_cleanup_dir_ DIR *dir = fdopendir(fd);
	bool empty = true;

	if (!dir) {
		(void)close(fd);
		return false;
	}
	for (struct dirent *e; empty && (e = readdir(dir));) {
		int below;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		below = openat(dirfd(dir), e->d_name,
			       O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		empty = below >= 0 && is_empty_tree(below);
	}
	return empty;
}

static bool wrote_nothing(int dir_fd)
{
	int upper = openat(dir_fd, "upper", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	return upper < 0 || is_empty_tree(upper);
}

static int move_to_boxes(int store_fd, int live_fd, const char *name)
{
	_cleanup_fd_ int boxes_fd = store_shelf(store_fd, "boxes", true);

	return boxes_fd < 0 ? -1 : renameat(live_fd, name, boxes_fd, name);
}

static int cannot_bury(const char *name, struct error *err)
{
	(void)fail_call(err, CALL_STATE, name);
	return fail_message(err, "cannot clean up after the box %s", Q(name));
}

int box_bury(int store_fd, const char *name, bool look_only, struct error *err)
{
	_cleanup_fd_ int live_fd = store_shelf(store_fd, "live", false);
	_cleanup_fd_ int fd = openat(live_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct error ignored;
	bool empty;

	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) < 0)
		return BOX_IN_USE;
	empty = wrote_nothing(fd);
	if (look_only)
		return empty ? BOX_DROPPED : BOX_KEPT;
	/* What is left of it hinders nobody until the box is used again. */
	(void)remove_tree(fd, "work", &ignored);
	if (empty)
		return remove_tree(live_fd, name, err) < 0 ? -1 : BOX_DROPPED;
	return move_to_boxes(store_fd, live_fd, name) < 0 ? cannot_bury(name, err) : BOX_KEPT;
}

static void bury_the_dead(int store_fd, int live_fd)
{
	int again = openat(live_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	_cleanup_dir_ DIR *dir = again < 0 ? NULL : fdopendir(again);
	struct error ignored;

	for (struct dirent *e; dir && (e = readdir(dir));)
		if (store_name_valid(e->d_name))
			(void)box_bury(store_fd, e->d_name, false, &ignored);
}

/* Five letters that can be said: 70 × 70 × 14 names. */
static const char *random_name(struct arena *arena)
{
	static const char consonants[] = "bdfgklmnprstvz", vowels[] = "aeiou";
	unsigned char r[5] = { 0 };
	char name[6] = "";

	/* Early after boot there may be none; then the first free name is as good. */
	if (getrandom(r, sizeof(r), GRND_NONBLOCK) < 0)
		r[0] = (unsigned char)getpid();
	for (size_t i = 0; i < sizeof(r); i++)
		name[i] = i % 2 ? vowels[r[i] % 5] : consonants[r[i] % 14];
	return arena_strdup(arena, name);
}

static bool name_is_free(const struct box *box, const char *name)
{
	_cleanup_fd_ int boxes_fd = openat(box->state_fd, "boxes",
					   O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	return boxes_fd < 0 || fstatat(boxes_fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0;
}

static const char *box_path(const struct box *box, struct plan *plan)
{
	return arena_printf(&plan->arena, "%s/%s/%s", box->state_dir, box->live ? "live" : "boxes",
			    box->name);
}

static bool is_linked(int dir_fd)
{
	struct stat st;

	return fstat(dir_fd, &st) < 0 || st.st_nlink > 0;
}

static int make_live(struct box *box, struct plan *plan, struct error *err)
{
	_cleanup_fd_ int live_fd = store_shelf(box->state_fd, "live", true);

	if (live_fd < 0)
		return state_error(err, CALL_STATE, box->state_dir);
	bury_the_dead(box->state_fd, live_fd);
	box->live = true;
	for (int tries = 0; tries < 100; tries++) {
		box->name = random_name(&plan->arena);
		if (!name_is_free(box, box->name))
			continue;
		if (mkdirat(live_fd, box->name, 0700) == 0) {
			box->dir_fd = openat(live_fd, box->name,
					     O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
			if (box->dir_fd < 0 && errno != ENOENT)
				break;
			/* Between mkdir and here another run may have taken it for a dead one, and removed it. */
			if (box->dir_fd >= 0 && flock(box->dir_fd, LOCK_EX | LOCK_NB) == 0 &&
			    is_linked(box->dir_fd)) {
				box->path = box_path(box, plan);
				return 0;
			}
			box->dir_fd = close_fd(box->dir_fd);
		} else if (errno != EEXIST) {
			break;
		}
	}
	return state_error(err, CALL_STATE, box->state_dir);
}

/*
 * What the box was made for stays: its uppers belong to one base. What an unnamed run left in memory only is synced now,
 * since from here on the box counts as one that keeps what is written.
 */
static int take_past(struct box *box, struct plan *plan, struct error *err)
{
	const char *base = plan->base == BASE_HOST ? "/" : plan->root;
	struct record *past = arena_new(&plan->arena, struct record);

	if (record_load(&plan->arena, box->dir_fd, past, err) < 0) {
		if (err->sys != ENOENT)
			return -1;
		/* New, or killed before its record was written; a run writes nothing before that. */
		box->fresh = faccessat(box->dir_fd, "upper", F_OK, AT_SYMLINK_NOFOLLOW) < 0 &&
			     errno == ENOENT;
		return 0;
	}
	if (strcmp(past->base, base) != 0) {
		(void)fail(err, ERROR_PLAN, 0, "cannot use the box %s", Q(plan->name));
		error_explain(err, "box-other-base", NULL, NULL);
		error_set_reason(err, "it was made over %s", Q(past->base));
		return -1;
	}
	if (record_is_volatile(past) && past->same_boot)
		(void)syncfs(box->dir_fd);
	box->past = past;
	return 0;
}

enum { TAKEN_GONE = 1 };

/* Makes or opens the box and locks it; TAKEN_GONE: until the lock was ours, another has removed it. */
static int take_named(struct box *box, const struct plan *plan, int boxes_fd, struct error *err)
{
	if (mkdirat(boxes_fd, plan->name, 0700) < 0 && errno != EEXIST)
		return state_error(err, CALL_STATE, box->state_dir);
	box->dir_fd = openat(boxes_fd, plan->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (box->dir_fd < 0)
		return errno == ENOENT ? TAKEN_GONE : state_error(err, CALL_STATE, box->path);
	if (store_lock_at(box->dir_fd, box->path, STORE_EXCLUSIVE, err) < 0) {
		/* Not ours to clean up: another run is in it. */
		box->dir_fd = close_fd(box->dir_fd);
		return -1;
	}
	return is_linked(box->dir_fd) ? 0 : TAKEN_GONE;
}

static int make_named(struct box *box, struct plan *plan, struct error *err)
{
	_cleanup_fd_ int boxes_fd = store_shelf(box->state_fd, "boxes", true);
	int taken;

	box->name = plan->name;
	box->path = box_path(box, plan);
	if (boxes_fd < 0)
		return state_error(err, CALL_STATE, box->state_dir);
	do {
		box->dir_fd = close_fd(box->dir_fd);
		taken = take_named(box, plan, boxes_fd, err);
	} while (taken == TAKEN_GONE);
	if (taken < 0)
		return -1;
	/* Of a box that lived, something may be left where its keeper was killed. */
	live_bury(box->dir_fd);
	/* Work directories of a run that was killed would make overlayfs mount read-only. */
	if (remove_tree(box->dir_fd, "work", err) < 0)
		return -1;
	/* What is there of one that passes was left by a keeper that was killed. */
	box->fresh = plan->passing;
	return plan->passing ? 0 : take_past(box, plan, err);
}

static int lock_upper(struct box *box, struct plan *plan, const char *path, struct error *err)
{
	int fd = sys_open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0) {
		(void)fail_call(err, CALL_OVERLAY_UPPER, path);
		return fail_message(err, "cannot use %s as an upper", Q(path));
	}
	*VECTOR_ADD(&plan->arena, &box->locks.v) = fd;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return 0;
	(void)fail_call(err, CALL_LOCK, path);
	return fail_message(err, "cannot use %s as an upper", Q(path));
}

/* Beside the upper, so on the same mount; the name is the upper's, so that the next run finds what a killed one left. */
static int ready_work(struct plan *plan, struct overlay *o, struct error *err)
{
	bool made = !o->work;
	_cleanup_fd_ int fd = -EBADF;

	if (made)
		o->work = path_join(
			&plan->arena, path_parent(&plan->arena, o->upper),
			arena_printf(&plan->arena, ".nacre-work-%s", path_name(o->upper)));
	if (made && mkdir(o->work, 0700) < 0 && errno != EEXIST) {
		(void)fail_call(err, CALL_OVERLAY_WORK, o->work);
		return fail_message(err, "cannot make a work directory beside %s", Q(o->upper));
	}
	fd = sys_open(o->work, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		(void)fail_call(err, CALL_OVERLAY_WORK, o->work);
		return fail_message(err, "cannot use %s as a work directory", Q(o->work));
	}
	return remove_tree(fd, "work", err);
}

/* A link there would lead the writes elsewhere. */
static bool is_directory(int dir_fd, const char *name)
{
	struct stat st;

	if (fstatat(dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return false;
	errno = ENOTDIR;
	return S_ISDIR(st.st_mode);
}

int box_record(struct box *box, const struct plan *plan, struct error *err)
{
	_cleanup_text_ struct text text = { 0 };

	record_format(plan, box->name, box->started, box->past, &text);
	if (record_replace(box->dir_fd, &text, false) == 0)
		return 0;
	return state_error(err, CALL_STATE, box->state_dir);
}

int box_open(struct box *box, struct plan *plan, struct error *err)
{
	for (size_t i = 0; i < plan->steps.count; i++) {
		struct step *s = &plan->steps.items[i];

		if (s->kind != STEP_OVERLAY || s->overlay->upper_kind != UPPER_DIR)
			continue;
		if (lock_upper(box, plan, s->overlay->upper, err) < 0 ||
		    ready_work(plan, s->overlay, err) < 0) {
			err->step = (int)i;
			return -1;
		}
	}
	if (!needs_box(plan))
		return 0;
	(void)clock_gettime(CLOCK_REALTIME, &box->started);
	box->state_fd = store_open(box->state_dir, true, err);
	if (box->state_fd < 0)
		return -1;
	if ((plan->name ? make_named(box, plan, err) : make_live(box, plan, err)) < 0)
		return -1;
	if ((mkdirat(box->dir_fd, "upper", 0700) < 0 &&
	     (errno != EEXIST || !is_directory(box->dir_fd, "upper"))) ||
	    mkdirat(box->dir_fd, "work", 0700) < 0)
		return state_error(err, CALL_STATE, box->state_dir);
	return box_record(box, plan, err);
}

static void release(struct box *box)
{
	for (size_t i = 0; i < box->locks.v.count; i++)
		(void)close(box->locks.v.items[i]);
	box->locks.v.count = 0;
	box->dir_fd = close_fd(box->dir_fd);
	box->state_fd = close_fd(box->state_fd);
}

/* The work directories beside uppers of the user. */
static void remove_works(const struct plan *plan)
{
	struct error ignored;

	/* A life may go on, and its overlays with it. */
	for (size_t i = 0; !plan->life && i < plan->steps.count; i++) {
		const struct step *s = &plan->steps.items[i];
		_cleanup_fd_ int fd = -EBADF;

		if (s->kind != STEP_OVERLAY || s->overlay->upper_kind != UPPER_DIR ||
		    !s->overlay->work)
			continue;
		fd = open(s->overlay->work, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (fd < 0)
			continue;
		(void)remove_tree(fd, "work", &ignored);
		(void)remove_tree(fd, "index", &ignored);
		if (strncmp(path_name(s->overlay->work), ".nacre-work-", 12) == 0)
			(void)rmdir(s->overlay->work);
	}
}

static int drop(struct box *box, struct error *err)
{
	_cleanup_fd_ int shelf = store_shelf(box->state_fd, box->live ? "live" : "boxes", false);

	return shelf < 0 ? state_error(err, CALL_STATE, box->state_dir)
			 : remove_tree(shelf, box->name, err);
}

static int keep(struct box *box, struct plan *plan, struct box_result *ret, struct error *err)
{
	_cleanup_fd_ int live_fd = -EBADF;

	ret->kept = true;
	ret->path = arena_printf(&plan->arena, "%s/boxes/%s", box->state_dir, box->name);
	if (!box->live)
		return 0;
	live_fd = store_shelf(box->state_fd, "live", true);
	if (live_fd < 0 || move_to_boxes(box->state_fd, live_fd, box->name) < 0)
		return state_error(err, CALL_STATE, box->state_dir);
	return 0;
}

int box_close(struct box *box, struct plan *plan, struct box_result *ret, struct error *err)
{
	struct error ignored;
	int answer = 0;

	*ret = (struct box_result){ 0 };
	remove_works(plan);
	if (box->dir_fd >= 0) {
		answer = remove_tree(box->dir_fd, "work", err);
		/* What cannot be looked at is kept. */
		if (changes_count(box->dir_fd, &ret->changes, &ignored) < 0)
			ret->changes++;
		if (answer == 0)
			answer = !plan->passing && (ret->changes || plan->name)
					 ? keep(box, plan, ret, err)
					 : drop(box, err);
	}
	release(box);
	return answer;
}

void box_abandon(struct box *box, struct plan *plan)
{
	struct error ignored;

	remove_works(plan);
	if (box->dir_fd >= 0) {
		(void)remove_tree(box->dir_fd, "work", &ignored);
		/* It has never been more than an attempt. */
		if (box->live || (box->fresh && wrote_nothing(box->dir_fd)))
			(void)drop(box, &ignored);
	}
	release(box);
}
