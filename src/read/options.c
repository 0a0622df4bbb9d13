// SPDX-License-Identifier: MIT
/*
 * The option table, and the reader that walks the command line with it.
 *
 *   word        "--"                 ends the options
 *               "--NAME[=VALUE]"     one row, its other values are the words after it
 *               "-ABC", "-AVALUE"    rows by letter; the first with a value takes the rest
 *               anything else        ends the options: it is the command
 *
 * Names are never abbreviated: a script must not break when a new option shares its first letters.
 */
#include "read/options.h"

#include "base/error.h"
#include "base/path.h"
#include "base/table.h"
#include "read/take.h"
#include "read/underline.h"
#include "read/value.h"
#include "read/verbs.h"

#include <string.h>

enum {
	/* Verbs whose words are a command, with options of its own. */
	COMMANDS = VERB_RUN | VERB_TRY | VERB_ENTER | VERB_START,
	/* Whose first word is the name of a box, and options may follow it. */
	NAMED = VERB_ENTER | VERB_EXEC | VERB_START | VERB_STOP,
	/* Whose command may be one of several in a box: what they take is about the command alone. */
	ONE_COMMAND = COMMANDS | VERB_EXEC,
	/* That print something a program may want to read. */
	TELL = VERB_DOCTOR | VERB_EXPLAIN | VERB_STATUS | VERB_LS | VERB_INSPECT | VERB_LAYERS |
	       VERB_PROFILE,
	/* That change the base or a box. */
	CHANGE = VERB_COMMIT | VERB_UNDO | VERB_DISCARD,
	/* That make layers and archives. */
	PACK = VERB_SAVE | VERB_EXPORT | VERB_IMPORT,
	ANY = ONE_COMMAND | NAMED | TELL | CHANGE | PACK | VERB_DIFF | VERB_REVIEW | VERB_RM |
	      VERB_GC,
};

/* Columns: name, letter, args, help, group, verbs, taker, its parameter. */
const struct option_row option_rows[] = {
	{ "root", 0, "DIR", "build on DIR instead of the host's /", GROUP_BASE, COMMANDS, take_root,
	  0 },
	{ "layer", 'l', "DIR", "stack DIR over the base (repeatable)", GROUP_BASE, COMMANDS,
	  take_layer, 0 },
	{ "writes", 0, "keep|drop|deny|host", "where writes to the base go", GROUP_BASE, VERB_RUN,
	  take_writes, 0 },
	{ "rm", 0, NULL, "writes end with the run (--writes drop)", GROUP_BASE, VERB_RUN,
	  take_writes, WRITES_DROP },
	{ "ro", 0, NULL, "the base is read-only (--writes deny)", GROUP_BASE, VERB_RUN, take_writes,
	  WRITES_DENY },
	{ "rw", 0, NULL, "writes are made for real (--writes host)", GROUP_BASE, VERB_RUN,
	  take_writes, WRITES_HOST },
	{ "seed", 0, "DIR", "make DIR of the base writable as your own", GROUP_BASE, COMMANDS,
	  take_seed, 0 },
	{ "no-seed", 0, "[DIR]", "do not do so for DIR, or for any directory", GROUP_BASE, COMMANDS,
	  take_no_seed, 0 },
	{ "no-defaults", 0, NULL, "no /proc, /dev or /sys that is not asked for", GROUP_BASE,
	  COMMANDS, take_no_defaults, 0 },

	{ "overlay", 'o', "DST[,OPT...]", "overlay at DST: lower=, upper=, shadow, tmp",
	  GROUP_FILES, COMMANDS, take_overlay, 0 },
	{ "bind", 'b', "SRC[:DST][:OPT,...]", "show SRC of the host at DST (ro: read-only)",
	  GROUP_FILES, COMMANDS, take_bind, 0 },
	{ "volume", 'v', "SRC[:DST][:OPT,...]", "the same as --bind", GROUP_FILES, COMMANDS,
	  take_bind, 0 },
	{ "mount", 'm', "TYPE,SRC,DST[,OPT...]", "any mount, with every flag of mount(8)",
	  GROUP_FILES, COMMANDS, take_mount, 0 },
	{ "tmpfs", 0, "DST[,OPT...]", "files in memory: size=, mode=, uid=, gid=, ro", GROUP_FILES,
	  COMMANDS, take_tmpfs, 0 },
	{ "proc", 0, "DST", "a fresh proc", GROUP_FILES, COMMANDS, take_place, STEP_PROC },
	{ "dev", 0, "DST[,OPT...]", "a private /dev (ro: read-only but for shm)", GROUP_FILES,
	  COMMANDS, take_dev, 0 },
	{ "devpts", 0, "DST[,OPT...]", "terminals of the box: mode=, uid=, gid=", GROUP_FILES,
	  COMMANDS, take_devpts, 0 },
	{ "mqueue", 0, "DST", "message queues of the box", GROUP_FILES, COMMANDS, take_place,
	  STEP_MQUEUE },
	{ "sys", 0, "DST", "sysfs", GROUP_FILES, COMMANDS, take_place, STEP_SYS },
	{ "dir", 0, "DST[,mode=MODE]", "make a directory", GROUP_FILES, COMMANDS, take_dir, 0 },
	{ "symlink", 0, "TARGET DST", "make a symbolic link at DST", GROUP_FILES, COMMANDS,
	  take_symlink, 0 },
	{ "symlink-from", 0, "SRC DST", "make a link at DST like the host's link SRC", GROUP_FILES,
	  COMMANDS, take_symlink_from, 0 },
	{ "file", 0, "DST=TEXT", "make a file that holds TEXT", GROUP_FILES, COMMANDS, take_file,
	  0 },
	{ "ro-file", 0, "DST=TEXT", "the same, and nobody can change it", GROUP_FILES, COMMANDS,
	  take_file, 1 },
	{ "file-from", 0, "SRC DST", "copy the file SRC of the host to DST", GROUP_FILES, COMMANDS,
	  take_file_from, 0 },
	{ "parent-mode", 0, "MODE", "of directories made on the way to the places after it (755)",
	  GROUP_FILES, COMMANDS, take_parent_mode, 0 },
	{ "root-from", 0, "DIR[:OPT,...]", "bind what is in DIR at /, one by one", GROUP_FILES,
	  COMMANDS, take_root_from, 0 },
	{ "etc", 0, "[DIR[:NAME]]", "an /etc of links to the host's, read-only", GROUP_FILES,
	  COMMANDS, take_etc, 0 },
	{ "hide", 0, "PATH", "show nothing at PATH (may be a pattern)", GROUP_FILES, COMMANDS,
	  take_hide, 0 },
	{ "only", 0, "DIR", "hide the home directory except DIR", GROUP_FILES, COMMANDS, take_only,
	  0 },

	{ "user", 'u', "UID[:GID]", "run as this user and group number", GROUP_IDENTITY, COMMANDS,
	  take_user, 0 },
	{ "as-root", 0, NULL, "run as root of the box, with a range of ids", GROUP_IDENTITY,
	  COMMANDS, take_as_root, 0 },
	{ "uid-map", 0, "INSIDE:OUTSIDE:COUNT[,...]", "map user ids", GROUP_IDENTITY, COMMANDS,
	  take_id_map, ID_MAP_UID },
	{ "gid-map", 0, "INSIDE:OUTSIDE:COUNT[,...]", "map group ids", GROUP_IDENTITY, COMMANDS,
	  take_id_map, ID_MAP_GID },
	{ "passwd", 0, NULL, "name the user in /etc/passwd and /etc/group", GROUP_IDENTITY,
	  COMMANDS, take_passwd, 0 },
	{ "no-userns", 0, NULL, "no user namespace (for root)", GROUP_IDENTITY, COMMANDS,
	  take_no_userns, 0 },
	{ "cap-add", 0, "CAP,...", "give the command these capabilities, or all", GROUP_IDENTITY,
	  COMMANDS, take_capability, 1 },
	{ "cap-drop", 0, "CAP,...", "take these capabilities, or all", GROUP_IDENTITY, COMMANDS,
	  take_capability, 0 },

	{ "net", 0, "host|none", "the network: as outside, or loopback only", GROUP_NAMESPACES,
	  COMMANDS, take_net, 0 },
	{ "share", 0, "NS,...", "use these namespaces of the host, or all", GROUP_NAMESPACES,
	  COMMANDS, take_namespaces, 0 },
	{ "unshare", 0, "NS,...", "give the box its own of these, or all", GROUP_NAMESPACES,
	  COMMANDS, take_namespaces, 1 },
	{ "hostname", 0, "HOSTNAME", "the host's name inside", GROUP_NAMESPACES, COMMANDS,
	  take_hostname, 0 },

	{ "gui", 0, NULL, "show windows: the X11 and Wayland displays", GROUP_DESKTOP, COMMANDS,
	  take_desktop, DESKTOP_GUI },
	{ "audio", 0, NULL, "sound: PulseAudio and PipeWire", GROUP_DESKTOP, COMMANDS, take_desktop,
	  DESKTOP_AUDIO },
	{ "dbus", 0, "[session|system]", "a message bus, by default the session's", GROUP_DESKTOP,
	  COMMANDS, take_bus, 0 },
	{ "gpu", 0, NULL, "the devices of graphics cards", GROUP_DESKTOP, COMMANDS, take_desktop,
	  DESKTOP_GPU },
	{ "media", 0, NULL, "removable media, as they come and go", GROUP_DESKTOP, COMMANDS,
	  take_desktop, DESKTOP_MEDIA },

	{ "name", 'n', "NAME", "run in the box NAME", GROUP_COMMAND, VERB_RUN | VERB_TRY, take_name,
	  0 },
	{ "profile", 'p', "PROFILE", "take the options of a profile, by its name or file",
	  GROUP_COMMAND, COMMANDS, take_profile, 0 },
	{ "workdir", 'w', "DIR", "start in DIR", GROUP_COMMAND, ONE_COMMAND, take_workdir, 0 },
	{ "env", 'e', "VAR[=VALUE]", "set a variable, or keep it despite --clear-env",
	  GROUP_COMMAND, ONE_COMMAND, take_env, 0 },
	{ "unset-env", 0, "VAR", "leave out a variable", GROUP_COMMAND, ONE_COMMAND, take_unset_env,
	  0 },
	{ "clear-env", 0, NULL, "start with an empty environment", GROUP_COMMAND, ONE_COMMAND,
	  take_clear_env, 0 },
	{ "setup", 0, "COMMAND", "run this in the box first, by sh; it has to succeed",
	  GROUP_COMMAND, VERB_ENTER | VERB_START, take_setup, 0 },
	{ "setup-on-join", 0, NULL, "also before the command of whoever joins", GROUP_COMMAND,
	  VERB_ENTER | VERB_START, take_setup_on_join, 0 },
	{ "recreate", 0, NULL, "make the box anew with these options; what it wrote stays",
	  GROUP_COMMAND, VERB_ENTER | VERB_START, take_recreate, 0 },
	{ "grace", 0, "SECONDS", "from asking the processes to end to killing them (10)",
	  GROUP_COMMAND, VERB_STOP, take_grace, 0 },
	{ "grace", 0, "SECONDS", "from passing on SIGTERM and the like to killing the box",
	  GROUP_COMMAND, VERB_RUN | VERB_TRY, take_cancel, 0 },
	{ "linger", 0, "SECONDS", "how long what the command leaves running may go on (0)",
	  GROUP_COMMAND, VERB_RUN | VERB_TRY, take_linger, 0 },
	{ "new-session", 0, NULL, "away from the caller's terminal and its keys", GROUP_COMMAND,
	  VERB_RUN | VERB_TRY, take_new_session, 0 },
	{ "cgroup", 0, "DIR", "in this control group of the host", GROUP_COMMAND,
	  VERB_RUN | VERB_TRY, take_cgroup, 0 },
	{ "pass-fd", 0, "FD", "keep this inherited descriptor open", GROUP_COMMAND,
	  VERB_RUN | VERB_TRY, take_pass_fd, 0 },

	{ "all", 'a', NULL, "what is in new and removed directories, and caches", GROUP_CHANGES,
	  VERB_STATUS, take_ask, ASK_ALL },
	{ "porcelain", 0, NULL, "a letter, a tab and a path a line, for line tools", GROUP_CHANGES,
	  VERB_STATUS, take_ask, ASK_PORCELAIN },
	{ "name-only", 0, NULL, "only the paths", GROUP_CHANGES, VERB_STATUS | VERB_DIFF, take_ask,
	  ASK_NAME_ONLY },
	{ "stat", 0, NULL, "lines added and removed, file by file", GROUP_CHANGES,
	  VERB_STATUS | VERB_DIFF, take_ask, ASK_STAT },
	{ "relative", 0, "DIR", "only below DIR, with names relative to it", GROUP_CHANGES,
	  VERB_DIFF, take_relative, 0 },
	{ "null", 'z', NULL, "end each name with a NUL, and do not quote it", GROUP_CHANGES,
	  VERB_STATUS | VERB_DIFF, take_ask, ASK_NUL },
	{ "exit-code", 0, NULL, "status 1 when there are changes", GROUP_CHANGES,
	  VERB_STATUS | VERB_DIFF, take_ask, ASK_EXIT_CODE },
	{ "color", 0, "always|never|auto", "colours; auto: on a terminal", GROUP_CHANGES,
	  VERB_STATUS | VERB_DIFF | VERB_TRY, take_colour, 0 },
	{ "no-pager", 0, NULL, "print at once, also on a terminal", GROUP_CHANGES, VERB_DIFF,
	  take_ask, ASK_NO_PAGER },

	{ "apply", 0, NULL, "apply everything without asking", GROUP_CHANGES, VERB_TRY, take_answer,
	  ANSWER_APPLY },
	{ "keep", 0, NULL, "keep the box without asking", GROUP_CHANGES, VERB_TRY, take_answer,
	  ANSWER_KEEP },
	{ "discard", 0, NULL, "drop everything without asking", GROUP_CHANGES, VERB_TRY,
	  take_answer, ANSWER_DISCARD },
	{ "force", 0, NULL, "also what others have changed meanwhile", GROUP_CHANGES,
	  VERB_COMMIT | VERB_UNDO | VERB_TRY, take_ask, ASK_FORCE },
	{ "layer", 0, "LAYER", "merge into a layer, by its name or directory, instead of the base",
	  GROUP_CHANGES, VERB_COMMIT, take_into, 0 },
	{ "from", 0, "DIR", "take a box by its directory, as somebody else's data", GROUP_CHANGES,
	  VERB_COMMIT | VERB_STATUS | VERB_DIFF, take_from, 0 },
	{ "list", 0, NULL, "the commits that can be taken back", GROUP_CHANGES, VERB_UNDO, take_ask,
	  ASK_LIST },
	{ "purge", 0, NULL, "give up what a commit keeps to be taken back", GROUP_CHANGES,
	  VERB_UNDO, take_ask, ASK_PURGE },
	{ "all", 0, NULL, "every box that nobody uses", GROUP_CHANGES, VERB_RM, take_ask, ASK_ALL },

	{ "output", 'o', "FILE", "write to FILE; - is standard output", GROUP_LAYERS, VERB_EXPORT,
	  take_output_file, 0 },
	{ "plain", 0, "DIR", "all that the box sees in DIR, not only changes", GROUP_LAYERS,
	  VERB_EXPORT, take_pack_plain, 0 },
	{ "rm", 0, NULL, "remove the layers that are named", GROUP_LAYERS, VERB_LAYERS, take_ask,
	  ASK_REMOVE },

	{ "dry-run", 0, NULL, "print what would be done and stop", GROUP_OUTPUT,
	  COMMANDS | VERB_GC | CHANGE, take_output, OUTPUT_DRY_RUN },
	{ "as-profile", 0, NULL, "print the options as a profile and stop", GROUP_OUTPUT, COMMANDS,
	  take_output, OUTPUT_AS_PROFILE },
	{ "json", 0, NULL, "print for programs", GROUP_OUTPUT, COMMANDS | TELL | VERB_UNDO,
	  take_output, OUTPUT_JSON },
	{ "quiet", 'q', NULL, "say less", GROUP_OUTPUT,
	  ONE_COMMAND | VERB_STATUS | VERB_DIFF | CHANGE | PACK, take_output, OUTPUT_QUIET },
	{ "verbose", 0, NULL, "say each step as it happens", GROUP_OUTPUT, COMMANDS, take_output,
	  OUTPUT_VERBOSE },
	{ "help", 'h', NULL, "show this help", GROUP_OUTPUT, ANY, take_help, 0 },
	{ NULL, 0, NULL, NULL, GROUP_COUNT, 0, NULL, 0 },
};

/* A command line while it is read. */
struct reader {
	struct plan *plan;
	unsigned verb;
	int argc;
	char **argv;
	int at; /* the word that is read next */
	struct error *err;
};

const char *option_verb(unsigned verb)
{
	for (const struct verb_row *row = verb_rows; row->name; row++)
		if (row->verb == verb)
			return row->name;
	return "run";
}

const struct option_row *option_find(unsigned verbs, const char *name, size_t n)
{
	for (const struct option_row *row = option_rows; row->name; row++)
		if ((row->verbs & verbs) && strlen(row->name) == n &&
		    memcmp(row->name, name, n) == 0)
			return row;
	return NULL;
}

static const struct option_row *find_letter(unsigned verb, char letter)
{
	for (const struct option_row *row = option_rows; row->name; row++)
		if ((row->verbs & verb) && row->letter && row->letter == letter)
			return row;
	return NULL;
}

/* Candidate i for "did you mean": a name of these verbs, or a word that nothing is near. */
static const char *next_name(size_t i, const void *verbs)
{
	const struct option_row *row = &option_rows[i];

	if (!row->name)
		return NULL;
	return row->verbs & *(const unsigned *)verbs ? row->name : "";
}

const char *option_nearest(unsigned verbs, const char *name)
{
	const char *near = nearest_word(name, next_name, &verbs);

	return near && *near ? near : NULL;
}

int option_words(const struct option_row *row)
{
	if (!row->args || *row->args == '[')
		return 0;
	return strchr(row->args, ' ') ? 2 : 1;
}

/* The command line below the message, words first to last underlined. Returns -1. */
static int show_line(struct reader *r, int first, int last)
{
	const struct command_line line = { option_verb(r->verb), r->argc, r->argv, NULL };

	underline(&line, first, last, r->err);
	return -1;
}

static int usage(struct reader *r, const char *name)
{
	error_explain(r->err, name, NULL, NULL);
	return show_line(r, r->at, r->at);
}

/* name without its dashes, n bytes long; "-robind" is looked up as a name too. */
static int unknown_option(struct reader *r, const char *shown, const char *name, size_t n)
{
	char *bare = arena_memdup(&r->plan->arena, name, n);
	const char *near = n > 1 ? option_nearest(r->verb, bare) : NULL;

	(void)fail(r->err, ERROR_USAGE, 0, "unknown option %s", Q(shown));
	if (near)
		error_set_fix(r->err, "did you mean --%s?", near);
	else
		error_set_fix(r->err, "\"nacre %s -h\" lists the options", option_verb(r->verb));
	return usage(r, "usage-unknown-option");
}

/* What the user typed, for the step: the option and its values with spaces between. */
static const char *origin_of(struct reader *r, const char *option, const char *const *values,
			     bool attached)
{
	struct arena *arena = &r->plan->arena;
	const char *origin = option;

	for (int i = attached ? 1 : 0; i < 2 && values[i]; i++)
		origin = arena_concat(arena, origin, " ", values[i]);
	return origin == option ? arena_strdup(arena, option) : origin;
}

/*
 * The option for the plan's record. The origin ends in the last of the values, so that of most options nothing is
 * copied for it.
 */
static void give(struct plan *plan, const struct option_row *row, const char *const *values,
		 const char *origin)
{
	struct given *given = VECTOR_ADD(&plan->arena, &plan->given);
	int last = values[1] ? 1 : 0;

	given->row = row;
	if (!values[0])
		return;
	given->values[last] = origin + strlen(origin) - strlen(values[last]);
	if (last)
		given->values[0] = arena_strdup(&plan->arena, values[0]);
}

/*
 * Gives the row its values: `attached` came in the option's own word (or is NULL), the others are
 * the next words. Leaves r->at behind them.
 */
static int take_row(struct reader *r, const struct option_row *row, const char *attached)
{
	const char *values[2] = { attached, NULL };
	const char *option = r->argv[r->at], *origin;
	int have = attached ? 1 : 0, want = option_words(row), first = r->at, taken;

	if (r->argc - r->at - 1 < want - have) {
		(void)fail(r->err, ERROR_USAGE, 0, "--%s needs %s", row->name, row->args);
		return usage(r, "usage-missing-value");
	}
	for (; have < want; have++)
		values[have] = r->argv[++r->at];
	origin = origin_of(r, option, values, attached);
	taken = row->take(r->plan, row, values, origin, r->err);
	if (taken < 0)
		return r->plan->in_profile ? -1 : show_line(r, first, r->at);
	give(r->plan, row, values, origin);
	r->at++;
	return taken;
}

static int read_long(struct reader *r)
{
	const char *word = r->argv[r->at], *name = word + 2;
	size_t n = strcspn(name, "=");
	const struct option_row *row = option_find(r->verb, name, n);

	if (!row)
		return unknown_option(r, arena_strndup(&r->plan->arena, word, n + 2), name, n);
	if (name[n] && !row->args) {
		(void)fail(r->err, ERROR_USAGE, 0, "--%s takes no value", row->name);
		return usage(r, "usage-unexpected-value");
	}
	return take_row(r, row, name[n] ? name + n + 1 : NULL);
}

/*
 * Letters in one word. Only the last of them can take a value, so a letter before it must not end
 * the word.
 */
static int read_letters(struct reader *r)
{
	static const char *const none[2] = { NULL, NULL };
	const char *word = r->argv[r->at], *at;

	for (at = word + 1; *at; at++) {
		const struct option_row *row = find_letter(r->verb, *at);
		int taken;

		if (!row) {
			const char shown[] = { '-', *at, '\0' };

			return unknown_option(r, word[2] ? word : shown, word + 1,
					      strcspn(word + 1, "="));
		}
		if (row->args)
			return take_row(r, row, at[1] ? at + 1 : NULL);
		taken = row->take(r->plan, row, none, word, r->err);
		if (taken)
			return taken;
		give(r->plan, row, none, word);
	}
	r->at++;
	return 0;
}

static void take_word(struct reader *r)
{
	struct plan *plan = r->plan;

	*VECTOR_ADD(&plan->arena, &plan->argv) = arena_strdup(&plan->arena, r->argv[r->at++]);
}

static int take_box(struct reader *r)
{
	const char *word = r->argv[r->at++];

	r->plan->name = arena_strdup(&r->plan->arena, word);
	return value_name(word, r->err) < 0 ? show_line(r, r->at - 1, r->at - 1) : 0;
}

/* A word alone ends the options where a command begins with it; elsewhere more of them may follow. */
static int read_options(struct reader *r)
{
	for (int taken; r->at < r->argc;) {
		const char *word = r->argv[r->at];

		if (strcmp(word, "--") == 0) {
			r->at++;
			return 0;
		}
		if (word[0] != '-' || !word[1]) {
			if ((r->verb & NAMED) && !r->plan->name) {
				if (take_box(r) < 0)
					return -1;
				continue;
			}
			if (r->verb & (ONE_COMMAND | NAMED))
				return 0;
			take_word(r);
			continue;
		}
		taken = word[1] == '-' ? read_long(r) : read_letters(r);
		if (taken)
			return taken;
	}
	return 0;
}

static void read_command(struct reader *r)
{
	struct plan *plan = r->plan;

	while (r->at < r->argc)
		take_word(r);
	plan_close_words(plan);
}

/* Room for as many options as there may be, in one piece: growing copies all of them over and over. */
static void expect_options(struct plan *plan, size_t n)
{
	char *room = arena_alloc(&plan->arena, n * (sizeof(struct step) + sizeof(struct given)));

	if (plan->asked.capacity || plan->given.capacity)
		return;
	plan->asked.items = (void *)room;
	plan->given.items = (void *)(room + n * sizeof(struct step));
	plan->asked.capacity = plan->given.capacity = n;
}

int options_read(struct plan *plan, unsigned verb, int argc, char **argv, struct error *err)
{
	struct reader r = { plan, verb, argc, argv, 0, err };
	size_t likely = (size_t)argc / 2 + 8;
	int answer;

	plan->verb = verb;
	expect_options(plan, likely < 2048 ? likely : 2048);
	answer = read_options(&r);
	if (answer)
		return answer;
	settle_identity(plan);
	plan->held = verb & (VERB_ENTER | VERB_START);
	if ((verb & NAMED) && !plan->name && r.at < argc && take_box(&r) < 0)
		return -1;
	read_command(&r);
	return 0;
}

int options_take(struct plan *plan, unsigned verbs, const char *name, const char *first,
		 const char *second, struct error *err)
{
	const struct option_row *row = option_find(verbs, name, strlen(name));
	const char *dashed = arena_concat(&plan->arena, "--", "", name);
	/* A value that may be left out is part of the option's own word. */
	bool attached = row && row->args && *row->args == '[' && first;
	const char *words[] = { attached ? arena_concat(&plan->arena, dashed, "=", first) : dashed,
				attached ? NULL : first, second };
	int count = second ? 3 : words[1] ? 2 : 1;
	struct reader r = { plan, verbs, count, (char **)words, 0, err };

	plan->verb = plan->verb ? plan->verb : VERB_RUN;
	if (!row)
		return unknown_option(&r, dashed, name, strlen(name));
	if (count - 1 > option_words(row)) {
		(void)fail(err, ERROR_USAGE, 0,
			   option_words(row) ? "--%s takes one value" : "--%s takes no value",
			   row->name);
		return usage(&r, "usage-unexpected-value");
	}
	return take_row(&r, row, attached ? first : NULL);
}

void options_settle(struct plan *plan)
{
	settle_identity(plan);
}
