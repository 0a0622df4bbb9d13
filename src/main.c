// SPDX-License-Identifier: MIT
/*
 * nacre, and a map of its source.
 *
 *   base/      knows nothing about sandboxes: errors, memory, text, paths, JSON, mountinfo, copying
 *   state/     where boxes and layers are: directories, names, locks, records
 *   changes/   what a box wrote: listing, showing, applying and taking back
 *   plan/      what to do, as data: the plan, its steps, ids; checks and prints them
 *   read/      text to plan: the option table, specs, help, completions
 *   compat/    the words of other programs to plan: bwrap, nsroot, overlayns, steamns
 *   enter/     plan to kernel: lowering the base and the desktop to steps, mounts, overlays, ids, privileges
 *   run/       processes and their lives: the box's directory, parent, init, command
 *   explain/   the only home of advice: causes, probes, doctor
 *   api/       include/nacre.h over all of these
 *   archive/   tar and OCI images; a program of its own, nacre-archive
 *   verbs/     one file for each group of verbs; uses include/nacre.h alone
 *   review/    nacre-review, a program of its own for one verb
 *
 * A run goes read → prepare (ids, the base as steps, checks) → box directory → clone → steps → pivot → command → wait → report.
 */
#include "verbs/verbs.h"

#include "nacre.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*
 * A caller may start us with standard descriptors closed; the first file we open must not become somebody's output.
 * What is opened here is closed again by execve, so the command finds them as the caller left them.
 */
static void guard_standard_descriptors(void)
{
	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			(void)open("/dev/null", O_RDWR | O_CLOEXEC | O_NOCTTY);
}

static int usage(const char *name, const char *message, const char *fix)
{
	struct nacre_error *error = nacre_error_new();
	int status;

	(void)nacre_usage(error, name, message, fix);
	status = verb_fail(error, NULL, false);
	nacre_error_free(error);
	return status;
}

static int unknown_verb(const char *word)
{
	const char *nearest = nacre_nearest_verb(word);
	char message[160], fix[160] = "nacre help lists the verbs";

	(void)snprintf(message, sizeof(message), "there is no verb \"%.80s\"", word);
	for (char *c = message; *c; c++)
		if ((unsigned char)*c < ' ' || (unsigned char)*c >= 0x7f)
			*c = '?';
	if (nearest)
		(void)snprintf(fix, sizeof(fix), "did you mean nacre %s?", nearest);
	return usage("usage-unknown-verb", message, fix);
}

int main(int argc, char **argv)
{
	int status;

	guard_standard_descriptors();
	/* Ignored, as some who start us have it, statuses are lost (wait(2)). */
	(void)signal(SIGCHLD, SIG_DFL);
	if (argc > 0 && verb_as_link(argv[0], argc, argv, &status))
		return status;
	if (argc < 2)
		return usage("usage-no-verb", "no verb given", "nacre help lists the verbs");
	if (strcmp(argv[1], "--version") == 0)
		return printf("nacre %s\n", NACRE_VERSION) < 0 ? 125 : 0;
	if (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0)
		return verb_print(nacre_help(NULL), 0);
	for (const struct verb *v = verbs; v->name; v++)
		if (strcmp(v->name, argv[1]) == 0)
			return v->run(argc - 1, argv + 1);
	return unknown_verb(argv[1]);
}
