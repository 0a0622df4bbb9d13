// SPDX-License-Identifier: MIT
/*
 * Completion scripts from the tables. They are static but for the names of boxes and profiles: those nacre itself prints
 * (`nacre __complete boxes`, one a line, and safe to split at blanks by the rules for names).
 *
 * What a value may be follows from the first of its names in the table ("DIR", "SRC[:DST]...",
 * "keep|drop"), so a new row is completed without a line here. All three scripts know that options
 * end at the first word that is not one, and complete a command from there on.
 */
#include "read/help.h"

#include "plan/plan.h"
#include "read/options.h"

#include <string.h>

enum value_kind {
	VALUE_NONE,
	VALUE_DIR,
	VALUE_FILE,
	VALUE_WORDS, /* of args itself: "host|none" */
	VALUE_NAMESPACES,
	VALUE_VARIABLE,
	VALUE_BOX,
	VALUE_PROFILE, /* by name or file */
	VALUE_ANY, /* nothing to offer */
	VALUE_KIND_COUNT
};

static const struct {
	const char *arg;
	enum value_kind kind;
} kind_rows[] = {
	{ "DIR", VALUE_DIR },	   { "DST", VALUE_FILE },  { "SRC", VALUE_FILE },
	{ "TARGET", VALUE_FILE },  { "PATH", VALUE_FILE }, { "NS", VALUE_NAMESPACES },
	{ "VAR", VALUE_VARIABLE }, { "NAME", VALUE_BOX },  { "PROFILE", VALUE_PROFILE },
};

/* Verbs whose first word is the name of a box. */
enum {
	BOX_VERBS = VERB_STATUS | VERB_DIFF | VERB_COMMIT | VERB_DISCARD | VERB_INSPECT | VERB_RM |
		    VERB_SAVE | VERB_EXPORT | VERB_REVIEW | VERB_ENTER | VERB_EXEC | VERB_START |
		    VERB_STOP
};

static enum value_kind value_kind(const struct option_row *row)
{
	const char *arg = row->args;
	size_t n;

	if (!arg)
		return VALUE_NONE;
	if (strchr(arg, '|'))
		return VALUE_WORDS;
	arg += *arg == '[';
	n = strspn(arg, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	for (size_t i = 0; i < sizeof(kind_rows) / sizeof(kind_rows[0]); i++)
		if (strlen(kind_rows[i].arg) == n && memcmp(kind_rows[i].arg, arg, n) == 0)
			return kind_rows[i].kind;
	return VALUE_ANY;
}

/* The words of "host|none" or "[session|system]", with spaces between. */
static void add_words(struct text *out, const char *args)
{
	for (; *args; args++)
		if (!strchr("[]", *args))
			text_add_char(out, *args == '|' ? ' ' : *args);
}

static void add_namespaces(struct text *out)
{
	for (int i = 0; i < NS_COUNT; i++)
		text_printf(out, "%s ", ns_name((enum ns_kind)i));
	text_add(out, "all");
}

/* A sentence inside single quotes; each byte of `special` gets a backslash. */
static void add_quoted(struct text *out, const char *s, const char *special)
{
	for (; *s; s++) {
		if (*s == '\'') {
			text_add(out, "'\\''");
			continue;
		}
		if (strchr(special, *s))
			text_add_char(out, '\\');
		text_add_char(out, *s);
	}
}

/* ---- bash ---- */

static const char bash_head[] = "# bash completion for nacre; generated from its option table\n"
				"\n"
				"# How many words the option takes, and of what kind they are.\n"
				"_nacre_option()\n"
				"{\n"
				"\twords=0 kind= list=\n"
				"\tcase $1 in\n";

/*
 * COMP_WORDS is split at "=" and ":" as well (COMP_WORDBREAKS), so the line is split again at
 * spaces; what is offered is what follows the last of those two.
 */
static const char bash_tail[] =
	"\tesac\n"
	"}\n"
	"\n"
	"_nacre_boxes()\n"
	"{\n"
	"\tmapfile -t COMPREPLY < <(compgen -W \"$(nacre __complete boxes 2>/dev/null)\" -- "
	"\"$1\")\n"
	"}\n"
	"\n"
	"_nacre_profiles()\n"
	"{\n"
	"\tmapfile -t COMPREPLY < <(compgen -W \"$2 $(nacre __complete profiles 2>/dev/null)\" -- "
	"\"$1\"; compgen -f -- \"$1\")\n"
	"}\n"
	"\n"
	"_nacre_value()\n"
	"{\n"
	"\tcase $kind in\n"
	"\tdir) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- \"${1##*[=:]}\") ;;\n"
	"\tfile) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"${1##*[=:]}\") ;;\n"
	"\tvariable) mapfile -t COMPREPLY < <(compgen -v -- \"$1\") ;;\n"
	"\tbox) _nacre_boxes \"$1\" ;;\n"
	"\tprofile) compopt -o filenames; _nacre_profiles \"$1\" ;;\n"
	"\twords) mapfile -t COMPREPLY < <(compgen -W \"$list\" -- \"$1\") ;;\n"
	"\tesac\n"
	"}\n"
	"\n"
	"_nacre()\n"
	"{\n"
	"\tlocal text=${COMP_LINE:0:COMP_POINT} line cur verb word words=0 kind= list= ended=0\n"
	"\tread -ra line <<<\"$text\"\n"
	"\t[[ $text == *[[:space:]] ]] && line+=('')\n"
	"\tcur=${line[-1]} verb=${line[1]} COMPREPLY=()\n"
	"\tif ((${#line[@]} <= 2)); then\n"
	"\t\tmapfile -t COMPREPLY < <(compgen -W \"$_nacre_verbs\" -- \"$cur\")\n"
	"\t\treturn\n"
	"\tfi\n"
	"\tfor word in \"${line[@]:2:${#line[@]}-3}\"; do\n"
	"\t\tif ((words)); then\n"
	"\t\t\t((words--))\n"
	"\t\telif ((ended)) || [[ $word != -?* ]]; then\n"
	"\t\t\t[[ $verb == run ]] || continue\n"
	"\t\t\tended=2\n"
	"\t\t\tbreak\n"
	"\t\telif [[ $word == -- ]]; then\n"
	"\t\t\tended=1\n"
	"\t\telse\n"
	"\t\t\t_nacre_option \"$word\"\n"
	"\t\tfi\n"
	"\tdone\n"
	"\tif ((words)); then\n"
	"\t\t_nacre_value \"$cur\"\n"
	"\telif ((!ended)) && [[ $cur == --*=* ]]; then\n"
	"\t\t_nacre_option \"${cur%%=*}\"\n"
	"\t\t_nacre_value \"${cur#*=}\"\n"
	"\telif ((!ended)) && [[ $cur == -* ]]; then\n"
	"\t\tmapfile -t COMPREPLY < <(compgen -W \"${_nacre_options[$verb]}\" -- \"$cur\")\n"
	"\telif [[ $verb == run ]] && ((ended < 2)); then\n"
	"\t\tcompopt -o filenames\n"
	"\t\tmapfile -t COMPREPLY < <(compgen -c -- \"$cur\")\n"
	"\telif [[ $verb == run ]]; then\n"
	"\t\tcompopt -o filenames\n"
	"\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
	"\telif [[ $_nacre_box_verbs == *\" $verb \"* ]]; then\n"
	"\t\t_nacre_boxes \"$cur\"\n"
	"\telif [[ $verb == profile ]]; then\n"
	"\t\t_nacre_profiles \"$cur\" 'list show'\n"
	"\tfi\n"
	"}\n"
	"complete -F _nacre nacre\n";

static void bash_option(struct text *out, const struct option_row *row)
{
	static const char *const names[VALUE_KIND_COUNT] = {
		[VALUE_NONE] = "",
		[VALUE_DIR] = "dir",
		[VALUE_FILE] = "file",
		[VALUE_WORDS] = "words",
		[VALUE_NAMESPACES] = "words",
		[VALUE_VARIABLE] = "variable",
		[VALUE_BOX] = "box",
		[VALUE_PROFILE] = "profile",
		[VALUE_ANY] = "any",
	};
	enum value_kind kind = value_kind(row);

	if (!row->args)
		return;
	text_printf(out, "\t--%s", row->name);
	if (row->letter)
		text_printf(out, " | -%c", row->letter);
	text_printf(out, ") words=%d kind=%s", option_words(row), names[kind]);
	if (kind == VALUE_WORDS || kind == VALUE_NAMESPACES) {
		text_add(out, " list='");
		if (kind == VALUE_WORDS)
			add_words(out, row->args);
		else
			add_namespaces(out);
		text_add_char(out, '\'');
	}
	text_add(out, " ;;\n");
}

void help_bash(const struct verb_row *verbs, struct text *out)
{
	text_add(out, bash_head);
	for (const struct option_row *row = option_rows; row->name; row++)
		bash_option(out, row);
	text_add(out, bash_tail);
	text_add(out, "\n_nacre_verbs='");
	for (const struct verb_row *verb = verbs; verb->name; verb++)
		text_printf(out, "%s%s", verb == verbs ? "" : " ", verb->name);
	text_add(out, "'\n_nacre_box_verbs=' ");
	for (const struct verb_row *verb = verbs; verb->name; verb++)
		if (verb->verb & BOX_VERBS)
			text_printf(out, "%s ", verb->name);
	text_add(out, "'\ndeclare -gA _nacre_options=(\n");
	for (; verbs->name; verbs++) {
		text_printf(out, "\t[%s]='--", verbs->name);
		for (const struct option_row *row = option_rows; row->name; row++)
			if (row->verbs & verbs->verb)
				text_printf(out, " --%s", row->name);
		text_add(out, "'\n");
	}
	text_add(out, ")\n");
}

/* ---- zsh ---- */

/* ":MESSAGE:ACTION" of one value; the colons of SRC:DST are escaped for _arguments. */
static void zsh_value(struct text *out, const struct option_row *row, const char *message, size_t n)
{
	enum value_kind kind = value_kind(row);

	text_add_char(out, ':');
	for (size_t i = 0; i < n; i++) {
		if (message[i] == ':')
			text_add_char(out, '\\');
		text_add_char(out, message[i]);
	}
	text_add_char(out, ':');
	if (kind == VALUE_DIR)
		text_add(out, "_directories");
	else if (kind == VALUE_FILE)
		text_add(out, "_files");
	else if (kind == VALUE_VARIABLE)
		text_add(out, "_parameters");
	else if (kind == VALUE_BOX)
		text_add(out, "_nacre_boxes");
	else if (kind == VALUE_PROFILE)
		text_add(out, "_nacre_profiles");
	else if (kind == VALUE_NAMESPACES || kind == VALUE_WORDS) {
		text_add(out, kind == VALUE_WORDS ? "(" : "_values -s , namespace ");
		if (kind == VALUE_WORDS)
			add_words(out, row->args);
		else
			add_namespaces(out);
		text_add(out, kind == VALUE_WORDS ? ")" : "");
	}
}

/* '*'{-l+,--layer=}'[help]:DIR:_directories' */
static void zsh_option(struct text *out, const struct option_row *row)
{
	const char *equals = !row->args ? "" : option_words(row) ? "=" : "=-";

	if (row->letter)
		text_printf(out, "\t\t\t'*'{-%c%s,--%s%s}'[", row->letter, row->args ? "+" : "",
			    row->name, equals);
	else
		text_printf(out, "\t\t\t'*--%s%s[", row->name, equals);
	add_quoted(out, row->help, "[]:\\");
	text_add_char(out, ']');
	if (row->args) {
		const char *second = strchr(row->args, ' ');
		size_t n = second ? (size_t)(second - row->args) : strlen(row->args);

		if (!option_words(row))
			text_add_char(out, ':');
		zsh_value(out, row, row->args, n);
		if (second)
			zsh_value(out, row, second + 1, strlen(second + 1));
	}
	text_add(out, "' \\\n");
}

/* What the words of a verb may be. */
static const char *zsh_argument(unsigned verb)
{
	if (verb == VERB_PROFILE)
		return "{ _values word list show; _nacre_profiles }";
	return verb & BOX_VERBS ? "_nacre_boxes" : "";
}

void help_zsh(const struct verb_row *verbs, struct text *out)
{
	text_add(out,
		 "#compdef nacre\n# zsh completion for nacre; generated from its option table\n\n"
		 "_nacre_boxes()\n{\n\tlocal -a boxes\n"
		 "\tboxes=(${(f)\"$(nacre __complete boxes 2>/dev/null)\"})\n"
		 "\t_describe box boxes\n}\n\n"
		 "_nacre_profiles()\n{\n\tlocal -a profiles\n"
		 "\tprofiles=(${(f)\"$(nacre __complete profiles 2>/dev/null)\"})\n"
		 "\t_describe profile profiles\n\t_files\n}\n\n"
		 "_nacre()\n{\n\tlocal -a verbs\n\tverbs=(\n");
	for (const struct verb_row *verb = verbs; verb->name; verb++) {
		text_printf(out, "\t\t'%s:", verb->name);
		add_quoted(out, verb->help, ":\\");
		text_add(out, "'\n");
	}
	text_add(out,
		 "\t)\n\tif ((CURRENT == 2)); then\n\t\t_describe verb verbs\n\t\treturn\n\tfi\n"
		 "\tshift words\n\t((CURRENT--))\n\tcase $words[1] in\n");
	for (; verbs->name; verbs++) {
		text_printf(out, "\t%s)\n\t\t_arguments -s -S %s\\\n", verbs->name,
			    verbs->verb == VERB_RUN ? "-A '-*' " : "");
		for (const struct option_row *row = option_rows; row->name; row++)
			if (row->verbs & verbs->verb)
				zsh_option(out, row);
		if (verbs->verb == VERB_RUN)
			text_add(out,
				 "\t\t\t'(-):command:_command_names -e' '*::argument:_normal'\n");
		else
			text_printf(out, "\t\t\t'*:argument:%s'\n", zsh_argument(verbs->verb));
		text_add(out, "\t\t;;\n");
	}
	text_add(out, "\tesac\n}\n\n_nacre \"$@\"\n");
}

/* ---- fish ---- */

/* Names of the options that take words: of `count`, or of any number when it is 0. */
static void fish_options_with_words(struct text *out, int count)
{
	for (const struct option_row *row = option_rows; row->name; row++) {
		if (!option_words(row) || (count && count != option_words(row)))
			continue;
		text_printf(out, " --%s", row->name);
		if (row->letter)
			text_printf(out, " -%c", row->letter);
	}
}

static void fish_head(struct text *out)
{
	text_add(out, "# fish completion for nacre; generated from its option table\n\n"
		      "# True while the options of the verb last.\n"
		      "function __nacre_in --argument-names verb\n"
		      "\tset -l tokens (commandline -opc)\n"
		      "\ttest (count $tokens) -ge 2; and test $tokens[2] = $verb; or return 1\n"
		      "\tset -e tokens[1..2]\n"
		      "\tset -l values 0\n"
		      "\tfor token in $tokens\n"
		      "\t\tif test $values -gt 0\n"
		      "\t\t\tset values (math $values - 1)\n"
		      "\t\t\tcontinue\n"
		      "\t\tend\n"
		      "\t\tswitch $token\n"
		      "\t\t\tcase --\n"
		      "\t\t\t\treturn 1\n"
		      "\t\t\tcase");
	fish_options_with_words(out, 1);
	text_add(out, "\n\t\t\t\tset values 1\n\t\t\tcase");
	fish_options_with_words(out, 2);
	text_add(out, "\n\t\t\t\tset values 2\n"
		      "\t\t\tcase '-*'\n"
		      "\t\t\tcase '*'\n"
		      "\t\t\t\treturn 1\n"
		      "\t\tend\n"
		      "\tend\n"
		      "\treturn 0\n"
		      "end\n\n"
		      "complete -c nacre -f\n");
}

static void fish_option(struct text *out, const char *verb, const struct option_row *row)
{
	enum value_kind kind = value_kind(row);

	text_printf(out, "complete -c nacre -n '__nacre_in %s' -l %s", verb, row->name);
	if (row->letter)
		text_printf(out, " -s %c", row->letter);
	if (option_words(row))
		text_add(out, kind == VALUE_FILE || kind == VALUE_PROFILE ? " -r -F" : " -x");
	if (kind == VALUE_DIR)
		text_add(out, " -a '(__fish_complete_directories)'");
	if (kind == VALUE_VARIABLE)
		text_add(out, " -a '(set -nx)'");
	if (kind == VALUE_BOX)
		text_add(out, " -a '(nacre __complete boxes)'");
	if (kind == VALUE_PROFILE)
		text_add(out, " -a '(nacre __complete profiles)'");
	if (kind == VALUE_WORDS || kind == VALUE_NAMESPACES) {
		text_add(out, " -a '");
		if (kind == VALUE_WORDS)
			add_words(out, row->args);
		else
			add_namespaces(out);
		text_add_char(out, '\'');
	}
	text_add(out, " -d '");
	add_quoted(out, row->help, "\\");
	text_add(out, "'\n");
}

void help_fish(const struct verb_row *verbs, struct text *out)
{
	fish_head(out);
	for (; verbs->name; verbs++) {
		text_printf(out, "complete -c nacre -n __fish_use_subcommand -a %s -d '",
			    verbs->name);
		add_quoted(out, verbs->help, "\\");
		text_add(out, "'\n");
		for (const struct option_row *row = option_rows; row->name; row++)
			if (row->verbs & verbs->verb)
				fish_option(out, verbs->name, row);
		if (verbs->verb & BOX_VERBS)
			text_printf(out,
				    "complete -c nacre -n '__fish_seen_subcommand_from %s' -a "
				    "'(nacre __complete boxes)'\n",
				    verbs->name);
		if (verbs->verb == VERB_PROFILE)
			text_printf(out,
				    "complete -c nacre -n '__fish_seen_subcommand_from %s' -a "
				    "'list show (nacre __complete profiles)'\n",
				    verbs->name);
		if (verbs->verb != VERB_RUN)
			continue;
		text_printf(out,
			    "complete -c nacre -n '__fish_seen_subcommand_from %s' -a "
			    "'(__fish_complete_subcommand --fcs-skip=2",
			    verbs->name);
		fish_options_with_words(out, 0);
		text_add(out, ")'\n");
	}
}
