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
		.title = "somebody else has changed what the box changed",
		.fix = "name the paths that shall be applied, or take --force",
		.text = "A file of the base that was changed, made or removed after the box began\n"
			"would be overwritten by what the box made of its old content. So nothing "
			"is\n"
			"applied, and the paths are listed. What the box has only read is not "
			"known:\n"
			"a change there is no conflict. --force replaces what is there now; nacre\n"
			"undo brings it back.",
	},
	{
		.name = "commit-refused",
		.title = "the base does not let the changes in",
		.fix = "leave those changes out, or let root do it: nacre commit --from DIR",
		.text = "Before anything is touched nacre looks at every directory that a commit\n"
			"would change: whether you may write there, what is mounted there, "
			"whether\n"
			"there is room, whether an owner can be given away. All that stands in "
			"the\n"
			"way is listed at once, and nothing has been changed.",
	},
	{
		.name = "commit-locked",
		.title = "another commit or undo is at work on the same directory",
		.fix = "wait until it ends",
		.text = "Two commits to one base at once could take from one another what they\n"
			"have seen. nacre holds a lock (flock(2)) on the base's directory, and on\n"
			"the directory of the commit, while it works; it is gone as soon as the\n"
			"process is.",
	},
	{
		.name = "commit-unfinished",
		.title = "an interrupted commit or undo cannot be brought to its end",
		.fix = "see to the cause, then run nacre undo --list: it goes on by itself",
		.text = "A commit that was killed is finished, or taken back, by the next commit "
			"or\n"
			"undo. When that fails too (a disk is not mounted, a directory is not\n"
			"writable any more), nothing is lost: the journal and all that was "
			"displaced\n"
			"are kept until it can be done.",
	},
	{
		.name = "undo-conflict",
		.title = "the base was changed after the commit",
		.fix = "see to them, or take --force",
		.text = "An undo puts back what a commit replaced. Where somebody has changed "
			"what\n"
			"the commit made, or a later commit has, that would be lost: so nothing "
			"is\n"
			"done, and the paths are listed. Undo later commits first, the latest one\n"
			"before the others. --force gives up what was changed.",
	},
	{
		.name = "undo-none",
		.title = "no commit is kept that could be taken back",
		.fix = "nacre commit NAME makes one",
		.text = "A commit keeps what it displaced until it is undone or given up. There "
			"is\n"
			"none: nothing was committed by this user, or all of it is settled.",
	},
	{
		.name = "undo-unknown",
		.title = "no commit of that name is kept",
		.fix = "nacre undo --list shows them",
		.text = "A commit has a number and the name of its box, as in 0007-fix. It is "
			"gone\n"
			"when it was undone or given up.",
	},
	{
		.name = "undo-journal",
		.title = "the journal of a commit cannot be read",
		.fix = "put back by hand what lies beside it, as docs/undo-format.md says",
		.text = "What a commit did is in the file journal below undo/ in the directory of\n"
			"the boxes. It was cut, edited, or written by another version of nacre. "
			"What\n"
			"was displaced lies beside it, each object under its number; the format "
			"is\n"
			"described in docs/undo-format.md.",
	},
	{ 0 },
};
