// SPDX-License-Identifier: MIT
/*
 * The entries of a tar, made in a tree. A tar is taken whole or not at all: what could write elsewhere, or what no plain user
 * can make, is an error and ends the import.
 *
 *   archive-unsafe   an absolute name, "..", a name or a hard link that leads through a symbolic link or out of the tree
 *   archive-limits   a name longer than the kernel takes
 *   archive-device   a device, or a type that is not known
 *
 * A name that comes twice is what the later entry says, as with tar. OCI layers say in names what they take away (whiteouts):
 * ".wh.NAME" that a lower layer's NAME is gone, ".wh..wh..opq" that all is that lower layers have in the directory.
 */
#ifndef NACRE_ARCHIVE_UNPACK_H
#define NACRE_ARCHIVE_UNPACK_H

#include "archive/tree.h"

struct error;
struct reader;

/*
 * A tree that stays one layer above others: whiteouts become overlayfs's (a character device 0:0, an opaque directory), which
 * must not be in a directory that hides the lower layers already.
 */
int unpack_layer(struct reader *r, struct tree *t, struct error *err);

/*
 * One of several layers that become one tree, the lowest first: whiteouts take away what is there. They mean the layers below
 * theirs, wherever they stand in it: so each layer is read twice, first for these, by unpack_whiteouts().
 */
int unpack_whiteouts(struct reader *r, struct tree *t, struct error *err);
int unpack_over(struct reader *r, struct tree *t, struct error *err);

#endif
