// SPDX-License-Identifier: MIT
/* The whole screen of a review. */
#ifndef NACRE_REVIEW_DRAW_H
#define NACRE_REVIEW_DRAW_H

#include "review/layout.h"
#include "review/review.h"

/* Where things are at the moment. */
struct layout draw_layout(const struct review *r);

/* Draws all of it, with the cursor and the text's first line brought onto it. */
void draw(struct review *r);

#endif
