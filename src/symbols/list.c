/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What files declare, as gdb's lists of functions, variables, types show it. */
#include "symbols/dwarf.h"

#include <stdlib.h>
#include <string.h>

struct listing {
	struct image *image;
	enum debug_what what;
	bool (*wanted)(void *ctx, const char *name);
	bool (*fn)(void *ctx, const struct debug_declaration *d);
	void *ctx;
	bool go_on;
};

/* Where DIE was declared. */
static void place_of(struct debug_info *part, Dwarf_Die *die,
                     struct debug_declaration *d)
{
	Dwarf_Attribute attr;
	int64_t number, line;
	Dwarf_Die unit, at = *die;

	if (die_attr_any(die, DW_AT_decl_file, &attr) &&
	    attr_number(&attr, &number)) {
		/* Of a specification in another unit, as that one says. */
		if (!dwarf_hasattr(die, DW_AT_decl_file))
			at = die_origin(die);
		d->file = unit_file(part, &at, number);
	}
	if (!d->file && dwarf_cu_die(die->cu, &unit, NULL, NULL, NULL, NULL,
	                             NULL, NULL))
		d->file = die_string(&unit, DW_AT_name);
	if (die_attr_any(die, DW_AT_decl_line, &attr) &&
	    attr_number(&attr, &line) && line > 0)
		d->line = (unsigned)line;
}

/* A type's own line: `struct s;`, `typedef int t;`, `int`. */
static void put_type(const struct type *t, struct buf *text)
{
	const char *name = t->name;

	if (t->kind == TYPE_TYPEDEF) {
		buf_puts(text, "typedef ");
		t = type_target(t);
		for (unsigned i = 0; i < 100 && t->kind == TYPE_TYPEDEF; i++)
			t = type_target(t);
		type_name(t, "", text);
		buf_printf(text, " %s;", name);
		return;
	}
	type_name(t, "", text);
	if (type_tag(t))
		buf_putc(text, ';');
}

static bool tell_type(struct listing *l, struct debug_info *part,
                      Dwarf_Die *die)
{
	struct debug_declaration d = { .is_static = true };
	AUTO_BUF struct buf text = { 0 };
	bool basic = dwarf_tag(die) == DW_TAG_base_type;
	const struct type *t;

	d.name = die_qualified(part, die);
	if (!d.name || (!basic && !l->wanted(l->ctx, d.name)))
		return true;
	t = die_type(part, die);
	/* "long int" is shown, and found, as "long". */
	if (!t->name || (basic && !l->wanted(l->ctx, t->name)))
		return true;
	d.name = t->name;
	d.is_static = !(t->no_tag && type_tag(t));
	buf_init(&text);
	put_type(t, &text);
	d.text = text.data;
	place_of(part, die, &d);
	return l->fn(l->ctx, &d);
}

/* "ns::f(int)" of C++, as the mangled name says it. */
static char *readable_name(Dwarf_Die *die)
{
	const char *name = die_string(die, DW_AT_linkage_name);

	return name ? symbol_demangle_function(name) : NULL;
}

/* No parameters are () in C++, for main too, whose name is not mangled. */
static void drop_void(struct debug_info *part, Dwarf_Die *die,
                      struct buf *text)
{
	static const char none[] = "(void)";
	size_t len = sizeof(none) - 1;

	if (!language_has_scopes(die_language(part, die)) || text->len < len ||
	    strcmp(text->data + text->len - len, none) != 0)
		return;
	buf_truncate(text, text->len - len);
	buf_puts(text, "()");
}

static bool tell_object(struct listing *l, struct debug_info *part,
                        Dwarf_Die *die)
{
	bool code = l->what == DEBUG_FUNCTIONS;
	AUTO_BUF struct buf text = { 0 };
	AUTO_FREE char *readable = NULL;
	struct debug_declaration d = { 0 };
	const struct type *t;
	const char *plain = die_qualified(part, die);

	if (!plain)
		return true;
	if (code && language_has_scopes(die_language(part, die)))
		readable = readable_name(die);
	d.name = readable ? readable : plain;
	if (!l->wanted(l->ctx, d.name))
		return true;
	d.is_static = !die_flag_any(die, DW_AT_external);
	buf_init(&text);
	if (d.is_static)
		buf_puts(&text, "static ");
	t = code ? die_type(part, die) : die_type_of(part, die);
	if (readable)
		type_name(type_target(t), readable, &text);
	else
		type_declare(t, plain, &text);
	if (code)
		drop_void(part, die, &text);
	buf_putc(&text, ';');
	d.text = text.data;
	place_of(part, die, &d);
	return l->fn(l->ctx, &d);
}

static bool tell(void *ctx, struct debug_info *part, Dwarf_Die *die,
                 enum entry_kind kind)
{
	struct listing *l = ctx;
	Dwarf_Attribute attr;

	if (kind == ENTRY_TYPE)
		l->go_on = tell_type(l, part, die);
	else if (kind == ENTRY_FUNCTION ? die_has_code(die)
	         : die_attr_any(die, DW_AT_location, &attr) ||
	           die_attr_any(die, DW_AT_const_value, &attr))
		l->go_on = tell_object(l, part, die);
	return l->go_on;
}

static bool list_module(void *ctx, const struct module *m)
{
	static const unsigned kinds[] = {
		[DEBUG_TYPES] = ENTRY_TYPE,
		[DEBUG_FUNCTIONS] = ENTRY_FUNCTION,
		[DEBUG_VARIABLES] = ENTRY_VARIABLE,
	};
	struct listing *l = ctx;
	struct debug_info *info = file_debug(m->file, l->image);

	if (info)
		index_each(info, kinds[l->what], tell, l);
	return l->go_on;
}

void debug_each_declaration(struct image *image, enum debug_what what,
                            bool (*wanted)(void *ctx, const char *name),
                            bool (*fn)(void *ctx,
                                       const struct debug_declaration *d),
                            void *ctx)
{
	struct listing l = { .image = image, .what = what, .wanted = wanted,
	                     .fn = fn, .ctx = ctx, .go_on = true };

	image_each_module(image, list_module, &l);
}

/* The address of a variable that has always the same; false: it has none. */
static bool fixed_address(Dwarf_Die *die, taddr *addr)
{
	Dwarf_Attribute attr, value;
	Dwarf_Addr at;
	Dwarf_Op *ops;
	size_t count;

	if (!die_attr_any(die, DW_AT_location, &attr) ||
	    dwarf_getlocation(&attr, &ops, &count) != 0 || count != 1)
		return false;
	if (ops[0].atom == DW_OP_addr) {
		*addr = ops[0].number;
		return true;
	}
	if ((ops[0].atom != DW_OP_addrx &&
	     ops[0].atom != DW_OP_GNU_addr_index) ||
	    dwarf_getlocation_attr(&attr, ops, &value) != 0 ||
	    dwarf_formaddr(&value, &at) != 0)
		return false;
	*addr = at;
	return true;
}

/* All addresses of variables of a file, ascending. */
typedef VEC(taddr) address_list;

static bool add_address(void *ctx, struct debug_info *part UNUSED,
                        Dwarf_Die *die, enum entry_kind kind UNUSED)
{
	address_list *list = ctx;
	taddr addr;

	if (fixed_address(die, &addr))
		vec_push(list, addr);
	return true;
}

static int compare_addresses(const void *a, const void *b)
{
	taddr x = *(const taddr *)a, y = *(const taddr *)b;

	return x < y ? -1 : x > y;
}

static const taddr *variable_addresses(struct debug_info *info, size_t *count)
{
	struct unit_index *units = units_of(info);
	address_list list = { 0 };

	if (!units->addresses_read) {
		units->addresses_read = true;
		index_each(info, ENTRY_VARIABLE, add_address, &list);
		if (list.len)
			qsort(list.items, list.len, sizeof(*list.items),
			      compare_addresses);
		units->addresses = list.items;
		units->address_count = list.len;
	}
	*count = units->address_count;
	return units->addresses;
}

bool debug_knows(struct image *image, taddr addr, bool code)
{
	const struct module *m = image_module_at(image, addr);
	struct debug_info *info = m ? file_debug(m->file, image) : NULL;
	struct function_range f;
	const taddr *addresses;
	struct unit *unit;
	size_t count;

	if (!info)
		return false;
	addr = module_to_debug(m, addr);
	if (code) {
		unit = unit_at(info, addr);
		return unit && unit_function_at(unit, addr, &f) &&
		       f.low == addr;
	}
	addresses = variable_addresses(info, &count);
	return count && bsearch(&addr, addresses, count, sizeof(addr),
	                        compare_addresses);
}
