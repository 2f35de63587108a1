/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/theme.h: how each role of output looks, in the terminal's own palette.
 */
#ifndef SCDB_UI_THEME_H
#define SCDB_UI_THEME_H

#include "base/buf.h"
#include "base/out.h"

struct theme_style {
	signed char color;   /* of ECMA-48's eight, from 0; -1: the usual one */
	bool bold, dim;
};

struct theme_style theme_style(enum out_role role);
/* Its parameters of SGR (ECMA-48, 8.3.117); "" where there is nothing to say. */
const char *theme_sgr(enum out_role role, char text[16]);

#endif
