// SPDX-License-Identifier: MIT
/*
 * nacre-archive: the verbs of nacre that need libarchive, in a program of their own, so that the runner needs no library.
 *
 *   nacre import …  →  nacre-archive import …      a tar or an OCI image becomes a layer
 *   nacre export …  →  nacre-archive export …      what a box wrote becomes a tar
 *
 * It is executed by nacre in its place (api/layers.c), reads the same words with the same table, and prints like it.
 *
 *   reader      a tar, its entries and their content                     tree        directories that are unpacked into
 *   unpack      entries to objects: checks, whiteouts                    metadata    what an entry says of its object
 *   image       an OCI layout: which tars are the image's layers         import      all of them
 *   pack        objects to entries                                       view        a directory as a box saw it
 *   output      where the tar goes                                       export      all of them
 */
#include "archive/job.h"

#include "base/cleanup.h"
#include "nacre.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

static const struct job {
	const char *verb;
	int (*run)(struct nacre_plan *plan, struct nacre_error *error);
} jobs[] = {
	{ "import", job_import },
	{ "export", job_export },
};

/* The status. */
static int run(const struct job *job, int argc, char **argv)
{
	struct nacre_plan *plan = nacre_plan_new();
	struct nacre_error *error = nacre_error_new();
	int status = 0, answer = nacre_plan_read(plan, job->verb, argc, argv, error);

	nacre_plan_own_process(plan);
	/* nacre prints the help itself. */
	if (answer < 0 || (answer != NACRE_HELP && job->run(plan, error) < 0)) {
		char *text = nacre_error_text(error, plan, false);

		(void)fputs(text, stderr);
		free(text);
		status = nacre_error_status(error, NULL);
	}
	nacre_error_free(error);
	nacre_plan_free(plan);
	return status;
}

int main(int argc, char **argv)
{
	/* Names in archives are UTF-8 or bytes; without a locale of UTF-8 libarchive would refuse the former. */
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		(void)setlocale(LC_CTYPE, "");
	for (size_t i = 0; argc > 1 && i < ARRAY_LEN(jobs); i++)
		if (strcmp(jobs[i].verb, argv[1]) == 0)
			return run(&jobs[i], argc - 2, argv + 2);
	(void)fputs("nacre-archive is a part of nacre: see nacre-import(1), nacre-export(1)\n",
		    stderr);
	return 125;
}
