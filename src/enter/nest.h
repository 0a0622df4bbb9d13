// SPDX-License-Identifier: MIT
/*
 * No more user namespaces for the command: user.max_user_namespaces of the box's namespace is set to 1, and the process goes into
 * that one, where it has no rights over the first (user_namespaces(7), namespaces(7)).
 */
#ifndef NACRE_ENTER_NEST_H
#define NACRE_ENTER_NEST_H

#include "plan/plan.h"

/* proc_fd: a /proc that was there before the root was changed, O_PATH. The calling process shares its memory with nobody. */
int nest_last_userns(const struct plan *plan, int proc_fd, struct error *err);

/* 0 when no user namespace can be made from here; -1, in one. */
int nest_assert(struct error *err);

#endif
