// SPDX-License-Identifier: MIT
/*
 * Removing trees: what overlayfs and a box left, whatever is in them.
 *
 * Symbolic links are never followed, and a mount that is met is an error: what is mounted below a
 * box is not the box's. Directories of ours that we may not read or write are made u+rwx first, as
 * overlayfs leaves its work/work with mode 000. A tree may be deeper than there are descriptors. An
 * error's object is the path from dir_fd; its call is CALL_STATE. What was removed before an error
 * stays removed.
 */
#ifndef NACRE_BASE_REMOVE_H
#define NACRE_BASE_REMOVE_H

struct error;

/* Removes name (one component) in dir_fd and all below it. A name that is missing is success. */
int remove_tree(int dir_fd, const char *name, struct error *err);

/* Removes everything in dir_fd, but not the directory; its mode becomes u+rwx. */
int remove_contents(int dir_fd, struct error *err);

#endif
