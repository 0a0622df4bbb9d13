// SPDX-License-Identifier: MIT
/*
 * steamns: a command in a root directory of its own, with the desktop of the host; others can join it.
 *
 *   words      short options, up to the first word that is none            table below
 *   conflicts  each is told, then the usage                                status 5
 *   identity   one id; a user, a mount and a pid namespace
 *   company    -c, -j, -D: a box that passes, named after the link
 *   root       the mounts                                                  compat/steamns_root.c
 *
 * What is done otherwise than steamns did it stands in nacre-steamns(1).
 */
#include "compat/steamns.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/sha256.h"
#include "base/subids.h"
#include "plan/capability.h"
#include "read/take.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
	STATUS_OPTION = 1,
	STATUS_CONFLICT = 5,
	STATUS_WORKDIR = 50,
	STATUS_THERE = 239, /* -EEXIST as an exit status */
	STATUS_ABSENT = 254, /* -ENOENT */
};

static const struct {
	char letter;
	const char *value; /* what it takes, or NULL */
	const char *help;
} options[] = {
	{ 'h', NULL, "print this and stop" },
	{ 'p', "PATH", "the root directory; else ~/.local/steam" },
	{ 'r', NULL, "the command is root, with all capabilities in there; implies -W" },
	{ 'H', NULL, "the host's root, with the home of the root directory" },
	{ 'M', NULL, "no mounts: the namespaces alone; implies -G" },
	{ 'G', NULL, "nothing of the desktop" },
	{ 'W', NULL, "/usr and /etc, with -H all of the host, are not read-only" },
	{ 'k', NULL, "keep the host's root at /mnt" },
	{ 'w', NULL, "keep the working directory instead of going home" },
	{ 'e', "FILE", "run FILE before the command" },
	{ 'c', "PATH",
	  "make namespaces that others can join by the link PATH; -: .namespace in the root" },
	{ 'j', "PATH", "join these" },
	{ 'D', NULL, "with -c: no command, hold them; with -j: make them if they are not there" },
};

static void usage(const char *name, struct text *out)
{
	text_printf(out,
		    "Usage: %s -h\n"
		    "       %s [-rHMGWkw] [-p PATH] [-e FILE] [--] [COMMAND [ARG...]]\n"
		    "       %s -c PATH [-DMGWkw] [-p PATH] [-e FILE] [--] [COMMAND [ARG...]]\n"
		    "       %s -j PATH [-DMGWkw] [-p PATH] [-e FILE] [--] [COMMAND [ARG...]]\n\n",
		    name, name, name, name);
	for (size_t i = 0; i < ARRAY_LEN(options); i++)
		text_printf(out, "  -%c %-5s  %s\n", options[i].letter,
			    options[i].value ? options[i].value : "", options[i].help);
	text_add(out, "\nWithout a command: /bin/bash. nacre-steamns(1) says more.\n");
}

/* ---- words ---- */

static int refuse_option(const char *program, char letter, const char *what, const char *name,
			 const char *fix, struct text *told, struct error *err)
{
	bool shown = letter > ' ' && letter < 0x7f;

	(void)fail(err, ERROR_USAGE, 0, "%s -%c", what, shown ? letter : '?');
	error_explain(err, name, NULL, fix);
	err->status = STATUS_OPTION;
	usage(program, told);
	return -1;
}

/* The row of a letter, or -1. */
static int find_option(char letter)
{
	for (size_t i = 0; i < ARRAY_LEN(options); i++)
		if (options[i].letter == letter)
			return (int)i;
	return -1;
}

/* One word of options, "-MGp" or "-MGpPATH". *at is the word's number, and that of its value afterwards. */
static int read_letters(struct steamns *s, int argc, char **argv, int *at, struct text *told,
			struct error *err)
{
	for (const char *c = argv[*at] + 1; *c; c++) {
		int row = find_option(*c);

		if (row < 0)
			return refuse_option(argv[0], *c, "there is no option",
					     "usage-unknown-option", "steamns -h lists them", told,
					     err);
		s->on[(unsigned char)*c] = true;
		if (!options[row].value)
			continue;
		if (!c[1] && *at + 1 >= argc)
			return refuse_option(
				argv[0], *c, "a value is missing for", "usage-missing-value",
				"give it behind the letter, or as the next word", told, err);
		s->value[(unsigned char)*c] = c[1] ? c + 1 : argv[++*at];
		return 0;
	}
	return 0;
}

/* Up to the first word that is no option. The number of that. -1 with *err. */
static int read_words(struct steamns *s, int argc, char **argv, struct text *told, struct error *err)
{
	int at = 1;

	for (; at < argc && argv[at][0] == '-' && argv[at][1]; at++) {
		if (strcmp(argv[at], "--") == 0)
			return at + 1;
		if (read_letters(s, argc, argv, &at, told, err) < 0)
			return -1;
	}
	return at;
}

/* ---- conflicts ---- */

static int check_words(const struct steamns *s, const char *name, struct text *told,
		       struct error *err)
{
	const bool *on = s->on;
	const struct {
		bool wrong;
		const char *what;
	} conflicts[] = {
		{ on['c'] && on['j'], "-c and -j exclude each other" },
		{ on['j'] && !on['D'] && (on['M'] || on['G'] || on['k'] || on['H']),
		  "-M, -G, -k and -H say how namespaces are made: -j takes them with -D alone" },
		{ on['r'] && (on['c'] || on['j']),
		  "-r excludes -c and -j, lest a root is entered by accident" },
		{ on['H'] && (on['c'] || on['j']), "-H excludes -c and -j" },
		{ on['D'] && !on['c'] && !on['j'], "-D needs -c or -j" },
	};
	bool wrong = false;

	for (size_t i = 0; i < ARRAY_LEN(conflicts); i++) {
		if (!conflicts[i].wrong)
			continue;
		if (!wrong)
			(void)fail(err, ERROR_USAGE, 0, "these options do not go together");
		error_fact(err, "%s", conflicts[i].what);
		wrong = true;
	}
	if (!wrong)
		return 0;
	error_explain(err, "steamns-options", NULL, NULL);
	err->status = STATUS_CONFLICT;
	usage(name, told);
	return -1;
}

/* ---- what they mean ---- */

static int settle_root(struct steamns *s, struct plan *plan, struct error *err)
{
	struct arena *arena = &plan->arena;

	s->home = plan->home ? path_absolute(arena, "/", plan->home) : login_home(arena, getuid());
	if (!s->home)
		s->home = "/";
	s->root = s->value['p'] ? take_path(plan, s->value['p'], "the root directory", err)
				: path_join(arena, s->home, ".local/steam");
	return s->root ? 0 : -1;
}

static void settle_ids(const struct steamns *s, struct plan *plan)
{
	struct identity *id = &plan->identity;

	id->kind = IDENTITY_CHOSEN;
	id->uid = s->on['r'] ? 0 : getuid();
	id->gid = s->on['r'] ? 0 : getgid();
	if (id->uid == 0)
		plan->caps_add = CAPABILITIES_ALL;
	plan->unshare[NS_IPC] = plan->unshare[NS_UTS] = plan->unshare[NS_CGROUP] = false;
}

/*
 * Where the link is, whatever links lead there: two names of one place are one box. What it is called itself stays as it is, as
 * it may be a link.
 */
static const char *settle_link(struct plan *plan, const char *path)
{
	char real[PATH_MAX];
	const char *above = path_parent(&plan->arena, path);

	return path_join(&plan->arena, realpath(above, real) ? real : above, path_name(path));
}

static const char *box_name(struct plan *plan, const char *link)
{
	char hex[SHA256_HEX_SIZE];
	struct sha256 sum;

	sha256_init(&sum);
	sha256_add(&sum, link, strlen(link));
	sha256_hex(&sum, hex);
	return arena_printf(&plan->arena, "steamns-%.16s", hex);
}

/* After -p, whose directory "-" means. */
static int settle_company(const struct steamns *s, struct plan *plan, struct error *err)
{
	const char *path = s->on['c'] ? s->value['c'] : s->value['j'];

	if (!path)
		return 0;
	path = strcmp(path, "-") == 0 ? path_join(&plan->arena, s->root, ".namespace")
				      : take_path(plan, path, "the link to the namespaces", err);
	if (!path)
		return -1;
	plan->held = plan->passing = true;
	plan->link = settle_link(plan, path);
	plan->name = box_name(plan, plan->link);
	plan->company = s->on['c'] ? (s->on['D'] ? COMPANY_HOLDER : COMPANY_NEW)
				   : (s->on['D'] ? COMPANY_ANY : COMPANY_THERE);
	return 0;
}

/* The caller's directory in there: below the root, in /media, or in the root of the host, which -k keeps. */
static const char *translate(const struct steamns *s, struct plan *plan)
{
	struct arena *arena = &plan->arena;
	char real[PATH_MAX];
	/* The caller's own directory has no links in it. */
	const char *root = realpath(s->root, real) ? real : s->root;
	const char *home = path_join(arena, root, s->home);

	if (s->on['M'] || path_below(plan->cwd, "/media"))
		return plan->cwd;
	if (s->on['H'])
		return path_below(plan->cwd, home)
			       ? path_join(arena, s->home, path_relative(plan->cwd, home))
			       : plan->cwd;
	if (path_below(plan->cwd, root))
		return path_join(arena, "/", path_relative(plan->cwd, root));
	return path_join(arena, "/mnt", plan->cwd);
}

/* Home is a wish, as it is for a login; what was asked for by -w is not. */
static void settle_workdir(const struct steamns *s, struct plan *plan)
{
	plan->workdir_own = true;
	if (s->on['w'])
		plan->workdir = translate(s, plan);
	else
		plan->cwd = s->home;
}

static void settle_command(const struct steamns *s, struct plan *plan, int argc, char **argv)
{
	/* A word of -e is a command by its name, whatever it holds; how it ends does not matter. */
	static const char *const before[] = { "/bin/sh", "-c", "\"$0\"; exec \"$@\"" };

	if (s->on['e']) {
		for (size_t i = 0; i < ARRAY_LEN(before); i++)
			*VECTOR_ADD(&plan->arena, &plan->argv) = before[i];
		*VECTOR_ADD(&plan->arena, &plan->argv) = s->value['e'];
	}
	if (argc == 0)
		*VECTOR_ADD(&plan->arena, &plan->argv) = "/bin/bash";
	for (int i = 0; i < argc; i++)
		*VECTOR_ADD(&plan->arena, &plan->argv) = argv[i];
	plan_close_words(plan);
}

int steamns_read(struct plan *plan, int argc, char **argv, struct text *told, struct error *err)
{
	struct steamns s = { 0 };
	int first = read_words(&s, argc, argv, told, err);

	if (first < 0)
		return -1;
	if (s.on['h']) {
		usage(argv[0], told);
		return COMPAT_TOLD;
	}
	if (check_words(&s, argv[0], told, err) < 0 || settle_root(&s, plan, err) < 0)
		return -1;
	s.writable = s.on['W'] || s.on['r'];
	settle_ids(&s, plan);
	if (settle_company(&s, plan, err) < 0)
		return -1;
	steamns_root(&s, plan);
	settle_workdir(&s, plan);
	settle_command(&s, plan, argc - first, argv + first);
	return 0;
}

int steamns_status(const struct error *err)
{
	if (strcmp(err->name, "namespaces-there") == 0)
		return STATUS_THERE;
	if (strcmp(err->name, "namespaces-absent") == 0)
		return STATUS_ABSENT;
	return err->call == CALL_CHDIR ? STATUS_WORKDIR : 0;
}
