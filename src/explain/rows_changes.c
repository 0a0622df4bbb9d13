// SPDX-License-Identifier: MIT
/* What can be wrong with the changes of a box. Named at the origin; none matches alone. */
#include "explain/rows.h"

const struct explanation change_rows[] = {
	{
		.name = "change-unknown",
		.title = "no change matches",
		.fix = "nacre status lists them",
		.text = "A word behind the name of the box is a path of a change, of a directory\n"
			"above some, or a pattern. It is relative to the working directory. In a\n"
			"pattern * and ? match slashes too; quote it, or the shell replaces it by\n"
			"what is there outside of the box.",
	},
	{
		.name = "commit-conflict",
		.title = "somebody else has changed the same thing",
		.fix = "name the paths that shall be applied, or take --force",
		.text = "What the box changed was changed in the base as well after the box had\n"
			"made its copy: edited, replaced, removed, given another mode; or there "
			"is\n"
			"something now where the box made something; or anything was changed in a\n"
			"directory that the box removed or replaced. Nothing was applied. nacre\n"
			"diff NAME PATH compares with the base as it is now. Apply the other "
			"paths\n"
			"by naming them. --force lets what is in the box win; nacre undo has what\n"
			"it replaced. The kernel's change time (ctime) of a file tells, so a file\n"
			"that was only touched or got a further hard link counts as changed.",
	},
	{
		.name = "commit-refused",
		.title = "some cannot be applied, so none was",
		.fix = "see to each path, or name only those that can be applied",
		.text = "A commit looks at every path before it touches any: whether its "
			"directory\n"
			"may be written, whether what is replaced may be moved away, whether its\n"
			"owner can be given, whether there is room. The facts say for each path\n"
			"what stands in the way. Nothing was applied.",
	},
	{
		.name = "commit-no-base",
		.title = "there is no such directory",
		.fix = "make it and commit again, or take the changes along with nacre export",
		.text = "The changes were made over a directory that is gone since, or at a "
			"place\n"
			"that only the box has: an overlay where the base has nothing. To work on\n"
			"a directory of the host in a box over a root directory, bind it first "
			"and\n"
			"overlay that: -b DIR:/src -o /src. Its changes are then those of DIR.",
	},
	{
		.name = "commit-locked",
		.title = "somebody else commits to the same place",
		.fix = "wait until that has ended",
		.text = "For the time of a commit or an undo nacre holds a lock (flock) on the\n"
			"directory of the base that it changes. The facts name the process, as "
			"far\n"
			"as /proc/locks tells it. The lock ends with the process, however that\n"
			"ends.",
	},
	{
		.name = "commit-unfinished",
		.title = "a commit or an undo was killed and cannot be finished now",
		.fix = "see to what the facts say, then try again",
		.text = "What a killed commit or undo left is finished or taken back before the\n"
			"next one begins. That was refused here: a directory may no longer be\n"
			"written, or a file that it had moved is gone. The base is whole in any\n"
			"case: each file in it is either the former or the new one.",
	},
	{
		.name = "box-used-meanwhile",
		.title = "the box was run or committed while its changes were looked at",
		.fix = "look at it anew",
		.text = "Changes are listed without a lock, since that may take a while and you\n"
			"may think about them for long. When it comes to applying or dropping\n"
			"them the box must be as it was. It is not; nothing was done.",
	},
	{
		.name = "from-other-base",
		.title = "the box is not one over the host's own places",
		.fix = "let its owner commit it, or apply nacre diff with patch(1)",
		.text = "With --from the record of somebody else's box says where each change "
			"goes.\n"
			"Only a box over the host's / is taken, in which each place stands for\n"
			"itself: then the paths that are shown are those that are written.",
	},
	{
		.name = "undo-conflict",
		.title = "what was committed has been changed since",
		.fix = "see to the paths, or take --force",
		.text = "To take a commit back is to put there again what was there before. What\n"
			"somebody has changed since the commit would be lost, so nothing was "
			"taken\n"
			"back. --force takes it back all the same; what is there now then goes to\n"
			"the box.",
	},
	{
		.name = "undo-unknown",
		.title = "there is no such commit",
		.fix = "nacre undo --list names them",
		.text = "A commit has an ID as long as it can be taken back: until that is done,\n"
			"or nacre gc finds it older than 30 days.",
	},
	{
		.name = "undo-none",
		.title = "there is no commit to take back",
		.fix = "nacre undo --list lists them",
		.text = "Every nacre commit that applied something can be taken back once.",
	},
	{
		.name = "undo-journal",
		.title = "the journal of a commit cannot be read",
		.fix = "nacre undo --list lists the others",
		.text = "The directory of a commit holds a journal, which says where each file\n"
			"came from (docs/undo-format.md). This one was cut or changed, or a later\n"
			"version of nacre wrote it. What the commit replaced lies beside it.",
	},
	{
		.name = "review-missing",
		.title = "the program nacre-review cannot be executed",
		.fix = "install it; meanwhile nacre status, nacre diff and nacre commit do the "
		       "same",
		.text = "nacre review is a program of its own, because it needs a library for\n"
			"terminals (ncurses) that nothing else of nacre does. It is looked for\n"
			"beside nacre itself, then where programs are installed that others call\n"
			"(libexecdir). It is not built where libncurses-dev is missing.",
	},
	{
		.name = "review-no-terminal",
		.title = "a review needs a terminal",
		.fix = "nacre status and nacre diff show changes anywhere, nacre commit applies "
		       "them",
		.text = "Its standard input and output must be a terminal whose type, TERM, is\n"
			"known (terminfo(5)) and that can place its cursor. Over ssh, -t gives\n"
			"one to a command.",
	},
	{ 0 },
};
