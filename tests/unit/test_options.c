// SPDX-License-Identifier: MIT
/* The command line: how words become options, values and a command; what a wrong word leads to. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"
#include "plan/idmap.h"
#include "read/options.h"
#include "test.h"

#include <ctype.h>
#include <linux/capability.h>
#include <string.h>

static struct error err;

static void free_plan(struct plan **plan)
{
	*plan = plan_free(*plan);
}

#define _cleanup_plan_ _cleanup_(free_plan)

/* Reads the words for a verb; *ret_plan is always a plan. */
static int read_words(struct plan **ret_plan, unsigned verb, char **words)
{
	int n = 0;

	while (words[n])
		n++;
	*ret_plan = plan_new("/cwd", "/home/me");
	memset(&err, 0, sizeof(err));
	return options_read(*ret_plan, verb, n, words, &err);
}

#define READ(plan, ...) read_words(&(plan), VERB_RUN, (char *[]){ __VA_ARGS__, NULL })

/* The words are refused with this message, name and fix. */
static void check_refused(char **words, const char *message, const char *name, const char *fix)
{
	_cleanup_plan_ struct plan *plan = NULL;

	check(read_words(&plan, VERB_RUN, words) == -1);
	check_str(err.message, message);
	check_str(err.name, name);
	check_str(err.fix, fix);
	check(err.status == STATUS_FAILED);
	check(err.facts[0] != '\0');
}

#define REFUSED(message, name, fix, ...) \
	check_refused((char *[]){ __VA_ARGS__, NULL }, message, name, fix)

TEST(options, none)
{
	_cleanup_plan_ struct plan *plan = NULL;
	char *none[] = { NULL };

	check(read_words(&plan, VERB_RUN, none) == 0);
	check(plan->argv.count == 0);
	check(plan->asked.count == 0);
}

TEST(options, end_at_the_first_word_that_is_none)
{
	_cleanup_plan_ struct plan *plan = NULL;

	require(READ(plan, "--rm", "ls", "--ro", "-l", "--", "-h") == 0);
	check(plan->writes == WRITES_DROP);
	require(plan->argv.count == 5);
	check_str(plan->argv.items[0], "ls");
	check_str(plan->argv.items[4], "-h");
	check(plan->argv.items[5] == NULL);
	check(plan->layers.count == 0);
}

TEST(options, two_dashes_end_them)
{
	_cleanup_plan_ struct plan *plan = NULL;

	require(READ(plan, "--rm", "--", "--ro", "--") == 0);
	check(plan->writes == WRITES_DROP);
	require(plan->argv.count == 2);
	check_str(plan->argv.items[0], "--ro");
	check_str(plan->argv.items[1], "--");
}

TEST(options, one_dash_is_a_command)
{
	_cleanup_plan_ struct plan *plan = NULL;

	require(READ(plan, "-", "-q") == 0);
	check(plan->argv.count == 2);
	check(!plan->output.quiet);
}

TEST(options, an_empty_word_is_a_command)
{
	_cleanup_plan_ struct plan *plan = NULL;

	require(READ(plan, "", "-q") == 0);
	check(plan->argv.count == 2);
}

TEST(options, four_ways_to_give_a_value)
{
	_cleanup_plan_ struct plan *plan = NULL;

	require(READ(plan, "--layer=/a", "--layer", "/b", "-l", "/c", "-l/d", "-ql", "/e", "-ql/f",
		     "--layer=/g=h", "-l=/i") == 0);
	require(plan->layers.count == 8);
	check_str(plan->layers.items[0], "/a");
	check_str(plan->layers.items[1], "/b");
	check_str(plan->layers.items[2], "/c");
	check_str(plan->layers.items[3], "/d");
	check_str(plan->layers.items[4], "/e");
	check_str(plan->layers.items[5], "/f");
	check_str(plan->layers.items[6], "/g=h");
	check_str(plan->layers.items[7], "/cwd/=/i");
	check(plan->output.quiet);
}

TEST(options, a_value_may_look_like_an_option)
{
	_cleanup_plan_ struct plan *plan = NULL;

	require(READ(plan, "--workdir", "--rm", "x") == 0);
	check_str(plan->workdir, "/cwd/--rm");
	check(!plan->writes_given);
}

TEST(options, origin_is_the_argument_as_typed)
{
	_cleanup_plan_ struct plan *plan = NULL;

	require(READ(plan, "-o", "/d,lower=/a\\,b", "--proc=/p", "-b/x:ro", "--symlink", "t", "/l",
		     "--symlink=t", "/l", "-qo", "/e") == 0);
	require(plan->asked.count == 6);
	check_str(plan->asked.items[0].origin, "-o /d,lower=/a\\,b");
	check_str(plan->asked.items[1].origin, "--proc=/p");
	check_str(plan->asked.items[2].origin, "-b/x:ro");
	check_str(plan->asked.items[3].origin, "--symlink t /l");
	check_str(plan->asked.items[4].origin, "--symlink=t /l");
	check_str(plan->asked.items[4].dst, "/l");
	check_str(plan->asked.items[5].origin, "-qo /e");
}

TEST(options, unknown)
{
	REFUSED("unknown option --robind", "usage-unknown-option", "did you mean --bind?",
		"--robind", "/a", "b");
	REFUSED("unknown option --lyaer", "usage-unknown-option", "did you mean --layer?",
		"--lyaer=/a");
	REFUSED("unknown option --purple-elephant", "usage-unknown-option",
		"\"nacre run -h\" lists the options", "--purple-elephant");
	REFUSED("unknown option -root", "usage-unknown-option", "did you mean --root?", "-root",
		"/a");
	REFUSED("unknown option -x", "usage-unknown-option", "\"nacre run -h\" lists the options",
		"-x");
	REFUSED("unknown option -qx", "usage-unknown-option", "\"nacre run -h\" lists the options",
		"-qx");
	REFUSED("unknown option \"--\\x1b[31m\"", "usage-unknown-option",
		"\"nacre run -h\" lists the options", "--\x1b[31m");
}

TEST(options, names_are_not_abbreviated)
{
	REFUSED("unknown option --lay", "usage-unknown-option", "did you mean --layer?", "--lay",
		"/a");
	REFUSED("unknown option --no-def", "usage-unknown-option", "did you mean --no-defaults?",
		"--no-def");
}

TEST(options, values_missing_and_unexpected)
{
	REFUSED("--layer needs DIR", "usage-missing-value", "", "--layer");
	REFUSED("--layer needs DIR", "usage-missing-value", "", "-ql");
	REFUSED("--symlink needs TARGET DST", "usage-missing-value", "", "--symlink", "a");
	REFUSED("--rm takes no value", "usage-unexpected-value", "", "--rm=yes");
	REFUSED("--help takes no value", "usage-unexpected-value", "", "--help=");
	REFUSED("the layer's directory is empty", "spec-fields", "", "--layer=");
	REFUSED("the directory not to seed is empty", "spec-fields", "", "--no-seed=");
}

TEST(options, guilty_word_is_underlined)
{
	_cleanup_plan_ struct plan *plan = NULL;

	check(READ(plan, "--robind", "/a", "b") == -1);
	check_str(err.facts, "nacre run --robind /a b\n"
			     "          ^^^^^^^^");
}

TEST(options, guilty_part_is_underlined)
{
	_cleanup_plan_ struct plan *plan = NULL, *other = NULL;

	check(READ(plan, "--tmpfs", "/t\xc3\xa4,size=5x", "sh") == -1);
	check_str(err.facts, "nacre run --tmpfs /t\xc3\xa4,size=5x sh\n"
			     "                           ^^");
	check(READ(other, "--tmpfs", "/t t,size=5x", "a\nb") == -1);
	check_str(err.facts, "nacre run --tmpfs \"/t t,size=5x\" \"a\\x0ab\"\n"
			     "          ^^^^^^^^^^^^^^^^^^^^^^");
}

TEST(options, guilty_part_is_not_sought_in_the_name)
{
	_cleanup_plan_ struct plan *plan = NULL;

	check(READ(plan, "--user=s") == -1);
	check_str(err.facts, "nacre run --user=s\n"
			     "                 ^");
}

/* The second line of err.facts. */
static const char *underlining(void)
{
	const char *at = strchr(err.facts, '\n');

	return at ? at + 1 : "";
}

TEST(options, long_line_is_cut_around_the_mark)
{
	_cleanup_plan_ struct plan *plan = NULL;
	char *words[204];
	size_t column;

	for (size_t i = 0; i < 203; i++)
		words[i] = i % 2 ? "/d\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4" : "-l";
	words[100] = "--share";
	words[101] = "nett";
	words[203] = NULL;
	check(read_words(&plan, VERB_RUN, words) == -1);
	check(strncmp(err.facts, "...", 3) == 0);
	check(strstr(err.facts, "--share nett -l") != NULL);
	check(strstr(err.facts, "...\n") != NULL);
	column = strspn(underlining(), " ");
	check_str(underlining() + column, "^^^^");
	for (const char *p = err.facts; column; p++)
		if (((unsigned char)*p & 0xc0) != 0x80 && --column == 0)
			check(strncmp(p + 1, "nett", 4) == 0 || strncmp(p + 2, "nett", 4) == 0);
}

TEST(options, long_word_is_cut_too)
{
	_cleanup_plan_ struct plan *plan = NULL;
	char word[3000];

	memset(word, 'x', sizeof(word));
	memcpy(word, "--", 2);
	word[sizeof(word) - 1] = '\0';
	check(READ(plan, word, "sh") == -1);
	check(strlen(err.facts) < 500);
	check(strstr(underlining(), "^^^^") != NULL);
}

TEST(options, help_is_an_answer)
{
	_cleanup_plan_ struct plan *a = NULL, *b = NULL, *c = NULL, *d = NULL;

	check(READ(a, "--help") == OPTIONS_HELP);
	check(READ(b, "-h", "--nonsense") == OPTIONS_HELP);
	check(READ(c, "-qh") == OPTIONS_HELP);
	check(READ(d, "ls", "-h") == 0);
}

TEST(options, each_verb_has_its_own)
{
	_cleanup_plan_ struct plan *a = NULL, *b = NULL, *c = NULL;
	char *json[] = { "--json", NULL }, *rm[] = { "--rm", NULL };
	char *name[] = { "overlay-submounts", NULL };

	check(read_words(&a, VERB_DOCTOR, json) == 0 && a->output.json);
	check(read_words(&b, VERB_DOCTOR, rm) == -1);
	check_str(err.facts, "nacre doctor --rm\n"
			     "             ^^^^");
	check_str(err.fix, "\"nacre doctor -h\" lists the options");
	require(read_words(&c, VERB_EXPLAIN, name) == 0);
	check_str(c->argv.items[0], "overlay-submounts");
}

/* What a bare word means only the system knows; anything else is a path. */
TEST(options, layers_by_name)
{
	static char *const words[][2] = {
		{ "debian", "debian" }, { "a.b_c-1", "a.b_c-1" }, { "./debian", "/cwd/debian" },
		{ "a/b", "/cwd/a/b" },	{ ".", "/cwd" },	  { "..", "/" },
		{ "a b", "/cwd/a b" },	{ "/x", "/x" },
	};
	_cleanup_plan_ struct plan *plan = NULL;

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		plan = plan_free(plan);
		require(READ(plan, "-l", words[i][0], "sh") == 0);
		check_str(plan->layers.items[0], words[i][1]);
	}
}

TEST(options, layers_and_archives)
{
	_cleanup_plan_ struct plan *a = NULL, *b = NULL, *c = NULL;
	char *export[] = { "box", "-o", "x.tar", "--plain=/usr", NULL };
	char *standard[] = { "-o", "-", NULL };
	char *remove[] = { "--rm", "one", "two", NULL };

	require(read_words(&a, VERB_EXPORT, export) == 0);
	check_str(a->ask.output, "/cwd/x.tar");
	check_str(a->ask.plain, "/usr");
	check_str(a->argv.items[0], "box");
	require(read_words(&b, VERB_EXPORT, standard) == 0);
	check_str(b->ask.output, "-");
	check(!b->ask.plain && b->argv.count == 0);
	require(read_words(&c, VERB_LAYERS, remove) == 0);
	check(c->ask.remove && c->argv.count == 2);
	check(c->writes == WRITES_KEEP);
}

TEST(options, base)
{
	_cleanup_plan_ struct plan *plan = NULL, *host = NULL;

	require(READ(plan, "--root", "deb/../ian", "-l", "l,1\\:\xff", "--seed", "/opt",
		     "--no-seed", "--no-seed=/usr/local", "--no-defaults", "sh") == 0);
	check(plan->base == BASE_DIR);
	check_str(plan->root, "/cwd/ian");
	require(plan->layers.count == 1);
	check_str(plan->layers.items[0], "/cwd/l,1\\:\xff");
	require(plan->seeds.count == 1 && plan->no_seed.count == 1);
	check_str(plan->seeds.items[0], "/opt");
	check_str(plan->no_seed.items[0], "/usr/local");
	check(plan->no_seeds && plan->no_defaults);
	check(plan->argv.count == 1);
	require(READ(host, "--root", "/a/..") == 0);
	check(host->base == BASE_HOST);
	check(host->root == NULL);
}

TEST(options, writes)
{
	static const struct {
		char *word;
		enum writes writes;
	} rows[] = {
		{ "--rm", WRITES_DROP },	  { "--ro", WRITES_DENY },
		{ "--rw", WRITES_HOST },	  { "--writes=keep", WRITES_KEEP },
		{ "--writes=drop", WRITES_DROP }, { "--writes=deny", WRITES_DENY },
		{ "--writes=host", WRITES_HOST },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		_cleanup_plan_ struct plan *plan = NULL;

		check(READ(plan, "--rw", rows[i].word) == 0);
		check(plan->writes == rows[i].writes);
		check(plan->writes_given);
	}
	REFUSED("kepe is not a place for writes", "spec-value", "did you mean keep?",
		"--writes=kepe");
}

TEST(options, user)
{
	_cleanup_plan_ struct plan *a = NULL, *b = NULL, *c = NULL;

	require(READ(a, "-u", "0") == 0);
	check(a->identity.kind == IDENTITY_CHOSEN);
	check(a->identity.uid == 0 && a->identity.gid == 0);
	require(READ(b, "--user=1000:100") == 0);
	check(b->identity.uid == 1000 && b->identity.gid == 100);
	require(READ(c, "-uroot:5") == 0);
	check(c->identity.uid == 0 && c->identity.gid == 5);
	REFUSED("alice is not a user or group number", "spec-value",
		"give the number: id -u NAME, id -g NAME print it", "-u", "alice");
	REFUSED("an empty value is not a user or group number", "spec-value",
		"give the number: id -u NAME, id -g NAME print it", "-u", "1:");
	REFUSED("1:2:3 is not a user", "spec-value", "write UID or UID:GID", "-u", "1:2:3");
}

TEST(options, as_root)
{
	_cleanup_plan_ struct plan *a = NULL, *b = NULL, *c = NULL;

	require(READ(a, "--as-root") == 0);
	check(a->identity.kind == IDENTITY_RANGE);
	check(a->identity.uid == 0 && a->identity.gid == 0);
	require(READ(b, "--as-root", "-u", "5:6") == 0);
	require(READ(c, "-u", "5:6", "--as-root") == 0);
	check(b->identity.kind == IDENTITY_RANGE && c->identity.kind == IDENTITY_RANGE);
	check(b->identity.uid == 5 && c->identity.uid == 5);
	check(b->identity.gid == 6 && c->identity.gid == 6);
}

TEST(options, id_maps)
{
	_cleanup_plan_ struct plan *plan = NULL, *before = NULL, *after = NULL;
	uint32_t outside = 0;

	require(READ(plan, "--uid-map", "5:1000:1,100:100000:50", "--gid-map=0:100:1") == 0);
	check(plan->identity.kind == IDENTITY_RAW);
	require(plan->identity.uids.v.count == 2 && plan->identity.gids.v.count == 1);
	check(id_map_outside(&plan->identity.uids, 101, &outside) && outside == 100001);
	check(plan->identity.uid == 5 && plan->identity.gid == 0);
	require(READ(before, "-u", "100", "--uid-map=0:1:1,100:1000:1", "--gid-map=100:7:1") == 0);
	require(READ(after, "--gid-map=100:7:1", "--uid-map=0:1:1,100:1000:1", "-u", "100") == 0);
	check(before->identity.kind == IDENTITY_RAW && after->identity.kind == IDENTITY_RAW);
	check(before->identity.uid == 100 && after->identity.uid == 100);
	check(before->identity.gid == 100 && after->identity.gid == 100);
	REFUSED("0:1 is not a range of ids", "spec-value",
		"write INSIDE:OUTSIDE:COUNT, as in 0:1000:1", "--uid-map", "0:1000:1,0:1");
}

TEST(options, overlapping_maps_are_refused)
{
	_cleanup_plan_ struct plan *plan = NULL;

	check(READ(plan, "--uid-map", "0:1000:2,1:2000:1") == -1);
	check(strstr(underlining(), "^^^") != NULL);
}

TEST(options, capabilities)
{
	_cleanup_plan_ struct plan *a = NULL, *b = NULL;
	uint64_t raw = UINT64_C(1) << CAP_NET_RAW, admin = UINT64_C(1) << CAP_SYS_ADMIN;

	require(READ(a, "--cap-add", "CAP_NET_RAW,sys_admin", "--cap-drop=Cap_Sys_Admin") == 0);
	check(a->caps_add == raw);
	check(a->caps_drop == admin);
	require(READ(b, "--cap-drop", "all", "--cap-add", "net_raw") == 0);
	check(b->caps_add == raw);
	check(b->caps_drop == ((UINT64_C(1) << (CAP_CHECKPOINT_RESTORE + 1)) - 1 - raw));
	REFUSED("net_row is not a capability", "spec-value", "did you mean net_raw?", "--cap-add",
		"chown,cap_net_row");
	REFUSED("an empty value is not a capability", "spec-value",
		"capabilities(7) lists them; or write all", "--cap-add", "chown,");
}

TEST(options, namespaces)
{
	_cleanup_plan_ struct plan *a = NULL, *b = NULL, *c = NULL;

	require(READ(a, "--share", "pid,ipc", "--unshare", "net,time", "--hostname", "box") == 0);
	check(!a->unshare[NS_PID] && !a->unshare[NS_IPC]);
	check(a->unshare[NS_NET] && a->unshare[NS_TIME]);
	check(a->unshare[NS_USER] && a->unshare[NS_MOUNT] && a->unshare[NS_UTS]);
	check_str(a->hostname, "box");
	require(READ(b, "--share", "all", "--net", "none") == 0);
	for (int i = 0; i < NS_COUNT; i++)
		check(b->unshare[i] == (i == NS_USER || i == NS_MOUNT || i == NS_NET));
	require(READ(c, "--unshare=all", "--net=host") == 0);
	for (int i = 0; i < NS_COUNT; i++)
		check(c->unshare[i] == (i != NS_NET));
	REFUSED("nett is not a namespace", "spec-value", "did you mean net?", "--share", "pid,nett");
	REFUSED("nonne is not a kind of network", "spec-value", "did you mean none?", "--net=nonne");
	REFUSED("an empty value is not a host name", "spec-value", "use 1 to 64 bytes",
		"--hostname=");
}

TEST(options, environment)
{
	_cleanup_plan_ struct plan *plan = NULL;

	require(READ(plan, "-e", "A=1", "-eB", "--env=C=", "-e", "D=x=\n\xff", "--unset-env", "E",
		     "--clear-env") == 0);
	check(plan->clear_env);
	require(plan->env.count == 5);
	check(plan->env.items[0].action == ENV_SET);
	check_str(plan->env.items[0].name, "A");
	check_str(plan->env.items[0].value, "1");
	check(plan->env.items[1].action == ENV_KEEP);
	check_str(plan->env.items[1].name, "B");
	check(plan->env.items[1].value == NULL);
	check_str(plan->env.items[2].value, "");
	check_str(plan->env.items[3].name, "D");
	check_str(plan->env.items[3].value, "x=\n\xff");
	check(plan->env.items[4].action == ENV_UNSET);
	REFUSED("=x is not a variable", "spec-value", "write NAME=VALUE, or NAME to keep it", "-e",
		"=x");
	REFUSED("an empty value is not a variable", "spec-value",
		"write NAME=VALUE, or NAME to keep it", "-e", "");
	REFUSED("A=1 is not the name of a variable", "spec-value", "write only the name",
		"--unset-env", "A=1");
}

TEST(options, command)
{
	_cleanup_plan_ struct plan *plan = NULL;

	require(READ(plan, "-n", "web-1", "-w", "sub", "--pass-fd=7", "--pass-fd", "2") == 0);
	check_str(plan->name, "web-1");
	check_str(plan->workdir, "/cwd/sub");
	require(plan->pass_fds.count == 1);
	check(plan->pass_fds.items[0] == 7);
	REFUSED("x is not a number", "spec-value", "write it in decimal digits", "--pass-fd=x");
	REFUSED("2147483648 is not a number that fits here", "spec-value",
		"the largest is 2147483647", "--pass-fd=2147483648");
}

TEST(options, output)
{
	_cleanup_plan_ struct plan *plan = NULL;

	require(READ(plan, "--dry-run", "--json", "-q", "--verbose", "--no-userns") == 0);
	check(plan->output.dry_run && plan->output.json);
	check(plan->output.quiet && plan->output.verbose);
	check(plan->no_userns && !plan->unshare[NS_USER]);
}

TEST(options, the_plan_keeps_no_pointer_into_the_words)
{
	_cleanup_plan_ struct plan *plan = NULL;
	char layer[] = "/layer", name[] = "box", env[] = "A=1", spec[] = "/d,lower=/l,xino=on",
	     command[] = "sh";

	require(READ(plan, "-l", layer, "-n", name, "-e", env, "-o", spec, command) == 0);
	memset(layer, '!', sizeof(layer) - 1);
	memset(name, '!', sizeof(name) - 1);
	memset(env, '!', sizeof(env) - 1);
	memset(spec, '!', sizeof(spec) - 1);
	memset(command, '!', sizeof(command) - 1);
	check_str(plan->layers.items[0], "/layer");
	check_str(plan->name, "box");
	check_str(plan->env.items[0].value, "1");
	check_str(plan->argv.items[0], "sh");
	check_str(plan->asked.items[0].dst, "/d");
	check_str(plan->asked.items[0].overlay->lowers.items[0].path, "/l");
	check_str(plan->asked.items[0].overlay->options.items[0], "xino=on");
}

TEST(options, rows_are_sound)
{
	for (const struct option_row *row = option_rows; row->name; row++) {
		check(row->take != NULL);
		check(row->verbs != 0);
		check(row->group < GROUP_COUNT);
		check(row->help && islower((unsigned char)*row->help));
		check(row->help[strlen(row->help) - 1] != '.');
		/* A name may mean something else to another verb, not to the same. */
		for (const struct option_row *other = row + 1; other->name; other++) {
			if (!(row->verbs & other->verbs))
				continue;
			check(strcmp(row->name, other->name) != 0);
			check(!row->letter || row->letter != other->letter);
		}
	}
}
