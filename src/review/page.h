// SPDX-License-Identifier: MIT
/* A text as lines, each of a kind that decides its colour: a patch, or what nacre itself has to tell. */
#ifndef NACRE_REVIEW_PAGE_H
#define NACRE_REVIEW_PAGE_H

#include "base/arena.h"
#include "base/text.h"

enum line_kind {
	LINE_PLAIN,
	LINE_TITLE,
	LINE_HEADER, /* of a patch */
	LINE_HUNK,
	LINE_ADDED,
	LINE_REMOVED,
	LINE_MARKED, /* something that runs by itself later */
	LINE_KIND_COUNT
};

struct page_line {
	size_t at, len; /* in the text */
	enum line_kind kind;
};

/* Zeroed is empty. */
struct page {
	struct arena arena;
	struct text text;
	VECTOR(struct page_line) lines;
	size_t ended; /* where the last line ends in the text */
};

void page_release(struct page *p);
void page_clear(struct page *p); /* empty, memory kept */

/* Makes a line of what was added to the text since the last one. It may hold newlines: names do. */
void page_end_line(struct page *p, enum line_kind kind);

/* Appends the lines of a text. */
void page_add_text(struct page *p, const char *text);

/* Appends the lines of a patch of one file, but for those that have its name only: that stands above it. */
void page_add_patch(struct page *p, const char *patch);

#endif
