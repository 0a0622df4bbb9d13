// SPDX-License-Identifier: MIT
/* A plan on a page and as JSON: the whole text, because its alignment is what it is for. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "plan/idmap.h"
#include "plan/plan.h"
#include "test.h"

#include <linux/capability.h>
#include <string.h>

#define _cleanup_plan_ _cleanup_(free_plan)

static void free_plan(struct plan **plan)
{
	*plan = plan_free(*plan);
}

static void add_word(struct plan *plan, const char *word)
{
	*VECTOR_ADD(&plan->arena, &plan->argv) = word;
}

static void map_id(struct plan *plan, struct id_map *map, uint32_t inside, uint32_t outside,
		   uint32_t count)
{
	struct error err;

	(void)id_map_add(&plan->arena, map, (struct id_range){ inside, outside, count }, &err);
}

static void check_has(const struct text *text, const char *want)
{
	test_check(strstr(text_str(text), want) != NULL, __FILE__, __LINE__,
		   "\"%s\" is not in:\n%s", want, text_str(text));
}

static void check_text(const struct plan *plan, const char *want)
{
	_cleanup_text_ struct text out = { 0 };

	plan_show_text(plan, &out);
	check_has(&out, want);
}

TEST(show, bare_run)
{
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);
	_cleanup_text_ struct text out = { 0 };

	plan->identity.uid = plan->identity.gid = 1001;
	map_id(plan, &plan->identity.uids, 1001, 1001, 1);
	map_id(plan, &plan->identity.gids, 1001, 1001, 1);
	add_word(plan, "true");
	plan_show_text(plan, &out);
	check_str(text_str(&out),
		  "base         the host's /\n"
		  "writes       kept in the box\n"
		  "user         you (1001) as 1001\n"
		  "namespaces   own: user mount pid ipc uts cgroup; shared: net time\n"
		  "directory    as outside\n"
		  "command      true\n");
}

static void add_steps(struct plan *plan)
{
	struct step step = step_init(STEP_OVERLAY, "/game");

	step.overlay = arena_new(&plan->arena, struct overlay);
	step.overlay->upper_kind = UPPER_DIR;
	step.overlay->upper = "/home/me/saves";
	for (int i = 0; i < 3; i++)
		VECTOR_ADD(&plan->arena, &step.overlay->lowers)->path = arena_printf(&plan->arena,
										     "/l/%d", i);
	*VECTOR_ADD(&plan->arena, &plan->steps) = step;

	step = step_init(STEP_BIND, "/data");
	step.src = "/srv";
	step.flags.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_RDONLY;
	step.flags.recursive = true;
	step.origin = "-b /srv:/data:ro";
	*VECTOR_ADD(&plan->arena, &plan->steps) = step;

	step = step_init(STEP_HIDE, "/boot");
	step.why = "it is on vfat";
	*VECTOR_ADD(&plan->arena, &plan->steps) = step;
}

TEST(show, whole_page)
{
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);
	_cleanup_text_ struct text out = { 0 };

	plan->name = "game";
	plan->base = BASE_DIR;
	plan->root = "/srv/deb 12";
	plan->writes = WRITES_DROP;
	*VECTOR_ADD(&plan->arena, &plan->layers) = "/opt/a";
	*VECTOR_ADD(&plan->arena, &plan->layers) = "/opt/b";
	plan->identity.kind = IDENTITY_RANGE;
	map_id(plan, &plan->identity.uids, 0, 1001, 1);
	map_id(plan, &plan->identity.uids, 1, 100000, 65535);
	map_id(plan, &plan->identity.gids, 0, 100, 1);
	plan->unshare[NS_NET] = true;
	plan->hostname = "box";
	plan->caps_drop = UINT64_C(1) << CAP_CHOWN | UINT64_C(1) << CAP_MKNOD;
	plan->workdir = "/game";
	*VECTOR_ADD(&plan->arena, &plan->pass_fds) = 5;
	*VECTOR_ADD(&plan->arena, &plan->env) = (struct env_change){ ENV_SET, "A", "b c" };
	*VECTOR_ADD(&plan->arena, &plan->env) = (struct env_change){ ENV_KEEP, "HOME", NULL };
	*VECTOR_ADD(&plan->arena, &plan->env) = (struct env_change){ ENV_UNSET, "X", NULL };
	*VECTOR_ADD(&plan->arena, &plan->notes) = "/boot: it is on vfat";
	add_steps(plan);
	add_word(plan, "sh");
	add_word(plan, "-c");
	add_word(plan, "echo 'hi'");
	plan_show_text(plan, &out);
	check_str(text_str(&out),
		  "box          game\n"
		  "base         \"/srv/deb 12\"\n"
		  "layers       /opt/a  (lowest)\n"
		  "             /opt/b\n"
		  "writes       dropped at the end\n"
		  "user         root (0) = you (1001); 1-65535 = 100000-165534\n"
		  "group        you (100) as root (0)\n"
		  "namespaces   own: user mount pid ipc uts cgroup net; shared: time\n"
		  "host name    box\n"
		  "capabilities without chown mknod\n"
		  "\n"
		  "steps\n"
		  "    1  overlay of 3 layers on /game, writes to /home/me/saves\n"
		  "       of  /l/0  (lowest)\n"
		  "           /l/1\n"
		  "           /l/2\n"
		  "    2  bind of /srv on /data, read-only  (from -b /srv:/data:ro)\n"
		  "    3  hiding /boot  (it is on vfat)\n"
		  "\n"
		  "environment  as outside, but\n"
		  "             A='b c'\n"
		  "             HOME as outside\n"
		  "             without X\n"
		  "directory    /game\n"
		  "descriptors  open: 5\n"
		  "command      sh -c 'echo '\\''hi'\\'''\n"
		  "\n"
		  "not captured\n"
		  "  /boot: it is on vfat\n");
}

TEST(show, asked_steps_stand_in_for_steps)
{
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);

	*VECTOR_ADD(&plan->arena, &plan->asked) = step_init(STEP_PROC, "/p");
	check_text(plan, "    1  fresh proc on /p\n");
}

TEST(show, identities)
{
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);
	struct identity *id = &plan->identity;

	check_text(plan, "user         you, as outside\n");
	id->kind = IDENTITY_CHOSEN;
	id->uid = id->gid = 5;
	check_text(plan, "user         you as 5\n");
	id->kind = IDENTITY_RANGE;
	check_text(plan, "user         root (0) = you; from 1 on = your subordinate ids\n");
	id->kind = IDENTITY_ALL;
	map_id(plan, &id->uids, 0, 0, UINT32_MAX);
	map_id(plan, &id->gids, 0, 0, UINT32_MAX);
	check_text(plan, "user         every id as itself; the command as 5\n");
	id->kind = IDENTITY_RAW;
	check_text(plan, "user         0-4294967294 = 0-4294967294; the command as 5\n");
	id->uids.v.items[0].count = 2;
	check_text(plan, "user         0-1 = 0-1; the command as 5\n");
	id->fallback = "subuid-missing";
	check_text(plan, "the command as 5  (no range of ids could be had)\n");
	plan->no_userns = true;
	check_text(plan, "user         as outside, in no user namespace of its own\n");
	check_text(plan, "own: mount pid ipc uts cgroup; shared: user net time\n");
}

TEST(show, command_can_be_pasted_into_a_shell)
{
	static const struct {
		const char *word, *want;
	} rows[] = {
		{ "", "''" },
		{ "a-b_c=d,e:f/g.h@%+", "a-b_c=d,e:f/g.h@%+" },
		{ "a b", "'a b'" },
		{ "$(x)", "'$(x)'" },
		{ "it's", "'it'\\''s'" },
		{ "back\\slash", "'back\\slash'" },
		{ "caf\xc3\xa9", "'caf\xc3\xa9'" },
		{ "~", "'~'" },
		{ "a\nb'c\\", "$'a\\x0ab\\'c\\\\'" },
		{ "\xff\x1b", "$'\\xff\\x1b'" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		_cleanup_plan_ struct plan *plan = plan_new("/", NULL);

		add_word(plan, rows[i].word);
		check_text(plan, arena_printf(&plan->arena, "command      %s\n", rows[i].want));
	}
}

TEST(show, all_capabilities_have_one_word)
{
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);

	plan->caps_drop = UINT64_MAX;
	plan->caps_add = UINT64_C(1) << CAP_NET_RAW;
	check_text(plan, "capabilities without all; with net_raw\n");
}

TEST(show, nothing_hostile_reaches_the_terminal)
{
	static const char evil[] = "/\x1b[2J\n\r\x9b\xff\x07";
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);
	_cleanup_text_ struct text out = { 0 };
	struct step step = step_init(STEP_HIDE, evil);

	step.origin = step.why = evil;
	plan->base = BASE_DIR;
	plan->name = plan->root = plan->hostname = plan->workdir = evil;
	plan->clear_env = true;
	*VECTOR_ADD(&plan->arena, &plan->layers) = evil;
	*VECTOR_ADD(&plan->arena, &plan->seeds) = evil;
	*VECTOR_ADD(&plan->arena, &plan->no_seed) = evil;
	*VECTOR_ADD(&plan->arena, &plan->env) = (struct env_change){ ENV_SET, evil, evil };
	*VECTOR_ADD(&plan->arena, &plan->notes) = evil;
	*VECTOR_ADD(&plan->arena, &plan->asked) = step;
	add_word(plan, evil);
	plan_show_text(plan, &out);
	check(strpbrk(text_str(&out), "\x1b\r\x07") == NULL);
	check(utf8_valid(text_str(&out), out.len));
	check_has(&out, "seeds        the default ones, and \"/\\x1b[2J");
	text_clear(&out);
	plan_show_json(plan, &out);
	check(strpbrk(text_str(&out), "\x1b\r\x07") == NULL);
	check(utf8_valid(text_str(&out), out.len));
}

TEST(show, json_of_a_plan)
{
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);
	_cleanup_text_ struct text out = { 0 };

	plan->name = "b";
	map_id(plan, &plan->identity.uids, 0, 1001, 1);
	*VECTOR_ADD(&plan->arena, &plan->layers) = "/a,b";
	*VECTOR_ADD(&plan->arena, &plan->env) = (struct env_change){ ENV_SET, "A", "b\"c" };
	*VECTOR_ADD(&plan->arena, &plan->pass_fds) = 7;
	plan->caps_add = UINT64_C(1) << CAP_NET_RAW;
	add_word(plan, "ls");
	add_word(plan, "-l");
	plan_show_json(plan, &out);
	check(strstr(text_str(&out), "{\n  \"version\": 1,\n  \"box\": \"b\",\n") == out.data);
	check(strcmp(text_str(&out) + out.len - 4, "]\n}\n") == 0);
	check_has(&out, "\"path\": \"/a,b\"");
	check_has(&out, "\"writes\": \"keep\"");
	check_has(&out, "\"outside\": 1001");
	check_has(&out, "\"user\": \"own\"");
	check_has(&out, "\"net\": \"shared\"");
	check_has(&out, "\"net_raw\"");
	check_has(&out, "\"hostname\": null");
	check_has(&out, "\"value\": \"b\\\"c\"");
	check_has(&out, "\"pass_fds\": [\n    7\n  ]");
	check_has(&out, "\"command\": [\n    \"ls\",\n    \"-l\"\n  ]");
	check(strstr(text_str(&out), "command_words") == NULL);
}

TEST(show, json_of_steps)
{
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);
	_cleanup_text_ struct text out = { 0 };
	struct step step = step_init(STEP_FILE, "/f");

	add_steps(plan);
	plan->steps.items[1].flags.propagation = MS_SLAVE;
	plan->steps.items[2].flags.set = MOUNT_ATTR_RDONLY;
	*VECTOR_ADD(&plan->arena, &plan->steps.items[0].overlay->seeds) = (struct seed){
		.path = "tmp", .kind = SEED_DIR, .mode = 01777
	};
	step.text = "ab\nX";
	step.text_len = 3;
	*VECTOR_ADD(&plan->arena, &plan->steps) = step;
	step.text = "\0";
	step.text_len = 1;
	*VECTOR_ADD(&plan->arena, &plan->steps) = step;
	plan_show_json(plan, &out);
	check_has(&out, "\"kind\": \"overlay\"");
	check_has(&out,
		  "\"description\": \"overlay of 3 layers on /game, writes to /home/me/saves\"");
	check_has(&out, "\"in_root\": false");
	check_has(&out, "\"mode\": \"1777\"");
	check_has(&out, "\"kind\": \"dir\",\n          \"path\": \"/home/me/saves\"");
	check_has(&out, "\"ro\",\n        \"nosuid\",\n        \"nodev\",\n        \"slave\"");
	check_has(&out, "\"flags_recursive\": true");
	check_has(&out, "\"flags_recursive\": false");
	check_has(&out, "\"origin\": \"-b /srv:/data:ro\"");
	check_has(&out, "\"why\": \"it is on vfat\"");
	check_has(&out, "\"bytes\": 3,\n      \"text\": \"ab\\n\"");
	check_has(&out, "\"bytes\": 1,\n      \"origin\": null");
}

TEST(show, json_keeps_the_exact_bytes)
{
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);
	_cleanup_text_ struct text out = { 0 };

	*VECTOR_ADD(&plan->arena, &plan->asked) = step_init(STEP_HIDE, "/\xff");
	add_word(plan, "a\xff");
	plan_show_json(plan, &out);
	check_has(&out, "\"dst_b64\": \"L/8=\"");
	check_has(&out, "\"command_words\": [");
	check_has(&out, "\"word_b64\": \"Yf8=\"");
}
