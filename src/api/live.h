// SPDX-License-Identifier: MIT
/* Between the files of this folder that join and make boxes. */
#ifndef NACRE_API_LIVE_H
#define NACRE_API_LIVE_H

#include "api/handles.h"
#include "run/member.h"

/* The caller's shell where no command was given. */
void live_default_command(struct plan *plan);

/* Joins the box of a prepared plan, or makes it. *ret is to be released in any case. -1 with *err, also when it must be new and is not. */
int live_find(struct nacre_plan *plan, bool stays, struct member *ret, struct error *err);

/* The error of who must make what is there already; -1. */
int live_fail_there(const struct plan *plan, struct error *err);

#endif
