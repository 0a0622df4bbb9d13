// SPDX-License-Identifier: MIT
/*
 * An overlay by itself. Layers are handed over one by one by their paths, so that a mount table names them (Linux 6.7; a longer path
 * than fsconfig(2) takes by /proc/self/fd); before, in one option string of mount(2).
 */
#include "api/mount_parts.h"

#include "api/handles.h"
#include "base/cleanup.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "enter/mount.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>

/* fsconfig(2): a string has at most 255 bytes. mount(2): the kernel copies a page, and takes no notice of what it cuts off. */
enum { STRING_MAX = 255, DATA_MAX = 4095 };

/* One in the making. */
struct stack {
	const struct nacre_overlay *o;
	int fs_fd;
	VECTOR(int) open; /* what paths of /proc/self/fd name */
	struct arena arena;
};

static void stack_release(struct stack *s)
{
	for (size_t i = 0; i < s->open.count; i++)
		(void)close(s->open.items[i]);
	s->fs_fd = close_fd(s->fs_fd);
	arena_release(&s->arena);
}

static void escape(struct text *out, const char *path)
{
	for (; *path; path++) {
		if (*path == '\\' || *path == ':' || *path == ',')
			text_add_char(out, '\\');
		text_add_char(out, *path);
	}
}

char *nacre_overlay_escape(const char *path)
{
	struct text out = { 0 };

	text_add(&out, "");
	escape(&out, path);
	return handles_give(&out);
}

static int fail_layer(struct stack *s, enum error_call call, const char *path, struct error *err)
{
	(void)fail_call(err, call, path);
	if (s->fs_fd >= 0)
		mount_read_log(s->fs_fd, err);
	return -1;
}

/* Opened first: a layer that is missing is told from a kernel that does not know the key. */
static int hand_over(struct stack *s, const char *key, enum error_call call, const char *path,
		     struct error *err)
{
	_cleanup_fd_ int fd = sys_open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	_cleanup_text_ struct text escaped = { 0 };
	char by_fd[40];
	const char *value = path;

	if (fd < 0)
		return fail_call(err, call, path);
	/* One layer is taken as it is; the keys that were there before unescape (ovl_unescape(), fs/overlayfs/params.c). */
	if (call != CALL_OVERLAY_LAYER) {
		escape(&escaped, path);
		value = text_str(&escaped);
	}
	if (strlen(value) > STRING_MAX) {
		value = fd_path(by_fd, fd);
		*VECTOR_ADD(&s->arena, &s->open) = TAKE_FD(fd);
	}
	return sys_fsconfig(s->fs_fd, FSCONFIG_SET_STRING, key, value, 0) < 0
		       ? fail_layer(s, call, path, err)
		       : 0;
}

/* ---- by one string ---- */

enum { UNKNOWN_KEY = 1 };

static int add_path(struct text *data, const char *key, enum error_call call, const char *path,
		    struct error *err)
{
	_cleanup_fd_ int fd = sys_open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	text_add(data, key);
	escape(data, path);
	return fd < 0 ? fail_call(err, call, path) : 0;
}

static int string_of(const struct nacre_overlay *o, bool userxattr, struct text *data,
		     struct error *err)
{
	for (size_t i = 0; o->lowers[i]; i++)
		if (add_path(data, i ? ":" : "lowerdir=", CALL_OVERLAY_LAYER, o->lowers[i], err) < 0)
			return -1;
	if (o->upper && (add_path(data, ",upperdir=", CALL_OVERLAY_UPPER, o->upper, err) < 0 ||
			 add_path(data, ",workdir=", CALL_OVERLAY_WORK, o->work, err) < 0))
		return -1;
	text_add(data, userxattr ? ",userxattr" : "");
	text_add(data, o->is_volatile ? ",volatile" : "");
	for (size_t i = 0; o->options && o->options[i]; i++)
		text_printf(data, ",%s", o->options[i]);
	errno = E2BIG;
	return data->len > DATA_MAX ? fail_call(err, CALL_FSCONFIG, "lowerdir") : 0;
}

/* At the target at once: there is nothing to adjust that mount(2) does not take with it. */
static int mount_by_string(const struct nacre_overlay *o, bool userxattr, struct error *err)
{
	_cleanup_text_ struct text data = { 0 };

	if (string_of(o, userxattr, &data, err) < 0)
		return -1;
	return sys_mount("overlay", o->target, "overlay", mount_attr_to_ms(o->attributes),
			 text_str(&data)) < 0
		       ? fail_call(err, CALL_FSCREATE, "overlay")
		       : 0;
}

/* ---- by one call for each ---- */

static int add_layers(struct stack *s, struct error *err)
{
	const struct nacre_overlay *o = s->o;

	for (size_t i = 0; o->lowers[i]; i++) {
		if (hand_over(s, "lowerdir+", CALL_OVERLAY_LAYER, o->lowers[i], err) == 0)
			continue;
		return i == 0 && err->sys == EINVAL ? UNKNOWN_KEY : -1;
	}
	if (!o->upper)
		return 0;
	if (hand_over(s, "upperdir", CALL_OVERLAY_UPPER, o->upper, err) < 0)
		return -1;
	return hand_over(s, "workdir", CALL_OVERLAY_WORK, o->work, err);
}

static int add_options(struct stack *s, bool userxattr, struct error *err)
{
	if ((userxattr && mount_option(s->fs_fd, "userxattr", err) < 0) ||
	    (s->o->is_volatile && mount_option(s->fs_fd, "volatile", err) < 0))
		return -1;
	for (size_t i = 0; s->o->options && s->o->options[i]; i++)
		if (mount_option(s->fs_fd, s->o->options[i], err) < 0)
			return -1;
	return 0;
}

/* A work directory that cannot be used makes it read-only, which is reported as a success. */
static int verify(const struct nacre_overlay *o, int fd, struct error *err)
{
	struct statfs st;

	if (!o->upper || (o->attributes & MOUNT_ATTR_RDONLY) ||
	    (fstatfs(fd, &st) == 0 && !(st.f_flags & ST_RDONLY)))
		return 0;
	errno = EROFS;
	return fail_call(err, CALL_OVERLAY_VERIFY, "readonly");
}

/* Before the kernel is asked, who says EINVAL to everything. */
static int refuse(const char *reason, const char *fix, struct error *err)
{
	errno = EINVAL;
	(void)fail_call(err, CALL_NONE, NULL);
	error_explain(err, NULL, reason, fix);
	return -1;
}

static int overlay_at(const struct nacre_overlay *o, struct error *err)
{
	/* In a user namespace attributes trusted.* cannot be written. */
	bool userxattr = o->userxattr || single_in_userns();
	_cleanup_(stack_release) struct stack s = { .o = o, .fs_fd = sys_fsopen("overlay") };
	_cleanup_fd_ int fd = -EBADF;
	int answer;

	if (!o->lowers || !o->lowers[0])
		return refuse("no layer is given", "give at least one, and two without an upper",
			      err);
	if (!o->upper != !o->work)
		return refuse("an upper and a work directory go together", "give both, or neither",
			      err);
	if (s.fs_fd < 0)
		return fail_call(err, CALL_FSOPEN, "overlay");
	answer = mount_option(s.fs_fd, "source=overlay", err);
	if (answer == 0)
		answer = add_layers(&s, err);
	if (answer == UNKNOWN_KEY)
		return mount_by_string(o, userxattr, err);
	if (answer < 0 || add_options(&s, userxattr, err) < 0)
		return -1;
	fd = mount_create(s.fs_fd, "overlay", o->attributes, err);
	if (fd < 0 || verify(o, fd, err) < 0)
		return -1;
	return single_attach(fd, o->target, err);
}

/* The same as a step, whose lowers begin with the lowest. */
static struct overlay *as_step(struct single *s, const struct nacre_overlay *o)
{
	struct overlay *step = arena_new(&s->arena, struct overlay);
	size_t n = 0;

	*step = (struct overlay){ .upper_kind = o->upper ? UPPER_DIR : UPPER_NONE,
				  .upper = o->upper,
				  .work = o->work };
	while (o->lowers && o->lowers[n])
		n++;
	while (n-- > 0)
		VECTOR_PUSH(&s->arena, &step->lowers, (struct layer){ .path = o->lowers[n] });
	return step;
}

int nacre_mount_overlay(const struct nacre_overlay *overlay, struct nacre_error *error)
{
	struct nacre_overlay o = { 0 };
	struct single s;
	int answer;

	single_begin(&s, STEP_OVERLAY, error);
	answer = handles_take(&o, sizeof(o), overlay, s.err);
	if (answer == 0)
		answer = overlay_at(&o, s.err);
	if (answer < 0 && error)
		s.step.overlay = as_step(&s, &o);
	return single_end(&s, answer, "mount an overlay on", NULL, o.target);
}
