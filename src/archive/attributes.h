// SPDX-License-Identifier: MIT
/* Attributes and ACLs of an object, for its entry in a tar. */
#ifndef NACRE_ARCHIVE_ATTRIBUTES_H
#define NACRE_ARCHIVE_ATTRIBUTES_H

#include "state/record.h"

#include <stddef.h>
#include <stdint.h>

struct archive_entry;

/*
 * Of an object that is open, O_PATH being enough. Ids in ACLs become those inside the box, as its owners do. Labels of this
 * machine (security.selinux and the like) are left out. -1 with errno.
 */
int attributes_read(int fd, const struct record *record, struct archive_entry *entry);

/* An id as it is inside the box; one that it has no id for stays. */
int64_t id_inside(const struct record_range *ranges, size_t count, uint32_t id);

#endif
