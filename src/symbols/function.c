/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions and their inlined copies. */
#include "symbols/dwarf.h"

#include <string.h>

/* The part of DIE's ranges that ADDR is in; false: in none. */
static bool range_around(Dwarf_Die *die, taddr addr, taddr *low, taddr *high)
{
	Dwarf_Addr base, from, to;
	ptrdiff_t at = 0;

	for (unsigned i = 0; i < 100000; i++) {
		at = dwarf_ranges(die, at, &base, &from, &to);
		if (at <= 0)
			return false;
		if (addr >= from && addr < to) {
			*low = from;
			*high = to;
			return true;
		}
	}
	return false;
}

static const char *linkage_name(Dwarf_Die *die)
{
	const char *name = die_string(die, DW_AT_linkage_name);

	return name ? name : die_string(die, DW_AT_MIPS_linkage_name);
}

/* F's members but for the range. */
static void describe(struct debug_function *f, struct debug_info *info,
                     Dwarf_Die *die, const struct module *m)
{
	int64_t number;

	*f = (struct debug_function){
		.die = debug_die_of(info, die),
		.name = die_qualified(info, die),
		.linkage_name = linkage_name(die),
		.inlined = dwarf_tag(die) == DW_TAG_inlined_subroutine,
		.entry = module_from_debug(m, die_entry(die)),
		.module = m,
	};
	if (!f->inlined)
		return;
	if (die_number(die, DW_AT_call_file, &number))
		f->call_file = unit_file(info, die, number);
	if (die_number(die, DW_AT_call_line, &number) && number > 0)
		f->call_line = (unsigned)number;
}

static void add(struct debug_function *f, struct debug_info *info,
                Dwarf_Die *die, const struct module *m, taddr addr)
{
	taddr low, high;

	describe(f, info, die, m);
	if (!range_around(die, addr, &low, &high))
		low = high = addr;
	f->low = module_from_debug(m, low);
	f->high = module_from_debug(m, high);
}

/* Inlined copies around ADDR in a function, the outermost first. */
static size_t inlined_around(Dwarf_Die *function, taddr addr,
                             Dwarf_Die *found, size_t max)
{
	Dwarf_Die parent = *function, die;
	size_t count = 0;

	for (unsigned depth = 0; depth < 4 * DIE_MAX_DEPTH; depth++) {
		bool inside = false;

		for (bool ok = die_first(&parent, &die); ok;
		     ok = die_next(&die)) {
			int tag = dwarf_tag(&die);

			if (tag != DW_TAG_inlined_subroutine &&
			    tag != DW_TAG_lexical_block)
				continue;
			inside = die_holds(&die, addr);
			if (inside)
				break;
		}
		if (!inside)
			break;
		parent = die;
		if (dwarf_tag(&die) != DW_TAG_inlined_subroutine)
			continue;
		if (count == max)
			break;
		found[count++] = die;
	}
	return count;
}

size_t debug_functions_at(struct image *image, taddr pc,
                          struct debug_function *functions, size_t max)
{
	const struct module *m = image_module_at(image, pc);
	struct debug_info *info = m ? file_debug(m->file, image) : NULL;
	Dwarf_Die inlined[DIE_MAX_DEPTH];
	struct function_range whole;
	struct unit *unit;
	size_t count, filled = 0;
	taddr addr;

	if (!info || !max)
		return 0;
	addr = module_to_debug(m, pc);
	unit = unit_at(info, addr);
	if (!unit || !unit_function_at(unit, addr, &whole))
		return 0;
	count = inlined_around(&whole.die, addr, inlined, ARRAY_LEN(inlined));
	while (count-- > 0 && filled + 1 < max)
		add(&functions[filled++], info, &inlined[count], m, addr);
	add(&functions[filled], info, &whole.die, m, addr);
	functions[filled].low = module_from_debug(m, whole.low);
	functions[filled].high = module_from_debug(m, whole.high);
	return filled + 1;
}

bool die_is_the_one(struct debug_info *part, Dwarf_Die *die,
                    const char *name)
{
	const char *whole = die_qualified(part, die);
	Dwarf_Attribute attr;

	if (name[0] == ':' && name[1] == ':')
		name += 2;
	return whole && strcmp(whole, name) == 0 &&
	       die_flag_any(die, DW_AT_external) &&
	       (dwarf_tag(die) == DW_TAG_subprogram
		? die_has_code(die) : die_attr_any(die, DW_AT_location, &attr));
}

/* While places of a function are looked for. */
struct naming {
	struct image *image;
	const struct module *module;
	const char *name;
	bool inlined;
	bool (*fn)(void *ctx, const struct debug_function *f);
	void *ctx;
	bool go_on;
};

static bool tell(struct naming *n, struct debug_info *info, Dwarf_Die *die)
{
	struct debug_function f;
	struct unit_range range;

	describe(&f, info, die, n->module);
	if (!die_ranges(die, &range, 1))
		return true;
	f.low = module_from_debug(n->module, range.low);
	f.high = module_from_debug(n->module, range.high);
	n->go_on = n->fn(n->ctx, &f);
	return n->go_on;
}

/* The copies of what stands at ORIGIN, in the tree below PARENT. */
struct copies {
	struct naming *naming;
	struct debug_info *part;
	Dwarf_Die origin;
	uint64_t seen;
};

static bool tell_copies(struct copies *c, Dwarf_Die *parent, unsigned depth)
{
	Dwarf_Die die, origin;

	if (depth > DIE_MAX_DEPTH)
		return true;
	for (bool ok = die_first(parent, &die); ok; ok = die_next(&die)) {
		if ((uintptr_t)die.addr <= c->seen)
			return true;
		c->seen = (uintptr_t)die.addr;
		if (dwarf_tag(&die) == DW_TAG_inlined_subroutine &&
		    die_ref(&die, DW_AT_abstract_origin, &origin) &&
		    origin.addr == c->origin.addr &&
		    !tell(c->naming, c->part, &die))
			return false;
		if (dwarf_haschildren(&die) == 1 &&
		    !tell_copies(c, &die, depth + 1))
			return false;
	}
	return true;
}

static bool tell_named(void *ctx, struct debug_info *part, Dwarf_Die *die,
                       enum entry_kind kind UNUSED)
{
	struct naming *n = ctx;
	struct copies c = { .naming = n, .part = part, .origin = *die };
	Dwarf_Die unit;

	if (die_has_code(die))
		return tell(n, part, die);
	if (!n->inlined ||
	    !dwarf_cu_die(die->cu, &unit, NULL, NULL, NULL, NULL, NULL, NULL))
		return true;
	return tell_copies(&c, &unit, 0);
}

static bool look_in(void *ctx, const struct module *m)
{
	struct naming *n = ctx;
	struct debug_info *info = file_debug(m->file, n->image);

	n->module = m;
	if (info)
		index_find(info, n->name, ENTRY_FUNCTION, tell_named, n);
	return n->go_on;
}

void debug_functions_named(struct image *image, const char *name, bool inlined,
                           bool (*fn)(void *ctx,
                                      const struct debug_function *f),
                           void *ctx)
{
	struct naming n = { .image = image, .name = name, .inlined = inlined,
	                    .fn = fn, .ctx = ctx, .go_on = true };

	image_each_module(image, look_in, &n);
}

/* While the function that a name means is looked for. */
struct meaning {
	struct naming naming;
	VEC(struct debug_die) others;
};

static bool tell_the_one(void *ctx, struct debug_info *part, Dwarf_Die *die,
                         enum entry_kind kind UNUSED)
{
	struct meaning *m = ctx;

	return !die_is_the_one(part, die, m->naming.name) ||
	       tell(&m->naming, part, die);
}

static bool tell_or_keep(void *ctx, struct debug_info *part, Dwarf_Die *die,
                         enum entry_kind kind)
{
	struct meaning *m = ctx;

	if (die_is_the_one(part, die, m->naming.name))
		return tell_the_one(ctx, part, die, kind);
	if (die_has_code(die))
		vec_push(&m->others, debug_die_of(part, die));
	return true;
}

static bool tell_exact(void *ctx, struct debug_info *part, Dwarf_Die *die,
                       enum entry_kind kind UNUSED)
{
	struct meaning *m = ctx;
	const char *whole = die_qualified(part, die);

	if (!die_has_code(die) || !whole || strcmp(whole, m->naming.name) != 0)
		return true;
	return tell(&m->naming, part, die);
}

static bool look_for_meant(void *ctx, const struct module *m)
{
	struct meaning *all = ctx;
	struct naming *n = &all->naming;
	struct debug_info *info = file_debug(m->file, n->image);
	Dwarf_Die die;

	n->module = m;
	if (info && index_find_listed(info, n->name, ENTRY_FUNCTION,
	                              tell_the_one, all))
		index_find(info, n->name, ENTRY_FUNCTION, tell_or_keep, all);
	for (size_t i = 0; n->go_on && i < all->others.len; i++)
		if (debug_die_get(&all->others.items[i], &die))
			tell(n, all->others.items[i].info, &die);
	all->others.len = 0;
	return n->go_on;
}

void debug_functions_meant(struct image *image, taddr pc, const char *name,
                           bool (*fn)(void *ctx,
                                      const struct debug_function *f),
                           void *ctx)
{
	struct meaning m = { .naming = { .image = image, .name = name,
	                                 .fn = fn, .ctx = ctx,
	                                 .go_on = true } };
	const struct module *here = image_module_at(image, pc);
	struct debug_info *info = here ? file_debug(here->file, image) : NULL;
	const struct unit *unit = NULL;

	if (info)
		unit = unit_at(info, module_to_debug(here, pc));
	m.naming.module = here;
	if (unit)
		index_find_near(info, unit, name, ENTRY_FUNCTION, tell_exact,
		                &m);
	if (m.naming.go_on)
		image_each_module(image, look_for_meant, &m);
	vec_deinit(&m.others);
}

const struct type *debug_function_type(const struct debug_function *f)
{
	Dwarf_Die die;

	return debug_die_get(&f->die, &die) ? die_type(f->die.info, &die)
	                                    : NULL;
}

bool debug_unit_at(struct image *image, taddr pc, struct debug_unit_info *info)
{
	const struct module *m = image_module_at(image, pc);
	struct debug_info *debug = m ? file_debug(m->file, image) : NULL;
	Dwarf_Half version = 0;
	struct unit *unit;
	Dwarf_Die *die;

	unit = debug ? unit_at(debug, module_to_debug(m, pc)) : NULL;
	if (!unit)
		return false;
	die = unit_die(unit);
	dwarf_cu_info(die->cu, &version, NULL, NULL, NULL, NULL, NULL, NULL);
	*info = (struct debug_unit_info){
		.name = die_string(die, DW_AT_name),
		.directory = die_string(&unit->die, DW_AT_comp_dir),
		.producer = die_string(die, DW_AT_producer),
		.language = die_language(debug, die),
		.version = version,
	};
	if (!info->directory)
		info->directory = die_string(die, DW_AT_comp_dir);
	return true;
}

bool debug_language_is_rust(unsigned language)
{
	return language_is_rust(language);
}

bool debug_language_is_cplus(unsigned language)
{
	switch (language) {
	case DW_LANG_C_plus_plus:
	case DW_LANG_C_plus_plus_03:
	case DW_LANG_C_plus_plus_11:
	case DW_LANG_C_plus_plus_14:
	case 0x2b: /* DWARF 6: C++17 */
	case 0x2c: /* C++20 */
		return true;
	default:
		return false;
	}
}
