/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Types from DWARF: each entry becomes one when it is first asked for. */
#include "symbols/dwarf.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum {
	ARRAY_MAX_DIMENSIONS = 32,
	CREATE_MAX_DEPTH = 64,    /* arrays of arrays, made one in another */
};

struct dwarf_types {
	struct type_source source;
	struct debug_info *info;
	struct arena arena;
	struct map by_key;
	struct map scopes;        /* by unit */
	struct scopes *scope_list;
	struct map names;         /* qualified ones */
	unsigned depth;
};

static const struct type void_type = { .kind = TYPE_VOID, .name = "void" };
static const struct type too_deep = { .kind = TYPE_UNKNOWN };

static const struct type *dwarf_target(const struct type *t)
{
	struct dwarf_type *d = dwarf_type_of(t);

	d->type.target = die_type_of(d->info, &d->die);
	return d->type.target;
}

static const struct type *dwarf_definition(const struct type *t)
{
	struct dwarf_type *d = dwarf_type_of(t);

	if (d->sought)
		return d->definition;
	d->sought = true;
	d->definition = debug_definition_of(d->info, t);
	return d->definition;
}

struct dwarf_types *types_of(struct debug_info *part)
{
	struct dwarf_types *types = (struct dwarf_types *)part->types;

	if (types)
		return types;
	types = xcalloc(1, sizeof(*types));
	types->source = (struct type_source){
		.target = dwarf_target, .members = dwarf_members,
		.enumerators = dwarf_enumerators,
		.discriminant = dwarf_discriminant,
		.definition = dwarf_definition, .extra = dwarf_extra,
	};
	types->info = part;
	map_init(&types->by_key);
	map_init(&types->scopes);
	map_init(&types->names);
	part->types = &types->source;
	return types;
}

struct arena *types_arena(struct dwarf_types *types)
{
	return &types->arena;
}

struct map *types_scopes(struct dwarf_types *types)
{
	return &types->scopes;
}

struct map *types_names(struct dwarf_types *types)
{
	return &types->names;
}

struct scopes **types_scope_list(struct dwarf_types *types)
{
	return &types->scope_list;
}

void types_destroy(struct dwarf_types *types)
{
	if (!types)
		return;
	scopes_destroy(types->scope_list);
	map_deinit(&types->scopes);
	map_deinit(&types->names);
	map_deinit(&types->by_key);
	arena_deinit(&types->arena);
	free(types);
}

/* A size that a file says: bits are rounded up. */
static uint64_t byte_size(Dwarf_Die *die)
{
	int64_t size;

	if (die_number(die, DW_AT_byte_size, &size))
		return size < 0 ? 0 : (uint64_t)size;
	if (die_number(die, DW_AT_bit_size, &size))
		return size < 0 ? 0 : ((uint64_t)size + 7) / 8;
	return 0;
}

static void fill_base(struct dwarf_type *d)
{
	struct type *t = &d->type;
	int64_t encoding = 0;

	t->name = die_name(&d->die);
	if (t->name)
		t->name = type_normal_name(t->name);
	t->size = byte_size(&d->die);
	if (t->is_rust && !t->size) {
		t->kind = TYPE_VOID;
		return;
	}
	die_number(&d->die, DW_AT_encoding, &encoding);
	switch (encoding) {
	case DW_ATE_boolean:
		t->kind = TYPE_BOOL;
		break;
	case DW_ATE_signed_char:
	case DW_ATE_unsigned_char:
	case DW_ATE_UTF:
		t->kind = TYPE_CHAR;
		t->is_signed = encoding == DW_ATE_signed_char;
		break;
	case DW_ATE_signed:
	case DW_ATE_unsigned:
	case DW_ATE_address:
		t->kind = t->name && strcmp(t->name, "wchar_t") == 0
		          ? TYPE_CHAR : TYPE_INT;
		t->is_signed = encoding == DW_ATE_signed;
		break;
	case DW_ATE_float:
		t->kind = TYPE_FLOAT;
		t->is_signed = true;
		break;
	case DW_ATE_complex_float:
		t->kind = TYPE_COMPLEX;
		break;
	default:
		/* What scdb can't show. */
		t->kind = t->size ? TYPE_UNKNOWN : TYPE_VOID;
	}
}

static void fill_unspecified(struct dwarf_type *d)
{
	d->type.kind = TYPE_VOID;
	d->type.name = die_name(&d->die);
}

static void fill_pointer(struct dwarf_type *d)
{
	struct type *t = &d->type;

	switch (dwarf_tag(&d->die)) {
	case DW_TAG_reference_type:
		t->kind = TYPE_REFERENCE;
		break;
	case DW_TAG_rvalue_reference_type:
		t->kind = TYPE_RVALUE_REFERENCE;
		break;
	default:
		t->kind = TYPE_POINTER;
	}
	t->name = die_name(&d->die);
	t->size = byte_size(&d->die);
	if (!t->size)
		t->size = die_address_size(&d->die);
}

static void fill_member_pointer(struct dwarf_type *d)
{
	struct type *t = &d->type;
	Dwarf_Die container, target;

	t->kind = TYPE_MEMBER_POINTER;
	if (die_ref(&d->die, DW_AT_containing_type, &container))
		t->container = die_type(d->info, &container);
	t->size = byte_size(&d->die);
	if (t->size)
		return;
	/* The C++ ABI: a function's is its address and an adjustment. */
	t->size = die_address_size(&d->die);
	if (die_ref(&d->die, DW_AT_type, &target) &&
	    dwarf_tag(&target) == DW_TAG_subroutine_type)
		t->size *= 2;
}

static void fill_wrapper(struct dwarf_type *d)
{
	struct type *t = &d->type;

	switch (dwarf_tag(&d->die)) {
	case DW_TAG_const_type:
		t->kind = TYPE_CONST;
		return;
	case DW_TAG_volatile_type:
		t->kind = TYPE_VOLATILE;
		return;
	case DW_TAG_restrict_type:
		t->kind = TYPE_RESTRICT;
		return;
	case DW_TAG_atomic_type:
		t->kind = TYPE_ATOMIC;
		return;
	default:
		t->kind = TYPE_TYPEDEF;
		t->name = die_qualified(d->info, &d->die);
	}
}

static bool has_child(Dwarf_Die *die, int tag)
{
	Dwarf_Die child;

	for (bool ok = die_first(die, &child); ok; ok = die_next(&child))
		if (dwarf_tag(&child) == tag)
			return true;
	return false;
}

static void fill_aggregate(struct dwarf_type *d)
{
	struct type *t = &d->type;
	int64_t how;

	switch (dwarf_tag(&d->die)) {
	case DW_TAG_union_type:
		t->kind = TYPE_UNION;
		break;
	case DW_TAG_class_type:
	case DW_TAG_interface_type:
		t->kind = TYPE_CLASS;
		break;
	default:
		t->kind = TYPE_STRUCT;
	}
	t->name = die_qualified(d->info, &d->die);
	t->size = byte_size(&d->die);
	t->incomplete = die_flag(&d->die, DW_AT_declaration);
	if (die_number(&d->die, DW_AT_calling_convention, &how) &&
	    (how == DW_CC_pass_by_reference || how == DW_CC_pass_by_value))
		t->convention = (uint8_t)how;
	if (t->kind == TYPE_STRUCT &&
	    language_is_rust(die_language(d->info, &d->die)) &&
	    has_child(&d->die, DW_TAG_variant_part))
		t->kind = TYPE_VARIANT;
}

/* What gdb takes for flags: single bits, and groups of neighbouring ones. */
static bool is_flag(int64_t value)
{
	uint64_t bits = (uint64_t)value;

	if (value < 0)
		return false;
	if (!bits)
		return true;
	bits >>= __builtin_ctzll(bits);
	return (bits & (bits + 1)) == 0;
}

static void fill_enum(struct dwarf_type *d)
{
	const struct type_enumerator *values;
	struct type *t = &d->type;
	size_t count;

	t->kind = TYPE_ENUM;
	t->name = die_qualified(d->info, &d->die);
	t->size = byte_size(&d->die);
	t->incomplete = die_flag(&d->die, DW_AT_declaration);
	t->is_class = die_flag_any(&d->die, DW_AT_enum_class);
	t->is_flags = true;
	values = dwarf_enumerators(t, &count);
	for (size_t i = 0; i < count; i++) {
		t->is_signed |= values[i].value < 0;
		t->is_flags &= is_flag(values[i].value);
	}
	if (!t->size) {
		Dwarf_Die base;

		if (die_ref(&d->die, DW_AT_type, &base))
			t->size = byte_size(&base);
	}
}

static void fill_function(struct dwarf_type *d)
{
	struct type *t = &d->type;

	t->kind = TYPE_FUNCTION;
	t->prototyped = die_flag_any(&d->die, DW_AT_prototyped) || t->no_tag;
	t->varargs = has_child(&d->die, DW_TAG_unspecified_parameters);
}

static void fill_unknown(struct dwarf_type *d)
{
	d->type.kind = TYPE_UNKNOWN;
	d->type.name = die_name(&d->die);
	d->type.size = byte_size(&d->die);
}

static void fill_subrange(struct dwarf_type *d)
{
	Dwarf_Die base;
	int64_t low;

	fill_unknown(d);
	d->type.kind = TYPE_INT;
	d->type.is_signed = !die_number(&d->die, DW_AT_lower_bound, &low) ||
	                    low < 0;
	if (!d->type.size && die_ref(&d->die, DW_AT_type, &base))
		d->type.size = byte_size(&base);
	if (!d->type.size)
		d->type.size = 4;
}

/* How many elements a dimension has; false: not known. */
static bool dimension_count(struct debug_info *info, Dwarf_Die *die,
                            uint64_t *count)
{
	int64_t low = 0, high, n;
	Dwarf_Sword lower;

	if (die_number(die, DW_AT_count, &n)) {
		*count = n < 0 ? 0 : (uint64_t)n;
		return true;
	}
	if (dwarf_tag(die) == DW_TAG_enumeration_type) {
		const struct type *t = die_type(info, die);
		size_t values;

		type_enumerators(t, &values);
		*count = values;
		return true;
	}
	if (!die_number(die, DW_AT_upper_bound, &high))
		return false;
	if (!die_number(die, DW_AT_lower_bound, &low) &&
	    dwarf_default_lower_bound((int)die_language(info, die),
	                              &lower) == 0)
		low = lower;
	*count = high < low ? 0 : (uint64_t)high - (uint64_t)low + 1;
	return true;
}

struct dimension {
	bool known;
	bool variable;
	uint64_t count;
};

static size_t read_dimensions(struct dwarf_type *d, struct dimension *all)
{
	size_t count = 0;
	Dwarf_Die child;

	for (bool ok = die_first(&d->die, &child); ok; ok = die_next(&child)) {
		int tag = dwarf_tag(&child);

		if (tag != DW_TAG_subrange_type &&
		    tag != DW_TAG_enumeration_type)
			continue;
		if (count == ARRAY_MAX_DIMENSIONS)
			break;
		all[count].known = dimension_count(d->info, &child,
		                                   &all[count].count);
		all[count].variable = !all[count].known &&
			(dwarf_hasattr(&child, DW_AT_upper_bound) ||
			 dwarf_hasattr(&child, DW_AT_count));
		count++;
	}
	if (!count)
		all[count++] = (struct dimension){ .known = false };
	return count;
}

static void set_dimension(struct type *t, enum type_kind kind,
                          const struct dimension *dimension,
                          const struct type *element)
{
	t->kind = kind;
	t->target = element;
	t->stride = type_size(element);
	t->has_count = dimension->known;
	t->is_variable = dimension->variable;
	t->count = dimension->known ? dimension->count : 0;
	if (__builtin_mul_overflow(t->stride, t->count, &t->size))
		t->size = 0;
}

static void fill_array(struct dwarf_type *d)
{
	struct dwarf_types *types = types_of(d->info);
	struct dimension all[ARRAY_MAX_DIMENSIONS];
	enum type_kind kind = die_flag(&d->die, DW_AT_GNU_vector)
	                      ? TYPE_VECTOR : TYPE_ARRAY;
	const struct type *element;
	size_t count;
	int64_t stride;

	d->type.kind = kind;
	d->type.target = &too_deep;     /* while it is its own element */
	d->type.name = die_name(&d->die);
	count = read_dimensions(d, all);
	element = die_type_of(d->info, &d->die);
	while (count-- > 1) {
		struct type *t = arena_alloc(&types->arena, sizeof(*t));

		t->no_tag = d->type.no_tag;
		t->is_rust = d->type.is_rust;
		set_dimension(t, kind, &all[count], element);
		t->has_variable = t->is_variable || element->has_variable;
		element = t;
	}
	set_dimension(&d->type, kind, &all[0], element);
	/* One of variable rows has no size that is known either. */
	d->type.has_variable = d->type.is_variable || element->has_variable;
	if (die_number(&d->die, DW_AT_byte_stride, &stride) && stride > 0 &&
	    stride < 1 << 20)
		d->type.stride = (uint64_t)stride;
}

static const struct {
	int tag;
	void (*fill)(struct dwarf_type *d);
} kinds[] = {
	{ DW_TAG_base_type, fill_base },
	{ DW_TAG_unspecified_type, fill_unspecified },
	{ DW_TAG_pointer_type, fill_pointer },
	{ DW_TAG_reference_type, fill_pointer },
	{ DW_TAG_rvalue_reference_type, fill_pointer },
	{ DW_TAG_ptr_to_member_type, fill_member_pointer },
	{ DW_TAG_const_type, fill_wrapper },
	{ DW_TAG_volatile_type, fill_wrapper },
	{ DW_TAG_restrict_type, fill_wrapper },
	{ DW_TAG_atomic_type, fill_wrapper },
	{ DW_TAG_typedef, fill_wrapper },
	{ DW_TAG_template_alias, fill_wrapper },
	{ DW_TAG_structure_type, fill_aggregate },
	{ DW_TAG_class_type, fill_aggregate },
	{ DW_TAG_interface_type, fill_aggregate },
	{ DW_TAG_union_type, fill_aggregate },
	{ DW_TAG_enumeration_type, fill_enum },
	{ DW_TAG_array_type, fill_array },
	{ DW_TAG_subroutine_type, fill_function },
	{ DW_TAG_subprogram, fill_function },
	{ DW_TAG_inlined_subroutine, fill_function },
	{ DW_TAG_subrange_type, fill_subrange },
};

static bool keeps_target(enum type_kind kind)
{
	switch (kind) {
	case TYPE_POINTER:
	case TYPE_REFERENCE:
	case TYPE_RVALUE_REFERENCE:
	case TYPE_MEMBER_POINTER:
	case TYPE_FUNCTION:
	case TYPE_TYPEDEF:
	case TYPE_CONST:
	case TYPE_VOLATILE:
	case TYPE_RESTRICT:
	case TYPE_ATOMIC:
	case TYPE_ARRAY:
	case TYPE_VECTOR:
	case TYPE_ENUM:
		return true;
	default:
		return false;
	}
}

static void fill(struct dwarf_type *d)
{
	int tag = dwarf_tag(&d->die);
	size_t i = 0;

	d->type.no_tag = language_has_scopes(die_language(d->info, &d->die));
	d->type.is_rust = language_is_rust(die_language(d->info, &d->die));
	while (i < ARRAY_LEN(kinds) && kinds[i].tag != tag)
		i++;
	if (i < ARRAY_LEN(kinds))
		kinds[i].fill(d);
	else
		fill_unknown(d);
	if (!keeps_target(d->type.kind))
		d->type.target = &void_type;
}

/* Where a declaration says which type unit has it, that. */
static void follow_signature(Dwarf_Die *die)
{
	Dwarf_Die whole;

	if (die_ref(die, DW_AT_signature, &whole))
		*die = whole;
}

const struct type *die_type(struct debug_info *info, Dwarf_Die *at)
{
	struct debug_info *part;
	struct dwarf_types *types, *root = types_of(root_of(info));
	struct dwarf_type *d;
	Dwarf_Die die = *at;

	follow_signature(&die);
	part = part_of(info, &die);
	types = types_of(part);
	d = map_get(&types->by_key, die_key(&die));
	if (d)
		return &d->type;
	if (root->depth > CREATE_MAX_DEPTH)
		return &too_deep;
	d = arena_alloc(&types->arena, sizeof(*d));
	d->type.source = &types->source;
	d->die = die;
	d->info = part;
	map_put(&types->by_key, die_key(&die), d);
	root->depth++;
	fill(d);
	root->depth--;
	return &d->type;
}

const struct type *die_type_of(struct debug_info *info, Dwarf_Die *die)
{
	Dwarf_Attribute attr;
	Dwarf_Die type;

	if (!die_attr_any(die, DW_AT_type, &attr) ||
	    !dwarf_formref_die(&attr, &type))
		return &void_type;
	return die_type(info, &type);
}
