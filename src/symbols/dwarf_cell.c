/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers with types, as DWARF expressions compute with them. */
#include "symbols/dwarf_expr.h"

#include <string.h>

typedef unsigned __int128 wide;

static wide cut(wide value, unsigned size)
{
	return size >= 16 ? value : value & (((wide)1 << size * 8) - 1);
}

/* The value with its sign. */
static __int128 with_sign(const struct cell *c)
{
	unsigned shift = c->size >= 16 ? 0 : 128 - c->size * 8;

	return (__int128)(c->u << shift) >> shift;
}

static bool is_signed(const struct cell *c)
{
	return c->kind == CELL_SIGNED || c->kind == CELL_GENERIC;
}

struct cell cell_generic(unsigned word, uint64_t value)
{
	return (struct cell){ .kind = CELL_GENERIC, .size = word,
	                      .u = cut(value, word) };
}

struct cell cell_from_bytes(const struct cell *like, const uint8_t *data,
                            size_t len)
{
	struct cell c = *like;
	uint8_t bytes[16] = { 0 };

	if (len > sizeof(bytes))
		len = sizeof(bytes);
	if (len > c.size)
		len = c.size;
	memcpy(bytes, data, len);
	c.u = 0;
	c.f = 0;
	if (c.kind != CELL_FLOAT) {
		memcpy(&c.u, bytes, sizeof(bytes));
		c.u = cut(c.u, c.size);
	} else if (c.size == 4) {
		float f;

		memcpy(&f, bytes, sizeof(f));
		c.f = f;
	} else if (c.size == 8) {
		double d;

		memcpy(&d, bytes, sizeof(d));
		c.f = d;
	} else {
		memcpy(&c.f, bytes, 10);
	}
	return c;
}

void cell_to_bytes(const struct cell *c, uint8_t data[16])
{
	memset(data, 0, 16);
	if (c->kind != CELL_FLOAT) {
		memcpy(data, &c->u, 16);
	} else if (c->size == 4) {
		float f = (float)c->f;

		memcpy(data, &f, sizeof(f));
	} else if (c->size == 8) {
		double d = (double)c->f;

		memcpy(data, &d, sizeof(d));
	} else {
		memcpy(data, &c->f, 10);
	}
}

/* Cut to the integers; what does not fit is 0. */
static wide from_float(long double f)
{
	if (!(f > -0x1p120L && f < 0x1p120L))
		return 0;
	return (wide)(__int128)f;
}

struct cell cell_convert(const struct cell *c, const struct cell *like)
{
	struct cell to = *like;

	to.u = 0;
	to.f = 0;
	if (to.kind == CELL_FLOAT && c->kind == CELL_FLOAT)
		to.f = c->f;
	else if (to.kind == CELL_FLOAT)
		to.f = is_signed(c) ? (long double)with_sign(c)
		                    : (long double)c->u;
	else if (c->kind == CELL_FLOAT)
		to.u = cut(from_float(c->f), to.size);
	else
		to.u = cut(is_signed(c) ? (wide)with_sign(c) : c->u, to.size);
	return to;
}

struct cell cell_reinterpret(const struct cell *c, const struct cell *like)
{
	uint8_t bytes[16];

	cell_to_bytes(c, bytes);
	return cell_from_bytes(like, bytes, c->size);
}

bool cell_is_zero(const struct cell *c)
{
	return c->kind == CELL_FLOAT ? !(c->f < 0 || c->f > 0) : !c->u;
}

uint64_t cell_number(const struct cell *c)
{
	return c->kind == CELL_FLOAT ? (uint64_t)from_float(c->f)
	                             : (uint64_t)c->u;
}

uint64_t cell_bits(const struct cell *c)
{
	uint8_t bytes[16];
	uint64_t bits;

	cell_to_bytes(c, bytes);
	memcpy(&bits, bytes, sizeof(bits));
	return bits;
}

const char *cell_unary(unsigned op, struct cell *c)
{
	if (c->kind == CELL_FLOAT) {
		if (op == DW_OP_not)
			return "DW_OP_not of a floating-point number";
		if (op == DW_OP_neg || c->f < 0)
			c->f = -c->f;
		return NULL;
	}
	switch (op) {
	case DW_OP_not:
		c->u = cut(~c->u, c->size);
		break;
	case DW_OP_neg:
		c->u = cut(-c->u, c->size);
		break;
	case DW_OP_abs:
		if (is_signed(c) && with_sign(c) < 0)
			c->u = cut(-c->u, c->size);
		break;
	}
	return NULL;
}

static const char *float_binary(unsigned op, long double a, long double b,
                                struct cell *result)
{
	bool truth = false;

	switch (op) {
	case DW_OP_plus:
		result->f = a + b;
		return NULL;
	case DW_OP_minus:
		result->f = a - b;
		return NULL;
	case DW_OP_mul:
		result->f = a * b;
		return NULL;
	case DW_OP_div:
		result->f = a / b;
		return NULL;
	case DW_OP_eq:
		truth = a >= b && a <= b;
		break;
	case DW_OP_ne:
		truth = !(a >= b && a <= b);
		break;
	case DW_OP_lt:
		truth = a < b;
		break;
	case DW_OP_le:
		truth = a <= b;
		break;
	case DW_OP_gt:
		truth = a > b;
		break;
	case DW_OP_ge:
		truth = a >= b;
		break;
	default:
		return "an operation on bits of a floating-point number";
	}
	*result = cell_generic(8, truth);
	return NULL;
}

/* Comparisons; -1: OP is none. */
static int compare(unsigned op, const struct cell *a, const struct cell *b)
{
	bool less = is_signed(a) ? with_sign(a) < with_sign(b) : a->u < b->u;
	bool same = a->u == b->u;

	switch (op) {
	case DW_OP_eq:
		return same;
	case DW_OP_ne:
		return !same;
	case DW_OP_lt:
		return less;
	case DW_OP_le:
		return less || same;
	case DW_OP_gt:
		return !less && !same;
	case DW_OP_ge:
		return !less;
	default:
		return -1;
	}
}

static wide shift(unsigned op, const struct cell *a, const struct cell *b)
{
	unsigned bits = a->size * 8;
	bool all = b->u >= bits;
	unsigned by = all ? 0 : (unsigned)b->u;

	switch (op) {
	case DW_OP_shl:
		return all ? 0 : a->u << by;
	case DW_OP_shr:
		return all ? 0 : a->u >> by;
	default:
		return (wide)(with_sign(a) >> (all ? bits - 1 : by));
	}
}

/* Of numbers that are not 0 below the line. */
static wide divide(unsigned op, const struct cell *a, const struct cell *b)
{
	/* The generic type's rest is that of unsigned numbers. */
	bool as_signed = op == DW_OP_div ? is_signed(a)
	                                 : a->kind == CELL_SIGNED;

	if (!as_signed)
		return op == DW_OP_div ? a->u / b->u : a->u % b->u;
	if (with_sign(b) == -1)
		return op == DW_OP_div ? -a->u : 0;
	return (wide)(op == DW_OP_div ? with_sign(a) / with_sign(b)
	                              : with_sign(a) % with_sign(b));
}

const char *cell_binary(unsigned op, const struct cell *a,
                        const struct cell *b, struct cell *result)
{
	wide u;
	int truth;

	*result = *a;
	if (a->kind == CELL_FLOAT || b->kind == CELL_FLOAT)
		return a->kind == b->kind
		       ? float_binary(op, a->f, b->f, result)
		       : "operands of two types";
	truth = compare(op, a, b);
	if (truth >= 0) {
		*result = cell_generic(8, (uint64_t)truth);
		return NULL;
	}
	switch (op) {
	case DW_OP_plus:
		u = a->u + b->u;
		break;
	case DW_OP_minus:
		u = a->u - b->u;
		break;
	case DW_OP_mul:
		u = a->u * b->u;
		break;
	case DW_OP_and:
		u = a->u & b->u;
		break;
	case DW_OP_or:
		u = a->u | b->u;
		break;
	case DW_OP_xor:
		u = a->u ^ b->u;
		break;
	case DW_OP_div:
	case DW_OP_mod:
		if (!b->u)
			return "division by zero";
		u = divide(op, a, b);
		break;
	default:
		u = shift(op, a, b);
	}
	result->u = cut(u, result->size);
	return NULL;
}

bool cell_of_type(Dwarf_Die *die, unsigned word, struct cell *like)
{
	int64_t encoding = 0, size = 0;

	if (dwarf_tag(die) != DW_TAG_base_type ||
	    !die_number(die, DW_AT_byte_size, &size) || size < 1 || size > 16)
		return false;
	die_number(die, DW_AT_encoding, &encoding);
	*like = (struct cell){ .size = (unsigned)size };
	switch (encoding) {
	case DW_ATE_signed:
	case DW_ATE_signed_char:
		like->kind = CELL_SIGNED;
		return true;
	case DW_ATE_unsigned:
	case DW_ATE_unsigned_char:
	case DW_ATE_boolean:
	case DW_ATE_UTF:
		like->kind = CELL_UNSIGNED;
		return true;
	case DW_ATE_address:
		like->kind = (unsigned)size == word ? CELL_GENERIC
		                                    : CELL_UNSIGNED;
		return true;
	case DW_ATE_float:
		like->kind = CELL_FLOAT;
		return size == 4 || size == 8 || size == 10 || size == 12 ||
		       size == 16;
	default:
		return false;
	}
}
