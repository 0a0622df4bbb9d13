// SPDX-License-Identifier: MIT
/*
 * A name for the command's ids: --passwd.
 *
 * A root directory seldom knows the ids of the host, and programs such as ssh(1) refuse to run for a user without an entry in
 * passwd(5). So a file lies over the box's own that has one line more. Which lines are there is only known in the box, where the layers and
 * what it wrote itself lie over one another: hence the step reads there, by RESOLVE_IN_ROOT.
 */
#ifndef NACRE_ENTER_ACCOUNT_H
#define NACRE_ENTER_ACCOUNT_H

#include "enter/site.h"

/* Adds the steps for /etc/passwd and /etc/group to plan->asked. Needs the ids inside. */
void account_add(struct plan *plan);

/* Applies one: nothing when the id has a line already. */
int account_apply(struct site *site, size_t index, struct error *err);

#endif
