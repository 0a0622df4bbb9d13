// SPDX-License-Identifier: MIT
/*
 * The name of an overlay's upper inside its box: its place in the box as one reversible file name.
 *
 * "/" is "root"; any other path loses its leading slash, and "/" and "%" in it become %2F and %25 ("/var/lib" is
 * "var%2Flib"). A name that would be too long for a file system (255 bytes) is cut and ends in "%" and a hash; then only the
 * box's record tells the place. See docs/box-format.md.
 */
#ifndef NACRE_ENTER_SLOT_H
#define NACRE_ENTER_SLOT_H

#include "base/arena.h"

const char *slot_name(struct arena *arena, const char *dst);

#endif
