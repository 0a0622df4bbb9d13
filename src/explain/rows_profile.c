// SPDX-License-Identifier: MIT
/* What can be wrong with a profile. Its reader names these at the origin; none matches alone. */
#include "explain/rows.h"

const struct explanation profile_rows[] = {
	{
		.name = "profile-missing",
		.title = "there is no such profile",
		.fix = "nacre profile list names those there are",
		.text = "A word with a slash in it is a file. Any other is the name of a profile, "
			"and\n"
			"is looked for in $XDG_CONFIG_HOME/nacre/profiles (by default\n"
			"~/.config/nacre/profiles), in /etc/nacre/profiles, and among those that\n"
			"came with nacre. For a file of the working directory write ./FILE.",
	},
	{
		.name = "profile-unreadable",
		.title = "the profile cannot be read",
		.fix = "look at the rights of the file and of the directories above it",
		.text = "A profile that is named and cannot be read ends everything: without its\n"
			"options the box would not be the one that was asked for. For the same\n"
			"reason no profile of that name is taken from a later directory.",
	},
	{
		.name = "profile-no-file",
		.title = "the profile is not a file",
		.fix = "name a file; a pipe can be written to one first",
		.text = "A profile is an ordinary file, or a symbolic link to one. Directories,\n"
			"pipes and devices are not read, because reading them may wait for ever, "
			"or\n"
			"do something.",
	},
	{
		.name = "profile-size",
		.title = "the profile is too long",
		.fix = "check that it is the right file",
		.text = "A profile and all that it includes have up to 1 MiB.",
	},
	{
		.name = "profile-include",
		.title = "profiles include one another without end",
		.fix = "take out one of the include lines",
		.text = "A profile cannot include itself, not even through others, and includes "
			"are\n"
			"at most 16 deep. A profile may include its own name where another one of\n"
			"that name comes later in the search: ~/.config/nacre/profiles/agent\n"
			"includes the agent that came with nacre by \"include agent\".",
	},
	{
		.name = "profile-line",
		.title = "the line cannot be understood",
		.fix = "nacre-profile(5) tells the form of a line",
		.text = "A line holds one option by its long name, without the dashes, and its "
			"value\n"
			"behind a blank. A value that begins with a double quote ends with one; "
			"in\n"
			"between, \\\\, \\\" and \\xNN stand for a backslash, a double quote and "
			"the byte\n"
			"NN. Options that are about one call are not taken: those for output, and\n"
			"those that say what becomes of changes.",
	},
	{
		.name = "profile-home",
		.title = "a profile asks for the home directory, and there is none",
		.fix = "set HOME to an absolute path",
		.text = "In the paths of a profile ~ stands for the directory that HOME names.",
	},
	{ 0 },
};
