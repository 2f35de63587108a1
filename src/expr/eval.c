/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/internal.h"

#include <assert.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

static int compare_strings(const union operand *a, const union operand *b)
{
	size_t len = a->s.len < b->s.len ? a->s.len : b->s.len;
	int order = len ? memcmp(a->s.data, b->s.data, len) : 0;

	if (!order)
		order = (a->s.len > b->s.len) - (a->s.len < b->s.len);
	return (order > 0) - (order < 0);
}

/*
 * fnmatch wants a C string: a NUL inside is given to it as byte 1, which a
 * pattern's `*` and `?` take as well.
 */
static enum eval_fault glob(const char *pattern, union operand *a)
{
	enum { PATH_ROOM = 4200 /* most texts are paths: no memory for those */ };
	char local[PATH_ROOM], *copy = local;
	size_t len = a->s.len;
	bool matches;

	if (len >= sizeof(local))
		copy = malloc(len + 1);
	if (!copy)
		return EVAL_NO_MEMORY;
	for (size_t i = 0; i < len; i++)
		copy[i] = a->s.data[i] ? a->s.data[i] : 1;
	copy[len] = '\0';
	matches = fnmatch(pattern, copy, 0) == 0;
	if (copy != local)
		free(copy);
	a->u = matches;
	return EVAL_OK;
}

static enum eval_fault regex(struct pattern *pattern, union operand *a)
{
	enum pattern_answer answer = pattern_match(pattern, a->s.data,
	                                           a->s.len);

	a->u = answer == PATTERN_YES;
	return answer == PATTERN_TOO_LONG ? EVAL_TOO_LONG : EVAL_OK;
}

enum eval_fault eval_unary(const struct expr *e, const struct insn *in,
                           union operand *a)
{
	switch (in->op) {
	case OP_NEGATE:
		a->u = -a->u;
		break;
	case OP_NOT:
		a->u = !a->u;
		break;
	case OP_COMPLEMENT:
		a->u = ~a->u;
		break;
	case OP_TRUTH:
		a->u = a->u != 0;
		break;
	case OP_GLOB:
		return glob(e->strings.items[in->arg].data, a);
	case OP_REGEX:
		return regex(e->regexes.items[in->arg], a);
	default:
		assert(!"a unary operator");
	}
	return EVAL_OK;
}

/* Division that can't trap: INT64_MIN / -1 wraps around. */
static enum eval_fault divide(enum expr_op op, uint64_t *a, uint64_t b)
{
	if (!b)
		return EVAL_BY_ZERO;
	if (op == OP_DIVIDE_U)
		*a /= b;
	else if (op == OP_REST_U)
		*a %= b;
	else if (b == UINT64_MAX)
		*a = op == OP_DIVIDE_S ? -*a : 0;
	else if (op == OP_DIVIDE_S)
		*a = (uint64_t)((int64_t)*a / (int64_t)b);
	else
		*a = (uint64_t)((int64_t)*a % (int64_t)b);
	return EVAL_OK;
}

/* A negative count is as large a number as can be. */
static enum eval_fault shift(enum expr_op op, uint64_t *a, uint64_t b)
{
	if (b > 63)
		return EVAL_SHIFT;
	if (op == OP_SHIFT_LEFT)
		*a <<= b;
	else if (op == OP_SHIFT_RIGHT_U)
		*a >>= b;
	else
		*a = (uint64_t)((int64_t)*a >> b);
	return EVAL_OK;
}

static bool holds(enum expr_op op, uint64_t a, uint64_t b)
{
	int64_t x = (int64_t)a, y = (int64_t)b;

	switch (op) {
	case OP_EQ:   return a == b;
	case OP_NE:   return a != b;
	case OP_LT_S: return x < y;
	case OP_LT_U: return a < b;
	case OP_LE_S: return x <= y;
	case OP_LE_U: return a <= b;
	case OP_GT_S: return x > y;
	case OP_GT_U: return a > b;
	case OP_GE_S: return x >= y;
	case OP_GE_U: return a >= b;
	default:      assert(!"a comparison"); return false;
	}
}

enum eval_fault eval_binary(enum expr_op op, union operand *a,
                            union operand b)
{
	switch (op) {
	case OP_COMPARE:
		a->u = (uint64_t)(int64_t)compare_strings(a, &b);
		break;
	case OP_ADD:
		a->u += b.u;
		break;
	case OP_SUBTRACT:
		a->u -= b.u;
		break;
	case OP_MULTIPLY:
		a->u *= b.u;
		break;
	case OP_AND:
		a->u &= b.u;
		break;
	case OP_OR:
		a->u |= b.u;
		break;
	case OP_XOR:
		a->u ^= b.u;
		break;
	case OP_DIVIDE_S:
	case OP_DIVIDE_U:
	case OP_REST_S:
	case OP_REST_U:
		return divide(op, &a->u, b.u);
	case OP_SHIFT_LEFT:
	case OP_SHIFT_RIGHT_S:
	case OP_SHIFT_RIGHT_U:
		return shift(op, &a->u, b.u);
	default:
		a->u = holds(op, a->u, b.u);
	}
	return EVAL_OK;
}

struct error *eval_error(struct error_room *room, enum eval_fault fault,
                         const char *text, size_t at)
{
	switch (fault) {
	case EVAL_OK:
		return NULL;
	case EVAL_BY_ZERO:
		return error_new_in(room, ERROR_USAGE, "division by zero at "
		                    "column %u", lexer_column(text, at));
	case EVAL_SHIFT:
		return error_new_in(room, ERROR_USAGE, "shift by less than 0 "
		                    "or more than 63 at column %u",
		                    lexer_column(text, at));
	case EVAL_TOO_LONG:
		return error_new_in(room, ERROR_USAGE, "too long a text for "
		                    "the pattern at column %u",
		                    lexer_column(text, at));
	case EVAL_NO_MEMORY:
		break;
	}
	return error_no_memory();
}

static struct error *load(const struct expr_env *env,
                          const struct expr_ref *ref, bool as_string,
                          union operand *to)
{
	struct expr_value value = { .type = EXPR_INT };

	assert(env && env->get);
	TRY(env->get(env->ctx, ref, as_string, &value));
	assert((value.type == EXPR_STRING) == as_string);
	if (as_string) {
		to->s.data = value.s.data;
		to->s.len = value.s.len;
	} else {
		to->u = value.u;
	}
	return NULL;
}

/* Pops for a jump, and says whether to take it; pushes what it leaves then. */
static bool jumps(enum expr_op op, union operand **top)
{
	bool truth;

	if (op == OP_JUMP)
		return true;
	truth = (--*top)->u != 0;
	if (op == OP_JUMP_ZERO)
		return !truth;
	if (truth != (op == OP_OR_JUMP))
		return false;
	((*top)++)->u = truth;
	return true;
}

static struct error *run(const struct expr *e, const struct expr_env *env,
                         union operand *result)
{
	union operand stack[EXPR_STACK], *top = stack;
	const struct insn *in = e->code.items, *end = in + e->code.len;

	for (; in < end; in++) {
		enum expr_op op = in->op;
		enum eval_fault fault = EVAL_OK;

		if (op == OP_NUMBER) {
			(top++)->u = in->arg;
		} else if (op == OP_STRING) {
			top->s.data = e->strings.items[in->arg].data;
			top->s.len = e->strings.items[in->arg].len;
			top++;
		} else if (op == OP_LOAD || op == OP_LOAD_STRING) {
			TRY(load(env, &e->refs.items[in->arg],
			         op == OP_LOAD_STRING, top++));
		} else if (op >= OP_JUMP) {
			if (jumps(op, &top))
				in += in->arg;
		} else if (op >= OP_COMPARE) {
			top--;
			fault = eval_binary(op, top - 1, *top);
		} else {
			fault = eval_unary(e, in, top - 1);
		}
		if (fault != EVAL_OK)
			return eval_error(env ? env->room : NULL, fault,
			                  e->source, in->at);
	}
	assert(top == stack + 1);
	*result = stack[0];
	return NULL;
}

/* A typed value as the machine's: text, or 64 bits. */
static struct error *from_tree(const struct expr *e,
                               const struct expr_env *env, bool number,
                               struct expr_value *result)
{
	struct buf *text = (struct buf *)(uintptr_t)&e->result;
	AUTO_VALUE struct value *v = NULL;
	const struct type *t;
	uint64_t n;

	TRY(tree_evaluate(e, env, &v));
	t = type_strip(value_type(v));
	if (t->kind == TYPE_ARRAY && !number &&
	    type_strip(type_target(t))->kind == TYPE_CHAR) {
		buf_reset(text);
		TRY(value_text(v, EXPR_MAX_TEXT, text));
		result->type = EXPR_STRING;
		result->s.data = text->data;
		result->s.len = text->len;
		return NULL;
	}
	TRY(value_as_integer(v, &n));
	result->type = type_is_integral(t) && t->is_signed ? EXPR_INT
	                                                   : EXPR_UINT;
	if (t->kind == TYPE_FLOAT)
		result->type = EXPR_INT;
	result->u = n;
	return NULL;
}

struct error *expr_eval(const struct expr *e, const struct expr_env *env,
                        struct expr_value *value)
{
	union operand result;

	if (e->tree)
		return from_tree(e, env, false, value);
	TRY(run(e, env, &result));
	value->type = e->type;
	if (e->type == EXPR_STRING) {
		value->s.data = result.s.data;
		value->s.len = result.s.len;
	} else {
		value->u = result.u;
	}
	return NULL;
}

struct error *expr_eval_number(const struct expr *e,
                               const struct expr_env *env,
                               struct expr_value *value)
{
	union operand result;

	if (e->tree)
		return from_tree(e, env, true, value);
	if (e->type != EXPR_STRING)
		return expr_eval(e, env, value);
	if (e->code.items[0].op != OP_LOAD_STRING || e->code.len > 1)
		return error_new(ERROR_USAGE, "a string is not a number");
	TRY(load(env, &e->refs.items[e->code.items[0].arg], false, &result));
	value->type = EXPR_UINT;
	value->u = result.u;
	return NULL;
}

struct error *expr_eval_bool(const struct expr *e, const struct expr_env *env,
                             bool *truth)
{
	struct expr_value value = { .type = EXPR_INT };
	AUTO_VALUE struct value *v = NULL;

	if (e->tree) {
		TRY(tree_evaluate(e, env, &v));
		return value_as_bool(v, truth);
	}
	TRY(expr_eval_number(e, env, &value));
	*truth = value.u != 0;
	return NULL;
}
