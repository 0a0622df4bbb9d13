// SPDX-License-Identifier: MIT
/*
 * --mount TYPE,SRC,DST[,WORD...]: mount(8) in one argument.
 *
 * What it asks for is decided as in mount(2), by the first that applies:
 *   remount                               STEP_REMOUNT: set and clear flags of the mount at DST; without
 *                                         bind also the options of its file system
 *   bind, rbind                           STEP_BIND, with nothing that --bind adds by default
 *   move                                  STEP_MOVE
 *   propagation and no file-system type   STEP_REMOUNT of the propagation alone
 *   else                                  STEP_MOUNT; unknown words are options of the file system
 * Unlike there, flags that come with a bind take effect, and a move with flags is an error: nothing
 * that was asked for is ignored.
 */
#include "read/take.h"

#include "base/error.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "read/flags.h"

#include <string.h>

enum {
	ACTION_BIND = 1 << 0,
	ACTION_REC = 1 << 1,
	ACTION_REMOUNT = 1 << 2,
	ACTION_MOVE = 1 << 3,
};

static const struct keyword action_words[] = {
	{ "bind", ACTION_BIND, NULL }, { "rbind", ACTION_BIND | ACTION_REC, NULL },
	{ "rec", ACTION_REC, NULL },   { "remount", ACTION_REMOUNT, NULL },
	{ "move", ACTION_MOVE, NULL }, { NULL, 0, NULL },
};

/* The words of one --mount, before it is known what they make. */
struct mount_words {
	const char *type; /* of a file system, or NULL */
	unsigned actions;
	VECTOR(const char *) options; /* of the file system */
	struct spec_piece stray,
		odd; /* the first of those, and the first that may be a slip of the pen, for errors */
};

static void add_option(struct arena *arena, struct mount_words *words,
		       const struct spec_piece *piece, const char *option)
{
	if (!words->options.count)
		words->stray = *piece;
	if (!piece->value && !flag_find(piece->key) && !words->odd.raw)
		words->odd = *piece;
	*VECTOR_ADD(arena, &words->options) = option;
}

/* Into the step; NULL after the last. */
static void give_options(struct plan *plan, struct step *step, struct mount_words *words)
{
	if (!words->options.count)
		return;
	*VECTOR_ADD(&plan->arena, &words->options) = NULL;
	step->options = words->options.items;
}

static int mount_word(struct arena *arena, struct step *step, struct mount_words *words,
		      const struct spec_piece *piece, struct error *err)
{
	const struct keyword *action = keyword_find(action_words, piece->key, strlen(piece->key));
	const struct flag_word *flag = flag_find(piece->key);
	int answer;

	if (action) {
		words->actions |= (unsigned)action->value;
		return word_has_no_value(piece, err);
	}
	answer = word_take(step, piece, WORD_FLAGS | WORD_MKDIR, err);
	if (answer == WORD_OTHER) {
		add_option(arena, words, piece, flag && !piece->value ? flag->super : piece->text);
		answer = 0;
	}
	return answer;
}

/* TYPE: an action, a file system, or nothing ("" and "none"). */
static void mount_type(struct mount_words *words, const char *type)
{
	const struct keyword *action = keyword_find(action_words, type, strlen(type));

	if (action)
		words->actions |= (unsigned)action->value;
	else if (*type && strcmp(type, "none") != 0)
		words->type = type;
}

static int no_file_system(const struct mount_words *words, struct error *err)
{
	if (!words->options.count)
		return 0;
	return word_unknown(&words->stray, WORD_FLAGS | WORD_MKDIR, action_words, err);
}

/* remount,bind and changes of propagation are of the mount alone; else KEY=VALUE is for the file system (mount(2)). */
static int make_remount(struct plan *plan, struct step *step, struct mount_words *words,
			struct error *err)
{
	bool rec = words->actions & ACTION_REC, alone = words->actions != ACTION_REMOUNT;

	if (alone && no_file_system(words, err))
		return -1;
	if (words->odd.raw)
		return word_unknown(&words->odd, WORD_FLAGS | WORD_MKDIR, action_words, err);
	step->kind = STEP_REMOUNT;
	step->flags.recursive = rec;
	step->flags.propagation_recursive |= rec;
	give_options(plan, step, words);
	return 0;
}

static int make_bind(struct plan *plan, struct step *step, const struct mount_words *words,
		     const char *src, struct error *err)
{
	if (no_file_system(words, err))
		return -1;
	step->src = take_path(plan, src, "the source of the mount", err);
	if (!step->src)
		return -1;
	step->kind = STEP_BIND;
	step->recursive = words->actions & ACTION_REC;
	step->flags.recursive = step->recursive;
	flags_of_new_mount(&step->flags);
	return 0;
}

static int make_move(struct plan *plan, struct step *step, const struct mount_words *words,
		     const char *src, const char *value, struct error *err)
{
	if (no_file_system(words, err))
		return -1;
	step->src = take_path(plan, src, "the mount to move", err);
	if (!step->src)
		return -1;
	if (step->flags.set || step->flags.clear || step->flags.propagation)
		return spec_fail(err, "spec-word", value, "change them with a remount of their own",
				 "a mount that is moved keeps its flags");
	step->kind = STEP_MOVE;
	return 0;
}

static void make_mount(struct plan *plan, struct step *step, struct mount_words *words,
		       const char *src)
{
	step->fstype = words->type;
	step->src = arena_strdup(&plan->arena, src);
	give_options(plan, step, words);
	flags_of_new_mount(&step->flags);
}

/* The step that the words make; src as meant, value for the errors. */
static int make_step(struct plan *plan, struct step *step, struct mount_words *words,
		     const char *src, const char *value, struct error *err)
{
	if (words->actions & ACTION_REMOUNT)
		return make_remount(plan, step, words, err);
	if (words->actions & ACTION_BIND)
		return make_bind(plan, step, words, src, err);
	if (words->actions & ACTION_MOVE)
		return make_move(plan, step, words, src, value, err);
	if (!words->type && step->flags.propagation)
		return make_remount(plan, step, words, err);
	make_mount(plan, step, words, src);
	return 0;
}

/* The words of a --mount behind its three fields. */
static int read_words(struct arena *arena, const struct spec *spec, struct step *step,
		      struct mount_words *words, struct error *err)
{
	mount_type(words, spec->v.items[0].text);
	for (size_t i = 3; i < spec->v.count; i++)
		if (*spec->v.items[i].raw && mount_word(arena, step, words, &spec->v.items[i], err))
			return -1;
	return 0;
}

bool mount_source_is_path(struct arena *arena, const struct spec *spec)
{
	struct step step = step_init(STEP_MOUNT, NULL);
	struct mount_words words = { 0 };
	struct error ignored;

	return read_words(arena, spec, &step, &words, &ignored) == 0 &&
	       !(words.actions & ACTION_REMOUNT) && (words.actions & (ACTION_BIND | ACTION_MOVE));
}

int mount_spec_read(struct plan *plan, const char *text, struct step *step, struct error *err)
{
	struct mount_words words = { 0 };
	struct spec spec;

	if (spec_split(&plan->arena, text, ',', &spec, err))
		return -1;
	if (spec.v.count < 3)
		return spec_fail(
			err, "spec-fields", text, "write TYPE,SRC,DST; TYPE and SRC may be none",
			"a mount has at least three fields, this one has %zu", spec.v.count);
	step->dst = take_path(plan, spec.v.items[2].text, "the place of the mount", err);
	if (!step->dst || read_words(&plan->arena, &spec, step, &words, err))
		return -1;
	return make_step(plan, step, &words, spec.v.items[1].text, text, err);
}

TAKER(take_mount)
{
	struct step step = step_init(STEP_MOUNT, NULL);

	(void)row;
	if (mount_spec_read(plan, values[0], &step, err))
		return -1;
	take_step(plan, &step, origin);
	return 0;
}
