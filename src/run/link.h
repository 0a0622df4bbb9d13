// SPDX-License-Identifier: MIT
/*
 * The link by which other programs find the namespaces of a living box, and by which those of others are found.
 *
 *   PATH        -> BOX/ns                  plan->link; removed when the box ends
 *   BOX/ns      a directory with user, mnt, pid…
 *   BOX/ns/pid  -> /proc/KEEPER/fd/N       the keeper's descriptors: init is not dumpable, so /proc/INIT/ns is root's (namespaces(7))
 *
 * /proc/PID/ns has the same names, so a link to that of anybody else's process is as good to who joins by a link.
 */
#ifndef NACRE_RUN_LINK_H
#define NACRE_RUN_LINK_H

#include "plan/plan.h"
#include "run/live.h"

struct error;

/* Makes both, in the place of what a killed keeper of this box left. way has the namespaces that the plan unshares. -1 with *err. */
int link_make(const struct plan *plan, const char *box_path, int dir_fd, const struct live_way *way,
	      struct error *err);

/* Removes the link at path if it leads to that box. */
void link_remove(const char *path, const char *box_path);

enum link_state {
	LINK_NONE, /* nothing is there */
	LINK_OWN, /* it leads to one of those boxes, living or not */
	LINK_LIVE, /* it leads to namespaces */
	LINK_STALE, /* it led to namespaces that are gone */
	LINK_OTHER, /* something else */
};

/* What lies at path. box_paths: where the box may be that a link at path is of, with NULLs for none. */
enum link_state link_look(const char *path, const char *const *box_paths, size_t count);

/* The user, mount and pid namespace at path as a way in, without a pidfd. *ret is to be released. -1 with errno. */
int link_open(const char *path, struct live_way *ret);

#endif
