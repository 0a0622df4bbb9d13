// SPDX-License-Identifier: MIT
/* Some hunks of a modified text: which there are, and the file that has only some of them. */
#ifndef NACRE_CHANGES_PARTIAL_H
#define NACRE_CHANGES_PARTIAL_H

#include "changes/changes.h"
#include "changes/hunks.h"

/* The hunks of a change into *ret, which is empty; none for what is not the change of a text. -1 with *err. */
int partial_hunks(const struct changes *c, size_t index, struct hunks *ret, struct error *err);

/*
 * Makes the file in dir_fd at the change's path below its source's root, directories too: the old content with the picked hunks,
 * and the old metadata but for the time. -1 with *err.
 */
int partial_write(const struct changes *c, size_t index, const bool *picked, int dir_fd,
		  struct error *err);

#endif
