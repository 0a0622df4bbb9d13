// SPDX-License-Identifier: MIT
/* Single mounts: everything is made detached and adjusted, then attached, so that a failure leaves nothing behind. */
#include "api/mount_parts.h"

#include "api/handles.h"
#include "base/cleanup.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "enter/mount.h"
#include "explain/explain.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Static_assert(NACRE_RDONLY == MOUNT_ATTR_RDONLY && NACRE_NOSUID == MOUNT_ATTR_NOSUID &&
		       NACRE_NODEV == MOUNT_ATTR_NODEV && NACRE_NOEXEC == MOUNT_ATTR_NOEXEC &&
		       NACRE_NOATIME == MOUNT_ATTR_NOATIME &&
		       NACRE_STRICTATIME == MOUNT_ATTR_STRICTATIME &&
		       NACRE_NODIRATIME == MOUNT_ATTR_NODIRATIME &&
		       NACRE_NOSYMFOLLOW == MOUNT_ATTR_NOSYMFOLLOW,
	       "attributes are those of mount_setattr(2)");

/* ---- shared ---- */

void single_begin(struct single *s, enum step_kind kind, struct nacre_error *error)
{
	s->error = error;
	s->err = error ? &error->value : &s->scratch;
	s->err->kind = ERROR_NONE;
	s->arena = (struct arena){ 0 };
	s->step = step_init(kind, "/");
}

/* As it is explained: absolute. */
static const char *absolute(struct single *s, const char *path)
{
	char cwd[PATH_MAX];

	if (!path || *path == '/' || !getcwd(cwd, sizeof(cwd)))
		return path;
	return path_absolute(&s->arena, cwd, path);
}

bool single_in_userns(void)
{
	const ino_t initial = 0xEFFFFFFDU; /* PROC_USER_INIT_INO, include/linux/proc_ns.h */
	struct stat st;

	return stat("/proc/self/ns/user", &st) < 0 || st.st_ino != initial;
}

/* Who was refused: the right that is missing is another one for each. */
static void fact_user(struct error *err)
{
	if (err->sys != EPERM && err->sys != EACCES)
		return;
	if (geteuid() != 0)
		error_fact(err, "asked by user %u", (unsigned)geteuid());
	else
		error_fact(err, "asked by root%s", single_in_userns() ? " of a user namespace" : "");
}

static void explain(struct single *s, const char *source, const char *target)
{
	struct plan plan = { 0 };
	struct error *err = s->err;

	s->step.src = absolute(s, source);
	s->step.dst = absolute(s, target);
	VECTOR_PUSH(&s->arena, &plan.steps, s->step);
	err->step = 0;
	explain_error(err, &plan);
	fact_user(err);
	err->step = -1;
}

int single_end(struct single *s, int answer, const char *cannot, const char *source,
	       const char *target)
{
	int sys = answer < 0 ? s->err->sys : 0;

	if (answer < 0 && s->error) {
		if (source)
			(void)fail_message(s->err, "cannot %s %s at %s", cannot, Q(source),
					   Q(target ? target : ""));
		else
			(void)fail_message(s->err, "cannot %s %s", cannot, Q(target ? target : ""));
		explain(s, source, target);
	}
	arena_release(&s->arena);
	if (answer < 0)
		errno = sys;
	return answer < 0 ? -1 : 0;
}

int single_attach(int fd, const char *target, struct error *err)
{
	_cleanup_fd_ int to_fd = sys_open(target, O_PATH | O_CLOEXEC);

	if (to_fd < 0) {
		(void)fail_call(err, CALL_OPEN_TARGET, target);
		if (err->sys == ENOENT)
			error_explain(err, "mount-point-missing",
				      "there is nothing at that place to mount on",
				      "make it first: a mount makes no mount point");
		return -1;
	}
	if (sys_move_mount(fd, "", to_fd, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH) < 0)
		return fail_call(err, CALL_ATTACH, target);
	return 0;
}

/* ---- bind, move ---- */

/* Attributes that are set take the place of the access-time mode too (mount_setattr(2)). */
static int set_attributes(int fd, const char *path, unsigned at, uint64_t set, uint64_t clear,
			  struct error *err)
{
	if ((set | clear) & MOUNT_ATTR__ATIME)
		clear |= MOUNT_ATTR__ATIME;
	if (!set && !clear)
		return 0;
	return sys_mount_setattr(fd, path, at, set, clear, 0) < 0
		       ? fail_call(err, CALL_ATTRIBUTE, path)
		       : 0;
}

static int bind_at(const struct nacre_bind *b, struct error *err)
{
	unsigned recursive = b->alone ? 0 : AT_RECURSIVE;
	_cleanup_fd_ int fd = sys_open_tree(AT_FDCWD, b->source, OPEN_TREE_CLONE | recursive);

	if (fd < 0)
		return fail_call(err,
				 errno == ENOENT || errno == EACCES || errno == ENOTDIR ||
						 errno == ELOOP
					 ? CALL_OPEN_SOURCE
					 : CALL_BIND,
				 b->source);
	if (set_attributes(fd, "", AT_EMPTY_PATH | recursive, b->attributes, 0, err) < 0)
		return -1;
	return single_attach(fd, b->target, err);
}

int nacre_mount_bind(const struct nacre_bind *bind, struct nacre_error *error)
{
	struct nacre_bind b = { 0 };
	struct single s;
	int answer;

	single_begin(&s, STEP_BIND, error);
	answer = handles_take(&b, sizeof(b), bind, s.err);
	s.step.recursive = !b.alone;
	if (answer == 0)
		answer = bind_at(&b, s.err);
	return single_end(&s, answer, "bind", b.source, b.target);
}

static int move_to(const char *source, const char *target, struct error *err)
{
	_cleanup_fd_ int fd = sys_open_tree(AT_FDCWD, source, 0);
	struct statx st;

	if (fd < 0)
		return fail_call(err, CALL_OPEN_SOURCE, source);
	if (single_attach(fd, target, err) == 0)
		return 0;
	if (err->sys == EINVAL && sys_statx(fd, "", AT_EMPTY_PATH, STATX_TYPE, &st) == 0 &&
	    !(st.stx_attributes & STATX_ATTR_MOUNT_ROOT))
		error_explain(err, "not-a-mount-point", NULL, NULL);
	return -1;
}

int nacre_mount_move(const char *source, const char *target, struct nacre_error *error)
{
	struct single s;

	single_begin(&s, STEP_MOVE, error);
	return single_end(&s, move_to(source, target, s.err), "move the mount", source, target);
}

/* ---- tmpfs ---- */

static int tmpfs_options(int fs_fd, const struct nacre_tmpfs *t, struct error *err)
{
	const struct {
		bool given, octal;
		const char *key;
		unsigned long long value;
	} options[] = {
		{ t->bytes != 0, false, "size", t->bytes },
		{ t->blocks != 0, false, "nr_blocks", t->blocks },
		{ t->inodes != 0, false, "nr_inodes", t->inodes },
		{ t->has_mode, true, "mode", t->mode },
		{ t->has_uid, false, "uid", t->uid },
		{ t->has_gid, false, "gid", t->gid },
	};
	char text[40];

	if ((t->bytes && t->blocks) || (t->has_mode && t->mode > 07777)) {
		errno = EINVAL;
		return fail_call(err, CALL_FSCONFIG, t->blocks ? "nr_blocks" : "mode");
	}
	for (size_t i = 0; i < ARRAY_LEN(options); i++) {
		(void)snprintf(text, sizeof(text), options[i].octal ? "%s=%04llo" : "%s=%llu",
			       options[i].key, options[i].value);
		if (options[i].given && mount_option(fs_fd, text, err) < 0)
			return -1;
	}
	return 0;
}

static int tmpfs_at(const struct nacre_tmpfs *t, struct error *err)
{
	uint64_t attributes = t->attributes | (t->suid ? 0 : MOUNT_ATTR_NOSUID) |
			      (t->dev ? 0 : MOUNT_ATTR_NODEV);
	_cleanup_fd_ int fs_fd = sys_fsopen("tmpfs"), fd = -EBADF;

	if (fs_fd < 0)
		return fail_call(err, CALL_FSOPEN, "tmpfs");
	if (mount_option(fs_fd, "source=tmpfs", err) < 0 || tmpfs_options(fs_fd, t, err) < 0)
		return -1;
	fd = mount_create(fs_fd, "tmpfs", attributes, err);
	return fd < 0 ? -1 : single_attach(fd, t->target, err);
}

int nacre_mount_tmpfs(const struct nacre_tmpfs *tmpfs, struct nacre_error *error)
{
	struct nacre_tmpfs t = { 0 };
	struct single s;
	int answer;

	single_begin(&s, STEP_TMPFS, error);
	answer = handles_take(&t, sizeof(t), tmpfs, s.err);
	if (answer == 0)
		answer = tmpfs_at(&t, s.err);
	return single_end(&s, answer, "mount a tmpfs on", NULL, t.target);
}

/* ---- what is mounted already ---- */

int nacre_mount_change(const struct nacre_attributes *attributes, struct nacre_error *error)
{
	struct nacre_attributes a = { 0 };
	struct single s;
	int answer;

	single_begin(&s, STEP_REMOUNT, error);
	answer = handles_take(&a, sizeof(a), attributes, s.err);
	s.step.flags = (struct mount_flags){ .set = a.set,
					     .clear = a.clear,
					     .recursive = a.recursive };
	if (answer == 0)
		answer = set_attributes(AT_FDCWD, a.path, a.recursive ? AT_RECURSIVE : 0, a.set,
					a.clear, s.err);
	return single_end(&s, answer, "change the mount", NULL, a.path);
}

int nacre_mount_reconfigure(const char *path, const char *const *options, struct nacre_error *error)
{
	struct single s;

	single_begin(&s, STEP_REMOUNT, error);
	return single_end(&s, mount_reconfigure(path, options, s.err), "change the file system at",
			  NULL, path);
}
