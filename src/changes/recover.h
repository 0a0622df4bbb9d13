// SPDX-License-Identifier: MIT
/*
 * Commits and undos that were killed. Where each object of the journal lies tells how far they came: when all that was to be
 * applied is in the base, the commit is finished; else it is taken back. An undo goes on.
 */
#ifndef NACRE_CHANGES_RECOVER_H
#define NACRE_CHANGES_RECOVER_H

#include <stdbool.h>

struct error;

/*
 * Sees to every one of the store store_fd that nobody works on any more. To be called before a commit or an undo. 0: there
 * was nothing to do; RECOVERED; -1 with *err: it cannot be done now ("commit-unfinished").
 */
enum { RECOVERED = 1 };
int recover_all(int store_fd, struct error *err);

/* The same for those of one box. */
int recover_box(int store_fd, const char *box, struct error *err);

/* True when there may be something to do for that box. */
bool recover_pending(int store_fd, const char *box);

#endif
