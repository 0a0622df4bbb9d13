// SPDX-License-Identifier: MIT
/*
 * A new tree for a layer: what it has, then the box's items over that. What an item meets there (kernel.org, overlayfs.rst, of an
 * upper over a lower):
 *
 *   directory   a directory: gets its metadata, and loses what is in it when the item is opaque
 *               anything else: takes its place, and is opaque, as the layer hid what is below
 *   object      takes the place of anything
 *   whiteout    takes the place of anything; none is left where nothing is to be hidden: in an opaque directory, or where
 *               nothing below the layer has the name
 */
#include "base/cleanup.h"
#include "base/dirstack.h"
#include "base/error.h"
#include "base/path.h"
#include "base/remove.h"
#include "changes/lowers.h"
#include "changes/merge.h"
#include "changes/save_parts.h"

#include <fcntl.h>
#include <linux/limits.h>
#include <string.h>
#include <sys/xattr.h>

struct putting {
	struct saving save;
	const struct merge *m;
	dev_t dev; /* of the layer */
};

/* ---- the clone ---- */

static bool is_refused_link(int sys)
{
	/* protected_hardlinks (proc_sys_fs(5)); too many names; a file system without hard links. */
	return sys == EPERM || sys == EMLINK || sys == EOPNOTSUPP;
}

static int clone_object(struct saving *s, struct layer_item *item)
{
	const char *name;
	int dir_fd = save_parent(s, item->path, &name);

	if (dir_fd >= 0 && linkat(item->dir_fd, item->name, dir_fd, name, 0) == 0)
		return 0;
	if (dir_fd < 0 || !is_refused_link(errno))
		return save_failed(s, item);
	item->kind = is_whiteout(&item->st) ? LAYER_WHITEOUT : LAYER_OBJECT;
	return save_item(s, item, s->err);
}

static int clone_entry(struct putting *p, struct dirstack *stack)
{
	_cleanup_text_ struct text path = { 0 }, place = { 0 };
	struct layer_item item = { .dir_fd = dirstack_last(stack)->fd,
				   .name = dirstack_last(stack)->name };
	int fd;

	dirstack_path(stack, &path);
	text_printf(&place, "%s/%s", p->m->layer, text_str(&path));
	item.path = text_str(&path);
	item.place = text_str(&place);
	if (fstatat(item.dir_fd, item.name, &item.st, AT_SYMLINK_NOFOLLOW) < 0)
		return save_failed(&p->save, &item);
	if (item.st.st_dev != p->dev) {
		errno = EXDEV;
		return save_failed(&p->save, &item);
	}
	if (!S_ISDIR(item.st.st_mode))
		return clone_object(&p->save, &item);
	item.kind = LAYER_DIRECTORY;
	if (save_item(&p->save, &item, p->save.err) < 0)
		return -1;
	fd = openat(item.dir_fd, item.name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return save_failed(&p->save, &item);
	dirstack_push(stack, fd, &item.st);
	return dirstack_list(stack) < 0 ? save_failed(&p->save, &item) : 0;
}

static int clone_root(struct putting *p, struct dirstack *stack)
{
	struct layer_item item = { .kind = LAYER_DIRECTORY,
				   .place = p->m->layer,
				   .path = "",
				   .dir_fd = p->m->layer_fd,
				   .name = "." };
	int fd = openat(p->m->layer_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &item.st) < 0) {
		(void)close_fd(fd);
		return save_failed(&p->save, &item);
	}
	p->dev = item.st.st_dev;
	dirstack_push(stack, fd, &item.st);
	if (dirstack_list(stack) < 0)
		return save_failed(&p->save, &item);
	return save_item(&p->save, &item, p->save.err);
}

static int clone(struct putting *p)
{
	_cleanup_(dirstack_release) struct dirstack stack = { 0 };

	/* Whiteouts in files (overlay.whiteout), opaque directories: a layer has them all on purpose. */
	p->save.kept = MARK_PREFIX;
	if (clone_root(p, &stack) < 0)
		return -1;
	for (;;) {
		if (dirstack_next(&stack)) {
			if (clone_entry(p, &stack) < 0)
				return -1;
		} else if (stack.v.count == 1) {
			p->save.kept = ESCAPED_PREFIX;
			return 0;
		} else if (dirstack_pop(&stack) < 0) {
			(void)fail(p->save.err, ERROR_SYSTEM, errno, "cannot read %s",
				   Q(p->m->layer));
			return fail_at(p->save.err, CALL_NONE, p->m->layer);
		}
	}
}

/* ---- items over it ---- */

/* An attribute that cannot be removed is one that every object has (labels). */
static void strip(int fd)
{
	char list[XATTR_LIST_MAX];
	ssize_t size = flistxattr(fd, list, sizeof(list));

	for (ssize_t at = 0; at < size; at += (ssize_t)strlen(list + at) + 1) {
		bool mark = strncmp(list + at, MARK_PREFIX, strlen(MARK_PREFIX)) == 0 &&
			    strncmp(list + at, ESCAPED_PREFIX, strlen(ESCAPED_PREFIX)) != 0;

		if (!mark)
			(void)fremovexattr(fd, list + at);
	}
}

/* What the tree has for the item goes. */
static int clear_place(struct putting *p, const struct layer_item *item)
{
	const char *name;
	int dir_fd = save_parent(&p->save, item->path, &name);

	if (dir_fd < 0)
		return save_failed(&p->save, item);
	if (remove_tree(dir_fd, name, p->save.err) < 0)
		return -1;
	save_forget(&p->save);
	return 0;
}

/* What the tree has at the item's place: the type of it, 0 for nothing. -1 with *err. */
static int look(struct putting *p, const struct layer_item *item, mode_t *ret_type)
{
	const char *name;
	int dir_fd = save_parent(&p->save, item->path, &name);
	struct stat st;

	*ret_type = 0;
	if (dir_fd >= 0 && fstatat(dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
		*ret_type = st.st_mode & S_IFMT;
	else if (dir_fd < 0 || errno != ENOENT)
		return save_failed(&p->save, item);
	return 0;
}

static int clear_directory(struct putting *p, const struct layer_item *item)
{
	_cleanup_fd_ int fd = save_open(&p->save, item->path, O_RDONLY | O_DIRECTORY);

	if (fd < 0)
		return save_failed(&p->save, item);
	strip(fd);
	if (item->opaque && remove_contents(fd, p->save.err) < 0)
		return -1;
	save_forget(&p->save);
	return 0;
}

static int put_directory(struct putting *p, struct layer_item *item)
{
	mode_t type = S_IFDIR;
	int answer = 0;

	if (*item->path && look(p, item, &type) < 0)
		return -1;
	if (S_ISDIR(type)) {
		answer = clear_directory(p, item);
	} else if (type) {
		item->opaque = true;
		answer = clear_place(p, item);
	}
	return answer < 0 ? -1 : save_item(&p->save, item, p->save.err);
}

/* A directory of the tree above the item hides all that is below the layer. */
static bool is_hidden(const struct putting *p, const char *path)
{
	_cleanup_text_ struct text above = { 0 };

	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		_cleanup_fd_ int fd = -EBADF;

		text_clear(&above);
		text_add_bytes(&above, path, (size_t)(slash - path));
		fd = save_open(&p->save, text_str(&above), O_RDONLY | O_DIRECTORY);
		if (fd >= 0 && is_opaque(fd))
			return true;
	}
	return false;
}

/* The overlay that shows the place: the innermost one. */
static size_t source_of(const struct changes *c, const char *place)
{
	size_t best = SIZE_MAX, longest = 0;

	for (size_t i = 0; i < c->sources.count; i++) {
		size_t n = strlen(c->sources.items[i].place);

		if (path_below(place, c->sources.items[i].place) && n > longest) {
			longest = n;
			best = i;
		}
	}
	return best;
}

/* Something below the layer has the name. When that cannot be told, it is taken for granted: then it stays hidden. */
static bool has_below(const struct putting *p, const char *place)
{
	size_t index = source_of(p->m->c, place);
	const struct change_source *source;
	struct lower_dir below = { 0 }, dir = { 0 };
	_cleanup_text_ struct text parent = { 0 };
	const char *rest, *slash;
	struct lower_entry entry;
	bool found = true;

	if (index == SIZE_MAX)
		return true;
	source = &p->m->c->sources.items[index];
	rest = path_relative(place, source->place);
	slash = strrchr(rest, '/');
	text_add_bytes(&parent, rest, slash ? (size_t)(slash - rest) : 0);
	for (size_t i = p->m->stacked[index]; i < source->lowers->count; i++)
		lower_dir_add(&below, fcntl(lower_dir_fd(source->lowers, i), F_DUPFD_CLOEXEC, 3));
	if (below.count && lower_open(&below, text_str(&parent), &dir) == 0)
		found = lower_lookup(&dir, slash ? slash + 1 : rest, &entry) != LOWER_NONE;
	lower_dir_release(&dir);
	lower_dir_release(&below);
	return found;
}

static int put_item(void *arg, const struct layer_item *given, struct error *err)
{
	struct putting *p = arg;
	struct layer_item item = *given;

	/* A directory on the way to the place that the layer stands for. */
	if (!path_below(item.place, p->m->at))
		return 0;
	p->save.err = err;
	item.path = path_relative(item.place, p->m->at);
	if (item.kind == LAYER_DIRECTORY)
		return put_directory(p, &item);
	if (clear_place(p, &item) < 0)
		return -1;
	if (item.kind == LAYER_WHITEOUT && (is_hidden(p, item.path) || !has_below(p, item.place)))
		return 0;
	return save_item(&p->save, &item, err);
}

static void putting_release(struct putting *p)
{
	save_release(&p->save);
}

int merge_make(const struct merge *m, int to_fd, struct error *err)
{
	_cleanup_(putting_release) struct putting p = { .save = save_begin(to_fd, m->layer),
							.m = m };

	p.save.err = err;
	if (clone(&p) < 0 || layer_walk(m->c, put_item, &p, err) < 0)
		return -1;
	return save_finish(&p.save, err);
}
