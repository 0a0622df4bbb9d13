// SPDX-License-Identifier: MIT
/*
 * Overlays: layers handed over one by one, then what came out is looked at.
 *
 * How layers are handed over, best first; the first layer of a run finds out, not a version:
 *   1  fsconfig(SET_FD) of an O_PATH descriptor (6.15): nothing to escape, no length limit, a failure names the layer
 *   2  fsconfig(SET_STRING) of "/proc/self/fd/N" with lowerdir+ (6.7)
 *   3  mount(2) with one option string of such paths, below its 4095 bytes
 *
 * Always: userxattr (else removing a lower directory is EIO half way), nosuid and nodev.
 */
#ifndef NACRE_ENTER_OVERLAY_H
#define NACRE_ENTER_OVERLAY_H

#include "enter/site.h"

/* The overlay of a step, detached. -1 with *err. */
int overlay_mount(struct site *site, const struct step *step, struct error *err);

#endif
