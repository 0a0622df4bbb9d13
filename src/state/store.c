// SPDX-License-Identifier: MIT
/*
 * The stores of a caller: their paths, what is in them, and who uses it.
 *
 * A store is the caller's own directory that nobody else may write in, so what is below it is opened by names of one
 * component, and links are not followed there.
 */
#include "state/store.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/lock.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "base/table.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

/* Anybody can make a name in /dev/shm. */
static const char fallback_start[] = "/dev/shm/nacre-";

/* ---- the directories ---- */

const char *store_path(struct arena *arena, const char *home)
{
	const char *state = getenv("XDG_STATE_HOME");

	/* The XDG base directory specification: a relative path is invalid and to be ignored. */
	if (state && *state == '/')
		return path_join(arena, path_absolute(arena, "/", state), "nacre");
	return home ? path_join(arena, home, ".local/state/nacre") : NULL;
}

const char *store_fallback_path(struct arena *arena)
{
	char digits[3 * sizeof(uid_t) + 1], *at = digits + sizeof(digits) - 1;
	uid_t uid = getuid();

	/* By hand, as every join needs it: a format takes longer than two system calls. */
	*at = '\0';
	do
		*--at = (char)('0' + uid % 10);
	while (uid /= 10);
	return arena_concat(arena, fallback_start, "", at);
}

void store_paths(struct arena *arena, const char *home, const char *ret[static STORE_PATHS])
{
	const char *usual = store_path(arena, home), *fallback = store_fallback_path(arena);
	size_t n = 0;

	if (usual && strcmp(usual, fallback) != 0)
		ret[n++] = usual;
	ret[n++] = fallback;
	while (n < STORE_PATHS)
		ret[n++] = NULL;
}

void store_box_paths(struct arena *arena, const char *home, const char *name,
		     const char *ret[static STORE_PATHS])
{
	store_paths(arena, home, ret);
	for (size_t i = 0; i < STORE_PATHS; i++)
		if (ret[i])
			ret[i] = arena_concat(arena, ret[i], "/boxes/", name);
}

static int refuse(const char *path, struct error *err)
{
	(void)fail_call(err, CALL_STATE, path);
	return fail_message(err, "cannot use %s, where boxes are kept", Q(path));
}

static int refuse_foreign(const char *path, struct error *err)
{
	errno = EPERM;
	(void)refuse(path, err);
	error_explain(err, "state-foreign", NULL, NULL);
	errno = EPERM;
	return -1;
}

/* mkdir -p with mode 0700. -1 with errno. */
static int make_path(const char *path)
{
	char above[PATH_MAX];

	if (snprintf(above, sizeof(above), "%s", path) >= (int)sizeof(above)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	for (char *slash = strchr(above + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(above, 0700) < 0 && errno != EEXIST)
			return -1;
		*slash = '/';
	}
	return mkdir(path, 0700) < 0 && errno != EEXIST ? -1 : 0;
}

int store_open(const char *path, bool make, struct error *err)
{
	/* A user may have put a link to the store in the home; one in /dev/shm is somebody else's trap. */
	bool is_fallback = strncmp(path, fallback_start, sizeof(fallback_start) - 1) == 0;
	int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (is_fallback ? O_NOFOLLOW : 0);
	_cleanup_fd_ int fd = sys_open(path, flags);
	struct stat st;

	if (fd < 0 && errno == ENOENT) {
		if (!make)
			return -1;
		if (make_path(path) < 0)
			return refuse(path, err);
		fd = sys_open(path, flags);
	}
	if (fd < 0 && is_fallback && (errno == ENOTDIR || errno == ELOOP))
		return refuse_foreign(path, err);
	if (fd < 0 || fstat(fd, &st) < 0)
		return refuse(path, err);
	if (st.st_uid != geteuid() || (st.st_mode & 022))
		return refuse_foreign(path, err);
	return TAKE_FD(fd);
}

int store_shelf(int store_fd, const char *shelf, bool make)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int fd = openat(store_fd, shelf, flags);

	if (fd >= 0 || errno != ENOENT || !make)
		return fd;
	if (mkdirat(store_fd, shelf, 0700) < 0 && errno != EEXIST)
		return -1;
	return openat(store_fd, shelf, flags);
}

bool store_name_valid(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789._-";
	size_t n = strspn(name, letters);

	return n > 0 && n <= 64 && !name[n] && *name != '.' && *name != '-';
}

/* ---- the boxes ---- */

/*
 * True when a process has the box for itself. It is tried, as /proc/locks does not tell about other pid namespaces; a run that
 * begins at that moment tries again (store_lock_at).
 */
static bool is_locked(int fd)
{
	if (flock(fd, LOCK_SH | LOCK_NB) < 0)
		return errno == EWOULDBLOCK;
	(void)flock(fd, LOCK_UN);
	return false;
}

/* Fills *ret but for its paths; false when it is no box. */
static bool look_at(int shelf_fd, const char *name, struct store_box *ret)
{
	_cleanup_fd_ int fd = openat(shelf_fd, name,
				     O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct lock_holder holder;
	struct stat st, record;

	if (!store_name_valid(name) || fd < 0 || fstat(fd, &st) < 0)
		return false;
	ret->used = fstatat(fd, "record", &record, AT_SYMLINK_NOFOLLOW) == 0 ? record.st_mtim
									     : st.st_mtim;
	ret->running = is_locked(fd);
	if (ret->running && lock_holder_find(&st, &holder))
		ret->holder = holder.pid;
	return true;
}

static int list_shelf(struct arena *arena, const char *store, int store_fd, bool live,
		      struct store_list *ret)
{
	const char *shelf = live ? "live" : "boxes";
	_cleanup_fd_ int fd = store_shelf(store_fd, shelf, false);
	_cleanup_dir_ DIR *dir = NULL;

	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	dir = fdopendir(fd);
	if (!dir)
		return -1;
	(void)TAKE_FD(fd);
	for (struct dirent *e; (e = readdir(dir));) {
		struct store_box box = { .store = store, .live = live };

		if (!look_at(dirfd(dir), e->d_name, &box))
			continue;
		box.path = arena_printf(arena, "%s/%s/%s", store, shelf, e->d_name);
		box.name = path_name(box.path);
		*VECTOR_ADD(arena, &ret->v) = box;
	}
	return 0;
}

static int list_store(struct arena *arena, const char *store, struct store_list *ret,
		      struct error *err)
{
	_cleanup_fd_ int fd = store_open(store, false, err);

	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	if (list_shelf(arena, store, fd, false, ret) < 0 ||
	    list_shelf(arena, store, fd, true, ret) < 0)
		return refuse(store, err);
	return 0;
}

static int by_use(const void *a, const void *b)
{
	const struct store_box *x = a, *y = b;

	if (x->used.tv_sec != y->used.tv_sec)
		return x->used.tv_sec < y->used.tv_sec ? 1 : -1;
	if (x->used.tv_nsec != y->used.tv_nsec)
		return x->used.tv_nsec < y->used.tv_nsec ? 1 : -1;
	return strcmp(x->name, y->name);
}

int store_boxes(struct arena *arena, const char *home, struct store_list *ret, struct error *err)
{
	const char *paths[STORE_PATHS];

	*ret = (struct store_list){ 0 };
	store_paths(arena, home, paths);
	for (size_t i = 0; paths[i]; i++)
		if (list_store(arena, paths[i], ret, err) < 0)
			return -1;
	if (ret->v.count)
		qsort(ret->v.items, ret->v.count, sizeof(*ret->v.items), by_use);
	return 0;
}

static const char *next_name(size_t i, const void *arg)
{
	const struct store_list *list = arg;

	return i < list->v.count ? list->v.items[i].name : NULL;
}

static int unknown(const char *name, const struct store_list *list, struct error *err)
{
	const char *near = nearest_word(name, next_name, list);

	(void)fail(err, ERROR_USAGE, 0, "there is no box %s", Q(name));
	error_explain(err, "box-unknown", NULL, NULL);
	if (near)
		error_set_fix(err, "did you mean %s?", near);
	return -1;
}

int store_find(struct arena *arena, const char *home, const char *name, struct store_box *ret,
	       struct error *err)
{
	struct store_list list;

	if (store_boxes(arena, home, &list, err) < 0)
		return -1;
	for (size_t i = 0; i < list.v.count; i++) {
		const struct store_box *box = &list.v.items[i];

		if (name ? strcmp(box->name, name) == 0 : !box->running) {
			*ret = *box;
			return 0;
		}
	}
	if (name)
		return unknown(name, &list, err);
	(void)fail(err, ERROR_USAGE, 0, list.v.count ? "every box is in use" : "there is no box");
	error_explain(err, "box-none", NULL, NULL);
	return -1;
}

/* ---- locks ---- */

int store_lock_at(int dir_fd, const char *path, enum store_lock lock, struct error *err)
{
	const int how = (lock == STORE_SHARED ? LOCK_SH : LOCK_EX) | LOCK_NB;

	/* Who lists the boxes holds each for a moment. */
	for (int tries = 0; tries < 5; tries++) {
		if (flock(dir_fd, how) == 0)
			return 0;
		if (errno != EWOULDBLOCK || store_lock_holder(dir_fd))
			break;
		(void)usleep(2000);
	}
	(void)fail_call(err, CALL_LOCK, path);
	return fail_message(err, "cannot use the box %s", Q(path_name(path)));
}

static int gone(const struct store_box *box, struct error *err)
{
	return unknown(box->name, &(struct store_list){ 0 }, err);
}

/* By names of one component below the store, as nobody else can put links there but below boxes. */
static int open_box(const struct store_box *box, struct stat *ret_st, struct error *err)
{
	_cleanup_fd_ int store_fd = store_open(box->store, false, err);
	_cleanup_fd_ int shelf_fd = -EBADF;
	int fd;

	if (store_fd < 0)
		return errno == ENOENT ? gone(box, err) : -1;
	shelf_fd = store_shelf(store_fd, box->live ? "live" : "boxes", false);
	fd = shelf_fd < 0
		     ? -1
		     : openat(shelf_fd, box->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0 && fstat(fd, ret_st) == 0)
		return fd;
	(void)close_fd(fd);
	return errno == ENOENT ? gone(box, err) : refuse(box->path, err);
}

int store_lock(const struct store_box *box, enum store_lock lock, struct error *err)
{
	struct stat locked = { 0 }, present;
	_cleanup_fd_ int fd = open_box(box, &locked, err);

	if (fd < 0 || store_lock_at(fd, box->path, lock, err) < 0)
		return -1;
	/* Until the lock was ours, another may have removed the box, or moved it to its place among the kept ones. */
	if (lstat(box->path, &present) < 0 || present.st_dev != locked.st_dev ||
	    present.st_ino != locked.st_ino)
		return gone(box, err);
	return TAKE_FD(fd);
}

pid_t store_lock_holder(int fd)
{
	struct lock_holder holder;
	struct stat st;

	return fstat(fd, &st) == 0 && lock_holder_find(&st, &holder) ? holder.pid : 0;
}

/* ---- files ---- */

static int write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(fd, data, len);

		if (n < 0)
			return -1;
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

int store_replace(int dir_fd, const char *name, const char *bytes, size_t n, bool sync)
{
	char fresh[NAME_MAX + 1];
	_cleanup_fd_ int fd = -EBADF;

	(void)snprintf(fresh, sizeof(fresh), "%s.new", name);
	fd = openat(dir_fd, fresh, O_CREAT | O_TRUNC | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0 || write_all(fd, bytes, n) < 0 || (sync && fdatasync(fd) < 0))
		return -1;
	return renameat(dir_fd, fresh, dir_fd, name);
}
