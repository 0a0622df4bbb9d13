// SPDX-License-Identifier: MIT
/* Verbs that are programs of their own, because of the libraries they need: nacre-review, nacre-archive. */
#ifndef NACRE_VERBS_HELPER_H
#define NACRE_VERBS_HELPER_H

/*
 * Executes the program of that name, which lies beside this one or where the build was told to install such (libexecdir).
 * Returns only when it cannot, with an errno: ENOENT when it is in neither place.
 */
int helper_exec(const char *name, char *const argv[]);

#endif
