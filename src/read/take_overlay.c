// SPDX-License-Identifier: MIT
/*
 * --overlay DST[,WORD...]: layers, and where writes go.
 *
 *   lower=DIR      a layer, each on top of the one before (as -l, and as one reads)
 *   lowerdir=A:B   the kernel's order: the first is on top; cut before escapes are removed
 *   shadow         DST itself is the top layer; so it is when no other layer is given
 *   upper= work=   writes go there
 *   tmp            writes end with the run
 *   none of these  writes are captured in the box; with layers of the user's: read-only
 */
#include "read/take.h"

#include "base/error.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "read/flags.h"

#include <string.h>

enum overlay_word {
	OVERLAY_LOWER,
	OVERLAY_LOWERDIR,
	OVERLAY_UPPER,
	OVERLAY_WORK,
	OVERLAY_COPYFROM,
	OVERLAY_SHADOW,
	OVERLAY_TMP,
	OVERLAY_VOLATILE,
	OVERLAY_OTHER,
};

static const struct keyword overlay_words[] = {
	{ "lower", OVERLAY_LOWER, NULL },
	{ "lowerdir", OVERLAY_LOWERDIR, NULL },
	{ "upper", OVERLAY_UPPER, NULL },
	{ "upperdir", OVERLAY_UPPER, NULL },
	{ "work", OVERLAY_WORK, NULL },
	{ "workdir", OVERLAY_WORK, NULL },
	{ "copyfrom", OVERLAY_COPYFROM, NULL },
	{ "shadow", OVERLAY_SHADOW, NULL },
	{ "tmp", OVERLAY_TMP, NULL },
	{ "volatile", OVERLAY_VOLATILE, NULL },
	{ NULL, 0, NULL },
};

enum overlay_paths overlay_word_paths(const struct spec_piece *piece)
{
	const struct keyword *k = keyword_find(overlay_words, piece->key, strlen(piece->key));

	if (!k || !piece->value)
		return OVERLAY_NO_PATH;
	switch ((enum overlay_word)k->value) {
	case OVERLAY_LOWER:
	case OVERLAY_UPPER:
	case OVERLAY_WORK:
	case OVERLAY_COPYFROM:
		return OVERLAY_ONE_PATH;
	case OVERLAY_LOWERDIR:
		return OVERLAY_PATHS;
	case OVERLAY_SHADOW:
	case OVERLAY_TMP:
	case OVERLAY_VOLATILE:
	case OVERLAY_OTHER:
		break;
	}
	return OVERLAY_NO_PATH;
}

static void add_lower(struct plan *plan, struct step *step, const char *path, bool in_root)
{
	struct layer *layer = VECTOR_ADD(&plan->arena, &step->overlay->lowers);

	layer->path = path;
	layer->in_root = in_root;
}

void overlay_add_place(struct plan *plan, struct step *step)
{
	add_lower(plan, step, step->dst, true);
}

static int take_lowerdir(struct plan *plan, struct overlay_words *o, const struct spec_piece *piece,
			 struct error *err)
{
	struct spec dirs;

	if (spec_split(&plan->arena, piece->raw_value, ':', &dirs, err))
		return -1;
	for (size_t i = dirs.v.count; i > 0; i--) {
		const char *path = take_path(plan, dirs.v.items[i - 1].text, "a layer of lowerdir",
					     err);

		/*
		 * "A::B" makes B a data-only layer (6.5), which needs redirects that user
		 * namespaces refuse.
		 */
		if (!path)
			return fail_at(err, CALL_NONE, piece->raw);
		add_lower(plan, &o->step, path, false);
	}
	return 0;
}

static int take_directory(struct plan *plan, struct overlay_words *o, enum overlay_word word,
			  const struct spec_piece *piece, struct error *err)
{
	struct overlay *overlay = o->step.overlay;
	const char *path;

	if (word_needs_value(piece, err)) {
		error_set_fix(err, "write it as %s=DIR", piece->key);
		return -1;
	}
	if (word == OVERLAY_LOWERDIR)
		return take_lowerdir(plan, o, piece, err);
	path = take_path(plan, piece->value, "a directory of the overlay", err);
	if (!path)
		return -1;
	if (word == OVERLAY_LOWER)
		add_lower(plan, &o->step, path, false);
	else if (word == OVERLAY_UPPER)
		overlay->upper = path;
	else if (word == OVERLAY_WORK)
		overlay->work = path;
	else
		overlay->copyfrom = path;
	return 0;
}

static int take_switch(struct overlay_words *o, enum overlay_word word,
		       const struct spec_piece *piece, struct error *err)
{
	if (word_has_no_value(piece, err))
		return -1;
	o->shadow |= word == OVERLAY_SHADOW;
	o->tmp |= word == OVERLAY_TMP;
	o->step.overlay->is_volatile |= word == OVERLAY_VOLATILE;
	return 0;
}

static const char *next_overlay_word(size_t i, const void *unused)
{
	(void)unused;
	return overlay_words[i].word;
}

/*
 * A flag of the mount, mkdir=, or an option for overlayfs, which knows best which it has. What is
 * nearly one of our words is a slip of the pen: "uper=" must not turn a writable overlay into a
 * read-only one.
 */
static int take_other(struct plan *plan, struct overlay_words *o, const struct spec_piece *piece,
		      struct error *err)
{
	const struct flag_word *flag = flag_find(piece->key);
	int answer = word_take(&o->step, piece, WORD_FLAGS | WORD_MKDIR, err);

	if (answer != WORD_OTHER)
		return answer;
	if (!flag && nearest_word(piece->key, next_overlay_word, NULL))
		return word_unknown(piece, 0, overlay_words, err);
	*VECTOR_ADD(&plan->arena, &o->step.overlay->options) = flag && !piece->value ? flag->super
										     : piece->text;
	return 0;
}

static int overlay_word(struct plan *plan, struct overlay_words *o, const struct spec_piece *piece,
			struct error *err)
{
	const struct keyword *k = keyword_find(overlay_words, piece->key, strlen(piece->key));
	enum overlay_word word = k ? (enum overlay_word)k->value : OVERLAY_OTHER;

	switch (word) {
	case OVERLAY_LOWER:
	case OVERLAY_LOWERDIR:
	case OVERLAY_UPPER:
	case OVERLAY_WORK:
	case OVERLAY_COPYFROM:
		return take_directory(plan, o, word, piece, err);
	case OVERLAY_SHADOW:
	case OVERLAY_TMP:
	case OVERLAY_VOLATILE:
		return take_switch(o, word, piece, err);
	case OVERLAY_OTHER:
		break;
	}
	return take_other(plan, o, piece, err);
}

int overlay_spec_read(struct plan *plan, const char *text, struct overlay_words *o,
		      struct error *err)
{
	struct spec spec;

	o->step.overlay = arena_new(&plan->arena, struct overlay);
	o->step.flags.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
	if (spec_split(&plan->arena, text, ',', &spec, err))
		return -1;
	o->step.dst = take_path(plan, spec.v.items[0].text, "the place of the overlay", err);
	if (!o->step.dst)
		return -1;
	for (size_t i = 1; i < spec.v.count; i++)
		if (*spec.v.items[i].raw && overlay_word(plan, o, &spec.v.items[i], err))
			return -1;
	flags_of_new_mount(&o->step.flags);
	return 0;
}

/*
 * What the words mean together. Words that contradict each other are left for plan_check() to see.
 */
static void settle_overlay(struct plan *plan, struct overlay_words *o)
{
	struct overlay *overlay = o->step.overlay;
	bool layers = overlay->lowers.count > 0;

	if (o->shadow || !layers)
		overlay_add_place(plan, &o->step);
	if (o->tmp)
		overlay->upper_kind = UPPER_TMP;
	else if (overlay->upper)
		overlay->upper_kind = UPPER_DIR;
	else
		overlay->upper_kind = layers ? UPPER_NONE : UPPER_BOX;
	overlay->is_volatile |= o->tmp;
}

TAKER(take_overlay)
{
	struct overlay_words o = { .step = step_init(STEP_OVERLAY, NULL) };

	(void)row;
	if (overlay_spec_read(plan, values[0], &o, err))
		return -1;
	settle_overlay(plan, &o);
	take_step(plan, &o.step, origin);
	return 0;
}
