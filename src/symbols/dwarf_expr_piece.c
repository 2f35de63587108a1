/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations of DWARF expressions that say where something is. */
#include "symbols/dwarf_expr.h"

#include <string.h>

static struct error *set_value_piece(struct expr_run *r)
{
	struct location_piece *p = &r->piece;
	uint8_t data[16];
	struct cell c;

	TRY(expr_pop(r, &c));
	r->has_piece = true;
	*p = (struct location_piece){ .kind = LOCATION_VALUE };
	cell_to_bytes(&c, data);
	memcpy(&p->value, data, sizeof(p->value));
	if (c.size > 8 && r->m->info) {
		struct debug_info *info = r->m->info;
		uint8_t *kept = arena_alloc(types_arena(types_of(info)), 16);

		memcpy(kept, data, 16);
		*p = (struct location_piece){ .kind = LOCATION_BYTES,
		                              .data = kept, .len = c.size };
	}
	return NULL;
}

static struct error *set_bytes_piece(struct expr_run *r, const Dwarf_Op *op)
{
	Dwarf_Block block;

	if (!r->m->attr || dwarf_getlocation_implicit_value(
				r->m->attr, op, &block) != 0)
		return expr_bad("a value that is not there");
	r->has_piece = true;
	r->piece = (struct location_piece){ .kind = LOCATION_BYTES,
	                                    .data = block.data,
	                                    .len = block.length };
	return NULL;
}

static struct error *set_pointer_piece(struct expr_run *r, const Dwarf_Op *op)
{
	Dwarf_Die die;

	if (!r->m->attr || !r->m->info ||
	    dwarf_getlocation_die(r->m->attr, op, &die) != 0)
		return expr_bad("a pointer to an entry that is not there");
	r->has_piece = true;
	r->piece = (struct location_piece){
		.kind = LOCATION_POINTER, .value = op->number2,
		.target = debug_die_of(r->m->info, &die) };
	return NULL;
}

static void set_register_piece(struct expr_run *r, unsigned reg)
{
	r->has_piece = true;
	r->piece = (struct location_piece){ .kind = LOCATION_REGISTER,
	                                    .reg = reg };
}

/* What was described last becomes a piece of BITS bits; 0: all. */
struct error *expr_end_piece(struct expr_run *r, uint64_t bits,
                               uint64_t bit_offset)
{
	struct location *l = r->location;
	struct location_piece p = r->piece;
	struct cell c;

	if (!l)
		return expr_bad("pieces where one value is wanted");
	if (l->count == LOCATION_MAX_PIECES)
		return error_new(ERROR_UNSUPPORTED,
		                 "in more than %d pieces",
		                 LOCATION_MAX_PIECES);
	if (!r->has_piece && r->depth) {
		TRY(expr_pop(r, &c));
		p = (struct location_piece){ .kind = LOCATION_MEMORY,
		                             .addr = cell_number(&c) };
	} else if (!r->has_piece) {
		p = (struct location_piece){ .kind = LOCATION_OPTIMIZED_OUT };
	}
	p.bits = bits;
	p.bit_offset = bit_offset;
	l->pieces[l->count++] = p;
	r->has_piece = false;
	return NULL;
}

/* One of no bits is none; 0 bits mean something else in a location. */
static bool drops_piece(struct expr_run *r, uint64_t bits)
{
	if (bits)
		return false;
	if (!r->has_piece && r->depth)
		r->depth--;
	r->has_piece = false;
	return true;
}

bool expr_place(struct expr_run *r, const Dwarf_Op *op, struct error **err)
{
	unsigned atom = op->atom;

	*err = NULL;
	if (atom >= DW_OP_reg0 && atom <= DW_OP_reg31) {
		set_register_piece(r, atom - DW_OP_reg0);
		return true;
	}
	switch (atom) {
	case DW_OP_regx:
		set_register_piece(r, (unsigned)op->number);
		return true;
	case DW_OP_stack_value:
		*err = set_value_piece(r);
		return true;
	case DW_OP_implicit_value:
		*err = set_bytes_piece(r, op);
		return true;
	case DW_OP_implicit_pointer:
	case DW_OP_GNU_implicit_pointer:
		*err = set_pointer_piece(r, op);
		return true;
	case DW_OP_piece:
		if (drops_piece(r, op->number))
			return true;
		*err = op->number > UINT64_MAX / 8
		       ? expr_bad("a piece too long")
		       : expr_end_piece(r, op->number * 8, 0);
		return true;
	case DW_OP_bit_piece:
		if (drops_piece(r, op->number))
			return true;
		*err = expr_end_piece(r, op->number, op->number2);
		return true;
	default:
		return false;
	}
}
