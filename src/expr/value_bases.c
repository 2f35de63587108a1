/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the base classes of a C++ object are.  A virtual one has no fixed
 * place: the object's first word points into a table of its whole class, and
 * in front of that place stands how far away the base is.
 */
#include "expr/value_impl.h"

enum { BASE_DEPTH = 16 };

struct error *value_word_at(const struct value_world *w, taddr addr,
                            uint64_t *n)
{
	uint8_t data[8] = { 0 };
	size_t word = type_size(type_pointer_to(w->pool, type_void(w->pool)));

	if (!w->memory.read ||
	    memory_read(&w->memory, addr, data, word) != word)
		return error_fault(addr, "can't read memory at 0x%llx",
		                   (unsigned long long)addr);
	*n = (uint64_t)value_load(data, word, false);
	return NULL;
}

/* The first word of V. */
static struct error *table_of(struct value *v, uint64_t *table)
{
	size_t word = type_size(type_pointer_to(v->world->pool, v->type));
	const uint8_t *data;

	if (v->place == VALUE_IN_MEMORY && !v->bytes)
		return value_word_at(v->world, v->addr, table);
	TRY(value_bytes(v, &data));
	if (type_size(v->type) < word || value_is_missing(v, 0, word))
		return error_new(ERROR_NOT_FOUND, "the object has lost its "
		                 "table of virtual functions");
	*table = (uint64_t)value_load(data, word, false);
	return NULL;
}

static struct error *base_offset(struct value *v, const struct type_member *m,
                                 int64_t *offset)
{
	size_t word = type_size(type_pointer_to(v->world->pool, v->type));
	uint64_t table, n;

	if (!m->table_offset)
		return error_new(ERROR_UNSUPPORTED, "the debug information "
		                 "says in no known way where the virtual "
		                 "base class is");
	TRY(table_of(v, &table));
	TRY(value_word_at(v->world, table - m->table_offset, &n));
	*offset = word == 4 ? (int32_t)n : (int64_t)n;
	return NULL;
}

struct error *value_virtual_base(struct value *v, const struct type_member *m,
                                 struct value **part)
{
	struct value *from = v;
	uint64_t size = type_size(m->type), at, all;
	int64_t offset = 0;

	TRY(base_offset(v, m, &offset));
	at = (uint64_t)offset;
	if (v->place != VALUE_IN_MEMORY) {
		/* It may stand behind V in what V is a part of. */
		if (v->whole && v->whole->bytes) {
			from = v->whole;
			at += v->offset;
		}
		all = type_size(from->type);
		if (at > all || size > all - at)
			return error_new(ERROR_NOT_FOUND, "the virtual base "
			                 "class is not in this copy of a "
			                 "part of the object");
	}
	*part = value_part(from, m->type, at);
	return NULL;
}

/* Whether BASE is a base class of CLASS, or the same. */
static bool has_base(const struct type *class, const struct type *base,
                     unsigned depth)
{
	size_t count;
	const struct type_member *m = type_members(class, &count);

	if (type_same(type_strip(class), type_strip(base)))
		return true;
	for (size_t i = 0; i < count && depth < BASE_DEPTH; i++)
		if (m[i].is_base && has_base(m[i].type, base, depth + 1))
			return true;
	return false;
}

static struct error *find_base(struct value *v, const struct type *base,
                               unsigned depth, struct value **part)
{
	size_t count;
	const struct type_member *m = type_members(v->type, &count);

	if (type_same(type_strip(v->type), type_strip(base))) {
		*part = value_ref(v);
		return NULL;
	}
	for (size_t i = 0; i < count && depth < BASE_DEPTH && !*part; i++) {
		AUTO_VALUE struct value *inner = NULL;

		if (!m[i].is_base || !has_base(m[i].type, base, depth + 1))
			continue;
		TRY(value_member(v, &m[i], &inner));
		TRY(find_base(inner, base, depth + 1, part));
	}
	return NULL;
}

struct error *value_base_of(struct value *v, const struct type *base,
                            struct value **part)
{
	return find_base(v, base, 0, part);
}

/* Where BASE is in CLASS; false: nowhere, or its place is not fixed. */
static bool fixed_offset(const struct type *class, const struct type *base,
                         unsigned depth, uint64_t *offset)
{
	size_t count;
	const struct type_member *m = type_members(class, &count);
	uint64_t inner;

	if (type_same(type_strip(class), type_strip(base))) {
		*offset = 0;
		return true;
	}
	for (size_t i = 0; i < count && depth < BASE_DEPTH; i++)
		if (m[i].is_base && !m[i].is_virtual &&
		    fixed_offset(m[i].type, base, depth + 1, &inner)) {
			*offset = m[i].offset + inner;
			return true;
		}
	return false;
}

/* The object of class TO that is around the one of class FROM at ADDR. */
static struct error *around(const struct value_world *w,
                            const struct type *from, const struct type *to,
                            taddr addr, struct value **object)
{
	AUTO_VALUE struct value *whole = NULL;
	uint64_t offset;

	if (!has_base(to, from, 0))
		return NULL;
	if (fixed_offset(to, from, 0, &offset)) {
		*object = value_in_memory(w, to, addr - offset);
		return NULL;
	}
	/* Only the object itself knows. */
	TRY(value_whole_object(w, addr, &whole));
	TRY(find_base(whole, to, 0, object));
	if (!*object)
		return error_new(ERROR_NOT_FOUND, "the object at 0x%llx is "
		                 "no %s", (unsigned long long)addr,
		                 type_strip(to)->name ? type_strip(to)->name
		                                      : "such");
	return NULL;
}

struct error *value_adjust(const struct value_world *w,
                           const struct type *from, const struct type *to,
                           taddr addr, taddr *result)
{
	AUTO_VALUE struct value *object = value_in_memory(w, from, addr);
	AUTO_VALUE struct value *part = NULL;

	TRY(find_base(object, to, 0, &part));
	if (!part)
		TRY(around(w, from, to, addr, &part));
	*result = part ? part->addr : addr;
	return NULL;
}

struct error *value_sliced(struct value *v, const struct type *to,
                           struct value **result)
{
	AUTO_VALUE struct value *part = NULL;
	const uint8_t *data;

	TRY(find_base(v, to, 0, &part));
	if (!part && v->place == VALUE_IN_MEMORY)
		TRY(around(v->world, v->type, to, v->addr, &part));
	if (!part)
		return NULL;
	TRY(value_bytes(part, &data));
	if (part->missing)
		return NULL;
	*result = value_of_bytes(v->world, to, data);
	return NULL;
}
