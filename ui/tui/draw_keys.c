/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys and the mouse, as curses tells of them. */
#include "ui/tui/draw.h"

#include <curses.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct { int code; enum draw_key key; } keys[] = {
	{ KEY_UP, DRAW_KEY_UP }, { KEY_DOWN, DRAW_KEY_DOWN },
	{ KEY_LEFT, DRAW_KEY_LEFT }, { KEY_RIGHT, DRAW_KEY_RIGHT },
	{ KEY_PPAGE, DRAW_KEY_PAGE_UP }, { KEY_NPAGE, DRAW_KEY_PAGE_DOWN },
	{ KEY_HOME, DRAW_KEY_HOME }, { KEY_END, DRAW_KEY_END },
};

static enum draw_key named(int code)
{
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (keys[i].code == code)
			return keys[i].key;
	if (code >= KEY_F(1) && code <= KEY_F(12))
		return DRAW_KEY_F1 + (enum draw_key)(code - KEY_F(1));
	return DRAW_KEY_OTHER;
}

static void define(const char *text, int key)
{
	if (key_defined(text) == 0)
		define_key(text, key);
}

/* A vt100 has no F5, but what is called one here has. */
void draw_define_keys(void)
{
	static const int functions[] = { 11, 12, 13, 14, 15, 17, 18, 19, 20,
	                                 21, 23, 24 };
	static const struct { const char *text; int key; } others[] = {
		{ "\033OP", KEY_F(1) }, { "\033OQ", KEY_F(2) },
		{ "\033OR", KEY_F(3) }, { "\033OS", KEY_F(4) },
		{ "\033[A", KEY_UP }, { "\033[B", KEY_DOWN },
		{ "\033[C", KEY_RIGHT }, { "\033[D", KEY_LEFT },
		{ "\033OA", KEY_UP }, { "\033OB", KEY_DOWN },
		{ "\033OC", KEY_RIGHT }, { "\033OD", KEY_LEFT },
		{ "\033[H", KEY_HOME }, { "\033[F", KEY_END },
		{ "\033[1~", KEY_HOME }, { "\033[4~", KEY_END },
		{ "\033[5~", KEY_PPAGE }, { "\033[6~", KEY_NPAGE },
	};
	char text[16];

	for (size_t i = 0; i < ARRAY_LEN(functions); i++) {
		snprintf(text, sizeof(text), "\033[%d~", functions[i]);
		define(text, KEY_F((int)i + 1));
	}
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		define(others[i].text, others[i].key);
}

static struct draw_input mouse(void)
{
	struct draw_input input = { .key = DRAW_KEY_OTHER };
	MEVENT event;

	if (getmouse(&event) != OK || event.y < 0 || event.x < 0)
		return input;
	input.row = (unsigned)event.y;
	input.column = (unsigned)event.x;
	if (event.bstate & BUTTON4_PRESSED)
		input.key = DRAW_KEY_WHEEL_UP;
	else if (event.bstate & BUTTON5_PRESSED)
		input.key = DRAW_KEY_WHEEL_DOWN;
	else if (event.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED |
	                         BUTTON1_DOUBLE_CLICKED))
		input.key = DRAW_KEY_CLICK;
	input.twice = event.bstate & BUTTON1_DOUBLE_CLICKED;
	return input;
}

/* What the key CODE sends, for those who read the terminal themselves. */
static void take_bytes(struct draw_input *input, int code)
{
	char *text = keybound(code, 0);

	if (text && strlen(text) <= sizeof(input->bytes)) {
		input->len = strlen(text);
		memcpy(input->bytes, text, input->len);
	}
	free(text);
}

static bool is_gone(void)
{
	struct pollfd fd = { STDIN_FILENO, POLLIN, 0 };

	return poll(&fd, 1, 0) == 1 && fd.revents & (POLLHUP | POLLERR);
}

struct draw_input draw_next_key(void)
{
	struct draw_input input = { .key = DRAW_KEY_TEXT };
	int code = getch();

	if (code == ERR) {
		input.key = is_gone() ? DRAW_KEY_GONE : DRAW_KEY_NONE;
		return input;
	}
	if (code == KEY_MOUSE)
		return mouse();
	if (code > 0xff) {
		input.key = named(code);
		take_bytes(&input, code);
		return input;
	}
	input.bytes[input.len++] = (char)code;
	return input;
}
