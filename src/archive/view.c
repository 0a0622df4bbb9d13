// SPDX-License-Identifier: MIT
/* Merging names of uppers and lowers, one directory after another. */
#include "archive/view.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "changes/lowers.h"
#include "changes/names.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>

/* As in the walk of the changes: deeper was made to break who walks it. */
enum { DEPTH_MAX = 2048 };

/* A merged directory. */
struct view {
	int upper_fd; /* -EBADF: none */
	struct lower_dir lowers;
};

struct viewing {
	const struct changes *c;
	layer_taker *take;
	void *arg;
	struct text box; /* path of the directory in the box */
	size_t top; /* how much of that is above what was asked for */
	unsigned depth;
	struct error *err;
};

static void view_release(struct view *v)
{
	v->upper_fd = close_fd(v->upper_fd);
	lower_dir_release(&v->lowers);
}

static void viewing_release(struct viewing *w)
{
	text_release(&w->box);
}

static int fail_here(struct viewing *w)
{
	const char *path = w->box.len ? text_str(&w->box) : "/";

	(void)fail(w->err, ERROR_SYSTEM, errno, "cannot read %s of the box", Q(path));
	return fail_at(w->err, CALL_NONE, path);
}

/* ---- where a view begins ---- */

static const struct change_source *source_at(const struct changes *c, const char *place)
{
	for (size_t i = c->sources.count; i-- > 0;)
		if (strcmp(c->sources.items[i].place, place) == 0)
			return &c->sources.items[i];
	return NULL;
}

static int open_source_view(const struct change_source *source, struct view *ret)
{
	*ret = (struct view){ .upper_fd = -EBADF };
	if (source->upper_fd >= 0)
		ret->upper_fd = fcntl(source->upper_fd, F_DUPFD_CLOEXEC, 3);
	for (size_t i = 0; i < source->lowers->count; i++) {
		int fd = fcntl(lower_dir_fd(source->lowers, i), F_DUPFD_CLOEXEC, 3);

		if (fd < 0)
			return -1;
		lower_dir_add(&ret->lowers, fd);
	}
	return 0;
}

/* The root of the box. */
static int open_root(const struct changes *c, struct view *ret)
{
	const struct change_source *source = source_at(c, "/");
	int fd;

	if (source)
		return open_source_view(source, ret);
	*ret = (struct view){ .upper_fd = -EBADF };
	fd = sys_open(c->record.base, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0)
		lower_dir_add(&ret->lowers, fd);
	return fd < 0 ? -1 : 0;
}

/* ---- one name ---- */

/* Where a name is, in the upper or in one of the lowers; dir_fd is -EBADF when it is nowhere. */
struct found {
	int dir_fd;
	struct stat st;
	bool in_upper, in_lowers;
	size_t layer;
};

static int find(const struct view *v, const char *name, struct found *ret)
{
	struct lower_entry found;
	int answer;

	*ret = (struct found){ .dir_fd = -EBADF };
	if (v->upper_fd >= 0 && fstatat(v->upper_fd, name, &ret->st, AT_SYMLINK_NOFOLLOW) == 0) {
		if (is_whiteout(&ret->st))
			return 0;
		ret->dir_fd = v->upper_fd;
		ret->in_upper = true;
		if (!S_ISDIR(ret->st.st_mode))
			return 0;
	} else if (v->upper_fd >= 0 && errno != ENOENT) {
		return -1;
	}
	answer = v->lowers.count ? lower_lookup(&v->lowers, name, &found) : LOWER_NONE;
	if (answer)
		return answer < 0 ? -1 : 0;
	ret->in_lowers = true;
	ret->layer = found.layer;
	if (!ret->in_upper) {
		ret->st = found.st;
		ret->dir_fd = lower_dir_fd(&v->lowers, ret->layer);
	}
	return 0;
}

static uint64_t mount_of(int fd)
{
	struct statx stx;

	return statx(fd, "", AT_EMPTY_PATH, STATX_MNT_ID, &stx) == 0 ? stx.stx_mnt_id : 0;
}

/* A mount that lies over a lower directory is not seen through an overlay. */
static void leave_out_mounts(const struct view *above, struct lower_dir *lowers)
{
	if (lowers->count && above->lowers.count &&
	    mount_of(lower_dir_fd(lowers, 0)) != mount_of(lower_dir_fd(&above->lowers, 0)))
		lower_dir_release(lowers);
}

/* The directory that was found. -1 with errno. */
static int enter(const struct view *v, const char *name, const struct found *f, struct view *ret)
{
	*ret = (struct view){ .upper_fd = -EBADF };
	if (f->in_upper) {
		ret->upper_fd = openat(v->upper_fd, name,
				       O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (ret->upper_fd < 0)
			return -1;
		if (is_opaque(ret->upper_fd))
			return 0;
	}
	if (!f->in_lowers)
		return 0;
	if (lower_enter(&v->lowers, name, f->layer, &ret->lowers) < 0)
		return -1;
	return 0;
}

/* ---- all of it ---- */

static int give(struct viewing *w, int dir_fd, const char *name, const struct stat *st)
{
	const char *place = w->box.len ? text_str(&w->box) : "/";
	const char *path = w->box.len ? place + w->top : "";
	struct layer_item item = {
		.kind = S_ISDIR(st->st_mode) ? LAYER_DIRECTORY : LAYER_OBJECT,
		.place = place,
		.path = *path == '/' ? path + 1 : path,
		.dir_fd = dir_fd,
		.name = name,
		.st = *st,
	};

	return w->take(w->arg, &item, w->err);
}

/* A directory, by itself. */
static int give_view(struct viewing *w, const struct view *v)
{
	int fd = v->upper_fd >= 0 ? v->upper_fd : lower_dir_fd(&v->lowers, 0);
	struct stat st;

	return fstat(fd, &st) < 0 ? fail_here(w) : give(w, fd, ".", &st);
}

static int view_directory(struct viewing *w, const struct view *v);

/* A directory whose path is in w->box: an overlay of the box begins there, or it is part of v. */
static int view_below(struct viewing *w, const struct view *v, const char *name,
		      const struct found *f)
{
	_cleanup_(view_release) struct view below = { .upper_fd = -EBADF };
	const struct change_source *source = source_at(w->c, text_str(&w->box));
	bool own = source && (source->upper_fd >= 0 || source->lowers->count);

	if ((own ? open_source_view(source, &below) : enter(v, name, f, &below)) < 0)
		return fail_here(w);
	if (!own)
		leave_out_mounts(v, &below.lowers);
	if ((own ? give_view(w, &below) : give(w, f->dir_fd, name, &f->st)) < 0)
		return -1;
	return view_directory(w, &below);
}

static int view_name(struct viewing *w, const struct view *v, const char *name)
{
	struct found f;
	size_t len = w->box.len;
	int answer;

	if (find(v, name, &f) < 0)
		return fail_here(w);
	if (f.dir_fd < 0)
		return 0;
	text_printf(&w->box, "/%s", name);
	answer = S_ISDIR(f.st.st_mode) ? view_below(w, v, name, &f)
				       : give(w, f.dir_fd, name, &f.st);
	w->box.len = len;
	w->box.data[len] = '\0';
	return answer;
}

static int view_directory(struct viewing *w, const struct view *v)
{
	_cleanup_(names_release) struct names names = { 0 };

	if (++w->depth > DEPTH_MAX) {
		errno = ELOOP;
		return fail_here(w);
	}
	if ((v->upper_fd >= 0 && names_read(&names, v->upper_fd) < 0) ||
	    lower_names(&v->lowers, &names) < 0)
		return fail_here(w);
	names_sort(&names);
	for (size_t i = 0; i < names.count; i++)
		if (view_name(w, v, names.v[i]) < 0)
			return -1;
	w->depth--;
	return 0;
}

/* From the root of the box to the directory that is asked for. */
static int descend(struct viewing *w, const char *dir, struct view *v)
{
	for (const char *at = dir; *at == '/' && at[1];) {
		_cleanup_(view_release) struct view above = *v;
		size_t n = strcspn(at + 1, "/");
		char name[NAME_MAX + 1];
		const struct change_source *source;
		struct found f;

		*v = (struct view){ .upper_fd = -EBADF };
		text_add_bytes(&w->box, at, n + 1);
		(void)snprintf(name, sizeof(name), "%.*s", (int)n, at + 1);
		at += n + 1;
		source = source_at(w->c, text_str(&w->box));
		if (source) {
			if (open_source_view(source, v) < 0)
				return fail_here(w);
			continue;
		}
		if (find(&above, name, &f) < 0)
			return fail_here(w);
		errno = f.dir_fd < 0 ? ENOENT : ENOTDIR;
		if (f.dir_fd < 0 || !S_ISDIR(f.st.st_mode) || enter(&above, name, &f, v) < 0)
			return fail_here(w);
	}
	return 0;
}

int view_walk(const struct changes *c, const char *dir, layer_taker *take, void *arg,
	      struct error *err)
{
	_cleanup_(
		viewing_release) struct viewing w = { .c = c, .take = take, .arg = arg, .err = err };
	_cleanup_(view_release) struct view v = { .upper_fd = -EBADF };

	if (open_root(c, &v) < 0)
		return fail_here(&w);
	if (descend(&w, dir, &v) < 0)
		return -1;
	w.top = w.box.len;
	if (give_view(&w, &v) < 0)
		return -1;
	return view_directory(&w, &v);
}
