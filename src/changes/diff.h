// SPDX-License-Identifier: MIT
/* The picked changes of a list as one patch, or as its summary. */
#ifndef NACRE_CHANGES_DIFF_H
#define NACRE_CHANGES_DIFF_H

#include "changes/changes.h"
#include "changes/patch.h"

/* Takes a piece of the text; false: nobody wants the rest. */
typedef bool (*diff_sink)(void *arg, const char *bytes, size_t n);

/*
 * Names in the patch are relative to dir (absolute and clean): what is not below it is left out. Directories are told of when
 * they are empty, or when more than their being there changed.
 */
int diff_patch(const struct changes *c, const char *dir, const struct patch_options *options,
	       diff_sink sink, void *arg, struct error *err);

/* The patch of one change, and of all inside of it. */
int diff_one(const struct changes *c, size_t index, const char *dir,
	     const struct patch_options *options, struct text *out, struct error *err);

/* As git diff --stat. width: columns. */
int diff_stat(const struct changes *c, const char *dir, const struct patch_options *options,
	      size_t width, struct text *out, struct error *err);

/* The directory that all picked changes are below: cwd when that holds, else "/". */
const char *diff_dir(const struct changes *c, const char *cwd);

#endif
