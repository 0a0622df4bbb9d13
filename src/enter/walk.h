// SPDX-License-Identifier: MIT
/*
 * Where a path of the host leads, for a path that somebody else may have prepared.
 *
 * Sockets of a session lie in directories where everybody can write, such as /tmp/.X11-unix. What is bound into a box is given
 * away, so a link that another user left there must not choose it. The kernel refuses such a link only as the last component, and
 * only with fs.protected_symlinks (proc(5)); here its rule holds for all of them: in a sticky directory that everybody may write, a link
 * is followed when it is the caller's or the directory's owner's.
 */
#ifndef NACRE_ENTER_WALK_H
#define NACRE_ENTER_WALK_H

struct arena;

/* The absolute path without its links; NULL when it leads nowhere, with the reason in words. */
const char *walk_links(struct arena *arena, const char *path, const char **ret_reason);

#endif
