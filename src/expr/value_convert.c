/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values as numbers, and casts. */
#include "expr/value_impl.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

static bool is_quad(const struct type *t)
{
	return t->size == 16 && t->name && strstr(t->name, "128");
}

static bool is_bfloat(const struct type *t)
{
	return t->name && strstr(t->name, "bfloat");
}

static long double load_bfloat(const uint8_t *data)
{
	uint32_t n = (uint32_t)(data[0] | data[1] << 8) << 16;
	float f;

	memcpy(&f, &n, sizeof(f));
	return f;
}

/* IEEE 754 in 16 bits: 5 of exponent, 10 of mantissa. */
static long double load_half(const uint8_t *data)
{
	unsigned n = (unsigned)(data[0] | data[1] << 8);
	unsigned mantissa = n & 0x3ff, exponent = n >> 10 & 0x1f;
	long double f = exponent == 31 ? (mantissa ? NAN : INFINITY)
		: exponent ? ldexpl(mantissa | 0x400, (int)exponent - 25)
		: ldexpl(mantissa, -24);

	return n & 0x8000 ? -f : f;
}

long double float_load(const struct type *t, const uint8_t *data)
{
	float f;
	double d;
	long double l = 0;
	__float128 q;

	switch (t->size) {
	case 2: /* only registers have them */
		return is_bfloat(t) ? load_bfloat(data) : load_half(data);
	case 4:
		memcpy(&f, data, sizeof(f));
		return f;
	case 8:
		memcpy(&d, data, sizeof(d));
		return d;
	case 10:
	case 12:
	case 16:
		if (is_quad(t)) {
			memcpy(&q, data, sizeof(q));
			return (long double)q;
		}
		memcpy(&l, data, 10);
		return l;
	default:
		return 0;
	}
}

void float_store(const struct type *t, uint8_t *data, long double f)
{
	float narrow = (float)f;
	double d = (double)f;
	__float128 q = f;

	switch (t->size) {
	case 4:
		memcpy(data, &narrow, sizeof(narrow));
		break;
	case 8:
		memcpy(data, &d, sizeof(d));
		break;
	case 10:
	case 12:
	case 16:
		if (is_quad(t))
			memcpy(data, &q, sizeof(q));
		else
			memcpy(data, &f, 10);
		break;
	default:
		break;
	}
}

static struct error *no_number(void)
{
	return error_new(ERROR_USAGE, "the value is not a number");
}

/* C leaves undefined what does not fit; here it is the nearest. */
static wide cut_float(long double f)
{
	if (isnan(f))
		return 0;
	if (f >= 0x1p127L)
		return ((wide)1 << 127) - 1;
	if (f <= -0x1p127L)
		return (wide)1 << 127;
	return (wide)(swide)f;
}

struct error *value_wide(struct value *v, wide *n)
{
	AUTO_VALUE struct value *plain = NULL;
	const struct type *t;
	const uint8_t *data;

	TRY(value_unreferenced(v, &plain));
	t = type_strip(plain->type);
	if (!type_is_scalar(t) && t->kind != TYPE_MEMBER_POINTER)
		return no_number();
	TRY(value_bytes(plain, &data));
	if (t->kind == TYPE_FLOAT)
		*n = cut_float(float_load(t, data));
	else
		*n = value_load(data, type_size(t), t->is_signed &&
		                t->kind != TYPE_POINTER);
	return NULL;
}

struct error *value_as_integer(struct value *v, uint64_t *n)
{
	AUTO_VALUE struct value *decayed = NULL;
	wide whole;

	TRY(value_decay(v, &decayed));
	TRY(value_wide(decayed, &whole));
	*n = (uint64_t)whole;
	return NULL;
}

struct error *value_as_address(struct value *v, taddr *addr)
{
	AUTO_VALUE struct value *plain = NULL;
	enum type_kind kind;

	TRY(value_unreferenced(v, &plain));
	kind = type_strip(plain->type)->kind;
	if (kind == TYPE_VECTOR && plain->place == VALUE_IN_MEMORY) {
		*addr = plain->addr;
		return NULL;
	}
	return value_as_integer(plain, addr);
}

struct error *value_as_float(struct value *v, long double *f)
{
	AUTO_VALUE struct value *plain = NULL;
	const struct type *t;
	const uint8_t *data;
	wide n;

	TRY(value_unreferenced(v, &plain));
	t = type_strip(plain->type);
	if (t->kind == TYPE_FLOAT) {
		TRY(value_bytes(plain, &data));
		*f = float_load(t, data);
		return NULL;
	}
	TRY(value_wide(plain, &n));
	*f = t->is_signed ? (long double)(swide)n : (long double)n;
	return NULL;
}

struct error *value_as_bool(struct value *v, bool *truth)
{
	AUTO_VALUE struct value *decayed = NULL;
	long double f;
	wide n;

	TRY(value_decay(v, &decayed));
	if (type_is_kind(decayed->type, TYPE_FLOAT)) {
		TRY(value_as_float(decayed, &f));
		*truth = f != 0;
		return NULL;
	}
	TRY(value_wide(decayed, &n));
	*truth = n != 0;
	return NULL;
}

static struct error *bad_cast(const struct value *v, const struct type *to)
{
	AUTO_BUF struct buf from = { 0 }, shown = { 0 };

	buf_init(&from);
	buf_init(&shown);
	type_name(v->type, "", &from);
	type_name(to, "", &shown);
	return error_new(ERROR_USAGE, "%s can't be cast to %s", from.data,
	                 shown.data);
}

/* The same bytes as another type of the same size. */
static struct error *recast(struct value *v, const struct type *to,
                            struct value **result)
{
	uint64_t size = type_size(v->type);
	const uint8_t *data;
	struct value *made;

	if (v->place == VALUE_IN_MEMORY && !v->bit_size) {
		*result = value_in_memory(v->world, to, v->addr);
		return NULL;
	}
	if (size != type_size(to))
		return bad_cast(v, to);
	TRY(value_bytes(v, &data));
	made = value_of_bytes(v->world, to, data);
	made->is_string = v->is_string;
	*result = made;
	return NULL;
}

static struct error *cast_array(struct value *v, const struct type *to,
                                struct value **result)
{
	const struct type *t = type_strip(to);
	uint64_t size = type_size(type_target(t));

	if (t->has_count && type_size(t) != type_size(v->type))
		return bad_cast(v, to);
	if (!t->has_count && !size)
		return bad_cast(v, to);
	if (!t->has_count)
		to = type_array_of(v->world->pool, type_target(t),
		                   type_size(v->type) / size);
	return recast(v, to, result);
}

/* A pointer to an object as one to an object around it or in it. */
static struct error *adjust(const struct value_world *w,
                            const struct type *from, const struct type *to,
                            wide *n)
{
	const struct type *a, *b;
	taddr addr;

	if (from->kind != TYPE_POINTER || to->kind != TYPE_POINTER || !*n)
		return NULL;
	a = type_target(from);
	b = type_target(to);
	if (!type_is_aggregate(a) || !type_is_aggregate(b))
		return NULL;
	TRY(value_adjust(w, a, b, (taddr)*n, &addr));
	*n = addr;
	return NULL;
}

static struct error *cast_scalar(struct value *v, const struct type *to,
                                 struct value **result)
{
	AUTO_VALUE struct value *from = NULL;
	const struct type *t = type_strip(to);
	struct value *made;
	long double f;
	wide n;

	TRY(value_decay(v, &from));
	if (!type_is_scalar(from->type) &&
	    !type_is_kind(from->type, TYPE_MEMBER_POINTER))
		return bad_cast(v, to);
	if (t->kind == TYPE_FLOAT) {
		TRY(value_as_float(from, &f));
		*result = value_of_float(v->world, to, f);
		return NULL;
	}
	if (t->kind == TYPE_BOOL) {
		bool truth;

		TRY(value_as_bool(from, &truth));
		*result = value_of_integer(v->world, to, truth);
		return NULL;
	}
	TRY(value_wide(from, &n));
	TRY(adjust(v->world, type_strip(from->type), t, &n));
	made = value_of_integer(v->world, to, 0);
	if (made->bytes)
		value_store(made->bytes, type_size(t), n);
	*result = made;
	return NULL;
}

struct error *value_cast(struct value *v, const struct type *to,
                         struct value **result)
{
	const struct type *t = type_strip(to);
	AUTO_VALUE struct value *plain = NULL, *pointer = NULL;
	struct value *sliced = NULL;
	wide n;

	TRY(value_unreferenced(v, &plain));
	if (t->kind == TYPE_VOID) {
		*result = value_void(v->world);
		return NULL;
	}
	if (type_is_reference(t)) {
		TRY(value_address_of(plain, &pointer));
		n = value_load(pointer->bytes, type_size(pointer->type),
		               false);
		TRY(adjust(v->world, pointer->type, type_pointer_to(
			v->world->pool, type_target(t)), &n));
		*result = value_of_integer(v->world, to, (uint64_t)n);
		return NULL;
	}
	if (type_is_kind(plain->type, TYPE_UNKNOWN) &&
	    plain->place == VALUE_IN_MEMORY)
		return recast(plain, to, result);
	if (t->kind == TYPE_ARRAY)
		return cast_array(plain, to, result);
	if (type_is_scalar(t))
		return cast_scalar(plain, to, result);
	if (type_is_aggregate(t) && type_is_aggregate(plain->type))
		TRY(value_sliced(plain, to, &sliced));
	if (sliced) {
		*result = sliced;
		return NULL;
	}
	if (type_size(to) != type_size(plain->type) || t->incomplete)
		return bad_cast(v, to);
	return recast(plain, to, result);
}
