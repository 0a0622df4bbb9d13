// SPDX-License-Identifier: MIT
/* What nacre has to tell about several changes at once. */
#ifndef NACRE_REVIEW_SUMMARY_H
#define NACRE_REVIEW_SUMMARY_H

#include "review/page.h"
#include "review/tree.h"

/* A directory or a section: how many changes, which of them run by themselves later, what is in it. */
void summary_directory(const struct tree *t, uint32_t node, struct page *p);

/* What is taken, before it is applied: how many, and all that run by themselves later. */
void summary_taken(const struct tree *t, struct page *p);

#endif
