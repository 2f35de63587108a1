/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * symbols/dwarf_expr.h: the machine that runs DWARF expressions.
 *
 *	dwarf_expr.c        the machine: its operators
 *	dwarf_cell.c        what is on its stack: numbers with types
 *	dwarf_expr_frame.c  operators that ask the frame and other entries
 *	dwarf_expr_piece.c  those that say where something is
 *	dwarf_entry.c       values at the entry of a function, by its caller
 */
#ifndef SCDB_SYMBOLS_DWARF_EXPR_H
#define SCDB_SYMBOLS_DWARF_EXPR_H

#include "symbols/dwarf.h"

enum {
	EXPR_STACK = 256,
	EXPR_MAX_STEPS = 20000,
	EXPR_MAX_DEPTH = 16,
};

enum cell_kind { CELL_GENERIC, CELL_SIGNED, CELL_UNSIGNED, CELL_FLOAT };

/* GENERIC is as wide as an address and signed where that matters. */
struct cell {
	enum cell_kind kind;
	unsigned size;              /* bytes */
	unsigned __int128 u;        /* cut to SIZE */
	long double f;              /* FLOAT */
};

struct cell cell_generic(unsigned word, uint64_t value);
/* From LEN bytes, of KIND and SIZE of LIKE. */
struct cell cell_from_bytes(const struct cell *like, const uint8_t *data,
                            size_t len);
void cell_to_bytes(const struct cell *c, uint8_t data[16]);
/* As a cell like LIKE: converted, or the same bits. */
struct cell cell_convert(const struct cell *c, const struct cell *like);
struct cell cell_reinterpret(const struct cell *c, const struct cell *like);
bool cell_is_zero(const struct cell *c);
/* Its first 8 bytes in memory: of a float not the same as its number. */
uint64_t cell_bits(const struct cell *c);
uint64_t cell_number(const struct cell *c);
/* NULL: it worked; else what is wrong. */
const char *cell_unary(unsigned op, struct cell *c);
const char *cell_binary(unsigned op, const struct cell *a,
                        const struct cell *b, struct cell *result);
/* False: DIE is no type that the machine knows. */
bool cell_of_type(Dwarf_Die *die, unsigned word, struct cell *like);

/* While an expression runs. */
struct expr_run {
	struct expr_machine *m;
	struct cell stack[EXPR_STACK];
	size_t depth;
	struct location *location;  /* NULL: only a value is wanted */
	/* What the last piece is, when not the address on the stack. */
	struct location_piece piece;
	bool has_piece;
};

struct error *expr_bad(const char *what) MUST_CHECK;
struct error *expr_push(struct expr_run *r, uint64_t value) MUST_CHECK;
struct error *expr_pop(struct expr_run *r, struct cell *c) MUST_CHECK;
struct error *expr_read(const struct expr_run *r, taddr addr, void *data,
                        size_t len) MUST_CHECK;
/* Runs what stands elsewhere, or all; its steps count. */
struct error *expr_run_ops(struct expr_run *r, const Dwarf_Op *ops,
                           size_t count) MUST_CHECK;
/* True: *ERR is what came of OP, which says where something is. */
bool expr_place(struct expr_run *r, const Dwarf_Op *op, struct error **err);
/* What was described last becomes a piece of BITS bits; 0: all. */
struct error *expr_end_piece(struct expr_run *r, uint64_t bits,
                             uint64_t bit_offset) MUST_CHECK;
struct error *expr_call(struct expr_run *r, const Dwarf_Op *op) MUST_CHECK;
struct error *expr_thread_local(struct expr_run *r) MUST_CHECK;
struct error *expr_push_frame(struct expr_run *r,
                              const Dwarf_Op *op) MUST_CHECK;
struct error *expr_entry(struct expr_run *r, const Dwarf_Op *op) MUST_CHECK;
struct error *expr_variable_value(struct expr_run *r,
                                  const Dwarf_Op *op) MUST_CHECK;

/*
 * The value of a register (VALUE) when the function of M's context was
 * entered; OPS name it.
 */
struct error *entry_value(struct expr_machine *m, const Dwarf_Op *ops,
                          size_t count, uint64_t *value) MUST_CHECK;
/* ... of the parameter PARAMETER. */
struct error *entry_parameter(struct expr_machine *m, Dwarf_Die *parameter,
                              uint64_t *value) MUST_CHECK;
/* Where in M's file the function of M's context begins, around inlined copies. */
bool entry_address(const struct expr_machine *m, taddr *entry);
/* ERROR_NOT_FOUND stands for what was optimised out. */
struct error *expr_gone(void) MUST_CHECK;
/* A register of M's context as a number. */
struct error *expr_reg(const struct expr_machine *m, unsigned reg,
                       uint64_t *value) MUST_CHECK;
/* What attribute ATTR of DIE says at M's pc; LOCATION.count 0: nothing. */
struct error *expr_attr(const struct expr_machine *m, Dwarf_Attribute *attr,
                        struct location *location) MUST_CHECK;

/* dwarf_entry.c: the call in FUNCTION that returns to RETURN_PC. */
bool call_site_find(Dwarf_Die *function, taddr return_pc, Dwarf_Die *site);

#endif
