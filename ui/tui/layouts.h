/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/layouts.h: layouts by name: scdb's, and the user's own, which are the
 * text of a setting:
 *
 *	NAME LAYOUT; NAME LAYOUT; ...
 *
 * A LAYOUT is what ui/tui/layout.h says.
 */
#ifndef SCDB_UI_TUI_LAYOUTS_H
#define SCDB_UI_TUI_LAYOUTS_H

#include "base/buf.h"
#include "base/error.h"

enum { LAYOUTS_NAME = 32 };

/*
 * The text of the layout NAME (its beginning is enough; NULL: the usual one),
 * which may be a text itself.  OWN is that setting, or NULL.
 */
struct error *layouts_find(const char *own, const char *name,
                           struct buf *text) MUST_CHECK;
/* Whether TEXT is a layout of panes that there are. */
struct error *layouts_check(const char *text) MUST_CHECK;
struct error *layouts_check_own(const char *own) MUST_CHECK;
/* OWN with TEXT as NAME in it.  TEXT NULL: without what had the name. */
struct error *layouts_change(const char *own, const char *name,
                             const char *text, struct buf *made) MUST_CHECK;
void layouts_each(const char *own,
                  void (*fn)(void *ctx, const char *name, const char *text),
                  void *ctx);

#endif
