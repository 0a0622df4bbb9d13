// SPDX-License-Identifier: MIT
/* Filters of system calls that the caller has compiled (seccomp(2)). */
#ifndef NACRE_ENTER_FILTER_H
#define NACRE_ENTER_FILTER_H

#include "plan/life.h"

struct error;

/* Loads them in order, for this process and all it starts. Needs no_new_privs. */
int filters_load(const struct life *life, struct error *err);

#endif
