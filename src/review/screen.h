// SPDX-License-Identifier: MIT
/* The terminal. The only files that know curses are this one, draw.c, dialog.c and keys.c. */
#ifndef NACRE_REVIEW_SCREEN_H
#define NACRE_REVIEW_SCREEN_H

#include "review/layout.h"
#include "review/page.h"

#include <curses.h>

/* What a piece of text is; how that looks depends on the terminal. */
enum ink {
	INK_PLAIN,
	INK_TITLE,
	INK_ADDED,
	INK_REMOVED,
	INK_MODIFIED,
	INK_RENAMED,
	INK_MARK,
	INK_HUNK,
	INK_BAR, /* title and status */
	INK_COUNT
};

/* Keys beside those of curses; a character that is no ASCII is only told from others in screen_type(). */
enum { KEY_END_OF_INPUT = KEY_MAX + 1, KEY_OTHER };
#define CTRL(letter) ((letter)&0x1f)

/* False when there is no such terminal, or one that cannot place its cursor. */
bool screen_open(void);

/* Gives the terminal back as it was; nothing when it is not open. */
void screen_close(void);

/* Whether the terminal shows UTF-8: for cells.h. */
bool screen_is_utf8(void);

/* The signal that ended the session, or 0. */
int screen_signal(void);

/* The next key: ASCII, KEY_*, or KEY_END_OF_INPUT when a signal or the end of the terminal ends it all. */
int screen_key(void);

/* The same, with a character's bytes in utf8[0..8), "" for anything else. */
int screen_type(char utf8[8]);

attr_t screen_ink(enum ink ink);

/* Text in a line: where it goes on, and where the line ends. */
struct pen {
	int y, x, end;
	attr_t attr; /* of all that is written, besides its ink: A_REVERSE under the cursor */
};

/* Blanks in a whole line of a pane. */
struct pen pen_begin(const struct pane *pane, int line, attr_t attr);

/* Writes what fits; what does not is marked at the end of the line. */
void pen_put(struct pen *pen, enum ink ink, const char *s);
void pen_printf(struct pen *pen, enum ink ink, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* One line of a page, from a column on. */
void pen_put_line(struct pen *pen, const struct page *p, size_t line, size_t from);

#endif
