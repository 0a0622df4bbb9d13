// SPDX-License-Identifier: MIT
/* Filling a list of changes; for the passes that make it. Pointers into the list move when it grows: keep indices. */
#ifndef NACRE_CHANGES_LIST_H
#define NACRE_CHANGES_LIST_H

#include "changes/changes.h"

/* Keeps a name; its offset in changes.names. */
uint32_t list_name(struct changes *c, const char *name);

/* A new directory; its index. The root of a source has itself as its parent and the name "". */
uint32_t list_dir(struct changes *c, uint32_t source, uint32_t parent, const char *name);

/* A new change, zeroed but for dir, name and from (NO_CHANGE). */
struct change *list_add(struct changes *c, enum change_kind kind, uint32_t dir, uint32_t name);

/* Takes what the two objects are; either may be NULL. */
void list_objects(struct change *change, const struct stat *now, const struct stat *old);

#endif
