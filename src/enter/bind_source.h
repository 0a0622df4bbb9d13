// SPDX-License-Identifier: MIT
/*
 * The sources of binds.
 *
 * All but the root's own, up to SOURCES_MAX, are copied before the new root is attached on "/": from then on a path that goes through a link with ".."
 * up to the host's root would come down in the new one, which lies over it, and a recursive copy of "/" would be one of the new
 * root too. Copies are detached mounts, and nothing that a step does changes them.
 */
#ifndef NACRE_ENTER_BIND_SOURCE_H
#define NACRE_ENTER_BIND_SOURCE_H

#include "enter/site.h"

/* Opens what can be opened; what cannot is found out, and told, when its step is applied. */
void bind_sources_open(struct site *site);

/* The copy of the source of a bind, which is step `index`: a descriptor, or -1 with *err. */
int bind_source_take(struct site *site, size_t index, struct error *err);

#endif
