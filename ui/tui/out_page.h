/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/out_page.h: output into a page: the screen is a backend of struct out.
 */
#ifndef SCDB_UI_TUI_OUT_PAGE_H
#define SCDB_UI_TUI_OUT_PAGE_H

#include "base/out.h"
#include "ui/tui/page.h"

struct out_page {
	struct out out;
	struct page *page;
	struct out_grid *grid;
};

/* PAGE is borrowed.  The width is the caller's to set: o->out.width. */
void out_page_init(struct out_page *o, struct page *page);
void out_page_deinit(struct out_page *o);

#endif
