// SPDX-License-Identifier: MIT
/* What the tests of the transaction engine share: a base, an upper and a store; commits and undos of one root. */
#ifndef NACRE_TEST_TXN_H
#define NACRE_TEST_TXN_H

#include "base/cleanup.h"
#include "base/error.h"
#include "base/remove.h"
#include "changes/txn.h"
#include "changes/undo.h"
#include "test.h"
#include "tree.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

/* base/, upper/ and store/ in a directory of the test's own. */
struct place {
	char path[PATH_MAX];
	int fd, base_fd, upper_fd, store_fd;
};

static inline int open_below(int fd, const char *name)
{
	(void)mkdirat(fd, name, 0700);
	return openat(fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static inline bool place_make(struct place *p)
{
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(p->path, sizeof(p->path), "%s/nacre-txn-XXXXXX", tmp ? tmp : "/tmp");
	p->fd = mkdtemp(p->path) ? open(p->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -EBADF;
	p->base_fd = open_below(p->fd, "base");
	p->upper_fd = open_below(p->fd, "upper");
	p->store_fd = open_below(p->fd, "store");
	return check(p->store_fd >= 0);
}

static inline void place_release(struct place *p)
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
static inline uint32_t begin(struct txn *t, const struct place *p)
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

static inline bool has(int fd, const char *name)
{
	return faccessat(fd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static inline bool holds(int dir_fd, const char *name, const char *want)
{
	_cleanup_fd_ int fd = openat(dir_fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	char got[256];
	ssize_t n = fd < 0 ? -1 : read(fd, got, sizeof(got));

	return n == (ssize_t)strlen(want) && memcmp(got, want, (size_t)n) == 0;
}

/* Gives a file another content, in place. */
static inline bool scribble(int dir_fd, const char *name)
{
	_cleanup_fd_ int fd = openat(dir_fd, name, O_WRONLY | O_TRUNC | O_CLOEXEC);

	return fd >= 0 && write(fd, "mine", 4) == 4;
}

/* The only entry of STATE/undo. */
static inline bool is_kept(const struct place *p, const char *id)
{
	char path[NAME_MAX];

	(void)snprintf(path, sizeof(path), "undo/%s", id);
	return has(p->store_fd, path);
}

/* A commit of one new, one replaced and one deleted file. */
static inline bool commit_three(const struct place *p, struct error *err)
{
	TXN(t, top, *p);

	txn_add_item(&t, TXN_ADD, top, "new", 0);
	txn_add_item(&t, TXN_REPLACE, top, "file", 0);
	txn_add_item(&t, TXN_DELETE, top, "gone", 0);
	return check(txn_commit(&t, p->store_fd, err) == 0);
}

static inline bool make_three(const struct place *p)
{
	return check(tree_make(p->base_fd, "file", "fold", 0644, 1)) &&
	       check(tree_make(p->base_fd, "gone", "fgone", 0644, 2)) &&
	       check(tree_make(p->upper_fd, "new", "fnew", 0644, 3)) &&
	       check(tree_make(p->upper_fd, "file", "fchanged", 0644, 4)) &&
	       check(tree_make(p->upper_fd, "gone", "w", 0, 0));
}

static inline bool is_before(const struct place *p)
{
	return check(!has(p->base_fd, "new")) && check(holds(p->base_fd, "file", "old")) &&
	       check(holds(p->base_fd, "gone", "gone")) &&
	       check(holds(p->upper_fd, "new", "new")) &&
	       check(holds(p->upper_fd, "file", "changed")) && check(has(p->upper_fd, "gone"));
}

/* Opens the last commit and looks at it; the number of things that were changed since, or -1. */
static inline int undo_conflicts(const struct place *p)
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

static inline int undo_forced(const struct place *p, const char *id)
{
	_cleanup_(txn_release) struct txn t;
	struct error err = { 0 };

	return undo_open(&t, p->store_fd, id, &err) < 0 ? -1 : undo_run(&t, &err);
}

static inline bool in_child(bool (*f)(const struct place *p), const struct place *p)
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

#endif
