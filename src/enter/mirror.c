// SPDX-License-Identifier: MIT
/* What the host has, name by name, as steps. */
#include "enter/mirror.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "enter/host.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Of a root: what a box has of its own. */
static const char *const not_of_root[] = { "proc", "dev", "tmp", "mnt", "etc", NULL };
/* Of /etc: who the users are is the box's business, and ".host" is where the mirrored one lies. */
static const char *const not_of_etc[] = { ".host", "passwd", "group", "mtab", NULL };

/* The steps as they become, and the one that is being replaced. */
struct mirroring {
	struct plan *plan;
	const char *state_dir;
	struct error *err;
	const struct step *asked;
	struct {
		VECTOR(struct step) v;
	} steps;
	struct {
		VECTOR(const char *) v;
	} names;
};

static int unreadable(struct mirroring *m)
{
	(void)fail_call(m->err, CALL_OPEN_SOURCE, m->asked->src);
	return fail_message(m->err, "cannot mirror %s", Q(m->asked->src));
}

static struct step *add(struct mirroring *m, enum step_kind kind, const char *dst)
{
	struct step *step = VECTOR_ADD(&m->plan->arena, &m->steps.v);

	*step = step_init(kind, dst);
	step->origin = m->asked->origin;
	step->parents = m->asked->parents;
	return step;
}

static struct step *add_bind(struct mirroring *m, const char *src, const char *dst)
{
	struct step *step = add(m, STEP_BIND, dst);

	step->src = src;
	step->flags = m->asked->flags;
	step->recursive = m->asked->recursive;
	return step;
}

static void add_tmpfs(struct mirroring *m, const char *dst)
{
	struct step *step = add(m, STEP_TMPFS, dst);

	step->mode = 0755;
	step->flags.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
}

static void add_link(struct mirroring *m, const char *dst, const char *target)
{
	struct step *step = add(m, STEP_SYMLINK, dst);

	step->text = target;
	step->text_len = strlen(target);
}

/* What a link holds, or NULL with errno. */
static const char *read_link(struct arena *arena, int dir_fd, const char *name)
{
	char target[PATH_MAX];
	ssize_t n = readlinkat(dir_fd, name, target, sizeof(target));

	if (n == (ssize_t)sizeof(target))
		errno = ENAMETOOLONG;
	return n < 0 || n == (ssize_t)sizeof(target) ? NULL
						     : arena_strndup(arena, target, (size_t)n);
}

static bool is_in(const char *const *list, const char *name)
{
	for (; *list; list++)
		if (strcmp(*list, name) == 0)
			return true;
	return false;
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in the directory but those of `without`, sorted, so that the same host gives the same plan. */
static int list(struct mirroring *m, int dir_fd, const char *const *without)
{
	int fd = openat(dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	_cleanup_dir_ DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	m->names.v.count = 0;
	if (!dir)
		return unreadable(m);
	for (struct dirent *e; (e = readdir(dir));)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 &&
		    !is_in(without, e->d_name))
			*VECTOR_ADD(&m->plan->arena, &m->names.v) = arena_strdup(&m->plan->arena,
										 e->d_name);
	if (m->names.v.count)
		qsort(m->names.v.items, m->names.v.count, sizeof(*m->names.v.items), compare);
	return 0;
}

/* The boxes, where what is mirrored shows them. */
static void hide_boxes(struct mirroring *m, int dir_fd)
{
	const char *seen = m->state_dir ? host_state_below(m->plan, dir_fd, m->state_dir) : NULL;

	if (seen)
		add(m, STEP_HIDE, seen)->why = "boxes are not seen from inside a box";
}

/*
 * A link is made again rather than bound: bound, it would be a second mount of what it leads to, and programs that ask for the
 * real path of a file would get another one than outside.
 */
static int mirror_entries(struct mirroring *m, int dir_fd)
{
	struct arena *arena = &m->plan->arena;

	if (list(m, dir_fd, not_of_root) < 0)
		return -1;
	for (size_t i = 0; i < m->names.v.count; i++) {
		const char *name = m->names.v.items[i], *dst = path_join(arena, "/", name);
		const char *target = read_link(arena, dir_fd, name);

		if (target)
			add_link(m, dst, target);
		else
			/* It was there a moment ago. */
			add_bind(m, path_join(arena, m->asked->src, name), dst)->optional = true;
	}
	hide_boxes(m, dir_fd);
	return 0;
}

/*
 * The links hold no path of the host, and the whole of it is one bind. What is a link there is one here too, with the same
 * words: they are told from /etc, and would mean something else two directories further down.
 */
static int mirror_etc(struct mirroring *m, int dir_fd)
{
	const char *below = path_relative(m->asked->dst, "/etc");
	struct arena *arena = &m->plan->arena;

	if (list(m, dir_fd, not_of_etc) < 0)
		return -1;
	add_tmpfs(m, "/etc");
	(void)add_bind(m, m->asked->src, m->asked->dst);
	for (size_t i = 0; i < m->names.v.count; i++) {
		const char *name = m->names.v.items[i];
		const char *target = read_link(arena, dir_fd, name);

		add_link(m, path_join(arena, "/etc", name),
			 target ? target : path_join(arena, below, name));
	}
	add_link(m, "/etc/mtab", "/proc/mounts");
	return 0;
}

static int mirror(struct mirroring *m)
{
	_cleanup_fd_ int dir_fd = sys_open(m->asked->src, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (dir_fd < 0)
		return unreadable(m);
	return m->asked->mirror == MIRROR_ETC ? mirror_etc(m, dir_fd) : mirror_entries(m, dir_fd);
}

static int copy_link(struct mirroring *m)
{
	const char *target = read_link(&m->plan->arena, AT_FDCWD, m->asked->src);

	if (target) {
		add_link(m, m->asked->dst, target);
		return 0;
	}
	(void)fail_call(m->err, CALL_OPEN_SOURCE, m->asked->src);
	return fail_message(m->err, "cannot make %s", Q(m->asked->dst));
}

/* The entries of a root want an empty one: without that the host's own would show through between them. */
static void begin_root(struct mirroring *m)
{
	struct plan *plan = m->plan;
	const struct step *first = plan->asked.items;

	if (plan->base == BASE_DIR || (host_makes_root(first) && !first->mirror))
		return;
	for (size_t i = 0; i < plan->asked.count; i++) {
		m->asked = &plan->asked.items[i];
		if (m->asked->mirror == MIRROR_ENTRIES) {
			add_tmpfs(m, "/");
			return;
		}
	}
}

static bool is_copied_link(const struct step *step)
{
	return step->kind == STEP_SYMLINK && !step->text && step->src;
}

static bool mirrors(const struct plan *plan)
{
	for (size_t i = 0; i < plan->asked.count; i++)
		if (plan->asked.items[i].mirror || is_copied_link(&plan->asked.items[i]))
			return true;
	return false;
}

int mirror_settle(struct plan *plan, const char *state_dir, struct error *err)
{
	struct mirroring m = { .plan = plan, .state_dir = state_dir, .err = err };

	if (!mirrors(plan))
		return 0;
	begin_root(&m);
	for (size_t i = 0; i < plan->asked.count; i++) {
		int answer = 0;

		m.asked = &plan->asked.items[i];
		if (m.asked->mirror)
			answer = mirror(&m);
		else if (is_copied_link(m.asked))
			answer = copy_link(&m);
		else
			VECTOR_PUSH(&plan->arena, &m.steps.v, *m.asked);
		if (answer < 0) {
			err->step = (int)i;
			return -1;
		}
	}
	plan->asked.items = m.steps.v.items;
	plan->asked.count = m.steps.v.count;
	plan->asked.capacity = m.steps.v.capacity;
	return 0;
}
