// SPDX-License-Identifier: MIT
/* Contradictions: each refusal by its stable name, beside the nearest thing that is allowed. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/syscalls.h"
#include "plan/idmap.h"
#include "plan/plan.h"
#include "test.h"

#include <string.h>

#define _cleanup_arena_ _cleanup_(arena_release)
#define _cleanup_plan_ _cleanup_(free_plan)

static void free_plan(struct plan **plan)
{
	*plan = plan_free(*plan);
}

/* The name of the refusal, or "" when the step is allowed. */
static const char *verdict(const struct step *step)
{
	static struct error err;

	err = (struct error){ 0 };
	if (step_check(step, &err) == 0)
		return err.kind == ERROR_NONE ? "" : "success touched the error";
	if (err.kind != ERROR_PLAN || !*err.message || !*err.reason || err.step != -1)
		return "the error is not complete";
	return err.name;
}

static const char *plan_verdict(const struct plan *plan, int want_step)
{
	static struct error err;

	err = (struct error){ 0 };
	if (plan_check(plan, &err) == 0)
		return "";
	if (err.kind != ERROR_PLAN || !*err.message || !*err.reason || err.step != want_step)
		return "the error is not complete";
	return err.name;
}

static struct step bind_step(const char *src, const char *dst)
{
	struct step step = step_init(STEP_BIND, dst);

	step.src = src;
	return step;
}

static void add_lower(struct arena *arena, struct overlay *o, const char *path, bool in_root)
{
	*VECTOR_ADD(arena, &o->lowers) = (struct layer){ .path = path, .in_root = in_root };
}

static struct step overlay_step(struct overlay *o)
{
	struct step step = step_init(STEP_OVERLAY, "/data");

	step.overlay = o;
	return step;
}

static void ask(struct plan *plan, struct step step)
{
	*VECTOR_ADD(&plan->arena, &plan->asked) = step;
}

TEST(check, places_are_absolute_and_clean)
{
	static const struct {
		const char *dst, *want;
	} rows[] = {
		{ "/data", "" },
		{ "/a,b:c\\d\n\xff", "" },
		{ "/.../..a/.b", "" },
		{ "/", "" },
		{ NULL, "plan-target-relative" },
		{ "", "plan-target-relative" },
		{ "data", "plan-target-relative" },
		{ "/a/", "plan-path-not-clean" },
		{ "//", "plan-path-not-clean" },
		{ "/a//b", "plan-path-not-clean" },
		{ "/a/./b", "plan-path-not-clean" },
		{ "/a/..", "plan-path-not-clean" },
		{ "/..", "plan-path-not-clean" },
		{ "/.", "plan-path-not-clean" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct step step = bind_step("/srv", rows[i].dst);

		check_str(verdict(&step), rows[i].want);
	}
}

TEST(check, only_mounts_can_be_the_root)
{
	_cleanup_arena_ struct arena arena = { 0 };
	struct overlay o = { 0 };

	add_lower(&arena, &o, "/srv", false);
	for (enum step_kind kind = 0; kind < STEP_KIND_COUNT; kind++) {
		bool allowed = kind == STEP_BIND || kind == STEP_TMPFS || kind == STEP_OVERLAY ||
			       kind == STEP_REMOUNT || kind == STEP_CHMOD;
		struct step step = step_init(kind, "/");

		step.src = kind == STEP_FILE ? NULL : "/srv";
		step.text = "x";
		step.fstype = "tmpfs";
		step.mode = 0755;
		step.overlay = kind == STEP_OVERLAY ? &o : NULL;
		check_str(verdict(&step), allowed ? "" : "plan-target-root");
		step.dst = "/x";
		check_str(verdict(&step), "");
	}
}

TEST(check, sources)
{
	struct step step = bind_step(NULL, "/data");

	check_str(verdict(&step), "plan-source-missing");
	step.src = "";
	check_str(verdict(&step), "plan-source-missing");
	step.src = "srv";
	check_str(verdict(&step), "plan-source-relative");
	step.src = "/srv/..";
	check_str(verdict(&step), "plan-path-not-clean");
	step.src = "/";
	check_str(verdict(&step), "");
}

TEST(check, bind_cannot_skip_and_make_a_source)
{
	struct step step = bind_step("/srv", "/data");

	step.optional = true;
	check_str(verdict(&step), "");
	step.ensure = true;
	check_str(verdict(&step), "plan-bind-optional-ensure");
	step.optional = false;
	check_str(verdict(&step), "");
}

TEST(check, flags)
{
	struct step step = step_init(STEP_REMOUNT, "/data");

	step.flags.set = MOUNT_ATTR_RDONLY;
	step.flags.clear = MOUNT_ATTR_NOEXEC;
	step.flags.propagation = MS_SLAVE;
	check_str(verdict(&step), "");
	step.flags.clear = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOEXEC;
	check_str(verdict(&step), "plan-flags-contradict");
	step.flags.set = MOUNT_ATTR_NOATIME;
	step.flags.clear = MOUNT_ATTR__ATIME;
	check_str(verdict(&step), "");
	step.flags.propagation = MS_SLAVE | MS_SHARED;
	check_str(verdict(&step), "plan-propagation");
}

TEST(check, tmpfs)
{
	struct step step = step_init(STEP_TMPFS, "/tmp");

	step.size = 4096;
	check_str(verdict(&step), "");
	step.blocks = 1;
	check_str(verdict(&step), "plan-tmpfs-size-twice");
	step.size = 0;
	check_str(verdict(&step), "");
	step.mode = 07777;
	step.uid = 4294967294;
	check_str(verdict(&step), "");
	step.mode = 010000;
	check_str(verdict(&step), "plan-mode-range");
	step.mode = -1;
	step.gid = 4294967295;
	check_str(verdict(&step), "plan-id-range");
	step.gid = -2;
	check_str(verdict(&step), "plan-id-range");
}

TEST(check, things)
{
	struct step step = step_init(STEP_SYMLINK, "/x");

	check_str(verdict(&step), "plan-symlink-target");
	step.text = "";
	check_str(verdict(&step), "plan-symlink-target");
	step.text = "../y";
	check_str(verdict(&step), "");
	step.text = NULL;
	step.src = "l";
	check_str(verdict(&step), "plan-source-relative");
	step.src = "/l";
	check_str(verdict(&step), "");

	step = step_init(STEP_FILE, "/x");
	check_str(verdict(&step), "plan-file-content");
	step.text = "";
	check_str(verdict(&step), "");
	step.src = "/y";
	check_str(verdict(&step), "plan-file-content");
	step.text = NULL;
	check_str(verdict(&step), "");
	step.src = "y";
	check_str(verdict(&step), "plan-source-relative");

	step = step_init(STEP_MOUNT, "/x");
	check_str(verdict(&step), "plan-mount-type");
	step.fstype = "tmpfs";
	check_str(verdict(&step), "");
}

TEST(check, move_not_into_itself)
{
	struct step step = step_init(STEP_MOVE, "/a/b");

	step.src = "/a";
	check_str(verdict(&step), "plan-move-into-itself");
	step.dst = "/a";
	check_str(verdict(&step), "plan-move-into-itself");
	step.dst = "/ab";
	check_str(verdict(&step), "");
}

TEST(check, overlay_needs_a_layer)
{
	_cleanup_arena_ struct arena arena = { 0 };
	struct overlay o = { 0 };
	struct step step = overlay_step(&o);

	check_str(verdict(&step), "plan-overlay-empty");
	o.upper_kind = UPPER_BOX;
	check_str(verdict(&step), "");
	o.upper_kind = UPPER_NONE;
	add_lower(&arena, &o, "/data", true);
	check_str(verdict(&step), "");
	o.lowers.count = 0;
	VECTOR_ADD(&arena, &o.seeds)->path = "";
	check_str(verdict(&step), "");
	step.overlay = NULL;
	check_str(verdict(&step), "plan-overlay-empty");
}

TEST(check, overlay_upper_fits_its_kind)
{
	_cleanup_arena_ struct arena arena = { 0 };
	struct overlay o = { .upper_kind = UPPER_DIR };
	struct step step = overlay_step(&o);

	add_lower(&arena, &o, "/l", false);
	check_str(verdict(&step), "plan-overlay-upper-missing");
	o.upper = "up";
	check_str(verdict(&step), "plan-source-relative");
	o.upper = "/up";
	check_str(verdict(&step), "");
	o.work = "/w/.";
	check_str(verdict(&step), "plan-path-not-clean");
	o.work = "/w";
	check_str(verdict(&step), "");
	o.upper_kind = UPPER_TMP;
	check_str(verdict(&step), "plan-overlay-upper-twice");
	o.upper = NULL;
	check_str(verdict(&step), "plan-overlay-work-alone");
	o.upper_kind = UPPER_NONE;
	check_str(verdict(&step), "plan-overlay-work-alone");
	o.work = NULL;
	o.copyfrom = "/skel";
	check_str(verdict(&step), "plan-overlay-copyfrom-readonly");
	o.upper_kind = UPPER_BOX;
	check_str(verdict(&step), "");
	o.copyfrom = "skel";
	check_str(verdict(&step), "plan-source-relative");
}

TEST(check, overlay_nesting_is_told_the_right_way_round)
{
	static const struct {
		const char *upper, *work, *want, *reason;
	} rows[] = {
		{ "/x", "/xy", "", "" },
		{ "/x/u", "/x/w", "", "" },
		{ "/x", "/x", "plan-overlay-work-is-upper",
		  "/x is both its upper and its work directory" },
		{ "/x/u", "/x", "plan-overlay-upper-in-work",
		  "its upper directory /x/u is inside its work directory /x" },
		{ "/x", "/x/w", "plan-overlay-work-in-upper",
		  "its work directory /x/w is inside its upper directory /x" },
	};
	_cleanup_arena_ struct arena arena = { 0 };
	struct overlay o = { .upper_kind = UPPER_DIR };
	struct step step = overlay_step(&o);

	add_lower(&arena, &o, "/l", false);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct error err = { 0 };

		o.upper = rows[i].upper;
		o.work = rows[i].work;
		(void)step_check(&step, &err);
		check_str(err.name, rows[i].want);
		check_str(err.reason, rows[i].reason);
		check_str(err.message, *rows[i].want ? "cannot overlay /data" : "");
	}
}

TEST(check, overlay_copyfrom_does_not_copy_itself)
{
	struct overlay o = { .upper_kind = UPPER_DIR, .upper = "/a/up", .copyfrom = "/a" };
	struct step step = overlay_step(&o);

	check_str(verdict(&step), "plan-overlay-copyfrom-nested");
	o.copyfrom = "/a/up/skel";
	check_str(verdict(&step), "plan-overlay-copyfrom-nested");
	o.copyfrom = "/a/up";
	check_str(verdict(&step), "plan-overlay-copyfrom-nested");
	o.copyfrom = "/a/upper";
	check_str(verdict(&step), "");
}

TEST(check, overlay_lowers)
{
	_cleanup_arena_ struct arena arena = { 0 };
	struct overlay o = { .upper_kind = UPPER_DIR, .upper = "/u", .work = "/w" };
	struct step step = overlay_step(&o);
	struct layer *last;

	add_lower(&arena, &o, "/a", false);
	add_lower(&arena, &o, "/b", false);
	add_lower(&arena, &o, "/c", false);
	check_str(verdict(&step), "");
	last = &o.lowers.items[2];
	last->path = "/a";
	check_str(verdict(&step), "plan-overlay-lower-twice");
	last->in_root = true;
	check_str(verdict(&step), "");
	*last = (struct layer){ .path = "/u/c" };
	check_str(verdict(&step), "plan-overlay-lower-in-upper");
	last->path = "/u";
	check_str(verdict(&step), "plan-overlay-lower-in-upper");
	last->path = "/w/c";
	check_str(verdict(&step), "plan-overlay-lower-in-work");
	last->path = "/";
	check_str(verdict(&step), "");
	last->path = "c";
	check_str(verdict(&step), "plan-source-relative");
	*last = (struct layer){ .path = "/u", .in_root = true };
	check_str(verdict(&step), "");
}

TEST(check, overlay_has_at_most_500_layers)
{
	_cleanup_arena_ struct arena arena = { 0 };
	struct overlay o = { .upper_kind = UPPER_TMP };
	struct step step = overlay_step(&o);

	for (int i = 0; i < 500; i++)
		add_lower(&arena, &o, arena_printf(&arena, "/l/%d", i), false);
	check_str(verdict(&step), "");
	VECTOR_ADD(&arena, &o.seeds)->path = "";
	VECTOR_ADD(&arena, &o.seeds)->path = "tmp";
	check_str(verdict(&step), "plan-overlay-too-many-layers");
	o.lowers.count = 499;
	check_str(verdict(&step), "");
	o.seeds.count = 0;
	o.lowers.count = 500;
	add_lower(&arena, &o, "/l/500", false);
	check_str(verdict(&step), "plan-overlay-too-many-layers");
}

TEST(check, overlay_layers_are_no_options)
{
	static const char *const layers[] = { "lowerdir=/a", "lowerdir+=/a", "upperdir=/u",
					      "workdir=/w", "datadir+=/d" };
	_cleanup_arena_ struct arena arena = { 0 };
	struct overlay o = { .upper_kind = UPPER_TMP };
	struct step step = overlay_step(&o);

	*VECTOR_ADD(&arena, &o.options) = "xino=on";
	*VECTOR_ADD(&arena, &o.options) = "lowerdirs=/a";
	check_str(verdict(&step), "");
	for (size_t i = 0; i < ARRAY_LEN(layers); i++) {
		o.options.items[1] = layers[i];
		check_str(verdict(&step), "plan-overlay-layer-option");
	}
}

TEST(check, bare_plan_is_sound)
{
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);

	check_str(plan_verdict(plan, -1), "");
}

TEST(check, plan_says_which_step)
{
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);

	ask(plan, bind_step("/a", "/b"));
	check_str(plan_verdict(plan, -1), "");
	ask(plan, bind_step("a", "/b"));
	check_str(plan_verdict(plan, 1), "plan-source-relative");
}

TEST(check, overlay_options_of_user_namespaces)
{
	static const struct {
		const char *option;
		bool works;
	} rows[] = {
		{ "redirect_dir=nofollow", true }, { "verity=off", true },
		{ "redirect_dir=on", false },	   { "redirect_dir=follow", false },
		{ "redirect_dir=off", false },	   { "metacopy=on", false },
		{ "nfs_export=on", false },	   { "verity=on", false },
		{ "verity=require", false },
	};
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);
	struct overlay o = { .upper_kind = UPPER_TMP };

	ask(plan, overlay_step(&o));
	VECTOR_ADD(&plan->arena, &o.options);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		o.options.items[0] = rows[i].option;
		plan->no_userns = false;
		check_str(plan_verdict(plan, 0), rows[i].works ? "" : "plan-overlay-option-userns");
		plan->no_userns = true;
		check_str(plan_verdict(plan, 0), "");
	}
}

TEST(check, two_overlays_do_not_share_an_upper)
{
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);
	struct overlay a = { .upper_kind = UPPER_DIR, .upper = "/u", .work = "/w" };
	struct overlay b = { .upper_kind = UPPER_DIR, .upper = "/u" };

	ask(plan, overlay_step(&a));
	ask(plan, bind_step("/x", "/y"));
	ask(plan, overlay_step(&b));
	check_str(plan_verdict(plan, 2), "plan-upper-shared");
	b.upper = "/w";
	check_str(plan_verdict(plan, 2), "plan-upper-shared");
	b.upper = "/u2";
	check_str(plan_verdict(plan, -1), "");
	b.work = "/w";
	check_str(plan_verdict(plan, 2), "plan-upper-shared");
	b = (struct overlay){ .upper_kind = UPPER_TMP };
	check_str(plan_verdict(plan, -1), "");
}

TEST(check, new_root_comes_first)
{
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);

	ask(plan, step_init(STEP_TMPFS, "/"));
	ask(plan, bind_step("/a", "/b"));
	ask(plan, step_init(STEP_REMOUNT, "/"));
	check_str(plan_verdict(plan, -1), "");
	ask(plan, bind_step("/srv", "/"));
	check_str(plan_verdict(plan, 3), "plan-root-not-first");
}

TEST(check, base_and_layers)
{
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);

	plan->base = BASE_DIR;
	check_str(plan_verdict(plan, -1), "plan-root-path");
	plan->root = "srv";
	check_str(plan_verdict(plan, -1), "plan-root-path");
	plan->root = "/srv";
	*VECTOR_ADD(&plan->arena, &plan->layers) = "/a";
	*VECTOR_ADD(&plan->arena, &plan->layers) = "/b";
	check_str(plan_verdict(plan, -1), "");
	plan->writes = WRITES_HOST;
	check_str(plan_verdict(plan, -1), "plan-layers-writes-host");
	plan->writes = WRITES_DENY;
	check_str(plan_verdict(plan, -1), "");
	plan->layers.items[1] = "/a";
	check_str(plan_verdict(plan, -1), "plan-layer-twice");
	plan->layers.items[1] = "/srv";
	check_str(plan_verdict(plan, -1), "plan-layer-twice");
	plan->layers.items[1] = "b";
	check_str(plan_verdict(plan, -1), "plan-layer-path");
	plan->layers.items[1] = "/b";
	for (int i = 0; i < 497; i++)
		*VECTOR_ADD(&plan->arena, &plan->layers) = arena_printf(&plan->arena, "/l/%d", i);
	check_str(plan_verdict(plan, -1), "");
	*VECTOR_ADD(&plan->arena, &plan->layers) = "/last";
	check_str(plan_verdict(plan, -1), "plan-overlay-too-many-layers");
}

TEST(check, identity)
{
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);
	struct identity *id = &plan->identity;
	struct error err;

	id->kind = IDENTITY_RAW;
	require(id_map_add(&plan->arena, &id->uids, (struct id_range){ 5, 1000, 2 }, &err) == 0);
	check_str(plan_verdict(plan, -1), "plan-idmap-incomplete");
	require(id_map_add(&plan->arena, &id->gids, (struct id_range){ 7, 1000, 1 }, &err) == 0);
	check_str(plan_verdict(plan, -1), "plan-id-unmapped");
	id->uid = 6;
	check_str(plan_verdict(plan, -1), "plan-id-unmapped");
	id->gid = 7;
	check_str(plan_verdict(plan, -1), "");
	plan->no_userns = true;
	check_str(plan_verdict(plan, -1), "plan-no-userns-identity");
	id->kind = IDENTITY_ALL;
	check_str(plan_verdict(plan, -1), "");
}

TEST(check, namespaces)
{
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);

	plan->unshare[NS_USER] = false;
	check_str(plan_verdict(plan, -1), "plan-userns-shared");
	plan->no_userns = true;
	check_str(plan_verdict(plan, -1), "");
	plan->unshare[NS_MOUNT] = false;
	check_str(plan_verdict(plan, -1), "plan-mount-shared");
	plan->unshare[NS_MOUNT] = true;
	plan->hostname = "0123456789012345678901234567890123456789012345678901234567890123";
	check_str(plan_verdict(plan, -1), "");
	plan->hostname = "01234567890123456789012345678901234567890123456789012345678901234";
	check_str(plan_verdict(plan, -1), "plan-hostname-length");
	plan->unshare[NS_UTS] = false;
	check_str(plan_verdict(plan, -1), "plan-hostname-shared");
}

TEST(check, file_systems_of_shared_namespaces)
{
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);

	ask(plan, step_init(STEP_MQUEUE, "/q"));
	ask(plan, step_init(STEP_PROC, "/p"));
	check_str(plan_verdict(plan, -1), "");
	plan->unshare[NS_IPC] = false;
	check_str(plan_verdict(plan, 0), "plan-mqueue-shared");
	plan->unshare[NS_IPC] = true;
	plan->unshare[NS_PID] = false;
	check_str(plan_verdict(plan, 1), "plan-proc-shared");
	plan->asked.items[1].fallback_bind = true;
	check_str(plan_verdict(plan, -1), "");
	plan->asked.items[1].fallback_bind = false;
	plan->no_userns = true;
	check_str(plan_verdict(plan, -1), "");
}

TEST(check, only_is_below_the_home)
{
	_cleanup_plan_ struct plan *plan = plan_new("/", "/home/me");
	_cleanup_plan_ struct plan *homeless = plan_new("/", NULL);

	ask(plan, step_init(STEP_ONLY, "/home/me/a"));
	ask(plan, step_init(STEP_ONLY, "/home/me/b"));
	check_str(plan_verdict(plan, -1), "");
	plan->asked.items[1].dst = "/home/me";
	check_str(plan_verdict(plan, 1), "plan-only-outside-home");
	plan->asked.items[1].dst = "/home/mee";
	check_str(plan_verdict(plan, 1), "plan-only-outside-home");
	ask(homeless, step_init(STEP_ONLY, "/home/me/a"));
	check_str(plan_verdict(homeless, 0), "plan-only-without-home");
}

TEST(check, options_of_the_run)
{
	_cleanup_plan_ struct plan *plan = plan_new("/", NULL);

	plan->workdir = "proj";
	check_str(plan_verdict(plan, -1), "plan-path-relative");
	plan->workdir = "/proj";
	*VECTOR_ADD(&plan->arena, &plan->seeds) = "opt/../x";
	check_str(plan_verdict(plan, -1), "plan-path-relative");
	plan->seeds.items[0] = "/opt";
	plan->output.json = true;
	check_str(plan_verdict(plan, -1), "plan-json-needs-dry-run");
	plan->output.dry_run = true;
	check_str(plan_verdict(plan, -1), "");
}

TEST(check, messages_are_complete_and_safe)
{
	char path[2000] = "/";
	struct overlay o = { .upper_kind = UPPER_DIR, .upper = path, .work = path };
	struct step step = overlay_step(&o);
	struct error err = { 0 };

	memset(path + 1, '\x1b', sizeof(path) - 2);
	step.dst = path;
	check(step_check(&step, &err) == -1);
	check(strchr(err.message, '\x1b') == NULL && strchr(err.reason, '\x1b') == NULL);
	check(strstr(err.reason, "is both its upper and its work directory") != NULL);
}
