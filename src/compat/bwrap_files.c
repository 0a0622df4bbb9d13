// SPDX-License-Identifier: MIT
/*
 * Takers of what is placed in the new root. Each appends a step, in the order given.
 *
 * bubblewrap makes what is missing wherever it can (MKDIR_ANYWHERE), also in a directory of the host that is bound writable; its
 * parents have 0755, and less where --perms gives the place itself to nobody else.
 */
#include "compat/bwrap.h"

#include "base/path.h"
#include "base/syscalls.h"
#include "read/value.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define NO_PRIVILEGE (MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV)

static bool has_dots(const char *path)
{
	for (const char *p = strstr(path, ".."); p; p = strstr(p + 1, ".."))
		if ((p == path || p[-1] == '/') && (p[2] == '/' || !p[2]))
			return true;
	return false;
}

/* A path of the host. With ".." behind a link the text alone does not say where it leads. */
static const char *host_path(const struct bwrap *b, const char *text)
{
	char real[PATH_MAX];

	if (has_dots(text) && realpath(text, real))
		return arena_strdup(&b->plan->arena, real);
	return path_absolute(&b->plan->arena, b->plan->cwd, text);
}

/* A path of the new root: what is not absolute begins there too. */
static const char *box_path(const struct bwrap *b, const char *text)
{
	return path_absolute(&b->plan->arena, "/", text);
}

static bool is_root_maker(const struct step *step)
{
	return !step->dst[1] &&
	       (step->kind == STEP_BIND || step->kind == STEP_TMPFS || step->kind == STEP_OVERLAY);
}

/* The root is an empty tmpfs, unless the first thing asked for is a mount on it. */
static void ensure_root(struct bwrap *b)
{
	struct step root = step_init(STEP_TMPFS, "/");

	if (b->plan->asked.count)
		return;
	root.flags.set = NO_PRIVILEGE;
	root.why = "the root";
	VECTOR_PUSH(&b->plan->arena, &b->plan->asked, root);
}

/* Missing parents of a place that --perms closes to the group or to others are closed to them too. */
static void close_parents(struct bwrap *b, const struct step *step)
{
	mode_t mode = 0755;

	if (b->mode < 0 || (b->mode & 0070 && b->mode & 0007))
		return;
	if (!(b->mode & 0070))
		mode &= ~(mode_t)0050;
	if (!(b->mode & 0007))
		mode &= ~(mode_t)0005;
	for (const char *slash = strchr(step->dst + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		struct step parent = step_init(STEP_DIR, arena_strndup(&b->plan->arena, step->dst,
								       (size_t)(slash - step->dst)));

		parent.mode = mode;
		parent.mkdir = MKDIR_ANYWHERE;
		parent.origin = "--perms";
		VECTOR_PUSH(&b->plan->arena, &b->plan->asked, parent);
	}
}

static void add(struct bwrap *b, struct step *step, const struct bwrap_option *option)
{
	step->origin = option->name;
	step->mkdir = MKDIR_ANYWHERE;
	/* What was placed before is covered whole. */
	if (is_root_maker(step))
		b->plan->asked.count = 0;
	else
		ensure_root(b);
	close_parents(b, step);
	VECTOR_PUSH(&b->plan->arena, &b->plan->asked, *step);
	b->mode = -1;
	b->size = 0;
}

static struct step bind_step(const struct bwrap *b, const char *dst, unsigned how)
{
	struct step step = step_init(STEP_BIND, box_path(b, dst));

	step.flags.set = MOUNT_ATTR_NOSUID | (how & BWRAP_DEVICES ? 0 : MOUNT_ATTR_NODEV) |
			 (how & BWRAP_RO ? MOUNT_ATTR_RDONLY : 0);
	step.flags.recursive = true;
	/* What the host mounts below it later is seen, as on removable media. */
	step.flags.propagation = MS_SLAVE;
	step.flags.propagation_recursive = true;
	step.optional = how & BWRAP_TRY;
	return step;
}

BWRAP_TAKER(bwrap_take_bind)
{
	struct step step = bind_step(b, words[1], option->value);

	(void)err;
	step.src = host_path(b, words[0]);
	/* No root at all is none to go on with. */
	if (step.optional && !step.dst[1] && access(step.src, F_OK) < 0 && errno == ENOENT)
		return 0;
	add(b, &step, option);
	return 0;
}

BWRAP_TAKER(bwrap_take_bind_fd)
{
	struct step step = bind_step(b, words[1], option->value);

	step.from_fd = bwrap_fd(words[0], err);
	if (step.from_fd < 0)
		return -1;
	add(b, &step, option);
	return 0;
}

BWRAP_TAKER(bwrap_take_data)
{
	struct step step = step_init(STEP_FILE, box_path(b, words[1]));

	step.from_fd = bwrap_fd(words[0], err);
	if (step.from_fd < 0)
		return -1;
	step.cover = true;
	step.mode = b->mode < 0 ? 0600 : b->mode;
	step.flags.set = NO_PRIVILEGE | (option->value & BWRAP_RO ? MOUNT_ATTR_RDONLY : 0);
	add(b, &step, option);
	return 0;
}

BWRAP_TAKER(bwrap_take_file)
{
	struct step step = step_init(STEP_FILE, box_path(b, words[1]));

	step.from_fd = bwrap_fd(words[0], err);
	if (step.from_fd < 0)
		return -1;
	step.mode = b->mode < 0 ? 0666 : b->mode;
	add(b, &step, option);
	return 0;
}

BWRAP_TAKER(bwrap_take_place)
{
	struct step step = step_init((enum step_kind)option->value, box_path(b, words[0]));

	(void)err;
	step.mode = step.kind == STEP_DIR || step.kind == STEP_TMPFS ? b->mode : -1;
	if (step.kind == STEP_TMPFS) {
		step.size = b->size;
		step.flags.set = NO_PRIVILEGE;
	}
	if (step.kind == STEP_DEV) {
		step.flags.set = MOUNT_ATTR_NODEV;
		step.flags.clear = MOUNT_ATTR_NOEXEC;
	}
	if (step.kind == STEP_DIR && !step.dst[1]) {
		b->mode = -1;
		return 0;
	}
	add(b, &step, option);
	return 0;
}

BWRAP_TAKER(bwrap_take_symlink)
{
	struct step step = step_init(STEP_SYMLINK, box_path(b, words[1]));

	(void)err;
	step.text = arena_strdup(&b->plan->arena, words[0]);
	step.text_len = strlen(step.text);
	add(b, &step, option);
	return 0;
}

BWRAP_TAKER(bwrap_take_chmod)
{
	struct step step = step_init(STEP_CHMOD, box_path(b, words[1]));
	mode_t mode;

	if (value_mode(words[0], &mode, err) < 0)
		return -1;
	step.mode = mode;
	add(b, &step, option);
	return 0;
}

BWRAP_TAKER(bwrap_take_remount)
{
	struct step step = step_init(STEP_REMOUNT, box_path(b, words[0]));

	(void)err;
	step.flags.set = NO_PRIVILEGE | MOUNT_ATTR_RDONLY;
	add(b, &step, option);
	return 0;
}

BWRAP_TAKER(bwrap_take_perms)
{
	mode_t mode;

	if (b->mode >= 0)
		return bwrap_misuse(err, "%s is given twice for the same option", option->name);
	if (value_mode(words[0], &mode, err) < 0)
		return -1;
	b->mode = mode;
	return 0;
}

BWRAP_TAKER(bwrap_take_size)
{
	char *end;

	if (b->size)
		return bwrap_misuse(err, "%s is given twice for the same option", option->name);
	/* As strtoull(3) has it for bubblewrap: "0x" and "0" before other bases. */
	errno = 0;
	b->size = strtoull(words[0], &end, 0);
	if (errno || *end || words[0][0] < '0' || words[0][0] > '9')
		return value_fail(err, words[0], "a number of bytes", NULL);
	return b->size ? 0 : bwrap_misuse(err, "the size of a tmpfs cannot be 0");
}

/* ---- overlays ---- */

BWRAP_TAKER(bwrap_take_source)
{
	(void)option;
	(void)err;
	VECTOR_PUSH(&b->plan->arena, &b->sources, (struct layer){ .path = host_path(b, words[0]) });
	return 0;
}

BWRAP_TAKER(bwrap_take_overlay)
{
	struct overlay *overlay = arena_new(&b->plan->arena, struct overlay);
	bool writable = option->value == UPPER_DIR;
	struct step step = step_init(STEP_OVERLAY, box_path(b, words[writable ? 2 : 0]));
	size_t least = option->value == UPPER_NONE ? 2 : 1;

	if (b->sources.count < least)
		return bwrap_misuse(err, "%s needs at least %zu --overlay-src before it",
				    option->name, least);
	for (size_t i = 0; i < b->sources.count; i++)
		VECTOR_PUSH(&b->plan->arena, &overlay->lowers, b->sources.items[i]);
	b->sources.count = 0;
	overlay->upper_kind = (enum upper_kind)option->value;
	overlay->is_volatile = option->value == UPPER_TMP;
	overlay->root_mode = 0755;
	if (writable) {
		overlay->upper = host_path(b, words[0]);
		overlay->work = host_path(b, words[1]);
	}
	step.overlay = overlay;
	step.flags.set = NO_PRIVILEGE;
	add(b, &step, option);
	return 0;
}

/* ---- steps that depend on what comes after them ---- */

static void add_settled(struct bwrap *b, struct step *step, const char *origin)
{
	step->mkdir = MKDIR_ANYWHERE;
	step->origin = origin;
	VECTOR_PUSH(&b->plan->arena, &b->plan->asked, *step);
}

/*
 * Of /proc, what root could do harm with. Nobody else has the right to write there, and bubblewrap binds only what can be
 * written.
 */
static void cover_proc(struct bwrap *b, const char *proc, const char *origin)
{
	static const char *const names[] = { "sys", "sysrq-trigger", "irq", "bus" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct step step;

		if (access(path_join(&b->plan->arena, "/proc", names[i]), W_OK) < 0)
			continue;
		step = bind_step(b, path_join(&b->plan->arena, proc, names[i]), BWRAP_RO);
		step.src = step.dst;
		step.in_root = true;
		add_settled(b, &step, origin);
	}
}

/* Where the pid namespace is shared, /proc is the host's: a fresh one would show the same, and only root could mount it. */
static void add_proc(struct bwrap *b, const struct step *asked)
{
	struct step step = *asked;

	if (!b->plan->unshare[NS_PID] && b->life->pidns_fd < 0) {
		step = bind_step(b, asked->dst, 0);
		step.src = "/proc";
	}
	add_settled(b, &step, asked->origin);
	if (b->caller == 0)
		cover_proc(b, asked->dst, asked->origin);
}

void bwrap_settle_steps(struct bwrap *b)
{
	const struct step *asked;
	size_t count, procs = 0;

	ensure_root(b);
	asked = b->plan->asked.items;
	count = b->plan->asked.count;
	for (size_t i = 0; i < count; i++)
		procs += asked[i].kind == STEP_PROC;
	if (!procs)
		return;
	b->plan->asked.items = NULL;
	b->plan->asked.count = b->plan->asked.capacity = 0;
	VECTOR_RESERVE(&b->plan->arena, &b->plan->asked, count + 4 * procs);
	for (size_t i = 0; i < count; i++)
		if (asked[i].kind == STEP_PROC)
			add_proc(b, &asked[i]);
		else
			VECTOR_PUSH(&b->plan->arena, &b->plan->asked, asked[i]);
}
