// SPDX-License-Identifier: MIT
/* Undoing commits: what it notices, uppers that are not what they were, the list, spoilt journals. */
#include "txn.h"

#include "changes/recover.h"

#include <sys/file.h>

/* ---- what an undo notices ---- */

TEST(undo, sees_what_was_changed)
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

TEST(undo, looks_into_directories)
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

TEST(undo, sees_another_mode)
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
TEST(undo, of_two_in_turn)
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

TEST(undo, without_the_box)
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

TEST(undo, leaves_what_the_box_has_now)
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

TEST(undo, list_and_purge)
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

TEST(undo, recovery_leaves_what_is_done_or_at_work)
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
TEST(undo, spoilt_journals_are_refused)
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

/* A directory that somebody has removed takes with it what would have come back to it. */
TEST(undo, into_a_directory_that_is_gone)
{
	PLACE(p);
	struct error err = { 0 };

	require(tree_make(p.base_fd, "dir", "d", 0755, 1) &&
		tree_make(p.base_fd, "dir/gone", "fgone", 0644, 1) &&
		tree_make(p.upper_fd, "dir", "d", 0700, 1) &&
		tree_make(p.upper_fd, "dir/gone", "w", 0, 0) && make_three(&p));
	{
		TXN(t, top, p);
		uint32_t dir = txn_add_dir(&t, 0, top, "dir", 0);

		txn_add_item(&t, TXN_DELETE, dir, "gone", 0);
		txn_add_meta(&t, dir, META_MODE);
		txn_add_item(&t, TXN_REPLACE, top, "file", 0);
		require(txn_commit(&t, p.store_fd, &err) == 0);
	}
	require(unlinkat(p.base_fd, "dir", AT_REMOVEDIR) == 0);
	check(undo_conflicts(&p) == 2);
	require(undo_forced(&p, NULL) == 0);
	check(!has(p.base_fd, "dir") && holds(p.base_fd, "file", "old"));
	check(!is_kept(&p, "0001-box"));
}
