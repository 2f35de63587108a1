/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operators, with C's conversions. */
#include "expr/value_impl.h"

#include <math.h>
#include <string.h>

static bool compares(enum value_op op)
{
	return op >= VALUE_EQ && op <= VALUE_GE;
}

static bool is_integer(const struct type *t)
{
	return type_is_integral(type_strip(t));
}

static bool is_pointer(const struct type *t)
{
	return type_is_kind(t, TYPE_POINTER);
}

static bool is_float(const struct type *t)
{
	return type_is_kind(t, TYPE_FLOAT);
}

/* An integer of SIZE bytes by C's names, as gdb calls results. */
static const struct type *integer(const struct value_world *w, uint64_t size,
                                  bool is_signed)
{
	if (size <= 4)
		return value_builtin(w, is_signed ? "int" : "unsigned int");
	if (size > 8)
		return value_builtin(w, is_signed ? "__int128"
		                                  : "unsigned __int128");
	if (type_size(value_builtin(w, "long")) == 8)
		return value_builtin(w, is_signed ? "long" : "unsigned long");
	return value_builtin(w, is_signed ? "long long"
	                                  : "unsigned long long");
}

static const struct type *promoted(const struct value_world *w,
                                   const struct type *t)
{
	uint64_t size = type_size(t);

	return integer(w, size, size < 4 || type_strip(t)->is_signed);
}

/* What both are converted to. */
static const struct type *common(const struct value_world *w,
                                 const struct type *a, const struct type *b)
{
	uint64_t size;
	bool is_signed;

	if (is_float(a) && is_float(b))
		return type_size(a) >= type_size(b) ? type_strip(a)
		                                    : type_strip(b);
	if (is_float(a))
		return type_strip(a);
	if (is_float(b))
		return type_strip(b);
	a = promoted(w, a);
	b = promoted(w, b);
	size = type_size(a) > type_size(b) ? type_size(a) : type_size(b);
	is_signed = (a->is_signed || type_size(a) < size) &&
	            (b->is_signed || type_size(b) < size);
	return integer(w, size, is_signed);
}

static struct value *truth_value(const struct value_world *w, bool truth)
{
	return value_of_integer(w, value_builtin(w, "int"), truth);
}

/* N cut to what T holds. */
static struct value *of_wide(const struct value_world *w,
                             const struct type *t, wide n)
{
	struct value *v = value_of_integer(w, t, 0);

	value_store(v->bytes, type_size(t), n);
	return v;
}

static bool holds(enum value_op op, int order)
{
	switch (op) {
	case VALUE_EQ: return order == 0;
	case VALUE_NE: return order != 0;
	case VALUE_LT: return order < 0;
	case VALUE_LE: return order <= 0;
	case VALUE_GT: return order > 0;
	default:       return order >= 0;
	}
}

static struct error *on_floats(enum value_op op, struct value *a,
                               struct value *b, const struct type *t,
                               struct value **result)
{
	const struct value_world *w = a->world;
	long double x, y, z;

	TRY(value_as_float(a, &x));
	TRY(value_as_float(b, &y));
	/* As precise as the type, not more. */
	if (type_size(t) == 4)
		x = (float)x, y = (float)y;
	else if (type_size(t) == 8)
		x = (double)x, y = (double)y;
	if (compares(op)) {
		bool unordered = isnan(x) || isnan(y);

		*result = truth_value(w, unordered ? op == VALUE_NE
			: holds(op, (x > y) - (x < y)));
		return NULL;
	}
	switch (op) {
	case VALUE_ADD:      z = x + y; break;
	case VALUE_SUBTRACT: z = x - y; break;
	case VALUE_MULTIPLY: z = x * y; break;
	case VALUE_DIVIDE:   z = x / y; break;
	default:
		return error_new(ERROR_USAGE,
		                 "floating point has no such operator");
	}
	*result = value_of_float(w, t, z);
	return NULL;
}

static struct error *divide(enum value_op op, wide a, wide b, bool is_signed,
                            wide *n)
{
	if (!b)
		return error_new(ERROR_USAGE, "division by zero");
	if (is_signed && b == ~(wide)0)
		*n = op == VALUE_DIVIDE ? -a : 0;
	else if (is_signed)
		*n = (wide)(op == VALUE_DIVIDE ? (swide)a / (swide)b
		                               : (swide)a % (swide)b);
	else
		*n = op == VALUE_DIVIDE ? a / b : a % b;
	return NULL;
}

static struct error *shift(enum value_op op, struct value *a, struct value *b,
                           struct value **result)
{
	const struct type *t = promoted(a->world, a->type);
	unsigned bits = (unsigned)type_size(t) * 8;
	wide x, count;

	TRY(value_wide(a, &x));
	TRY(value_wide(b, &count));
	if (count >= 64 && count >= bits)
		return error_new(ERROR_USAGE, "shift by less than 0 or more "
		                 "than 63");
	x = value_load((const uint8_t *)&x, type_size(t), t->is_signed);
	if (op == VALUE_SHL)
		x <<= count;
	else
		x = t->is_signed ? (wide)((swide)x >> count) : x >> count;
	*result = of_wide(a->world, t, x);
	return NULL;
}

static struct error *on_integers(enum value_op op, struct value *a,
                                 struct value *b, const struct type *t,
                                 struct value **result)
{
	size_t size = type_size(t);
	wide x, y, n = 0;

	TRY(value_wide(a, &x));
	TRY(value_wide(b, &y));
	x = value_load((const uint8_t *)&x, size, t->is_signed);
	y = value_load((const uint8_t *)&y, size, t->is_signed);
	if (compares(op)) {
		int order = t->is_signed
			? ((swide)x > (swide)y) - ((swide)x < (swide)y)
			: (x > y) - (x < y);

		*result = truth_value(a->world, holds(op, order));
		return NULL;
	}
	switch (op) {
	case VALUE_ADD:      n = x + y; break;
	case VALUE_SUBTRACT: n = x - y; break;
	case VALUE_MULTIPLY: n = x * y; break;
	case VALUE_AND:      n = x & y; break;
	case VALUE_OR:       n = x | y; break;
	case VALUE_XOR:      n = x ^ y; break;
	default:
		TRY(divide(op, x, y, t->is_signed, &n));
	}
	*result = of_wide(a->world, t, n);
	return NULL;
}

/* What a pointer to it moves by: functions and void count bytes. */
static wide step_of(const struct type *pointer)
{
	uint64_t size = type_size(type_target(type_strip(pointer)));

	return size ? size : 1;
}

static struct error *on_pointers(enum value_op op, struct value *a,
                                 struct value *b, struct value **result)
{
	const struct value_world *w = a->world;
	bool left = is_pointer(a->type), right = is_pointer(b->type);
	wide x, y;

	TRY(value_wide(a, &x));
	TRY(value_wide(b, &y));
	if (compares(op)) {
		x = (uint64_t)x;
		y = (uint64_t)y;
		*result = truth_value(w, holds(op, (x > y) - (x < y)));
		return NULL;
	}
	if (op == VALUE_SUBTRACT && left && right) {
		if (step_of(a->type) != step_of(b->type))
			return error_new(ERROR_USAGE, "pointers to types of "
			                 "different sizes");
		*result = of_wide(w, value_builtin(w, "long"),
		                  (wide)((swide)(x - y) /
		                         (swide)step_of(a->type)));
		return NULL;
	}
	if (op == VALUE_ADD && !left)
		*result = of_wide(w, b->type, y + x * step_of(b->type));
	else if (op == VALUE_ADD && !right)
		*result = of_wide(w, a->type, x + y * step_of(a->type));
	else if (op == VALUE_SUBTRACT && !right)
		*result = of_wide(w, a->type, x - y * step_of(a->type));
	else
		return error_new(ERROR_USAGE, "no such operator for pointers");
	return NULL;
}

/* Structures compare and add in no way. */
static struct error *need_number(const struct value *v)
{
	if (type_is_scalar(v->type))
		return NULL;
	return error_new(ERROR_USAGE, value_is_void(v)
	                 ? "a void value has no operators"
	                 : "the operand is not a number");
}

/* "abc" == "abc" compares the texts, as conditions do. */
static bool both_strings(const struct value *a, const struct value *b)
{
	return a->is_string && b->is_string && a->bytes && b->bytes;
}

static struct value *compare_strings(enum value_op op, struct value *a,
                                     struct value *b)
{
	uint64_t x = type_size(a->type) - 1, y = type_size(b->type) - 1;
	int order = memcmp(a->bytes, b->bytes, x < y ? x : y);

	if (!order)
		order = (x > y) - (x < y);
	return truth_value(a->world, holds(op, order));
}

struct error *value_binary(enum value_op op, struct value *a, struct value *b,
                           struct value **result)
{
	AUTO_VALUE struct value *x = NULL, *y = NULL;
	const struct type *t;

	if (compares(op) && both_strings(a, b)) {
		*result = compare_strings(op, a, b);
		return NULL;
	}
	TRY(value_decay(a, &x));
	TRY(value_decay(b, &y));
	TRY(need_number(x));
	TRY(need_number(y));
	if (is_pointer(x->type) || is_pointer(y->type)) {
		if (is_float(x->type) || is_float(y->type))
			return error_new(ERROR_USAGE, "pointers and floating "
			                 "point don't go together");
		return on_pointers(op, x, y, result);
	}
	if ((op == VALUE_SHL || op == VALUE_SHR) && is_integer(x->type) &&
	    is_integer(y->type))
		return shift(op, x, y, result);
	t = common(a->world, x->type, y->type);
	if (is_float(t))
		return on_floats(op, x, y, t, result);
	return on_integers(op, x, y, t, result);
}

struct error *value_unary(enum value_op op, struct value *v,
                          struct value **result)
{
	AUTO_VALUE struct value *x = NULL;
	const struct value_world *w = v->world;
	long double f;
	bool truth;
	wide n;

	TRY(value_decay(v, &x));
	TRY(need_number(x));
	if (op == VALUE_NOT) {
		TRY(value_as_bool(x, &truth));
		*result = truth_value(w, !truth);
		return NULL;
	}
	if (is_float(x->type) && op != VALUE_COMPLEMENT) {
		TRY(value_as_float(x, &f));
		*result = value_of_float(w, type_strip(x->type),
		                         op == VALUE_NEGATE ? -f : f);
		return NULL;
	}
	if (!is_integer(x->type))
		return error_new(ERROR_USAGE, "the operand is not an integer");
	TRY(value_wide(x, &n));
	if (op == VALUE_NEGATE)
		n = -n;
	else if (op == VALUE_COMPLEMENT)
		n = ~n;
	*result = of_wide(w, promoted(w, x->type), n);
	return NULL;
}
