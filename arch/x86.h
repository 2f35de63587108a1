/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * arch/x86.h: what the rows of arch/x86_64.c and arch/i386.c are written in.
 * Both describe parts of the same 64-bit user_regs_struct.  Only arch/
 * includes this.
 */
#ifndef SCDB_ARCH_X86_H
#define SCDB_ARCH_X86_H

#include "arch/arch.h"

#include <stddef.h>

#define X86_AT(field) offsetof(struct user_regs_struct, field)

/* A register that is listed: NAME shows SIZE bytes of FIELD. */
#define X86_REG(reg_name, field, bytes, ...)                           \
	{ .name = (reg_name), .offset = X86_AT(field), .size = (bytes), \
	  __VA_ARGS__ }
/* A part of one, or another name of it. */
#define X86_PART(reg_name, field, bytes, ...)                         \
	X86_REG(reg_name, field, bytes, .alias = true, __VA_ARGS__)
/* The parts that the first four registers have: %ax, %al, %ah. */
#define X86_PARTS_ABCD(letter, field)                                  \
	X86_PART(letter "x", field, 2),                                \
	X86_PART(letter "l", field, 1),                                \
	X86_PART(letter "h", field, 1, .shift = 8)

#endif
