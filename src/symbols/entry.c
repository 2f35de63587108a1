/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a parameter was when its function was entered. */
#include "symbols/dwarf_expr.h"

bool debug_locate_entry(const struct debug_variable *v,
                        const struct location_context *context,
                        struct location *location)
{
	struct expr_machine m = { .context = context, .module = v->module,
	                          .info = v->die.info };
	Dwarf_Attribute attr;
	struct error *err;
	uint64_t value;
	Dwarf_Op *ops;
	Dwarf_Die die;
	size_t count;
	taddr entry;

	/* An inlined copy's arguments may be what the function around got. */
	if (!context || !v->module || !entry_address(&m, &entry) ||
	    !debug_die_get(&v->die, &die) ||
	    !die_attr_any(&die, DW_AT_location, &attr) ||
	    !attr_list_is_sound(&attr))
		return false;
	m.word = die_address_size(&die);
	/* Only what came in a register is known: the caller says which. */
	if (dwarf_getlocation_addr(&attr, entry, &ops, &count, 1) != 1 ||
	    count != 1 || ops[0].atom < DW_OP_reg0 ||
	    ops[0].atom > DW_OP_reg31)
		return false;
	err = entry_value(&m, ops, count, &value);
	if (err) {
		error_destroy(err);
		return false;
	}
	location->count = 1;
	location->pieces[0] = (struct location_piece){
		.kind = LOCATION_VALUE, .value = value };
	return true;
}
