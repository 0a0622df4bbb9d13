// SPDX-License-Identifier: MIT
/*
 * Takers of what is placed in the new root, all but --mount and --overlay: each appends one step to
 * plan->asked, in the order given. A value that has options after its place is a specification
 * (read/spec.h); a value that is nothing but a path is taken as it stands.
 */
#include "read/take.h"

#include "base/error.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "read/flags.h"
#include "read/value.h"

#include <string.h>

enum {
	BIND_WORDS = WORD_FLAGS | WORD_MKDIR | WORD_OPTIONAL | WORD_ENSURE | WORD_REC | WORD_NOREC,
	TMPFS_WORDS = WORD_FLAGS | WORD_MKDIR | WORD_SIZE | WORD_BLOCKS | WORD_INODES | WORD_MODE |
		      WORD_UID | WORD_GID,
	ROOT_FROM_WORDS = WORD_FLAGS | WORD_REC | WORD_NOREC,
	DEV_WORDS = WORD_FLAGS | WORD_MKDIR,
	DEVPTS_WORDS = WORD_FLAGS | WORD_MKDIR | WORD_MODE | WORD_UID | WORD_GID,
};

void take_step(struct plan *plan, const struct step *step, const char *origin)
{
	struct step *taken = VECTOR_PUSH(&plan->arena, &plan->asked, *step);

	taken->origin = origin;
	taken->parents = plan->parents;
}

/*
 * In SRC:WORDS the second part is options, not a place: it is not absolute and each of its pieces
 * is a word as typed. A directory of the working directory with such a name is written ./ro or \ro.
 */
static bool is_options(struct arena *arena, const struct spec_piece *part)
{
	struct error ignored;
	struct spec words;

	if (*part->raw == '/' || spec_split(arena, part->raw, ',', &words, &ignored))
		return false;
	for (size_t i = 0; i < words.v.count; i++)
		if (*words.v.items[i].raw == '\\' || !word_known(&words.v.items[i], BIND_WORDS))
			return false;
	return true;
}

size_t bind_words_at(struct arena *arena, const struct spec *spec)
{
	return spec->v.count == 2 && is_options(arena, &spec->v.items[1]) ? 1 : 2;
}

/* The place and the words of a bind that has the parts of spec after its source. */
static int bind_rest(struct plan *plan, struct step *step, const struct spec *spec,
		     struct error *err)
{
	const struct spec_piece *parts = spec->v.items;
	size_t words_at = bind_words_at(&plan->arena, spec);
	struct spec words;

	step->dst = step->src;
	if (words_at == 2 && spec->v.count > 1)
		step->dst = take_path(plan, parts[1].text, "the place of the bind", err);
	if (!step->dst)
		return -1;
	if (words_at >= spec->v.count)
		return 0;
	if (spec_split(&plan->arena, parts[words_at].raw, ',', &words, err))
		return -1;
	return words_take(step, &words, 0, BIND_WORDS, err);
}

/* SRC, SRC:DST, SRC:WORDS or SRC:DST:WORDS. */
TAKER(take_bind)
{
	struct step step = step_init(STEP_BIND, NULL);
	struct spec spec;

	(void)row;
	step.flags.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
	step.flags.recursive = true;
	if (spec_split(&plan->arena, values[0], ':', &spec, err))
		return -1;
	if (spec.v.count > 3)
		return spec_fail(err, "spec-fields", values[0],
				 "write SRC:DST:WORDS, and \\: for a colon that belongs to a path",
				 "a bind has at most three parts, this one has %zu", spec.v.count);
	step.src = take_path(plan, spec.v.items[0].text, "the source of the bind", err);
	if (!step.src || bind_rest(plan, &step, &spec, err))
		return -1;
	flags_of_new_mount(&step.flags);
	take_step(plan, &step, origin);
	return 0;
}

/* DST[,WORD...] into a step of the kind. */
static int take_place_and_words(struct plan *plan, struct step *step, const char *value,
				unsigned allowed, const char *origin, struct error *err)
{
	struct spec spec;

	if (spec_split(&plan->arena, value, ',', &spec, err))
		return -1;
	step->dst = take_path(plan, spec.v.items[0].text, "the place in the box", err);
	if (!step->dst || words_take(step, &spec, 1, allowed, err))
		return -1;
	flags_of_new_mount(&step->flags);
	take_step(plan, step, origin);
	return 0;
}

TAKER(take_tmpfs)
{
	struct step step = step_init(STEP_TMPFS, NULL);

	(void)row;
	step.flags.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
	return take_place_and_words(plan, &step, values[0], TMPFS_WORDS, origin, err);
}

TAKER(take_dev)
{
	struct step step = step_init(STEP_DEV, NULL);

	(void)row;
	return take_place_and_words(plan, &step, values[0], DEV_WORDS, origin, err);
}

TAKER(take_devpts)
{
	struct step step = step_init(STEP_DEVPTS, NULL);

	(void)row;
	return take_place_and_words(plan, &step, values[0], DEVPTS_WORDS, origin, err);
}

TAKER(take_dir)
{
	struct step step = step_init(STEP_DIR, NULL);

	(void)row;
	return take_place_and_words(plan, &step, values[0], WORD_MODE, origin, err);
}

/* Appends a step whose place is a plain path; what names it when it is empty. */
static int take_plain(struct plan *plan, struct step *step, const char *dst, const char *what,
		      const char *origin, struct error *err)
{
	step->dst = take_path(plan, dst, what, err);
	if (!step->dst)
		return -1;
	take_step(plan, step, origin);
	return 0;
}

TAKER(take_place)
{
	struct step step = step_init((enum step_kind)row->value, NULL);

	return take_plain(plan, &step, values[0], "the place in the box", origin, err);
}

TAKER(take_symlink)
{
	struct step step = step_init(STEP_SYMLINK, NULL);

	(void)row;
	if (!*values[0])
		return spec_fail(err, "spec-fields", values[0], NULL, "the link's target is empty");
	step.text = arena_strdup(&plan->arena, values[0]);
	step.text_len = strlen(step.text);
	return take_plain(plan, &step, values[1], "the place of the link", origin, err);
}

/* What it holds is read when the plan is prepared. */
TAKER(take_symlink_from)
{
	struct step step = step_init(STEP_SYMLINK, NULL);

	(void)row;
	step.src = take_path(plan, values[0], "the link to make again", err);
	if (!step.src)
		return -1;
	return take_plain(plan, &step, values[1], "the place of the link", origin, err);
}

TAKER(take_file)
{
	struct step step = step_init(STEP_FILE, NULL);
	size_t n = spec_span(values[0], '=');
	const char *dst;

	if (row->value) {
		step.mode = 0444;
		step.flags.set = MOUNT_ATTR_RDONLY;
	}
	if (!values[0][n])
		return spec_fail(
			err, "spec-fields", values[0],
			"write DST=TEXT, and \\= for an equals sign that belongs to the path",
			"the file's text is missing");
	dst = spec_unescape(&plan->arena, values[0], n);
	step.text = arena_strdup(&plan->arena, values[0] + n + 1);
	step.text_len = strlen(step.text);
	return take_plain(plan, &step, dst, "the place of the file", origin, err);
}

TAKER(take_file_from)
{
	struct step step = step_init(STEP_FILE, NULL);

	(void)row;
	step.src = take_path(plan, values[0], "the file to copy", err);
	if (!step.src)
		return -1;
	return take_plain(plan, &step, values[1], "the place of the file", origin, err);
}

TAKER(take_parent_mode)
{
	(void)row, (void)origin;
	return value_mode(values[0], &plan->parents, err);
}

/* DIR or DIR:WORDS. */
TAKER(take_root_from)
{
	struct step step = step_init(STEP_BIND, "/");
	struct spec spec, words;

	(void)row;
	step.mirror = MIRROR_ENTRIES;
	step.flags.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
	step.flags.recursive = true;
	if (spec_split(&plan->arena, values[0], ':', &spec, err))
		return -1;
	if (spec.v.count > 2)
		return spec_fail(err, "spec-fields", values[0],
				 "write DIR:WORDS, and \\: for a colon that belongs to the path",
				 "--root-from has at most two parts, this one has %zu",
				 spec.v.count);
	step.src = take_path(plan, spec.v.items[0].text, "the directory", err);
	if (!step.src)
		return -1;
	if (spec.v.count == 2 && (spec_split(&plan->arena, spec.v.items[1].raw, ',', &words, err) ||
				  words_take(&step, &words, 0, ROOT_FROM_WORDS, err)))
		return -1;
	flags_of_new_mount(&step.flags);
	take_step(plan, &step, origin);
	return 0;
}

/* Nothing, DIR, or DIR:NAME. */
TAKER(take_etc)
{
	struct step step = step_init(STEP_BIND, NULL);
	const char *name = "etc";
	struct spec spec;

	(void)row;
	step.mirror = MIRROR_ETC;
	step.flags.set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
	step.flags.recursive = true;
	if (spec_split(&plan->arena, values[0] ? values[0] : "/etc", ':', &spec, err))
		return -1;
	if (spec.v.count == 2)
		name = spec.v.items[1].text;
	if (spec.v.count > 2 || !*name || strchr(name, '/') || strcmp(name, ".") == 0 ||
	    strcmp(name, "..") == 0)
		return spec_fail(err, "spec-fields", values[0], "write DIR or DIR:NAME",
				 "what follows the directory is not the name of one");
	step.src = take_path(plan, spec.v.items[0].text, "the directory", err);
	if (!step.src)
		return -1;
	step.dst = path_join(&plan->arena, "/etc/.host", name);
	take_step(plan, &step, origin);
	return 0;
}

TAKER(take_hide)
{
	struct step step = step_init(STEP_HIDE, NULL);

	(void)row;
	return take_plain(plan, &step, values[0], "the path to hide", origin, err);
}

TAKER(take_only)
{
	struct step step = step_init(STEP_ONLY, NULL);

	(void)row;
	return take_plain(plan, &step, values[0], "the directory to show", origin, err);
}
