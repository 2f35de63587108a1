/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * symbols/type_rust.h: what Rust's types are, by the shape that its compiler
 * gives them in DWARF.
 */
#ifndef SCDB_SYMBOLS_TYPE_RUST_H
#define SCDB_SYMBOLS_TYPE_RUST_H

#include "symbols/type.h"

/* Of a stripped type: (i32, u8); struct Pair(i32, u8). */
bool type_is_tuple(const struct type *t);
bool type_is_tuple_struct(const struct type *t);
/* &[T], &str: *DATA is the pointer, *LENGTH the number of elements. */
bool type_is_slice(const struct type *t, const struct type_member **data,
                   const struct type_member **length);
/* One of the language's own, by name, where usize has WORD bytes; or NULL. */
const struct type *rust_basic_type(const char *name, uint64_t word);
/* As whatis and ptype show them. */
void rust_type_name(const struct type *t, struct buf *text);
void rust_type_describe(const struct type *t, struct buf *text);

#endif
