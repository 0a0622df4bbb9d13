// SPDX-License-Identifier: MIT
/* Which added file is a deleted one under another name: a guess for people, as the upper does not say. */
#ifndef NACRE_CHANGES_RENAME_H
#define NACRE_CHANGES_RENAME_H

#include "changes/changes.h"

/*
 * Turns an added file with the bytes, the size and the time of a deleted one into CHANGE_RENAMED; the deleted one gets
 * CHANGE_SOURCE. What cannot be read is left as it is. Files inside of whole directories are not looked at.
 */
void changes_find_renames(struct changes *c);

#endif
