/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * syscalls/decode_types.h: the types that arguments of calls can have.
 *
 * Types are constant data; nobody owns them.  The signature parser asks for
 * one by name; everything that is done with an argument goes through its type.
 */
#ifndef SCDB_SYSCALLS_DECODE_TYPES_H
#define SCDB_SYSCALLS_DECODE_TYPES_H

#include "syscalls/decode.h"

/*
 * One argument while it is written out.  A decoder appends to OUT and stops
 * adding elements where OUT has grown to LIMIT bytes: counts that come from
 * the tracee bound nothing.
 */
struct decode_job {
	const struct decode_context *c;
	const struct syscall_arg *arg;
	unsigned index;
	uint64_t value; /* the register, cut to the ABI's width */
	struct buf *out;
	size_t limit;
	/* Bytes of a struct that grows, as the call gave them; 0: all. */
	size_t given;
};

/* In arg_type.element: as many bytes as a long of the ABI has. */
enum { ELEMENT_WORD = 255 };

struct arg_type {
	const char *name;
	enum arg_shape shape;
	uint8_t bits;    /* of the C type: 32, 64; 0: the ABI's register */
	bool is_signed;
	/*
	 * Bytes of one integer that the pointer points at; 0 where it does
	 * not point at integers or a parameter says (array).
	 */
	uint8_t element;
	void (*decode)(const struct decode_job *job);
	/* Bytes that there is room for; NULL: it does not say. */
	size_t (*room)(const struct syscall_view *call, unsigned index);
	/* Whether the call does not use the argument; NULL: it always does. */
	bool (*hidden)(const struct syscall_view *call, unsigned index);
	/* Where another argument says which way data goes; else NULL. */
	enum arg_direction (*direction)(const struct syscall_view *call,
	                                unsigned index);
};

/* NULL where no type is called NAME. */
const struct arg_type *decode_type_find(const char *name);
/* The INDEXth type, for tests; NULL behind the last. */
const struct arg_type *decode_type_at(size_t index);

#endif
