// SPDX-License-Identifier: MIT
/* Stacking an overlay: open the layers, make the seed layer, hand over, create, verify. */
#include "enter/overlay.h"

#include "base/cleanup.h"
#include "base/copy.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "enter/mount.h"
#include "enter/mount_old.h"
#include "enter/resolve.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>

/* f_flags of statfs(2), from the kernel's include/linux/statfs.h; musl and glibc name only some. */
enum { FLAG_RDONLY = 1, FLAG_NOEXEC = 8, FLAG_NOSYMFOLLOW = 0x2000 };

/* One overlay in the making. */
struct stack {
	struct site *site;
	const struct step *step;
	int fs_fd; /* fsopen's, or -EBADF in mount(2) mode */
	struct text lowers; /* mount(2): "path:path…", top first */
	struct text rest; /* mount(2): ",upperdir=…" and the options */
	uint64_t attr;
	VECTOR(int) open; /* descriptors that paths name, to be kept until the overlay stands */
	struct arena arena;
};

static void stack_release(struct stack *s)
{
	for (size_t i = 0; i < s->open.count; i++)
		(void)close(s->open.items[i]);
	arena_release(&s->arena);
	text_release(&s->lowers);
	text_release(&s->rest);
	s->fs_fd = close_fd(s->fs_fd);
}

/* A copy of a file whose directory cannot be a layer, with its metadata, so that it is no change until written. */
static int copy_seed(int dir_fd, const struct seed *seed)
{
	_cleanup_fd_ int from = open(seed->target, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	_cleanup_fd_ int to = -EBADF;
	struct error ignored;
	struct stat st;

	/* Gone since the plan was made: the box does not have it either. */
	if (from < 0 && errno == ENOENT)
		return 0;
	if (from < 0 || fstat(from, &st) < 0)
		return -1;
	to = openat(dir_fd, seed->path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, seed->mode);
	if (to < 0 || copy_data(from, to, &ignored) < 0 ||
	    copy_metadata(from, to, &st, &ignored) < 0)
		return -1;
	return 0;
}

/* Makes an entry of the seed layer as the plan says. The layer is ours alone, so paths in it need no care. */
static int make_seed(int dir_fd, const struct seed *seed)
{
	if (!*seed->path)
		return 0;
	switch (seed->kind) {
	case SEED_DIR:
		if (mkdirat(dir_fd, seed->path, seed->mode) < 0)
			return -1;
		/* mkdir(2) knows no set-user-ID and set-group-ID bits. */
		return seed->mode & 06000 ? fchmodat(dir_fd, seed->path, seed->mode, 0) : 0;
	case SEED_FILE:
		return mknodat(dir_fd, seed->path, S_IFREG | seed->mode, 0);
	case SEED_SYMLINK:
		return symlinkat(seed->target, dir_fd, seed->path);
	case SEED_COPY:
		return copy_seed(dir_fd, seed);
	}
	return 0;
}

static int make_seed_layer(struct stack *s, struct error *err)
{
	const struct overlay *o = s->step->overlay;
	int fd = site_stage_dir(s->site, o->root_mode ? o->root_mode : 0755, err);

	if (fd < 0)
		return -1;
	for (size_t i = 0; i < o->seeds.count; i++) {
		if (make_seed(fd, &o->seeds.items[i]) < 0) {
			(void)fail_call(err, CALL_MAKE, o->seeds.items[i].path);
			(void)close(fd);
			return -1;
		}
	}
	return fd;
}

/* Keeps a descriptor open for its path under /proc. */
static const char *keep(struct stack *s, int fd)
{
	*VECTOR_ADD(&s->arena, &s->open) = fd;
	return arena_printf(&s->arena, "/proc/self/fd/%d", fd);
}

/* Into the option string of mount(2). */
static int hand_over_text(struct stack *s, const char *key, int fd)
{
	if (strcmp(key, "lowerdir+") == 0)
		text_printf(&s->lowers, "%s%s", s->lowers.len ? ":" : "", keep(s, fd));
	else
		text_printf(&s->rest, ",%s=%s", key, keep(s, fd));
	return 0;
}

/*
 * Hands fd over and takes it. The very first layer tells what this kernel takes: descriptors with O_PATH are refused with EBADF
 * before 6.15 and EINVAL before 6.13, the key lowerdir+ with EINVAL before 6.7.
 */
static int hand_over(struct stack *s, const char *key, int fd)
{
	struct site *site = s->site;

	if (!site->layer_paths && s->fs_fd >= 0) {
		if (sys_fsconfig(s->fs_fd, FSCONFIG_SET_FD, key, NULL, fd) == 0) {
			site->layers_known = true;
			close_fd(fd);
			return 0;
		}
		if (site->layers_known || (errno != EBADF && errno != EINVAL)) {
			close_fd(fd);
			return -1;
		}
		site->layer_paths = true;
	}
	if (!site->layer_data && s->fs_fd >= 0) {
		if (sys_fsconfig(s->fs_fd, FSCONFIG_SET_STRING, key, keep(s, fd), 0) == 0) {
			site->layers_known = true;
			return 0;
		}
		if (site->layers_known || errno != EINVAL)
			return -1;
		site->layer_data = true;
		s->fs_fd = close_fd(s->fs_fd);
	}
	site->layers_known = true;
	return hand_over_text(s, key, fd);
}

/* Flags that an admin set on the mount a layer lies on hold for the overlay too: it does not inherit them. */
static void carry_flags(struct stack *s, const struct statfs *st)
{
	if (st->f_flags & FLAG_NOEXEC)
		s->attr |= MOUNT_ATTR_NOEXEC;
	if (st->f_flags & FLAG_NOSYMFOLLOW)
		s->attr |= MOUNT_ATTR_NOSYMFOLLOW;
}

/*
 * A layer by its path, in one call: lowerdir+ takes it as it is, without escapes (Linux 6.7), up to the 255 bytes of a
 * fsconfig string. False when it did not work; then the descriptor's way finds out why, or does it.
 */
static bool hand_over_path(struct stack *s, const struct layer *layer)
{
	struct statfs st;

	if (s->fs_fd < 0 || layer->in_root || strlen(layer->path) > 255)
		return false;
	/* The base's flags came with the step. */
	if (s->step->origin && statfs(layer->path, &st) < 0)
		return false;
	if (sys_fsconfig(s->fs_fd, FSCONFIG_SET_STRING, "lowerdir+", layer->path, 0) < 0)
		return false;
	if (s->step->origin)
		carry_flags(s, &st);
	return true;
}

static int add_lower(struct stack *s, const struct layer *layer, struct error *err)
{
	struct statfs st;
	int fd;

	if (hand_over_path(s, layer))
		return 0;
	fd = layer->in_root ? resolve_in_root(s->site->root_fd, layer->path, O_PATH | O_DIRECTORY)
			    : sys_open(layer->path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return fail_call(err, CALL_OVERLAY_LAYER, layer->path);
	if (s->step->origin && fstatfs(fd, &st) == 0)
		carry_flags(s, &st);
	if (hand_over(s, "lowerdir+", fd) < 0) {
		(void)fail_call(err, CALL_OVERLAY_LAYER, layer->path);
		if (s->fs_fd >= 0)
			mount_read_log(s->fs_fd, err);
		return -1;
	}
	return 0;
}

/* A saved layer lies in the home, and so in the base when that is the host. */
static bool base_holds_layer(const struct stack *s)
{
	const struct overlay *o = s->step->overlay;

	/* What the user puts together by hand is theirs. */
	for (size_t i = 1; i < o->lowers.count && !s->step->origin; i++)
		if (path_below(o->lowers.items[i].path, o->lowers.items[0].path))
			return true;
	return false;
}

/*
 * overlayfs refuses a layer that lies in another one (ELOOP, ovl_check_overlapping_layers): so the base is shown to it through a
 * read-only overlay of its own, which is another file system. It is attached to the stage, as kernels before 6.15 refuse layers
 * of detached mounts.
 */
static int add_shielded(struct stack *s, const struct layer *base, struct error *err)
{
	struct overlay alone = { .upper_kind = UPPER_NONE };
	struct step step = step_init(STEP_OVERLAY, s->step->dst);
	_cleanup_fd_ int fd = -EBADF, dir = site_stage_dir(s->site, 0700, err);

	if (dir < 0)
		return -1;
	*VECTOR_ADD(&s->arena, &alone.lowers) = *base;
	step.overlay = &alone;
	fd = overlay_mount(s->site, &step, err);
	if (fd < 0 || mount_attach(s->site, fd, dir, "", err) < 0)
		return -1;
	if (hand_over(s, "lowerdir+", TAKE_FD(fd)) < 0)
		return fail_call(err, CALL_OVERLAY_LAYER, base->path);
	return 0;
}

/* Top first, as lowerdir+ wants it. A read-only overlay needs two layers (EINVAL), so an empty one is added. */
static int add_lowers(struct stack *s, struct error *err)
{
	const struct overlay *o = s->step->overlay;
	bool seeds = o->seeds.count || !o->lowers.count ||
		     (o->upper_kind == UPPER_NONE && o->lowers.count < 2);

	if (seeds) {
		int fd = make_seed_layer(s, err);

		if (fd < 0)
			return -1;
		if (hand_over(s, "lowerdir+", fd) < 0)
			return fail_call(err, CALL_OVERLAY_LAYER, "seed layer");
	}
	for (size_t i = o->lowers.count; i-- > 0;) {
		const struct layer *layer = &o->lowers.items[i];

		if ((i == 0 && base_holds_layer(s) ? add_shielded(s, layer, err)
						   : add_lower(s, layer, err)) < 0)
			return -1;
	}
	return 0;
}

/* A directory NAME/SLOT of the box, made when it is not there. */
static int box_dir(struct site *site, const char *name, const char *slot, mode_t mode)
{
	char path[PATH_MAX];

	(void)snprintf(path, sizeof(path), "%s/%s", name, slot);
	if (mkdirat(site->uppers_fd, path, mode) < 0 && errno != EEXIST)
		return -1;
	return openat(site->uppers_fd, path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/*
 * A merged root shows the owner of the upper's root. With a range of ids that owner can be the base's own; what a root directory
 * says of itself matters to the programs in it (sshd and dpkg look).
 */
static void own_upper(const struct stack *s, int upper)
{
	const struct overlay *o = s->step->overlay;
	struct stat st;

	if (s->site->plan->identity.uids.v.count < 2 || !o->lowers.count ||
	    o->lowers.items[0].in_root)
		return;
	/* An owner that is not mapped cannot be given; then the root shows the user's, as with one id. */
	if (stat(o->lowers.items[0].path, &st) < 0 ||
	    fchownat(upper, "", st.st_uid, st.st_gid, AT_EMPTY_PATH) < 0)
		return;
}

static int open_upper(struct stack *s, int *ret_upper, int *ret_work, struct error *err)
{
	const struct overlay *o = s->step->overlay;
	struct site *site = s->site;

	switch (o->upper_kind) {
	case UPPER_NONE:
		break;
	case UPPER_DIR:
		*ret_upper = sys_open(o->upper, O_PATH | O_DIRECTORY | O_CLOEXEC);
		if (*ret_upper < 0)
			return fail_call(err, CALL_OVERLAY_UPPER, o->upper);
		*ret_work = sys_open(o->work, O_PATH | O_DIRECTORY | O_CLOEXEC);
		return *ret_work < 0 ? fail_call(err, CALL_OVERLAY_WORK, o->work) : 0;
	case UPPER_BOX:
		*ret_upper = box_dir(site, "upper", o->slot, o->root_mode ? o->root_mode : 0755);
		if (*ret_upper < 0)
			return fail_call(err, CALL_OVERLAY_UPPER, o->slot);
		own_upper(s, *ret_upper);
		*ret_work = box_dir(site, "work", o->slot, 0700);
		return *ret_work < 0 ? fail_call(err, CALL_OVERLAY_WORK, o->slot) : 0;
	case UPPER_TMP:
		*ret_upper = site_stage_dir(site, o->root_mode ? o->root_mode : 0755, err);
		if (*ret_upper < 0)
			return -1;
		own_upper(s, *ret_upper);
		*ret_work = site_stage_dir(site, 0700, err);
		return *ret_work < 0 ? -1 : 0;
	}
	return 0;
}

/* True when the directory holds no name. */
static bool is_empty(int fd)
{
	int again = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	_cleanup_dir_ DIR *dir = again < 0 ? NULL : fdopendir(again);

	for (struct dirent *e; dir && (e = readdir(dir));)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			return false;
	return dir != NULL;
}

/* copyfrom=: what an empty upper starts with. One that holds something is used as it is. */
static int fill_upper(const struct overlay *o, int upper, struct error *err)
{
	_cleanup_fd_ int from = -EBADF, to = -EBADF;

	if (!o->copyfrom || !is_empty(upper))
		return 0;
	from = open(o->copyfrom, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (from < 0)
		return fail_call(err, CALL_OPEN_SOURCE, o->copyfrom);
	to = openat(upper, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (to < 0)
		return fail_call(err, CALL_OVERLAY_UPPER, o->upper ? o->upper : o->slot);
	return copy_tree(from, to, err);
}

static int add_upper(struct stack *s, struct error *err)
{
	const struct overlay *o = s->step->overlay;
	int upper = -EBADF, work = -EBADF;

	if (o->upper_kind == UPPER_NONE)
		return 0;
	if (open_upper(s, &upper, &work, err) < 0 || fill_upper(o, upper, err) < 0) {
		close_fd(upper);
		close_fd(work);
		return -1;
	}
	if (hand_over(s, "upperdir", upper) < 0) {
		(void)fail_call(err, CALL_OVERLAY_UPPER, o->upper ? o->upper : o->slot);
		close_fd(work);
		return -1;
	}
	if (hand_over(s, "workdir", work) < 0)
		return fail_call(err, CALL_OVERLAY_WORK, o->work ? o->work : o->slot);
	return 0;
}

static int add_option(struct stack *s, const char *option, struct error *err)
{
	if (s->fs_fd >= 0)
		return mount_option(s->fs_fd, option, err);
	text_printf(&s->rest, ",%s", option);
	return 0;
}

static int add_options(struct stack *s, struct error *err)
{
	const struct overlay *o = s->step->overlay;

	if (add_option(s, "userxattr", err) < 0)
		return -1;
	if (o->is_volatile && o->upper_kind != UPPER_NONE && add_option(s, "volatile", err) < 0)
		return -1;
	for (size_t i = 0; i < o->options.count; i++)
		if (add_option(s, o->options.items[i], err) < 0)
			return -1;
	return 0;
}

static int create(struct stack *s, struct error *err)
{
	if (s->fs_fd < 0) {
		_cleanup_text_ struct text data = { 0 };

		text_printf(&data, "lowerdir=%s%s", text_str(&s->lowers), text_str(&s->rest));
		if (data.len > 4095) {
			errno = E2BIG;
			return fail_call(err, CALL_FSCONFIG, "lowerdir");
		}
		return mount_old_data(s->site, "overlay", "overlay", text_str(&data),
				      mount_attr_to_ms(s->attr), err);
	}
	return mount_create(s->fs_fd, "overlay", s->attr, err);
}

/* A work directory that cannot be used makes the kernel mount read-only and report success. */
static int verify(const struct stack *s, int fd, struct error *err)
{
	struct statfs st;

	if (s->step->overlay->upper_kind == UPPER_NONE || (s->attr & MOUNT_ATTR_RDONLY))
		return 0;
	if (fstatfs(fd, &st) < 0)
		return fail_call(err, CALL_OVERLAY_VERIFY, "type");
	if (st.f_flags & FLAG_RDONLY) {
		errno = EROFS;
		return fail_call(err, CALL_OVERLAY_VERIFY, "readonly");
	}
	return 0;
}

static int open_context(struct stack *s, struct error *err)
{
	struct fs_option source = { "source", "overlay" };

	if (s->site->old_api || s->site->layer_data)
		return 0;
	s->fs_fd = sys_fsopen("overlay");
	if (s->fs_fd < 0 && mount_falls_back(s->site))
		return 0;
	if (s->fs_fd < 0)
		return fail_call(err, CALL_FSOPEN, "overlay");
	s->site->api_known = true;
	if (sys_fsconfig(s->fs_fd, FSCONFIG_SET_STRING, source.key, source.value, 0) < 0)
		return fail_call(err, CALL_FSCONFIG, "source=overlay");
	return 0;
}

int overlay_mount(struct site *site, const struct step *step, struct error *err)
{
	_cleanup_(stack_release) struct stack s = {
		.site = site,
		.step = step,
		.fs_fd = -EBADF,
		.attr = step->flags.set | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV,
	};
	_cleanup_fd_ int fd = -EBADF;

	if (open_context(&s, err) < 0 || add_lowers(&s, err) < 0 || add_upper(&s, err) < 0 ||
	    add_options(&s, err) < 0)
		return -1;
	fd = create(&s, err);
	if (fd < 0 || verify(&s, fd, err) < 0)
		return -1;
	return TAKE_FD(fd);
}
