// SPDX-License-Identifier: MIT
/*
 * The command in a second user and mount namespace, for plans that leave it capabilities over mounts.
 *
 * Capabilities in the namespace that made the mounts could undo every read-only bind and every mask; one namespace further in,
 * all of them are locked (mount_namespaces(7)). Ids are mapped to themselves. The maps of a range must be written from the
 * outer namespace, so this child is a plain one, waits for them, and reports by a pipe.
 *
 * In a box that lives each member's command gets its own: what one of them mounts is not seen by the others.
 */
#ifndef NACRE_RUN_SECOND_H
#define NACRE_RUN_SECOND_H

#include "run/inside.h"

pid_t second_start(const struct inside *in, char *const *env, struct error *err);

/*
 * A /proc of the calling process's pid namespace that is attached nowhere: the box's own may be missing or masked. The kernel gives one only
 * where another is seen (mount_too_revealing), so before the host's goes; without a pid namespace of its own it is the host's. -1 with errno.
 */
int second_proc(const struct plan *plan);

#endif
