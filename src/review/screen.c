// SPDX-License-Identifier: MIT
/* Opening and closing, signals, keys, and text that stays in its place. */
#include "review/screen.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "review/cells.h"

#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <wchar.h>

/* <term.h> has them as names of capabilities. */
#undef columns
#undef lines

enum { ESCAPE_DELAY = 50 }; /* milliseconds after which an escape is a key of its own */

static SCREEN *screen;
static bool colours;
static volatile sig_atomic_t caught, stale;

static void catch (int sig)
{
	caught = sig;
}

/* A window that is resized while its job is stopped tells nobody (tty_ioctl(4)), so the size is asked for when it goes on too. */
static void look_again(int sig)
{
	(void)sig;
	stale = 1;
}

int screen_signal(void)
{
	return caught;
}

/*
 * Curses would leave at once, in the middle of a commit too, and does not know the moment before it waits: it gets these as caught
 * already, and they are looked at while a key is waited for. Ctrl-Z it handles well.
 */
static void catch_signals(void)
{
	static const int ends[] = { SIGHUP, SIGINT, SIGTERM, SIGQUIT };
	struct sigaction action = { .sa_handler = catch, .sa_flags = SA_RESTART };

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		(void)sigaction(ends[i], &action, NULL);
	action.sa_handler = look_again;
	(void)sigaction(SIGWINCH, &action, NULL);
	(void)sigaction(SIGCONT, &action, NULL);
}

static bool wants_colours(void)
{
	const char *no = getenv("NO_COLOR");

	return !(no && *no) && has_colors();
}

static void open_colours(void)
{
	static const short colour_of[INK_COUNT] = {
		[INK_ADDED] = COLOR_GREEN,     [INK_REMOVED] = COLOR_RED,
		[INK_MODIFIED] = COLOR_YELLOW, [INK_RENAMED] = COLOR_CYAN,
		[INK_MARK] = COLOR_RED,	       [INK_HUNK] = COLOR_CYAN,
	};

	colours = wants_colours() && start_color() == OK && use_default_colors() == OK;
	if (!colours)
		return;
	for (int ink = 0; ink < INK_COUNT; ink++)
		(void)init_pair((short)(ink + 1), colour_of[ink] ? colour_of[ink] : -1, -1);
}

bool screen_open(void)
{
	catch_signals();
	screen = newterm(NULL, stdout, stdin);
	if (!screen)
		return false;
	if (!tigetstr("cup")) {
		screen_close();
		return false;
	}
	(void)cbreak();
	(void)noecho();
	(void)nonl();
	(void)keypad(stdscr, TRUE);
	(void)nodelay(stdscr, TRUE);
	(void)set_escdelay(ESCAPE_DELAY);
	(void)curs_set(0);
	open_colours();
	return true;
}

void screen_close(void)
{
	if (!screen)
		return;
	(void)endwin();
	delscreen(screen);
	screen = NULL;
}

bool screen_is_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/*
 * Waits until there is something to read, or a signal came. One that comes just before the wait must end it, so all are let
 * through only there. False when it is the end.
 */
static bool wait_for_input(void)
{
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
	sigset_t all, before;
	int answer = 0;

	(void)sigfillset(&all);
	(void)sigprocmask(SIG_BLOCK, &all, &before);
	if (!caught && !stale)
		answer = ppoll(&input, 1, NULL, &before);
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	return !caught && !(answer > 0 && input.revents & (POLLHUP | POLLERR | POLLNVAL));
}

/* The next key that is read will be KEY_RESIZE. */
static void follow_window(void)
{
	struct winsize size;

	stale = 0;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col)
		(void)resizeterm(size.ws_row, size.ws_col);
}

int screen_type(char utf8[8])
{
	mbstate_t state = { 0 };
	wint_t code;
	int answer;

	utf8[0] = '\0';
	(void)refresh();
	/* What curses has read already is not in the terminal any more: it is asked first, and does not wait. */
	while ((answer = get_wch(&code)) == ERR) {
		if (!wait_for_input())
			return KEY_END_OF_INPUT;
		if (stale)
			follow_window();
	}
	if (answer == KEY_CODE_YES)
		return (int)code;
	if (code >= ' ' && code != 0x7f) {
		size_t n = wcrtomb(utf8, (wchar_t)code, &state);

		utf8[n == (size_t)-1 ? 0 : n] = '\0';
	}
	return code <= 0x7f ? (int)code : KEY_OTHER;
}

int screen_key(void)
{
	char utf8[8];

	return screen_type(utf8);
}

attr_t screen_ink(enum ink ink)
{
	static const attr_t always[INK_COUNT] = {
		[INK_TITLE] = A_BOLD,
		[INK_MARK] = A_BOLD,
		[INK_BAR] = A_REVERSE,
	};

	return always[ink] | (colours ? (attr_t)COLOR_PAIR(ink + 1) : 0);
}

struct pen pen_begin(const struct pane *pane, int line, attr_t attr)
{
	struct pen pen = { pane->y + line, pane->x, pane->x + pane->width, attr };

	(void)attrset((int)attr);
	(void)mvhline(pen.y, pen.x, ' ', pane->width);
	return pen;
}

/* Columns of s[0..n) from `from` on, with marks where it goes on. */
static void put_cells(struct pen *pen, enum ink ink, const char *s, size_t n, size_t from)
{
	_cleanup_text_ struct text text = { 0 };
	struct cells cells = { screen_is_utf8(), from,
			       pen->end > pen->x ? (size_t)(pen->end - pen->x) : 0 };
	size_t columns = 0;
	unsigned cut = cells_add(&cells, s, n, &text, &columns);

	if (!columns)
		return;
	(void)attrset((int)(pen->attr | screen_ink(ink)));
	(void)mvaddnstr(pen->y, pen->x, text_str(&text), (int)text.len);
	(void)attrset((int)(pen->attr ^ A_REVERSE));
	if (cut & CELLS_LEFT)
		(void)mvaddch(pen->y, pen->x, '<');
	pen->x += (int)columns;
	if (cut & CELLS_RIGHT)
		(void)mvaddch(pen->y, pen->x - 1, '>');
}

void pen_put(struct pen *pen, enum ink ink, const char *s)
{
	put_cells(pen, ink, s, strlen(s), 0);
}

void pen_printf(struct pen *pen, enum ink ink, const char *format, ...)
{
	char line[512];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	pen_put(pen, ink, line);
}

void pen_put_line(struct pen *pen, const struct page *p, size_t line, size_t from)
{
	static const enum ink inks[LINE_KIND_COUNT] = {
		[LINE_PLAIN] = INK_PLAIN, [LINE_TITLE] = INK_TITLE, [LINE_HEADER] = INK_PLAIN,
		[LINE_HUNK] = INK_HUNK,	  [LINE_ADDED] = INK_ADDED, [LINE_REMOVED] = INK_REMOVED,
		[LINE_MARKED] = INK_MARK,
	};
	const struct page_line *l = &p->lines.items[line];

	put_cells(pen, inks[l->kind], p->text.data + l->at, l->len, from);
}
