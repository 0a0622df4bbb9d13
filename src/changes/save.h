// SPDX-License-Identifier: MIT
/* The changes of a box as a tree that can be stacked: whiteouts and opaque directories as overlayfs writes them. */
#ifndef NACRE_CHANGES_SAVE_H
#define NACRE_CHANGES_SAVE_H

#include "changes/changes.h"

/*
 * Copies them into the empty directory to_fd, of which messages say that it is in `into`. The box stays as it is. -1 with *err;
 * what was copied is left.
 */
int changes_save(const struct changes *c, int to_fd, const char *into, struct error *err);

#endif
