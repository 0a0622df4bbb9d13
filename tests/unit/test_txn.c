// SPDX-License-Identifier: MIT
/* The transaction engine: what is refused before anything is touched, what an undo notices, and what becomes of an upper. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/remove.h"
#include "base/syscalls.h"
#include "changes/recover.h"
#include "changes/txn.h"
#include "changes/undo.h"
#include "test.h"
#include "tree.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <sys/xattr.h>

/* base/, upper/ and store/ in a directory of the test's own. */
struct place {
	char path[PATH_MAX];
	int fd, base_fd, upper_fd, store_fd;
};

static int open_below(int fd, const char *name)
{
	(void)mkdirat(fd, name, 0700);
	return openat(fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static bool place_make(struct place *p)
{
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(p->path, sizeof(p->path), "%s/nacre-txn-XXXXXX", tmp ? tmp : "/tmp");
	p->fd = mkdtemp(p->path) ? open(p->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -EBADF;
	p->base_fd = open_below(p->fd, "base");
	p->upper_fd = open_below(p->fd, "upper");
	p->store_fd = open_below(p->fd, "store");
	return check(p->store_fd >= 0);
}

static void place_release(struct place *p)
{
	struct error err;

	p->base_fd = close_fd(p->base_fd);
	p->upper_fd = close_fd(p->upper_fd);
	p->store_fd = close_fd(p->store_fd);
	check(remove_contents(p->fd, &err) == 0);
	p->fd = close_fd(p->fd);
	check(rmdir(p->path) == 0);
}

#define PLACE(p)                                                    \
	_cleanup_(place_release) struct place p = { .fd = -EBADF }; \
	if (!place_make(&(p)))                                      \
	return

/* A transaction with the base as its root, and the directory that this is. */
static uint32_t begin(struct txn *t, const struct place *p)
{
	char base[PATH_MAX + 8], upper[PATH_MAX + 8];
	struct error err;

	(void)snprintf(base, sizeof(base), "%s/base", p->path);
	(void)snprintf(upper, sizeof(upper), "%s/upper", p->path);
	txn_begin(t, "box", NULL);
	check(txn_add_root(t, base, p->base_fd, upper, p->upper_fd, &err) == 0);
	return txn_add_dir(t, 0, TXN_NONE, "", 0);
}

#define TXN(t, top, p)                       \
	_cleanup_(txn_release) struct txn t; \
	uint32_t top = begin(&(t), &(p))

static bool has(int fd, const char *name)
{
	return faccessat(fd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static bool holds(int dir_fd, const char *name, const char *want)
{
	_cleanup_fd_ int fd = openat(dir_fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	char got[256];
	ssize_t n = fd < 0 ? -1 : read(fd, got, sizeof(got));

	return n == (ssize_t)strlen(want) && memcmp(got, want, (size_t)n) == 0;
}

/* Gives a file another content, in place. */
static bool scribble(int dir_fd, const char *name)
{
	_cleanup_fd_ int fd = openat(dir_fd, name, O_WRONLY | O_TRUNC | O_CLOEXEC);

	return fd >= 0 && write(fd, "mine", 4) == 4;
}

/* The only entry of STATE/undo. */
static bool is_kept(const struct place *p, const char *id)
{
	char path[NAME_MAX];

	(void)snprintf(path, sizeof(path), "undo/%s", id);
	return has(p->store_fd, path);
}

/* A commit of one new, one replaced and one deleted file. */
static bool commit_three(const struct place *p, struct error *err)
{
	TXN(t, top, *p);

	txn_add_item(&t, TXN_ADD, top, "new", 0);
	txn_add_item(&t, TXN_REPLACE, top, "file", 0);
	txn_add_item(&t, TXN_DELETE, top, "gone", 0);
	return check(txn_commit(&t, p->store_fd, err) == 0);
}

static bool make_three(const struct place *p)
{
	return check(tree_make(p->base_fd, "file", "fold", 0644, 1)) &&
	       check(tree_make(p->base_fd, "gone", "fgone", 0644, 2)) &&
	       check(tree_make(p->upper_fd, "new", "fnew", 0644, 3)) &&
	       check(tree_make(p->upper_fd, "file", "fchanged", 0644, 4)) &&
	       check(tree_make(p->upper_fd, "gone", "w", 0, 0));
}

static bool is_before(const struct place *p)
{
	return check(!has(p->base_fd, "new")) && check(holds(p->base_fd, "file", "old")) &&
	       check(holds(p->base_fd, "gone", "gone")) &&
	       check(holds(p->upper_fd, "new", "new")) &&
	       check(holds(p->upper_fd, "file", "changed")) && check(has(p->upper_fd, "gone"));
}

/* Opens the last commit and looks at it; the number of things that were changed since, or -1. */
static int undo_conflicts(const struct place *p)
{
	_cleanup_(txn_release) struct txn t;
	struct error err = { 0 };

	if (undo_open(&t, p->store_fd, NULL, &err) < 0)
		return -1;
	if (undo_check(&t, &err) == 0)
		return 0;
	check_str(err.name, "undo-conflict");
	return (int)t.problems.v.count;
}

static int undo_forced(const struct place *p, const char *id)
{
	_cleanup_(txn_release) struct txn t;
	struct error err = { 0 };

	return undo_open(&t, p->store_fd, id, &err) < 0 ? -1 : undo_run(&t, &err);
}

/* ---- what is refused ---- */

TEST(txn, all_problems_at_once)
{
	PLACE(p);
	TXN(t, top, p);
	struct error err = { 0 };

	require(tree_make(p.base_fd, "there", "f", 0644, 1) &&
		tree_make(p.upper_fd, "there", "fnew", 0644, 1) &&
		tree_make(p.upper_fd, "fine", "fnew", 0644, 1));
	txn_add_item(&t, TXN_ADD, top, "there", 0);
	txn_add_item(&t, TXN_ADD, top, "fine", 0);
	txn_add_item(&t, TXN_DELETE, top, "missing", 0);
	check(txn_commit(&t, p.store_fd, &err) < 0);
	check_str(err.name, "commit-refused");
	check_str(err.message, "cannot apply 2 of the changes");
	require(t.problems.v.count == 2);
	check(t.problems.v.items[0].sys == EEXIST && t.problems.v.items[1].sys == ENOENT);
	check(strstr(err.facts, "base/there: it is there already") != NULL);
	check(!has(p.base_fd, "fine") && has(p.upper_fd, "fine"));
	check(!is_kept(&p, "0001-box"));
}

/* Runs f in a process without capabilities; true when all of its checks held. */
static bool powerless(bool (*f)(const struct place *p), const struct place *p)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[2] = { 0 };
	int status = 1;
	pid_t pid;

	(void)fflush(stdout);
	pid = fork();
	if (pid == 0) {
		bool ok = syscall(SYS_capset, &header, none) == 0 && f(p);

		(void)fflush(stdout);
		_exit(!ok);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

/* A directory that is not ours, as its owner may not write in it and the mode is all that counts without capabilities. */
static bool refuses_foreign(const struct place *p)
{
	TXN(t, top, *p);
	struct error err = { 0 };
	uint32_t dir = txn_add_dir(&t, 0, top, "theirs", 0);

	txn_add_item(&t, TXN_ADD, dir, "new", 0);
	txn_add_meta(&t, dir, META_MODE);
	return check(txn_check(&t, p->store_fd, &err) < 0) && check(t.problems.v.count == 2) &&
	       check(t.problems.v.items[0].sys == EACCES) &&
	       check(t.problems.v.items[1].sys == EPERM);
}

TEST(txn, directories_of_others)
{
	PLACE(p);

	if (geteuid() != 0)
		SKIP("only root can give a directory away");
	require(tree_make(p.base_fd, "theirs", "d", 0755, 1) &&
		fchownat(p.base_fd, "theirs", 65533, 65533, 0) == 0 &&
		tree_make(p.upper_fd, "theirs", "d", 0700, 1) &&
		tree_make(p.upper_fd, "theirs/new", "f", 0644, 1));
	check(powerless(refuses_foreign, &p));
}

static bool refuses_copy(const struct place *p)
{
	TXN(t, top, *p);
	struct error err = { 0 };

	txn_add_item(&t, TXN_ADD, top, "new", ITEM_KEEP);
	return check(txn_check(&t, p->store_fd, &err) < 0) && check(t.problems.v.count == 1) &&
	       check(t.problems.v.items[0].sys == EPERM);
}

TEST(txn, owners_that_cannot_be_given)
{
	PLACE(p);

	if (geteuid() != 0)
		SKIP("only root can give a file away");
	require(tree_make(p.upper_fd, "new", "f", 0644, 1) &&
		fchownat(p.upper_fd, "new", 65533, 65533, 0) == 0);
	check(powerless(refuses_copy, &p));
}

/* In a child, as it enters namespaces: a base on a small tmpfs. */
static bool refuses_for_room(const struct place *p)
{
	char base[PATH_MAX + 8];
	struct error err = { 0 };
	struct place inside = *p;
	bool ok;

	(void)snprintf(base, sizeof(base), "%s/base", p->path);
	if (!tree_enter() || sys_mount("none", base, "tmpfs", 0, "size=64k,mode=700") < 0)
		return true;
	inside.base_fd = open(base, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	{
		TXN(t, top, inside);

		txn_add_item(&t, TXN_ADD, top, "big", 0);
		ok = check(txn_commit(&t, p->store_fd, &err) < 0) &&
		     check(t.problems.v.count == 1) && check(t.problems.v.items[0].sys == ENOSPC) &&
		     check(!has(inside.base_fd, ".nacre-undo-0001-box"));
	}
	return ok;
}

static bool in_child(bool (*f)(const struct place *p), const struct place *p)
{
	int status = 1;
	pid_t pid;

	(void)fflush(stdout);
	pid = fork();
	if (pid == 0) {
		bool ok = f(p);

		(void)fflush(stdout);
		_exit(!ok);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

TEST(txn, copies_that_do_not_fit)
{
	PLACE(p);
	_cleanup_free_ char *big = malloc(200001);

	require(big != NULL);
	(void)memset(big, 'x', 200000);
	*big = 'f';
	big[200000] = '\0';
	require(tree_make(p.upper_fd, "big", big, 0644, 1));
	check(in_child(refuses_for_room, &p));
}

static bool refuses_mounted(const struct place *p)
{
	struct place inside = *p;
	struct error err = { 0 };

	if (!tree_enter() || chdir(p->path) < 0 || !tree_mount("base/mounted"))
		return true;
	/* The descriptors from before show the mounts of another namespace. */
	inside.base_fd = open_below(AT_FDCWD, "base");
	{
		TXN(t, top, inside);
		uint32_t dir = txn_add_dir(&t, 0, top, "mounted", 0);

		txn_add_item(&t, TXN_ADD, dir, "new", 0);
		txn_add_item(&t, TXN_DELETE, top, "mounted", 0);
		return check(txn_check(&t, p->store_fd, &err) < 0) &&
		       check(t.problems.v.count == 2) &&
		       check(t.problems.v.items[0].sys == EBUSY) &&
		       check(t.problems.v.items[1].sys == EXDEV);
	}
}

TEST(txn, what_is_mounted_over)
{
	PLACE(p);

	require(tree_make(p.base_fd, "mounted", "d", 0755, 1) &&
		tree_make(p.upper_fd, "mounted", "d", 0755, 1) &&
		tree_make(p.upper_fd, "mounted/new", "f", 0644, 1));
	check(in_child(refuses_mounted, &p));
}

TEST(txn, one_at_a_time)
{
	PLACE(p);
	TXN(t, top, p);
	_cleanup_fd_ int other = openat(p.base_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct error err = { 0 };

	require(flock(other, LOCK_EX) == 0 && tree_make(p.upper_fd, "new", "f", 0644, 1));
	txn_add_item(&t, TXN_ADD, top, "new", 0);
	check(txn_commit(&t, p.store_fd, &err) < 0);
	check_str(err.name, "commit-locked");
	check(!has(p.base_fd, "new") && !is_kept(&p, "0001-box"));
}

/* ---- what is applied ---- */

TEST(txn, time_is_left_unless_asked_for)
{
	PLACE(p);
	struct error err = { 0 };
	struct stat before, after;

	require(make_three(&p) && tree_time(p.base_fd, ".", 5) && tree_time(p.upper_fd, ".", 6));
	require(fstat(p.base_fd, &before) == 0 && commit_three(&p, &err));
	require(fstat(p.base_fd, &after) == 0);
	check(after.st_mtim.tv_sec > before.st_mtim.tv_sec + 100);
	require(undo_conflicts(&p) == 0 && undo_forced(&p, NULL) == 0);
	require(fstat(p.base_fd, &after) == 0);
	check(after.st_mtim.tv_sec == before.st_mtim.tv_sec);
	check(after.st_mtim.tv_nsec == before.st_mtim.tv_nsec);
}

TEST(txn, kept_upper_stays)
{
	PLACE(p);
	TXN(t, top, p);
	struct error err = { 0 };
	struct stat st;

	require(tree_make(p.upper_fd, "new", "fnew", 0644, 1) &&
		tree_make(p.upper_fd, "gone", "w", 0, 0) &&
		tree_make(p.base_fd, "gone", "f", 0644, 1));
	txn_add_item(&t, TXN_ADD, top, "new", ITEM_KEEP);
	txn_add_item(&t, TXN_DELETE, top, "gone", ITEM_KEEP);
	require(txn_commit(&t, p.store_fd, &err) == 0);
	check(holds(p.base_fd, "new", "new") && !has(p.base_fd, "gone"));
	check(holds(p.upper_fd, "new", "new") && has(p.upper_fd, "gone"));
	check(fstatat(p.base_fd, "new", &st, 0) == 0 && st.st_nlink == 1);
}

/* A name that is not part of the commit would be one inode with the base's. */
TEST(txn, a_link_that_stays_behind_makes_a_copy)
{
	PLACE(p);
	TXN(t, top, p);
	struct error err = { 0 };
	struct stat base, upper;

	require(tree_make(p.upper_fd, "taken", "fx", 0644, 1) &&
		tree_make(p.upper_fd, "left", "htaken", 0, 0));
	txn_add_item(&t, TXN_ADD, top, "taken", 0);
	require(txn_commit(&t, p.store_fd, &err) == 0);
	check(!has(p.upper_fd, "taken"));
	require(fstatat(p.base_fd, "taken", &base, 0) == 0 &&
		fstatat(p.upper_fd, "left", &upper, 0) == 0);
	check(base.st_ino != upper.st_ino && base.st_nlink == 1);
}

/* Directories on the way to a base that is not there have no counterpart in the upper. */
TEST(txn, a_base_that_is_missing_is_made)
{
	PLACE(p);
	_cleanup_(txn_release) struct txn t;
	char base[PATH_MAX + 8], upper[PATH_MAX + 8];
	struct error err = { 0 };
	struct stat st;
	uint32_t dir;

	(void)snprintf(base, sizeof(base), "%s/base", p.path);
	(void)snprintf(upper, sizeof(upper), "%s/upper", p.path);
	require(tree_make(p.upper_fd, "new", "fnew", 0644, 1));
	txn_begin(&t, "box", NULL);
	require(txn_add_root(&t, base, p.base_fd, upper, p.upper_fd, &err) == 0);
	dir = txn_add_dir(&t, 0, TXN_NONE, "", DIR_ABOVE);
	dir = txn_add_dir(&t, 0, dir, "a", DIR_MAKE | DIR_ABOVE);
	dir = txn_add_dir(&t, 0, dir, "b", DIR_MAKE);
	txn_add_item(&t, TXN_ADD, dir, "new", 0);
	require(txn_commit(&t, p.store_fd, &err) == 0);
	check(holds(p.base_fd, "a/b/new", "new") && !has(p.upper_fd, "new"));
	check(fstatat(p.base_fd, "a", &st, 0) == 0 && (st.st_mode & 07777) == 0755);
	txn_release(&t);
	require(undo_conflicts(&p) == 0 && undo_forced(&p, NULL) == 0);
	check(!has(p.base_fd, "a") && has(p.upper_fd, "new"));
}

/* An upper of somebody else may not keep anything by which he rules what becomes ours. */
TEST(txn, foreign_objects_become_ours)
{
	PLACE(p);
	_cleanup_(txn_release) struct txn t;
	char base[PATH_MAX + 8];
	struct error err = { 0 };
	struct stat st;
	uint32_t top;

	(void)snprintf(base, sizeof(base), "%s/base", p.path);
	require(tree_make(p.upper_fd, "dir", "d", 0777, 1) &&
		tree_make(p.upper_fd, "dir/tool", "f#!", 06777, 2) &&
		tree_make(p.upper_fd, "dir/link", "l/etc/shadow", 0, 3) &&
		tree_attribute(p.upper_fd, "dir/tool", "user.note", "kept"));
	if (geteuid() == 0)
		require(fchownat(p.upper_fd, "dir/tool", 65533, 65533, 0) == 0 &&
			fchmodat(p.upper_fd, "dir/tool", 06777, 0) == 0);
	txn_begin(&t, "box", NULL);
	t.foreign = true;
	require(txn_add_root(&t, base, p.base_fd, NULL, p.upper_fd, &err) == 0);
	top = txn_add_dir(&t, 0, TXN_NONE, "", 0);
	txn_add_item(&t, TXN_ADD, top, "dir", 0);
	require(txn_commit(&t, p.store_fd, &err) == 0);
	check(fstatat(p.base_fd, "dir", &st, 0) == 0 && (st.st_mode & 07777) == 0755);
	require(fstatat(p.base_fd, "dir/tool", &st, 0) == 0);
	check((st.st_mode & 07777) == 0755 && st.st_uid == geteuid() && st.st_gid == getegid());
	require(t.reduced.count == 1);
	check(strstr(t.reduced.items[0], "base/dir") != NULL);
	check(holds(p.upper_fd, "dir/tool", "#!"));
	require(fstatat(p.upper_fd, "dir/tool", &st, 0) == 0);
	check((st.st_mode & 07777) == 06777);
	txn_release(&t);
	check(undo_conflicts(&p) == 0 && undo_forced(&p, NULL) == 0);
	check(!has(p.base_fd, "dir") && has(p.upper_fd, "dir/tool"));
}

/* In a child: a base on another mount, to which only copies go. */
static bool leaves_nothing_hidden(const struct place *p)
{
	_cleanup_(txn_release) struct txn t;
	struct place inside = *p;
	struct error err = { 0 };

	if (!tree_enter() || chdir(p->path) < 0 || !tree_mount("base"))
		return true;
	/* The mounts of another namespace are others. */
	inside.base_fd = open_below(AT_FDCWD, "base");
	inside.upper_fd = open_below(AT_FDCWD, "upper");
	inside.store_fd = open_below(AT_FDCWD, "store");
	txn_add_item(&t, TXN_ADD, begin(&t, &inside), "new", 0);
	if (!check(txn_commit(&t, inside.store_fd, &err) == 0) ||
	    !check(!has(inside.base_fd, ".nacre-undo-0001-box")) ||
	    !check(holds(inside.base_fd, "new", "new")))
		return false;
	txn_release(&t);
	return check(undo_conflicts(&inside) == 0) && check(undo_forced(&inside, NULL) == 0) &&
	       check(!has(inside.base_fd, "new")) && check(has(p->upper_fd, "new")) &&
	       check(!has(inside.base_fd, ".nacre-undo-0001-box"));
}

/* The further directory for slots stays only while something lies in it. */
TEST(txn, an_empty_area_goes)
{
	PLACE(p);

	require(tree_make(p.upper_fd, "new", "fnew", 0644, 1));
	check(in_child(leaves_nothing_hidden, &p));
}

/* ---- what an undo notices ---- */

TEST(txn, undo_sees_what_was_changed)
{
	PLACE(p);
	struct error err = { 0 };

	require(make_three(&p) && commit_three(&p, &err));
	check(undo_conflicts(&p) == 0);
	require(scribble(p.base_fd, "file"));
	check(undo_conflicts(&p) == 1);
	require(unlinkat(p.base_fd, "new", 0) == 0);
	check(undo_conflicts(&p) == 2);
	require(tree_make(p.base_fd, "gone", "fagain", 0644, 1));
	check(undo_conflicts(&p) == 3);
	require(tree_make(p.base_fd, "new", "fother", 0644, 1));
	check(undo_conflicts(&p) == 3);
	/* Forced: what was changed goes, what was there before comes. */
	require(undo_forced(&p, NULL) == 0);
	check(holds(p.base_fd, "file", "old") && holds(p.base_fd, "gone", "gone"));
	check(!has(p.base_fd, "new"));
	check(holds(p.upper_fd, "file", "mine") && holds(p.upper_fd, "new", "other"));
	check(!is_kept(&p, "0001-box"));
}

TEST(txn, undo_looks_into_directories)
{
	PLACE(p);
	struct error err = { 0 };

	require(tree_make(p.upper_fd, "dir", "d", 0755, 1) &&
		tree_make(p.upper_fd, "dir/sub", "d", 0755, 1) &&
		tree_make(p.upper_fd, "dir/sub/f", "fx", 0644, 1));
	{
		TXN(t, top, p);

		txn_add_item(&t, TXN_ADD, top, "dir", 0);
		require(txn_commit(&t, p.store_fd, &err) == 0);
	}
	check(undo_conflicts(&p) == 0);
	require(scribble(p.base_fd, "dir/sub/f"));
	check(undo_conflicts(&p) == 1);
}

TEST(txn, undo_sees_another_mode)
{
	PLACE(p);
	struct error err = { 0 };
	struct stat st;

	require(tree_make(p.base_fd, "dir", "d", 0755, 1) &&
		tree_make(p.upper_fd, "dir", "d", 0700, 1) &&
		tree_attribute(p.upper_fd, "dir", "user.note", "box"));
	{
		TXN(t, top, p);
		uint32_t dir = txn_add_dir(&t, 0, top, "dir", 0);

		txn_add_meta(&t, dir, META_MODE | META_ATTRIBUTES);
		require(txn_commit(&t, p.store_fd, &err) == 0);
	}
	check(fstatat(p.base_fd, "dir", &st, 0) == 0 && (st.st_mode & 07777) == 0700);
	check(undo_conflicts(&p) == 0);
	require(tree_attribute(p.base_fd, "dir", "user.note", "other"));
	check(undo_conflicts(&p) == 1);
	require(undo_forced(&p, NULL) == 0);
	check(fstatat(p.base_fd, "dir", &st, 0) == 0 && (st.st_mode & 07777) == 0755);
}

/* A later commit changes what an earlier one made; when it is undone all is as the earlier one left it. */
TEST(txn, undo_of_two_in_turn)
{
	PLACE(p);
	struct error err = { 0 };

	require(make_three(&p) && commit_three(&p, &err));
	require(tree_make(p.upper_fd, "file", "fagain", 0644, 5));
	{
		TXN(t, top, p);

		txn_add_item(&t, TXN_REPLACE, top, "file", 0);
		require(txn_commit(&t, p.store_fd, &err) == 0);
		check_str(t.id, "0002-box");
	}
	check(holds(p.base_fd, "file", "again"));
	{
		_cleanup_(txn_release) struct txn t;

		require(undo_open(&t, p.store_fd, "0001-box", &err) == 0);
		check(undo_check(&t, &err) < 0);
	}
	check(undo_conflicts(&p) == 0 && undo_forced(&p, NULL) == 0);
	require(unlinkat(p.upper_fd, "file", 0) == 0);
	check(undo_conflicts(&p) == 0 && undo_forced(&p, NULL) == 0);
	is_before(&p);
}

/* ---- uppers that are not what they were ---- */

TEST(txn, undo_without_the_box)
{
	PLACE(p);
	struct error err = { 0 };

	require(make_three(&p) && commit_three(&p, &err));
	require(renameat(p.fd, "upper", p.fd, "elsewhere") == 0);
	require(undo_conflicts(&p) == 0 && undo_forced(&p, NULL) == 0);
	check(!has(p.base_fd, "new") && holds(p.base_fd, "file", "old"));
	check(holds(p.base_fd, "gone", "gone"));
	check(!is_kept(&p, "0001-box"));
}

TEST(txn, undo_leaves_what_the_box_has_now)
{
	PLACE(p);
	struct error err = { 0 };

	require(make_three(&p) && commit_three(&p, &err));
	require(tree_make(p.upper_fd, "new", "fnewer", 0644, 6) &&
		tree_make(p.upper_fd, "file", "fnewer", 0644, 6) &&
		tree_make(p.upper_fd, "gone", "fback", 0644, 6));
	require(undo_conflicts(&p) == 0 && undo_forced(&p, NULL) == 0);
	check(!has(p.base_fd, "new") && holds(p.base_fd, "file", "old"));
	check(holds(p.base_fd, "gone", "gone"));
	check(holds(p.upper_fd, "new", "newer") && holds(p.upper_fd, "file", "newer"));
	check(holds(p.upper_fd, "gone", "back"));
}

/* ---- which there are ---- */

TEST(txn, list_and_purge)
{
	PLACE(p);
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct undo_list list;
	struct error err = { 0 };

	require(undo_list(&arena, p.store_fd, &list, &err) == 0 && list.v.count == 0);
	require(make_three(&p) && commit_three(&p, &err));
	require(undo_list(&arena, p.store_fd, &list, &err) == 0);
	require(list.v.count == 1);
	check_str(list.v.items[0].id, "0001-box");
	check_str(list.v.items[0].box, "box");
	check(list.v.items[0].counts[TXN_ADD] == 1 && list.v.items[0].counts[TXN_REPLACE] == 1 &&
	      list.v.items[0].counts[TXN_DELETE] == 1 && list.v.items[0].meta_count == 0);
	check(list.v.items[0].held > 0 && list.v.items[0].began.tv_sec > 1000000000);
	check(undo_purge(p.store_fd, "0002-box", &err) < 0);
	check_str(err.name, "undo-unknown");
	check(undo_purge(p.store_fd, "../store", &err) < 0);
	require(undo_purge(p.store_fd, "0001-box", &err) == 0);
	check(!is_kept(&p, "0001-box"));
	check(undo_forced(&p, NULL) < 0);
	check(holds(p.base_fd, "file", "changed"));
}

TEST(txn, recovery_leaves_what_is_done_or_at_work)
{
	PLACE(p);
	_cleanup_fd_ int fd = -EBADF;
	struct error err = { 0 };

	require(make_three(&p) && commit_three(&p, &err));
	check(recover_all(p.store_fd, &err) == 0);
	/* A commit that has just begun: no journal yet, but somebody holds the lock. */
	require(mkdirat(p.store_fd, "undo/0002-box", 0700) == 0);
	fd = openat(p.store_fd, "undo/0002-box", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	require(flock(fd, LOCK_EX) == 0);
	check(recover_all(p.store_fd, &err) == 0 && is_kept(&p, "0002-box"));
	fd = close_fd(fd);
	check(recover_all(p.store_fd, &err) == RECOVERED && !is_kept(&p, "0002-box"));
	check(is_kept(&p, "0001-box"));
}

/* ---- spoilt journals ---- */

static bool write_journal(const struct place *p, const char *text, size_t len)
{
	_cleanup_fd_ int fd = openat(p->store_fd, "undo/0001-box/journal",
				     O_WRONLY | O_TRUNC | O_CLOEXEC);

	return fd >= 0 && write(fd, text, len) == (ssize_t)len;
}

/* Cut behind any byte, or with any byte another one, it is an error or means something, and never more. */
TEST(txn, spoilt_journals_are_refused)
{
	PLACE(p);
	_cleanup_fd_ int fd = -EBADF;
	struct error err = { 0 };
	char text[4096];
	ssize_t len;

	require(make_three(&p) && commit_three(&p, &err));
	fd = openat(p.store_fd, "undo/0001-box/journal", O_RDONLY | O_CLOEXEC);
	len = fd < 0 ? -1 : read(fd, text, sizeof(text));
	require(len > 100 && len < (ssize_t)sizeof(text));
	for (ssize_t cut = 0; cut < len; cut++) {
		_cleanup_(txn_release) struct txn t;

		require(write_journal(&p, text, (size_t)cut));
		check(undo_open(&t, p.store_fd, NULL, &err) < 0);
		check_str(err.name, "undo-journal");
	}
	for (ssize_t i = 0; i < len; i++) {
		_cleanup_(txn_release) struct txn t;
		char kept = text[i];

		text[i] = "-%9 \n="[i % 6];
		require(write_journal(&p, text, (size_t)len));
		(void)undo_open(&t, p.store_fd, NULL, &err);
		text[i] = kept;
	}
	require(write_journal(&p, text, (size_t)len));
	check(undo_conflicts(&p) == 0 && undo_forced(&p, NULL) == 0);
	is_before(&p);
}
