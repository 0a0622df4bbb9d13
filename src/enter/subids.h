// SPDX-License-Identifier: MIT
/* Subordinate ids from /etc/subuid and /etc/subgid (subuid(5)), by login name and by number, without NSS. */
#ifndef NACRE_ENTER_SUBIDS_H
#define NACRE_ENTER_SUBIDS_H

#include "plan/plan.h"

/* The first range of the user with at least one id. Returns 0, or 1 when there is none (an answer). */
int subids_first(const char *path, uid_t uid, struct id_range *ret);

#endif
