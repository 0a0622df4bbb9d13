// SPDX-License-Identifier: MIT
/*
 * Help, synopsis and completions: everything in the table is in them, and they keep to their form.
 */
#include "base/cleanup.h"
#include "read/help.h"
#include "read/options.h"
#include "read/verbs.h"
#include "test.h"

#include <string.h>

static const char *const run_examples[] = {
	"nacre run make install\nsee what it would write",
	"nacre run --net none make check\nno network",
	"nacre run --rm sh\nforget what was written; this sentence is long enough that it has to "
	"be broken somewhere",
	NULL,
};

static const struct verb_row verbs[] = {
	{ "run", "[OPTIONS] [--] COMMAND [ARG...]", "run a command in a new box", run_examples,
	  VERB_RUN },
	{ "doctor", "[OPTIONS]", "what works: here, and what doesn't", NULL, VERB_DOCTOR },
	{ "rm", "[OPTIONS] NAME...", "remove boxes", NULL, VERB_RM },
	{ 0 },
};

static bool contains(const struct text *out, const char *s)
{
	return strstr(text_str(out), s) != NULL;
}

static size_t longest_line(const char *s)
{
	size_t longest = 0;

	while (*s) {
		size_t n = strcspn(s, "\n");

		if (n > longest)
			longest = n;
		s += n + (s[n] == '\n');
	}
	return longest;
}

TEST(help, fits_a_terminal)
{
	_cleanup_text_ struct text out = { 0 };

	help_verb(&verbs[0], &out);
	help_all(verbs, &out);
	check(longest_line(text_str(&out)) <= 80);
	check(!contains(&out, " \n"));
}

TEST(help, shows_examples_before_options)
{
	_cleanup_text_ struct text out = { 0 };
	const char *example, *option;

	help_verb(&verbs[0], &out);
	check(strncmp(text_str(&out), "nacre run [OPTIONS] [--] COMMAND [ARG...]\n", 42) == 0);
	example = strstr(text_str(&out), "  nacre run make install\n      see what");
	option = strstr(text_str(&out), "--root DIR");
	check(example && option && example < option);
}

/* An option of one verb may have the name of one of another verb. */
static bool has_option(unsigned verb, const char *name)
{
	for (const struct option_row *row = option_rows; row->name; row++)
		if ((row->verbs & verb) && strcmp(row->name, name) == 0)
			return true;
	return false;
}

TEST(help, has_every_option_of_the_verb)
{
	_cleanup_text_ struct text run = { 0 }, doctor = { 0 };

	help_verb(&verbs[0], &run);
	help_verb(&verbs[1], &doctor);
	for (const struct option_row *row = option_rows; row->name; row++) {
		char name[64];

		(void)snprintf(name, sizeof(name), "--%s%s", row->name,
			       !row->args	   ? " "
			       : *row->args == '[' ? "[="
						   : " ");
		test_check(contains(&run, name) == has_option(VERB_RUN, row->name), __FILE__,
			   __LINE__, "%s", name);
		test_check(contains(&doctor, name) == has_option(VERB_DOCTOR, row->name), __FILE__,
			   __LINE__, "%s", name);
	}
	check(contains(&run, "\n  -l, --layer DIR                 stack DIR over"));
	check(contains(&run, "\n      --root DIR                  build on DIR"));
	check(!contains(&doctor, "Identity"));
}

TEST(help, all_verbs)
{
	_cleanup_text_ struct text out = { 0 };

	help_all(verbs, &out);
	check(contains(&out, "\n  run       run a command in a new box\n"));
	check(contains(&out, "\n  doctor    what works"));
}

TEST(help, scdoc)
{
	_cleanup_text_ struct text out = { 0 };

	help_scdoc_synopsis(&verbs[0], &out);
	check(contains(&out, "*nacre run* \\[_OPTIONS_\\] \\[--\\] _COMMAND_ \\[_ARG_...\\]\n"));
	check(contains(&out, "++\n*-l*, *--layer* _DIR_++\n"));
	check(contains(&out, "++\n*--writes* keep\\|drop\\|deny\\|host++\n"));
	check(!contains(&out, "++\n\n"));
	check(contains(&out, "*--help*\n"));
}

TEST(help, completions_have_every_option)
{
	_cleanup_text_ struct text bash = { 0 }, zsh = { 0 }, fish = { 0 };

	help_bash(verb_rows, &bash);
	help_zsh(verb_rows, &zsh);
	help_fish(verb_rows, &fish);
	for (const struct option_row *row = option_rows; row->name; row++) {
		char name[64];

		(void)snprintf(name, sizeof(name), "--%s", row->name);
		check(contains(&bash, name) && contains(&zsh, name));
		(void)snprintf(name, sizeof(name), " -l %s ", row->name);
		check(contains(&fish, name));
	}
}

TEST(help, completions_know_values)
{
	_cleanup_text_ struct text bash = { 0 }, zsh = { 0 }, fish = { 0 };

	help_bash(verbs, &bash);
	check(contains(&bash, "_nacre_verbs='run doctor rm'"));
	check(contains(&bash, "--layer | -l) words=1 kind=dir ;;"));
	check(contains(&bash, "--symlink) words=2 kind=file ;;"));
	check(contains(&bash, "--no-seed) words=0 kind=dir ;;"));
	check(contains(&bash, "--net) words=1 kind=words list='host none' ;;"));
	check(contains(&bash, "list='user mount pid ipc uts cgroup net time all'"));
	check(contains(&bash, "[doctor]='-- --json --help'"));
	help_zsh(verbs, &zsh);
	check(contains(
		&zsh,
		"'*'{-l+,--layer=}'[stack DIR over the base (repeatable)]:DIR:_directories'"));
	check(contains(&zsh, "'doctor:what works\\: here, and what doesn'\\''t'"));
	check(contains(&zsh,
		       "'*--symlink=[make a symbolic link at DST]:TARGET:_files:DST:_files'"));
	help_fish(verbs, &fish);
	check(contains(&fish, "-a '(__fish_complete_directories)' -d 'stack DIR"));
	check(contains(&fish, "-x -a 'host none' -d"));
}

TEST(help, completions_ask_for_profiles)
{
	_cleanup_text_ struct text bash = { 0 }, zsh = { 0 }, fish = { 0 };

	help_bash(verb_rows, &bash);
	check(contains(&bash, "--profile | -p) words=1 kind=profile ;;"));
	help_zsh(verb_rows, &zsh);
	check(contains(&zsh, ":PROFILE:_nacre_profiles' \\\n"));
	check(contains(&zsh, "'*:argument:{ _values word list show; _nacre_profiles }'\n"));
	help_fish(verb_rows, &fish);
	check(contains(&fish, "-l profile -s p -r -F -a '(nacre __complete profiles)' -d"));
	check(contains(&fish, "-a 'list show (nacre __complete profiles)'\n"));
}

TEST(help, completions_ask_for_boxes)
{
	_cleanup_text_ struct text bash = { 0 }, zsh = { 0 }, fish = { 0 };

	help_bash(verbs, &bash);
	check(contains(&bash, "_nacre_box_verbs=' rm '"));
	check(contains(&bash, "--name | -n) words=1 kind=box ;;"));
	help_zsh(verbs, &zsh);
	check(contains(&zsh, ":NAME:_nacre_boxes' \\\n"));
	check(contains(&zsh, "'*:argument:_nacre_boxes'\n\t\t;;\n\tesac"));
	check(contains(&zsh, "'*:argument:'\n"));
	help_fish(verbs, &fish);
	check(contains(&fish, "-l name -s n -x -a '(nacre __complete boxes)' -d"));
	check(contains(&fish, "__fish_seen_subcommand_from rm' -a '(nacre __complete boxes)'\n"));
}
