// SPDX-License-Identifier: MIT
/*
 * Plan to kernel: the steps, applied in order, then the swap of the roots.
 *
 *   root_build   every step; the first one with the destination "/" makes the root
 *   root_enter   chdir into the root, pivot_root(".", "."), drop the old root
 *
 * When: in the child, in its own namespaces, with all capabilities there. May still: read host paths, through the old root.
 * Must not: follow a link out of the new root, leave anything on the host, print.
 */
#ifndef NACRE_ENTER_APPLY_H
#define NACRE_ENTER_APPLY_H

#include "enter/site.h"

/* Called before each step, for --verbose; NULL for none. */
typedef void (*step_trace)(const struct plan *plan, size_t index);

int root_build(struct site *site, step_trace trace, struct error *err);
int root_enter(struct site *site, struct error *err);

#endif
