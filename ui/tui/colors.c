/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/colors.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

enum { RGB = 1 << 24, OWN = 16, CUBE = 6, GRAYS = 232, PALETTE = 256,
       NEAR = 16 };

int color_rgb(uint8_t red, uint8_t green, uint8_t blue)
{
	return RGB | red << 16 | green << 8 | blue;
}

/* xterm's: 16 by their names, a cube, and grays. */
static int rgb_of(int color)
{
	static const int own[OWN] = {
		0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
		0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
		0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
	};
	static const int level[CUBE] = { 0, 95, 135, 175, 215, 255 };

	if (color & RGB)
		return color & (RGB - 1);
	if (color < OWN)
		return own[color];
	if (color >= GRAYS)
		return (8 + 10 * (color - GRAYS)) * 0x010101;
	color -= OWN;
	return level[color / (CUBE * CUBE)] << 16 |
	       level[color / CUBE % CUBE] << 8 | level[color % CUBE];
}

static int distance(int a, int b)
{
	int sum = 0;

	for (int shift = 0; shift < 24; shift += 8) {
		int part = (a >> shift & 0xff) - (b >> shift & 0xff);

		sum += part * part;
	}
	return sum;
}

static bool is_gray(int rgb)
{
	int red = rgb >> 16, green = rgb >> 8 & 0xff, blue = rgb & 0xff;

	return abs(red - green) < NEAR && abs(green - blue) < NEAR &&
	       abs(red - blue) < NEAR;
}

int color_nearest(int color, int count)
{
	int wanted, best = -1, least = INT_MAX;
	/* How a terminal's own look is for its user to say. */
	int first = count >= PALETTE ? OWN : 0;

	if (color < 0 || color < count)
		return color;
	wanted = rgb_of(color);
	for (int i = first; i < count && i < PALETTE; i++) {
		int far = distance(wanted, rgb_of(i));

		/* Gray shall not become yellow. */
		if (far < least && (!is_gray(wanted) || is_gray(rgb_of(i)))) {
			least = far;
			best = i;
		}
	}
	return best;
}
