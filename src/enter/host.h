// SPDX-License-Identifier: MIT
/*
 * Lowering: the base, the defaults and what the user asked for, as one list of steps.
 *
 *   1  the base as steps         compose.c: overlays, skeletons, binds (nothing when an asked step makes "/")
 *   2  /proc, /dev, /sys          unless no_defaults or asked for by the user
 *   3  the mask over the boxes
 *   4  the user's steps, in order
 *   5  the seal: a root that nacre built becomes read-only
 *
 * Reads the host; changes nothing.
 */
#ifndef NACRE_ENTER_HOST_H
#define NACRE_ENTER_HOST_H

#include "plan/plan.h"

/* True for a step that is the root itself: as the first one it replaces the base. */
bool host_makes_root(const struct step *step);

/* Where the directory that holds the boxes is seen in that of dir_fd, as a path from there ("/home/…"); NULL when it is not in it. */
const char *host_state_below(struct plan *plan, int dir_fd, const char *state_dir);

/* Fills plan->steps and plan->notes. state_dir is the directory that holds the boxes, or NULL. */
int host_lower(struct plan *plan, const char *state_dir, struct error *err);

#endif
