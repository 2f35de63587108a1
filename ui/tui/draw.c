/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/draw.h"

#include "ui/printable.h"
#include "ui/theme.h"
#include "ui/tui/colors.h"
#include "ui/tui/guard.h"
#include "ui/tui/terminfo.h"

#include <curses.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/* Curses has one state, whatever it is handed: so have we. */
static struct {
	SCREEN *screen;
	bool colored, utf8;
} draw;

/* Signals are scdb's, not curses'. */
static const int signals[] = { SIGINT, SIGTERM, SIGTSTP, SIGWINCH };

static void save_signals(struct sigaction before[ARRAY_LEN(signals)])
{
	for (size_t i = 0; i < ARRAY_LEN(signals); i++)
		sigaction(signals[i], NULL, &before[i]);
}

static void put_signals_back(
	const struct sigaction before[ARRAY_LEN(signals)])
{
	for (size_t i = 0; i < ARRAY_LEN(signals); i++)
		sigaction(signals[i], &before[i], NULL);
}

static void set_modes(void)
{
	cbreak();
	noecho();
	nonl();
	intrflush(stdscr, FALSE);
	keypad(stdscr, TRUE);
	draw_define_keys();
	nodelay(stdscr, TRUE);
	/* A busy machine may bring the rest of a key late. */
	if (!getenv("ESCDELAY"))
		set_escdelay(200);
	/* What comes at once curses makes clicks of, else they are presses. */
	mousemask(BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON1_DOUBLE_CLICKED |
	          BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
	mouseinterval(0);
}

struct error *draw_open(bool colored)
{
	struct sigaction before[ARRAY_LEN(signals)];
	struct termios modes;

	TRY(terminfo_check());
	if (tcgetattr(STDIN_FILENO, &modes) < 0)
		return error_errno(errno, "the terminal");
	save_signals(before);
	draw.screen = newterm(NULL, stdout, stdin);
	put_signals_back(before);
	if (!draw.screen)
		return error_new(ERROR_UNSUPPORTED,
		                 "this terminal can't show the screen");
	terminfo_guard(&modes);
	set_modes();
	draw.utf8 = printable_utf8();
	draw.colored = colored && has_colors() && start_color() == OK;
	if (draw.colored)
		use_default_colors();
	return NULL;
}

void draw_close(void)
{
	struct sigaction before[ARRAY_LEN(signals)];

	if (!draw.screen)
		return;
	save_signals(before);
	endwin();
	delscreen(draw.screen);
	put_signals_back(before);
	draw.screen = NULL;
	guard_clear();
}

void draw_suspend(void)
{
	endwin();
}

void draw_resume(void)
{
	reset_prog_mode();
	clearok(curscr, TRUE);
	refresh();
}

void draw_raw_keys(bool on)
{
	if (on) {
		raw();
	} else {
		noraw();
		cbreak();
	}
}

void draw_size(unsigned *rows, unsigned *columns)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row &&
	    size.ws_col)
		resizeterm(size.ws_row, size.ws_col);
	*rows = (unsigned)LINES;
	*columns = (unsigned)COLS;
}

/* Drawing. */

/* An attribute has no room for the number of a pair above 255. */
static void set_look(attr_t attributes, int foreground, int background)
{
	int number = 0;

	if (draw.colored && (foreground >= 0 || background >= 0))
		number = alloc_pair(color_nearest(foreground, COLORS),
		                    color_nearest(background, COLORS));
	attr_set(attributes, (short)(number > 0 ? number : 0), NULL);
}

static void set_plain(void)
{
	attr_set(A_NORMAL, 0, NULL);
}

static attr_t role_attributes(uint8_t role)
{
	struct theme_style style = theme_style(role & PAGE_ROLE);

	return (style.bold ? A_BOLD : 0) | (style.dim ? A_DIM : 0) |
	       (role & PAGE_CHANGED ? A_REVERSE : 0);
}

static attr_t look_attributes(enum draw_look look)
{
	switch (look) {
	case LOOK_BAR:
	case LOOK_FOCUSED:
	case LOOK_SELECTED:
	case LOOK_FOUND: return A_REVERSE;
	case LOOK_CHOSEN: return A_UNDERLINE;
	case LOOK_CURSOR: return A_BOLD | A_UNDERLINE;
	case LOOK_TITLE: return A_DIM;
	case LOOK_MARK: return A_BOLD;
	case LOOK_DIM: return A_DIM;
	default: return 0;
	}
}

/* A character that has no column here would spoil the one before. */
static bool is_drawable(const char *text, size_t len, bool first)
{
	mbstate_t state = { 0 };
	wchar_t wide;
	size_t n = mbrtowc(&wide, text, len, &state);
	int width = n && n <= len ? wcwidth(wide) : -1;

	return width > 0 || (width == 0 && !first);
}

/* Whatever it is, only printable characters come to the terminal. */
static void put_text(const char *text, size_t len, bool first)
{
	size_t n;

	for (size_t at = 0; at < len; at += n) {
		unsigned columns;

		n = page_character(text + at, len - at, &columns);
		if (is_drawable(text + at, n, first))
			addnstr(text + at, (int)n);
		else if (columns)
			addch('?');
		first = first && !columns;
	}
}

static bool is_inside(unsigned row, unsigned column)
{
	return row < (unsigned)LINES && column < (unsigned)COLS;
}

void draw_begin(void)
{
	erase();
}

void draw_end(bool all)
{
	if (all)
		clearok(curscr, TRUE);
	refresh();
}

unsigned draw_text(unsigned row, unsigned column, unsigned width,
                   enum draw_look look, const char *text)
{
	size_t fits;
	unsigned used;

	if (!is_inside(row, column))
		return 0;
	if (width > (unsigned)COLS - column)
		width = (unsigned)COLS - column;
	fits = page_fit(text, strlen(text), width, &used);
	set_look(look_attributes(look), look == LOOK_MARK ? COLOR_RED : -1, -1);
	move((int)row, (int)column);
	put_text(text, fits, true);
	set_plain();
	return used;
}

void draw_line(unsigned row, unsigned column, unsigned width,
               enum draw_look look, const char *text)
{
	unsigned used = draw_text(row, column, width, look, text);

	for (; used < width; used++)
		draw_text(row, column + used, 1, look, " ");
}

void draw_row(unsigned row, unsigned column, unsigned width,
              const struct view_row *part, enum draw_look look)
{
	const struct page_line *line = part->line;
	size_t at = part->start;

	if (!is_inside(row, column) || width > (unsigned)COLS - column)
		return;
	if (look == LOOK_SELECTED)
		draw_line(row, column, width, look, "");
	move((int)row, (int)column);
	while (at < part->end) {
		uint8_t role = line->roles[at];
		size_t end = at + 1;

		while (end < part->end && line->roles[end] == role)
			end++;
		/* What changed differs from the rest of a line in reverse. */
		set_look(role_attributes(role) ^ look_attributes(look),
		         theme_style(role & PAGE_ROLE).color, -1);
		put_text(line->text + at, end - at, at == part->start);
		at = end;
	}
	set_plain();
}

void draw_cell(unsigned row, unsigned column, const struct draw_cell *cell)
{
	if (!is_inside(row, column))
		return;
	set_look((cell->bold ? A_BOLD : 0) |
	         (cell->underline ? A_UNDERLINE : 0) |
	         (cell->reverse ? A_REVERSE : 0),
	         cell->foreground, cell->background);
	move((int)row, (int)column);
	put_text(cell->text, strlen(cell->text), true);
	set_plain();
}

void draw_title(const struct layout_rect *rect, const char *name,
                bool focused)
{
	enum draw_look look = focused ? LOOK_FOCUSED : LOOK_TITLE;
	const char *line = draw.utf8 ? "─" : "-";
	unsigned used = 2;

	draw_text(rect->row, rect->column, 1, look, line);
	draw_text(rect->row, rect->column + 1, 1, look, " ");
	used += draw_text(rect->row, rect->column + used, rect->columns - used,
	                  look, name);
	if (used < rect->columns)
		draw_text(rect->row, rect->column + used++, 1, look, " ");
	for (; used < rect->columns; used++)
		draw_text(rect->row, rect->column + used, 1, look, line);
}

void draw_side(const struct layout_rect *rect)
{
	for (unsigned i = 0; i < rect->rows && rect->column; i++)
		draw_text(rect->row + i, rect->column - 1, 1, LOOK_TITLE,
		          draw.utf8 ? "│" : "|");
}

void draw_cursor(unsigned row, unsigned column, bool shown)
{
	curs_set(shown);
	if (is_inside(row, column))
		move((int)row, (int)column);
}
