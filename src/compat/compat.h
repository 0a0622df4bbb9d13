// SPDX-License-Identifier: MIT
/*
 * The programs that nacre stands in for: their words to a plan, and their statuses.
 *
 * Each is a row and a file of its own, which reads what that program reads and fills the one struct plan as read/ does for
 * our words. What is told about a failure is ours, told in that program's name.
 *
 * To add one: a file compat/NAME.c, its row in compat/compat.c, a page man/nacre-NAME.1.scd that lists what a script sees done
 * differently, cases in tests/cli/as-NAME.
 */
#ifndef NACRE_COMPAT_COMPAT_H
#define NACRE_COMPAT_COMPAT_H

#include "base/text.h"
#include "plan/plan.h"

struct compat {
	const char *name;
	/*
	 * Reads the words argv[1..argc), NULL after the last, into a new plan. COMPAT_TOLD: they asked for a text (its help, its
	 * version), which is in `told`, and nothing else is to be done. An error that a status stands for has it in
	 * err->status; what the program prints on standard output besides is in `told`.
	 */
	int (*read)(struct plan *plan, int argc, char **argv, struct text *told, struct error *err);
	/* The status for what failed later, or 0 for ours. NULL: always ours. */
	int (*status)(const struct error *err);
};

enum { COMPAT_TOLD = 1 };

/* nsroot.c */
int nsroot_read(struct plan *plan, int argc, char **argv, struct text *told, struct error *err);
int nsroot_status(const struct error *err);

/* overlayns.c */
int overlayns_read(struct plan *plan, int argc, char **argv, struct text *told, struct error *err);
int overlayns_status(const struct error *err);

/* Ends with a NULL name. */
extern const struct compat compat_programs[];

/* By its name, or NULL. */
const struct compat *compat_find(const char *name);

#endif
