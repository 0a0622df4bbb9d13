// SPDX-License-Identifier: MIT
/* Going through changes one by one, as git add -p does: on stderr and stdin. */
#ifndef NACRE_VERBS_PICK_H
#define NACRE_VERBS_PICK_H

#include "nacre.h"

/*
 * Asks about each change that is meant, and hunk by hunk where the user wants that; what is left meant is what was taken.
 * *ret_taken tells how many. The end of input means no to all that is left. -1 with *error.
 */
int pick_changes(struct nacre_changes *changes, bool colour, uint64_t *ret_taken,
		 struct nacre_error *error);

#endif
