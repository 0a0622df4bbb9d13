// SPDX-License-Identifier: MIT
/*
 * Executing the command as a shell would: PATH of the box, 127 when it is not there, 126 when it cannot be executed; and
 * saying which of the things that all look like ENOENT is missing.
 */
#ifndef NACRE_RUN_EXEC_H
#define NACRE_RUN_EXEC_H

#include "plan/plan.h"

/* The command's environment: the caller's with the plan's changes in order. */
char *const *exec_environment(const struct plan *plan, struct arena *arena);

/* word is what is looked for, usually argv[0]. Returns only on failure: -1, kind ERROR_COMMAND. */
int exec_command(const char *word, char *const *argv, char *const *env, struct error *err);

#endif
