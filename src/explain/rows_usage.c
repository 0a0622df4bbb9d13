// SPDX-License-Identifier: MIT
/* What can be wrong in a command line. The readers name these at the origin; none matches alone. */
#include "explain/rows.h"

const struct explanation usage_rows[] = {
	{
		.name = "usage-unknown-option",
		.title = "there is no such option",
		.fix = "nacre run -h lists the options",
		.text = "Options are written in full, --name, or as one letter, -n; abbreviations\n"
			"of long names are not taken, so that a later option never changes what\n"
			"an old script means. Options of nacre end at the first word that is not\n"
			"one: what follows belongs to the command. -- ends them before a command\n"
			"that begins with a dash.",
	},
	{
		.name = "usage-missing-value",
		.title = "the option needs a value",
		.fix = "write it as --option=VALUE or --option VALUE",
		.text = "An option that takes a value takes the rest of its word after =, or the\n"
			"next word, whatever that looks like. At the end of the line there is\n"
			"none. Two options, --symlink and --file-from, take two words.",
	},
	{
		.name = "usage-unexpected-value",
		.title = "the option takes no value",
		.fix = "leave out = and what follows",
		.text = "A switch such as --rm or --ro is given or not given; there is nothing to\n"
			"set it to.",
	},
	{
		.name = "usage-no-verb",
		.title = "no verb is given",
		.fix = "nacre help lists the verbs",
		.text = "The first word says what nacre is to do: run, doctor, explain. Options\n"
			"belong to a verb and come after it.",
	},
	{
		.name = "usage-unknown-verb",
		.title = "there is no such verb",
		.fix = "nacre help lists the verbs",
		.text = "The first word says what nacre is to do. To run a command write run\n"
			"before it: nacre run ls.",
	},
	{
		.name = "usage-no-program",
		.title = "no program is named",
		.fix = "say what to stand in for: nacre as PROGRAM [ARG...]",
		.text = "nacre as takes the name of a program and that program's own words, and "
			"does\n"
			"what it would do. nacre-as(1) lists the programs.",
	},
	{
		.name = "usage-unknown-program",
		.title = "nacre does not know that program's words",
		.fix = "nacre-as(1) lists the programs",
		.text = "nacre can stand in for a few programs, whose command lines it reads as "
			"they\n"
			"do. For everything else there is nacre run.",
	},
	{
		.name = "steamns-options",
		.title = "options of steamns exclude each other, or lack one",
		.fix = "steamns -h lists them",
		.text = "Namespaces are made (-c) or joined (-j); how they are made is said when "
			"they "
			"are.\n"
			"A joined one has one user, and the root directory that it was made with: "
			"so "
			"-r\n"
			"and -H are for a command by itself.",
	},
	{
		.name = "usage-bwrap",
		.title = "bubblewrap's options contradict one another",
		.fix = "nacre-bwrap(1) says what each option goes with",
		.text = "Some of bubblewrap's options need another one, exclude one, or are for "
			"the\n"
			"option that follows at once: --perms, --size and --overlay-src. A "
			"descriptor\n"
			"must be open, and what it gives must be what the option is for.",
	},
	{
		.name = "plan-join-needs-process",
		.title = "the process of a program that uses the library would be moved with it",
		.fix = "run nacre as bwrap, or nacre_plan_become() in a child",
		.text = "--userns and --pidns of bubblewrap put the process that makes the "
			"sandbox\n"
			"into a namespace first. nacre_plan_run() leaves its caller where he is.",
	},
	{
		.name = "usage-no-command",
		.title = "there is no command to run",
		.fix = "say what to run: nacre run [OPTIONS] -- COMMAND",
		.text = "The first word that is not an option is the command. When it is missing,\n"
			"an option may have taken it for its value. --dry-run needs none.",
	},
	{
		.name = "usage-no-box",
		.title = "no box is named",
		.fix = "nacre rm NAME; nacre ls lists the boxes",
		.text = "Verbs that only look take the box that was used last when none is named.\n"
			"What is removed is gone, so rm wants the name, or --all.",
	},
	{
		.name = "usage-extra-word",
		.title = "there is a word too many",
		.fix = "the option -h shows what the verb takes",
		.text = "The verb takes fewer names than were given, or none. A value that holds\n"
			"blanks must be quoted for the shell.",
	},
	{
		.name = "usage-words",
		.title = "the verb takes other words",
		.fix = "nacre VERB -h shows what it takes",
		.text = "A verb that works on boxes, layers or files takes so many words and no\n"
			"more. Those in brackets in its help may be left out: a box that is not\n"
			"named is the one used last.",
	},
	{
		.name = "usage-unknown-name",
		.title = "there is no explanation of that name",
		.fix = "nacre explain lists the names",
		.text = "The name stands in brackets at the end of a message.",
	},
	{
		.name = "spec-escape",
		.title = "a backslash at the end escapes nothing",
		.fix = "double it (\\\\) when it is part of a name",
		.text = "In a specification, a list of pieces separated by commas or colons, a\n"
			"backslash makes the next character an ordinary one and goes away. In a\n"
			"shell, put the specification in single quotes, or the shell takes the\n"
			"backslash.",
	},
	{
		.name = "spec-fields",
		.title = "the specification has too few or too many fields, or an empty one",
		.fix = "compare it with the form that -h shows",
		.text = "The fields of a specification stand in a fixed order: -b\n"
			"SRC[:DST][:OPTIONS], -o DST[,OPTION...], -m TYPE,SRC,DST[,OPTION...]. A\n"
			"comma or colon that is part of a name is written with a backslash before\n"
			"it.",
	},
	{
		.name = "spec-word",
		.title = "the specification has a word that is not known there",
		.fix = "nacre-run(1) lists the words of each option",
		.text = "After the fields come words such as ro, nosuid or mkdir=never. Words\n"
			"that a file system may understand are handed on by -o and -m only; a\n"
			"bind has no file system of its own to hand them to.",
	},
	{
		.name = "spec-value",
		.title = "the value cannot be understood",
		.fix = "compare it with the form that -h shows",
		.text = "Sizes are numbers with k, m or g; modes are octal; ids are numbers from\n"
			"0 to 4294967294; lists are separated by commas. Users and groups are\n"
			"given by number, because names mean different things inside and outside.",
	},
	{
		.name = "spec-overlay-pair",
		.title = "upperdir= and workdir= come together",
		.fix = "give both, or neither, or tmp",
		.text = "An overlay of overlayns that can be written names the directory that\n"
			"receives what is written and the one that the kernel works in, on the\n"
			"same file system. With neither it is read-only; with tmp nacre has both.",
	},
	{
		.name = "value-seconds",
		.title = "the value is no number of seconds",
		.fix = "give a number, such as 5 or 0.5",
		.text = "Times are numbers of seconds, with a decimal point for parts of one, up "
			"to\n"
			"a million.",
	},
	{ 0 },
};
