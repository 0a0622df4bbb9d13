// SPDX-License-Identifier: MIT
/* What takes the screen, or its last line, until it is answered. */
#ifndef NACRE_REVIEW_DIALOG_H
#define NACRE_REVIEW_DIALOG_H

#include "review/page.h"
#include "review/review.h"

/* A question on the status line. True for y. */
bool dialog_ask(struct review *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A page on the whole screen, which can be scrolled. The key that it was left by. */
int dialog_page(const char *title, const struct page *p, const char *question);

/* The error of the box, as a page. */
void dialog_error(struct review *r);

/* For nacre_commit_options: how far it is, on the last line. */
void dialog_progress(void *arg, uint64_t done, uint64_t total, uint64_t bytes);

/* Moves the cursor to what is typed, while it is typed. */
void dialog_search(struct review *r);

#endif
