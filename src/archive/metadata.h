// SPDX-License-Identifier: MIT
/*
 * What an entry of an archive says of an object, given to the object that was made for it. Modes, times, user.* attributes and
 * ACLs are kept; owners only when root unpacks. Attributes are stored as the box will see them: overlayfs reserves
 * user.overlay.*, and shows user.overlay.overlay.X as user.overlay.X (Linux 6.7).
 */
#ifndef NACRE_ARCHIVE_METADATA_H
#define NACRE_ARCHIVE_METADATA_H

#include <stdint.h>

struct archive_entry;

/* What could not be kept. */
struct dropped {
	uint64_t setid; /* set-user-ID and set-group-ID bits that would mean somebody else */
	uint64_t attributes; /* security.*, trusted.*, or refused by the file system */
	uint64_t acls;
};

/* A regular file or directory, open. -1 with errno. */
int metadata_apply(int fd, struct archive_entry *entry, struct dropped *dropped);

/* A symbolic link or fifo, which cannot be opened. -1 with errno. */
int metadata_apply_at(int dir_fd, const char *name, struct archive_entry *entry,
		      struct dropped *dropped);

#endif
