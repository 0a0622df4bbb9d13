// SPDX-License-Identifier: MIT
/*
 * The floor: starts a command in a sandbox with the system calls of a scenario and nothing else.
 * What nacre and its peers cost is given as a ratio to it. No options, no parsing, no messages,
 * no C library.
 *
 *	floor SCENARIO plain|init UID_MAP GID_MAP STAGE COMMAND [WORD...]
 *
 *	outside		host only: makes the upper and work directories
 *	  clone		all namespaces at once; VM|VFORK, so that no page table is copied
 *	inside		maps its own ids, sets up (floor_steps.c), then
 *	  plain		becomes the command, which is PID 1 where there is a pid namespace
 *	  init		stays as PID 1, starts the command and waits for it
 *	outside		waits; host only: removes the upper and work directories
 *
 * It must not do what a sandbox has to do beyond its scenario: drop capabilities, filter system
 * calls, close descriptors, forward signals.
 */
#include <linux/sched.h>
#include <linux/signal.h>

#include "floor_kernel.h"
#include "floor_steps.h"

struct scenario {
	const char *name;
	unsigned long namespaces; /* CLONE_NEW* */
	void (*set_up)(const char *stage, char **words); /* inside */
	void (*before)(char **words); /* outside, or NULL */
	void (*after)(char **words); /* outside, or NULL */
};

struct job {
	const struct scenario *scenario;
	const char *uid_map, *gid_map, *stage;
	char *command[2]; /* its argv */
	char **environment;
	char **words; /* the scenario's own, up to a NULL */
	char *command_stack; /* where the command starts, or NULL: this process becomes it */
};

/* Every namespace but the network's, which is dearer than all the others together. */
#define ALL_BUT_NET \
	(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP)

static const struct scenario scenarios[] = {
	{ "bare", CLONE_NEWUSER | CLONE_NEWNS, set_up_bare, 0, 0 },
	{ "full", ALL_BUT_NET | CLONE_NEWNET, set_up_full, 0, 0 },
	{ "binds", CLONE_NEWUSER | CLONE_NEWNS, set_up_binds, 0, 0 },
	{ "overlay", CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID, set_up_overlay, 0, 0 },
	{ "host", ALL_BUT_NET, set_up_host, make_uppers, remove_uppers },
	{ 0, 0, 0, 0, 0 },
};

static int same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

static const struct scenario *find_scenario(const char *name)
{
	const struct scenario *s = scenarios;

	while (s->name && !same(s->name, name))
		s++;
	return s->name ? s : 0;
}

/* The exit status of a child, as a shell gives it. */
static int wait_for(long pid)
{
	int status = 0;

	must(wait4, pid, &status, 0, 0);
	return status & 0x7f ? 128 + (status & 0x7f) : status >> 8 & 0xff;
}

static int become_command(void *argument)
{
	struct job *job = argument;

	return (int)-call(execve, job->command[0], job->command, job->environment);
}

static int inside(void *argument)
{
	struct job *job = argument;

	map_ids(job->uid_map, job->gid_map);
	job->scenario->set_up(job->stage, job->words);
	if (!job->command_stack)
		return become_command(job);
	return wait_for(succeed(
		spawn(CLONE_VM | CLONE_VFORK | SIGCHLD, job->command_stack, become_command, job)));
}

static int outside(struct job *job, char *stack)
{
	const struct scenario *scenario = job->scenario;
	int status;

	if (scenario->before)
		scenario->before(job->words);
	status = wait_for(succeed(spawn(scenario->namespaces | CLONE_VM | CLONE_VFORK | SIGCHLD,
					stack, inside, job)));
	if (scenario->after)
		scenario->after(job->words);
	return status;
}

int program(int argc, char **argv, char **environment)
{
	_Alignas(16) char stacks[2][4096];
	const struct scenario *scenario = argc < 7 ? 0 : find_scenario(argv[1]);
	struct job job = {
		.scenario = scenario,
		.uid_map = argv[3],
		.gid_map = argv[4],
		.stage = argv[5],
		.command = { argv[6], 0 },
		.environment = environment,
		.words = argv + 7,
	};

	if (!scenario)
		return 2;
	if (same(argv[2], "init"))
		job.command_stack = stacks[0] + sizeof(stacks[0]);
	return outside(&job, stacks[1] + sizeof(stacks[1]));
}
