// SPDX-License-Identifier: MIT
/* The readers of compat/NAME.c, for their rows in compat/compat.c. */
#ifndef NACRE_COMPAT_PROGRAMS_H
#define NACRE_COMPAT_PROGRAMS_H

#include "plan/plan.h"

struct text;

int bwrap_read(struct plan *plan, int argc, char **argv, struct text *told, struct error *err);
int bwrap_status(const struct error *err);

#endif
