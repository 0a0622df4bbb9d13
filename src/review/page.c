// SPDX-License-Identifier: MIT
/* Lines, and of which kind those of a patch are. */
#include "review/page.h"

#include <stdbool.h>
#include <string.h>

void page_release(struct page *p)
{
	text_release(&p->text);
	arena_release(&p->arena);
	*p = (struct page){ 0 };
}

void page_clear(struct page *p)
{
	text_clear(&p->text);
	p->lines.count = 0;
	p->ended = 0;
}

void page_end_line(struct page *p, enum line_kind kind)
{
	VECTOR_PUSH(&p->arena, &p->lines,
		    (struct page_line){ p->ended, p->text.len - p->ended, kind });
	p->ended = p->text.len;
}

void page_add_text(struct page *p, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		text_add_bytes(&p->text, text, len);
		page_end_line(p, LINE_PLAIN);
		text += len + (text[len] == '\n');
	}
}

static bool begins(const char *line, const char *with)
{
	return strncmp(line, with, strlen(with)) == 0;
}

/* Lines of a header that only say the name once more. */
static bool is_name(const char *line)
{
	return begins(line, "diff ") || begins(line, "--- ") || begins(line, "+++ ");
}

static enum line_kind hunk_line(char first)
{
	switch (first) {
	case '@':
		return LINE_HUNK;
	case '+':
		return LINE_ADDED;
	case '-':
		return LINE_REMOVED;
	default:
		return LINE_PLAIN;
	}
}

/*
 * The header of a file ends at its first hunk, and the next one begins with "diff ": the lines of a hunk begin with a blank or
 * one of "+-\".
 */
void page_add_patch(struct page *p, const char *patch)
{
	bool in_header = true;

	while (*patch) {
		size_t len = strcspn(patch, "\n");

		in_header = (in_header && !begins(patch, "@@")) || begins(patch, "diff ");
		if (!in_header || !is_name(patch)) {
			text_add_bytes(&p->text, patch, len);
			page_end_line(p, in_header ? LINE_HEADER : hunk_line(*patch));
		}
		patch += len + (patch[len] == '\n');
	}
}
