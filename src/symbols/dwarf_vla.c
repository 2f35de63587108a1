/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays whose length is computed as the program runs. */
#include "symbols/dwarf_expr.h"

#include <string.h>

enum { VLA_DIMENSIONS = 32 };

/* What a location comes to as a number: V is in it, or is it. */
static bool number_at(const struct expr_machine *m,
                      const struct location *location, size_t size,
                      bool is_place, uint64_t *n)
{
	const struct location_piece *p = &location->pieces[0];
	const struct memory *memory = m->context && m->context->image
		? image_memory(m->context->image) : NULL;
	uint8_t data[8] = { 0 };

	if (location->count != 1)
		return false;
	if (p->kind == LOCATION_VALUE) {
		*n = p->value;
		return true;
	}
	if (p->kind == LOCATION_REGISTER) {
		struct error *err = expr_reg(m, p->reg, n);

		error_destroy(err);
		return !err;
	}
	if (p->kind != LOCATION_MEMORY)
		return false;
	*n = p->addr;
	if (!is_place)
		return true;
	if (!size || size > sizeof(data) || !memory ||
	    memory_read(memory, p->addr, data, size) != size)
		return false;
	memcpy(n, data, sizeof(*n));
	return true;
}

/* The bound is a variable of the program's, or of the compiler's. */
static bool bound_of_variable(struct expr_machine *m, Dwarf_Attribute *attr,
                              uint64_t *n)
{
	struct debug_variable v;
	struct location where;
	struct debug_die handle;
	struct error *err;
	Dwarf_Die die;

	if (!dwarf_formref_die(attr, &die))
		return false;
	handle = debug_die_of(m->info, &die);
	if (!debug_variable_of(&handle, m->module, &v))
		return false;
	err = debug_locate(&v, NULL, m->context, &where);
	error_destroy(err);
	return !err && number_at(m, &where, type_size(v.type), true, n);
}

static bool bound(struct expr_machine *m, Dwarf_Die *die, unsigned name,
                  int64_t *n)
{
	struct location where;
	Dwarf_Attribute attr;
	struct error *err;
	uint64_t value;

	if (die_number(die, name, n))
		return true;
	if (!die_attr(die, name, &attr))
		return false;
	if (bound_of_variable(m, &attr, &value)) {
		*n = (int64_t)value;
		return true;
	}
	err = expr_attr(m, &attr, &where);
	error_destroy(err);
	if (err || !number_at(m, &where, 0, false, &value))
		return false;
	*n = (int64_t)value;
	return true;
}

static bool count_of(struct expr_machine *m, Dwarf_Die *die, uint64_t *count)
{
	int64_t low = 0, high = 0;

	if (bound(m, die, DW_AT_count, &high)) {
		*count = high < 0 ? 0 : (uint64_t)high;
		return true;
	}
	bound(m, die, DW_AT_lower_bound, &low);
	if (!bound(m, die, DW_AT_upper_bound, &high))
		return false;
	*count = high < low ? 0 : (uint64_t)high - (uint64_t)low + 1;
	return true;
}

static const struct type *resolve(const struct type *t, struct type_pool *pool,
                                  const struct module *module,
                                  const struct location_context *context,
                                  unsigned depth)
{
	const struct type *array = type_strip(t), *element;
	uint64_t counts[VLA_DIMENSIONS];
	struct expr_machine m = { .module = module, .context = context };
	struct dwarf_type *d;
	size_t count = 0;
	Dwarf_Die child;

	if (array->kind != TYPE_ARRAY || !array->has_variable || !context ||
	    !array->source || !array->source->target ||
	    depth > VLA_DIMENSIONS)
		return t;
	d = dwarf_type_of(array);
	m.info = d->info;
	m.word = die_address_size(&d->die);
	for (bool ok = die_first(&d->die, &child); ok; ok = die_next(&child)) {
		if (dwarf_tag(&child) != DW_TAG_subrange_type)
			continue;
		if (count == VLA_DIMENSIONS ||
		    !count_of(&m, &child, &counts[count++]))
			return t;
	}
	element = die_type_of(d->info, &d->die);
	/* Rows of another array type, which has its own bounds. */
	if (element != array)
		element = resolve(element, pool, module, context, depth + 1);
	while (count--)
		element = type_array_of(pool, element, counts[count]);
	return element;
}

const struct type *debug_resolve_type(const struct type *t,
                                      struct type_pool *pool,
                                      const struct module *module,
                                      const struct location_context *context)
{
	return resolve(t, pool, module, context, 0);
}
