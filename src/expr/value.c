/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/value.h"
#include "expr/value_impl.h"

#include "base/alloc.h"
#include "symbols/debug.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct value *value_new(const struct value_world *w, const struct type *t,
                        enum value_place place)
{
	struct value *v = xcalloc(1, sizeof(*v));

	v->refs = 1;
	v->world = w;
	v->type = t;
	v->place = place;
	return v;
}

struct value *value_ref(struct value *v)
{
	v->refs++;
	return v;
}

void value_unref(struct value *v)
{
	if (!v || --v->refs)
		return;
	value_unref(v->whole);
	free(v->name);
	free(v->location);
	free(v->bytes);
	free(v->missing);
	free(v);
}

void value_unref_ptr(struct value **v)
{
	value_unref(*v);
}

const struct type *value_type(const struct value *v)
{
	return v->type;
}

enum value_place value_place(const struct value *v)
{
	return v->place;
}

const struct value_world *value_world(const struct value *v)
{
	return v->world;
}

bool value_address(const struct value *v, taddr *addr)
{
	if (v->place != VALUE_IN_MEMORY || v->bit_size)
		return false;
	*addr = v->addr;
	return true;
}

bool type_is_kind(const struct type *t, enum type_kind kind)
{
	return type_strip(t)->kind == kind;
}

bool type_is_reference(const struct type *t)
{
	enum type_kind kind = type_strip(t)->kind;

	return kind == TYPE_REFERENCE || kind == TYPE_RVALUE_REFERENCE;
}

bool value_is_void(const struct value *v)
{
	return type_is_kind(v->type, TYPE_VOID);
}

bool value_is_synthetic(const struct value *v)
{
	return v->synthetic;
}

const struct type *value_builtin(const struct value_world *w,
                                 const char *name)
{
	const struct type *t = type_builtin(w->pool, name);

	assert(t);
	return t;
}

/* SIZE is bounded by whoever calls. */
static uint8_t *bytes_of(struct value *v, size_t size)
{
	free(v->bytes);
	v->bytes = xcalloc(1, size + 1);
	return v->bytes;
}

struct value *value_void(const struct value_world *w)
{
	struct value *v = value_new(w, type_void(w->pool), VALUE_NOWHERE);

	bytes_of(v, 0);
	return v;
}

struct value *value_of_bytes(const struct value_world *w,
                             const struct type *t, const void *data)
{
	struct value *v = value_new(w, t, VALUE_NOWHERE);
	uint64_t size = type_size(t);

	if (size > VALUE_MAX_BYTES)
		v->place = VALUE_OPTIMIZED_OUT;
	else
		memcpy(bytes_of(v, size), data, size);
	return v;
}

void value_store(uint8_t *data, size_t size, wide n)
{
	for (size_t i = 0; i < size; i++)
		data[i] = i < sizeof(n) ? (uint8_t)(n >> (8 * i)) : 0;
}

wide value_load(const uint8_t *data, size_t size, bool is_signed)
{
	wide n = 0;

	if (size > sizeof(n))
		size = sizeof(n);
	for (size_t i = size; i-- > 0;)
		n = n << 8 | data[i];
	if (is_signed && size && size < sizeof(n) && data[size - 1] & 0x80)
		n |= ~(wide)0 << (8 * size);
	return n;
}

struct value *value_of_integer(const struct value_world *w,
                               const struct type *t, uint64_t n)
{
	struct value *v = value_new(w, t, VALUE_NOWHERE);
	uint64_t size = type_size(t);
	bool is_signed = type_strip(t)->is_signed;

	if (size > VALUE_MAX_BYTES)
		v->place = VALUE_OPTIMIZED_OUT;
	else
		value_store(bytes_of(v, size), size,
		            is_signed ? (wide)(swide)(int64_t)n : n);
	return v;
}

struct value *value_of_float(const struct value_world *w,
                             const struct type *t, long double f)
{
	struct value *v = value_new(w, t, VALUE_NOWHERE);
	uint64_t size = type_size(t);

	if (size > VALUE_MAX_BYTES)
		v->place = VALUE_OPTIMIZED_OUT;
	else
		float_store(type_strip(t), bytes_of(v, size), f);
	return v;
}

struct value *value_of_text(const struct value_world *w, const struct type *t,
                            const char *data, size_t len)
{
	size_t width = t ? type_size(t) : 1;
	struct value *v;

	t = type_array_of(w->pool, t ? t : value_builtin(w, "char"),
	                  len / width + 1);
	v = value_new(w, t, VALUE_NOWHERE);
	memcpy(bytes_of(v, len + width), data, len);
	v->is_string = true;
	return v;
}

struct value *value_of_string(const struct value_world *w, const char *data,
                              size_t len)
{
	return value_of_text(w, NULL, data, len);
}

struct value *value_in_memory(const struct value_world *w,
                              const struct type *t, taddr addr)
{
	struct value *v = value_new(w, t, VALUE_IN_MEMORY);

	v->addr = addr;
	return v;
}

struct value *value_in_register(const struct value_world *w,
                                const struct type *t, const char *name,
                                const void *data)
{
	struct value *v = value_of_bytes(w, t, data);

	v->place = VALUE_IN_REGISTER;
	v->name = xstrdup(name);
	return v;
}

struct value *value_of_variable(struct value *v, const char *name)
{
	struct value *made = value_new(v->world, v->type, VALUE_IN_VARIABLE);
	const uint8_t *data;
	struct error *err = value_bytes(v, &data);

	made->name = xstrdup(name);
	made->is_string = v->is_string;
	if (err) {
		made->place = VALUE_OPTIMIZED_OUT;
		error_destroy(err);
		return made;
	}
	memcpy(bytes_of(made, type_size(v->type)), data, type_size(v->type));
	return made;
}

struct value *value_keep(struct value *v)
{
	const uint8_t *data;

	error_destroy(value_bytes(v, &data));
	if (v->place == VALUE_IN_REGISTER && !v->name)
		v->place = VALUE_NOWHERE;
	v->frame = NULL;
	v->context = NULL;
	value_unref(v->whole);
	v->whole = NULL;
	return value_ref(v);
}

bool value_is_missing(const struct value *v, uint64_t offset, uint64_t size)
{
	if (v->place == VALUE_OPTIMIZED_OUT)
		return true;
	if (!v->missing)
		return false;
	for (uint64_t i = offset; i < offset + size; i++)
		if (v->missing[i])
			return true;
	return false;
}

/* A bit-field's bytes are those that it would have by itself. */
static void cut_bits(struct value *v, const uint8_t *data, size_t len,
                     uint64_t size)
{
	const struct type *t = type_strip(v->type);
	wide n = value_load(data, len, false) >> v->bit_offset;
	unsigned spare = 128 - v->bit_size;

	if (v->bit_size >= 128)
		spare = 0;
	n <<= spare;
	n = t->is_signed ? (wide)((swide)n >> spare) : n >> spare;
	value_store(v->bytes, size, n);
}

static struct error *read_memory(const struct value *v, taddr addr,
                                 uint8_t *data, size_t len)
{
	size_t got = 0;

	if (v->world->memory.read)
		got = memory_read(&v->world->memory, addr, data, len);
	if (got == len)
		return NULL;
	return error_fault(addr + got, "can't read memory at 0x%llx",
	                   (unsigned long long)(addr + got));
}

static struct error *fetch(struct value *v, uint64_t size)
{
	uint8_t around[24];
	size_t len = (v->bit_offset + v->bit_size + 7) / 8;
	struct error *err;

	if (!v->bit_size) {
		err = read_memory(v, v->addr, bytes_of(v, size), size);
	} else if (len > sizeof(around)) {
		return error_new(ERROR_UNSUPPORTED,
		                 "a bit-field that is too wide");
	} else {
		bytes_of(v, size);
		err = read_memory(v, v->addr, around, len);
		if (!err)
			cut_bits(v, around, len, size);
	}
	if (err) {
		free(v->bytes);
		v->bytes = NULL;
	}
	return err;
}

static uint64_t most_bytes(const struct value_world *w)
{
	return w->max_size ? w->max_size(w->ctx) : VALUE_MAX_BYTES;
}

struct error *value_bytes(struct value *v, const uint8_t **data)
{
	uint64_t size = type_size(v->type);

	if (v->place == VALUE_OPTIMIZED_OUT || v->synthetic ||
	    value_is_missing(v, 0, v->missing ? size : 0))
		return error_new(ERROR_NOT_FOUND,
		                 "the value has been optimized out");
	if (!v->bytes && size > most_bytes(v->world))
		return error_new(ERROR_REFUSED, "value requires %llu bytes, "
		                 "which is more than max-value-size",
		                 (unsigned long long)size);
	if (!v->bytes)
		TRY(fetch(v, size));
	*data = v->bytes;
	return NULL;
}

/* One piece's bytes into DATA of LEN; false: they are not to be had. */
static bool piece_bytes(struct value *v, const struct location_piece *p,
                        const struct location_context *context,
                        uint8_t *data, size_t len)
{
	uint8_t reg[REG_MAX_BYTES] = { 0 };
	size_t skip = p->bit_offset / 8, got = 0;
	struct error *err;

	switch (p->kind) {
	case LOCATION_MEMORY:
		err = read_memory(v, p->addr + skip, data, len);
		error_destroy(err);
		return !err;
	case LOCATION_REGISTER:
		if (!context || !context->reg ||
		    !context->reg(context->ctx, p->reg, reg, &got) ||
		    got > sizeof(reg) || skip > got)
			return false;
		memcpy(data, reg + skip, got - skip < len ? got - skip : len);
		return true;
	case LOCATION_VALUE:
		value_store(data, len, (wide)p->value >> (8 * (skip & 7)));
		return true;
	case LOCATION_BYTES:
		if (!p->data || skip > p->len)
			return false;
		got = p->len - skip;
		memcpy(data, p->data + skip, got < len ? got : len);
		return true;
	case LOCATION_POINTER:
		v->synthetic = true;
		return true;
	case LOCATION_OPTIMIZED_OUT:
		break;
	}
	return false;
}

static void gather(struct value *v, const struct location *location,
                   const struct location_context *context, uint64_t size)
{
	uint64_t at = 0, all = size * 8;
	AUTO_FREE uint8_t *piece = xcalloc(1, size + 1);

	for (size_t i = 0; i < location->count && at < all; i++) {
		const struct location_piece *p = &location->pieces[i];
		uint64_t bits = p->bits && p->bits < all - at ? p->bits
		                                              : all - at;

		memset(piece, 0, size);
		if (piece_bytes(v, p, context, piece, (bits + 7) / 8)) {
			value_put_bits(v->bytes, at, piece, 0, bits);
		} else {
			if (!v->missing)
				v->missing = xcalloc(1, size + 1);
			memset(v->missing + at / 8, 1,
			       (at + bits + 7) / 8 - at / 8);
		}
		at += bits;
	}
}

struct value *value_at_location(const struct value_world *w,
                                const struct type *t,
                                const struct location *location,
                                const struct location_context *context,
                                const struct frame *frame)
{
	const struct location_piece *p = &location->pieces[0];
	uint64_t size = type_size(t);
	struct value *v;

	if (!location->count || (location->count == 1 &&
	    p->kind == LOCATION_OPTIMIZED_OUT) || size > VALUE_MAX_BYTES)
		return value_new(w, t, VALUE_OPTIMIZED_OUT);
	if (location->count == 1 && p->kind == LOCATION_MEMORY &&
	    !p->bit_offset)
		return value_in_memory(w, t, p->addr);
	v = value_new(w, t, VALUE_IN_PIECES);
	bytes_of(v, size);
	gather(v, location, context, size);
	v->frame = frame;
	if (location->count == 1 && p->kind == LOCATION_REGISTER &&
	    !p->bit_offset) {
		v->place = v->missing ? VALUE_OPTIMIZED_OUT : VALUE_IN_REGISTER;
		v->reg = p->reg;
		return v;
	}
	if (location->count == 1 && p->kind != LOCATION_REGISTER)
		v->place = VALUE_NOWHERE;
	v->location = xmalloc(sizeof(*location));
	memcpy(v->location, location, sizeof(*location));
	v->context = context;
	return v;
}
