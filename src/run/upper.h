// SPDX-License-Identifier: MIT
/* A first look into an upper: how much of it is a change. The whole comparison is the business of the verbs on changes. */
#ifndef NACRE_RUN_UPPER_H
#define NACRE_RUN_UPPER_H

#include "plan/plan.h"

/*
 * Counts what the upper at upper_fd/slot says differs: files, links, whiteouts, and new directories (a new directory counts
 * once, whatever is in it). A directory that was only copied up counts when its mode is no longer the base's.
 */
uint64_t upper_count(int upper_fd, const struct step *step);

#endif
