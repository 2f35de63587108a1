/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmds/code.h: what the files of `disassemble` share. */
#ifndef SCDB_CMDS_CODE_H
#define SCDB_CMDS_CODE_H

#include "arch/arch.h"
#include "session/location.h"

enum code_option {
	CODE_RAW = 1 << 0, CODE_MIXED = 1 << 1, CODE_SOURCE = 1 << 2,
};

/* What is being shown. */
struct code {
	struct session *s;
	struct image *image;
	const struct memory *memory;
	const struct arch *arch;
	unsigned options;
	taddr pc;                 /* gets the arrow ... */
	bool has_pc;              /* ... if there is one */
	taddr function;           /* offsets are told from here ... */
	bool is_function;         /* ... else with the symbol's name */
};

/* code.c: instructions from *AT on, which is behind the last one then. */
struct error *code_show_plain(struct code *c, taddr *at, taddr end) MUST_CHECK;
/* code_source.c: as the options say. */
struct error *code_show_range(struct code *c, taddr low,
                              taddr high) MUST_CHECK;

#endif
