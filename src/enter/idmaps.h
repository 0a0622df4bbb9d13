// SPDX-License-Identifier: MIT
/*
 * Ids: which map a plan needs, and writing it.
 *
 *   idmaps_resolve      outside, before anything: fills identity.uids and .gids, reads /etc/subuid for a range
 *   idmaps_write_own    in the child, for a map of one id: the kernel allows it to the process itself
 *   idmaps_write_child  in the parent, for everything else: directly as root, else by newuidmap and newgidmap
 *   idmaps_enter        no run: a verb that has to do with files that a box left
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

/*
 * Puts the calling process into a user namespace in which the ids that these ranges name outside, and its own, are mapped to
 * themselves: there it may read, move and remove what they own, whatever the modes (CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_CHOWN).
 * Ranges may overlap. For root there is nothing to do. When it fails, the process is where it was.
 */
int idmaps_enter(const struct id_range *uids, size_t uid_count, const struct id_range *gids,
		 size_t gid_count, struct error *err);

#endif
