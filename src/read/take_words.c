// SPDX-License-Identifier: MIT
/*
 * The words that specifications share: sizes, modes, ids, mkdir= and the flags of mount(8).
 *
 * A caller says which it allows; the same rows answer "is this a word", "take it" and "which is
 * nearest".
 */
#include "read/take.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "read/flags.h"
#include "read/value.h"

#include <string.h>

static const struct word_row {
	const char *name;
	unsigned bit;
	const char *sample; /* of a value; NULL: takes none */
} word_rows[] = {
	{ "size", WORD_SIZE, "64M" },
	{ "blocks", WORD_BLOCKS, "1024" },
	{ "nr_blocks", WORD_BLOCKS, "1024" },
	{ "inodes", WORD_INODES, "10k" },
	{ "nr_inodes", WORD_INODES, "10k" },
	{ "mode", WORD_MODE, "755" },
	{ "uid", WORD_UID, "0" },
	{ "gid", WORD_GID, "0" },
	{ "mkdir", WORD_MKDIR, "maybe" },
	{ "optional", WORD_OPTIONAL, NULL },
	{ "ensure", WORD_ENSURE, NULL },
	{ "rec", WORD_REC, NULL },
	{ "norec", WORD_NOREC, NULL },
};

static const struct keyword mkdir_words[] = {
	{ "maybe", MKDIR_MAYBE, NULL },
	{ "never", MKDIR_NEVER, NULL },
	{ "require", MKDIR_REQUIRE, NULL },
	{ NULL, 0, NULL },
};

static const struct word_row *word_find(const char *name, unsigned allowed)
{
	for (size_t i = 0; i < ARRAY_LEN(word_rows); i++)
		if ((word_rows[i].bit & allowed) && strcmp(word_rows[i].name, name) == 0)
			return &word_rows[i];
	return NULL;
}

/*
 * A flag of the file system is none of the mount: it has its own way where there is a file system
 * to tell.
 */
static const struct flag_word *mount_flag_find(const char *name, unsigned allowed)
{
	const struct flag_word *flag = allowed & WORD_FLAGS ? flag_find(name) : NULL;

	return flag && flag->kind != FLAG_SUPER ? flag : NULL;
}

bool word_known(const struct spec_piece *piece, unsigned allowed)
{
	return word_find(piece->key, allowed) || mount_flag_find(piece->key, allowed);
}

int word_has_no_value(const struct spec_piece *piece, struct error *err)
{
	if (!piece->value)
		return 0;
	return spec_fail(err, "spec-word", piece->raw, NULL, "%s takes no value", Q(piece->key));
}

int word_needs_value(const struct spec_piece *piece, struct error *err)
{
	if (piece->value && *piece->value)
		return 0;
	return spec_fail(err, "spec-value", piece->raw, NULL, "%s needs a value", Q(piece->key));
}

static int take_id(const char *value, int64_t *ret, struct error *err)
{
	uint32_t id;

	if (value_id(value, &id, err))
		return -1;
	*ret = id;
	return 0;
}

static int take_mode(const char *value, int64_t *ret, struct error *err)
{
	mode_t mode;

	if (value_mode(value, &mode, err))
		return -1;
	*ret = mode;
	return 0;
}

static int take_mkdir(const char *value, enum mkdir_policy *ret, struct error *err)
{
	uint64_t policy;

	if (value_word(value, mkdir_words, "what to do about a missing mount point", &policy, err))
		return -1;
	*ret = (enum mkdir_policy)policy;
	return 0;
}

static int take_valued_word(struct step *step, unsigned bit, const char *value, struct error *err)
{
	switch (bit) {
	case WORD_SIZE:
		return value_size(value, &step->size, err);
	case WORD_BLOCKS:
		return value_size(value, &step->blocks, err);
	case WORD_INODES:
		return value_size(value, &step->inodes, err);
	case WORD_MODE:
		return take_mode(value, &step->mode, err);
	case WORD_UID:
		return take_id(value, &step->uid, err);
	case WORD_GID:
		return take_id(value, &step->gid, err);
	default:
		return take_mkdir(value, &step->mkdir, err);
	}
}

static void take_plain_word(struct step *step, unsigned bit)
{
	switch (bit) {
	case WORD_OPTIONAL:
		step->optional = true;
		break;
	case WORD_ENSURE:
		step->ensure = true;
		break;
	default:
		step->recursive = bit == WORD_REC;
		step->flags.recursive = bit == WORD_REC;
		break;
	}
}

static int take_flag(struct step *step, const struct flag_word *flag,
		     const struct spec_piece *piece, struct error *err)
{
	if (word_has_no_value(piece, err))
		return -1;
	if (flag->kind != FLAG_NOTHING)
		flag_apply(flag, &step->flags);
	return 0;
}

int word_take(struct step *step, const struct spec_piece *piece, unsigned allowed, struct error *err)
{
	const struct word_row *row = word_find(piece->key, allowed);
	const struct flag_word *flag = mount_flag_find(piece->key, allowed);

	if (flag)
		return take_flag(step, flag, piece, err);
	if (!row)
		return WORD_OTHER;
	if (!row->sample) {
		if (word_has_no_value(piece, err))
			return -1;
		take_plain_word(step, row->bit);
		return 0;
	}
	if (word_needs_value(piece, err)) {
		error_set_fix(err, "write it as %s=%s", row->name, row->sample);
		return -1;
	}
	return take_valued_word(step, row->bit, piece->value, err);
}

struct candidates {
	unsigned allowed;
	const struct keyword *more;
};

/*
 * Candidate i of three tables in a row; rows that are not allowed stand for a word that nothing is
 * near.
 */
static const char *next_candidate(size_t i, const void *arg)
{
	const struct candidates *c = arg;

	if (i < ARRAY_LEN(word_rows))
		return word_rows[i].bit & c->allowed ? word_rows[i].name : "";
	i -= ARRAY_LEN(word_rows);
	for (const struct keyword *k = c->more; k && k->word; k++)
		if (i-- == 0)
			return k->word;
	if (!flag_at(i) || !(c->allowed & WORD_FLAGS))
		return NULL;
	return flag_at(i)->kind == FLAG_SUPER ? "" : flag_at(i)->word;
}

int word_unknown(const struct spec_piece *piece, unsigned allowed, const struct keyword *more,
		 struct error *err)
{
	const struct candidates candidates = { allowed, more };
	const struct flag_word *flag = flag_find(piece->key);
	const char *near;

	if (flag && flag->kind == FLAG_SUPER && (allowed & WORD_FLAGS))
		return spec_fail(err, "spec-word", piece->raw,
				 "leave it out; it is given where the file system is mounted",
				 "%s belongs to the file system, not to this mount", piece->key);
	near = nearest_word(piece->key, next_candidate, &candidates);
	(void)spec_fail(err, "spec-word", piece->raw,
			"nacre-run(1) lists the words; \\, is a comma inside of one",
			"unknown word %s", Q(piece->key));
	if (near && *near)
		error_set_fix(err, "did you mean %s?", near);
	return -1;
}

int words_take(struct step *step, const struct spec *spec, size_t from, unsigned allowed,
	       struct error *err)
{
	for (size_t i = from; i < spec->v.count; i++) {
		const struct spec_piece *piece = &spec->v.items[i];
		int answer = *piece->raw ? word_take(step, piece, allowed, err) : 0;

		if (answer == WORD_OTHER)
			return word_unknown(piece, allowed, NULL, err);
		if (answer)
			return -1;
	}
	return 0;
}
