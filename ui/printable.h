/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/printable.h: text as a terminal of this locale may be sent it.
 */
#ifndef SCDB_UI_PRINTABLE_H
#define SCDB_UI_PRINTABLE_H

#include "base/buf.h"

/* Whether the locale has all characters. */
bool printable_utf8(void);
/*
 * As buf_put_printable; without UTF8 what is no ASCII is shown as bytes.
 */
void put_printable(struct buf *to, bool utf8, const char *s, size_t len,
                   bool keep_lines);

#endif
