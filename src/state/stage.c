// SPDX-License-Identifier: MIT
/*
 * Making layers. The shelf itself is locked for the moments in which two makers could meet:
 *
 *   begin     from the mkdir of a tree to the lock on it, so that nobody takes it for a dead one
 *   publish   from the question whether the name is free to the rename
 *   sweep     what has no lock then has no maker
 */
#include "state/stage.h"

#include "base/cleanup.h"
#include "base/dirstack.h"
#include "base/error.h"
#include "base/measure.h"
#include "base/path.h"
#include "base/remove.h"
#include "state/layers.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <time.h>

static const char prefix[] = ".new-";

static int fail_shelf(struct error *err, const char *shelf)
{
	(void)fail(err, ERROR_SYSTEM, errno, "cannot keep a layer in %s", Q(shelf));
	(void)fail_at(err, CALL_NONE, shelf);
	return layers_explain(err, shelf);
}

/* Waits: others hold it for a moment. A lock goes with its descriptor, so each holder opens the shelf anew. */
static int lock_shelf(int shelf_fd)
{
	_cleanup_fd_ int fd = openat(shelf_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	while (fd >= 0 && flock(fd, LOCK_EX) < 0)
		if (errno != EINTR)
			return -1;
	return TAKE_FD(fd);
}

static void random_name(char name[static 16])
{
	uint32_t r = 0;

	/* Early after boot there may be none; a name that is taken is tried again. */
	if (getrandom(&r, sizeof(r), GRND_NONBLOCK) < 0)
		r = (uint32_t)getpid() ^ (uint32_t)clock();
	(void)snprintf(name, 16, "%s%08x", prefix, r);
}

/* ---- what killed makers left ---- */

static bool is_there(int dir_fd, const char *name)
{
	struct stat st;

	return fstatat(dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

/* A description whose layer is not there, of a name that describes or of a stage. */
static bool is_orphan(int shelf_fd, const char *name)
{
	size_t n = strlen(name), suffix = strlen(LAYER_SUFFIX);
	char layer[NAME_MAX + 1];

	if (n <= suffix || n > NAME_MAX || strcmp(name + n - suffix, LAYER_SUFFIX) != 0)
		return false;
	(void)snprintf(layer, sizeof(layer), "%.*s", (int)(n - suffix), name);
	return !is_there(shelf_fd, layer);
}

/* Takes the lock of a tree that has no maker any more. */
static bool is_left(int shelf_fd, const char *name, int *ret_lock)
{
	if (strncmp(name, prefix, strlen(prefix)) != 0)
		return false;
	*ret_lock = openat(shelf_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	/* EACCES: its maker had given it its final mode, which may forbid even this, and was about to end. */
	return *ret_lock < 0 ? errno == EACCES : flock(*ret_lock, LOCK_EX | LOCK_NB) == 0;
}

void stage_leftovers(int shelf_fd, void (*f)(void *arg, int shelf_fd, const char *name), void *arg)
{
	_cleanup_fd_ int lock = lock_shelf(shelf_fd);
	_cleanup_(dirstack_release) struct dirstack s = { 0 };
	_cleanup_fd_ int fd = openat(shelf_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat st;
	const char *name;

	if (lock < 0 || fd < 0 || fstat(fd, &st) < 0)
		return;
	dirstack_push(&s, TAKE_FD(fd), &st);
	if (dirstack_list(&s) < 0)
		return;
	while ((name = dirstack_next(&s))) {
		_cleanup_fd_ int tree_fd = -EBADF;

		if (is_left(shelf_fd, name, &tree_fd))
			f(arg, shelf_fd, name);
	}
	/* Once the trees are gone: descriptions of them are orphans too. */
	dirstack_last(&s)->next = 0;
	while ((name = dirstack_next(&s)))
		if (is_orphan(shelf_fd, name))
			f(arg, shelf_fd, name);
}

static void sweep(void *unused, int shelf_fd, const char *name)
{
	struct error ignored;

	(void)unused;
	(void)remove_tree(shelf_fd, name, &ignored);
}

int stage_discard(int shelf_fd, const char *name, struct error *err)
{
	char gone[16];

	do
		random_name(gone);
	while (is_there(shelf_fd, gone));
	if (renameat(shelf_fd, name, shelf_fd, gone) < 0) {
		(void)fail(err, ERROR_SYSTEM, errno, "cannot remove the layer %s", Q(name));
		return fail_at(err, CALL_NONE, name);
	}
	return remove_tree(shelf_fd, gone, err);
}

/* ---- begin ---- */

/* An empty directory with a lock; its descriptor. -1 with errno. */
static int make_locked(int dir_fd, const char *name)
{
	_cleanup_fd_ int fd = -EBADF;

	if (mkdirat(dir_fd, name, S_IRWXU) < 0)
		return -1;
	fd = openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return -1;
	/* What the home has as a default for new files (acl(5)) is none of the layer's: without one that is no error. */
	(void)fremovexattr(fd, "system.posix_acl_default");
	(void)fremovexattr(fd, "system.posix_acl_access");
	return flock(fd, LOCK_EX | LOCK_NB) < 0 ? -1 : TAKE_FD(fd);
}

static int make_tree(struct stage *stage)
{
	_cleanup_fd_ int lock = lock_shelf(stage->shelf_fd);

	if (lock < 0)
		return -1;
	do {
		random_name(stage->name);
		stage->fd = make_locked(stage->shelf_fd, stage->name);
	} while (stage->fd < 0 && errno == EEXIST);
	if (stage->fd < 0)
		stage->name[0] = '\0';
	return stage->fd < 0 ? -1 : 0;
}

int stage_beside(struct arena *arena, int dir_fd, const char *layer, const char **ret_name,
		 int *ret_holder)
{
	_cleanup_fd_ int lock = lock_shelf(dir_fd), left = -EBADF;
	struct error err;

	*ret_name = arena_printf(arena, "%s%.*s", prefix, (int)(NAME_MAX - strlen(prefix)), layer);
	if (lock < 0)
		return -1;
	left = openat(dir_fd, *ret_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (left >= 0 && flock(left, LOCK_EX | LOCK_NB) < 0) {
		*ret_holder = TAKE_FD(left);
		return -1;
	}
	if (left < 0 && errno != ENOENT)
		return -1;
	if (left >= 0 && remove_tree(dir_fd, *ret_name, &err) < 0) {
		errno = err.sys;
		return -1;
	}
	return make_locked(dir_fd, *ret_name);
}

int stage_open(struct arena *arena, const char *home, struct stage *ret, struct error *err)
{
	*ret = (struct stage){ .shelf_fd = -EBADF, .fd = -EBADF };
	ret->shelf_fd = layers_open(arena, home, true, &ret->shelf, err);
	if (ret->shelf_fd < 0)
		return -1;
	stage_leftovers(ret->shelf_fd, sweep, NULL);
	if (make_tree(ret) == 0)
		return 0;
	(void)fail_shelf(err, ret->shelf);
	stage_release(ret);
	return -1;
}

void stage_release(struct stage *stage)
{
	struct error ignored;

	if (stage->name[0])
		(void)remove_tree(stage->shelf_fd, stage->name, &ignored);
	stage->name[0] = '\0';
	stage->fd = close_fd(stage->fd);
	stage->shelf_fd = close_fd(stage->shelf_fd);
}

/* ---- publish ---- */

int stage_check_name(const struct stage *stage, const char *name, struct error *err)
{
	if (!is_there(stage->shelf_fd, name))
		return 0;
	(void)fail(err, ERROR_SPEC, 0, "there is a layer %s already", Q(name));
	error_explain(err, "layer-exists", NULL, NULL);
	return fail_at(err, CALL_NONE, name);
}

static int write_description(int shelf_fd, const char *name, const struct saved_layer *layer)
{
	_cleanup_text_ struct text text = { 0 };
	_cleanup_fd_ int fd = openat(shelf_fd, name,
				     O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd < 0)
		return -1;
	layers_describe(layer, &text);
	if (write(fd, text_str(&text), text.len) != (ssize_t)text.len)
		return -1;
	return 0;
}

/* With the shelf locked, so that the name is still free at the rename. The description comes first: without it there would be a layer whose origin nobody knows. */
static int give_name(struct arena *arena, struct stage *stage, const struct saved_layer *layer,
		     struct error *err)
{
	const char *temporary = arena_concat(arena, stage->name, "", LAYER_SUFFIX);
	const char *description = arena_concat(arena, layer->name, "", LAYER_SUFFIX);
	_cleanup_fd_ int lock = lock_shelf(stage->shelf_fd);

	if (lock < 0)
		return fail_shelf(err, stage->shelf);
	if (stage_check_name(stage, layer->name, err) < 0)
		return -1;
	if (write_description(stage->shelf_fd, temporary, layer) < 0 || syncfs(stage->fd) < 0 ||
	    renameat(stage->shelf_fd, temporary, stage->shelf_fd, description) < 0 ||
	    renameat(stage->shelf_fd, stage->name, stage->shelf_fd, layer->name) < 0) {
		(void)fail_shelf(err, stage->shelf);
		(void)unlinkat(stage->shelf_fd, temporary, 0);
		return -1;
	}
	stage->name[0] = '\0';
	(void)fsync(stage->shelf_fd);
	return 0;
}

int stage_publish(struct arena *arena, struct stage *stage, struct saved_layer *layer,
		  struct error *err)
{
	struct tree_size size = { 0 };

	layer->created = time(NULL);
	layer->path = path_join(arena, stage->shelf, layer->name);
	tree_measure(stage->shelf_fd, stage->name, &size);
	layer->size = size.bytes;
	layer->objects = size.objects - 1; /* the tree itself is none */
	return give_name(arena, stage, layer, err);
}
