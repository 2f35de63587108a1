/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/theme.h"

#include <stdio.h>

enum { RED = 1, GREEN, YELLOW, BLUE, MAGENTA, CYAN };

static const struct theme_style styles[ROLE_COUNT] = {
	[ROLE_PLAIN] = { .color = -1 },
	[ROLE_HEADING] = { .color = -1, .bold = true },
	[ROLE_NUMBER] = { .color = -1 },
	[ROLE_ADDRESS] = { .color = BLUE },
	[ROLE_STRING] = { .color = GREEN },
	[ROLE_NAME] = { .color = CYAN },
	[ROLE_CONSTANT] = { .color = MAGENTA },
	[ROLE_GOOD] = { .color = GREEN },
	[ROLE_ERROR] = { .color = RED },
	[ROLE_WARNING] = { .color = YELLOW },
	[ROLE_DIM] = { .color = -1, .dim = true },
	[ROLE_ARROW] = { .color = YELLOW, .bold = true },
};

struct theme_style theme_style(enum out_role role)
{
	return styles[role];
}

const char *theme_sgr(enum out_role role, char text[16])
{
	const struct theme_style *style = &styles[role];
	const char *weight = style->bold ? "1" : style->dim ? "2" : "";

	if (style->color < 0)
		return weight;
	snprintf(text, 16, "%s%s%d", weight, *weight ? ";" : "",
	         30 + style->color);
	return text;
}
