/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations of DWARF expressions that ask a frame, or other entries. */
#include "symbols/dwarf_expr.h"

#include <string.h>

struct error *expr_call(struct expr_run *r, const Dwarf_Op *op)
{
	Dwarf_Attribute attr, *before = r->m->attr;
	struct error *err;
	taddr addr = 0;
	Dwarf_Op *ops;
	size_t count;

	if (!r->m->attr ||
	    dwarf_getlocation_attr(r->m->attr, op, &attr) != 0)
		return NULL;       /* no location: no effect */
	if (r->m->context && r->m->module)
		addr = module_to_debug(r->m->module, r->m->context->pc);
	if (dwarf_getlocation(&attr, &ops, &count) != 0 &&
	    (!attr_list_is_sound(&attr) ||
	     dwarf_getlocation_addr(&attr, addr, &ops, &count, 1) != 1))
		return NULL;
	if (r->m->depth >= EXPR_MAX_DEPTH)
		return expr_bad("it calls itself too deeply");
	r->m->depth++;
	r->m->attr = &attr;
	err = expr_run_ops(r, ops, count);
	r->m->attr = before;
	r->m->depth--;
	return err;
}

struct error *expr_thread_local(struct expr_run *r)
{
	const struct location_context *context = r->m->context;
	struct cell c;
	taddr addr;

	TRY(expr_pop(r, &c));
	if (!context || !context->tls || !r->m->module)
		return error_new(ERROR_UNSUPPORTED,
		                 "a thread-local variable needs a thread");
	TRY(context->tls(context->ctx, r->m->module, cell_number(&c), &addr));
	return expr_push(r, addr);
}

static struct error *frame_base(struct expr_run *r, uint64_t *base)
{
	const struct location_context *context = r->m->context;
	struct expr_machine m = *r->m;
	struct function_range f;
	struct location where;
	Dwarf_Attribute attr;
	struct unit *unit;
	taddr addr;

	if (!context || !m.info || !m.module)
		return error_new(ERROR_UNSUPPORTED, "that needs a frame");
	if (++m.depth > EXPR_MAX_DEPTH)
		return expr_bad("its frame's base asks for its frame's base");
	addr = module_to_debug(m.module, context->pc);
	unit = unit_at(root_of(m.info), addr);
	if (!unit || !unit_function_at(unit, addr, &f) ||
	    !die_attr_any(&f.die, DW_AT_frame_base, &attr))
		return expr_gone();
	TRY(expr_attr(&m, &attr, &where));
	r->m->steps = m.steps;
	if (where.count != 1)
		return expr_gone();
	switch (where.pieces[0].kind) {
	case LOCATION_MEMORY:
		*base = where.pieces[0].addr;
		return NULL;
	case LOCATION_VALUE:
		*base = where.pieces[0].value;
		return NULL;
	case LOCATION_REGISTER:
		return expr_reg(&m, where.pieces[0].reg, base);
	default:
		return expr_gone();
	}
}

struct error *expr_push_frame(struct expr_run *r, const Dwarf_Op *op)
{
	const struct location_context *context = r->m->context;
	uint64_t base;
	taddr cfa;

	if (op->atom == DW_OP_fbreg) {
		TRY(frame_base(r, &base));
		return expr_push(r, base + op->number);
	}
	if (!context || !context->cfa)
		return error_new(ERROR_UNSUPPORTED, "that needs a frame");
	if (!context->cfa(context->ctx, &cfa))
		return expr_gone();
	return expr_push(r, cfa);
}

struct error *expr_entry(struct expr_run *r, const Dwarf_Op *op)
{
	Dwarf_Attribute attr;
	Dwarf_Die die;
	Dwarf_Op *ops;
	size_t count;
	uint64_t value;

	if (!r->m->attr)
		return expr_gone();
	if (op->atom == DW_OP_GNU_parameter_ref) {
		if (dwarf_getlocation_die(r->m->attr, op, &die) != 0)
			return expr_gone();
		TRY(entry_parameter(r->m, &die, &value));
		return expr_push(r, value);
	}
	if (dwarf_getlocation_attr(r->m->attr, op, &attr) != 0 ||
	    dwarf_getlocation(&attr, &ops, &count) != 0)
		return expr_bad("an entry value of nothing");
	TRY(entry_value(r->m, ops, count, &value));
	return expr_push(r, value);
}

/* GNU C writes the value of a variable that has been put elsewhere. */
struct error *expr_variable_value(struct expr_run *r, const Dwarf_Op *op)
{
	struct expr_machine m = *r->m;
	struct location where;
	Dwarf_Attribute attr;
	uint8_t data[8] = { 0 };
	uint64_t size, value = 0;
	Dwarf_Die die;

	if (!m.attr || dwarf_getlocation_die(m.attr, op, &die) != 0 ||
	    !die_attr_any(&die, DW_AT_location, &attr))
		return expr_gone();
	if (++m.depth > EXPR_MAX_DEPTH)
		return expr_bad("it calls itself too deeply");
	TRY(expr_attr(&m, &attr, &where));
	r->m->steps = m.steps;
	if (where.count != 1)
		return expr_gone();
	size = type_size(die_type_of(m.info, &die));
	switch (where.pieces[0].kind) {
	case LOCATION_MEMORY:
		if (!size || size > sizeof(data))
			return expr_gone();
		TRY(expr_read(r, where.pieces[0].addr, data, size));
		memcpy(&value, data, sizeof(value));
		return expr_push(r, value);
	case LOCATION_VALUE:
		return expr_push(r, where.pieces[0].value);
	case LOCATION_REGISTER:
		TRY(expr_reg(&m, where.pieces[0].reg, &value));
		return expr_push(r, value);
	default:
		return expr_gone();
	}
}
