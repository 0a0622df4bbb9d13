// SPDX-License-Identifier: MIT
/*
 * Giving privileges up, in the child that will become the command.
 *
 *   no_new_privs      first: nothing that is executed later gains anything (and a filter may be loaded)
 *   session keyring   a new one: the caller's keys are not readable inside
 *   bounding, ambient, inheritable set cleared; ids taken; then the permitted set
 *   terminal filter   TIOCSTI and TIOCLINUX refused, when the caller has a terminal
 *
 * A root in the box keeps what containers usually keep; never CAP_SYS_ADMIN unless asked for, and then the command sits in a
 * second user namespace, so that no mount of ours can be undone (mount_namespaces(7): they are locked there).
 */
#ifndef NACRE_ENTER_PRIVILEGE_H
#define NACRE_ENTER_PRIVILEGE_H

#include "plan/plan.h"

/* The capabilities that the command of this plan has: bit n = capability n. */
uint64_t privilege_mask(const struct plan *plan);

/* True when the command must sit in a second user namespace because of what it keeps. */
bool privilege_needs_second(const struct plan *plan);

/*
 * Becomes the command's user and group. A raw map may give the command another id than the caller's: then the set-up runs as the
 * caller, unless the map lacks the caller's id, as nobody without a mapped id can make a file (EOVERFLOW).
 */
int privilege_take_ids(const struct identity *id, struct error *err);

/* No new privileges from here on, for this process and all it starts. */
int privilege_fix(struct error *err);

/* Everything in the order above; a life (plan/life.h) keeps the caller's keyring. terminal: also load the filter. */
int privilege_drop(const struct plan *plan, bool terminal, struct error *err);

/* Init's own share: all capabilities but the one to signal its children. */
int privilege_keep_kill(struct error *err);

#endif
