// SPDX-License-Identifier: MIT
/*
 * Subordinate ids, as /etc/subuid and /etc/subgid grant them (subuid(5)): lines OWNER:FIRST:COUNT, the owner by login name or
 * number. The files are read as they are; no name service is asked, since the runner is static.
 */
#ifndef NACRE_BASE_SUBIDS_H
#define NACRE_BASE_SUBIDS_H

#include "base/arena.h"

#include <stdint.h>
#include <sys/types.h>

struct subid_range {
	uint32_t first, count;
};

struct subids {
	VECTOR(struct subid_range) v; /* in the file's order; empty ranges left out */
};

/* The user's ranges in one of the files. A missing file grants none. */
void subids_read(struct arena *arena, const char *path, uid_t uid, struct subids *ret);

/* The login name of a user from /etc/passwd, else the number. */
const char *login_name(struct arena *arena, uid_t uid);

/* His home directory from there, or NULL. */
const char *login_home(struct arena *arena, uid_t uid);

#endif
