// SPDX-License-Identifier: MIT
/*
 * What a member takes on, as the box's keeper says: ids, capabilities, the environment that the box gives, where it starts, the
 * set-up command. It comes with the way in as a file in memory, so that whoever joins becomes what the first one became, whatever has
 * changed outside since: the displays, the maps, the profile that the box was made from.
 *
 * A confinement that a command gets once it is in the box belongs here.
 */
#ifndef NACRE_RUN_TERMS_H
#define NACRE_RUN_TERMS_H

#include "plan/plan.h"
#include "run/key.h"

struct error;

/* The terms of a box that lives by the prepared plan. A sealed memfd; -1 with errno. */
int terms_make(const struct plan *plan, const struct secret *secret);
/* The secret in them. False: they are no terms. */
bool terms_secret(int fd, struct secret *ret);

/*
 * Into a plan of whoever joins: its identity, capabilities, environment, working directory and where others are, set-up command
 * and plan->options become the box's; the rest stays. Strings live in its arena. -1 with *err: not written by this version of nacre.
 */
int terms_take(int fd, struct plan *plan, struct error *err);

#endif
