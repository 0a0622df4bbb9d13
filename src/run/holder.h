// SPDX-License-Identifier: MIT
/*
 * A process that holds a living box without a command of its own: the box lives until the last of those who join has left, or, when
 * nobody does, for a minute.
 *
 * When: by the creator of a box. SIGINT, SIGTERM, SIGQUIT and SIGHUP end the box with all in it.
 */
#ifndef NACRE_RUN_HOLDER_H
#define NACRE_RUN_HOLDER_H

#include "run/member.h"

/* Returns when the box in that directory is gone. *ret_status: 0, or 128 + n for signal n. -1 with *err. */
int holder_wait(struct member *m, const char *box_path, int *ret_status, struct error *err);

#endif
