/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * symbols/location.h: where a variable is, from DWARF expressions, and the
 * registers of a frame that they speak of.
 *
 * DWARF numbers registers in its own way (System V psABI, figure 3.36 for
 * x86-64 and figure 2.14 for i386): 0 to 16 on x86-64 with 16 the return
 * address, 17 to 32 xmm0 to xmm15, 33 to 40 st0 to st7; on i386 0 to 8 with 8
 * the return address, 21 to 28 xmm0 to xmm7.
 */
#ifndef SCDB_SYMBOLS_LOCATION_H
#define SCDB_SYMBOLS_LOCATION_H

#include "base/error.h"
#include "base/memory.h"
#include "base/types.h"

#include <stdbool.h>

struct debug_info;            /* of one symbol_file */

/* A handle to an entry of debug information: see debug.h. */
struct debug_die {
	struct debug_info *info;
	uint64_t offset;          /* in .debug_info */
	bool in_types;            /* in .debug_types */
};

enum {
	FRAME_REGS = 17,      /* the integer registers and the return address */
	REG_MAX_BYTES = 16,   /* of an xmm register, or an st with its padding */
};

/* The registers of one frame, as far as they are known there. */
struct frame_regs {
	uint64_t value[FRAME_REGS];   /* by DWARF number */
	taddr saved_at[FRAME_REGS];   /* where in memory it was read from */
	uint32_t known;               /* bit N: value[N] holds */
	uint32_t saved;               /* bit N: saved_at[N] holds; a known one
	                               * that is not saved is in the thread */
};

struct frame;

enum location_kind {
	LOCATION_MEMORY,      /* at ADDR */
	LOCATION_REGISTER,    /* in register REG of the frame */
	LOCATION_VALUE,       /* no storage: VALUE is what it is */
	LOCATION_BYTES,       /* no storage: DATA of LEN bytes (the file's) */
	LOCATION_POINTER,     /* implicit: points at no storage, whose value is
	                       * the variable DIE's; *p can be shown, p can't */
	LOCATION_OPTIMIZED_OUT,
};

struct location_piece {
	enum location_kind kind;
	uint64_t bits;            /* how many of the variable's; 0: all */
	uint64_t bit_offset;      /* into the register, or the memory */
	taddr addr;
	unsigned reg;
	uint64_t value;
	const uint8_t *data;
	size_t len;
	/* LOCATION_POINTER: to byte VALUE (signed) of what this entry is;
	 * debug_variable_of makes a variable of it. */
	struct debug_die target;
};

enum { LOCATION_MAX_PIECES = 64 };

/* One piece for nearly all; several for what optimisers tore apart. */
struct location {
	size_t count;
	struct location_piece pieces[LOCATION_MAX_PIECES];
};

#endif
