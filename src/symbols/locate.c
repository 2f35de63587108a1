/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where variables are. */
#include "symbols/dwarf_expr.h"

#include <string.h>

struct error *expr_attr(const struct expr_machine *m, Dwarf_Attribute *attr,
                        struct location *location)
{
	struct expr_machine inner = *m;
	taddr addr = 0;
	Dwarf_Op *ops;
	size_t count;
	int found;

	location->count = 0;
	if (m->context && m->module)
		addr = module_to_debug(m->module, m->context->pc);
	if (dwarf_getlocation(attr, &ops, &count) != 0) {
		if (!m->context)
			return error_new(ERROR_UNSUPPORTED,
			                 "that needs a frame");
		if (!attr_list_is_sound(attr))
			return expr_bad("its list can't be read");
		found = dwarf_getlocation_addr(attr, addr, &ops, &count, 1);
		if (found < 0)
			return expr_bad("it can't be read");
		if (!found)
			return NULL;
	}
	if (!count)
		return NULL;
	inner.attr = attr;
	return expr_location(&inner, ops, count, location);
}

static void set_single(struct location *location, struct location_piece piece)
{
	location->count = 1;
	location->pieces[0] = piece;
}

static void set_gone(struct location *location)
{
	set_single(location, (struct location_piece){
				.kind = LOCATION_OPTIMIZED_OUT });
}

/* DW_AT_const_value: a number, or bytes. */
static struct error *constant(Dwarf_Attribute *attr, const struct module *m,
                              struct location *location)
{
	struct location_piece piece = { .kind = LOCATION_VALUE };
	const char *text;
	Dwarf_Block block;
	Dwarf_Addr addr;
	int64_t value;

	if (attr_number(attr, &value)) {
		piece.value = (uint64_t)value;
	} else if (dwarf_formblock(attr, &block) == 0) {
		piece = (struct location_piece){ .kind = LOCATION_BYTES,
		                                 .data = block.data,
		                                 .len = block.length };
	} else if ((text = dwarf_formstring(attr))) {
		piece = (struct location_piece){
			.kind = LOCATION_BYTES,
			.data = (const uint8_t *)text,
			.len = strlen(text) + 1 };
	} else if (dwarf_formaddr(attr, &addr) == 0) {
		piece.value = m ? module_from_debug(m, addr) : addr;
	} else {
		return error_new(ERROR_UNSUPPORTED,
		                 "a constant of a form that scdb lacks");
	}
	set_single(location, piece);
	return NULL;
}

struct error *debug_locate(const struct debug_variable *v,
                           const struct debug_function *function UNUSED,
                           const struct location_context *context,
                           struct location *location)
{
	struct expr_machine m = { .context = context, .module = v->module,
	                          .info = v->die.info };
	Dwarf_Attribute attr;
	struct location found;
	struct error *err;
	Dwarf_Die die;

	if (!debug_die_get(&v->die, &die)) {
		set_gone(location);
		return NULL;
	}
	m.word = die_address_size(&die);
	if (!die_attr_any(&die, DW_AT_location, &attr)) {
		if (die_attr_any(&die, DW_AT_const_value, &attr))
			return constant(&attr, v->module, location);
		set_gone(location);
		return NULL;
	}
	err = expr_attr(&m, &attr, &found);
	if (err && err->kind == ERROR_NOT_FOUND) {
		error_destroy(err);
		found.count = 0;
	} else if (err) {
		return err;
	}
	if (found.count)
		*location = found;
	else
		set_gone(location);
	return NULL;
}
