// SPDX-License-Identifier: MIT
/*
 * The plan of nacre.h without a command line. Every call is an option: where its value has parts, they are put together here, escaped, and
 * the option's own taker cuts them again (read/spec.h). So the option table stays the only grammar, and a plan that was made by calls
 * can be written as a profile, kept by a box, and compared with what that keeps.
 */
#include "nacre.h"

#include "api/handles.h"
#include "base/error.h"
#include "base/path.h"
#include "read/options.h"
#include "read/take.h"
#include "read/value.h"

#include <errno.h>
#include <string.h>

enum {
	/* What a plan can say: of two rows with one name the one for a run comes first in the table. */
	SETTABLE = VERB_RUN | VERB_ENTER | VERB_START | VERB_STATUS | VERB_DIFF,
};

static int take(struct nacre_plan *plan, const char *option, const char *first, const char *second,
		struct nacre_error *error)
{
	int answer = options_take(plan->plan, SETTABLE, option, first, second, &error->value);

	return answer == OPTIONS_HELP ? NACRE_HELP : answer;
}

int nacre_plan_set(struct nacre_plan *plan, const char *option, const char *value,
		   struct nacre_error *error)
{
	return take(plan, option, value, NULL, error);
}

int nacre_plan_set_pair(struct nacre_plan *plan, const char *option, const char *first,
			const char *second, struct nacre_error *error)
{
	return take(plan, option, first, second, error);
}

int nacre_plan_command(struct nacre_plan *plan, const char *const *words, struct nacre_error *error)
{
	if (!words || !words[0])
		return nacre_usage(error, "usage-no-command", "no command given",
				   "the first of the words is the program");
	plan_set_words(plan->plan, words);
	return 0;
}

int nacre_plan_hold(struct nacre_plan *plan, const char *name, struct nacre_error *error)
{
	if (value_name(name, &error->value) < 0)
		return -1;
	plan->plan->name = arena_strdup(&plan->plan->arena, name);
	plan->plan->held = true;
	return 0;
}

/* ---- values with parts ---- */

static void add_escaped(struct text *out, const char *s)
{
	for (; *s; s++) {
		if (strchr("\\,:=", *s))
			text_add_char(out, '\\');
		text_add_char(out, *s);
	}
}

static void add_word(struct text *out, const char *key, const char *value)
{
	text_printf(out, ",%s=", key);
	add_escaped(out, value);
}

static void add_number(struct text *out, const char *key, uint64_t value)
{
	text_printf(out, ",%s=%llu", key, (unsigned long long)value);
}

static const struct attribute_words {
	uint64_t bit;
	const char *set, *clear;
} attribute_words[] = {
	{ NACRE_RDONLY, "ro", "rw" },
	{ NACRE_NOSUID, "nosuid", "suid" },
	{ NACRE_NODEV, "nodev", "dev" },
	{ NACRE_NOEXEC, "noexec", "exec" },
	{ NACRE_NOATIME, "noatime", "atime" },
	{ NACRE_STRICTATIME, "strictatime", "nostrictatime" },
	{ NACRE_NODIRATIME, "nodiratime", "diratime" },
	{ NACRE_NOSYMFOLLOW, "nosymfollow", "symfollow" },
	{ 0, NULL, NULL },
};

/* -1 with *err for bits without a word. */
static int add_attributes(struct text *out, uint64_t set, uint64_t clear, struct error *err)
{
	uint64_t known = 0;

	for (const struct attribute_words *w = attribute_words; w->bit; w++) {
		known |= w->bit;
		if (set & w->bit)
			text_printf(out, ",%s", w->set);
		if (clear & w->bit)
			text_printf(out, ",%s", w->clear);
	}
	return (set | clear) & ~known
		       ? fail(err, ERROR_PLAN, EINVAL,
			      "cannot use attributes that this version does not know")
		       : 0;
}

/* What is not given is empty, which the taker refuses in words of its own. */
static const char *or_empty(const char *path)
{
	return path ? path : "";
}

int nacre_plan_bind(struct nacre_plan *plan, const struct nacre_bind_step *bind,
		    struct nacre_error *error)
{
	_cleanup_text_ struct text value = { 0 };
	struct nacre_bind_step b;

	if (handles_take(&b, sizeof(b), bind, &error->value) < 0)
		return -1;
	add_escaped(&value, or_empty(b.source));
	text_add_char(&value, ':');
	add_escaped(&value, b.target ? b.target : or_empty(b.source));
	/* The third part is there in any case: a place that is called "ro" is none of the words. */
	text_add_char(&value, ':');
	if (add_attributes(&value, b.set, b.clear, &error->value) < 0)
		return -1;
	text_add(&value, b.optional ? ",optional" : "");
	text_add(&value, b.ensure ? ",ensure" : "");
	text_add(&value, b.alone ? ",norec" : "");
	return take(plan, "bind", text_str(&value), NULL, error);
}

int nacre_plan_overlay(struct nacre_plan *plan, const struct nacre_overlay_step *overlay,
		       struct nacre_error *error)
{
	_cleanup_text_ struct text value = { 0 };
	struct nacre_overlay_step o;
	size_t count = 0;

	if (handles_take(&o, sizeof(o), overlay, &error->value) < 0)
		return -1;
	add_escaped(&value, or_empty(o.target));
	while (o.lowers && o.lowers[count])
		count++;
	/* An option names the lowest first. */
	while (count-- > 0)
		add_word(&value, "lower", o.lowers[count]);
	if (o.upper)
		add_word(&value, "upper", o.upper);
	if (o.work)
		add_word(&value, "work", o.work);
	text_add(&value, o.shadow ? ",shadow" : "");
	text_add(&value, o.temporary ? ",tmp" : "");
	text_add(&value, o.is_volatile ? ",volatile" : "");
	if (add_attributes(&value, o.set, 0, &error->value) < 0)
		return -1;
	return take(plan, "overlay", text_str(&value), NULL, error);
}

int nacre_plan_tmpfs(struct nacre_plan *plan, const struct nacre_tmpfs *tmpfs,
		     struct nacre_error *error)
{
	_cleanup_text_ struct text value = { 0 };
	struct nacre_tmpfs t;

	if (handles_take(&t, sizeof(t), tmpfs, &error->value) < 0)
		return -1;
	add_escaped(&value, or_empty(t.target));
	if (t.bytes)
		add_number(&value, "size", t.bytes);
	if (t.blocks)
		add_number(&value, "nr_blocks", t.blocks);
	if (t.inodes)
		add_number(&value, "inodes", t.inodes);
	if (t.has_mode)
		text_printf(&value, ",mode=%o", t.mode);
	if (t.has_uid)
		add_number(&value, "uid", t.uid);
	if (t.has_gid)
		add_number(&value, "gid", t.gid);
	text_add(&value, t.suid ? ",suid" : "");
	text_add(&value, t.dev ? ",dev" : "");
	if (add_attributes(&value, t.attributes, 0, &error->value) < 0)
		return -1;
	return take(plan, "tmpfs", text_str(&value), NULL, error);
}

/* ---- what stands alone ---- */

int nacre_plan_dir(struct nacre_plan *plan, const char *path, int mode, struct nacre_error *error)
{
	_cleanup_text_ struct text value = { 0 };

	add_escaped(&value, path);
	if (mode >= 0)
		text_printf(&value, ",mode=%o", (unsigned)mode);
	return take(plan, "dir", text_str(&value), NULL, error);
}

/* No option can say a NUL. */
static int add_binary(struct nacre_plan *plan, const char *path, const char *bytes, size_t n,
		      struct error *err)
{
	struct step step = step_init(STEP_FILE, NULL);

	step.dst = take_path(plan->plan, path, "the place of the file", err);
	if (!step.dst)
		return -1;
	step.text = arena_memdup(&plan->plan->arena, bytes, n);
	step.text_len = n;
	take_step(plan->plan, &step, NULL);
	plan->beyond_words = true;
	return 0;
}

int nacre_plan_file(struct nacre_plan *plan, const char *path, const void *bytes, size_t n,
		    struct nacre_error *error)
{
	_cleanup_text_ struct text value = { 0 };

	if (n && memchr(bytes, '\0', n))
		return add_binary(plan, path, bytes, n, &error->value);
	add_escaped(&value, path);
	text_add_char(&value, '=');
	text_add_bytes(&value, bytes, n);
	return take(plan, "file", text_str(&value), NULL, error);
}

int nacre_plan_symlink(struct nacre_plan *plan, const char *target, const char *path,
		       struct nacre_error *error)
{
	return take(plan, "symlink", target, path, error);
}

int nacre_plan_env(struct nacre_plan *plan, const char *name, const char *value,
		   struct nacre_error *error)
{
	_cleanup_text_ struct text word = { 0 };

	if (!value || !*name || strchr(name, '='))
		return take(plan, "unset-env", name, NULL, error);
	text_printf(&word, "%s=%s", name, value);
	return take(plan, "env", text_str(&word), NULL, error);
}

/* ---- step by step ---- */

size_t nacre_plan_steps(const struct nacre_plan *plan)
{
	const struct plan *p = plan->plan;

	return plan->prepared ? p->steps.count : p->asked.count;
}

char *nacre_plan_step(const struct nacre_plan *plan, size_t index)
{
	const struct plan *p = plan->plan;
	struct text text = { 0 };

	step_describe(plan->prepared ? &p->steps.items[index] : &p->asked.items[index], &text);
	return handles_give(&text);
}
