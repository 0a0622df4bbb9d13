// SPDX-License-Identifier: MIT
/* A run as the lines of its box's record. */
#include "run/record.h"

#include "base/path.h"
#include "base/text.h"

static void add_line(struct text *out, const char *key, const char *value)
{
	text_add(out, key);
	record_add_word(out, value);
	text_add_char(out, '\n');
}

static enum record_seed_kind seed_kind(const struct seed *seed)
{
	if (seed->point)
		return RECORD_SEED_POINT;
	switch (seed->kind) {
	case SEED_FILE:
		return RECORD_SEED_FILE;
	case SEED_SYMLINK:
		return RECORD_SEED_LINK;
	case SEED_COPY:
		return RECORD_SEED_COPY;
	case SEED_DIR:
		break;
	}
	return RECORD_SEED_DIR;
}

static bool is_mount(const struct step *step)
{
	return step->kind != STEP_REMOUNT && step->kind != STEP_DIR && step->kind != STEP_SYMLINK &&
	       step->kind != STEP_FILE && step->kind != STEP_ACCOUNT;
}

/* What is mounted last, before that step, of all that the path is below; or NULL. */
static const struct step *mount_below(const struct plan *plan, const struct step *step,
				      const char *path)
{
	while (step-- > plan->steps.items)
		if (is_mount(step) && step->dst && path_below(path, step->dst))
			return step;
	return NULL;
}

/* What a place shows that is bound there is the directory of the host: to that changes go. */
static void add_shadow(struct text *out, const struct plan *plan, const struct step *step,
		       const char *path)
{
	const struct step *below = mount_below(plan, step, path);
	_cleanup_text_ struct text source = { 0 };
	const char *relative;

	if (!below || below->kind != STEP_BIND || below->in_root) {
		add_line(out, "shadow", path);
		return;
	}
	relative = path_relative(path, below->dst);
	text_add(&source, below->src);
	if (*relative)
		text_printf(&source, "%s%s", below->src[1] ? "/" : "", relative);
	add_line(out, "lower", text_str(&source));
}

static void add_overlay(struct text *out, const struct plan *plan, const struct step *step)
{
	const struct overlay *o = step->overlay;

	text_add(out, "overlay");
	record_add_word(out, o->slot);
	record_add_word(out, step->dst);
	text_add(out, o->is_volatile ? " volatile\n" : "\n");
	for (size_t i = 0; i < o->lowers.count; i++)
		if (o->lowers.items[i].in_root)
			add_shadow(out, plan, step, o->lowers.items[i].path);
		else
			add_line(out, "lower", o->lowers.items[i].path);
	for (size_t i = 0; i < o->seeds.count; i++) {
		const struct seed *s = &o->seeds.items[i];

		text_printf(out, "seed %s %04o", record_seed_word(seed_kind(s)), (unsigned)s->mode);
		record_add_word(out, s->path);
		text_add_char(out, '\n');
	}
}

static void add_map(struct text *out, const char *key, const struct id_map *map)
{
	for (size_t i = 0; i < map->v.count; i++)
		text_printf(out, "%s %u %u %u\n", key, map->v.items[i].inside,
			    map->v.items[i].outside, map->v.items[i].count);
}

static void add_run(struct text *out, struct timespec time)
{
	text_add(out, "run");
	record_add_time(out, time);
	text_add_char(out, '\n');
}

static void add_window(struct text *out, const struct record_window *window)
{
	text_add(out, "window");
	record_add_time(out, window->from);
	record_add_time(out, window->to);
	text_add_char(out, '\n');
}

/* When the box was run, and when its changes were committed. */
static void add_life(struct text *out, struct timespec started, const struct record *past)
{
	size_t runs = past ? past->runs.count : 0;
	size_t left_out = runs < RECORD_RUNS_MAX ? 0 : runs - (RECORD_RUNS_MAX - 1);

	for (size_t i = 0; i < runs; i++)
		if (i == 0 || i > left_out)
			add_run(out, past->runs.items[i]);
	add_run(out, started);
	for (size_t i = 0; past && i < past->windows.count; i++)
		add_window(out, &past->windows.items[i]);
	if (past && past->torn)
		text_add(out, "torn\n");
}

void record_format(const struct plan *plan, const char *name, struct timespec started,
		   const struct record *past, struct text *out)
{
	char boot[BOOT_ID_SIZE];

	record_boot_id(boot);
	text_add(out, "nacre-box 1\n");
	add_line(out, "name", name);
	text_printf(out, "created %lld\n",
		    past ? (long long)past->created : (long long)started.tv_sec);
	add_life(out, started, past);
	if (*boot)
		add_line(out, "boot", boot);
	add_line(out, "base", plan->base == BASE_HOST ? "/" : plan->root);
	for (size_t i = 0; i < plan->layers.count; i++)
		add_line(out, "layer", plan->layers.items[i]);
	add_map(out, "uid", &plan->identity.uids);
	add_map(out, "gid", &plan->identity.gids);
	text_add(out, "command");
	for (size_t i = 0; i < plan->argv.count; i++)
		record_add_word(out, plan->argv.items[i]);
	text_add_char(out, '\n');
	for (size_t i = 0; i < plan->steps.count; i++) {
		const struct step *s = &plan->steps.items[i];

		if (s->kind == STEP_OVERLAY && s->overlay->upper_kind == UPPER_BOX)
			add_overlay(out, plan, s);
	}
	text_add(out, "end\n");
}
