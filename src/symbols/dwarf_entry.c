/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values at the entry of a function: the caller's debug information says what
 * it put into a register before the call.
 */
#include "symbols/dwarf_expr.h"

/* A call, in the frame that made it. */
struct call_site {
	struct expr_machine m;   /* of the caller */
	Dwarf_Die die;
};

static bool is_call_site(int tag)
{
	return tag == DW_TAG_call_site || tag == DW_TAG_GNU_call_site;
}

/* Where the call at DIE returns to. */
static bool returns_to(Dwarf_Die *die, taddr addr)
{
	Dwarf_Attribute attr;
	Dwarf_Addr at;

	if (!die_attr(die, DW_AT_call_return_pc, &attr) &&
	    !die_attr(die, DW_AT_low_pc, &attr))
		return false;
	return dwarf_formaddr(&attr, &at) == 0 && at == addr;
}

struct site_search {
	taddr addr;
	uint64_t seen;
	Dwarf_Die found;
};

static bool find_site(struct site_search *s, Dwarf_Die *parent,
                      unsigned depth)
{
	Dwarf_Die die;

	if (depth > DIE_MAX_DEPTH)
		return false;
	for (bool ok = die_first(parent, &die); ok; ok = die_next(&die)) {
		int tag = dwarf_tag(&die);

		if ((uintptr_t)die.addr <= s->seen)
			return false;
		s->seen = (uintptr_t)die.addr;
		if (is_call_site(tag) && returns_to(&die, s->addr)) {
			s->found = die;
			return true;
		}
		if ((tag == DW_TAG_lexical_block ||
		     tag == DW_TAG_inlined_subroutine) &&
		    find_site(s, &die, depth + 1))
			return true;
	}
	return false;
}

bool call_site_find(Dwarf_Die *function, taddr return_pc, Dwarf_Die *site)
{
	struct site_search s = { .addr = return_pc };

	if (!find_site(&s, function, 0))
		return false;
	*site = s.found;
	return true;
}

static bool reference(Dwarf_Die *die, Dwarf_Die *to)
{
	return die_ref(die, DW_AT_call_origin, to) ||
	       die_ref(die, DW_AT_abstract_origin, to);
}

static bool worked(struct error *err)
{
	bool fine = !err;

	error_destroy(err);
	return fine;
}

struct symbol_check {
	taddr entry;
	bool found;
};

static bool is_entry(void *ctx, const struct symbol *symbol)
{
	struct symbol_check *check = ctx;

	check->found = symbol->addr == check->entry;
	return !check->found;
}

/* Whether the declaration TARGET, of another unit, is the function at ENTRY,
 * which may have many names. */
static bool is_declared(const struct call_site *site, Dwarf_Die *target,
                        taddr entry)
{
	const char *name = die_string(target, DW_AT_linkage_name);
	struct symbol_check check = { .entry = entry };

	if (!name)
		name = die_name(target);
	if (name)
		image_symbols_named(site->m.context->image, NULL, name,
		                    is_entry, &check);
	return check.found;
}

/* The function of M's context, around inlined copies. */
static bool function_of(const struct expr_machine *m, Dwarf_Die *die)
{
	taddr addr = module_to_debug(m->module, m->context->pc);
	struct unit *unit = unit_at(root_of(m->info), addr);
	struct function_range f;

	if (!unit || !unit_function_at(unit, addr, &f))
		return false;
	*die = f.die;
	return true;
}

bool entry_address(const struct expr_machine *m, taddr *entry)
{
	Dwarf_Die die;

	if (!m->module || !m->info || !function_of(m, &die))
		return false;
	*entry = die_entry(&die);
	return true;
}

/*
 * Whether the call goes to the function that M is in.  A call of another one
 * got here by tail calls, whose registers nobody knows.
 */
static bool calls_here(struct call_site *site, const struct expr_machine *m)
{
	Dwarf_Die target, here, origin;
	Dwarf_Attribute attr;
	struct location where;
	taddr entry;

	if (!function_of(m, &here))
		return false;
	entry = module_from_debug(m->module, die_entry(&here));
	if (reference(&site->die, &target)) {
		origin = die_origin(&here);
		target = die_origin(&target);
		if (target.addr == origin.addr)
			return true;
		return is_declared(site, &target, entry);
	}
	if (!die_attr(&site->die, DW_AT_call_target, &attr) &&
	    !die_attr(&site->die, DW_AT_GNU_call_site_target, &attr))
		return false;
	if (!worked(expr_attr(&site->m, &attr, &where)) ||
	    where.count != 1)
		return false;
	return (where.pieces[0].kind == LOCATION_MEMORY
	        ? where.pieces[0].addr : where.pieces[0].value) == entry;
}

static struct error *find_call(struct expr_machine *m, struct call_site *site)
{
	const struct location_context *caller;
	struct function_range f;
	struct unit *unit;
	taddr addr;

	if (m->depth >= EXPR_MAX_DEPTH || !m->context ||
	    !m->context->caller || !m->module || !m->info)
		return expr_gone();
	caller = m->context->caller(m->context->ctx);
	if (!caller || !caller->image)
		return expr_gone();
	site->m = (struct expr_machine){ .context = caller, .word = m->word,
	                                 .depth = m->depth + 1,
	                                 .steps = m->steps };
	site->m.module = image_module_at(caller->image, caller->pc);
	if (!site->m.module)
		return expr_gone();
	site->m.info = file_debug(site->m.module->file, caller->image);
	if (!site->m.info)
		return expr_gone();
	addr = module_to_debug(site->m.module, caller->pc);
	unit = unit_at(site->m.info, addr);
	if (!unit || !unit_function_at(unit, addr, &f))
		return expr_gone();
	/* caller->pc is the last byte of the call. */
	if (!call_site_find(&f.die, addr + 1, &site->die))
		return expr_gone();
	return calls_here(site, m) ? NULL : expr_gone();
}

/* The one register that OPS are; -1: they are something else. */
static long only_register(const Dwarf_Op *ops, size_t count)
{
	if (count != 1)
		return -1;
	if (ops->atom >= DW_OP_reg0 && ops->atom <= DW_OP_reg31)
		return ops->atom - DW_OP_reg0;
	if (ops->atom == DW_OP_regx || ops->atom == DW_OP_regval_type ||
	    ops->atom == DW_OP_GNU_regval_type)
		return (long)(ops->number & 0xffff);
	return -1;
}

static bool same_ops(const Dwarf_Op *a, size_t a_count, const Dwarf_Op *b,
                     size_t b_count)
{
	long reg = only_register(a, a_count);

	if (reg >= 0)
		return reg == only_register(b, b_count);
	if (a_count != b_count)
		return false;
	for (size_t i = 0; i < a_count; i++)
		if (a[i].atom != b[i].atom || a[i].number != b[i].number ||
		    a[i].number2 != b[i].number2)
			return false;
	return true;
}

/* What the caller passed: VALUE or, of the pointed-to, DATA. */
static struct error *passed(struct call_site *site, Dwarf_Die *parameter,
                            bool pointed, uint64_t *value)
{
	Dwarf_Attribute attr;
	struct error *err;
	Dwarf_Op *ops;
	size_t count;

	if (!die_attr(parameter, pointed ? DW_AT_call_data_value
	                                 : DW_AT_call_value, &attr) &&
	    !die_attr(parameter, pointed ? DW_AT_GNU_call_site_data_value
	                                 : DW_AT_GNU_call_site_value, &attr))
		return expr_gone();
	if (dwarf_getlocation(&attr, &ops, &count) != 0 || !count)
		return expr_gone();
	site->m.attr = &attr;
	err = expr_value(&site->m, ops, count, NULL, value);
	site->m.attr = NULL;
	return err;
}

static bool is_parameter(Dwarf_Die *die)
{
	int tag = dwarf_tag(die);

	return tag == DW_TAG_call_site_parameter ||
	       tag == DW_TAG_GNU_call_site_parameter;
}

struct error *entry_value(struct expr_machine *m, const Dwarf_Op *ops,
                          size_t count, uint64_t *value)
{
	/* What a register pointed at at the entry: GNU C's form. */
	bool pointed = count == 2 && ops[0].atom >= DW_OP_breg0 &&
	               ops[0].atom <= DW_OP_breg31 && !ops[0].number;
	struct call_site site = { 0 };
	struct error *err;
	Dwarf_Die die;

	TRY(find_call(m, &site));
	for (bool ok = die_first(&site.die, &die); ok; ok = die_next(&die)) {
		Dwarf_Op reg = { .atom = pointed ? ops[0].atom - DW_OP_breg0 +
		                                   DW_OP_reg0 : 0 };
		Dwarf_Attribute attr;
		Dwarf_Op *where;
		size_t len;

		if (!is_parameter(&die) ||
		    !die_attr(&die, DW_AT_location, &attr) ||
		    dwarf_getlocation(&attr, &where, &len) != 0 ||
		    !same_ops(pointed ? &reg : ops, pointed ? 1 : count,
		              where, len))
			continue;
		err = passed(&site, &die, pointed, value);
		m->steps = site.m.steps;
		return err;
	}
	return expr_gone();
}

struct error *entry_parameter(struct expr_machine *m, Dwarf_Die *parameter,
                              uint64_t *value)
{
	struct call_site site = { 0 };
	struct error *err;
	Dwarf_Die die, of;

	TRY(find_call(m, &site));
	for (bool ok = die_first(&site.die, &die); ok; ok = die_next(&die)) {
		if (!is_parameter(&die) ||
		    (!die_ref(&die, DW_AT_call_parameter, &of) &&
		     !die_ref(&die, DW_AT_abstract_origin, &of)) ||
		    of.addr != parameter->addr)
			continue;
		err = passed(&site, &die, false, value);
		m->steps = site.m.steps;
		return err;
	}
	return expr_gone();
}
