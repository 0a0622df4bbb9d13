// SPDX-License-Identifier: MIT
/* The patch of a box's changes on stdout: in colour and through a pager where those are of use. */
#ifndef NACRE_VERBS_PATCH_H
#define NACRE_VERBS_PATCH_H

#include "nacre.h"

/* Whether stdout gets colours: by --color, the environment, and what stdout is. */
bool in_colour(const struct nacre_output *output);

/* 0; PATCH_BROKEN_OUTPUT with errno when stdout is broken; -1 with *error. */
enum { PATCH_BROKEN_OUTPUT = 1 };
int patch_show(struct nacre_changes *changes, const struct nacre_output *output,
	       struct nacre_error *error);

#endif
