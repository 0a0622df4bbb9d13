// SPDX-License-Identifier: MIT
/* Where profiles are: finding one by its name, reading it whole, listing all. */
#include "read/profile.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/table.h"
#include "base/text.h"
#include "plan/plan.h"
#include "read/take.h"
#include "read/value.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
	DIRS = 4,
	DEPTH_MAX = 16, /* of includes */
	HEAD_SIZE = 256, /* of a file, for its description */
};

struct search {
	const char *dirs[DIRS]; /* NULL: there is none */
};

/*
 * The caller's own first, that of the including file last: so profiles that lie together find each other wherever they
 * are. The XDG base directory specification: a relative path is invalid and to be ignored.
 */
static struct search search_of(struct arena *arena, const char *home,
			       const struct profile_file *from)
{
	struct search s = { { NULL, "/etc/nacre/profiles", NACRE_DATADIR "/profiles",
			      from ? path_parent(arena, from->path) : NULL } };
	const char *config = getenv("XDG_CONFIG_HOME");

	if (config && *config == '/')
		s.dirs[0] = path_join(arena, path_absolute(arena, "/", config), "nacre/profiles");
	else if (home)
		s.dirs[0] = path_join(arena, home, ".config/nacre/profiles");
	return s;
}

static bool name_fits(const char *name)
{
	struct error ignored;

	return value_name(name, &ignored) == 0;
}

/* ---- the list ---- */

/* What can be shown of a line. */
static size_t printable(const char *s, size_t n)
{
	size_t at = 0, len;
	uint32_t code;

	while ((len = utf8_decode(s + at, n - at, &code)) && !code_is_control(code))
		at += len;
	return at;
}

/* The first line of a file, when it is a comment. */
static const char *describe(struct arena *arena, int dir_fd, const char *name)
{
	_cleanup_fd_ int fd = openat(dir_fd, name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	char head[HEAD_SIZE + 1];
	ssize_t n = fd < 0 ? -1 : read(fd, head, HEAD_SIZE);
	const char *at = head;

	if (n <= 0 || *head != '#')
		return "";
	head[n] = '\0';
	at += strspn(at, "# \t");
	return arena_strndup(arena, at, printable(at, (size_t)(head + n - at)));
}

static bool listed(const struct profile_list *list, const char *name)
{
	for (size_t i = 0; i < list->v.count; i++)
		if (strcmp(list->v.items[i].name, name) == 0)
			return true;
	return false;
}

static int unreadable(struct error *err, int sys, const char *path)
{
	(void)fail(err, ERROR_SPEC, sys, "cannot read %s", Q(path));
	error_explain(err, "profile-unreadable", NULL, NULL);
	return -1;
}

static int list_dir(struct arena *arena, const char *dir, struct profile_list *list,
		    struct error *err)
{
	_cleanup_dir_ DIR *stream = opendir(dir);
	struct dirent *entry;

	if (!stream && (errno == ENOENT || errno == ENOTDIR))
		return 0;
	if (!stream)
		return unreadable(err, errno, dir);
	while ((entry = readdir(stream))) {
		struct profile_entry *e;
		struct stat st;

		if (!name_fits(entry->d_name) || listed(list, entry->d_name) ||
		    fstatat(dirfd(stream), entry->d_name, &st, 0) < 0 || !S_ISREG(st.st_mode))
			continue;
		e = VECTOR_ADD(arena, &list->v);
		e->name = arena_strdup(arena, entry->d_name);
		e->dir = dir;
		e->description = describe(arena, dirfd(stream), entry->d_name);
	}
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct profile_entry *)a)->name,
		      ((const struct profile_entry *)b)->name);
}

int profile_list(struct arena *arena, const char *home, struct profile_list *ret, struct error *err)
{
	struct search s = search_of(arena, home, NULL);

	*ret = (struct profile_list){ 0 };
	for (size_t i = 0; i < DIRS; i++)
		if (s.dirs[i] && list_dir(arena, s.dirs[i], ret, err) < 0)
			return -1;
	if (ret->v.count)
		qsort(ret->v.items, ret->v.count, sizeof(*ret->v.items), by_name);
	return 0;
}

/* ---- one of them ---- */

static const char *next_profile(size_t i, const void *list)
{
	const struct profile_list *l = list;

	return i < l->v.count ? l->v.items[i].name : NULL;
}

static int unknown(struct plan *plan, const char *word, const struct profile_file *from,
		   struct error *err)
{
	struct search s = search_of(&plan->arena, plan->home, from);
	struct profile_list list;
	struct error ignored;
	const char *near = NULL;

	(void)fail(err, ERROR_SPEC, 0, "there is no profile %s", Q(word));
	error_explain(err, "profile-missing", NULL, NULL);
	for (size_t i = 0; i < DIRS; i++)
		if (s.dirs[i])
			error_fact(err, "looked in %s", Q(s.dirs[i]));
	if (profile_list(&plan->arena, plan->home, &list, &ignored) == 0)
		near = nearest_word(word, next_profile, &list);
	if (!from && *word && access(word, F_OK) == 0)
		error_set_fix(err, "write ./%s for the file of the working directory", Q(word));
	else if (near)
		error_set_fix(err, "did you mean %s?", near);
	return fail_at(err, CALL_NONE, word);
}

static bool is_read(const struct profile_file *from, const struct stat *st)
{
	for (; from; from = from->from)
		if (from->dev == st->st_dev && from->ino == st->st_ino)
			return true;
	return false;
}

static int circle(struct error *err, const char *word)
{
	(void)fail(err, ERROR_SPEC, 0, "the profile %s includes itself", Q(word));
	error_explain(err, "profile-include", NULL, NULL);
	return fail_at(err, CALL_NONE, word);
}

/* The file of a name; its path, or NULL with *err. */
static const char *find_name(struct plan *plan, const char *name, const struct profile_file *from,
			     struct error *err)
{
	struct search s = search_of(&plan->arena, plan->home, from);
	bool met = false;

	for (size_t i = 0; i < DIRS && name_fits(name); i++) {
		const char *path = s.dirs[i] ? path_join(&plan->arena, s.dirs[i], name) : NULL;
		struct stat st;

		if (!path)
			continue;
		if (stat(path, &st) < 0) {
			if (errno == ENOENT || errno == ENOTDIR)
				continue;
			(void)unreadable(err, errno, path);
			return NULL;
		}
		if (!is_read(from, &st))
			return path;
		met = true;
	}
	(void)(met ? circle(err, name) : unknown(plan, name, from, err));
	return NULL;
}

/* Of a word with a slash. */
static const char *find_file(struct plan *plan, const char *word, const struct profile_file *from,
			     struct error *err)
{
	const char *path;

	if (!from)
		return path_absolute(&plan->arena, plan->cwd, word);
	path = path_meant(&plan->arena, plan, true, word);
	if (!path) {
		(void)spec_fail(err, "profile-home", word, NULL,
				"%s is in the home directory, and HOME does not name one", Q(word));
		return NULL;
	}
	return *word == '/' || *word == '~'
		       ? path
		       : path_absolute(&plan->arena, path_parent(&plan->arena, from->path), word);
}

/* Looked at before it is opened: to open a device can do something, and a pipe would be waited for. */
static int open_file(const char *path, const char *word, struct profile_file *file,
		     struct error *err)
{
	struct stat st;
	int fd;

	if (stat(path, &st) < 0) {
		if (errno != ENOENT && errno != ENOTDIR)
			return unreadable(err, errno, path);
		(void)fail(err, ERROR_SPEC, errno, "there is no profile %s", Q(path));
		error_explain(err, "profile-missing", NULL, NULL);
		return fail_at(err, CALL_NONE, word);
	}
	if (!S_ISREG(st.st_mode)) {
		(void)fail(err, ERROR_SPEC, 0, "%s is not a file", Q(path));
		error_explain(err, "profile-no-file", NULL, NULL);
		return fail_at(err, CALL_NONE, word);
	}
	if (is_read(file->from, &st))
		return circle(err, word);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return unreadable(err, errno, path);
	file->path = path;
	file->dev = st.st_dev;
	file->ino = st.st_ino;
	return fd;
}

static int read_whole(int fd, const char *path, size_t *left, struct text *out, struct error *err)
{
	char chunk[4096];
	ssize_t n;

	while ((n = read(fd, chunk, sizeof(chunk))) > 0) {
		if ((size_t)n > *left) {
			(void)fail(err, ERROR_SPEC, 0, "%s is too long for a profile", Q(path));
			error_explain(err, "profile-size", NULL, NULL);
			return -1;
		}
		*left -= (size_t)n;
		text_add_bytes(out, chunk, (size_t)n);
	}
	return n < 0 ? unreadable(err, errno, path) : 0;
}

int profile_load(struct plan *plan, const char *word, const struct profile_file *from, size_t *left,
		 struct profile_file *ret, struct text *ret_text, struct error *err)
{
	const struct profile_file *up = from;
	_cleanup_fd_ int fd = -EBADF;
	const char *path;
	int depth = 0;

	*ret = (struct profile_file){ .from = from };
	for (; up; up = up->from)
		depth++;
	if (depth >= DEPTH_MAX) {
		(void)fail(err, ERROR_SPEC, 0, "more than %d profiles include one another",
			   DEPTH_MAX);
		error_explain(err, "profile-include", NULL, NULL);
		return fail_at(err, CALL_NONE, word);
	}
	path = strchr(word, '/') ? find_file(plan, word, from, err)
				 : find_name(plan, word, from, err);
	if (!path)
		return -1;
	fd = open_file(path, word, ret, err);
	return fd < 0 ? -1 : read_whole(fd, path, left, ret_text, err);
}
