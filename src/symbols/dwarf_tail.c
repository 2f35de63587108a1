/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Functions that left the stack by a tail call.  Where a call went to another
 * function than the one it is to return from, the call sites of DWARF say which
 * ways lead from one to the other; what all of them have in common at their
 * beginning and at their end is known to have happened.
 */
#include "symbols/dwarf_expr.h"
#include "symbols/unwind_internal.h"

#include <string.h>

enum { SEARCH_DEPTH = TAIL_MAX, SEARCH_STEPS = 500 };

struct tail_search {
	struct image *image;
	taddr callee;
	taddr chain[SEARCH_DEPTH];   /* where each jumped; outermost first */
	size_t depth;
	unsigned steps;
	bool found;
	taddr result[SEARCH_DEPTH];
	size_t length, callers, callees; /* in common */
};

/* A function by an address in it. */
struct place {
	const struct module *module;
	Dwarf_Die die;
	taddr entry;
};

static bool place_at(struct image *image, taddr pc, struct place *place)
{
	const struct module *m = image_module_at(image, pc);
	struct debug_info *info = m ? file_debug(m->file, image) : NULL;
	struct function_range f;
	struct unit *unit;
	taddr addr;

	if (!info)
		return false;
	addr = module_to_debug(m, pc);
	unit = unit_at(info, addr);
	if (!unit || !unit_function_at(unit, addr, &f))
		return false;
	*place = (struct place){ .module = m, .die = f.die };
	place->entry = module_from_debug(m, die_entry(&place->die));
	return true;
}

static bool take_function(void *ctx, const struct symbol *symbol)
{
	taddr *addr = ctx;

	if (symbol->kind == SYMBOL_FUNCTION)
		*addr = symbol->addr;
	return !*addr;
}

/* Where the call at SITE goes; false: nobody knows. */
static bool target_of(const struct tail_search *s, const struct place *place,
                      Dwarf_Die *site, taddr *addr)
{
	const char *name;
	Dwarf_Die to;

	if (!die_ref(site, DW_AT_call_origin, &to) &&
	    !die_ref(site, DW_AT_abstract_origin, &to))
		return false;
	if (die_has_code(&to)) {
		*addr = module_from_debug(place->module, die_entry(&to));
		return true;
	}
	if (!die_flag(&to, DW_AT_declaration))
		return false;
	name = die_string(&to, DW_AT_linkage_name);
	if (!name)
		name = die_name(&to);
	*addr = 0;
	if (name)
		image_symbols_named(s->image, NULL, name, take_function, addr);
	return *addr != 0;
}

/* A way was found.  False: there is nothing left in common. */
static bool take_chain(struct tail_search *s)
{
	size_t n = s->depth, same;

	if (!s->found) {
		s->found = true;
		memcpy(s->result, s->chain, n * sizeof(s->chain[0]));
		s->length = s->callers = s->callees = n;
		return true;
	}
	for (same = 0; same < n && same < s->callers &&
	     s->result[same] == s->chain[same]; same++)
		;
	s->callers = same;
	for (same = 0; same < n && same < s->callees &&
	     s->result[s->length - 1 - same] == s->chain[n - 1 - same]; same++)
		;
	s->callees = same;
	if (s->callers + s->callees > s->length)
		s->callees = s->length - s->callers;
	return s->callers || s->callees;
}

static bool follow(struct tail_search *s, const struct place *from,
                   Dwarf_Die *site);

/* Through the jump at SITE of the function at PLACE, unless that is on the
 * way already. */
static bool enter(struct tail_search *s, const struct place *place,
                  Dwarf_Die *site)
{
	Dwarf_Attribute attr;
	Dwarf_Addr at;
	bool fine;
	taddr pc;

	if ((!die_attr(site, DW_AT_call_return_pc, &attr) &&
	     !die_attr(site, DW_AT_low_pc, &attr)) ||
	    dwarf_formaddr(&attr, &at) != 0)
		return true;
	pc = module_from_debug(place->module, at);
	for (size_t i = 0; i < s->depth; i++)
		if (s->chain[i] == pc)
			return true;
	if (s->depth == SEARCH_DEPTH)
		return false;
	s->chain[s->depth++] = pc;
	fine = follow(s, place, site);
	s->depth--;
	return fine;
}

/* All jumps out of the function at PLACE that stand below PARENT. */
static bool each_jump(struct tail_search *s, const struct place *place,
                      Dwarf_Die *parent, uint64_t *seen, unsigned depth)
{
	Dwarf_Die die;

	if (depth > DIE_MAX_DEPTH)
		return false;
	for (bool ok = die_first(parent, &die); ok; ok = die_next(&die)) {
		int tag = dwarf_tag(&die);

		if ((uintptr_t)die.addr <= *seen)
			return false;
		*seen = (uintptr_t)die.addr;
		if ((tag == DW_TAG_call_site ||
		     tag == DW_TAG_GNU_call_site) &&
		    (die_flag(&die, DW_AT_call_tail_call) ||
		     die_flag(&die, DW_AT_GNU_tail_call)) &&
		    !enter(s, place, &die))
			return false;
		if ((tag == DW_TAG_lexical_block ||
		     tag == DW_TAG_inlined_subroutine) &&
		    !each_jump(s, place, &die, seen, depth + 1))
			return false;
	}
	return true;
}

/* Whether all jumps of a function are known. */
static bool is_complete(Dwarf_Die *function)
{
	return die_flag(function, DW_AT_call_all_calls) ||
	       die_flag(function, DW_AT_call_all_tail_calls) ||
	       die_flag(function, DW_AT_GNU_all_call_sites) ||
	       die_flag(function, DW_AT_GNU_all_tail_call_sites);
}

/* From SITE on.  False: the search has failed as a whole. */
static bool follow(struct tail_search *s, const struct place *from,
                   Dwarf_Die *site)
{
	struct place place;
	uint64_t seen = 0;
	taddr target;

	if (++s->steps > SEARCH_STEPS || !target_of(s, from, site, &target))
		return false;
	if (target == s->callee)
		return take_chain(s);
	if (!place_at(s->image, target, &place) || place.entry != target)
		return false;
	return !is_complete(&place.die) ||
	       each_jump(s, &place, &place.die, &seen, 0);
}

/* What happened, the innermost first. */
static size_t give(const struct tail_search *s, taddr pcs[TAIL_MAX])
{
	size_t count = 0;

	for (size_t i = 0; i < s->callees; i++)
		pcs[count++] = s->result[s->length - 1 - i];
	if (s->callees == s->length)
		return count;
	for (size_t i = s->callers; i-- > 0;)
		pcs[count++] = s->result[i];
	return count;
}

size_t tail_calls(struct image *image, taddr return_pc, taddr callee,
                  taddr pcs[TAIL_MAX])
{
	struct tail_search s = { .image = image, .callee = callee };
	struct place place;
	Dwarf_Die site;

	if (!place_at(image, return_pc - 1, &place) ||
	    !call_site_find(&place.die,
	                    module_to_debug(place.module, return_pc - 1) + 1,
	                    &site) ||
	    !follow(&s, &place, &site) || !s.found)
		return 0;
	return give(&s, pcs);
}
