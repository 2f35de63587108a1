/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members, elements, and what pointers point at. */
#include "expr/value_impl.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { MEMBER_DEPTH = 32 }; /* of bases and anonymous members */

/*
 * SIZE bytes at OFFSET of V as a T.  What V has read is not read again; what it
 * stands in, the part can be stored in too.
 */
struct value *value_part(struct value *v, const struct type *t,
                         uint64_t offset)
{
	uint64_t size = type_size(t), all = type_size(v->type);
	struct value *part = value_new(v->world, t, v->place);

	part->addr = v->addr + offset;
	if (v->place != VALUE_IN_MEMORY && v->place != VALUE_OPTIMIZED_OUT) {
		part->whole = value_ref(v->whole ? v->whole : v);
		part->offset = v->offset + offset;
		if (offset > all || size > all - offset || !v->bytes) {
			part->place = VALUE_OPTIMIZED_OUT;
			return part;
		}
	}
	if (v->bytes && offset <= all && size <= all - offset) {
		part->bytes = xcalloc(1, size + 1);
		memcpy(part->bytes, v->bytes + offset, size);
	}
	if (v->missing && part->bytes) {
		part->missing = xcalloc(1, size + 1);
		memcpy(part->missing, v->missing + offset, size);
	}
	return part;
}

/* The bit-field M of V. */
static struct error *bit_part(struct value *v, const struct type_member *m,
                              struct value **result)
{
	AUTO_VALUE struct value *part = value_new(v->world, m->type, v->place);
	uint64_t all = type_size(v->type);
	uint64_t size = type_size(m->type);
	uint64_t first = m->offset + m->bit_offset / 8;
	unsigned shift = m->bit_offset % 8, spare;
	size_t len = (shift + m->bit_size + 7) / 8;
	wide n;

	part->addr = v->addr + first;
	part->bit_offset = shift;
	part->bit_size = m->bit_size;
	if (v->place != VALUE_IN_MEMORY && v->place != VALUE_OPTIMIZED_OUT) {
		part->whole = value_ref(v->whole ? v->whole : v);
		part->offset = v->offset + first;
	}
	if (v->bytes && len <= 16 && first <= all && len <= all - first &&
	    m->bit_size <= 128 && size <= 16) {
		if (value_is_missing(v, first, len)) {
			part->place = VALUE_OPTIMIZED_OUT;
		} else {
			spare = 128 - m->bit_size;
			n = value_load(v->bytes + first, len, false) >> shift;
			n <<= spare;
			n = type_strip(m->type)->is_signed
			    ? (wide)((swide)n >> spare) : n >> spare;
			part->bytes = xcalloc(1, size + 1);
			value_store(part->bytes, size, n);
		}
	} else if (v->place != VALUE_IN_MEMORY) {
		part->place = VALUE_OPTIMIZED_OUT;
	}
	*result = value_ref(part);
	return NULL;
}

struct error *value_member(struct value *v, const struct type_member *m,
                           struct value **part)
{
	if (m->is_static)
		return error_new(ERROR_NOT_FOUND,
		                 "the static member has no storage here");
	if (m->bit_size)
		return bit_part(v, m, part);
	if (m->is_base && m->is_virtual)
		return value_virtual_base(v, m, part);
	*part = value_part(v, m->type, m->offset);
	return NULL;
}

/* Whether there is a member called NAME in T or its bases. */
static bool declares(const struct type *t, const char *name, unsigned depth)
{
	size_t count;
	const struct type_member *m = type_members(t, &count);

	for (size_t i = 0; i < count && depth < MEMBER_DEPTH; i++)
		if (m[i].name && !m[i].is_base
		    ? strcmp(m[i].name, name) == 0
		    : declares(m[i].type, name, depth + 1))
			return true;
	return false;
}

/* *PART stays NULL where nothing is called so. */
static struct error *search(struct value *v, const char *name, unsigned depth,
                            struct value **part)
{
	size_t count;
	const struct type_member *m = type_members(v->type, &count);

	if (depth > MEMBER_DEPTH)
		return NULL;
	for (size_t i = 0; i < count; i++)
		if (m[i].name && !m[i].is_base && !m[i].is_static &&
		    strcmp(m[i].name, name) == 0)
			return value_member(v, &m[i], part);
	for (size_t i = 0; i < count && v->world->static_member; i++)
		if (m[i].name && m[i].is_static &&
		    strcmp(m[i].name, name) == 0 && type_strip(v->type)->name) {
			*part = v->world->static_member(v->world->ctx,
				type_strip(v->type)->name, name);
			return NULL;
		}
	for (size_t i = 0; i < count && !*part; i++) {
		AUTO_VALUE struct value *inner = NULL;

		if ((m[i].name && !m[i].is_base) || m[i].is_static ||
		    !type_is_aggregate(m[i].type))
			continue;
		/* Where it is need not be known for others' sake. */
		if (m[i].is_virtual && !declares(m[i].type, name, depth + 1))
			continue;
		TRY(value_member(v, &m[i], &inner));
		TRY(search(inner, name, depth + 1, part));
	}
	return NULL;
}

struct error *value_find_member(struct value *v, const char *name,
                                struct value **part)
{
	AUTO_VALUE struct value *plain = NULL, *variant = NULL;
	struct value *found = NULL;

	TRY(value_unreferenced(v, &plain));
	TRY(value_variant(plain, &variant));
	if (variant) {
		value_unref(plain);
		plain = value_ref(variant);
	}
	if (!type_is_aggregate(plain->type))
		return error_new(ERROR_USAGE, "only structures and unions "
		                 "have members");
	if (type_strip(plain->type)->incomplete)
		return error_new(ERROR_NOT_FOUND, "the type of it is "
		                 "incomplete");
	TRY(search(plain, name, 0, &found));
	if (!found)
		return error_new(ERROR_NOT_FOUND, "there is no member named "
		                 "%s", name);
	*part = found;
	return NULL;
}

struct error *value_element(struct value *v, int64_t index,
                            struct value **part)
{
	const struct type *t = type_strip(v->type);
	const struct type *element = type_target(t);
	uint64_t stride = t->stride ? t->stride : type_size(element);
	uint64_t offset = (uint64_t)index * stride;
	uint64_t all = type_size(t);

	if (v->place != VALUE_IN_MEMORY &&
	    (offset > all || type_size(element) > all - offset))
		return error_new(ERROR_USAGE, "no such element: the array is "
		                 "not in memory");
	*part = value_part(v, element, offset);
	return NULL;
}

/* The part of a variable without a place that V, a pointer, stands for. */
static struct error *follow_synthetic(struct value *v, const struct type *to,
                                      struct value **target)
{
	const struct location_piece *p = &v->location->pieces[0];
	AUTO_VALUE struct value *whole = NULL;

	TRY(v->world->follow_synthetic(v->world->ctx, v->frame, p, &whole));
	/* What points on is itself without storage. */
	if (!p->value && type_size(to) == type_size(whole->type))
		*target = value_ref(whole);
	else
		*target = value_part(whole, to, p->value);
	return NULL;
}

struct error *value_deref(struct value *v, struct value **target)
{
	const struct type *t = type_strip(v->type);
	const struct type *to = type_target(t);
	const uint8_t *data;

	if (t->kind == TYPE_FUNCTION && v->place == VALUE_IN_MEMORY) {
		*target = value_ref(v);
		return NULL;
	}
	/* As gdb has it: `*16` is a long. */
	if (t->kind == TYPE_INT || t->kind == TYPE_CHAR ||
	    t->kind == TYPE_ENUM || t->kind == TYPE_BOOL)
		to = value_builtin(v->world, "long");
	else if (t->kind != TYPE_POINTER && !type_is_reference(t))
		return error_new(ERROR_USAGE, "only a pointer or a number can "
		                 "be followed");
	if (v->synthetic && v->location && v->location->count == 1 &&
	    v->frame && v->world->follow_synthetic)
		return follow_synthetic(v, to, target);
	if (v->synthetic)
		return error_new(ERROR_UNSUPPORTED, "the pointer is "
		                 "synthetic: it points at no storage");
	if (type_is_kind(to, TYPE_VOID))
		return error_new(ERROR_USAGE,
		                 "a void pointer can't be followed: cast it");
	TRY(value_bytes(v, &data));
	if (type_strip(to)->has_variable && v->world->resolve_type)
		to = v->world->resolve_type(v->world->ctx, to);
	*target = value_in_memory(v->world, to, (taddr)value_load(
		data, type_size(t), false));
	return NULL;
}

struct error *value_unreferenced(struct value *v, struct value **result)
{
	if (type_is_reference(v->type))
		return value_deref(v, result);
	*result = value_ref(v);
	return NULL;
}

/* A literal is put into the tracee, where that can be done. */
static struct error *give_address(struct value *v)
{
	const struct value_world *w = v->world;
	uint64_t size = type_size(v->type);
	taddr addr;

	if (!v->is_string || !w->allocate || !w->write)
		return error_new(ERROR_USAGE, "it has no address: it is not "
		                 "in memory");
	TRY(w->allocate(w->ctx, size, &addr));
	TRY(w->write(w->ctx, addr, v->bytes, size));
	v->place = VALUE_IN_MEMORY;
	v->addr = addr;
	return NULL;
}

struct error *value_address_of(struct value *v, struct value **pointer)
{
	AUTO_VALUE struct value *plain = NULL;

	TRY(value_unreferenced(v, &plain));
	if (plain->bit_size)
		return error_new(ERROR_USAGE, "a bit-field has no address");
	if (plain->place == VALUE_OPTIMIZED_OUT)
		return error_new(ERROR_NOT_FOUND,
		                 "it has no address: it is optimized out");
	if (plain->place == VALUE_IN_REGISTER)
		return error_new(ERROR_USAGE,
		                 "it has no address: it is in a register");
	if (plain->place != VALUE_IN_MEMORY)
		TRY(give_address(plain));
	*pointer = value_of_integer(v->world, type_pointer_to(
		v->world->pool, plain->type), plain->addr);
	return NULL;
}

struct error *value_decay(struct value *v, struct value **decayed)
{
	AUTO_VALUE struct value *plain = NULL, *whole = NULL;
	const struct type *t;

	TRY(value_unreferenced(v, &plain));
	t = type_strip(plain->type);
	if (t->kind == TYPE_FUNCTION)
		return value_address_of(plain, decayed);
	if (t->kind != TYPE_ARRAY) {
		*decayed = value_ref(plain);
		return NULL;
	}
	TRY(value_address_of(plain, &whole));
	*decayed = value_of_integer(v->world, type_pointer_to(
		v->world->pool, type_target(t)), plain->addr);
	return NULL;
}

struct error *value_repeat(struct value *v, int64_t count,
                           struct value **array)
{
	const struct type *t;

	if (v->is_string && v->place == VALUE_NOWHERE)
		TRY(give_address(v));
	/* An element of a literal. */
	if (v->whole && v->whole->is_string && v->place == VALUE_NOWHERE) {
		if (v->whole->place == VALUE_NOWHERE)
			TRY(give_address(v->whole));
		v->place = v->whole->place;
		v->addr = v->whole->addr + v->offset;
	}
	if (v->place != VALUE_IN_MEMORY || v->bit_size)
		return error_new(ERROR_USAGE, "only what is in memory can be "
		                 "repeated with @");
	if (count <= 0 || count > 1 << 30)
		return error_new(ERROR_USAGE, "%lld is no number of "
		                 "repetitions", (long long)count);
	t = type_array_of(v->world->pool, v->type, (uint64_t)count);
	*array = value_in_memory(v->world, t, v->addr);
	return NULL;
}

struct error *value_text(struct value *v, size_t max, struct buf *text)
{
	AUTO_VALUE struct value *plain = NULL;
	const struct type *t;
	const uint8_t *data;
	taddr at;
	char *read;
	_Bool cut;
	ssize_t len;

	TRY(value_unreferenced(v, &plain));
	t = type_strip(plain->type);
	if (t->kind == TYPE_ARRAY || t->kind == TYPE_VECTOR) {
		size_t size = type_size(t) < max ? type_size(t) : max;

		TRY(value_bytes(plain, &data));
		buf_add(text, data, strnlen((const char *)data, size));
		return NULL;
	}
	TRY(value_as_address(plain, &at));
	read = xmalloc(max + 1);
	len = plain->world->memory.read
	      ? memory_read_string(&plain->world->memory, at, read, max + 1,
	                           &cut) : -1;
	if (len > 0)
		buf_add(text, read, (size_t)len);
	free(read);
	if (len < 0)
		return error_fault(at, "can't read memory at 0x%llx",
		                   (unsigned long long)at);
	return NULL;
}
