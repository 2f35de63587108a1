/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/bytes.h: a pattern of bytes, some of which may be anything, and where it
 * is in others.  As quick as memory is read for what occurs seldom.
 */
#ifndef SCDB_BASE_BYTES_H
#define SCDB_BASE_BYTES_H

#include "base/types.h"

#include <stdbool.h>

struct byte_pattern {
	uint8_t *bytes;      /* 0 where the mask is */
	uint8_t *mask;       /* bits that must be as in `bytes` */
	size_t len;
	size_t first, second; /* the two bytes that are looked for */
	bool has_anchor;     /* ... if there are any that are fixed */
	bool is_zero;        /* zeroes match it */
};

enum { BYTE_PATTERN_MAX = 1 << 16 };

/* MASK NULL: all bits.  At the end; BYTE_PATTERN_MAX at most in all. */
bool byte_pattern_add(struct byte_pattern *p, const void *bytes,
                      const void *mask, size_t len);
/* Before it is looked for: LEN is over 0. */
void byte_pattern_prepare(struct byte_pattern *p);
/* Zeroes are fine. */
void byte_pattern_deinit(struct byte_pattern *p);
/*
 * The offset of the first one of DATA that begins at FROM or behind and ends
 * within LEN; LEN: there is none.
 */
size_t byte_pattern_find(const struct byte_pattern *p, const uint8_t *data,
                         size_t len, size_t from);

#endif
