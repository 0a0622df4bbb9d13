// SPDX-License-Identifier: MIT
/* Putting a transaction together, and the order of a commit. */
#include "changes/txn_parts.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/lock.h"
#include "base/path.h"
#include "base/remove.h"
#include "base/text.h"
#include "changes/txn_call.h"
#include "state/record.h"
#include "state/store.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>

int (*txn_before_change)(const char *name);

/* ---- putting it together ---- */

void txn_begin(struct txn *t, const char *box, const char *box_path)
{
	*t = (struct txn){
		.state_fd = -EBADF,
		.undo_fd = -EBADF,
		.id = "",
		.uid = geteuid(),
		.gid = getegid(),
	};
	t->box = arena_strdup(&t->arena, box);
	t->box_path = box_path ? arena_strdup(&t->arena, box_path) : NULL;
	VECTOR_PUSH(&t->arena, &t->areas, (struct txn_area){ .fd = -EBADF, .dir = TXN_NONE });
	/* ctime is taken from the coarse clock, which is behind the other. */
	(void)clock_gettime(CLOCK_REALTIME_COARSE, &t->began);
}

void txn_release(struct txn *t)
{
	for (size_t i = 0; i < t->roots.count; i++) {
		struct txn_root *root = &t->roots.items[i];

		root->target_fd = close_fd(root->target_fd);
		root->upper_fd = close_fd(root->upper_fd);
		root->lock_fd = close_fd(root->lock_fd);
	}
	for (size_t i = 0; i < t->areas.count; i++)
		t->areas.items[i].fd = close_fd(t->areas.items[i].fd);
	t->undo_fd = close_fd(t->undo_fd);
	t->state_fd = close_fd(t->state_fd);
	arena_release(&t->arena);
	*t = (struct txn){ .state_fd = -EBADF, .undo_fd = -EBADF, .id = "" };
}

int txn_add_root(struct txn *t, const char *target, int target_fd, const char *upper, int upper_fd,
		 struct error *err)
{
	int index = (int)t->roots.count;
	struct txn_root *root = VECTOR_PUSH(&t->arena, &t->roots,
					    (struct txn_root){
						    .target = arena_strdup(&t->arena, target),
						    .target_fd = -EBADF,
						    .upper_fd = -EBADF,
						    .lock_fd = -EBADF,
						    .upper_area = UINT16_MAX,
					    });
	struct stat st;

	root->target_fd = fcntl(target_fd, F_DUPFD_CLOEXEC, 3);
	if (root->target_fd < 0 || fstat(target_fd, &st) < 0)
		return fail(err, ERROR_SYSTEM, errno, "cannot open %s", Q(target));
	root->target_ino = st.st_ino;
	if (upper_fd < 0)
		return index;
	root->upper = upper ? arena_strdup(&t->arena, upper) : NULL;
	root->upper_fd = fcntl(upper_fd, F_DUPFD_CLOEXEC, 3);
	if (root->upper_fd < 0 || fstat(upper_fd, &st) < 0)
		return fail(err, ERROR_SYSTEM, errno, "cannot open the upper of %s", Q(target));
	root->upper_ino = st.st_ino;
	return index;
}

uint32_t txn_add_dir(struct txn *t, uint32_t root, uint32_t parent, const char *name, unsigned flags)
{
	uint32_t index = (uint32_t)t->dirs.count;

	VECTOR_PUSH(&t->arena, &t->dirs,
		    (struct txn_dir){
			    .name = name,
			    .root = root,
			    .parent = parent == TXN_NONE ? index : parent,
			    .area = UINT16_MAX,
			    .target_mode = TXN_NO_MODE,
			    .upper_mode = TXN_NO_MODE,
			    .flags = (uint8_t)flags,
		    });
	if (flags & DIR_MAKE)
		txn_add_item(t, TXN_ADD, parent, name, ITEM_MAKE | ITEM_COPY);
	return index;
}

void txn_add_item(struct txn *t, enum txn_kind kind, uint32_t dir, const char *name, unsigned flags)
{
	VECTOR_PUSH(&t->arena, &t->items,
		    (struct txn_item){
			    .name = name,
			    .dir = dir,
			    .new_mode = TXN_NO_MODE,
			    .old_mode = TXN_NO_MODE,
			    .kind = kind,
			    .flags = (uint8_t)(flags | (t->foreign ? ITEM_KEEP : 0)),
		    });
}

void txn_add_meta(struct txn *t, uint32_t dir, unsigned parts)
{
	VECTOR_PUSH(&t->arena, &t->metas, (struct txn_meta){ .dir = dir, .parts = (uint8_t)parts });
}

int txn_error(const struct txn *t, uint32_t dir, const char *name, const char *what,
	      struct error *err)
{
	_cleanup_text_ struct text path = { 0 };
	int sys = errno;

	txn_path(t, dir, name, &path);
	return fail(err, ERROR_SYSTEM, sys, "%s %s", what, Q(text_str(&path)));
}

/* ---- the undo directory ---- */

static int undo_error(const char *what, struct error *err)
{
	(void)fail_call(err, CALL_STATE, "undo");
	return fail_message(err, "cannot %s the directory for what is displaced", what);
}

int txn_open_state(struct txn *t, int store_fd, bool make, struct error *err)
{
	t->state_fd = store_shelf(store_fd, "undo", make);
	if (t->state_fd < 0 && errno == ENOENT && !make)
		return -1;
	if (t->state_fd < 0 || volume_of(t->state_fd, &t->areas.items[0].volume) < 0)
		return undo_error("open", err);
	return 0;
}

int txn_open_undo(struct txn *t, const char *id, struct error *err)
{
	struct stat st;

	t->id = arena_strdup(&t->arena, id);
	t->undo_fd = openat(t->state_fd, id, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (t->undo_fd < 0)
		return errno == ENOENT ? TXN_BUSY : undo_error("open", err);
	if (flock(t->undo_fd, LOCK_EX | LOCK_NB) < 0)
		return errno == EWOULDBLOCK ? TXN_BUSY : undo_error("lock", err);
	/* Removed between the two calls. */
	if (fstat(t->undo_fd, &st) < 0 || st.st_nlink == 0)
		return TXN_BUSY;
	t->areas.items[0].fd = fcntl(t->undo_fd, F_DUPFD_CLOEXEC, 3);
	return t->areas.items[0].fd < 0 ? undo_error("open", err) : 0;
}

/* One more than the highest that is there. */
static unsigned next_number(int state_fd)
{
	_cleanup_fd_ int fd = openat(state_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	_cleanup_dir_ DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	unsigned highest = 0;

	if (!dir)
		return 1;
	(void)TAKE_FD(fd);
	for (struct dirent *e; (e = readdir(dir));) {
		unsigned n = (unsigned)strtoul(e->d_name, NULL, 10);

		highest = n > highest ? n : highest;
	}
	return highest + 1;
}

/* Another commit may begin at the same moment: then one of the two takes the next number. */
static int make_undo(struct txn *t, struct error *err)
{
	for (unsigned number = next_number(t->state_fd);; number++) {
		const char *id = arena_printf(&t->arena, "%04u-%s", number, t->box);
		int answer;

		if (call_mkdir(t->state_fd, id, 0700) < 0) {
			if (errno == EEXIST)
				continue;
			return undo_error("make", err);
		}
		answer = txn_open_undo(t, id, err);
		if (answer != TXN_BUSY)
			return answer;
		t->undo_fd = close_fd(t->undo_fd);
	}
}

/* Directories of the base that an area is in. */
static int restore_times(const struct txn *t, struct error *err)
{
	for (size_t i = 1; i < t->areas.count; i++) {
		const struct txn_area *area = &t->areas.items[i];
		_cleanup_fd_ int fd = area->beside ? -EBADF : dir_open(t, area->dir, SIDE_BASE);

		if (fd >= 0 && call_time(fd, "", t->dirs.items[area->dir].target_time) < 0 &&
		    errno != EPERM)
			return txn_error(t, area->dir, NULL, "cannot set the time of", err);
	}
	return 0;
}

/* The journal goes before all else in the directory: without it there is nothing left to do but to remove it. */
int txn_drop(struct txn *t, enum txn_times times, struct error *err)
{
	if (areas_remove(t, err) < 0 || (times == TIMES_BEFORE && restore_times(t, err) < 0))
		return -1;
	if (call_unlink(t->undo_fd, "journal", 0) < 0 && errno != ENOENT)
		return undo_error("remove", err);
	if (change_refused("remove"))
		return undo_error("remove", err);
	if (remove_contents(t->undo_fd, err) < 0)
		return -1;
	if (call_unlink(t->state_fd, t->id, AT_REMOVEDIR) < 0)
		return undo_error("remove", err);
	return 0;
}

/* ---- locks, clocks, disks ---- */

static bool is_locked_by_us(const struct txn *t, const struct stat *st)
{
	struct stat other;

	for (size_t i = 0; i < t->roots.count; i++)
		if (t->roots.items[i].lock_fd >= 0 &&
		    fstat(t->roots.items[i].lock_fd, &other) == 0 && other.st_dev == st->st_dev &&
		    other.st_ino == st->st_ino)
			return true;
	return false;
}

/* Something is changed right in the directory, or of it. */
static bool is_changed(const struct txn *t, uint32_t dir)
{
	for (size_t i = 0; i < t->items.count; i++)
		if (t->items.items[i].dir == dir)
			return true;
	for (size_t i = 0; i < t->metas.count; i++)
		if (t->metas.items[i].dir == dir)
			return true;
	return false;
}

/* The only directory below this one that the transaction knows, and that is there already; or TXN_NONE. */
static uint32_t only_child(const struct txn *t, uint32_t dir)
{
	uint32_t child = TXN_NONE;

	for (uint32_t i = dir + 1; i < t->dirs.count; i++) {
		if (t->dirs.items[i].parent != dir)
			continue;
		if (child != TXN_NONE)
			return TXN_NONE;
		child = i;
	}
	return child == TXN_NONE || (t->dirs.items[child].flags & DIR_MAKE) ? TXN_NONE : child;
}

static int open_child(int take_fd, const char *name)
{
	int fd = openat(take_fd, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	(void)close_fd(take_fd);
	return fd;
}

/* The deepest directory that all changes of the root are below: others may commit beside us. */
static int open_common(const struct txn *t, uint32_t root)
{
	int fd = fcntl(t->roots.items[root].target_fd, F_DUPFD_CLOEXEC, 3), read_fd;
	uint32_t at = 0, next;

	while (at < t->dirs.count &&
	       (t->dirs.items[at].root != root || t->dirs.items[at].parent != at))
		at++;
	if (at < t->dirs.count)
		for (; fd >= 0 && !is_changed(t, at) && (next = only_child(t, at)) != TXN_NONE;
		     at = next)
			fd = open_child(fd, t->dirs.items[next].name);
	if (fd < 0)
		return -1;
	read_fd = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	(void)close_fd(fd);
	return read_fd;
}

static int lock_refused(struct txn *t, uint32_t root, const struct stat *st, struct error *err)
{
	(void)fail(err, ERROR_SYSTEM, EWOULDBLOCK, "cannot change %s",
		   Q(t->roots.items[root].target));
	error_explain(err, "commit-locked", NULL, NULL);
	lock_holder_tell(st, err);
	return -1;
}

int txn_lock(struct txn *t, struct error *err)
{
	for (uint32_t i = 0; i < t->roots.count; i++) {
		_cleanup_fd_ int fd = open_common(t, i);
		struct stat st;

		/* A directory that may not be read cannot be locked either. */
		if (fd < 0 || fstat(fd, &st) < 0 || is_locked_by_us(t, &st))
			continue;
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			t->roots.items[i].lock_fd = TAKE_FD(fd);
		else if (errno == EWOULDBLOCK) /* else a file system without locks */
			return lock_refused(t, i, &st, err);
	}
	return 0;
}

static int sync_one(int fd, dev_t *done, size_t *count, size_t capacity)
{
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		return 0;
	for (size_t i = 0; i < *count; i++)
		if (done[i] == st.st_dev)
			return 0;
	if (*count < capacity)
		done[(*count)++] = st.st_dev;
	return change_refused("syncfs") ? -1 : syncfs(fd);
}

int txn_sync(const struct txn *t, struct error *err)
{
	dev_t done[16];
	size_t count = 0;

	for (size_t i = 0; i < t->areas.count; i++)
		if (sync_one(t->areas.items[i].fd, done, &count, ARRAY_LEN(done)) < 0)
			return fail(err, ERROR_SYSTEM, errno, "cannot write to disk");
	for (size_t i = 0; i < t->roots.count; i++)
		if (sync_one(t->roots.items[i].lock_fd, done, &count, ARRAY_LEN(done)) < 0)
			return fail(err, ERROR_SYSTEM, errno, "cannot write to disk");
	return 0;
}

void txn_end(const struct txn *t)
{
	struct error ignored;
	_cleanup_fd_ int box_fd = -EBADF;

	if (t->box_path)
		box_fd = openat(AT_FDCWD, t->box_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* Without it the box takes our changes for those of others, and asks once too often. */
	if (box_fd >= 0 && !t->foreign && !change_refused("record"))
		(void)record_add_window(box_fd, t->began, t->ended, &ignored);
}

/* ---- the order ---- */

void txn_note_touched(const struct txn *t, struct timespec from, struct timespec to)
{
	_cleanup_fd_ int fd = openat(t->state_fd, "windows",
				     O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
	_cleanup_text_ struct text line = { 0 };

	text_add(&line, "window");
	record_add_time(&line, from);
	record_add_time(&line, to);
	text_add_char(&line, '\n');
	/* Without it an undo asks once too often. */
	if (fd >= 0 && !change_refused("windows"))
		(void)!write(fd, line.data, line.len);
}

int txn_forget(struct txn *t, enum txn_times times, struct error *err)
{
	struct timespec from = { 0 }, to = { 0 };

	(void)clock_gettime(CLOCK_REALTIME_COARSE, &from);
	if (txn_drop(t, times, err) < 0)
		return -1;
	/* Since Linux 6.13 a ctime may come from the fine clock as well. */
	(void)clock_gettime(CLOCK_REALTIME, &to);
	txn_note_touched(t, from, to);
	/* Nobody is left who could ask. */
	if (next_number(t->state_fd) == 1)
		(void)call_unlink(t->state_fd, "windows", 0);
	return 0;
}

int txn_undone(struct txn *t, struct error *err)
{
	struct error ignored;

	txn_end(t);
	txn_note_touched(t, t->began, t->ended);
	if (journal_mark(t, MARK_UNDONE, true, err) < 0)
		return -1;
	/* That is settled. What cannot be removed goes when the next one looks for what is left. */
	(void)txn_forget(t, TIMES_BEFORE, &ignored);
	return 0;
}

/* What must be there before the first change. */
static int prepare(struct txn *t, struct error *err)
{
	if (t->areas.count > 1 && journal_write(t, JOURNAL_AREAS, err) < 0)
		return -1;
	if (areas_make(t, err) < 0)
		return -1;
	return stage_copies(t, err);
}

static int take_back(struct txn *t, struct error *err)
{
	struct error second = { 0 };

	if (apply_back(t, &second) == 0 && txn_undone(t, &second) == 0)
		return -1;
	error_fact(err, "taking back what was done failed as well: %s", second.message);
	error_explain(err, "commit-unfinished", NULL, NULL);
	return -1;
}

int txn_commit(struct txn *t, int store_fd, struct error *err)
{
	struct error second;

	if (txn_open_state(t, store_fd, true, err) < 0 || make_undo(t, err) < 0)
		return -1;
	if (txn_lock(t, err) < 0 || txn_look(t, err) < 0) {
		/* There are no areas yet, and the base is not to be touched. */
		t->areas.count = 1;
		(void)txn_drop(t, TIMES_KEPT, &second);
		return -1;
	}
	if (prepare(t, err) < 0 || journal_write(t, JOURNAL_WHOLE, err) < 0) {
		(void)txn_drop(t, TIMES_BEFORE, &second);
		return -1;
	}
	if (apply_forward(t, err) < 0)
		return take_back(t, err);
	areas_trim(t);
	txn_end(t);
	return journal_mark(t, MARK_DONE, true, err) < 0 ? take_back(t, err) : 0;
}

int txn_check(struct txn *t, int store_fd, struct error *err)
{
	if (volume_of(store_fd, &t->areas.items[0].volume) < 0)
		return undo_error("open", err);
	return txn_look(t, err);
}
