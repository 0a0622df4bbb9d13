// SPDX-License-Identifier: MIT
/* Attributes and ACLs of an object, for its entry in a tar. */
#ifndef NACRE_ARCHIVE_ATTRIBUTES_H
#define NACRE_ARCHIVE_ATTRIBUTES_H

struct archive_entry;

/* Of an open file or directory. Labels of this machine (security.selinux and the like) are left out. -1 with errno. */
int attributes_read(int fd, struct archive_entry *entry);

#endif
