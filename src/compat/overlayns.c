// SPDX-License-Identifier: MIT
/*
 * overlayns: mounts and overlays on top of the host's own tree, for one command.
 *
 *   overlayns [-h] [-N] [-o OVERLAY]... [-m MOUNT]... COMMAND [ARG]...
 *
 * The specifications are those of --overlay and --mount. What differs: a mount point must be there unless mkdir= says otherwise;
 * an overlay names its layers or says shadow; without an upper it is read-only; upperdir and workdir come together; tmp wins over
 * them. What a script sees done differently is listed in nacre-overlayns(1).
 */
#include "compat/compat.h"
#include "compat/words.h"

#include "base/error.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "read/take.h"

#include <unistd.h>

enum {
	STATUS_OPTION = 1,
	STATUS_NO_COMMAND = 22,
	STATUS_SPEC = 33,
	STATUS_MOUNT_POINT = 41,
};

static const struct word_option options[] = {
	{ 'h', NULL, false }, { 'm', NULL, true }, { 'N', NULL, false }, { 'o', NULL, true }, { 0 },
};

static const char help[] =
	"Usage: overlayns [-h] [-N] [-o OVERLAY]... [-m MOUNT]... COMMAND [ARG]...\n"
	"Run a command with mounts and overlays on top of the file system.\n"
	"\n"
	"  -h          print this and stop\n"
	"  -m MOUNT    TYPE,DEVICE,DIR[,OPTION]...\n"
	"  -N          with a network of its own\n"
	"  -o OVERLAY  DIR[,OPTION]...\n"
	"\n"
	"Options of a mount and of an overlay: those of mount(8) and of the file system, and\n"
	"  mkdir=never|maybe|require  the mount point is there, is made if missing, is made\n"
	"\n"
	"Options of an overlay:\n"
	"  lowerdir=DIR[:DIR]...      layers, the first on top\n"
	"  upperdir=DIR,workdir=DIR   what is written goes there; without, nothing can be\n"
	"  shadow                     what is at the mount point is the top layer\n"
	"  tmp                        what is written is gone at the end\n"
	"  copyfrom=DIR               what an empty upperdir begins with\n"
	"\n"
	"Both are applied in the order given. A backslash makes a comma, a colon or a\n"
	"backslash part of a name.\n";

/* The host as it is, with one's own id, in a mount namespace. */
static void begin(struct plan *plan)
{
	plan->writes = WRITES_HOST;
	plan->as_is = true;
	plan->no_defaults = true;
	plan->pass_all_fds = true;
	for (int kind = 0; kind < NS_COUNT; kind++)
		plan->unshare[kind] = kind == NS_USER || kind == NS_MOUNT;
	/* Root too has one id and no more. */
	plan->identity.kind = IDENTITY_CHOSEN;
	plan->identity.uid = getuid();
	plan->identity.gid = getgid();
}

static int take_mount_spec(const struct words *w, struct error *err)
{
	struct step step = step_init(STEP_MOUNT, NULL);

	step.mkdir = MKDIR_NEVER;
	if (mount_spec_read(w->plan, w->value, &step, err) < 0)
		return words_underline(w, err);
	/* As the base does, it hears of the host's later mounts. */
	if (step.kind == STEP_BIND && !step.flags.propagation) {
		step.flags.propagation = MS_SLAVE;
		step.flags.propagation_recursive = step.recursive;
	}
	take_step(w->plan, &step, w->origin);
	return 0;
}

static int refuse_overlay(const struct words *w, const struct overlay_words *o, const char *name,
			  const char *reason, const char *fix, struct error *err)
{
	(void)fail(err, ERROR_SPEC, 0, "cannot overlay %s", Q(o->step.dst));
	error_explain(err, name, reason, fix);
	return words_underline(w, err);
}

static int take_overlay_spec(const struct words *w, struct error *err)
{
	struct overlay_words o = { .step = step_init(STEP_OVERLAY, NULL) };
	struct overlay *overlay;

	o.step.mkdir = MKDIR_NEVER;
	if (overlay_spec_read(w->plan, w->value, &o, err) < 0)
		return words_underline(w, err);
	overlay = o.step.overlay;
	if (o.shadow)
		overlay_add_place(w->plan, &o.step);
	if (!overlay->lowers.count)
		return refuse_overlay(w, &o, "plan-overlay-empty",
				      "it has neither lowerdir= nor shadow",
				      "give lowerdir=DIR, or shadow, or both", err);
	if (o.tmp) {
		overlay->upper = overlay->work = NULL;
		overlay->upper_kind = UPPER_TMP;
		overlay->is_volatile = true;
	} else if (overlay->upper && overlay->work) {
		overlay->upper_kind = UPPER_DIR;
	} else if (overlay->upper || overlay->work) {
		return refuse_overlay(w, &o, "spec-overlay-pair",
				      overlay->upper ? "it has upperdir= and no workdir="
						     : "it has workdir= and no upperdir=",
				      NULL, err);
	}
	take_step(w->plan, &o.step, w->origin);
	return 0;
}

/* A status of its own for what is wrong with the words. */
static int wrong(struct error *err, int status)
{
	err->status = status;
	return -1;
}

static int no_command(struct error *err)
{
	(void)fail(err, ERROR_USAGE, 0, "no command given");
	error_explain(err, "usage-no-command", NULL, "say what to run: overlayns [OPTIONS] COMMAND");
	return wrong(err, STATUS_NO_COMMAND);
}

int overlayns_read(struct plan *plan, int argc, char **argv, struct text *told, struct error *err)
{
	struct words w = { .plan = plan, .options = options, .argc = argc, .argv = argv };
	int letter;

	begin(plan);
	while ((letter = words_next(&w, err)) > 0) {
		switch (letter) {
		case 'h':
			text_add(told, help);
			return COMPAT_TOLD;
		case 'N':
			plan->unshare[NS_NET] = true;
			break;
		case 'm':
			if (take_mount_spec(&w, err) < 0)
				return wrong(err, STATUS_SPEC);
			break;
		default:
			if (take_overlay_spec(&w, err) < 0)
				return wrong(err, STATUS_SPEC);
			break;
		}
	}
	if (letter < 0)
		return wrong(err, STATUS_OPTION);
	words_command(&w);
	return plan->argv.count ? 0 : no_command(err);
}

int overlayns_status(const struct error *err)
{
	if (err->kind == ERROR_PLAN)
		return STATUS_SPEC;
	if (err->call == CALL_MAKE_TARGET || err->call == CALL_OPEN_TARGET)
		return STATUS_MOUNT_POINT;
	return 0;
}
