// SPDX-License-Identifier: MIT
/*
 * Ids: which map a plan needs, and writing it.
 *
 *   idmaps_resolve      outside, before anything: fills identity.uids and .gids, reads /etc/subuid for a range
 *   idmaps_write_own    in the child, for a map of one id: the kernel allows it to the process itself
 *   idmaps_write_child  in the parent, for everything else: directly as root, else by newuidmap and newgidmap
 *
 * user_namespaces(7): a process without CAP_SETUID in the parent namespace may map its own id alone, and must deny
 * setgroups before the gid map.
 */
#ifndef NACRE_ENTER_IDMAPS_H
#define NACRE_ENTER_IDMAPS_H

#include "plan/plan.h"

/* Completes plan->identity for the calling user. A range that cannot be had becomes one id (identity.fallback, a note). */
int idmaps_resolve(struct plan *plan, struct error *err);

/* True when the child writes its maps itself. */
bool idmaps_by_child(const struct plan *plan);

int idmaps_write_own(const struct plan *plan, struct error *err);
int idmaps_write_child(const struct plan *plan, pid_t child, struct error *err);

#endif
