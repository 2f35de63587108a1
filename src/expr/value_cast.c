/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Casts that only C++ has. */
#include "expr/value_impl.h"

#include "base/alloc.h"

#include <string.h>

static bool is_pointer(const struct type *t)
{
	return type_is_kind(t, TYPE_POINTER);
}

/* Numbers and pointers that are as large keep their bits. */
static struct error *reinterpret(struct value *v, const struct type *to,
                                 struct value **result)
{
	AUTO_VALUE struct value *from = NULL, *pointer = NULL;
	const struct type *nothing = type_pointer_to(v->world->pool,
		type_void(v->world->pool));
	taddr addr;

	if (type_is_reference(to)) {
		TRY(value_unreferenced(v, &from));
		TRY(value_address_of(from, &pointer));
		TRY(value_as_address(pointer, &addr));
		*result = value_of_integer(v->world, to, addr);
		return NULL;
	}
	TRY(value_decay(v, &from));
	if (!(is_pointer(to) || type_is_integral(to)) ||
	    !(is_pointer(from->type) || type_is_integral(from->type)) ||
	    (!is_pointer(to) && !is_pointer(from->type) &&
	     type_size(to) != type_size(from->type)))
		return error_new(ERROR_USAGE, "invalid reinterpret_cast");
	/* No base class moves the pointer. */
	if (is_pointer(from->type))
		TRY(value_cast(from, nothing, &pointer));
	return value_cast(pointer ? pointer : from, to, result);
}

/* What "<vtable for NAME+16>" is of; NULL: it is none. */
static const struct type *class_of_table(const struct value_world *w,
                                         taddr table)
{
	static const char before[] = "<vtable for ";
	AUTO_BUF struct buf text = { 0 };
	char *plus;

	buf_init(&text);
	if (w->describe)
		w->describe(w->ctx, table, &text);
	plus = strrchr(text.data, '+');
	if (strncmp(text.data, before, strlen(before)) != 0 || !plus ||
	    !w->find_class)
		return NULL;
	*plus = '\0';
	return w->find_class(w->ctx, text.data + strlen(before));
}

struct error *value_whole_object(const struct value_world *w, taddr addr,
                                 struct value **whole)
{
	size_t word = type_size(type_pointer_to(w->pool, type_void(w->pool)));
	const struct type *class;
	uint64_t table, up;

	TRY(value_word_at(w, addr, &table));
	class = class_of_table(w, table);
	if (!class)
		return error_new(ERROR_NOT_FOUND, "the object at 0x%llx has "
		                 "no class that is known",
		                 (unsigned long long)addr);
	/* Two words in front of the first function: how far it is. */
	TRY(value_word_at(w, table - 2 * word, &up));
	*whole = value_in_memory(w, class, word == 4
	                         ? (uint32_t)(addr + up) : addr + up);
	return NULL;
}

static struct error *need_class(const struct type *t, const char *what)
{
	if (type_is_aggregate(t))
		return NULL;
	return error_new(ERROR_USAGE, "%s of dynamic_cast is no class", what);
}

/* ADDR, of an object of class FROM, as one of class TO; 0: it is none. */
static struct error *dynamic(const struct value_world *w, taddr addr,
                             const struct type *from, const struct type *to,
                             taddr *result)
{
	AUTO_VALUE struct value *object = value_in_memory(w, from, addr);
	AUTO_VALUE struct value *part = NULL, *whole = NULL;

	TRY(value_base_of(object, to, &part));
	if (!part) {
		TRY(value_whole_object(w, addr, &whole));
		if (type_is_kind(to, TYPE_VOID))
			part = value_ref(whole);
		else
			TRY(value_base_of(whole, to, &part));
	}
	*result = part ? part->addr : 0;
	return NULL;
}

static struct error *dynamic_cast(struct value *v, const struct type *to,
                                  struct value **result)
{
	AUTO_VALUE struct value *from = NULL, *object = NULL;
	const struct type *target = type_target(type_strip(to));
	taddr addr, made = 0;

	TRY(value_unreferenced(v, &from));
	if (is_pointer(to)) {
		if (!is_pointer(from->type))
			return error_new(ERROR_USAGE, "the operand of "
			                 "dynamic_cast is no pointer");
		if (!type_is_kind(target, TYPE_VOID))
			TRY(need_class(target, "the type"));
		TRY(need_class(type_target(type_strip(from->type)),
		               "the operand"));
		TRY(value_as_address(from, &addr));
		if (addr)
			TRY(dynamic(v->world, addr, type_target(type_strip(
			            from->type)), target, &made));
		*result = value_of_integer(v->world, to, made);
		return NULL;
	}
	if (!type_is_reference(to))
		return error_new(ERROR_USAGE, "dynamic_cast makes pointers "
		                 "and references");
	TRY(need_class(target, "the type"));
	TRY(need_class(from->type, "the operand"));
	if (!value_address(from, &addr))
		return error_new(ERROR_USAGE, "that is no object in memory");
	TRY(dynamic(v->world, addr, from->type, target, &made));
	if (!made)
		return error_new(ERROR_USAGE, "the object is no %s: "
		                 "dynamic_cast failed",
		                 type_strip(target)->name);
	*result = value_of_integer(v->world, to, made);
	return NULL;
}

struct error *value_cast_cplus(struct value *v, const struct type *to,
                               enum value_cast_kind kind,
                               struct value **result)
{
	switch (kind) {
	case CAST_REINTERPRET:
		return reinterpret(v, to, result);
	case CAST_DYNAMIC:
		return dynamic_cast(v, to, result);
	default:
		return value_cast(v, to, result);
	}
}
