/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * syscalls/layout_fields.h: how tables of structs are written.
 *
 * One line a field, in the order of memory: kind, what it is in memory, its
 * name, and what its kind needs.
 */
#ifndef SCDB_SYSCALLS_LAYOUT_FIELDS_H
#define SCDB_SYSCALLS_LAYOUT_FIELDS_H

#include "syscalls/decode_struct.h"

#define FIELDS static const struct field

#define DEC(type, id) { #id, FIELD_##type, SHOW_NUMBER, 0, 0, NULL }
#define HEX(type, id) { #id, FIELD_##type, SHOW_HEX, 0, 0, NULL }
#define ADDR(id) { #id, FIELD_WORD, SHOW_ADDR, 0, 0, NULL }
#define KIND(type, id, kind) { #id, FIELD_##type, SHOW_##kind, 0, 0, NULL }
#define FLAGS(type, id, list) { #id, FIELD_##type, SHOW_FLAGS, 0, 0, list }
#define ENUM(type, id, list) { #id, FIELD_##type, SHOW_ENUM, 0, 0, list }
#define CHARS(id, n) { #id, FIELD_U8, SHOW_CHARS, 0, n, NULL }
#define ARRAY(type, id, n) { #id, FIELD_##type, SHOW_NUMBER, 0, n, NULL }
#define STRUCT(id, name) { #id, FIELD_STRUCT, SHOW_NUMBER, 0, 0, name }
#define REG(id) { #id, FIELD_ULONG, SHOW_HEX, 0, 0, NULL }
#define PAD(type, n) { "", FIELD_##type, SHOW_NOTHING, 0, n, NULL }
/* Only shown where all is wanted. */
#define MORE(type, id, kind) \
	{ #id, FIELD_##type, SHOW_##kind, WHEN_WHOLE, 0, NULL }
#define MORE_CHARS(id, n) { #id, FIELD_U8, SHOW_CHARS, WHEN_WHOLE, n, NULL }
#define MORE_OF(type, id, kind, list) \
	{ #id, FIELD_##type, SHOW_##kind, WHEN_WHOLE, 0, list }
/* Only shown where it isn't 0: newer fields, and those that must be 0. */
#define LATER(type, id, kind, list) \
	{ #id, FIELD_##type, SHOW_##kind, WHEN_SET, 0, list }

/* What the kernel fills in. */
#define DONE(type, id, kind, list) \
	{ #id, FIELD_##type, SHOW_##kind, WHEN_DONE, 0, list }
#define DONE_OF(type, id, kind, n) \
	{ #id, FIELD_##type, SHOW_##kind, WHEN_DONE, n, NULL }
/* In the network's byte order, with the function that makes it so. */
#define NETWORK(type, id) { #id, FIELD_##type, SHOW_NETWORK, 0, 0, NULL }
#define BYTES(id, kind, n) { #id, FIELD_U8, SHOW_##kind, 0, n, NULL }
#define POINTS(id, name) { #id, FIELD_WORD, SHOW_POINTED, 0, 0, name }

#define SOME(abis, id, table, fn) { id, abis, ARRAY_LEN(table), table, fn }
#define ALL(id, table) SOME(0, id, table, NULL)
#define WITH(id, table, fn) SOME(0, id, table, fn)

#endif
