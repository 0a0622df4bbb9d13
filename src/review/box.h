// SPDX-License-Identifier: MIT
/* The box that is looked at: all that is asked of nacre.h about changes is here. */
#ifndef NACRE_REVIEW_BOX_H
#define NACRE_REVIEW_BOX_H

#include "nacre.h"

#include "review/page.h"
#include "review/tree.h"

struct box {
	struct nacre_plan *plan;
	struct nacre_error *error; /* of the last function here that returned -1 */
	struct nacre_changes *changes;
	struct tree tree;
	char *cwd, *home; /* NULL where there is none */
};

void box_init(struct box *b);
void box_release(struct box *b);

/* Reads the words behind the verb. NACRE_HELP is an answer. */
int box_words(struct box *b, int argc, char **argv);

/* Reads the changes, or reads them anew: what was taken, opened and folded stays so. utf8: as in cells.h. */
int box_read(struct box *b, bool utf8);

/* The path of a node as its user would type it. */
void box_shown(struct box *b, uint32_t node, struct text *out);

/* The content of a leaf as lines. */
int box_patch(struct box *b, uint32_t node, struct page *p);

/*
 * Applies what is taken, or drops what is in a node. The result's strings are the caller's. NACRE_CONFLICTS is an answer. In any
 * case the list is used up: box_read() comes next.
 */
int box_apply(struct box *b, const struct nacre_commit_options *options,
	      struct nacre_commit_result *result);
int box_drop(struct box *b, uint32_t node, struct nacre_commit_result *result);

#endif
