/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmds/format.h: gdb's output formats, for `print` and `x`.
 */
#ifndef SCDB_CMDS_FORMAT_H
#define SCDB_CMDS_FORMAT_H

#include "base/buf.h"
#include "base/error.h"
#include "base/types.h"

#include <stdbool.h>

/* The NFU of x/NFU; 0: not given. */
struct format {
	uint64_t count;
	bool back;     /* x/-N: what stands before */
	char letter;   /* x d u o t c a f s i z */
	char unit;     /* b h w g */
};

/* TEXT without its slash.  Letters in any order, the number first, as gdb. */
struct error *format_parse(const char *text,
                           struct format *format) MUST_CHECK;
/* Bytes of a unit: 1, 2, 4, 8. */
unsigned format_unit_size(char unit);
/*
 * An integer of SIZE bytes, of which VALUE has the bits.  PADDED: hexadecimal
 * and binary numbers have all their digits, as in a dump.
 */
void format_integer(struct buf *out, uint64_t value, unsigned size,
                    char letter, bool padded);
/* In double quotes, escaped; "..." behind it where CUT. */
void format_string(struct buf *out, const char *data, size_t len, bool cut);

#endif
