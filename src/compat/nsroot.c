// SPDX-License-Identifier: MIT
/*
 * nsroot: a command in a root directory, without root.
 *
 *   nsroot [OPTION]... NEWROOT [COMMAND [ARG]...]
 *
 * The root directory is entered as it is, for real, and volumes are bound into it in the order given. Without a map of ids the
 * command has the caller's own. What a script sees done differently is listed in nacre-nsroot(1).
 */
#include "compat/compat.h"
#include "compat/words.h"

#include "base/error.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "plan/idmap.h"
#include "read/take.h"
#include "read/value.h"

#include <linux/capability.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	STATUS_ID_MAPS = 1,
	STATUS_ARGUMENTS = 255,
};

static const struct word_option options[] = {
	{ 'G', "gid-map", true },  { 'h', "help", false },
	{ 'i', "ipc", false },	   { 'k', "keep-old-root", false },
	{ 'M', "uid-map", true },  { 'n', "net", false },
	{ 'o', "old-root", true }, { 'r', "read-only", false },
	{ 'v', "volume", true },   { 0 },
};

static const char help[] =
	"Usage: nsroot [OPTION]... NEWROOT [COMMAND [ARG]...]\n"
	"Run a command, or an interactive shell, with NEWROOT as its root directory.\n"
	"\n"
	"  -G, --gid-map=MAP        INSIDE OUTSIDE COUNT[,INSIDE OUTSIDE COUNT]...\n"
	"  -h, --help               print this and stop\n"
	"  -i, --ipc                with an IPC namespace of its own\n"
	"  -k, --keep-old-root      the root outside is at the place that -o names\n"
	"  -M, --uid-map=MAP        as -G, for users\n"
	"  -n, --net                with a network of its own\n"
	"  -o, --old-root=DIR       where, in NEWROOT; /mnt without\n"
	"  -r, --read-only          NEWROOT cannot be written\n"
	"  -v, --volume=SRC:DEST[:ro|:rw]\n"
	"                           SRC of the outside at DEST in NEWROOT\n"
	"\n"
	"NEWROOT is the working directory when it is not given. Volumes are bound in the\n"
	"order given. A backslash makes a colon, a comma or a backslash part of a name.\n";

/* What the words say that only makes sense together. */
struct nsroot {
	struct words w;
	const char *old_root; /* or NULL */
	const char *keep; /* -k as typed, or NULL */
	VECTOR(struct step) volumes;
};

static void begin(struct plan *plan)
{
	plan->writes = WRITES_HOST;
	plan->as_is = true;
	plan->no_defaults = true;
	plan->pass_all_fds = true;
	plan->workdir = "/";
	for (int kind = 0; kind < NS_COUNT; kind++)
		plan->unshare[kind] = kind == NS_USER || kind == NS_MOUNT;
}

/* A bind that hears of the host's later mounts, as the root does. */
static struct step bind_step(const char *src, const char *dst, const char *origin)
{
	struct step step = step_init(STEP_BIND, dst);

	step.src = src;
	step.origin = origin;
	step.flags.recursive = true;
	step.flags.propagation = MS_SLAVE;
	step.flags.propagation_recursive = true;
	return step;
}

/* A path in the new root, whose working directory is "/". */
static const char *path_inside(struct plan *plan, const char *text)
{
	return path_absolute(&plan->arena, "/", text);
}

static int take_volume(struct nsroot *n, struct error *err)
{
	struct plan *plan = n->w.plan;
	const char *src, *mode;
	struct step *step;
	struct spec spec;

	if (spec_split(&plan->arena, n->w.value, ':', &spec, err) < 0)
		return -1;
	if (spec.v.count < 2 || spec.v.count > 3)
		return spec_fail(err, "spec-fields", n->w.value,
				 "write SRC:DEST or SRC:DEST:ro; \\: is a colon inside of a name",
				 "a volume has two or three fields, this one has %zu", spec.v.count);
	src = take_path(plan, spec.v.items[0].text, "the source of the volume", err);
	if (!src)
		return -1;
	if (!*spec.v.items[1].text)
		return spec_fail(err, "spec-fields", n->w.value, NULL,
				 "the place of the volume is empty");
	mode = spec.v.count == 3 ? spec.v.items[2].text : "rw";
	if (strcmp(mode, "ro") != 0 && strcmp(mode, "rw") != 0)
		return spec_fail(err, "spec-word", spec.v.items[2].raw, "write ro or rw",
				 "unknown word %s", Q(mode));
	step = VECTOR_PUSH(&plan->arena, &n->volumes,
			   bind_step(src, path_inside(plan, spec.v.items[1].text), n->w.origin));
	if (strcmp(mode, "ro") == 0)
		step->flags.set = MOUNT_ATTR_RDONLY;
	return 0;
}

static int take_old_root(struct nsroot *n, struct error *err)
{
	n->old_root = path_inside(n->w.plan, n->w.value);
	if (*n->w.value == '/' && n->old_root[1])
		return 0;
	(void)fail(err, ERROR_SPEC, 0, "cannot put the old root at %s", Q(n->w.value));
	error_explain(err, *n->w.value == '/' ? "plan-target-root" : "plan-target-relative", NULL,
		      "name a directory of the new root from its / on");
	return -1;
}

/* "INSIDE OUTSIDE COUNT,..." */
static int take_map(const struct words *w, struct id_map *map, struct error *err)
{
	struct spec spec;

	if (spec_split(&w->plan->arena, w->value, ',', &spec, err) < 0)
		return -1;
	map->v.count = 0;
	for (size_t i = 0; i < spec.v.count; i++) {
		struct id_range range;

		if (value_id_line(spec.v.items[i].text, &range, err) < 0 ||
		    id_map_add(&w->plan->arena, map, range, err) < 0)
			return -1;
	}
	return 0;
}

static int take_option(struct nsroot *n, int letter, struct error *err)
{
	struct plan *plan = n->w.plan;

	switch (letter) {
	case 'G':
		return take_map(&n->w, &plan->identity.gids, err);
	case 'M':
		return take_map(&n->w, &plan->identity.uids, err);
	case 'i':
		plan->unshare[NS_IPC] = true;
		return 0;
	case 'n':
		plan->unshare[NS_NET] = true;
		return 0;
	case 'k':
		n->keep = n->w.origin;
		return 0;
	case 'o':
		return take_old_root(n, err);
	case 'r':
		plan->writes = WRITES_DENY;
		return 0;
	default:
		return take_volume(n, err);
	}
}

/* One kind of ids: without a map the own one alone; the command is who the map makes of the caller, else its first id. */
static int settle_ids(struct plan *plan, struct id_map *map, uint32_t own, uint32_t *ret,
		      struct error *err)
{
	if (!map->v.count &&
	    id_map_add(&plan->arena, map, (struct id_range){ own, own, 1 }, err) < 0)
		return -1;
	if (!id_map_inside(map, own, ret))
		*ret = map->v.items[0].inside;
	return 0;
}

static int settle_identity_of(struct plan *plan, struct error *err)
{
	const uint64_t all = (UINT64_C(2) << CAP_LAST_CAP) - 1;
	struct identity *id = &plan->identity;
	bool mapped = id->uids.v.count;

	id->kind = IDENTITY_RAW;
	if (settle_ids(plan, &id->uids, getuid(), &id->uid, err) < 0 ||
	    settle_ids(plan, &id->gids, getgid(), &id->gid, err) < 0)
		return -1;
	/* execve(2) leaves root every capability in its namespace. Without a map nobody was root in it. */
	if (mapped && id->uid == 0)
		plan->caps_add = all;
	else
		plan->caps_drop = all;
	return 0;
}

static void settle_steps(struct nsroot *n)
{
	struct plan *plan = n->w.plan;

	if (n->keep)
		*VECTOR_ADD(&plan->arena, &plan->asked) = bind_step(
			"/", n->old_root ? n->old_root : "/mnt", n->keep);
	for (size_t i = 0; i < n->volumes.count; i++)
		*VECTOR_ADD(&plan->arena, &plan->asked) = n->volumes.items[i];
}

static void default_command(struct plan *plan)
{
	const char *shell = getenv("SHELL");

	plan_set_words(plan,
		       (const char *const[]){ shell && *shell ? shell : "/bin/sh", "-i", NULL });
}

static int read_all(struct nsroot *n, struct text *told, struct error *err)
{
	struct words *w = &n->w;
	const char *root = ".";
	int letter;

	while ((letter = words_next(w, err)) > 0) {
		if (letter == 'h') {
			text_add(told, help);
			return COMPAT_TOLD;
		}
		if (take_option(n, letter, err) < 0)
			return words_underline(w, err);
	}
	if (letter < 0)
		return -1;
	if (w->at < w->argc)
		root = w->argv[w->at++];
	if (take_root(w->plan, NULL, &root, NULL, err) < 0 || settle_identity_of(w->plan, err) < 0)
		return -1;
	settle_steps(n);
	words_command(w);
	if (!w->plan->argv.count)
		default_command(w->plan);
	return 0;
}

int nsroot_read(struct plan *plan, int argc, char **argv, struct text *told, struct error *err)
{
	struct nsroot n = {
		.w = { .plan = plan, .options = options, .argc = argc, .argv = argv },
	};
	int answer;

	begin(plan);
	answer = read_all(&n, told, err);
	if (answer < 0)
		err->status = STATUS_ARGUMENTS;
	return answer;
}

int nsroot_status(const struct error *err)
{
	if (err->kind == ERROR_PLAN)
		return STATUS_ARGUMENTS;
	return err->call == CALL_CLONE || err->call == CALL_UID_MAP || err->call == CALL_GID_MAP ||
			       err->call == CALL_SETGROUPS || err->call == CALL_NEWUIDMAP
		       ? STATUS_ID_MAPS
		       : 0;
}
