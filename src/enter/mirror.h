// SPDX-License-Identifier: MIT
/*
 * Steps that are a look at the host: --root-from, --etc, --symlink-from.
 *
 * A box whose root is empty in the beginning takes over what the host has in its root and in /etc, name by name. Which names
 * these are is only known when the plan is prepared, so such an option is one step until then, and is replaced by many: nothing
 * but ordinary steps reaches the engine, and --dry-run shows them.
 */
#ifndef NACRE_ENTER_MIRROR_H
#define NACRE_ENTER_MIRROR_H

#include "plan/plan.h"

/*
 * Replaces them in plan->asked. state_dir is the directory that holds the boxes, or NULL: where a mirrored directory shows it, it is
 * hidden. Reads the host; changes nothing.
 */
int mirror_settle(struct plan *plan, const char *state_dir, struct error *err);

#endif
