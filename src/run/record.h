// SPDX-License-Identifier: MIT
/* The record of a box: versioned text that says what its uppers belong to. See docs/box-format.md. */
#ifndef NACRE_RUN_RECORD_H
#define NACRE_RUN_RECORD_H

#include "plan/plan.h"

/* The whole record of a plan. name is the box's. */
void record_format(const struct plan *plan, const char *name, struct text *out);

/* Writes it as dir_fd/record, by a temporary name and a rename. -1 with errno. */
int record_write(int dir_fd, const struct plan *plan, const char *name);

#endif
