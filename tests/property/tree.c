// SPDX-License-Identifier: MIT
/*
 * The property of changes, and the tool that it is tested with.
 *
 * Let BASE be a tree, let some program work on it in a box, and let BOX be what the box then shows. Then
 *
 *	status		lists the true differences of BASE and BOX, each once and nothing else
 *	export		unpacked over a copy of BASE by GNU tar, gives BOX, but for sockets
 *	commit		makes BOX of the base; afterwards status lists nothing
 *	undo		makes BASE of it again, and the same status
 *	discard		leaves BASE as it is and status empty
 *
 * where two trees are the same when their canonical lists are (list.c): names, types, bytes, targets, modes, owners, times of
 * files and directories, attributes, ACLs, and which names are one file. BASE and the work come from a seed (base.c,
 * operate.c), so that a failure can be had again. Nothing here knows how an overlay looks: BASE and BOX are lists, one made
 * outside and one inside, and what is expected follows from the two alone (compare.c).
 *
 * What the box shows is the truth, with two exceptions, where a box has changed nothing and shows something else. An overlay
 * breaks hard links when it copies a file up: names of the base that were one file, and that nobody changed, stay one file. And
 * the time of a directory in which something was made and removed again may stay.
 *
 * BOX is listed in a second run of the box. In the first, a file of the base that got a second name has two inodes (the
 * overlay finds out that they are one when it is mounted the next time).
 *
 *	base SEED DIR			make BASE in DIR, which is empty
 *	operate SEED DIR COUNT ROUND	that many operations, others in each round
 *	list DIR			print the canonical list
 *	differences BASE BOX PREFIX	of two lists, as `nacre status --porcelain -z --all` prints them
 *	unequal EXPECTED ACTUAL [BASE]	the lines in which two lists differ, if any; then the status is 1.
 *					With BASE, EXPECTED is a BOX that came over it
 *	whiteouts DIR			do to DIR what a layer's archive, whose names are read from stdin,
 *					asks for besides being unpacked
 *
 * For SEED, FIRST-LAST stands for so many trees, each in a directory of DIR by its number.
 */
#include "property.h"

#include "base/cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int usage(void)
{
	(void)fputs("usage: tree base SEED DIR | operate SEED DIR COUNT ROUND | list DIR |\n"
		    "       differences BASE BOX PREFIX | unequal EXPECTED ACTUAL [BASE] | "
		    "whiteouts DIR\n",
		    stderr);
	return 2;
}

/* How much is done to a tree: nothing but making it when there is no count. */
struct task {
	const char *count, *round;
};

static int work(uint64_t seed, const struct task *task)
{
	if (!task->count)
		return make_base(seed);
	return operate(seed, (unsigned int)strtoul(task->count, NULL, 10),
		       (unsigned int)strtoul(task->round, NULL, 10));
}

/* In the working directory, or in each of the directories FIRST-LAST below it, which are made with their trees. */
static int work_on_all(const char *seeds, const struct task *task)
{
	const char *dash = strchr(seeds, '-');
	uint64_t seed = strtoull(seeds, NULL, 10),
		 last = dash ? strtoull(dash + 1, NULL, 10) : seed;
	_cleanup_fd_ int dir_fd = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int status = 0;

	if (!dash)
		return work(seed, task);
	for (; seed <= last && status == 0; seed++) {
		char name[32];

		(void)snprintf(name, sizeof(name), "%llu", (unsigned long long)seed);
		if (!task->count && mkdir(name, 0755))
			return complain("make", name);
		if (chdir(name)) {
			if (task->count && errno == EACCES)
				continue; /* an earlier round has shut it */
			return complain("enter", name);
		}
		status = work(seed, task);
		if (fchdir(dir_fd)) /* the tree's own mode may forbid ".." now */
			return complain("leave", name);
	}
	return status;
}

static int enter(const char *dir)
{
	return chdir(dir) ? complain("enter", dir) : 0;
}

int main(int argc, char **argv)
{
	const char *verb = argc > 1 ? argv[1] : "";

	(void)umask(022);
	if (strcmp(verb, "base") == 0 && argc == 4)
		return enter(argv[3]) || work_on_all(argv[2], &(struct task){ 0 });
	if (strcmp(verb, "operate") == 0 && argc == 6)
		return enter(argv[3]) || work_on_all(argv[2], &(struct task){ argv[4], argv[5] });
	if (strcmp(verb, "list") == 0 && argc == 3)
		return enter(argv[2]) || list_tree();
	if (strcmp(verb, "differences") == 0 && argc == 5)
		return print_differences(argv[2], argv[3], argv[4]);
	if (strcmp(verb, "unequal") == 0 && (argc == 4 || argc == 5))
		return print_unequal(argv[2], argv[3], argv[4]);
	if (strcmp(verb, "whiteouts") == 0 && argc == 3)
		return enter(argv[2]) || apply_whiteouts();
	return usage();
}
