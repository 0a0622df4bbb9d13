// SPDX-License-Identifier: MIT
/* Which directories are seeded, and their entries in the seed layer. */
#include "enter/seeds.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "plan/idmap.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Directories that users usually may write although root owns them; taken only where this user really may. */
static const char *const open_places[] = {
	"/tmp",	     "/var/tmp",   "/run/lock",	 "/var/lock", "/var/local",
	"/var/mail", "/var/crash", "/var/games", "/srv",      "/var/spool/samba",
	"/var/www",  "/mnt",	   "/media",	 "/dev/shm",
};

/*
 * Directories of the system that are the user's inside a box, so that `make install` works, and how deep their own
 * directories are seeded too. What somebody unpacked beside the standard names keeps its owner.
 */
static const struct {
	const char *path;
	int depth;
} own_places[] = { { "/usr/local", 4 }, { "/opt", 0 } };

/* The names below /usr/local of the Filesystem Hierarchy Standard (4.9), with those that installers add. */
static const char *const standard_names[] = {
	"bin",	   "etc", "games", "include", "lib", "lib64",
	"libexec", "man", "sbin",  "share",   "src", "var",
};

/* These hold thousands of directories that no installer adds to by hand. */
static const char *const not_descended[] = { "node_modules", "site-packages", "dist-packages" };
enum { SEED_DEPTH = 8, SEED_LIMIT = 512 };
enum { LAYERS_MAX = 500 }; /* OVL_MAX_STACK of fs/overlayfs */

static bool is_mapped(const struct plan *plan, const struct stat *st)
{
	return id_map_inside(&plan->identity.uids, st->st_uid, NULL) &&
	       id_map_inside(&plan->identity.gids, st->st_gid, NULL);
}

bool may_write(const char *path)
{
	return faccessat(AT_FDCWD, path, W_OK | X_OK, 0) == 0;
}

mode_t seeds_mode(const char *path, const struct stat *st)
{
	mode_t mode = st->st_mode & 01777;

	if (may_write(path))
		return mode | 0700;
	/* The user becomes the owner: what the owner may do must be what this user could do. */
	mode &= ~(mode_t)0222;
	if (faccessat(AT_FDCWD, path, R_OK, 0) == 0)
		mode |= 0400;
	if (faccessat(AT_FDCWD, path, X_OK, 0) == 0)
		mode |= 0100;
	return mode;
}

static struct seed *find_seed(struct overlay *o, const char *path)
{
	if (!strset_has(&o->seed_paths, path, strlen(path)))
		return NULL;
	for (size_t i = 0; i < o->seeds.count; i++)
		if (strcmp(o->seeds.items[i].path, path) == 0)
			return &o->seeds.items[i];
	return NULL;
}

static struct seed *add_seed(struct plan *plan, struct overlay *o, const char *path,
			     enum seed_kind kind, mode_t mode)
{
	struct seed *seed = find_seed(o, path);

	if (seed)
		return seed;
	(void)strset_add(&plan->arena, &o->seed_paths, path);
	seed = VECTOR_ADD(&plan->arena, &o->seeds);
	*seed = (struct seed){ .path = path, .kind = kind, .mode = mode };
	return seed;
}

/* The directory of a layer, topmost first, that the base lacks. */
static bool stat_in_layers(struct plan *plan, const struct overlay *o, const char *path,
			   struct stat *st)
{
	for (size_t i = o->lowers.count; i-- > 0;)
		if (!o->lowers.items[i].in_root &&
		    lstat(path_join(&plan->arena, o->lowers.items[i].path, path), st) == 0 &&
		    S_ISDIR(st->st_mode))
			return true;
	return false;
}

/* The ancestors of relative, from the overlay's root down, as they are on the host; those that are nowhere with mode `missing`. */
static void add_ancestors(struct plan *plan, struct overlay *o, const char *dir,
			  const char *relative, mode_t missing)
{
	for (const char *slash = strchr(relative, '/'); slash; slash = strchr(slash + 1, '/')) {
		const char *path = arena_strndup(&plan->arena, relative, (size_t)(slash - relative));
		const char *host = dir ? path_join(&plan->arena, dir, path) : NULL;
		struct stat st;
		bool there = host && stat(host, &st) == 0 && S_ISDIR(st.st_mode);

		mode_t mode = missing;

		if (find_seed(o, path))
			continue;
		if (there)
			mode = seeds_mode(host, &st);
		else if (stat_in_layers(plan, o, path, &st))
			mode = st.st_mode & 01777;
		(void)add_seed(plan, o, path, SEED_DIR, mode);
	}
}

void seeds_add_point(struct plan *plan, struct overlay *o, const char *dir, const char *relative,
		     const struct point *point)
{
	const struct step *made = point->made;

	add_ancestors(plan, o, dir, relative, point->parents);
	if (made && made->kind == STEP_SYMLINK)
		add_seed(plan, o, relative, SEED_SYMLINK, 0777)->target = made->text;
	else if (made)
		(void)add_seed(plan, o, relative, SEED_DIR,
			       made->mode >= 0 ? (mode_t)made->mode : 0755);
	else if (point->directory)
		add_seed(plan, o, relative, SEED_DIR, 0755)->point = true;
	else
		add_seed(plan, o, relative, SEED_FILE, 0644)->point = true;
}

static bool is_excluded(const struct plan *plan, const char *path)
{
	for (size_t i = 0; i < plan->no_seed.count; i++)
		if (path_below(path, plan->no_seed.items[i]))
			return true;
	return false;
}

/* A place below this overlay that the user may write but overlayfs could not copy up. */
static void seed_open(struct plan *plan, struct overlay *o, const char *dir, const char *path)
{
	const char *relative;
	struct stat st;

	if (!path || !path_below(path, dir) || is_excluded(plan, path))
		return;
	relative = path_relative(path, dir);
	if (!*relative || lstat(path, &st) < 0 || !S_ISDIR(st.st_mode) || !may_write(path))
		return;
	add_ancestors(plan, o, dir, relative, 0755);
	if (!is_mapped(plan, &st))
		(void)add_seed(plan, o, relative, SEED_DIR, seeds_mode(path, &st));
}

/*
 * The ancestors of a home or working directory: seeded when one of them cannot be copied up. Not the directory itself, so
 * that its owner, its times and its attributes stay what they are.
 */
static void seed_ancestors(struct plan *plan, struct overlay *o, const char *dir, const char *path)
{
	const char *relative;

	if (!path || !path_below(path, dir) || is_excluded(plan, path))
		return;
	relative = path_relative(path, dir);
	for (const char *slash = strchr(relative, '/'); slash; slash = strchr(slash + 1, '/')) {
		const char *above = path_join(
			&plan->arena, dir,
			arena_strndup(&plan->arena, relative, (size_t)(slash - relative)));
		struct stat st;

		if (stat(above, &st) == 0 && !is_mapped(plan, &st)) {
			add_ancestors(plan, o, dir, relative, 0755);
			return;
		}
	}
}

static bool is_in(const char *const *list, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(name, list[i]) == 0)
			return true;
	return false;
}

/* Whether seeding goes on from `above` into `name`. */
static bool is_descended(const char *above, const char *name)
{
	if (strcmp(above, "/usr/local") == 0)
		return is_in(standard_names, ARRAY_LEN(standard_names), name);
	return !is_in(not_descended, ARRAY_LEN(not_descended), path_name(above));
}

static bool is_directory(int dir_fd, const struct dirent *e)
{
	struct stat st;

	if (e->d_type != DT_UNKNOWN)
		return e->d_type == DT_DIR;
	return fstatat(dir_fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
}

/* The directory and those up to `depth` levels below it, as the user's. */
static void seed_tree(struct plan *plan, struct overlay *o, const char *host, const char *relative,
		      int depth)
{
	_cleanup_dir_ DIR *dir = opendir(host);
	struct stat st;

	if (!dir || fstat(dirfd(dir), &st) < 0)
		return;
	(void)add_seed(plan, o, relative, SEED_DIR, (st.st_mode & 01777) | 0700);
	for (struct dirent *e; depth > 0 && (e = readdir(dir)) && o->seeds.count < SEED_LIMIT;) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
		    !is_directory(dirfd(dir), e) || !is_descended(host, e->d_name))
			continue;
		seed_tree(plan, o, path_join(&plan->arena, host, e->d_name),
			  *relative ? path_join(&plan->arena, relative, e->d_name)
				    : arena_strdup(&plan->arena, e->d_name),
			  depth - 1);
	}
}

static void seed_own(struct plan *plan, struct overlay *o, const char *dir, const char *path,
		     int depth)
{
	const char *relative;
	struct stat st;

	if (!path_below(path, dir) || is_excluded(plan, path) || lstat(path, &st) < 0 ||
	    !S_ISDIR(st.st_mode) || is_mapped(plan, &st))
		return;
	relative = path_relative(path, dir);
	add_ancestors(plan, o, dir, relative, 0755);
	seed_tree(plan, o, path, relative, depth);
}

void seeds_fill(struct composition *c, struct overlay *o, const char *dir, const char *dst)
{
	struct plan *plan = c->plan;
	struct stat st = { .st_mode = 0755 };

	if (dir && stat(dir, &st) == 0)
		/* With a mapped owner the upper's root is given that owner, and needs no care with its mode. */
		o->root_mode = is_mapped(plan, &st) ? st.st_mode & 01777 : seeds_mode(dir, &st);
	else
		o->root_mode = 0755;
	if (dir && plan->base == BASE_HOST && !plan->no_seeds) {
		for (size_t i = 0; i < ARRAY_LEN(open_places); i++)
			seed_open(plan, o, dir, open_places[i]);
		seed_ancestors(plan, o, dir, plan->home);
		seed_ancestors(plan, o, dir, plan->cwd);
		for (size_t i = 0; i < ARRAY_LEN(own_places); i++)
			seed_own(plan, o, dir, own_places[i].path, own_places[i].depth);
	}
	for (size_t i = 0; dir && i < plan->seeds.count; i++) {
		const char *inside = plan->base == BASE_HOST ? plan->seeds.items[i]
							     : path_join(&plan->arena, c->base,
									 plan->seeds.items[i] + 1);

		seed_own(plan, o, dir, inside, SEED_DEPTH);
	}
	for (size_t i = 0; i < c->points.v.count; i++) {
		const struct point *point = &c->points.v.items[i];

		if (path_below(point->path, dst) && strcmp(point->path, dst) != 0)
			seeds_add_point(plan, o, dir, path_relative(point->path, dst), point);
	}
	/* The seed layer counts as one of the kernel's 500: without room for it, mount points are made in the upper. */
	if (o->lowers.count >= LAYERS_MAX && o->upper_kind != UPPER_NONE)
		o->seeds.count = 0;
	/* The overlay's own root may be seeded whole (/opt, /tmp): then it is writable. */
	if (find_seed(o, ""))
		o->root_mode = find_seed(o, "")->mode;
}

bool seeds_below(const struct composition *c, const char *dst)
{
	const struct plan *plan = c->plan;

	for (size_t i = 0; i < c->points.v.count; i++)
		if (path_below(c->points.v.items[i].path, dst))
			return true;
	for (size_t i = 0; i < plan->seeds.count; i++)
		if (path_below(plan->seeds.items[i], dst))
			return true;
	for (size_t i = 0; plan->base == BASE_HOST && !plan->no_seeds && i < ARRAY_LEN(own_places);
	     i++)
		if (path_below(own_places[i].path, dst) && !is_excluded(plan, own_places[i].path))
			return true;
	return false;
}
