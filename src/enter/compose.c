// SPDX-License-Identifier: MIT
/* Taking a base apart at its mounts. The table it follows is in compose.h. */
#include "enter/compose.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "enter/mount.h"
#include "enter/seeds.h"
#include "enter/slot.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>

/* File systems of the kernel's own: their files are interfaces, an overlay of them is refused or meaningless. */
static const char *const kernel_types[] = {
	"proc",	      "sysfs",	  "devtmpfs",  "devpts",      "cgroup",	    "cgroup2",
	"mqueue",     "debugfs",  "tracefs",   "securityfs",  "pstore",	    "bpf",
	"configfs",   "efivarfs", "fusectl",   "binfmt_misc", "hugetlbfs",  "autofs",
	"rpc_pipefs", "nsfs",	  "selinuxfs", "smackfs",     "functionfs", "resctrl",
};

/* Files of a skeleton that are copied into it, so that they can be changed; bigger ones are shown read-only. */
enum { COPY_LIMIT = 1 << 20 };
/* Entries of a directory that is looked through for anything this user might change. */
enum { LOOK_LIMIT = 64 };
/* Of statfs(2), from the kernel's include/linux/statfs.h; the C libraries do not name it. */
enum { FLAG_NOSYMFOLLOW = 0x2000 };

/* A directory of the base: on the host, in the box, in the layers. */
struct place_of_base {
	const char *host; /* NULL: only layers have it */
	const char *dst;
	const char *relative; /* of dst below "/": where it is in a layer */
};

static int compose(struct composition *c, struct place_of_base at, bool in_overlay,
		   struct error *err);

static bool is_kernel_type(const char *type)
{
	for (size_t i = 0; i < ARRAY_LEN(kernel_types); i++)
		if (strcmp(kernel_types[i], type) == 0)
			return true;
	return false;
}

static struct step *add_step(struct plan *plan, enum step_kind kind, const char *dst,
			     const char *why)
{
	struct step *step = VECTOR_ADD(&plan->arena, &plan->steps);

	*step = step_init(kind, dst);
	step->covered = true;
	step->why = why;
	return step;
}

static void note(struct plan *plan, const char *dst, const char *why)
{
	*VECTOR_ADD(&plan->arena, &plan->notes) = arena_printf(&plan->arena, "%s is read-only: %s",
							       quote_path(&plan->arena, dst), why);
}

static void add_bind(struct composition *c, const char *host, const char *dst, bool read_only,
		     const char *why)
{
	struct step *step = add_step(c->plan, STEP_BIND, dst, why);

	step->src = host;
	step->recursive = true;
	step->flags.recursive = true;
	step->flags.set = read_only ? MOUNT_ATTR_RDONLY : 0;
	if (c->plan->as_is) {
		step->flags.propagation = MS_SLAVE;
		step->flags.propagation_recursive = true;
	} else {
		step->flags.set |= MOUNT_ATTR_NOSUID;
	}
	if (read_only && c->capture && why)
		note(c->plan, dst, why);
}

/* True when the layer has a directory there; a link on the way is not followed out of the layer's own meaning. */
static bool layer_has(const struct composition *c, const char *layer, const char *relative)
{
	struct stat st;

	/* The layer itself is opened as a directory by the engine, which says so when it is none. */
	if (!*relative)
		return true;
	return lstat(path_join(&c->plan->arena, layer, relative), &st) == 0 && S_ISDIR(st.st_mode);
}

static bool any_layer_has(const struct composition *c, const char *relative)
{
	for (size_t i = 0; i < c->plan->layers.count; i++)
		if (layer_has(c, c->plan->layers.items[i], relative))
			return true;
	return false;
}

/* An overlay of the place: the base's directory, the layers that have it, the seeds, the upper. */
static struct overlay *add_overlay(struct composition *c, struct place_of_base at,
				   const struct mount_entry *mount, bool layered)
{
	struct plan *plan = c->plan;
	struct step *step = add_step(plan, STEP_OVERLAY, at.dst, NULL);
	struct overlay *o = arena_new(&plan->arena, struct overlay);

	step->overlay = o;
	step->flags.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
	if (mount)
		step->flags.set |= mount->attr & (MOUNT_ATTR_NOEXEC | MOUNT_ATTR_NOSYMFOLLOW);
	if (at.host)
		VECTOR_ADD(&plan->arena, &o->lowers)->path = at.host;
	for (size_t i = 0; layered && i < plan->layers.count; i++)
		if (layer_has(c, plan->layers.items[i], at.relative))
			VECTOR_ADD(&plan->arena, &o->lowers)->path =
				*at.relative ? path_join(&plan->arena, plan->layers.items[i],
							 at.relative)
					     : plan->layers.items[i];
	if (plan->writes == WRITES_KEEP) {
		o->upper_kind = UPPER_BOX;
		o->slot = slot_name(&plan->arena, at.dst);
		o->is_volatile = !plan->name;
	} else if (plan->writes == WRITES_DROP) {
		o->upper_kind = UPPER_TMP;
	}
	return o;
}

/* True when this user could change nothing in the directory: a short look, "don't know" counts as could. */
static bool nothing_to_change(const char *path)
{
	_cleanup_dir_ DIR *dir = NULL;
	int seen = 0;

	if (may_write(path))
		return false;
	if (faccessat(AT_FDCWD, path, X_OK, 0) < 0)
		return true;
	dir = opendir(path);
	if (!dir)
		return false;
	for (struct dirent *e; (e = readdir(dir));) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if (++seen > LOOK_LIMIT || e->d_type == DT_DIR || e->d_type == DT_UNKNOWN)
			return false;
		if (e->d_type != DT_LNK && faccessat(dirfd(dir), e->d_name, W_OK, 0) == 0)
			return false;
	}
	return true;
}

static bool points_below(const struct composition *c, const char *dst)
{
	for (size_t i = 0; i < c->points.v.count; i++)
		if (path_below(c->points.v.items[i].path, dst) &&
		    strcmp(c->points.v.items[i].path, dst) != 0)
			return true;
	return false;
}

/* A directory without mounts below it. */
static int compose_leaf(struct composition *c, struct place_of_base at,
			const struct mount_entry *mount)
{
	bool layered = any_layer_has(c, at.relative);

	const char *why = NULL;

	if (layered || (c->capture ? seeds_below(c, at.dst) : points_below(c, at.dst))) {
		seeds_fill(c, add_overlay(c, at, mount, true), at.host, at.dst);
		return 0;
	}
	if (c->capture && mount && (mount->attr & MOUNT_ATTR_RDONLY))
		why = "its file system is mounted read-only";
	else if (c->capture && nothing_to_change(at.host))
		why = "this user can change nothing in it";
	if (why || !c->capture) {
		add_bind(c, at.host, at.dst, c->plan->writes != WRITES_HOST, why);
		return 0;
	}
	seeds_fill(c, add_overlay(c, at, mount, true), at.host, at.dst);
	return 0;
}

static bool is_covered(const struct composition *c, const char *dst)
{
	for (size_t i = 0; i < c->covered.v.count; i++)
		if (strcmp(c->covered.v.items[i], dst) == 0)
			return true;
	return false;
}

/* An entry of a captured skeleton: in the seed layer, below dst. */
static void seed_entry(struct composition *c, struct overlay *skeleton, const char *dst,
		       enum seed_kind kind, mode_t mode, const char *target)
{
	struct seed *seed = VECTOR_ADD(&c->plan->arena, &skeleton->seeds);
	const char *name = arena_strdup(&c->plan->arena, path_name(dst));

	(void)strset_add(&c->plan->arena, &skeleton->seed_paths, name);
	*seed = (struct seed){ .path = name, .kind = kind, .mode = mode, .target = target };
}

static const char *read_link(struct arena *arena, const char *path)
{
	char target[PATH_MAX];
	ssize_t n = readlink(path, target, sizeof(target) - 1);

	return n < 0 ? NULL : arena_strndup(arena, target, (size_t)n);
}

/* A file, socket or fifo in a skeleton. */
static void compose_file(struct composition *c, struct place_of_base at, const struct stat *st,
			 struct overlay *skeleton)
{
	if (skeleton && S_ISREG(st->st_mode) && st->st_size <= COPY_LIMIT &&
	    faccessat(AT_FDCWD, at.host, R_OK, 0) == 0) {
		seed_entry(c, skeleton, at.dst, SEED_COPY, st->st_mode & 0777, at.host);
		return;
	}
	if (skeleton)
		seed_entry(c, skeleton, at.dst, SEED_FILE, 0644, NULL);
	add_bind(c, at.host, at.dst, c->plan->writes != WRITES_HOST,
		 skeleton ? "it lies beside a mount and is too big to be copied"
			  : "it lies beside a mount");
}

static int compose_entry(struct composition *c, struct place_of_base at, struct overlay *skeleton,
			 struct error *err)
{
	struct stat st;

	if (is_covered(c, at.dst)) {
		/* Its mount point, lest it be made in the upper and count as a change. */
		if (skeleton)
			seed_entry(c, skeleton, at.dst, SEED_DIR, 0755, NULL);
		return 0;
	}
	if (lstat(at.host, &st) < 0)
		return 0;
	if (S_ISLNK(st.st_mode)) {
		const char *target = read_link(&c->plan->arena, at.host);

		if (target && skeleton)
			seed_entry(c, skeleton, at.dst, SEED_SYMLINK, 0777, target);
		else if (target)
			add_step(c->plan, STEP_SYMLINK, at.dst, NULL)->text = target;
		return 0;
	}
	if (S_ISDIR(st.st_mode)) {
		if (skeleton)
			seed_entry(c, skeleton, at.dst, SEED_DIR, 0755, NULL);
		return compose(c, at, skeleton != NULL, err);
	}
	compose_file(c, at, &st, skeleton);
	return 0;
}

static struct place_of_base child_of(struct composition *c, struct place_of_base at,
				     const char *name)
{
	struct arena *arena = &c->plan->arena;

	return (struct place_of_base){
		.host = at.host ? path_join(arena, at.host, name) : NULL,
		.dst = path_join(arena, at.dst, name),
		.relative = *at.relative ? path_join(arena, at.relative, name)
					 : arena_strdup(arena, name),
	};
}

/* What only a layer has, in a directory that could not be one overlay. */
static int compose_layer_entries(struct composition *c, struct place_of_base at, const char *layer,
				 struct overlay *skeleton, struct error *err)
{
	_cleanup_dir_ DIR *dir = opendir(path_join(&c->plan->arena, layer, at.relative));

	for (struct dirent *e; dir && (e = readdir(dir));) {
		struct place_of_base entry = child_of(c, at, e->d_name);
		struct stat st, host;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
		    fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		if (entry.host && lstat(entry.host, &host) == 0) {
			if (S_ISDIR(host.st_mode) && S_ISDIR(st.st_mode))
				continue;
			(void)fail(err, ERROR_PLAN, 0, "cannot stack the layer %s: its %s is %s",
				   Q(layer), Q(entry.dst),
				   S_ISLNK(host.st_mode)
					   ? "a link in the base"
					   : "not a directory in the base or the layer");
			error_explain(err, "layer-over-link", NULL,
				      "put the files under the directory that the link points to");
			return -1;
		}
		entry.host = NULL;
		if (skeleton)
			seed_entry(c, skeleton, entry.dst,
				   S_ISDIR(st.st_mode) ? SEED_DIR : SEED_FILE, 0755, NULL);
		if (S_ISDIR(st.st_mode)) {
			seeds_fill(c, add_overlay(c, entry, NULL, true), NULL, entry.dst);
		} else if (S_ISLNK(st.st_mode)) {
			add_step(c->plan, STEP_SYMLINK, entry.dst, NULL)->text = read_link(
				&c->plan->arena, path_join(&c->plan->arena, layer, entry.relative));
		} else {
			add_bind(c, path_join(&c->plan->arena, layer, entry.relative), entry.dst,
				 true, "it lies beside a mount");
		}
	}
	return 0;
}

/* Mount points that this directory lacks; those below its directories are the business of what these become. */
static void seed_points(struct composition *c, struct overlay *skeleton, struct place_of_base at)
{
	struct arena *arena = &c->plan->arena;

	for (size_t i = 0; i < c->points.v.count; i++) {
		const struct point *p = &c->points.v.items[i];
		const char *relative;
		struct stat st;

		if (!path_below(p->path, at.dst) || strcmp(p->path, at.dst) == 0)
			continue;
		relative = path_relative(p->path, at.dst);
		if (lstat(path_join(arena, at.host,
				    arena_strndup(arena, relative, strcspn(relative, "/"))),
			  &st) < 0)
			seeds_add_point(c->plan, skeleton, at.host, relative, p);
	}
}

/* Where a tree is taken apart a layer may lack some of the pieces: so it is looked for as a whole. */
static int want_layers(const struct plan *plan, struct error *err)
{
	for (size_t i = 0; i < plan->layers.count; i++) {
		const char *layer = plan->layers.items[i];
		struct stat st;
		int sys = stat(layer, &st) < 0 ? errno : S_ISDIR(st.st_mode) ? 0 : ENOTDIR;

		if (sys == 0)
			continue;
		(void)fail(err, ERROR_SYSTEM, sys, "cannot stack the layer %s", Q(layer));
		return fail_at(err, CALL_OVERLAY_LAYER, layer);
	}
	return 0;
}

static int compose_entries(struct composition *c, struct place_of_base at, DIR *dir,
			   struct overlay *skeleton, struct error *err)
{
	for (struct dirent *e; (e = readdir(dir));) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if (compose_entry(c, child_of(c, at, e->d_name), skeleton, err) < 0)
			return -1;
	}
	return 0;
}

/* A directory with mounts below it: taken apart. */
static int compose_skeleton(struct composition *c, struct place_of_base at, bool in_overlay,
			    struct error *err)
{
	_cleanup_dir_ DIR *dir = opendir(at.host);
	struct overlay *skeleton = NULL;
	struct stat st;

	if (want_layers(c->plan, err) < 0)
		return -1;
	if (!dir || fstat(dirfd(dir), &st) < 0) {
		add_bind(c, at.host, at.dst, true, "it cannot be listed by this user");
		return 0;
	}
	if (c->capture && (in_overlay || may_write(at.host))) {
		skeleton = add_overlay(c, (struct place_of_base){ .dst = at.dst },
				       mounts_at(&c->mounts, at.host), false);
		skeleton->root_mode = seeds_mode(at.host, &st);
	} else if (strcmp(at.dst, "/") == 0) {
		struct step *step = add_step(c->plan, STEP_TMPFS, at.dst, NULL);

		step->mode = seeds_mode(at.host, &st);
		step->flags.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
	} else {
		add_step(c->plan, STEP_DIR, at.dst, NULL)->mode = seeds_mode(at.host, &st);
	}
	if (compose_entries(c, at, dir, skeleton, err) < 0)
		return -1;
	if (skeleton)
		seed_points(c, skeleton, at);
	for (size_t i = 0; i < c->plan->layers.count; i++)
		if (compose_layer_entries(c, at, c->plan->layers.items[i], skeleton, err) < 0)
			return -1;
	return 0;
}

static int load_table(struct composition *c, struct error *err)
{
	return c->table ? 0 : mountinfo_load(&c->plan->arena, &c->table, &c->table_len, err);
}

const struct mounts *composition_mounts(struct composition *c, struct error *err)
{
	if (c->mounts_read)
		return &c->mounts;
	if (load_table(c, err) < 0 ||
	    mountinfo_parse(&c->plan->arena, c->table, c->table_len, &c->mounts, err) < 0)
		return NULL;
	c->mounts_read = true;
	return &c->mounts;
}

/* The flags of the mount that the base lies on, without the table: f_flags of fstatfs(2) has them. */
static uint64_t base_flags(const struct composition *c)
{
	struct statfs st;
	uint64_t attr = 0;

	if (fstatfs(c->base_fd, &st) < 0)
		return 0;
	if (st.f_flags & ST_RDONLY)
		attr |= MOUNT_ATTR_RDONLY;
	if (st.f_flags & ST_NOEXEC)
		attr |= MOUNT_ATTR_NOEXEC;
	if (st.f_flags & FLAG_NOSYMFOLLOW)
		attr |= MOUNT_ATTR_NOSYMFOLLOW;
	return attr;
}

/* A root directory without mounts below it is one leaf, and the bytes of the table are enough to see that. */
static int compose_whole(struct composition *c, struct place_of_base at)
{
	const struct mount_entry mount = { .attr = base_flags(c), .fstype = "" };

	return compose_leaf(c, at, &mount);
}

/* The first name of the point's path below dst, or NULL when it does not lie there. */
static const char *name_below(struct composition *c, size_t point, const char *dst)
{
	const char *path = c->points.v.items[point].path, *relative;

	if (!path_below(path, dst) || strcmp(path, dst) == 0)
		return NULL;
	relative = path_relative(path, dst);
	return arena_strndup(&c->plan->arena, relative, strcspn(relative, "/"));
}

static bool lacks_point(struct composition *c, struct place_of_base at)
{
	struct stat st;

	for (size_t i = 0; i < c->points.v.count; i++) {
		const char *name = name_below(c, i, at.dst);

		if (name && lstat(path_join(&c->plan->arena, at.host, name), &st) < 0)
			return true;
	}
	return false;
}

static int compose_real(struct composition *c, struct place_of_base at, bool shown,
			struct error *err);

/* Each directory on the way to a missing point, once. */
static int compose_ways(struct composition *c, struct place_of_base at, struct error *err)
{
	struct strset names = { 0 };

	for (size_t i = 0; i < c->points.v.count; i++) {
		const char *name = name_below(c, i, at.dst);

		if (name && strset_add(&c->plan->arena, &names, name) &&
		    compose_real(c, child_of(c, at, name), true, err) < 0)
			return -1;
	}
	return 0;
}

/*
 * A tree that is written for real and lacks mount points. It is bound whole, but for each directory that lacks one: over that
 * comes a tmpfs with its entries bound and room for the point. What is in it can be written still, but nothing new be made in
 * it: that would not be for real (add_seals() in host.c). `shown`: a bind from above shows it already.
 */
static int compose_real(struct composition *c, struct place_of_base at, bool shown,
			struct error *err)
{
	const struct mounts *mounts = composition_mounts(c, err);
	const struct mount_entry *mount = mounts ? mounts_at(mounts, at.host) : NULL;
	_cleanup_dir_ DIR *dir = NULL;
	struct step *step;
	struct stat st;

	if (!mounts)
		return -1;
	if (at.host && lacks_point(c, at) && !(mount && is_kernel_type(mount->fstype)))
		dir = opendir(at.host);
	if (!dir || fstat(dirfd(dir), &st) < 0) {
		if (!shown)
			add_bind(c, at.host, at.dst, false, NULL);
		return compose_ways(c, at, err);
	}
	step = add_step(c->plan, STEP_TMPFS, at.dst, NULL);
	step->mode = seeds_mode(at.host, &st);
	step->flags.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
	note(c->plan, at.dst, "it lacks a mount point, and none is made outside");
	return compose_entries(c, at, dir, NULL, err);
}

static int compose(struct composition *c, struct place_of_base at, bool in_overlay,
		   struct error *err)
{
	bool layered = any_layer_has(c, at.relative);
	bool stacked = c->capture || layered;
	const struct mount_entry *mount;

	if (!stacked && !points_below(c, at.dst))
		return compose_leaf(c, at, NULL);
	if (!stacked && c->plan->writes == WRITES_HOST)
		return compose_real(c, at, false, err);
	if (load_table(c, err) < 0)
		return -1;
	if (stacked && c->plan->base == BASE_DIR && strcmp(at.dst, "/") == 0 &&
	    !mountinfo_may_be_below(c->table, c->table_len, at.host))
		return compose_whole(c, at);
	if (!composition_mounts(c, err))
		return -1;
	mount = mounts_at(&c->mounts, at.host);
	if (mount && is_kernel_type(mount->fstype)) {
		add_bind(c, at.host, at.dst, c->plan->writes != WRITES_HOST,
			 "it is a file system of the kernel");
		return 0;
	}
	if (stacked ? mounts_below(&c->mounts, at.host) : points_below(c, at.dst)) {
		/* An untouched read-only directory with a missing point below is one overlay with its seed layer. */
		if (!stacked && c->plan->writes == WRITES_DENY && !mounts_below(&c->mounts, at.host))
			return compose_leaf(c, at, mount);
		return compose_skeleton(c, at, in_overlay, err);
	}
	return compose_leaf(c, at, mount);
}

const char *composition_real_base(struct composition *c)
{
	char real[PATH_MAX];
	ssize_t n = readlink(FD_PATH(c->base_fd), real, sizeof(real) - 1);

	return n > 0 ? arena_strndup(&c->plan->arena, real, (size_t)n) : c->base;
}

int compose_open(struct composition *c, struct error *err)
{
	c->base = c->plan->base == BASE_HOST ? "/" : c->plan->root;
	c->base_fd = sys_open(c->base, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (c->base_fd >= 0)
		return 0;
	(void)fail_call(err, CALL_OPEN_SOURCE, c->base);
	return fail_message(err, "cannot use %s as the root", Q(c->base));
}

int compose_base(struct composition *c, struct error *err)
{
	struct plan *plan = c->plan;
	struct place_of_base root = { .host = c->base, .dst = "/", .relative = "" };

	c->capture = plan->writes == WRITES_KEEP || plan->writes == WRITES_DROP;
	if (plan->base == BASE_DIR && plan->assume_whole && (c->capture || plan->layers.count))
		return compose_whole(c, root);
	if (plan->base == BASE_DIR)
		root.host = composition_real_base(c);
	return compose(c, root, false, err);
}
