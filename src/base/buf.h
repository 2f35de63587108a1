/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/buf.h: a growing string.  `data` is always NUL-terminated and never
 * NULL after buf_init; `len` leaves the NUL out.
 */
#ifndef SCDB_BASE_BUF_H
#define SCDB_BASE_BUF_H

#include "base/types.h"

#include <stdarg.h>
#include <stdbool.h>

struct buf {
	char *data;
	size_t len;
	size_t cap;
	bool lent;       /* DATA is somebody else's */
};

void buf_init(struct buf *b);
/* In the SIZE bytes at DATA, until it outgrows them. */
void buf_init_in(struct buf *b, char *data, size_t size);
/* Also of one that is all zero: a guard may run before buf_init. */
void buf_deinit(struct buf *b);
/* `AUTO_BUF struct buf b = { 0 };`, then buf_init(&b). */
#define AUTO_BUF CLEANUP(buf_deinit)
/* Empties it and keeps the memory. */
void buf_reset(struct buf *b);
/* Each becomes the other. */
void buf_swap(struct buf *a, struct buf *b);
void buf_truncate(struct buf *b, size_t len);
void buf_add(struct buf *b, const void *data, size_t len);
void buf_putc(struct buf *b, char c);
void buf_puts(struct buf *b, const char *s);
/* VALUE in decimal; in hexadecimal without a prefix.  Cheaper than printf. */
void buf_put_decimal(struct buf *b, uint64_t value);
void buf_put_hex(struct buf *b, uint64_t value);
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
void buf_vprintf(struct buf *b, const char *fmt, va_list args);
/* Takes the string out; the caller frees it; B is as after buf_init. */
char *buf_take(struct buf *b);

/*
 * Bytes as they may be shown inside double quotes: C escapes for \t \n \v \f
 * \r \\ and the quote, octal (as short as it can be, as strace has it) for all
 * other bytes outside printable ASCII.
 */
void buf_put_c_escaped(struct buf *b, const void *data, size_t len);
/*
 * Text that reaches the user as it is: valid printable UTF-8 stays; control
 * characters (C0, DEL, C1), invalid bytes, and the characters that reorder or
 * hide text (bidi controls, zero-width, line and paragraph separators) become
 * \ooo octal bytes.  KEEP_LINES lets \n and \t through.
 */
void buf_put_printable(struct buf *b, const char *s, size_t len,
                       bool keep_lines);
/*
 * Decodes one UTF-8 sequence (RFC 3629: no overlong forms, no surrogates) of at
 * most LEN bytes.  Returns its length, or 0 where there is none.
 */
size_t utf8_decode(const void *text, size_t len, uint32_t *code);
/* Unicode's Cc, Cf and separators that would act on, or hide from, a reader. */
bool utf8_is_unsafe(uint32_t c);

#endif
