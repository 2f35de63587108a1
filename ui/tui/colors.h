/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/colors.h: the colours of programs on a terminal that may have fewer.
 *
 * A colour is -1, the usual one; 0 to 255 of xterm's palette, of which the first
 * 16 are the terminal's own; or what color_rgb makes.
 */
#ifndef SCDB_UI_TUI_COLORS_H
#define SCDB_UI_TUI_COLORS_H

#include <stdint.h>

int color_rgb(uint8_t red, uint8_t green, uint8_t blue);
/* One of the first COUNT (8, 16 or more) that looks like COLOR; or -1. */
int color_nearest(int color, int count);

#endif
