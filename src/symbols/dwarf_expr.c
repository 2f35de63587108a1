/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machine that runs DWARF expressions. */
#include "symbols/dwarf_expr.h"

#include <string.h>

struct error *expr_gone(void)
{
	return error_new(ERROR_NOT_FOUND, "optimized out");
}

struct error *expr_bad(const char *what)
{
	return error_new(ERROR_UNSUPPORTED, "DWARF expression: %s", what);
}

static struct error *push(struct expr_run *r, struct cell c)
{
	if (r->depth == EXPR_STACK)
		return expr_bad("its stack is full");
	r->stack[r->depth++] = c;
	return NULL;
}

struct error *expr_push(struct expr_run *r, uint64_t value)
{
	return push(r, cell_generic(r->m->word, value));
}

struct error *expr_pop(struct expr_run *r, struct cell *c)
{
	if (!r->depth)
		return expr_bad("its stack is empty");
	*c = r->stack[--r->depth];
	return NULL;
}

static struct error *reg_bytes(const struct expr_machine *m, unsigned reg,
                               uint8_t data[REG_MAX_BYTES], size_t *len)
{
	if (!m->context || !m->context->reg)
		return error_new(ERROR_UNSUPPORTED, "that needs a frame");
	memset(data, 0, REG_MAX_BYTES);
	if (!m->context->reg(m->context->ctx, reg, data, len) || !*len)
		return expr_gone();
	return NULL;
}

struct error *expr_reg(const struct expr_machine *m, unsigned reg,
                       uint64_t *value)
{
	uint8_t data[REG_MAX_BYTES];
	size_t len = 0;

	TRY(reg_bytes(m, reg, data, &len));
	*value = 0;
	memcpy(value, data, len < m->word ? len : m->word);
	return NULL;
}

struct error *expr_read(const struct expr_run *r, taddr addr,
                                 void *data, size_t len)
{
	const struct memory *memory =
		r->m->context && r->m->context->image
		? image_memory(r->m->context->image) : NULL;

	if (!memory)
		return error_new(ERROR_UNSUPPORTED, "that needs a process");
	if (memory_read(memory, addr, data, len) != len)
		return error_fault(addr, "cannot access memory at address "
		                   "0x%llx", (unsigned long long)addr);
	return NULL;
}

static struct error *dereference(struct expr_run *r, unsigned size,
                                 const struct cell *like)
{
	uint8_t data[16] = { 0 };
	struct cell c;

	TRY(expr_pop(r, &c));
	if (!size || size > sizeof(data))
		return expr_bad("a size that is no number's");
	TRY(expr_read(r, cell_number(&c), data, size));
	return push(r, cell_from_bytes(like, data, size));
}

static struct cell generic_like(const struct expr_run *r)
{
	return cell_generic(r->m->word, 0);
}

/* The base type that OP names; the generic one where it names none. */
static struct error *type_of_op(struct expr_run *r, const Dwarf_Op *op,
                                uint64_t offset, struct cell *like)
{
	Dwarf_Die die;

	*like = generic_like(r);
	if (!offset && (op->atom == DW_OP_convert ||
	                op->atom == DW_OP_reinterpret ||
	                op->atom == DW_OP_GNU_convert ||
	                op->atom == DW_OP_GNU_reinterpret))
		return NULL;
	if (!r->m->attr || dwarf_getlocation_die(r->m->attr, op, &die) != 0 ||
	    !cell_of_type(&die, r->m->word, like))
		return expr_bad("a type that can't be computed with");
	return NULL;
}

static struct error *const_type(struct expr_run *r, const Dwarf_Op *op)
{
	Dwarf_Attribute attr;
	Dwarf_Block block;
	struct cell like;

	TRY(type_of_op(r, op, op->number, &like));
	if (dwarf_getlocation_attr(r->m->attr, op, &attr) != 0 ||
	    dwarf_formblock(&attr, &block) != 0)
		return expr_bad("a constant that is none");
	return push(r, cell_from_bytes(&like, block.data, block.length));
}

/* Addresses of the file become those of the process, offsets don't. */
static struct error *push_address(struct expr_run *r, const Dwarf_Op *op,
                                  const Dwarf_Op *next)
{
	uint64_t addr = op->number;
	Dwarf_Attribute attr;
	Dwarf_Addr value;

	if (op->atom != DW_OP_addr) {
		if (!r->m->attr ||
		    dwarf_getlocation_attr(r->m->attr, op, &attr) != 0)
			return expr_bad("an address that is not in its table");
		if (dwarf_formaddr(&attr, &value) == 0)
			addr = value;
		else if (dwarf_formudata(&attr, &value) == 0)
			return expr_push(r, value);
		else
			return expr_bad("an address that is not in its table");
	}
	if (next && (next->atom == DW_OP_form_tls_address ||
	             next->atom == DW_OP_GNU_push_tls_address))
		return expr_push(r, addr);
	if (r->m->module)
		addr = module_from_debug(r->m->module, addr);
	return expr_push(r, addr);
}

static struct error *push_register(struct expr_run *r, const Dwarf_Op *op)
{
	uint8_t data[REG_MAX_BYTES];
	struct cell like;
	uint64_t value;
	size_t len = 0;

	if (op->atom == DW_OP_bregx) {
		TRY(expr_reg(r->m, (unsigned)op->number, &value));
		return expr_push(r, value + op->number2);
	}
	if (op->atom >= DW_OP_breg0 && op->atom <= DW_OP_breg31) {
		TRY(expr_reg(r->m, op->atom - DW_OP_breg0, &value));
		return expr_push(r, value + op->number);
	}
	TRY(type_of_op(r, op, op->number2, &like));
	TRY(reg_bytes(r->m, (unsigned)op->number, data, &len));
	return push(r, cell_from_bytes(&like, data, len));
}

static struct error *shuffle(struct expr_run *r, const Dwarf_Op *op)
{
	size_t index = 0, d = r->depth;
	struct cell top;

	switch (op->atom) {
	case DW_OP_drop:
		return expr_pop(r, &top);
	case DW_OP_over:
		index = 1;
		break;
	case DW_OP_pick:
		index = op->number;
		break;
	case DW_OP_swap:
		if (d < 2)
			return expr_bad("its stack is empty");
		top = r->stack[d - 1];
		r->stack[d - 1] = r->stack[d - 2];
		r->stack[d - 2] = top;
		return NULL;
	case DW_OP_rot:
		if (d < 3)
			return expr_bad("its stack is empty");
		top = r->stack[d - 1];
		r->stack[d - 1] = r->stack[d - 2];
		r->stack[d - 2] = r->stack[d - 3];
		r->stack[d - 3] = top;
		return NULL;
	}
	if (index >= d)
		return expr_bad("its stack is empty");
	return push(r, r->stack[d - 1 - index]);
}

static struct error *arithmetic(struct expr_run *r, const Dwarf_Op *op)
{
	struct cell a, b, result;
	const char *wrong;

	TRY(expr_pop(r, &b));
	if (op->atom == DW_OP_neg || op->atom == DW_OP_not ||
	    op->atom == DW_OP_abs) {
		wrong = cell_unary(op->atom, &b);
		result = b;
	} else if (op->atom == DW_OP_plus_uconst) {
		a = b;
		b.kind = b.kind == CELL_FLOAT ? CELL_UNSIGNED : b.kind;
		b.u = op->number;
		wrong = cell_binary(DW_OP_plus, &a, &b, &result);
	} else {
		TRY(expr_pop(r, &a));
		wrong = cell_binary(op->atom, &a, &b, &result);
	}
	return wrong ? expr_bad(wrong) : push(r, result);
}

static struct error *convert(struct expr_run *r, const Dwarf_Op *op)
{
	bool bits = op->atom == DW_OP_reinterpret ||
	            op->atom == DW_OP_GNU_reinterpret;
	struct cell like, c;

	TRY(type_of_op(r, op, op->number, &like));
	TRY(expr_pop(r, &c));
	return push(r, bits ? cell_reinterpret(&c, &like)
	                    : cell_convert(&c, &like));
}

static struct error *deref_type(struct expr_run *r, const Dwarf_Op *op)
{
	struct cell like;

	TRY(type_of_op(r, op, op->number2, &like));
	return dereference(r, (unsigned)op->number, &like);
}

/* What asks others: the caller, another entry, the thread; and what is not for
 * us. */
static struct error *ask_others(struct expr_run *r, const Dwarf_Op *op)
{
	switch (op->atom) {
	case DW_OP_call2:
	case DW_OP_call4:
	case DW_OP_call_ref:
		return expr_call(r, op);
	case DW_OP_form_tls_address:
	case DW_OP_GNU_push_tls_address:
		return expr_thread_local(r);
	case DW_OP_entry_value:
	case DW_OP_GNU_entry_value:
	case DW_OP_GNU_parameter_ref:
		return expr_entry(r, op);
	case DW_OP_GNU_variable_value:
		return expr_variable_value(r, op);
	case DW_OP_nop:
		return NULL;
	case DW_OP_GNU_uninit:
		return NULL;
	case DW_OP_push_object_address:
		return expr_bad("it needs the object that it is part of");
	case DW_OP_xderef:
	case DW_OP_xderef_size:
	case DW_OP_xderef_type:
		return expr_bad("other address spaces");
	default:
		return error_new(ERROR_UNSUPPORTED,
		                 "DWARF expression: operation 0x%x", op->atom);
	}
}

/* What only computes, but for jumps. */
static struct error *compute(struct expr_run *r, const Dwarf_Op *op,
                             const Dwarf_Op *next)
{
	struct cell generic = generic_like(r);
	unsigned atom = op->atom;

	if (atom >= DW_OP_lit0 && atom <= DW_OP_lit31)
		return expr_push(r, atom - DW_OP_lit0);
	if (atom >= DW_OP_breg0 && atom <= DW_OP_breg31)
		return push_register(r, op);
	if (atom >= DW_OP_const1u && atom <= DW_OP_consts)
		return expr_push(r, op->number);
	if (atom >= DW_OP_dup && atom <= DW_OP_rot) {
		if (atom == DW_OP_dup)
			return shuffle(r, &(Dwarf_Op){ .atom = DW_OP_pick });
		return shuffle(r, op);
	}
	if ((atom >= DW_OP_abs && atom <= DW_OP_xor) ||
	    (atom >= DW_OP_eq && atom <= DW_OP_ne))
		return arithmetic(r, op);
	switch (atom) {
	case DW_OP_addr:
	case DW_OP_addrx:
	case DW_OP_constx:
	case DW_OP_GNU_addr_index:
	case DW_OP_GNU_const_index:
		return push_address(r, op, next);
	case DW_OP_deref:
		return dereference(r, r->m->word, &generic);
	case DW_OP_deref_size:
		return dereference(r, (unsigned)op->number, &generic);
	case DW_OP_deref_type:
	case DW_OP_GNU_deref_type:
		return deref_type(r, op);
	case DW_OP_fbreg:
	case DW_OP_call_frame_cfa:
		return expr_push_frame(r, op);
	case DW_OP_bregx:
	case DW_OP_regval_type:
	case DW_OP_GNU_regval_type:
		return push_register(r, op);
	case DW_OP_const_type:
	case DW_OP_GNU_const_type:
		return const_type(r, op);
	case DW_OP_convert:
	case DW_OP_GNU_convert:
	case DW_OP_reinterpret:
	case DW_OP_GNU_reinterpret:
		return convert(r, op);
	default:
		return ask_others(r, op);
	}
}

/* The index of the operation at OFFSET; COUNT: the end; else -1. */
static long op_at(const Dwarf_Op *ops, size_t count, uint64_t offset)
{
	for (size_t i = 0; i < count; i++)
		if (ops[i].offset == offset)
			return (long)i;
	return count && offset > ops[count - 1].offset ? (long)count : -1;
}

static struct error *jump(struct expr_run *r, const Dwarf_Op *ops,
                          size_t count, size_t *at)
{
	const Dwarf_Op *op = &ops[*at];
	struct cell c;
	long to;

	if (op->atom == DW_OP_bra) {
		TRY(expr_pop(r, &c));
		if (cell_is_zero(&c)) {
			++*at;
			return NULL;
		}
	}
	to = op_at(ops, count,
	           op->offset + 3 + (uint64_t)(int64_t)(int16_t)op->number);
	if (to < 0)
		return expr_bad("a jump to nowhere");
	*at = (size_t)to;
	return NULL;
}

/*
 * Where what ran into ERR is but a piece, that one is optimised out: goes on at
 * its end.  False: it is all of it.
 */
static bool give_up_piece(struct expr_run *r, const struct error *err,
                          const Dwarf_Op *ops, size_t count, size_t *at)
{
	if (err->kind != ERROR_NOT_FOUND || !r->location)
		return false;
	for (size_t i = *at; i < count; i++) {
		if (ops[i].atom != DW_OP_piece && ops[i].atom != DW_OP_bit_piece)
			continue;
		*at = i;
		r->depth = 0;
		r->has_piece = true;
		r->piece = (struct location_piece){
			.kind = LOCATION_OPTIMIZED_OUT };
		return true;
	}
	return false;
}

struct error *expr_run_ops(struct expr_run *r, const Dwarf_Op *ops,
                                size_t count)
{
	size_t at = 0;

	while (at < count) {
		const Dwarf_Op *op = &ops[at];
		struct error *err;

		if (++r->m->steps > EXPR_MAX_STEPS)
			return expr_bad("it does not end");
		if (op->atom == DW_OP_bra || op->atom == DW_OP_skip) {
			TRY(jump(r, ops, count, &at));
			continue;
		}
		at++;
		if (expr_place(r, op, &err)) {
			if (err)
				return err;
			continue;
		}
		err = compute(r, op, at < count ? &ops[at] : NULL);
		if (!err)
			continue;
		if (!give_up_piece(r, err, ops, count, &at))
			return err;
		error_destroy(err);
	}
	return NULL;
}

struct error *expr_value(struct expr_machine *m, const Dwarf_Op *ops,
                         size_t count, const uint64_t *initial,
                         uint64_t *value)
{
	struct expr_run r;

	r.m = m;
	r.depth = 0;
	r.location = NULL;
	r.has_piece = false;
	if (initial)
		TRY(expr_push(&r, *initial));
	TRY(expr_run_ops(&r, ops, count));
	if (r.has_piece && r.piece.kind == LOCATION_REGISTER)
		return expr_reg(m, r.piece.reg, value);
	if (r.has_piece && r.piece.kind == LOCATION_VALUE)
		*value = r.piece.value;
	else if (r.has_piece || !r.depth)
		return expr_bad("no value");
	else
		*value = cell_bits(&r.stack[r.depth - 1]);
	return NULL;
}

struct error *expr_location(struct expr_machine *m, const Dwarf_Op *ops,
                            size_t count, struct location *location)
{
	struct expr_run r;

	r.m = m;
	r.depth = 0;
	r.location = location;
	r.has_piece = false;
	location->count = 0;
	TRY(expr_run_ops(&r, ops, count));
	if (!location->count || r.has_piece)
		return expr_end_piece(&r, 0, 0);
	return NULL;
}
