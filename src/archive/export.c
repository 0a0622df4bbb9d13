// SPDX-License-Identifier: MIT
/* nacre export: what a box changed as a layer of an OCI image, or a directory as the box saw it as a plain tar. */
#include "api/changes.h"
#include "archive/job.h"
#include "archive/output.h"
#include "archive/pack.h"
#include "archive/view.h"
#include "base/cleanup.h"
#include "base/path.h"
#include "nacre.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void free_changes(struct nacre_changes **changes)
{
	nacre_changes_free(*changes);
}

static int check_words(const struct plan *plan, struct error *err)
{
	if (plan->argv.count <= 1 && plan->ask.output)
		return 0;
	(void)fail(err, ERROR_USAGE, 0,
		   plan->ask.output ? "export takes one box" : "export needs a file to write");
	error_explain(err, "usage-words", NULL,
		      "write nacre export [NAME] -o FILE, or -o - for a pipe");
	return -1;
}

static int pack_box(const struct nacre_changes *ch, struct pack *pack, struct error *err)
{
	const char *plain = ch->plan->ask.plain;

	return plain ? view_walk(&ch->list, plain, pack_item, pack, err)
		     : layer_walk(&ch->list, pack_item, pack, err);
}

static void report(const struct nacre_changes *ch, const struct pack *pack)
{
	const char *output = ch->plan->ask.output;

	(void)fprintf(stderr, "nacre: box %s: %" PRIu64 " entr%s in %s\n", ch->box.name,
		      pack->entries, pack->entries == 1 ? "y" : "ies",
		      strcmp(output, "-") == 0 ? "standard output" : Q(output));
}

int job_export(struct nacre_plan *handle, struct nacre_error *error)
{
	struct plan *plan = handle->plan;
	struct error *err = &error->value;
	const char *const box[] = { plan->argv.count ? plan->argv.items[0] : NULL, NULL };
	_cleanup_(free_changes) struct nacre_changes *ch = NULL;
	_cleanup_output_ struct output output = { .dir_fd = -EBADF, .fd = -EBADF };
	_cleanup_pack_ struct pack pack = { .plain = plan->ask.plain };

	if (check_words(plan, err) < 0 || changes_handle_open(handle, box, true, &ch, err) < 0 ||
	    output_open(&plan->arena, plan->ask.output, &output, err) < 0)
		return -1;
	pack.archive = output.archive;
	pack.record = &ch->list.record;
	if (pack_box(ch, &pack, err) < 0 || output_finish(&output, err) < 0)
		return -1;
	if (!plan->output.quiet)
		report(ch, &pack);
	return 0;
}
