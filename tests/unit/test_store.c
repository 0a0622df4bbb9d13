// SPDX-License-Identifier: MIT
/* Where boxes are: paths, owners, names, the newest first, and who holds which. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/remove.h"
#include "state/store.h"
#include "test.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* A directory that is XDG_STATE_HOME. */
struct scratch {
	struct arena arena;
	struct error err;
	char path[PATH_MAX];
	const char *store; /* path/nacre */
};

static bool scratch_make(struct scratch *s)
{
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(s->path, sizeof(s->path), "%s/nacre-store-XXXXXX", tmp ? tmp : "/tmp");
	if (!check(mkdtemp(s->path)))
		return false;
	s->store = path_join(&s->arena, s->path, "nacre");
	return check(setenv("XDG_STATE_HOME", s->path, 1) == 0);
}

static void scratch_release(struct scratch *s)
{
	struct error err = { 0 };

	check(unsetenv("XDG_STATE_HOME") == 0);
	check(remove_tree(AT_FDCWD, s->path, &err) == 0);
	arena_release(&s->arena);
}

#define SCRATCH(s)                                           \
	_cleanup_(scratch_release) struct scratch s = { 0 }; \
	if (!scratch_make(&(s)))                             \
	return

/* SHELF/NAME in the store, with a record of that age in seconds and nanoseconds since 1970. */
static void make_box(struct scratch *s, const char *box, time_t seconds, long nanoseconds)
{
	const struct timespec times[2] = { { 0 }, { seconds, nanoseconds } };
	_cleanup_fd_ int store = store_open(s->store, true, &s->err);
	_cleanup_fd_ int fd = -EBADF;

	check(store >= 0 && close_fd(store_shelf(store, "boxes", true)) &&
	      close_fd(store_shelf(store, "live", true)));
	check(mkdirat(store, box, 0700) == 0);
	fd = openat(store, path_join(&s->arena, box, "record"), O_WRONLY | O_CREAT | O_CLOEXEC,
		    0600);
	check(fd >= 0 && futimens(fd, times) == 0);
}

/* The boxes that are ours to see: a store in /dev/shm of whoever runs the tests is none of theirs. */
static size_t list(struct scratch *s, struct store_list *ret)
{
	struct store_list all;
	size_t n = 0;

	check(store_boxes(&s->arena, NULL, &all, &s->err) == 0);
	*ret = all;
	for (size_t i = 0; i < all.v.count; i++)
		if (strcmp(all.v.items[i].store, s->store) == 0)
			ret->v.items[n++] = all.v.items[i];
	ret->v.count = n;
	return n;
}

TEST(store, path_of_state_home)
{
	_cleanup_(arena_release) struct arena a = { 0 };

	check(setenv("XDG_STATE_HOME", "/x/./y/", 1) == 0);
	check_str(store_path(&a, "/home/me"), "/x/y/nacre");
	check(setenv("XDG_STATE_HOME", "relative", 1) == 0);
	check_str(store_path(&a, "/home/me"), "/home/me/.local/state/nacre");
	check(unsetenv("XDG_STATE_HOME") == 0);
	check_str(store_path(&a, "/home/me"), "/home/me/.local/state/nacre");
	check_str(store_path(&a, NULL), NULL);
}

TEST(store, names)
{
	static const char *const good[] = { "a", "_", "0", "lezel", "a.b-c_D" };
	static const char *const bad[] = { "",	  ".",	 "..",	".a",	   "-a",
					   "a/b", "a b", "a\n", "\xc3\xa9" };
	char longest[66];

	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		check(store_name_valid(good[i]));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		check(!store_name_valid(bad[i]));
	memset(longest, 'a', sizeof(longest));
	longest[65] = '\0';
	check(!store_name_valid(longest));
	longest[64] = '\0';
	check(store_name_valid(longest));
}

TEST(store, open_makes_only_when_asked)
{
	SCRATCH(s);
	struct stat st;
	int fd;

	s.store = path_join(&s.arena, s.path, "a/b/nacre");
	errno = 0;
	check(store_open(s.store, false, &s.err) < 0 && errno == ENOENT);
	check(s.err.kind == ERROR_NONE);
	fd = store_open(s.store, true, &s.err);
	require(fd >= 0);
	check(fstat(fd, &st) == 0 && (st.st_mode & 07777) == 0700);
	check(store_shelf(fd, "boxes", false) < 0 && errno == ENOENT);
	check(close_fd(store_shelf(fd, "boxes", true)) == -EBADF);
	check(fstatat(fd, "boxes", &st, 0) == 0 && (st.st_mode & 07777) == 0700);
	(void)close_fd(fd);
}

TEST(store, foreign_is_refused)
{
	SCRATCH(s);
	int fd = store_open(s.store, true, &s.err);

	require(fd >= 0);
	check(fchmod(fd, 0770) == 0);
	(void)close_fd(fd);
	check(store_open(s.store, true, &s.err) < 0);
	check_str(s.err.name, "state-foreign");
	check(store_boxes(&s.arena, NULL, &(struct store_list){ 0 }, &s.err) < 0);
	check_str(s.err.name, "state-foreign");
}

TEST(store, link_in_shared_memory_is_a_trap)
{
	SCRATCH(s);
	const char *trap = arena_printf(&s.arena, "/dev/shm/nacre-test-%d", (int)getpid());
	int fd;

	if (symlink(s.path, trap) < 0)
		SKIP("no /dev/shm");
	check(store_open(trap, true, &s.err) < 0);
	check_str(s.err.name, "state-foreign");
	check(unlink(trap) == 0);
	/* Elsewhere it is the user's own choice. */
	check(mkdir(path_join(&s.arena, s.path, "real"), 0700) == 0);
	check(symlink("real", s.store) == 0);
	fd = store_open(s.store, true, &s.err);
	check(fd >= 0);
	(void)close_fd(fd);
}

TEST(store, shelf_is_no_link)
{
	SCRATCH(s);
	int fd = store_open(s.store, true, &s.err);

	require(fd >= 0);
	check(symlinkat("/", fd, "boxes") == 0);
	check(store_shelf(fd, "boxes", true) < 0);
	check(store_boxes(&s.arena, NULL, &(struct store_list){ 0 }, &s.err) < 0);
	(void)close_fd(fd);
}

TEST(store, newest_first)
{
	SCRATCH(s);
	struct store_list boxes;

	check(list(&s, &boxes) == 0);
	make_box(&s, "boxes/old", 1000, 0);
	make_box(&s, "live/new", 2000, 2);
	make_box(&s, "boxes/newer", 2000, 3);
	make_box(&s, "boxes/.hidden", 3000, 0);
	make_box(&s, "boxes/a b", 3000, 0);
	require(list(&s, &boxes) == 3);
	check_str(boxes.v.items[0].name, "newer");
	check(!boxes.v.items[0].live && !boxes.v.items[0].running);
	check_str(boxes.v.items[1].name, "new");
	check(boxes.v.items[1].live);
	check_str(boxes.v.items[1].path, path_join(&s.arena, s.store, "live/new"));
	check_str(boxes.v.items[2].name, "old");
	check(boxes.v.items[2].used.tv_sec == 1000);
}

TEST(store, find_by_name_and_latest)
{
	SCRATCH(s);
	struct store_box box;

	make_box(&s, "boxes/lezel", 1000, 0);
	make_box(&s, "boxes/novak", INT32_MAX, 0);
	require(store_find(&s.arena, NULL, "lezel", &box, &s.err) == 0);
	check_str(box.name, "lezel");
	require(store_find(&s.arena, NULL, NULL, &box, &s.err) == 0);
	check_str(box.name, "novak");
	check(store_find(&s.arena, NULL, "lezle", &box, &s.err) < 0);
	check_str(s.err.name, "box-unknown");
	check_str(s.err.message, "there is no box lezle");
	check_str(s.err.fix, "did you mean lezel?");
	check(store_find(&s.arena, NULL, "../boxes/lezel", &box, &s.err) < 0);
	check_str(s.err.name, "box-unknown");
}

/* A child that has the box for itself until it is killed. */
static pid_t hold(const char *path)
{
	int told[2];
	pid_t pid;
	char c;

	check(pipe2(told, O_CLOEXEC) == 0);
	pid = fork();
	if (pid == 0) {
		int fd = open(path, O_RDONLY | O_CLOEXEC);

		if (flock(fd, LOCK_EX) == 0)
			(void)!write(told[1], "", 1);
		for (;;)
			(void)pause();
	}
	(void)close(told[1]);
	check(read(told[0], &c, 1) == 1);
	(void)close(told[0]);
	return pid;
}

TEST(store, running_box_is_told_and_refused)
{
	SCRATCH(s);
	struct store_box box;
	pid_t pid;

	make_box(&s, "boxes/busy", INT32_MAX, 0);
	make_box(&s, "boxes/idle", 1000, 0);
	require(store_find(&s.arena, NULL, "busy", &box, &s.err) == 0);
	check(!box.running && box.holder == 0);
	pid = hold(box.path);
	require(store_find(&s.arena, NULL, "busy", &box, &s.err) == 0);
	check(box.running);
	/* Where the file system's numbers are not those of /proc/locks, none is named. */
	check(box.holder == pid || box.holder == 0);
	check(store_lock(&box, STORE_SHARED, &s.err) < 0);
	check(s.err.call == CALL_LOCK && s.err.sys == EWOULDBLOCK);
	check_str(s.err.object, box.path);
	require(store_find(&s.arena, NULL, NULL, &box, &s.err) == 0);
	check(strcmp(box.name, "busy") != 0);
	(void)kill(pid, SIGKILL);
	check(waitpid(pid, NULL, 0) == pid);
	require(store_find(&s.arena, NULL, "busy", &box, &s.err) == 0);
	check(!box.running);
}

TEST(store, lock_is_shared_or_not)
{
	SCRATCH(s);
	struct store_box box;
	int first, second;

	make_box(&s, "live/lezel", 1000, 0);
	require(store_find(&s.arena, NULL, "lezel", &box, &s.err) == 0);
	first = store_lock(&box, STORE_SHARED, &s.err);
	second = store_lock(&box, STORE_SHARED, &s.err);
	check(first >= 0 && second >= 0);
	require(store_find(&s.arena, NULL, "lezel", &box, &s.err) == 0);
	check(!box.running);
	check(store_lock(&box, STORE_EXCLUSIVE, &s.err) < 0 && s.err.call == CALL_LOCK);
	(void)close_fd(first);
	(void)close_fd(second);
	first = store_lock(&box, STORE_EXCLUSIVE, &s.err);
	check(first >= 0);
	check(store_lock(&box, STORE_SHARED, &s.err) < 0);
	(void)close_fd(first);
}

TEST(store, box_that_went_is_unknown)
{
	SCRATCH(s);
	struct store_box box;

	make_box(&s, "boxes/lezel", 1000, 0);
	require(store_find(&s.arena, NULL, "lezel", &box, &s.err) == 0);
	check(rename(box.path, path_join(&s.arena, s.store, "live/lezel")) == 0);
	check(store_lock(&box, STORE_EXCLUSIVE, &s.err) < 0);
	check_str(s.err.name, "box-unknown");
}
