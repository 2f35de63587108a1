/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The types of vector registers: gdb's unions, without bfloat16 and half, which
 * scdb has no numbers for.
 */
#include "symbols/internal.h"
#include "symbols/type.h"

#define NUMBER(id, of_kind, text, bytes)                               \
	static const struct type id = { .kind = (of_kind),             \
		.name = (text), .size = (bytes), .is_signed = true }
#define VECTOR(id, base, many)                                         \
	static const struct type v##many##_##id = {                    \
		.kind = TYPE_VECTOR, .size = sizeof(base##_like) * (many), \
		.has_count = true, .count = (many),                    \
		.stride = sizeof(base##_like), .target = &base }
#define MEMBER(id) { .name = #id, .type = &id }

typedef float number_float_like;
typedef double number_double_like;
typedef int8_t number_8_like;
typedef int16_t number_16_like;
typedef int32_t number_32_like;
typedef int64_t number_64_like;
typedef __int128 number_128_like;
NUMBER(number_float, TYPE_FLOAT, "float", 4);
NUMBER(number_double, TYPE_FLOAT, "double", 8);
NUMBER(number_8, TYPE_INT, "int8_t", 1);
NUMBER(number_16, TYPE_INT, "int16_t", 2);
NUMBER(number_32, TYPE_INT, "int32_t", 4);
NUMBER(number_64, TYPE_INT, "int64_t", 8);
NUMBER(number_128, TYPE_INT, "int128_t", 16);
static const struct type uint128 = { .kind = TYPE_INT, .name = "uint128_t",
                                     .size = 16 };

VECTOR(float, number_float, 4);
VECTOR(float, number_float, 8);
VECTOR(float, number_float, 16);
VECTOR(double, number_double, 2);
VECTOR(double, number_double, 4);
VECTOR(double, number_double, 8);
VECTOR(int8, number_8, 16);
VECTOR(int8, number_8, 32);
VECTOR(int8, number_8, 64);
VECTOR(int16, number_16, 8);
VECTOR(int16, number_16, 16);
VECTOR(int16, number_16, 32);
VECTOR(int32, number_32, 4);
VECTOR(int32, number_32, 8);
VECTOR(int32, number_32, 16);
VECTOR(int64, number_64, 2);
VECTOR(int64, number_64, 4);
VECTOR(int64, number_64, 8);
VECTOR(int128, number_128, 2);
VECTOR(int128, number_128, 4);

static const struct type_member members_16[] = {
	MEMBER(v4_float), MEMBER(v2_double), MEMBER(v16_int8),
	MEMBER(v8_int16), MEMBER(v4_int32), MEMBER(v2_int64),
	MEMBER(uint128),
};
static const struct type_member members_32[] = {
	MEMBER(v8_float), MEMBER(v4_double), MEMBER(v32_int8),
	MEMBER(v16_int16), MEMBER(v8_int32), MEMBER(v4_int64),
	MEMBER(v2_int128),
};
static const struct type_member members_64[] = {
	MEMBER(v16_float), MEMBER(v8_double), MEMBER(v64_int8),
	MEMBER(v32_int16), MEMBER(v16_int32), MEMBER(v8_int64),
	MEMBER(v4_int128),
};

static const struct type_member *members_of(const struct type *t,
                                            size_t *count)
{
	*count = ARRAY_LEN(members_16);
	return t->size == 16 ? members_16 : t->size == 32 ? members_32
	                                                  : members_64;
}

static struct type_source source = { .members = members_of };
static const struct type unions[] = {
	{ .kind = TYPE_UNION, .name = "vec128", .size = 16,
	  .source = &source },
	{ .kind = TYPE_UNION, .name = "vec256", .size = 32,
	  .source = &source },
	{ .kind = TYPE_UNION, .name = "vec512", .size = 64,
	  .source = &source },
};

const struct type *type_vector_register(unsigned size)
{
	return &unions[size == 16 ? 0 : size == 32 ? 1 : 2];
}
