// SPDX-License-Identifier: MIT
/*
 * A plan as JSON (nacre-json(7)). A step's members that are at their kind's default are left out;
 * all others are always there. What may hold bytes that are not UTF-8 goes through json_path(),
 * inside an object, so that the exact bytes are never lost.
 */
#include "plan/plan.h"

#include "base/json.h"
#include "base/path.h"
#include "base/text.h"
#include "plan/capability.h"
#include "plan/idmap.h"

#include <stdio.h>
#include <string.h>

enum { FORMAT_VERSION = 1 };

/* [{"path": …}, …] */
static void json_paths(struct json *j, const char *name, const char *const *paths, size_t count)
{
	json_array(j, name);
	for (size_t i = 0; i < count; i++) {
		json_object(j, NULL);
		json_path(j, "path", paths[i]);
		json_end_object(j);
	}
	json_end_array(j);
}

static void json_octal(struct json *j, const char *name, mode_t mode)
{
	char octal[16];

	(void)snprintf(octal, sizeof(octal), "%04o", (unsigned)mode);
	json_string(j, name, octal);
}

static void json_mode(struct json *j, mode_t mode)
{
	json_octal(j, "mode", mode);
}

static void show_map(struct json *j, const char *name, const struct id_map *map)
{
	json_array(j, name);
	for (size_t i = 0; i < map->v.count; i++) {
		json_object(j, NULL);
		json_unsigned(j, "inside", map->v.items[i].inside);
		json_unsigned(j, "outside", map->v.items[i].outside);
		json_unsigned(j, "count", map->v.items[i].count);
		json_end_object(j);
	}
	json_end_array(j);
}

static void show_identity(struct json *j, const struct plan *plan)
{
	static const char *const kinds[] = {
		[IDENTITY_SAME] = "same", [IDENTITY_CHOSEN] = "chosen", [IDENTITY_RANGE] = "range",
		[IDENTITY_RAW] = "raw",	  [IDENTITY_ALL] = "all",
	};
	const struct identity *identity = &plan->identity;

	json_object(j, "identity");
	json_string(j, "kind", kinds[identity->kind]);
	json_unsigned(j, "uid", identity->uid);
	json_unsigned(j, "gid", identity->gid);
	show_map(j, "uid_map", &identity->uids);
	show_map(j, "gid_map", &identity->gids);
	json_bool(j, "helper", identity->helper);
	json_bool(j, "deny_setgroups", identity->deny_setgroups);
	json_bool(j, "fallback", identity->fallback != NULL);
	json_end_object(j);
}

static void show_capability_set(struct json *j, const char *name, uint64_t set)
{
	json_array(j, name);
	for (const struct keyword *k = capability_words; k->word; k++)
		if (set >> k->value & 1)
			json_string(j, NULL, k->word);
	json_end_array(j);
}

static void show_namespaces(struct json *j, const struct plan *plan)
{
	json_object(j, "namespaces");
	for (enum ns_kind kind = 0; kind < NS_COUNT; kind++) {
		bool own = plan->unshare[kind] && !(kind == NS_USER && plan->no_userns);

		json_string(j, ns_name(kind), own ? "own" : "shared");
	}
	json_end_object(j);
	json_object(j, "capabilities");
	show_capability_set(j, "add", plan->caps_add);
	show_capability_set(j, "drop", plan->caps_drop);
	json_end_object(j);
}

static void show_seeds(struct json *j, const struct overlay *o)
{
	static const char *const kinds[] = {
		[SEED_DIR] = "dir",
		[SEED_FILE] = "file",
		[SEED_SYMLINK] = "symlink",
		[SEED_COPY] = "copy",
	};

	json_array(j, "seeds");
	for (size_t i = 0; i < o->seeds.count; i++) {
		const struct seed *seed = &o->seeds.items[i];

		json_object(j, NULL);
		json_path(j, "path", seed->path);
		json_string(j, "kind", kinds[seed->kind]);
		json_mode(j, seed->mode);
		if (seed->kind == SEED_SYMLINK || seed->kind == SEED_COPY)
			json_path(j, "target", seed->target);
		json_bool(j, "point", seed->point);
		json_end_object(j);
	}
	json_end_array(j);
}

static void show_upper(struct json *j, const struct overlay *o)
{
	static const char *const kinds[] = {
		[UPPER_NONE] = "none",
		[UPPER_DIR] = "dir",
		[UPPER_BOX] = "box",
		[UPPER_TMP] = "tmp",
	};

	json_object(j, "upper");
	json_string(j, "kind", kinds[o->upper_kind]);
	if (o->upper)
		json_path(j, "path", o->upper);
	if (o->work)
		json_path(j, "work", o->work);
	if (o->slot)
		json_path(j, "slot", o->slot);
	if (o->copyfrom)
		json_path(j, "copyfrom", o->copyfrom);
	if (o->upper_kind != UPPER_NONE)
		json_bool(j, "volatile", o->is_volatile);
	json_end_object(j);
}

static void show_overlay(struct json *j, const struct overlay *o)
{
	json_object(j, "overlay");
	json_array(j, "lowers");
	for (size_t i = 0; i < o->lowers.count; i++) {
		json_object(j, NULL);
		json_path(j, "path", o->lowers.items[i].path);
		json_bool(j, "in_root", o->lowers.items[i].in_root);
		json_end_object(j);
	}
	json_end_array(j);
	show_seeds(j, o);
	show_upper(j, o);
	json_array(j, "options");
	for (size_t i = 0; i < o->options.count; i++) {
		json_object(j, NULL);
		json_path(j, "option", o->options.items[i]);
		json_end_object(j);
	}
	json_end_array(j);
	json_end_object(j);
}

/* ["ro","nosuid","rslave"] */
static void show_flags(struct json *j, const struct mount_flags *flags)
{
	_cleanup_text_ struct text words = { 0 };
	char *next, *word;

	mount_flags_describe(flags, &words);
	if (!words.len)
		return;
	json_array(j, "flags");
	for (word = strtok_r(words.data, ",", &next); word; word = strtok_r(NULL, ",", &next))
		json_string(j, NULL, word);
	json_end_array(j);
	if (flags->set | flags->clear)
		json_bool(j, "flags_recursive", flags->recursive);
}

/* Bytes, which need not end in NUL and may hold some: then only their number can be told. */
static void show_content(struct json *j, const struct step *step)
{
	struct arena arena = { 0 };

	json_unsigned(j, "bytes", step->text_len);
	if (!memchr(step->text, '\0', step->text_len))
		json_path(j, "text", arena_strndup(&arena, step->text, step->text_len));
	arena_release(&arena);
}

static void show_options(struct json *j, const struct step *step)
{
	_cleanup_text_ struct text options = { 0 };

	step_options_describe(step, &options);
	json_path(j, "data", text_str(&options));
}

static void show_things(struct json *j, const struct step *step)
{
	if (step->kind == STEP_SYMLINK)
		json_path(j, "target", step->text);
	if (step->kind == STEP_FILE && step->text)
		show_content(j, step);
	if (step->from_fd >= 0)
		json_number(j, "from_fd", step->from_fd);
	if (step->fstype)
		json_path(j, "type", step->fstype);
	if (step->options)
		show_options(j, step);
	if (step->size)
		json_unsigned(j, "size", step->size);
	if (step->blocks)
		json_unsigned(j, "blocks", step->blocks);
	if (step->inodes)
		json_unsigned(j, "inodes", step->inodes);
	if (step->mode >= 0)
		json_mode(j, (mode_t)step->mode);
	if (step->parents != 0755)
		json_octal(j, "parents", step->parents);
	if (step->uid >= 0)
		json_number(j, "uid", step->uid);
	if (step->gid >= 0)
		json_number(j, "gid", step->gid);
}

static const char *const mkdir_names[] = {
	[MKDIR_MAYBE] = NULL, /* the default */
	[MKDIR_NEVER] = "never",
	[MKDIR_REQUIRE] = "require",
	[MKDIR_ANYWHERE] = "anywhere",
};

static void show_policy(struct json *j, const struct step *step)
{
	if (step->kind == STEP_BIND)
		json_bool(j, "recursive", step->recursive);
	if (step->optional)
		json_bool(j, "optional", true);
	if (step->ensure)
		json_bool(j, "ensure", true);
	if (step->in_root)
		json_bool(j, "in_root", true);
	if (step->fallback_bind)
		json_bool(j, "fallback_bind", true);
	if (step->cover)
		json_bool(j, "cover", true);
	if (mkdir_names[step->mkdir])
		json_string(j, "mkdir", mkdir_names[step->mkdir]);
}

static void show_step(struct json *j, const struct step *step)
{
	_cleanup_text_ struct text sentence = { 0 };

	step_describe(step, &sentence);
	json_object(j, NULL);
	json_string(j, "kind", step_kind_name(step->kind));
	json_string(j, "description", text_str(&sentence));
	json_path(j, "dst", step->dst);
	if (step->src)
		json_path(j, "src", step->src);
	show_things(j, step);
	show_flags(j, &step->flags);
	show_policy(j, step);
	if (step->overlay)
		show_overlay(j, step->overlay);
	json_path(j, "origin", step->origin);
	json_path(j, "why", step->why);
	json_end_object(j);
}

static void show_steps(struct json *j, const struct plan *plan)
{
	const struct step *steps = plan->steps.count ? plan->steps.items : plan->asked.items;
	size_t count = plan->steps.count ? plan->steps.count : plan->asked.count;

	json_array(j, "steps");
	for (size_t i = 0; i < count; i++)
		show_step(j, &steps[i]);
	json_end_array(j);
}

static void show_environment(struct json *j, const struct plan *plan)
{
	static const char *const actions[] = {
		[ENV_SET] = "set",
		[ENV_KEEP] = "keep",
		[ENV_UNSET] = "unset",
	};

	json_object(j, "environment");
	json_bool(j, "clear", plan->clear_env);
	json_array(j, "changes");
	for (size_t i = 0; i < plan->env.count; i++) {
		const struct env_change *change = &plan->env.items[i];

		json_object(j, NULL);
		json_string(j, "action", actions[change->action]);
		json_path(j, "name", change->name);
		if (change->action == ENV_SET)
			json_path(j, "value", change->value);
		json_end_object(j);
	}
	json_end_array(j);
	json_end_object(j);
}

/* Strings, as everybody expects of a command; as objects too when strings cannot hold the words. */
static void show_command(struct json *j, const struct plan *plan)
{
	bool exact = true;

	json_array(j, "command");
	for (size_t i = 0; i < plan->argv.count; i++) {
		const char *word = plan->argv.items[i];

		json_string(j, NULL, word);
		exact = exact && utf8_valid(word, strlen(word));
	}
	json_end_array(j);
	if (exact)
		return;
	json_array(j, "command_words");
	for (size_t i = 0; i < plan->argv.count; i++) {
		json_object(j, NULL);
		json_path(j, "word", plan->argv.items[i]);
		json_end_object(j);
	}
	json_end_array(j);
}

/* How the command begins and ends. */
static void show_life(struct json *j, const struct plan *plan)
{
	json_bool(j, "new_session", plan->new_session);
	json_path(j, "cgroup", plan->cgroup);
	json_unsigned(j, "linger_ms", plan->linger_ms);
	if (plan->grace_ms >= 0)
		json_number(j, "grace_ms", plan->grace_ms);
	else
		json_path(j, "grace_ms", NULL);
}

static void show_base(struct json *j, const struct plan *plan)
{
	json_path(j, "box", plan->name);
	json_object(j, "base");
	json_string(j, "kind", plan->base == BASE_HOST ? "host" : "dir");
	json_path(j, "path", plan->base == BASE_HOST ? "/" : plan->root);
	json_end_object(j);
	json_paths(j, "layers", plan->layers.items, plan->layers.count);
	json_string(j, "writes", writes_name(plan->writes));
	json_bool(j, "defaults", !plan->no_defaults);
	json_bool(j, "default_seeds", !plan->no_seeds);
	json_paths(j, "seed", plan->seeds.items, plan->seeds.count);
	json_paths(j, "no_seed", plan->no_seed.items, plan->no_seed.count);
}

static void show_lines(struct json *j, const char *name, const char *const *lines, size_t count)
{
	json_array(j, name);
	for (size_t i = 0; i < count; i++)
		json_string(j, NULL, lines[i]);
	json_end_array(j);
}

void plan_show_json(const struct plan *plan, struct text *out)
{
	struct json j = { .out = out, .pretty = true };

	json_object(&j, NULL);
	json_number(&j, "version", FORMAT_VERSION);
	show_base(&j, plan);
	show_identity(&j, plan);
	show_namespaces(&j, plan);
	json_path(&j, "hostname", plan->hostname);
	show_steps(&j, plan);
	show_environment(&j, plan);
	json_path(&j, "workdir", plan->workdir);
	json_array(&j, "pass_fds");
	for (size_t i = 0; i < plan->pass_fds.count; i++)
		json_number(&j, NULL, plan->pass_fds.items[i]);
	json_end_array(&j);
	show_life(&j, plan);
	show_command(&j, plan);
	show_lines(&j, "notes", plan->notes.items, plan->notes.count);
	show_lines(&j, "left_out", plan->left_out.items, plan->left_out.count);
	json_end_object(&j);
	text_add_char(out, '\n');
}
