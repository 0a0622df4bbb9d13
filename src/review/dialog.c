// SPDX-License-Identifier: MIT
/* Loops of their own, each until its question is answered; all of them follow the window. */
#include "review/dialog.h"

#include "base/cleanup.h"
#include "review/draw.h"
#include "review/screen.h"

#include <stdarg.h>
#include <string.h>

static struct pane last_line(void)
{
	return (struct pane){ .y = LINES - 1, .height = 1, .width = COLS };
}

bool dialog_ask(struct review *r, const char *format, ...)
{
	char question[400];
	va_list args;
	int key;

	va_start(args, format);
	(void)vsnprintf(question, sizeof(question), format, args);
	va_end(args);
	do {
		struct pane pane = last_line();
		struct pen pen;

		draw(r);
		pen = pen_begin(&pane, 0, A_REVERSE);
		pen_put(&pen, INK_TITLE, " [y/N] ");
		pen_put(&pen, INK_PLAIN, question);
		key = screen_key();
	} while (key == KEY_RESIZE);
	return key == 'y' || key == 'Y';
}

/* A page while it is on the screen. */
struct view {
	const char *title, *question;
	const struct page *page;
	size_t top, left; /* the first line and column to be seen */
};

static void draw_view(const struct view *v)
{
	struct pane pane = { .height = LINES, .width = COLS }, last = last_line();
	size_t count = v->page->lines.count;
	struct pen pen;

	(void)erase();
	pen = pen_begin(&pane, 0, A_REVERSE);
	pen_put(&pen, INK_PLAIN, " ");
	pen_put(&pen, INK_PLAIN, v->title);
	for (int line = 1; line < LINES - 1 && v->top + (size_t)line - 1 < count; line++) {
		pen = pen_begin(&pane, line, 0);
		pen_put_line(&pen, v->page, v->top + (size_t)line - 1, v->left);
	}
	if (LINES > 1) {
		pen = pen_begin(&last, 0, A_REVERSE);
		pen_put(&pen, INK_PLAIN, v->question);
		if (v->top + (size_t)LINES - 2 < count)
			pen_put(&pen, INK_PLAIN, "  (more below)");
	}
}

/* Scrolls; false for a key that does not. */
static bool scroll_view(struct view *v, int key)
{
	size_t height = LINES > 2 ? (size_t)LINES - 2 : 1, count = v->page->lines.count;
	size_t most = count > height ? count - height : 0;

	switch (key) {
	case KEY_RESIZE:
		break;
	case 'j':
	case KEY_DOWN:
		v->top++;
		break;
	case 'k':
	case KEY_UP:
		v->top -= v->top > 0;
		break;
	case 'J':
	case KEY_NPAGE:
		v->top += height;
		break;
	case 'K':
	case KEY_PPAGE:
		v->top -= v->top < height ? v->top : height;
		break;
	case '<':
		v->left -= v->left < SIDEWAYS ? v->left : SIDEWAYS;
		break;
	case '>':
		v->left += SIDEWAYS;
		break;
	default:
		return false;
	}
	v->top = v->top < most ? v->top : most;
	return true;
}

int dialog_page(const char *title, const struct page *p, const char *question)
{
	struct view view = { .title = title, .question = question, .page = p };
	int key;

	do {
		draw_view(&view);
		key = screen_key();
	} while (scroll_view(&view, key));
	return key;
}

void dialog_error(struct review *r)
{
	_cleanup_(page_release) struct page page = { 0 };
	_cleanup_free_ char *text = nacre_error_text(r->box.error, r->box.plan, false);

	page_add_text(&page, text);
	(void)dialog_page("It did not work", &page, "any key goes back");
}

void dialog_progress(void *arg, uint64_t done, uint64_t total, uint64_t bytes)
{
	struct pane pane = last_line();
	struct pen pen = pen_begin(&pane, 0, A_REVERSE);

	(void)arg;
	pen_printf(&pen, INK_PLAIN, " applying: %llu of %llu changes, %llu MB copied",
		   (unsigned long long)done, (unsigned long long)total,
		   (unsigned long long)(bytes / 1000000));
	(void)refresh();
}

/* Removes the last character. */
static void take_back(struct text *word)
{
	while (word->len && ((unsigned char)word->data[word->len - 1] & 0xc0) == 0x80)
		word->len--;
	word->len -= word->len > 0;
	word->data[word->len] = '\0';
}

/* A search while its word is typed. */
struct search {
	struct review *r;
	uint32_t began; /* the node under the cursor at that time */
	struct text word;
	bool missed; /* nothing matches */
};

static void draw_prompt(const struct search *s)
{
	struct pane pane = last_line();
	struct pen pen;

	draw(s->r);
	pen = pen_begin(&pane, 0, A_REVERSE);
	pen_put(&pen, INK_PLAIN, "/");
	pen_put(&pen, INK_PLAIN, text_str(&s->word));
	if (s->missed)
		pen_put(&pen, INK_PLAIN, "   (not found)");
	else if (!s->word.len && s->r->word.len)
		pen_printf(&pen, INK_PLAIN, "   (Enter: %s)", text_str(&s->r->word));
}

/* Behind a node, or before it: the cursor goes to what is found, and stays otherwise. */
static void search_from(struct search *s, uint32_t node, bool back)
{
	uint32_t found = tree_find(&s->r->box.tree, node, text_str(&s->word), back);

	s->missed = found == TREE_NONE && s->word.len;
	if (found != TREE_NONE)
		tree_reveal(&s->r->box.tree, found);
}

/* The word is another: from where the search began. */
static void search_anew(struct search *s)
{
	tree_reveal(&s->r->box.tree, s->began);
	search_from(s, s->began, false);
}

/* Without a word the last one is searched, from here on. */
static void finish_search(struct search *s)
{
	if (!s->word.len) {
		text_add(&s->word, text_str(&s->r->word));
		search_from(s, s->began, false);
	}
	if (s->missed)
		text_printf(&s->r->message, "not found: %s", text_str(&s->word));
	text_clear(&s->r->word);
	text_add(&s->r->word, text_str(&s->word));
}

/* One key; false when it was the last. */
static bool search_key(struct search *s)
{
	struct tree *t = &s->r->box.tree;
	char typed[8];
	int key = screen_type(typed);

	switch (key) {
	case KEY_RESIZE:
		return true;
	case KEY_DOWN:
	case KEY_UP:
		search_from(s, tree_at(t), key == KEY_UP);
		return true;
	case '\r':
	case KEY_ENTER:
		finish_search(s);
		return false;
	case KEY_BACKSPACE:
	case CTRL('h'):
	case 0x7f:
		if (s->word.len)
			take_back(&s->word);
		break;
	case CTRL('u'):
		text_clear(&s->word);
		break;
	default:
		text_add(&s->word, typed);
		if (!*typed) {
			tree_reveal(t, s->began);
			return false;
		}
	}
	search_anew(s);
	return true;
}

void dialog_search(struct review *r)
{
	struct search s = { .r = r, .began = tree_at(&r->box.tree) };

	do
		draw_prompt(&s);
	while (search_key(&s));
	text_release(&s.word);
}
