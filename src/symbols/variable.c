/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Variables: of functions, by block; and those of files, by name. */
#include "symbols/dwarf.h"

#include <string.h>

enum { BLOCKS_MAX = DIE_MAX_DEPTH };

/* The type of an enumerator: what it stands in. */
static const struct type *enumeration_of(struct debug_info *info,
                                         Dwarf_Die *die)
{
	Dwarf_Die scope;

	if (!die_scope(info, die, &scope) ||
	    dwarf_tag(&scope) != DW_TAG_enumeration_type)
		return NULL;
	return die_type(info, &scope);
}

static void describe(struct debug_variable *v, struct debug_info *info,
                     Dwarf_Die *die, const struct module *m)
{
	Dwarf_Attribute attr;
	int tag = dwarf_tag(die);
	int64_t line;

	*v = (struct debug_variable){
		.die = debug_die_of(info, die), .name = die_name(die),
		.is_argument = tag == DW_TAG_formal_parameter,
		.is_constant = tag == DW_TAG_enumerator ||
		               (!die_attr_any(die, DW_AT_location, &attr) &&
		                die_attr_any(die, DW_AT_const_value, &attr)),
		.module = m,
	};
	if (tag == DW_TAG_enumerator)
		v->type = enumeration_of(info, die);
	if (!v->type)
		v->type = die_type_of(info, die);
	if (die_attr_any(die, DW_AT_decl_line, &attr) &&
	    attr_number(&attr, &line) && line > 0)
		v->line = (unsigned)line;
}

static bool is_variable(int tag)
{
	return tag == DW_TAG_variable || tag == DW_TAG_formal_parameter ||
	       tag == DW_TAG_constant;
}

/* While the variables of a function's blocks are told. */
struct telling {
	struct debug_info *info;
	const struct module *module;
	bool arguments, locals;
	unsigned depth;
	bool (*fn)(void *ctx, const struct debug_variable *v);
	void *ctx;
	bool go_on;
};

static void tell(struct telling *t, Dwarf_Die *die)
{
	bool argument = dwarf_tag(die) == DW_TAG_formal_parameter;
	struct debug_variable v;

	if (!is_variable(dwarf_tag(die)) ||
	    !(argument ? t->arguments : t->locals))
		return;
	describe(&v, t->info, die, t->module);
	v.depth = t->depth;
	if (v.name)
		t->go_on = t->fn(t->ctx, &v);
}

enum { ORIGINS_MAX = 1024 };

/* What is in an abstract block that has no copy: it was optimised out. */
static void tell_abstract(struct telling *t, Dwarf_Die *block,
                          unsigned nesting)
{
	Dwarf_Die die;

	for (bool ok = die_first(block, &die); ok && t->go_on;
	     ok = die_next(&die)) {
		tell(t, &die);
		if (dwarf_tag(&die) == DW_TAG_lexical_block && nesting < 8)
			tell_abstract(t, &die, nesting + 1);
	}
}

/* The variables of the abstract BLOCK that its copy does not mention. */
static void tell_rest(struct telling *t, Dwarf_Die *block,
                      const void *const *told, size_t count)
{
	Dwarf_Die abstract, die;

	if (!die_ref(block, DW_AT_abstract_origin, &abstract))
		return;
	for (bool ok = die_first(&abstract, &die); ok && t->go_on;
	     ok = die_next(&die)) {
		size_t i = 0;

		while (i < count && told[i] != die.addr)
			i++;
		if (i < count)
			continue;
		tell(t, &die);
		if (dwarf_tag(&die) == DW_TAG_lexical_block)
			tell_abstract(t, &die, 0);
	}
}

static bool has_place(Dwarf_Die *die)
{
	return die_has_code(die);
}

static void tell_block(struct telling *t, Dwarf_Die *block, unsigned nesting)
{
	const void *told[ORIGINS_MAX];
	size_t count = 0;
	Dwarf_Die die, origin;

	for (bool ok = die_first(block, &die); ok && t->go_on;
	     ok = die_next(&die)) {
		if (count < ORIGINS_MAX &&
		    die_ref(&die, DW_AT_abstract_origin, &origin))
			told[count++] = origin.addr;
		tell(t, &die);
		/* A block that is nowhere is as good as none. */
		if (dwarf_tag(&die) == DW_TAG_lexical_block &&
		    !has_place(&die) && nesting < 8)
			tell_block(t, &die, nesting + 1);
	}
	if (t->go_on)
		tell_rest(t, block, told, count);
}

/* FUNCTION and the blocks in it that ADDR is in, the outermost first. */
static size_t blocks_around(Dwarf_Die *function, taddr addr,
                            Dwarf_Die blocks[BLOCKS_MAX])
{
	size_t count = 0;

	blocks[count++] = *function;
	while (count < BLOCKS_MAX) {
		bool inside = false;
		Dwarf_Die die;

		for (bool ok = die_first(&blocks[count - 1], &die);
		     ok && !inside; ok = !inside && die_next(&die))
			inside = dwarf_tag(&die) == DW_TAG_lexical_block &&
			         has_place(&die) && die_holds(&die, addr);
		if (!inside)
			break;
		blocks[count++] = die;
	}
	return count;
}

static bool tell_function(struct telling *t,
                          const struct debug_function *function, taddr pc)
{
	Dwarf_Die blocks[BLOCKS_MAX], die;
	size_t count;

	if (!debug_die_get(&function->die, &die))
		return false;
	t->info = function->die.info;
	t->module = function->module;
	t->go_on = true;
	count = blocks_around(&die, module_to_debug(t->module, pc), blocks);
	while (count-- > 0 && t->go_on) {
		t->depth = (unsigned)count;
		tell_block(t, &blocks[count], 0);
	}
	return true;
}

void debug_variables_of(struct image *image UNUSED,
                        const struct debug_function *function, taddr pc,
                        bool arguments,
                        bool (*fn)(void *ctx, const struct debug_variable *v),
                        void *ctx)
{
	struct telling t = { .arguments = arguments, .locals = !arguments,
	                     .fn = fn, .ctx = ctx };

	tell_function(&t, function, pc);
}

struct by_name {
	const char *name;
	struct debug_variable *v;
	bool found;
};

static bool is_named(void *ctx, const struct debug_variable *v)
{
	struct by_name *by = ctx;
	Dwarf_Die die;

	if (strcmp(v->name, by->name) != 0)
		return true;
	/* `extern int x;` in a block: the one of the file is meant. */
	if (debug_die_get(&v->die, &die) && die_flag(&die, DW_AT_declaration))
		return true;
	*by->v = *v;
	by->found = true;
	return false;
}

/* While a variable of a file is looked for. */
struct search {
	struct image *image;
	const char *name, *file;
	const char *function;         /* the scopes that are looked in */
	const struct module *module;  /* that is looked in */
	const struct module *not;     /* was looked in before; or NULL */
	const struct unit *near;      /* that pc is in, of NOT; or NULL */
	const void *unit;             /* the same, as libdw's */
	struct debug_variable *v;
	unsigned best;
	bool function_meant;          /* the best one is no variable */
};

/* What speaks for an entry, the heavier before all that is lighter. */
enum {
	RANK_FOUND = 1,
	RANK_GLOBAL = 2,              /* an enumerator, or one that is nowhere */
	RANK_THE_ONE = 4,             /* of the program */
	RANK_DEEPER = 8,              /* in a scope around the function */
	RANK_NEAR = 16,               /* of pc's unit */
	/* None of them: another file's own, and others are looked at too. */
	RANK_NOT_DISTANT = RANK_GLOBAL | RANK_THE_ONE | RANK_NEAR,
};

/* What WHOLE has before its last part names, or contains, the function. */
static bool is_deeper(const struct search *s, const char *whole)
{
	size_t len = (size_t)(name_last_part(whole) - whole);

	return len && s->function && strncmp(s->function, whole, len) == 0;
}

static bool is_unnamed(const char *whole)
{
	static const char anonymous[] = "(anonymous namespace)::";
	size_t len = (size_t)(name_last_part(whole) - whole);

	return !len || (len == strlen(anonymous) &&
	                strncmp(whole, anonymous, len) == 0);
}

static bool has_scopes(const struct search *s)
{
	return s->function && name_last_part(s->function) != s->function;
}

static bool path_ends_in(const char *path, const char *end)
{
	size_t len = strlen(path), end_len = strlen(end);

	return len >= end_len && strcmp(path + len - end_len, end) == 0 &&
	       (len == end_len || path[len - end_len - 1] == '/');
}

static bool of_file(const struct search *s, Dwarf_Die *die)
{
	Dwarf_Die unit;

	return !s->file ||
	       (dwarf_cu_die(die->cu, &unit, NULL, NULL, NULL, NULL, NULL,
	                     NULL) &&
	        path_ends_in(unit_name(&unit), s->file));
}

/* 0: it is not meant. */
static unsigned rank_of(const struct search *s, struct debug_info *part,
                        Dwarf_Die *die, enum entry_kind kind)
{
	const char *whole = die_qualified(part, die);
	bool near = s->unit && s->unit == die->cu, exact, deeper;
	unsigned rank = RANK_FOUND;

	if (!whole)
		return 0;
	exact = strcmp(whole, s->name[0] == ':' ? s->name + 2 : s->name) == 0;
	deeper = !exact && is_deeper(s, whole);
	if ((!exact && !deeper && !is_unnamed(whole)) || !of_file(s, die))
		return 0;
	if (near)
		rank += RANK_NEAR;
	if (deeper)
		rank += RANK_DEEPER;
	if (die_is_the_one(part, die, s->name))
		rank += RANK_THE_ONE;
	else if (kind == ENTRY_FUNCTION && (!near || !exact ||
	                                    !die_has_code(die)))
		return 0;
	else if (kind == ENTRY_ENUMERATOR || die_flag_any(die, DW_AT_external))
		rank += RANK_GLOBAL;
	return rank;
}

static bool consider(void *ctx, struct debug_info *part, Dwarf_Die *die,
                     enum entry_kind kind)
{
	struct search *s = ctx;
	unsigned rank = rank_of(s, part, die, kind);

	if (rank <= s->best)
		return true;
	s->best = rank;
	s->function_meant = kind == ENTRY_FUNCTION;
	if (s->function_meant)
		return true;
	describe(s->v, part, die, s->module);
	s->v->is_distant = !(rank & RANK_NOT_DISTANT) && !s->file;
	return true;
}

static bool consider_listed(void *ctx, struct debug_info *part,
                            Dwarf_Die *die, enum entry_kind kind)
{
	struct search *s = ctx;

	consider(ctx, part, die, kind);
	return s->best < RANK_THE_ONE;
}

/* Where no more need be read than pc's unit, or one that the file's own index
 * leads to; the answer is the same as after a look at everything. */
static bool found_soon(struct search *s, struct debug_info *info,
                       unsigned kinds)
{
	struct debug_variable before = { 0 };
	const unsigned best = s->best;

	/* Where all is known the look at everything is as quick. */
	if (units_of(info)->names)
		return false;
	if (best)
		before = *s->v;
	if (s->near) {
		index_find_near(info, s->near, s->name, kinds, consider, s);
		if (s->best >= RANK_NEAR)
			return true;
	}
	s->best = best;
	if (!has_scopes(s))
		index_find_listed(info, s->name, kinds, consider_listed, s);
	if (s->best >= RANK_THE_ONE)
		return true;
	/* As it was: of equals the first in the file counts. */
	s->best = best;
	if (best)
		*s->v = before;
	return false;
}

/* A function is looked for too: one of the program hides variables that other
 * files have for themselves. */
static bool look_in(void *ctx, const struct module *m)
{
	const unsigned kinds = ENTRY_VARIABLE | ENTRY_ENUMERATOR |
	                       ENTRY_FUNCTION;
	struct search *s = ctx;
	struct debug_info *info;

	if (m == s->not)
		return true;
	info = file_debug(m->file, s->image);
	s->module = m;
	if (info && !found_soon(s, info, kinds))
		index_find(info, s->name, kinds, consider, s);
	return !(s->best & RANK_NOT_DISTANT);
}

bool debug_variable_find(struct image *image,
                         const struct debug_function *function, taddr pc,
                         const char *file, const char *name,
                         struct debug_variable *v)
{
	struct by_name by = { .name = name, .v = v };
	struct telling t = { .arguments = true, .locals = true,
	                     .fn = is_named, .ctx = &by };
	struct search s = { .image = image, .name = name, .file = file,
	                    .v = v };
	struct debug_info *info;
	struct unit *unit;

	if (function && function->die.info && !file) {
		s.function = function->name;
		tell_function(&t, function, pc);
		if (by.found)
			v->is_local = true;
		if (by.found)
			return true;
	}
	s.not = image_module_at(image, pc);
	info = s.not ? file_debug(s.not->file, image) : NULL;
	unit = info ? unit_at(info, module_to_debug(s.not, pc)) : NULL;
	s.unit = unit ? unit_die(unit)->cu : NULL;
	if (info) {
		const struct module *here = s.not;

		s.not = NULL;
		s.near = unit;
		look_in(&s, here);
		s.near = NULL;
		s.not = here;
	}
	/* What is known everywhere comes before another file's own. */
	if (!s.best || (!file && !(s.best & RANK_NOT_DISTANT)))
		image_each_module(image, look_in, &s);
	v->is_local = false;
	return s.best && !s.function_meant;
}

/* FUNCTION::name. */
struct static_search {
	struct by_name by;
	uint64_t seen;
};

static bool has_address(Dwarf_Die *die)
{
	Dwarf_Attribute attr;
	size_t count;
	Dwarf_Op *ops;

	return die_attr(die, DW_AT_location, &attr) &&
	       dwarf_getlocation(&attr, &ops, &count) == 0 && count &&
	       (ops[0].atom == DW_OP_addr || ops[0].atom == DW_OP_addrx ||
	        ops[0].atom == DW_OP_GNU_addr_index);
}

static void find_static(struct static_search *s, Dwarf_Die *parent,
                        const struct debug_function *f, unsigned depth)
{
	Dwarf_Die die;

	if (depth > DIE_MAX_DEPTH)
		return;
	for (bool ok = die_first(parent, &die); ok && !s->by.found;
	     ok = die_next(&die)) {
		const char *name;

		if ((uintptr_t)die.addr <= s->seen)
			return;
		s->seen = (uintptr_t)die.addr;
		if (dwarf_tag(&die) == DW_TAG_lexical_block)
			find_static(s, &die, f, depth + 1);
		if (dwarf_tag(&die) != DW_TAG_variable ||
		    !(name = die_name(&die)) ||
		    strcmp(name, s->by.name) != 0 || !has_address(&die))
			continue;
		describe(s->by.v, f->die.info, &die, f->module);
		s->by.found = true;
	}
}

static bool static_of(void *ctx, const struct debug_function *f)
{
	struct static_search *s = ctx;
	Dwarf_Die die, origin;

	if (!debug_die_get(&f->die, &die))
		return true;
	s->seen = 0;
	find_static(s, &die, f, 0);
	/* What all copies share stands in the abstract one. */
	if (!s->by.found && die_ref(&die, DW_AT_abstract_origin, &origin)) {
		s->seen = 0;
		find_static(s, &origin, f, 0);
	}
	return !s->by.found;
}

bool debug_static_find(struct image *image, const char *function,
                       const char *name, struct debug_variable *v)
{
	struct static_search s = { .by = { .name = name, .v = v } };

	debug_functions_named(image, function, true, static_of, &s);
	return s.by.found;
}

bool debug_variable_of(const struct debug_die *handle,
                       const struct module *module,
                       struct debug_variable *v)
{
	Dwarf_Die die;

	if (!debug_die_get(handle, &die))
		return false;
	describe(v, handle->info, &die, module);
	return true;
}
