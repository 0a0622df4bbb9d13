// SPDX-License-Identifier: MIT
/*
 * A plan on one page for people: what the box is built on, who the command is in it, the steps in
 * their order, the command, and what is not captured. Everything that comes from the user is made
 * safe for a terminal.
 */
#include "plan/plan.h"

#include "base/path.h"
#include "base/text.h"
#include "plan/capability.h"
#include "plan/idmap.h"

#include <inttypes.h>
#include <string.h>

/* A line's label, in the column that all of them share. */
static void add_label(struct text *out, const char *label)
{
	text_printf(out, "%-12s ", label);
}

static void add_hex(struct text *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		text_printf(out, "\\x%02x", (unsigned char)s[i]);
}

/* As it is, but for bytes that would act on a terminal. */
static void add_visible(struct text *out, const char *s)
{
	size_t left = strlen(s);

	while (left) {
		uint32_t code = 0;
		size_t len = utf8_decode(s, left, &code);

		if (len && !code_is_control(code))
			text_add_bytes(out, s, len);
		else
			add_hex(out, s, len ? len : 1);
		s += len ? len : 1;
		left -= len ? len : 1;
	}
}

/* For pasting into a shell: bare, in '…', or in $'…' when it has bytes that a terminal cannot show. */
static void add_shell_word(struct text *out, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "_@%+=:,./-";
	bool dollar = false;
	size_t left = strlen(word);

	if (left && strspn(word, plain) == left) {
		text_add(out, word);
		return;
	}
	for (size_t i = 0, len; i < left; i += len) {
		uint32_t code = 0;

		len = utf8_decode(word + i, left - i, &code);
		dollar = dollar || !len || code_is_control(code);
		len = len ? len : 1;
	}
	text_add(out, dollar ? "$'" : "'");
	while (left) {
		uint32_t code = 0;
		size_t len = utf8_decode(word, left, &code);

		if (!len || code_is_control(code))
			add_hex(out, word, len = len ? len : 1);
		else if (code == '\'')
			text_add(out, dollar ? "\\'" : "'\\''");
		else if (code == '\\' && dollar)
			text_add(out, "\\\\");
		else
			text_add_bytes(out, word, len);
		word += len;
		left -= len;
	}
	text_add_char(out, '\'');
}

static void show_base(const struct plan *plan, struct text *out, struct arena *arena)
{
	static const char *const writes[] = {
		[WRITES_KEEP] = "kept in the box",
		[WRITES_DROP] = "dropped at the end",
		[WRITES_DENY] = "denied",
		[WRITES_HOST] = "to the host, for real",
	};

	if (plan->name) {
		add_label(out, "box");
		text_printf(out, "%s\n", quote_path(arena, plan->name));
	}
	add_label(out, "base");
	text_printf(out, "%s\n",
		    plan->base == BASE_HOST ? "the host's /" : quote_path(arena, plan->root));
	for (size_t i = 0; i < plan->layers.count; i++) {
		add_label(out, i ? "" : "layers");
		text_printf(out, "%s%s\n", quote_path(arena, plan->layers.items[i]),
			    i || plan->layers.count == 1 ? "" : "  (lowest)");
	}
	add_label(out, "writes");
	text_printf(out, "%s\n", writes[plan->writes]);
}

/* What is made writable as the user's, and which defaults were declined. */
static void show_exceptions(const struct plan *plan, struct text *out, struct arena *arena)
{
	if (plan->no_defaults) {
		add_label(out, "defaults");
		text_add(out, "none: no /proc, /dev or /sys unless asked for\n");
	}
	if (plan->no_seeds || plan->seeds.count || plan->no_seed.count) {
		add_label(out, "seeds");
		text_add(out, plan->no_seeds ? "no default ones" : "the default ones");
		for (size_t i = 0; i < plan->seeds.count; i++)
			text_printf(out, ", and %s", quote_path(arena, plan->seeds.items[i]));
		for (size_t i = 0; i < plan->no_seed.count; i++)
			text_printf(out, ", not %s", quote_path(arena, plan->no_seed.items[i]));
		text_add_char(out, '\n');
	}
}

/* "1-65535", "0", or "root (0)" where only root is meant. */
static void add_range(struct text *out, uint32_t first, uint32_t count)
{
	if (count > 1)
		text_printf(out, "%" PRIu32 "-%" PRIu32, first, first + (count - 1));
	else
		text_printf(out, first ? "%" PRIu32 : "root (%" PRIu32 ")", first);
}

/* Maps that the engine will make itself, when the plan is shown before they are known. */
static void add_future_ids(const struct identity *identity, uint32_t id, struct text *out)
{
	switch (identity->kind) {
	case IDENTITY_CHOSEN:
		text_add(out, "you as ");
		add_range(out, id, 1);
		break;
	case IDENTITY_RANGE:
		text_add(out, "root (0) = you; from 1 on = your subordinate ids");
		break;
	case IDENTITY_ALL:
		text_add(out, "every id as itself");
		break;
	case IDENTITY_SAME:
	case IDENTITY_RAW:
		text_add(out, "you, as outside");
		break;
	}
}

static void add_ids(const struct identity *identity, const struct id_map *map, uint32_t id,
		    struct text *out)
{
	bool yours = identity->kind != IDENTITY_RAW && identity->kind != IDENTITY_ALL;

	if (!map->v.count) {
		add_future_ids(identity, id, out);
		return;
	}
	if (yours && map->v.count == 1 && map->v.items[0].count == 1) {
		text_printf(out, "you (%" PRIu32 ") as ", map->v.items[0].outside);
		add_range(out, map->v.items[0].inside, 1);
		return;
	}
	if (identity->kind == IDENTITY_ALL)
		text_add(out, "every id as itself");
	for (size_t i = 0; i < map->v.count && identity->kind != IDENTITY_ALL; i++) {
		const struct id_range *line = &map->v.items[i];

		text_add(out, i ? "; " : "");
		add_range(out, line->inside, line->count);
		text_add(out, " = ");
		if (yours && line->count == 1)
			text_printf(out, "you (%" PRIu32 ")", line->outside);
		else
			add_range(out, line->outside, line->count);
	}
	if (id) {
		text_add(out, "; the command as ");
		add_range(out, id, 1);
	}
}

/* Groups get a line of their own where they are not like users. */
static void show_identity(const struct plan *plan, struct text *out)
{
	const struct identity *identity = &plan->identity;
	_cleanup_text_ struct text users = { 0 };
	_cleanup_text_ struct text groups = { 0 };

	add_label(out, "user");
	if (plan->no_userns) {
		text_add(out, "as outside, in no user namespace of its own\n");
		return;
	}
	add_ids(identity, &identity->uids, identity->uid, &users);
	add_ids(identity, &identity->gids, identity->gid, &groups);
	text_printf(out, "%s%s\n", text_str(&users),
		    identity->fallback ? "  (no range of ids could be had)" : "");
	if (strcmp(text_str(&users), text_str(&groups)) != 0) {
		add_label(out, "group");
		text_printf(out, "%s\n", text_str(&groups));
	}
}

static void add_namespaces(const struct plan *plan, bool own, struct text *out)
{
	bool any = false;

	for (enum ns_kind kind = 0; kind < NS_COUNT; kind++) {
		bool unshared = plan->unshare[kind] && !(kind == NS_USER && plan->no_userns);

		if (unshared != own)
			continue;
		text_printf(out, " %s", ns_name(kind));
		any = true;
	}
	if (!any)
		text_add(out, " none");
}

static void add_capabilities(uint64_t set, const char *verb, struct text *out)
{
	uint64_t known = 0;
	bool all;

	for (const struct keyword *k = capability_words; k->word; k++)
		known |= UINT64_C(1) << k->value;
	all = (set & known) == known;
	text_add(out, verb);
	if (all)
		text_add(out, " all");
	for (const struct keyword *k = capability_words; k->word && !all; k++)
		if (set >> k->value & 1)
			text_printf(out, " %s", k->word);
}

static void show_namespaces(const struct plan *plan, struct text *out, struct arena *arena)
{
	add_label(out, "namespaces");
	text_add(out, "own:");
	add_namespaces(plan, true, out);
	text_add(out, "; shared:");
	add_namespaces(plan, false, out);
	text_add_char(out, '\n');
	if (plan->hostname) {
		add_label(out, "host name");
		text_printf(out, "%s\n", quote_path(arena, plan->hostname));
	}
	if (plan->caps_add || plan->caps_drop) {
		add_label(out, "capabilities");
		if (plan->caps_drop)
			add_capabilities(plan->caps_drop, "without", out);
		if (plan->caps_add)
			add_capabilities(plan->caps_add, plan->caps_drop ? "; with" : "with", out);
		text_add_char(out, '\n');
	}
}

/* "  (from -o /data,lower=/srv; why)". */
static void add_reason(const struct step *step, struct text *out)
{
	if (!step->origin && !step->why)
		return;
	text_add(out, "  (");
	if (step->origin) {
		text_add(out, "from ");
		add_visible(out, step->origin);
	}
	if (step->why) {
		text_add(out, step->origin ? "; " : "");
		add_visible(out, step->why);
	}
	text_add_char(out, ')');
}

/* The sentence names up to two layers; a higher stack is listed, lowest first. */
static void add_stack(const struct step *step, int indent, struct text *out, struct arena *arena)
{
	const struct overlay *o = step->overlay;

	if (step->kind != STEP_OVERLAY || !o || o->lowers.count < 3)
		return;
	for (size_t i = 0; i < o->lowers.count; i++)
		text_printf(out, "%*s%s %s%s%s\n", indent, "", i ? "   " : "of ",
			    quote_path(arena, o->lowers.items[i].path),
			    o->lowers.items[i].in_root ? " in the box" : "", i ? "" : "  (lowest)");
}

static void show_steps(const struct plan *plan, struct text *out, struct arena *arena)
{
	const struct step *steps = plan->steps.count ? plan->steps.items : plan->asked.items;
	size_t count = plan->steps.count ? plan->steps.count : plan->asked.count;
	int width = 3;

	if (!count)
		return;
	for (size_t n = count; n >= 1000; n /= 10)
		width++;
	text_add(out, "\nsteps\n");
	for (size_t i = 0; i < count; i++) {
		text_printf(out, "  %*zu  ", width, i + 1);
		step_describe(&steps[i], out);
		add_reason(&steps[i], out);
		text_add_char(out, '\n');
		add_stack(&steps[i], width + 4, out, arena);
	}
	text_add_char(out, '\n');
}

static void show_environment(const struct plan *plan, struct text *out)
{
	if (!plan->clear_env && !plan->env.count)
		return;
	add_label(out, "environment");
	text_add(out, plan->clear_env ? "empty" : "as outside");
	text_add(out, plan->env.count ? ", but\n" : "\n");
	for (size_t i = 0; i < plan->env.count; i++) {
		const struct env_change *change = &plan->env.items[i];

		add_label(out, "");
		if (change->action == ENV_UNSET)
			text_add(out, "without ");
		add_visible(out, change->name);
		if (change->action == ENV_KEEP)
			text_add(out, " as outside");
		if (change->action == ENV_SET) {
			text_add_char(out, '=');
			add_shell_word(out, change->value);
		}
		text_add_char(out, '\n');
	}
}

static void add_seconds(struct text *out, const char *before, int64_t ms, const char *behind)
{
	text_printf(out, "%s%" PRId64, before, ms / 1000);
	if (ms % 1000)
		text_printf(out, ".%03" PRId64, ms % 1000);
	text_printf(out, " s%s", behind);
}

/* How the command begins and ends, where that is not as ever. */
static void show_life(const struct plan *plan, struct text *out, struct arena *arena)
{
	if (plan->cgroup) {
		add_label(out, "cgroup");
		text_printf(out, "%s\n", quote_path(arena, plan->cgroup));
	}
	if (plan->new_session) {
		add_label(out, "session");
		text_add(out, "its own, without a terminal\n");
	}
	if (!plan->linger_ms && plan->grace_ms < 0)
		return;
	add_label(out, "end");
	if (plan->grace_ms >= 0)
		add_seconds(out, "killed ", plan->grace_ms, " after it was asked to end");
	if (plan->linger_ms)
		add_seconds(out,
			    plan->grace_ms >= 0 ? "; what it leaves behind gets "
						: "what it leaves behind gets ",
			    plan->linger_ms, "");
	text_add_char(out, '\n');
}

static void show_command(const struct plan *plan, struct text *out, struct arena *arena)
{
	add_label(out, "directory");
	text_printf(out, "%s\n", plan->workdir ? quote_path(arena, plan->workdir) : "as outside");
	if (plan->pass_fds.count) {
		add_label(out, "descriptors");
		text_add(out, "open:");
		for (size_t i = 0; i < plan->pass_fds.count; i++)
			text_printf(out, " %d", plan->pass_fds.items[i]);
		text_add_char(out, '\n');
	}
	show_life(plan, out, arena);
	add_label(out, "command");
	if (!plan->argv.count)
		text_add(out, "none");
	for (size_t i = 0; i < plan->argv.count; i++) {
		text_add(out, i ? " " : "");
		add_shell_word(out, plan->argv.items[i]);
	}
	text_add_char(out, '\n');
}

static void show_list(const char *title, const char *const *lines, size_t count, struct text *out)
{
	if (!count)
		return;
	text_printf(out, "\n%s\n", title);
	for (size_t i = 0; i < count; i++) {
		text_add(out, "  ");
		add_visible(out, lines[i]);
		text_add_char(out, '\n');
	}
}

void plan_show_text(const struct plan *plan, struct text *out)
{
	struct arena arena = { 0 };

	show_base(plan, out, &arena);
	show_exceptions(plan, out, &arena);
	show_identity(plan, out);
	show_namespaces(plan, out, &arena);
	show_steps(plan, out, &arena);
	show_environment(plan, out);
	show_command(plan, out, &arena);
	show_list("not captured", plan->notes.items, plan->notes.count, out);
	show_list("left out", plan->left_out.items, plan->left_out.count, out);
	arena_release(&arena);
}
