// SPDX-License-Identifier: MIT
/* Options as getopt_long(3) reads them when its first letter is "+". */
#include "compat/words.h"

#include "base/error.h"
#include "base/path.h"
#include "read/underline.h"

#include <string.h>

int words_underline(const struct words *w, struct error *err)
{
	const struct command_line line = { NULL, w->argc - 1, w->argv + 1, w->plan->program };
	int last = w->at < w->argc ? w->at : w->argc;

	underline(&line, w->first - 1, (last > w->first ? last - 1 : w->first) - 1, err);
	return -1;
}

static int refuse(struct words *w, const char *name, const char *fix, struct error *err)
{
	error_explain(err, name, NULL, fix);
	if (!fix)
		error_set_fix(err, "%s -h shows the options", w->plan->program);
	return words_underline(w, err);
}

static int unknown(struct words *w, const char *shown, struct error *err)
{
	(void)fail(err, ERROR_USAGE, 0, "unknown option %s", Q(shown));
	return refuse(w, "usage-unknown-option", NULL, err);
}

/* The value of an option: the rest of its word, else the next one. */
static int take(struct words *w, const struct word_option *option, const char *shown,
		const char *attached, struct error *err)
{
	w->value = NULL;
	w->origin = shown;
	if (!option->takes)
		return option->letter;
	if (!attached && w->at == w->argc) {
		(void)fail(err, ERROR_USAGE, 0, "%s needs a value", shown);
		return refuse(w, "usage-missing-value", "write the value behind it", err);
	}
	w->value = attached ? attached : w->argv[w->at++];
	w->origin = arena_concat(&w->plan->arena, shown, " ", w->value);
	return option->letter;
}

static int next_letter(struct words *w, struct error *err)
{
	const char letter = *w->letters++;
	const char *rest = w->letters;
	const char shown[] = { '-', letter, '\0' };

	for (const struct word_option *o = w->options; o->letter; o++) {
		if (o->letter != letter)
			continue;
		if (!*rest || o->takes)
			w->letters = NULL;
		return take(w, o, arena_strdup(&w->plan->arena, shown), *rest ? rest : NULL, err);
	}
	return unknown(w, shown, err);
}

/* The option whose name begins with these n bytes and is the only one, or has no more; else NULL. */
static const struct word_option *find_name(const struct word_option *options, const char *name,
					   size_t n)
{
	const struct word_option *found = NULL;
	int count = 0;

	for (const struct word_option *o = options; o->letter; o++) {
		if (!o->name || strncmp(o->name, name, n) != 0)
			continue;
		if (!o->name[n])
			return o;
		found = o;
		count++;
	}
	return count == 1 ? found : NULL;
}

static int next_name(struct words *w, const char *word, struct error *err)
{
	const char *name = word + 2;
	size_t n = strcspn(name, "=");
	const struct word_option *option = find_name(w->options, name, n);
	const char *shown;

	if (!option)
		return unknown(w, arena_strndup(&w->plan->arena, word, n + 2), err);
	shown = arena_concat(&w->plan->arena, "--", option->name, "");
	if (name[n] && !option->takes) {
		(void)fail(err, ERROR_USAGE, 0, "%s takes no value", shown);
		return refuse(w, "usage-unexpected-value", "leave it out", err);
	}
	return take(w, option, shown, name[n] ? name + n + 1 : NULL, err);
}

int words_next(struct words *w, struct error *err)
{
	const char *word;

	if (w->letters && *w->letters)
		return next_letter(w, err);
	w->letters = NULL;
	if (!w->at)
		w->at = w->argc ? 1 : 0;
	if (w->at >= w->argc)
		return 0;
	word = w->argv[w->at];
	if (word[0] != '-' || !word[1])
		return 0;
	w->first = w->at++;
	if (strcmp(word, "--") == 0)
		return 0;
	if (word[1] == '-')
		return next_name(w, word, err);
	w->letters = word + 1;
	return next_letter(w, err);
}

void words_command(struct words *w)
{
	plan_set_words(w->plan, (const char *const *)w->argv + w->at);
	w->at = w->argc;
}
