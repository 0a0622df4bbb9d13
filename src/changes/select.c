// SPDX-License-Identifier: MIT
/* Words against paths. */
#include "changes/select.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/text.h"

#include <fnmatch.h>
#include <string.h>

struct word {
	const char *text; /* absolute and clean */
	bool pattern;
	bool used;
};

struct words {
	VECTOR(struct word) v;
};

/* The working directory is text and no pattern: what acts in one gets a backslash. */
static const char *escape(struct arena *arena, const char *dir)
{
	char *out = arena_alloc(arena, 2 * strlen(dir) + 1), *to = out;

	for (; *dir; dir++) {
		if (strchr("*?[\\", *dir))
			*to++ = '\\';
		*to++ = *dir;
	}
	return out;
}

static void add_word(struct arena *arena, struct words *words, const char *word, const char *cwd,
		     const char *home)
{
	struct word *w = VECTOR_ADD(arena, &words->v);
	bool below_home = home && word[0] == '~' && (word[1] == '/' || !word[1]);

	w->pattern = strpbrk(word, "*?[") != NULL;
	if (below_home) {
		cwd = home;
		word += word[1] ? 2 : 1;
	}
	w->text = path_absolute(arena, w->pattern ? escape(arena, cwd) : cwd, word);
}

/* A name that holds "[" may be meant as it stands. */
static bool word_means(const struct word *w, const char *path)
{
	if (path_below(path, w->text))
		return true;
	return w->pattern && fnmatch(w->text, path, 0) == 0;
}

static bool is_meant(struct words *words, const char *path)
{
	bool meant = false;

	for (size_t i = 0; i < words->v.count; i++) {
		if (!word_means(&words->v.items[i], path))
			continue;
		words->v.items[i].used = true;
		meant = true;
	}
	return meant;
}

/* What is inside of a picked directory is picked with it: the list has it right behind. */
static void pick_by_words(struct changes *c, struct words *words)
{
	_cleanup_text_ struct text path = { 0 };
	bool whole = false;

	for (size_t i = 0; i < c->count; i++) {
		struct change *change = &c->v[i];
		bool inside = change->flags & CHANGE_INSIDE;

		text_clear(&path);
		change_path(c, change, &path);
		if (is_meant(words, text_str(&path)) || (inside && whole))
			change->flags |= CHANGE_PICKED;
		if (!inside)
			whole = change->flags & CHANGE_PICKED;
	}
}

int changes_pick(struct changes *c, const char *const *words, const char *cwd, const char *home,
		 struct error *err)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct words list = { 0 };

	for (size_t i = 0; words[i]; i++)
		add_word(&arena, &list, words[i], cwd, home);
	if (!list.v.count) {
		for (size_t i = 0; i < c->count; i++)
			c->v[i].flags |= CHANGE_PICKED;
		return 0;
	}
	pick_by_words(c, &list);
	for (size_t i = 0; i < list.v.count; i++) {
		if (list.v.items[i].used)
			continue;
		(void)fail(err, ERROR_USAGE, 0, "no change matches %s", Q(words[i]));
		error_explain(err, "change-unknown", NULL, NULL);
		return -1;
	}
	return 0;
}

void changes_find_unpicked(const struct changes *c, bool *below)
{
	for (size_t i = 0; i < c->count; i++) {
		uint32_t dir = c->v[i].dir;

		/* Those above a marked one are marked already. */
		for (; !(c->v[i].flags & CHANGE_PICKED) && !below[dir]; dir = c->dirs[dir].parent)
			below[dir] = true;
	}
}
