// SPDX-License-Identifier: MIT
/*
 * Mount points that are not there.
 *
 * A step may name a place that neither the base nor a layer has. It must not be made in a tree of the user, nor become a change
 * of the box; so the reader of the plan looks for such places first, and they become entries of the seed layer of the
 * overlay that covers them, or names in a tmpfs of ours.
 */
#ifndef NACRE_ENTER_POINTS_H
#define NACRE_ENTER_POINTS_H

#include "enter/compose.h"

/* Fills c->points with the destinations of `asked` and of the defaults that the base lacks. Before composing. */
void points_in_base(struct composition *c);

/* True when the host's /etc/resolv.conf shall be shown: a root directory on the host's network. */
bool resolver_wanted(const struct composition *c);

/* Adds entries to the seed layers of asked overlays for later steps below them. After all steps are listed. */
void points_in_overlays(struct plan *plan);

#endif
