/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * syscalls/constants.h: lists of named numbers, as decoders show them.
 * The data is constants.inc, made from constants.list.
 */
#ifndef SCDB_SYSCALLS_CONSTANTS_H
#define SCDB_SYSCALLS_CONSTANTS_H

#include "base/buf.h"
#include "base/types.h"

#include <stdbool.h>

struct constant {
	const char *name;
	uint64_t value;
	uint64_t mask; /* the field that it is a value of; 0: bits of its own */
};

struct constant_list {
	const char *name;
	const char *unknown; /* "O_???", or "" */
	const struct constant *items;
	size_t count;
};

/* NULL where there is no list NAME. */
const struct constant_list *constant_list_find(const char *name);
/* The name of VALUE, the first that LIST has, or NULL. */
const char *constant_name(const struct constant_list *list, uint64_t value);
/*
 * "O_RDWR|O_CREAT|0x40000000": names, then in hex what no name stands for;
 * "0" where no bit is set and LIST has no name for that.  Where no bit has a
 * name, or a field's value has none, the list is: a comment behind the number
 * says "O_???".
 */
void constant_put_flags(const struct constant_list *list, uint64_t value,
                        struct buf *out);
/* The name, or the number in hex with such a comment. */
void constant_put_enum(const struct constant_list *list, uint64_t value,
                       struct buf *out);
/* The INDEXth list, for tests; NULL behind the last. */
const struct constant_list *constant_list_at(size_t index);

#endif
