// SPDX-License-Identifier: MIT
/* Profiles: lines as options, what is wrong with a line, and options as lines that mean the same elsewhere. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"
#include "plan/plan.h"
#include "read/options.h"
#include "read/profile.h"
#include "test.h"

#include <string.h>

static struct error err;

static void free_plan(struct plan **plan)
{
	*plan = plan_free(*plan);
}

#define _cleanup_plan_ _cleanup_(free_plan)

static int read_bytes(struct plan **ret_plan, const char *bytes, size_t n)
{
	*ret_plan = plan_new("/cwd", "/home/me");
	memset(&err, 0, sizeof(err));
	return profile_read_text(*ret_plan, VERB_RUN, "text", bytes, n, &err);
}

static int read_text(struct plan **ret_plan, const char *text)
{
	return read_bytes(ret_plan, text, strlen(text));
}

static int read_words(struct plan **ret_plan, char **words)
{
	int n = 0;

	while (words[n])
		n++;
	*ret_plan = plan_new("/cwd", "/home/me");
	memset(&err, 0, sizeof(err));
	return options_read(*ret_plan, VERB_RUN, n, words, &err);
}

/* The words, written as a profile, are this text. */
static void check_written(char **words, const char *want)
{
	_cleanup_plan_ struct plan *plan = NULL;
	_cleanup_text_ struct text out = { 0 };

	if (!check(read_words(&plan, words) == 0))
		return;
	profile_write(plan, &out);
	check_str(text_str(&out), want);
}

#define WRITTEN(want, ...) check_written((char *[]){ __VA_ARGS__, NULL }, want)

static void refused(const char *text, const char *message, const char *name)
{
	_cleanup_plan_ struct plan *plan = NULL;

	check(read_text(&plan, text) == -1);
	check_str(err.message, message);
	check_str(err.name, name);
}

TEST(profile, lines)
{
	_cleanup_plan_ struct plan *plan = NULL;

	require(read_text(&plan,
			  "# comment\n\n  ro\r\n\tenv  A=b  c # d \t\nno-seed\n"
			  "no-seed /x\nlayer /l\nuid-map 5:0:1\nenv \"B=\\x0a\\\\\\\" \"") == 0);
	check(plan->writes == WRITES_DENY);
	require(plan->env.count == 2);
	check_str(plan->env.items[0].value, "b  c # d");
	check_str(plan->env.items[1].value, "\n\\\" ");
	check(plan->no_seeds && plan->no_seed.count == 1);
	check(plan->identity.uid == 5);
	require(plan->given.count == 7);
	check_str(plan->given.items[1].file, "text");
	check(plan->given.items[1].line == 4);
	check(!plan->in_profile);
}

TEST(profile, two_values)
{
	_cleanup_plan_ struct plan *plan = NULL;

	require(read_text(&plan, "symlink a b c\nfile-from \"/x y\" \t\"/z\\x20\"\n") == 0);
	check_str(plan->asked.items[0].text, "a");
	check_str(plan->asked.items[0].dst, "/cwd/b c");
	check_str(plan->asked.items[1].src, "/x y");
	check_str(plan->asked.items[1].dst, "/z ");
	check_str(plan->asked.items[1].origin, "text, line 2: file-from \"/x y\" \t\"/z\\x20\"");
}

TEST(profile, home)
{
	_cleanup_plan_ struct plan *plan = NULL;

	require(read_text(&plan, "hide ~\nhide ~/a\nhide ~a\nhide ./~\nbind /x:~/y\n"
				 "overlay ~,lower=~/l,upper=\\~/u\nsymlink ~ ~/x\nenv ~=~\n") == 0);
	check_str(plan->asked.items[0].dst, "/home/me");
	check_str(plan->asked.items[1].dst, "/home/me/a");
	check_str(plan->asked.items[2].dst, "/cwd/~a");
	check_str(plan->asked.items[3].dst, "/cwd/~");
	check_str(plan->asked.items[4].dst, "/home/me/y");
	check_str(plan->asked.items[5].dst, "/home/me");
	check_str(plan->asked.items[5].overlay->lowers.items[0].path, "/home/me/l");
	check_str(plan->asked.items[6].text, "~");
	check_str(plan->env.items[0].value, "~");
}

TEST(profile, no_home)
{
	_cleanup_plan_ struct plan *plan = plan_new("/cwd", NULL);

	check(profile_read_text(plan, VERB_RUN, "text", "hide ~", 6, &err) == -1);
	check_str(err.name, "profile-home");
}

TEST(profile, on_the_command_line_a_tilde_is_a_name)
{
	_cleanup_plan_ struct plan *plan = NULL;

	require(read_words(&plan, (char *[]){ "--hide", "~/x", NULL }) == 0);
	check_str(plan->asked.items[0].dst, "/cwd/~/x");
}

TEST(profile, wrong_lines)
{
	refused("net nowhere", "nowhere is not a kind of network", "spec-value");
	refused("hid x", "unknown option hid", "usage-unknown-option");
	check_str(err.fix, "did you mean hide?");
	refused("--hide x", "unknown option --hide", "usage-unknown-option");
	check_str(err.fix, "write it without dashes: hide");
	refused("hide=x", "unknown option hide=x", "usage-unknown-option");
	check_str(err.fix, "write it with a blank: hide VALUE");
	refused("hide", "hide needs PATH", "usage-missing-value");
	refused("symlink a", "symlink needs TARGET DST", "usage-missing-value");
	refused("ro yes", "ro takes no value", "usage-unexpected-value");
	refused("hide \"a", "a value in quotes is not well formed", "profile-line");
	refused("hide \"a\"b", "a value in quotes is not well formed", "profile-line");
	refused("hide \"a\" b", "a value in quotes is not well formed", "profile-line");
	refused("hide \"\\n\"", "a value in quotes is not well formed", "profile-line");
	refused("hide \"\\x00\"", "a value in quotes is not well formed", "profile-line");
	refused("hide \"\\x1\"", "a value in quotes is not well formed", "profile-line");
	refused("json", "this option is about one call, and not for profiles", "profile-line");
	refused("profile x", "a profile in a profile is included", "profile-line");
	refused("include x", "include is for files", "profile-line");
}

TEST(profile, error_shows_the_line)
{
	_cleanup_plan_ struct plan *plan = NULL;

	check(read_text(&plan, "ro\nbind a:b:wat\n") == -1);
	check(strstr(err.facts, "from text, line 2\nbind a:b:wat\n         ^^^") != NULL);
	check(plan->in_profile);
}

TEST(profile, option_of_another_verb)
{
	_cleanup_plan_ struct plan *plan = plan_new("/cwd", NULL);

	check(profile_read_text(plan, VERB_TRY, "text", "ro", 2, &err) == -1);
	check_str(err.fix, "nacre try does not take it");
}

TEST(profile, nul)
{
	_cleanup_plan_ struct plan *plan = NULL;

	check(read_bytes(&plan, "ro\nhide a\0b\n", 12) == -1);
	check_str(err.message, "there is a NUL byte in the line");
}

TEST(profile, written)
{
	WRITTEN("bind /cwd/a:ro\n", "-v", "a:ro");
	WRITTEN("bind /cwd/a\\:b:/cwd/ro:rw\n", "-ba\\:b:./ro:rw");
	WRITTEN("bind /cwd/a:/cwd/ro\n", "--bind=a:./ro");
	WRITTEN("rm\nnet none\nno-seed\nno-seed /cwd/x\n", "--rm", "-q", "--net", "none",
		"--no-seed", "--no-seed=x", "--json");
	WRITTEN("overlay /d,lower=/cwd/l\\,m,xino=on,lowerdir=/a:/cwd/b\\:c,ro\n", "-o",
		"/d,lower=l\\,m,xino=on,lowerdir=/a:b\\:c,ro");
	WRITTEN("mount tmpfs,none,/cwd/d,size=1\nmount bind,/cwd/s,/d\nmount none,/cwd/s,/d,rbind\n"
		"mount none,s,/d,remount,bind\nmount ,s,/d,slave\n",
		"-m", "tmpfs,none,d,size=1", "-m", "bind,s,/d", "-m", "none,s,/d,rbind", "-m",
		"none,s,/d,remount,bind", "-m", ",s,/d,slave");
	WRITTEN("file /cwd/a\\=b=c=d\nsymlink x /cwd/y\nfile-from /cwd/x /y\n", "--file",
		"a\\=b=c=d", "--symlink", "x", "y", "--file-from", "x", "/y");
	WRITTEN("env A= b\nenv \"A=b \"\nenv \"A=\\x0a\\xff\\\\\"\nenv A=\\\"#\n", "-e", "A= b",
		"-e", "A=b ", "-e", "A=\n\xff\\", "-e", "A=\\\"#");
	WRITTEN("dev /cwd/d,ro\nparent-mode 700\nroot-from /cwd/a\\:b:ro\netc /cwd/e:n\netc\n"
		"symlink-from /cwd/a /b\nro-file /cwd/f=x\n",
		"--dev", "d,ro", "--parent-mode=700", "--root-from", "a\\:b:ro", "--etc=e:n",
		"--etc", "--symlink-from", "a", "/b", "--ro-file", "f=x");
	WRITTEN("symlink \"a b\" /c d\nlayer word\nlayer /cwd/w/x\n", "--symlink", "a b", "/c d",
		"-l", "word", "-l", "w/x");
}

TEST(profile, written_without_includes_and_home)
{
	_cleanup_plan_ struct plan *plan = NULL;
	_cleanup_text_ struct text out = { 0 };

	require(read_text(&plan, "hide ~/a\nhide b\n") == 0);
	profile_write(plan, &out);
	check_str(text_str(&out), "hide /home/me/a\nhide /cwd/b\n");
}

/* ---- values of any bytes, there and back ---- */

static unsigned state;

static unsigned roll(unsigned n)
{
	state = state * 1103515245 + 12345;
	return (state >> 16) % n;
}

/* Some bytes that mean something somewhere; with those of `special`, and some others, escaped. */
static char *hostile(struct arena *arena, const char *special)
{
	static const char bytes[] = " \t\n\r#\\\"~:,=/.a\xff\xc3(\x01\x7f";
	struct text out = { 0 };
	char *value;

	for (unsigned n = 1 + roll(6); n; n--) {
		char c = bytes[roll(sizeof(bytes) - 1)];

		if (special && (strchr(special, c) || c == '\\' || roll(8) == 0))
			text_add_char(&out, '\\');
		text_add_char(&out, c);
	}
	value = arena_strdup(arena, text_str(&out));
	text_release(&out);
	return value;
}

/* One option with such values; returns how many words it has. */
static int hostile_option(struct arena *arena, char **words)
{
	static const char *const plain[] = { "--hide",	  "--root", "--seed",	 "--only",
					     "--workdir", "--proc", "--hostname" };
	unsigned kind = roll(12);

	switch (kind) {
	case 0:
		words[0] = "-e";
		words[1] = arena_printf(arena, "A=%s", hostile(arena, NULL));
		return 2;
	case 1:
		words[0] = arena_printf(arena, "--no-seed=%s", hostile(arena, NULL));
		return 1;
	case 2:
	case 3:
		words[0] = kind == 2 ? "--symlink" : roll(2) ? "--file-from" : "--symlink-from";
		words[1] = hostile(arena, NULL);
		words[2] = hostile(arena, NULL);
		return 3;
	case 4:
		words[0] = arena_printf(arena, "-b%s:%s", hostile(arena, ":"), hostile(arena, ":"));
		return 1;
	case 5:
		words[0] = roll(2) ? "--file" : "--ro-file";
		words[1] = arena_printf(arena, "%s=%s", hostile(arena, "="), hostile(arena, NULL));
		return 2;
	case 6:
		words[0] = arena_printf(arena, "--overlay=%s,lower=%s,lowerdir=%s:%s,k=%s",
					hostile(arena, ","), hostile(arena, ","),
					hostile(arena, ",:"), hostile(arena, ",:"),
					hostile(arena, ","));
		return 1;
	case 7:
		words[0] = "-m";
		words[1] = arena_printf(arena, "%s,%s,%s,k=%s", roll(2) ? "bind" : "tmpfs",
					hostile(arena, ","), hostile(arena, ","),
					hostile(arena, ","));
		return 2;
	case 8:
		words[0] = "--tmpfs";
		words[1] = arena_printf(arena, "%s,size=1m", hostile(arena, ","));
		return 2;
	case 9:
		words[0] = arena_printf(arena, "%s=%s:%s", roll(2) ? "--etc" : "--root-from",
					hostile(arena, ":"), roll(2) ? "ro" : hostile(arena, ":"));
		return 1;
	case 10:
		words[0] = "--dev";
		words[1] = arena_printf(arena, "%s,ro", hostile(arena, ","));
		return 2;
	default:
		words[0] = (char *)plain[roll(ARRAY_LEN(plain))];
		words[1] = hostile(arena, NULL);
		return 2;
	}
}

/* The plan but for where its steps come from. */
static void show(struct plan *plan, struct text *out)
{
	for (size_t i = 0; i < plan->asked.count; i++)
		plan->asked.items[i].origin = NULL;
	plan_show_json(plan, out);
}

TEST(profile, any_value_comes_back)
{
	int taken = 0;

	for (; taken < 4000; taken++) {
		_cleanup_(arena_release) struct arena arena = { 0 };
		_cleanup_plan_ struct plan *plan = NULL,
					   *again = plan_new("/elsewhere", "/nowhere");
		_cleanup_text_ struct text text = { 0 }, twice = { 0 }, a = { 0 }, b = { 0 };
		char *words[8] = { NULL };

		state = (unsigned)taken * 7919 + 1;
		(void)hostile_option(&arena, words);
		if (read_words(&plan, words) != 0) {
			check(err.kind == ERROR_SPEC || err.kind == ERROR_USAGE);
			continue;
		}
		profile_write(plan, &text);
		if (!check(profile_read_text(again, VERB_RUN, "text", text.data, text.len, &err) ==
			   0) ||
		    !check(again->given.count == 1))
			break;
		profile_write(again, &twice);
		check_str(text_str(&twice), text_str(&text));
		show(plan, &a);
		show(again, &b);
		if (!test_equal(text_str(&b), text_str(&a), __FILE__, __LINE__))
			break;
	}
	check(taken == 4000);
}

/* A new option with a path in its value needs a form, or it would mean something else from another directory. */
TEST(profile, no_path_stays_relative)
{
	static const char *const samples[][2] = {
		{ "DIR", "rel" },
		{ "PATH", "rel" },
		{ "DST", "rel=x" },
		{ "SRC", "rel" },
		{ "TYPE,SRC,DST[,OPT...]", "bind,rel,rel" },
	};

	for (const struct option_row *row = option_rows; row->name; row++) {
		_cleanup_(arena_release) struct arena arena = { 0 };
		_cleanup_plan_ struct plan *plan = NULL;
		_cleanup_text_ struct text out = { 0 };
		const char *sample = NULL;
		char *words[4] = { NULL };

		if (!profile_takes(row) || !row->args || strcmp(row->name, "layer") == 0)
			continue;
		for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
			const char *args = row->args + (*row->args == '[');

			if (strncmp(args, samples[i][0], strlen(samples[i][0])) == 0)
				sample = samples[i][1];
		}
		if (!sample)
			continue;
		words[0] = arena_printf(&arena, "--%s=%s", row->name, sample);
		words[1] = option_words(row) == 2 ? "rel" : NULL;
		if (!test_check(read_words(&plan, words) == 0, __FILE__, __LINE__, "%s", row->name))
			continue;
		profile_write(plan, &out);
		test_check(!strstr(text_str(&out), " rel") && !strstr(text_str(&out), ",rel"),
			   __FILE__, __LINE__, "%s: %s", row->name, text_str(&out));
	}
}

TEST(profile, differences)
{
	_cleanup_text_ struct text out = { 0 };

	check(profile_differences("a\nb\nc\n", "a\nb\nc\n", 9, &out) == 0);
	check_str(text_str(&out), "");
	check(profile_differences("a\nb\nb\n", "b\nc\n", 9, &out) == 3);
	check_str(text_str(&out), "- a\n- b\n+ c\n");
	text_clear(&out);
	check(profile_differences("a\nb\nc\nd\n", "a\nc\nb\nd\n", 9, &out) == 4);
	check_str(text_str(&out), "- b\n- c\n+ c\n+ b\n");
	text_clear(&out);
	check(profile_differences("a\nb\nc\n", "", 2, &out) == 3);
	check_str(text_str(&out), "- a\n- b\nand 1 more\n");
}
