/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * syscalls/layout_fields.h: how tables of structs are written.
 *
 * One line a field, in the order of memory: kind, what it is in memory, its
 * name, and what its kind needs; behind that may stand GROWN, IF(...) and other
 * things that hold for that field alone.
 */
#ifndef SCDB_SYSCALLS_LAYOUT_FIELDS_H
#define SCDB_SYSCALLS_LAYOUT_FIELDS_H

#include "syscalls/decode_struct.h"

#define FIELDS static const struct field

#define KIND(in, id, kind, ...) \
	{ .name = #id, .type = FIELD_##in, .show = SHOW_##kind, __VA_ARGS__ }
#define DEC(in, id, ...) KIND(in, id, NUMBER, __VA_ARGS__)
#define HEX(in, id, ...) KIND(in, id, HEX, __VA_ARGS__)
#define ADDR(id, ...) KIND(WORD, id, ADDR, __VA_ARGS__)
#define FLAGS(in, id, names, ...) \
	KIND(in, id, FLAGS, .list = names, __VA_ARGS__)
#define ENUM(in, id, names, ...) KIND(in, id, ENUM, .list = names, __VA_ARGS__)
#define SEVERAL(in, id, kind, n, ...) \
	KIND(in, id, kind, .count = n, __VA_ARGS__)
#define CHARS(id, n, ...) SEVERAL(U8, id, CHARS, n, __VA_ARGS__)
#define ARRAY(in, id, n) SEVERAL(in, id, NUMBER, n)
#define STRUCT(id, which, ...) \
	KIND(STRUCT, id, NUMBER, .list = which, __VA_ARGS__)
#define REG(id) HEX(ULONG, id)
#define PAD(in, n) { .name = "", .type = FIELD_##in, .show = SHOW_NOTHING, \
                     .count = n }
/* Only shown where all is wanted. */
#define MORE(in, id, kind) KIND(in, id, kind, .when = WHEN_WHOLE)
#define MORE_CHARS(id, n) CHARS(id, n, .when = WHEN_WHOLE)
#define MORE_OF(in, id, kind, names) \
	KIND(in, id, kind, .list = names, .when = WHEN_WHOLE)
/* Only shown where it isn't 0: newer fields, and those that must be 0. */
#define LATER(in, id, kind, names, ...) \
	KIND(in, id, kind, .list = names, .when = WHEN_SET, __VA_ARGS__)
/* What the kernel fills in. */
#define DONE(in, id, kind, names) \
	KIND(in, id, kind, .list = names, .when = WHEN_DONE)
#define DONE_OF(in, id, kind, n) \
	SEVERAL(in, id, kind, n, .when = WHEN_DONE)
/* In the network's byte order, with the function that makes it so. */
#define NETWORK(in, id) KIND(in, id, NETWORK)
#define BYTES(id, kind, n) SEVERAL(U8, id, kind, n)
#define POINTS(id, which) KIND(WORD, id, POINTED, .list = which)
/* What a 64-bit number points at. */
#define ADDR64(id, ...) KIND(A64, id, ADDR, __VA_ARGS__)
#define ITEMS(in, id, which, n, ...) \
	KIND(in, id, ITEMS, .list = which, .by = n, __VA_ARGS__)
/* WIDTH bits from the Nth of the 64 before. */
#define BITS(id, n, bits, ...) \
	KIND(BITS, id, NUMBER, .count = n, .width = bits, __VA_ARGS__)

#define GROWN .grown = true
#define BACK(rows) .back = rows
#define BY(id) .by = id
#define IF(id, mask, value) .on = id, .on_mask = mask, .on_value = value
#define UNLESS(id, mask, value) IF(id, mask, value), .on_not = true

#define LAYOUT(id, table, ...) \
	{ .name = id, .field_count = ARRAY_LEN(table), .fields = table, \
	  __VA_ARGS__ }
#define SOME(which, id, table, fn) \
	LAYOUT(id, table, .abis = which, .put = fn)
#define ALL(id, table) LAYOUT(id, table)
#define WITH(id, table, fn) LAYOUT(id, table, .put = fn)
enum { I386 = 1 << ABI_I386, WIDE = 1 << ABI_X86_64 | 1 << ABI_X32 };

#endif
