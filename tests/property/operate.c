// SPDX-License-Identifier: MIT
/*
 * Random operations, as programs do them, on the tree in the working directory.
 *
 * What the kernel refuses (EXDEV for a directory of the base, EACCES, ESTALE) is left undone: only what the box shows in the
 * end counts. Every operation has random numbers of its own, so one more refusal does not turn all later ones into others.
 * The paths are those that were there at the beginning and those that were made; a path whose object is gone is where
 * something is made again.
 */
#include "objects.h"
#include "property.h"

#include "base/arena.h"
#include "base/cleanup.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRIES = 20 };

struct world {
	struct random random; /* of the operation at hand */
	struct arena arena;
	VECTOR(const char *) paths;
};

static void know(struct world *w, const char *path)
{
	(void)VECTOR_PUSH(&w->arena, &w->paths, arena_strdup(&w->arena, path));
}

static const char *below(struct world *w, const char *dir, const char *name)
{
	return *dir ? arena_concat(&w->arena, dir, "/", name) : name;
}

static void find_paths(struct world *w, int take_fd, const char *path)
{
	_cleanup_dir_ DIR *dir = fdopendir(take_fd);
	const struct dirent *entry;

	if (!dir) {
		(void)close_fd(take_fd);
		return;
	}
	while ((entry = readdir(dir))) {
		const char *child;
		int fd;

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		child = below(w, path, entry->d_name);
		know(w, child);
		fd = openat(dirfd(dir), entry->d_name,
			    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (fd >= 0)
			find_paths(w, fd, child);
	}
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* --- which object, and where --- */

static bool status_of(const struct place *p, struct stat *ret)
{
	return fstatat(p->dir_fd, p->name, ret, AT_SYMLINK_NOFOLLOW) == 0;
}

/* Some object of that type, or of any with 0. Its path, and its place, which is open; or NULL. */
static const char *pick(struct world *w, mode_t type, struct place *ret)
{
	for (int i = 0; i < TRIES; i++) {
		const char *path =
			w->paths.items[random_below(&w->random, (unsigned int)w->paths.count)];
		struct stat st;

		if (!place_open(path, ret))
			continue;
		if (status_of(ret, &st) && (type == 0 || (st.st_mode & S_IFMT) == type))
			return path;
		place_close(ret);
	}
	return NULL;
}

/* A path for a new object: in some directory under a new name, or one that is known; NULL when the directory cannot be had. */
static const char *pick_target(struct world *w, struct place *ret)
{
	struct place dir;
	const char *path = "";
	char name[NAME_MAX + 1];

	random_name(&w->random, name);
	if (random_chance(&w->random, 35)) {
		path = w->paths.items[random_below(&w->random, (unsigned int)w->paths.count)];
	} else {
		if (random_chance(&w->random, 80) && (path = pick(w, S_IFDIR, &dir)))
			place_close(&dir);
		path = arena_strdup(&w->arena, below(w, path ? path : "", name));
	}
	if (strlen(path) >= PATH_MAX / 2 || !place_open(path, ret))
		return NULL;
	know(w, path);
	return path;
}

/* --- operations --- */

static mode_t random_type(struct random *r)
{
	static const mode_t types[] = { S_IFREG, S_IFREG, S_IFREG, S_IFREG, S_IFDIR,
					S_IFDIR, S_IFDIR, S_IFLNK, S_IFIFO, S_IFSOCK };

	return types[random_below(r, ARRAY_LEN(types))];
}

/* Makes an object; in a directory some more, under new names or the ones that were known in it. */
static void make_at(struct world *w, const char *path, const struct place *p, mode_t type)
{
	size_t length = strlen(path), known = w->paths.count;
	char name[NAME_MAX + 1];
	struct place child;

	if (!make_object(p, type, &w->random) || type != S_IFDIR)
		return;
	for (size_t i = 0; i < known; i++) {
		const char *old = w->paths.items[i];

		if (strncmp(old, path, length) != 0 || old[length] != '/' ||
		    strchr(old + length + 1, '/'))
			continue;
		if (random_chance(&w->random, 30) && place_open(old, &child)) {
			(void)make_object(&child, random_type(&w->random), &w->random);
			place_close(&child);
		}
	}
	for (unsigned int count = random_below(&w->random, 3); count; count--) {
		random_name(&w->random, name);
		know(w, below(w, path, name));
		if (place_open(w->paths.items[w->paths.count - 1], &child)) {
			(void)make_object(&child, random_type(&w->random), &w->random);
			place_close(&child);
		}
	}
}

static void create(struct world *w)
{
	struct place p;
	const char *path = pick_target(w, &p);

	if (!path)
		return;
	make_at(w, path, &p, random_type(&w->random));
	place_close(&p);
}

static bool write_middle(int fd, struct random *r)
{
	struct stat st;

	return fstat(fd, &st) == 0 &&
	       lseek(fd, random_below(r, (unsigned int)st.st_size + 1), SEEK_SET) >= 0 &&
	       write_some(fd, r);
}

static bool truncate_somewhere(int fd, struct random *r)
{
	return ftruncate(fd, (off_t)(random_chance(r, 70) ? random_length(r)
							  : random_below(r, 200000))) == 0;
}

static bool write_nothing(int fd, struct random *r)
{
	(void)fd;
	(void)r;
	return true;
}

static const struct {
	int flags;
	bool (*edit)(int fd, struct random *r);
} edits[] = {
	{ O_TRUNC, write_some },     { O_TRUNC, write_nothing }, { O_APPEND, write_some },
	{ O_APPEND, write_nothing }, { 0, write_some },		 { 0, write_middle },
	{ 0, truncate_somewhere },   { 0, write_sparse },	 { 0, punch_hole },
};

static void edit(struct world *w)
{
	size_t i = random_below(&w->random, ARRAY_LEN(edits));
	struct place p;
	int fd;

	if (!pick(w, S_IFREG, &p))
		return;
	fd = openat(p.dir_fd, p.name, O_RDWR | O_NOFOLLOW | O_CLOEXEC | edits[i].flags);
	if (fd >= 0)
		(void)edits[i].edit(fd, &w->random);
	(void)close_fd(fd);
	place_close(&p);
}

/* Times changed and changed back: a copy-up, and nothing to see. */
static bool touch_and_back(const struct place *p, struct random *r)
{
	struct stat st;
	struct timespec old[2];

	if (!status_of(p, &st) || !change_times(p, r))
		return false;
	old[0] = st.st_atim;
	old[1] = st.st_mtim;
	return utimensat(p->dir_fd, p->name, old, AT_SYMLINK_NOFOLLOW) == 0;
}

static bool (*const metadata[])(const struct place *p, struct random *r) = {
	change_mode,	change_mode,   change_owner,	      change_times,
	touch_and_back, set_attribute, set_attribute,	      remove_attribute,
	set_acl,	remove_acl,    set_overlay_attribute,
};

static void change_metadata(struct world *w)
{
	struct place p;

	if (!pick(w, random_chance(&w->random, 30) ? S_IFDIR : 0, &p))
		return;
	(void)metadata[random_below(&w->random, ARRAY_LEN(metadata))](&p, &w->random);
	place_close(&p);
}

static void link_again(struct world *w)
{
	struct place from, to;

	if (!pick(w, random_chance(&w->random, 80) ? S_IFREG : 0, &from))
		return;
	if (pick_target(w, &to)) {
		(void)!linkat(from.dir_fd, from.name, to.dir_fd, to.name, 0);
		place_close(&to);
	}
	place_close(&from);
}

static void rename_somewhere(struct world *w)
{
	static const unsigned int flags[] = { 0, 0, 0, 0, RENAME_NOREPLACE, RENAME_EXCHANGE };
	struct place from, to;

	if (!pick(w, random_chance(&w->random, 25) ? S_IFDIR : 0, &from))
		return;
	if (pick_target(w, &to)) {
		(void)renameat2(from.dir_fd, from.name, to.dir_fd, to.name,
				flags[random_below(&w->random, ARRAY_LEN(flags))]);
		place_close(&to);
	}
	place_close(&from);
}

static void delete (struct world *w)
{
	static const mode_t types[] = { S_IFREG, S_IFREG, S_IFDIR, S_IFLNK, 0 };
	struct place p;

	if (!pick(w, types[random_below(&w->random, ARRAY_LEN(types))], &p))
		return;
	if (random_chance(&w->random, 20))
		(void)unlinkat(p.dir_fd, p.name, AT_REMOVEDIR);
	else
		(void)remove_object(&p);
	place_close(&p);
}

/* Another object in the place of one: of the same type, or a directory for a file, or a file for a directory. */
static void recreate(struct world *w)
{
	struct place p;
	struct stat st;
	const char *path = pick(w, random_chance(&w->random, 50) ? S_IFDIR : 0, &p);

	if (!path)
		return;
	if (status_of(&p, &st) && remove_object(&p))
		make_at(w, path, &p,
			random_chance(&w->random, 50) ? st.st_mode & S_IFMT
						      : random_type(&w->random));
	place_close(&p);
}

/* As editors save: a new file, renamed over the old one. */
static void replace_by_rename(struct world *w)
{
	struct place p, temporary;

	if (!pick(w, S_IFREG, &p))
		return;
	temporary.dir_fd = p.dir_fd;
	(void)snprintf(temporary.name, sizeof(temporary.name), ".temporary~");
	if (make_object(&temporary, S_IFREG, &w->random) &&
	    renameat(p.dir_fd, temporary.name, p.dir_fd, p.name) != 0)
		(void)unlinkat(p.dir_fd, temporary.name, 0);
	place_close(&p);
}

/* The same file once more: content, mode and time are those of the one it replaces. */
static void rewrite_unchanged(struct world *w)
{
	char bytes[64 * 1024];
	struct place p;
	struct stat st;
	ssize_t n;
	int fd;

	if (!pick(w, S_IFREG, &p))
		return;
	fd = openat(p.dir_fd, p.name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	n = fd < 0 || fstat(fd, &st) != 0 ? -1 : read(fd, bytes, sizeof(bytes));
	(void)close_fd(fd);
	if (n >= 0 && n == st.st_size && unlinkat(p.dir_fd, p.name, 0) == 0) {
		const struct timespec times[2] = { st.st_atim, st.st_mtim };

		fd = openat(p.dir_fd, p.name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		(void)!write(fd, bytes, (size_t)n);
		(void)!fchmod(fd, st.st_mode & 07777);
		(void)futimens(fd, times);
		(void)close_fd(fd);
	}
	place_close(&p);
}

static const struct {
	unsigned int weight; /* of 100 */
	void (*operation)(struct world *w);
} operations[] = {
	{ 20, create },		  { 20, edit },	 { 20, change_metadata }, { 8, link_again },
	{ 12, rename_somewhere }, { 7, delete }, { 6, recreate },	  { 4, replace_by_rename },
	{ 3, rewrite_unchanged },
};

static void operate_once(struct world *w)
{
	unsigned int point = random_below(&w->random, 100);

	for (size_t i = 0; i < ARRAY_LEN(operations); i++) {
		if (point < operations[i].weight) {
			operations[i].operation(w);
			return;
		}
		point -= operations[i].weight;
	}
}

int operate(uint64_t seed, unsigned int count, unsigned int round)
{
	struct world w = { 0 };
	int fd = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	know(&w, ".");
	if (fd >= 0) /* an earlier round may have shut it */
		find_paths(&w, fd, "");
	qsort(w.paths.items, w.paths.count, sizeof(*w.paths.items), compare_paths);
	for (unsigned int i = 0; i < count; i++) {
		w.random = random_from(seed, 2 + i + (uint64_t)round * 1000);
		operate_once(&w);
	}
	arena_release(&w.arena);
	return 0;
}
