// SPDX-License-Identifier: MIT
/*
 * A commit and an undo that die before each of their changing calls, and one that fails there: recovery gives exactly the
 * tree from before or the one from after, of the base and of the upper. The tree has every kind of item; once it can be
 * moved, once base and upper are two mounts and it has to be copied, once the file system knows no exchange. In a user
 * namespace, where our capabilities let us into every directory of our own, and outside.
 */
#include "base/cleanup.h"
#include "base/error.h"
#include "changes/recover.h"
#include "changes/txn.h"
#include "changes/txn_call.h"
#include "changes/undo.h"
#include "test.h"
#include "tree.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* ---- the tree ---- */

/* A case: directories that are open, and how it is to be done. */
struct stage {
	int base_fd, upper_fd, store_fd;
};

static bool make_base(int fd)
{
	return tree_make(fd, "kept", "fkept", 0644, 1) && tree_make(fd, "file", "fold", 0644, 2) &&
	       tree_make(fd, "gone", "fgone", 0600, 3) && tree_make(fd, "gonedir", "d", 0700, 0) &&
	       tree_make(fd, "gonedir/a", "fa", 0644, 4) &&
	       tree_make(fd, "gonedir/sub", "d", 0755, 0) &&
	       tree_make(fd, "gonedir/sub/b", "lnowhere", 0, 5) &&
	       tree_time(fd, "gonedir/sub", 6) && fchmodat(fd, "gonedir", 0555, 0) == 0 &&
	       tree_time(fd, "gonedir", 7) && tree_make(fd, "dir", "d", 0755, 0) &&
	       tree_attribute(fd, "dir", "user.m", "old") &&
	       tree_attribute(fd, "dir", "user.lost", "lost") &&
	       tree_make(fd, "dir/type", "fwas a file", 0644, 8) && tree_time(fd, "dir", 9) &&
	       tree_make(fd, "locked", "d", 0755, 0) &&
	       tree_make(fd, "locked/out", "fout", 0444, 10) &&
	       fchmodat(fd, "locked", 0555, 0) == 0 && tree_time(fd, "locked", 11) &&
	       tree_make(fd, "whole", "d", 0755, 0) && tree_make(fd, "whole/x", "fx", 0644, 12) &&
	       tree_make(fd, "whole/y", "hwhole/x", 0, 0) && tree_time(fd, "whole", 13) &&
	       tree_make(fd, "hides", "d", 0755, 0) && tree_make(fd, "hides/p", "fp", 0644, 14) &&
	       tree_time(fd, "hides", 15) && tree_time(fd, ".", 16);
}

static bool make_new(int fd)
{
	return tree_make(fd, "newdir", "d", 0755, 0) && tree_make(fd, "newdir/f", "ff", 0444, 20) &&
	       tree_attribute(fd, "newdir", "user.overlay.opaque", "y") &&
	       tree_make(fd, "newdir/h", "hnewdir/f", 0, 0) &&
	       tree_make(fd, "newdir/p", "p", 0622, 21) &&
	       tree_make(fd, "newdir/s", "s", 0755, 22) &&
	       tree_make(fd, "newdir/n\n\xff l", "l/etc", 0, 23) &&
	       tree_make(fd, "newdir/in", "d", 0755, 0) &&
	       tree_attribute(fd, "newdir/in", "user.overlay.impure", "y") &&
	       tree_make(fd, "newdir/in/e", "fe", 0600, 24) &&
	       tree_attribute(fd, "newdir/in/e", "user.overlay.overlay.x", "mine") &&
	       fchmodat(fd, "newdir/in/e", 0400, 0) == 0 &&
	       tree_attribute(fd, "newdir/in", "user.plain", "kept") &&
	       fchmodat(fd, "newdir/in", 0555, 0) == 0 && tree_time(fd, "newdir/in", 25) &&
	       fchmodat(fd, "newdir", 0555, 0) == 0 && tree_time(fd, "newdir", 26);
}

static bool make_upper(int fd)
{
	return make_new(fd) && tree_make(fd, "file", "fnew content", 0600, 30) &&
	       tree_attribute(fd, "file", "user.overlay.origin", "") &&
	       tree_attribute(fd, "file", "user.note", "n") && fchmodat(fd, "file", 0444, 0) == 0 &&
	       tree_make(fd, "gone", "w", 0, 0) && tree_make(fd, "gonedir", "w", 0, 0) &&
	       tree_make(fd, "dir", "d", 0755, 0) && tree_attribute(fd, "dir", "user.m", "new") &&
	       tree_attribute(fd, "dir", "user.overlay.impure", "y") &&
	       tree_make(fd, "dir/type", "d", 0700, 0) &&
	       tree_make(fd, "dir/type/f", "finside", 0644, 31) && tree_time(fd, "dir/type", 32) &&
	       tree_make(fd, "link", "flinked", 0644, 33) &&
	       tree_make(fd, "dir/link", "hlink", 0, 0) && fchmodat(fd, "dir", 01750, 0) == 0 &&
	       tree_time(fd, "dir", 34) && tree_make(fd, "part", "fpart", 0644, 35) &&
	       tree_make(fd, "part2", "hpart", 0, 0) && tree_make(fd, "left", "hpart", 0, 0) &&
	       tree_make(fd, "locked", "d", 0755, 0) && tree_make(fd, "locked/out", "w", 0, 0) &&
	       fchmodat(fd, "locked", 0555, 0) == 0 && tree_time(fd, "locked", 36) &&
	       tree_make(fd, "whole", "d", 0755, 0) &&
	       tree_attribute(fd, "whole", "user.overlay.opaque", "y") &&
	       tree_make(fd, "whole/z", "fz", 0644, 37) && tree_time(fd, "whole", 38) &&
	       tree_make(fd, "made", "d", 0755, 0) && tree_make(fd, "made/deep", "d", 0755, 0) &&
	       tree_make(fd, "made/deep/f", "fdeep", 0644, 39) && tree_time(fd, "made/deep", 40) &&
	       fchmodat(fd, "made", 0750, 0) == 0 && tree_time(fd, "made", 41) &&
	       tree_make(fd, "hides", "d", 0755, 0) &&
	       tree_attribute(fd, "hides", "user.overlay.opaque", "y") &&
	       tree_make(fd, "hides/q", "fq", 0644, 42) && tree_time(fd, "hides", 43) &&
	       tree_time(fd, ".", 44);
}

static bool stage_make(struct stage *s, bool two_mounts)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

	if (mkdir("base", 0755) < 0 || mkdir("box", 0700) < 0 ||
	    (two_mounts && !tree_mount("box")) || mkdir("box/upper", 0755) < 0 ||
	    mkdir("box/store", 0700) < 0)
		return false;
	s->base_fd = open("base", flags);
	s->upper_fd = open("box/upper", flags);
	s->store_fd = open("box/store", flags);
	return s->store_fd >= 0 && make_base(s->base_fd) && make_upper(s->upper_fd);
}

static void plan(struct txn *t, const struct stage *s, struct error *err)
{
	char path[4096], base[4200], upper[4200];
	uint32_t top, dir;

	txn_begin(t, "test", NULL);
	if (!check(getcwd(path, sizeof(path)) != NULL))
		*path = '\0';
	(void)snprintf(base, sizeof(base), "%s/base", path);
	(void)snprintf(upper, sizeof(upper), "%s/box/upper", path);
	check(txn_add_root(t, base, s->base_fd, upper, s->upper_fd, err) == 0);
	top = txn_add_dir(t, 0, TXN_NONE, "", DIR_TIME);
	txn_add_item(t, TXN_REPLACE, top, "file", 0);
	txn_add_item(t, TXN_DELETE, top, "gone", 0);
	txn_add_item(t, TXN_DELETE, top, "gonedir", 0);
	dir = txn_add_dir(t, 0, top, "dir", DIR_TIME);
	txn_add_item(t, TXN_REPLACE, dir, "type", 0);
	txn_add_item(t, TXN_ADD, dir, "link", 0);
	txn_add_meta(t, dir, META_MODE | META_OWNER | META_ATTRIBUTES);
	txn_add_item(t, TXN_ADD, top, "newdir", 0);
	txn_add_item(t, TXN_ADD, top, "link", 0);
	txn_add_item(t, TXN_ADD, top, "part", 0);
	txn_add_item(t, TXN_ADD, top, "part2", 0);
	dir = txn_add_dir(t, 0, top, "locked", DIR_TIME);
	txn_add_item(t, TXN_DELETE, dir, "out", 0);
	txn_add_item(t, TXN_REPLACE, top, "whole", 0);
	dir = txn_add_dir(t, 0, top, "made", DIR_MAKE | DIR_TIME);
	txn_add_item(t, TXN_ADD, dir, "deep", 0);
	dir = txn_add_dir(t, 0, top, "hides", DIR_UNHIDE | DIR_TIME);
	txn_add_item(t, TXN_DELETE, dir, "p", 0);
	txn_add_item(t, TXN_ADD, dir, "q", 0);
}

/* ---- what a process does, and dies of ---- */

static struct {
	unsigned count, at; /* of the calls; at 0 nothing happens */
	int sys; /* the errno to fail with; 0: die */
	bool no_flags; /* renames know no EXCHANGE */
	bool powerless; /* the process has no capabilities */
} fault;

static int count_change(const char *name)
{
	(void)name;
	if (++fault.count == fault.at) {
		if (!fault.sys)
			(void)kill(getpid(), SIGKILL);
		return fault.sys;
	}
	return 0;
}

/* Refuses exchanges as NFS does. */
static int refuse_exchange(const char *name)
{
	int sys = count_change(name);

	return sys || strcmp(name, "exchange") != 0 ? sys : EINVAL;
}

static int commit(const struct stage *s, struct error *err)
{
	struct txn t;
	int done;

	plan(&t, s, err);
	done = txn_commit(&t, s->store_fd, err);
	txn_release(&t);
	return done;
}

static int undo(const struct stage *s, struct error *err)
{
	struct txn t;
	int done = undo_open(&t, s->store_fd, NULL, err);

	if (done == 0)
		done = undo_check(&t, err);
	if (done == 0)
		done = undo_run(&t, err);
	txn_release(&t);
	return done;
}

static int recover(const struct stage *s, struct error *err)
{
	return recover_all(s->store_fd, err) < 0 ? -1 : 0;
}

typedef int action(const struct stage *s, struct error *err);

/* What became of a process. */
struct outcome {
	unsigned calls;
	int answer;
	bool died;
};

/* With them the owner of a directory may write in it whatever its mode. */
static bool drop_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[2] = { 0 };

	return syscall(SYS_capset, &header, none) == 0;
}

/* Runs it in a process of its own, with the fault at that call. */
static struct outcome run(action *act, const struct stage *s, unsigned at, int sys)
{
	struct outcome o = { .died = true };
	int status, ends[2] = { -EBADF, -EBADF };
	pid_t pid;

	if (!check(pipe2(ends, O_CLOEXEC) == 0))
		return o;
	(void)fflush(stdout);
	pid = fork();
	if (pid == 0) {
		struct error err = { 0 };

		if (fault.powerless && !drop_capabilities())
			_exit(1);
		fault.count = 0;
		fault.at = at;
		fault.sys = sys;
		txn_before_change = fault.no_flags ? refuse_exchange : count_change;
		o.answer = act(s, &err);
		if (o.answer < 0 && !at)
			printf("# %s: %s, %s (%s)\n", err.message, err.reason, err.facts,
			       strerror(err.sys));
		(void)fflush(stdout);
		o.calls = fault.count;
		o.died = false;
		(void)!write(ends[1], &o, sizeof(o));
		_exit(0);
	}
	(void)close(ends[1]);
	if (read(ends[0], &o, sizeof(o)) != sizeof(o))
		o = (struct outcome){ .died = true };
	(void)close(ends[0]);
	(void)waitpid(pid, &status, 0);
	return o;
}

/* ---- comparing ---- */

struct sight {
	struct text base, upper;
};

static void sight_release(struct sight *s)
{
	text_release(&s->base);
	text_release(&s->upper);
}

static void look(const struct stage *s, struct sight *ret)
{
	text_clear(&ret->base);
	text_clear(&ret->upper);
	tree_tell(s->base_fd, &ret->base);
	tree_tell(s->upper_fd, &ret->upper);
}

static bool is_same(const struct sight *a, const struct sight *b)
{
	return strcmp(text_str(&a->base), text_str(&b->base)) == 0 &&
	       strcmp(text_str(&a->upper), text_str(&b->upper)) == 0;
}

/* ---- the cases ---- */

struct setting {
	bool two_mounts, no_flags, powerless;
	const struct sight *before, *after; /* NULL while they are found out */
};

/* A place of its own for each case; removed with the mount. */
static bool fresh(struct stage *s, const struct setting *setting)
{
	static unsigned number;
	char name[32];

	(void)snprintf(name, sizeof(name), "/tmp/case%u", number++);
	fault.no_flags = setting->no_flags;
	fault.powerless = setting->powerless;
	return mkdir(name, 0755) == 0 && chdir(name) == 0 && stage_make(s, setting->two_mounts);
}

static void leave(struct stage *s, const struct setting *setting)
{
	s->base_fd = close_fd(s->base_fd);
	s->upper_fd = close_fd(s->upper_fd);
	s->store_fd = close_fd(s->store_fd);
	if (setting->two_mounts)
		(void)sys_umount("box", MNT_DETACH);
}

static bool report_difference(const char *what, unsigned at, const struct sight *got,
			      const struct setting *setting)
{
	printf("# %s at call %u: neither before nor after\n# base is\n%s# before it was\n%s# after "
	       "it "
	       "should be\n%s# upper is\n%s# before\n%s# after\n%s",
	       what, at, text_str(&got->base), text_str(&setting->before->base),
	       text_str(&setting->after->base), text_str(&got->upper),
	       text_str(&setting->before->upper), text_str(&setting->after->upper));
	return false;
}

enum side { BEFORE, AFTER, NEITHER };

static enum side side_of(const struct stage *s, const struct setting *setting, const char *what,
			 unsigned at)
{
	_cleanup_(sight_release) struct sight got = { 0 };

	look(s, &got);
	if (is_same(&got, setting->before))
		return BEFORE;
	if (is_same(&got, setting->after))
		return AFTER;
	(void)report_difference(what, at, &got, setting);
	return NEITHER;
}

/*
 * The action dies or fails at that call; then it is recovered, by a process that dies itself at its call number `again`, and
 * by another one. False when the call was never reached.
 */
static bool crash(action *act, const struct setting *setting, unsigned at, int sys, unsigned again)
{
	struct stage s = { -EBADF, -EBADF, -EBADF };
	struct outcome o;
	enum side side;
	bool committed = act == undo;

	if (!check(fresh(&s, setting)))
		return false;
	if (committed && !check(run(commit, &s, 0, 0).answer == 0))
		return false;
	o = run(act, &s, at, sys);
	if (again)
		(void)run(recover, &s, again, 0);
	check(run(recover, &s, 0, 0).answer == 0);
	side = side_of(&s, setting, act == undo ? "undo" : "commit", at);
	check(side != NEITHER);
	/* What was not said to be done is not, unless the process died before it could say so. */
	if (!o.died && o.answer < 0)
		check(side == (committed ? AFTER : BEFORE));
	if (!o.died && o.answer == 0)
		check(side == (committed ? BEFORE : AFTER));
	if (side == AFTER) {
		check(run(undo, &s, 0, 0).answer == 0);
		check(side_of(&s, setting, "undo after", at) == BEFORE);
	}
	leave(&s, setting);
	return o.died || o.calls >= at;
}

/* At every call in turn until there are no more. The number of cases. */
static unsigned crash_all(action *act, const struct setting *setting, int sys, unsigned again)
{
	unsigned at = 1;

	while (crash(act, setting, at, sys, again))
		at++;
	return at - 1;
}

static bool find_sights(struct setting *setting, struct sight *before, struct sight *after)
{
	_cleanup_(sight_release) struct sight undone = { 0 };
	struct stage s = { -EBADF, -EBADF, -EBADF };

	setting->before = before;
	setting->after = after;
	if (!check(fresh(&s, setting)))
		return false;
	look(&s, before);
	if (!check(run(commit, &s, 0, 0).answer == 0))
		return false;
	look(&s, after);
	if (!check(run(undo, &s, 0, 0).answer == 0))
		return false;
	look(&s, &undone);
	check_str(text_str(&undone.base), text_str(&before->base));
	check_str(text_str(&undone.upper), text_str(&before->upper));
	leave(&s, setting);
	return true;
}

/* A tmpfs of our own, where a sync costs nothing; with it all of a test's trees go. */
static bool enter(void)
{
	static bool entered;

	entered = entered || tree_enter();
	return entered && tree_mount("/tmp") && chdir("/tmp") == 0;
}

enum { KILLED = 0 };

/* Commit and undo, each at every call. */
static void crash_both(struct setting setting, int sys, unsigned again)
{
	_cleanup_(sight_release) struct sight before = { 0 }, after = { 0 };
	unsigned commits, undos;

	require(find_sights(&setting, &before, &after));
	commits = crash_all(commit, &setting, sys, again);
	undos = crash_all(undo, &setting, sys, again);
	check(commits > 40 && undos > 40);
	printf("# %u commits, %u undos\n", commits, undos);
	check(chdir("/") == 0 && sys_umount("/tmp", MNT_DETACH) == 0);
}

TEST(txn, killed_while_moving)
{
	if (!enter())
		SKIP("no user namespace with a tmpfs");
	crash_both((struct setting){ 0 }, KILLED, 0);
}

TEST(txn, failing_while_moving)
{
	if (!enter())
		SKIP("no user namespace with a tmpfs");
	crash_both((struct setting){ 0 }, EIO, 0);
}

TEST(txn, killed_while_copying)
{
	if (!enter())
		SKIP("no user namespace with a tmpfs");
	crash_both((struct setting){ .two_mounts = true }, KILLED, 0);
}

TEST(txn, killed_without_capabilities)
{
	if (!enter())
		SKIP("no user namespace with a tmpfs");
	crash_both((struct setting){ .powerless = true }, KILLED, 0);
}

TEST(txn, killed_while_copying_without_capabilities)
{
	if (!enter())
		SKIP("no user namespace with a tmpfs");
	crash_both((struct setting){ .two_mounts = true, .powerless = true }, KILLED, 0);
}

TEST(txn, killed_without_exchange)
{
	if (!enter())
		SKIP("no user namespace with a tmpfs");
	crash_both((struct setting){ .no_flags = true }, KILLED, 0);
}

TEST(txn, recovery_killed_too)
{
	if (!enter())
		SKIP("no user namespace with a tmpfs");
	crash_both((struct setting){ 0 }, KILLED, 7);
}
