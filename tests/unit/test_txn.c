// SPDX-License-Identifier: MIT
/* The transaction engine: what is refused before anything is touched, and what a commit leaves in base and upper. */
#include "txn.h"

#include "base/syscalls.h"

#include <linux/capability.h>
#include <sys/file.h>

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
	check_str(err.message, "cannot apply the changes");
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
