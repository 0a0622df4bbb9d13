// SPDX-License-Identifier: MIT
#ifndef NACRE_CHANGES_HUNKS_DIFF_H
#define NACRE_CHANGES_HUNKS_DIFF_H

struct error;
struct text;

/*
 * Adds what diff(1) -u says about two open files: nothing when they are equal. -1 with *err and no message; "diff-missing" when
 * there is no such program.
 */
int diff_run(int old_fd, int new_fd, struct text *out, struct error *err);

#endif
