/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Code for the machine in eval.c.  Since jumps are relative, the code of a
 * finished piece can be moved; that is how constant branches vanish.
 */
#include "expr/internal.h"


#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void emit(struct compiler *c, enum expr_op op, size_t at, uint64_t arg)
{
	vec_push(&c->expr->code, (struct insn){ .op = (uint8_t)op,
	                                        .at = (uint32_t)at,
	                                        .arg = arg });
}

/* Removes the code from FROM to TO. */
static void cut(struct expr *e, size_t from, size_t to)
{
	memmove(&e->code.items[from], &e->code.items[to],
	        (e->code.len - to) * sizeof(*e->code.items));
	e->code.len -= to - from;
}

bool code_is_constant(const struct expr *e, size_t start, size_t end)
{
	return end == start + 1 && (e->code.items[start].op == OP_NUMBER ||
	                            e->code.items[start].op == OP_STRING);
}

static union operand constant_at(const struct expr *e, size_t at)
{
	const struct insn *in = &e->code.items[at];
	union operand o = { 0 };

	if (in->op == OP_STRING) {
		o.s.data = e->strings.items[in->arg].data;
		o.s.len = e->strings.items[in->arg].len;
	} else {
		o.u = in->arg;
	}
	return o;
}

struct piece code_number(struct compiler *c, enum expr_type type,
                         uint64_t value)
{
	struct piece p = { .start = c->expr->code.len, .type = type };

	emit(c, OP_NUMBER, c->at, value);
	return p;
}

static size_t add_string(struct expr *e, const char *data, size_t len)
{
	struct expr_string s = { .data = xmalloc(len + 1), .len = len };

	if (len)
		memcpy(s.data, data, len);
	s.data[len] = '\0';
	vec_push(&e->strings, s);
	return e->strings.len - 1;
}

struct piece code_string(struct compiler *c, const char *data, size_t len)
{
	struct piece p = { .start = c->expr->code.len, .type = EXPR_STRING };

	emit(c, OP_STRING, c->at, add_string(c->expr, data, len));
	return p;
}

struct piece code_ref(struct compiler *c, const struct expr_ref *ref)
{
	struct piece p = { .start = c->expr->code.len, .type = ref->type };

	if (ref->kind == EXPR_REF_CONSTANT) {
		const struct expr_value *v = &ref->value;

		return v->type == EXPR_STRING
		       ? code_string(c, v->s.data, v->s.len)
		       : code_number(c, v->type, v->u);
	}
	vec_push(&c->expr->refs, *ref);
	emit(c, ref->type == EXPR_STRING ? OP_LOAD_STRING : OP_LOAD,
	     c->at, c->expr->refs.len - 1);
	return p;
}

/* An error about the operator WHAT. */
static struct error *operator_error(struct compiler *c,
                                    const struct token *what,
                                    const char *message)
{
	return compiler_error(c, ERROR_USAGE, what->at, "\"%.*s\" %s",
	                      (int)(what->end - what->at),
	                      c->lexer.text + what->at, message);
}

bool code_is_pointer(const struct expr *e, size_t start, size_t end)
{
	const struct insn *in = &e->code.items[start];

	return end - start == 1 && in->op == OP_LOAD_STRING &&
	       !e->refs.items[in->arg].is_text;
}

struct error *code_to_number(struct compiler *c, struct piece *p, size_t end,
                             const struct token *what)
{
	if (p->type != EXPR_STRING)
		return NULL;
	if (!code_is_pointer(c->expr, p->start, end))
		return operator_error(c, what,
		                      what->kind >= TOKEN_EQ &&
		                      what->kind <= TOKEN_GE
		                      ? "can't compare a string and a number"
		                      : "can't use a string as a number");
	c->expr->code.items[p->start].op = OP_LOAD;
	p->type = EXPR_UINT;
	return NULL;
}

/* The operator at the end of the code has the one operand P: folds it. */
static struct error *emit_unary(struct compiler *c, enum expr_op op,
                                size_t at, struct piece *p, uint64_t arg)
{
	struct expr *e = c->expr;
	struct insn in = { .op = (uint8_t)op, .at = (uint32_t)at, .arg = arg };
	union operand o;
	enum eval_fault fault;

	if (!code_is_constant(e, p->start, e->code.len)) {
		emit(c, op, at, arg);
		return NULL;
	}
	o = constant_at(e, p->start);
	fault = eval_unary(e, &in, &o);
	if (fault != EVAL_OK)
		return eval_error(NULL, fault, e->source, at);
	e->code.len = p->start;
	emit(c, OP_NUMBER, at, o.u);
	return NULL;
}

/*
 * The same with two operands.  What can't be computed is an error at once,
 * unless it is in a branch that may never be taken.
 */
static struct error *emit_binary(struct compiler *c, enum expr_op op,
                                 const struct token *what,
                                 const struct piece *left,
                                 const struct piece *right)
{
	struct expr *e = c->expr;
	union operand o;
	enum eval_fault fault;

	if (code_is_constant(e, left->start, right->start) &&
	    code_is_constant(e, right->start, e->code.len)) {
		o = constant_at(e, left->start);
		fault = eval_binary(op, &o, constant_at(e, right->start));
		if (fault == EVAL_OK) {
			e->code.len = left->start;
			emit(c, OP_NUMBER, what->at, o.u);
			return NULL;
		}
		if (!c->maybe)
			return eval_error(NULL, fault, e->source,
			                  what->at);
	}
	emit(c, op, what->at, 0);
	return NULL;
}

struct error *code_unary(struct compiler *c, const struct token *what,
                         struct piece *p)
{
	enum expr_op op = what->kind == TOKEN_NOT ? OP_NOT
	                  : what->kind == TOKEN_MINUS ? OP_NEGATE
	                  : OP_COMPLEMENT;

	TRY(code_to_number(c, p, c->expr->code.len, what));
	if (what->kind == TOKEN_PLUS)
		return NULL;
	if (op == OP_NOT)
		p->type = EXPR_INT;
	return emit_unary(c, op, what->at, p, 0);
}

/* For signed operands, for unsigned ones (which a shift's left one decides). */
static const struct {
	enum token_kind kind;
	enum expr_op ops[2];
	bool compares;
} operators[] = {
	{ TOKEN_PLUS, { OP_ADD, OP_ADD }, false },
	{ TOKEN_MINUS, { OP_SUBTRACT, OP_SUBTRACT }, false },
	{ TOKEN_STAR, { OP_MULTIPLY, OP_MULTIPLY }, false },
	{ TOKEN_SLASH, { OP_DIVIDE_S, OP_DIVIDE_U }, false },
	{ TOKEN_PERCENT, { OP_REST_S, OP_REST_U }, false },
	{ TOKEN_SHL, { OP_SHIFT_LEFT, OP_SHIFT_LEFT }, false },
	{ TOKEN_SHR, { OP_SHIFT_RIGHT_S, OP_SHIFT_RIGHT_U }, false },
	{ TOKEN_AND, { OP_AND, OP_AND }, false },
	{ TOKEN_OR, { OP_OR, OP_OR }, false },
	{ TOKEN_XOR, { OP_XOR, OP_XOR }, false },
	{ TOKEN_EQ, { OP_EQ, OP_EQ }, true },
	{ TOKEN_NE, { OP_NE, OP_NE }, true },
	{ TOKEN_LT, { OP_LT_S, OP_LT_U }, true },
	{ TOKEN_LE, { OP_LE_S, OP_LE_U }, true },
	{ TOKEN_GT, { OP_GT_S, OP_GT_U }, true },
	{ TOKEN_GE, { OP_GE_S, OP_GE_U }, true },
};

struct error *code_binary(struct compiler *c, const struct token *what,
                          struct piece *left, struct piece right)
{
	bool is_shift = what->kind == TOKEN_SHL || what->kind == TOKEN_SHR;
	enum expr_type type;
	size_t i = 0;

	while (operators[i].kind != what->kind)
		i++;
	if (operators[i].compares && left->type == EXPR_STRING &&
	    right.type == EXPR_STRING) {
		TRY(emit_binary(c, OP_COMPARE, what, left, &right));
		left->type = EXPR_INT;
		right = code_number(c, EXPR_INT, 0);
	}
	TRY(code_to_number(c, left, right.start, what));
	TRY(code_to_number(c, &right, c->expr->code.len, what));
	type = left->type == EXPR_UINT || (right.type == EXPR_UINT &&
	                                   !is_shift) ? EXPR_UINT : EXPR_INT;
	TRY(emit_binary(c, operators[i].ops[type == EXPR_UINT], what, left,
	                &right));
	left->type = operators[i].compares ? EXPR_INT : type;
	return NULL;
}

static struct error *add_regex(struct compiler *c, const struct buf *pattern,
                               size_t at, uint64_t *index)
{
	struct pattern *regex;
	struct error *err = pattern_make(pattern->data, pattern->len,
	                                 PATTERN_EXTENDED, &regex);

	if (err) {
		struct error *placed = compiler_error(c, err->kind, at, "%s",
		                                      err->message);

		error_destroy(err);
		return placed;
	}
	vec_push(&c->expr->regexes, regex);
	*index = c->expr->regexes.len - 1;
	return NULL;
}

struct error *code_match(struct compiler *c, const struct token *what,
                         struct piece *left, const struct buf *pattern,
                         size_t at)
{
	bool is_regex = what->kind == TOKEN_MATCH;
	uint64_t index = 0;

	if (left->type != EXPR_STRING)
		return operator_error(c, what, "needs a string on its left");
	if (strlen(pattern->data) != pattern->len)
		return compiler_error(c, ERROR_USAGE, at,
		                      "the pattern has a NUL in it");
	if (is_regex)
		TRY(add_regex(c, pattern, at, &index));
	else
		index = add_string(c->expr, pattern->data, pattern->len);
	left->type = EXPR_INT;
	return emit_unary(c, is_regex ? OP_REGEX : OP_GLOB, what->at, left,
	                  index);
}

struct error *code_logic_begin(struct compiler *c, const struct token *what,
                               struct piece *left, size_t *jump)
{
	TRY(code_to_number(c, left, c->expr->code.len, what));
	*jump = c->expr->code.len;
	emit(c, what->kind == TOKEN_OR_OR ? OP_OR_JUMP : OP_AND_JUMP,
	     what->at, 0);
	c->maybe++;
	return NULL;
}

struct error *code_logic_end(struct compiler *c, const struct token *what,
                             struct piece *left, struct piece right,
                             size_t jump)
{
	struct expr *e = c->expr;
	bool is_constant = code_is_constant(e, left->start, jump);
	bool truth = is_constant && e->code.items[left->start].arg;

	c->maybe--;
	TRY(code_to_number(c, &right, e->code.len, what));
	left->type = EXPR_INT;
	if (is_constant && truth == (what->kind == TOKEN_OR_OR)) {
		e->code.len = left->start;
		emit(c, OP_NUMBER, what->at, truth);
		return NULL;
	}
	if (is_constant) {
		cut(e, left->start, right.start);
		return emit_unary(c, OP_TRUTH, what->at, left, 0);
	}
	TRY(emit_unary(c, OP_TRUTH, what->at, &right, 0));
	e->code.items[jump].arg = e->code.len - jump - 1;
	return NULL;
}

struct error *code_choice_test(struct compiler *c, const struct token *what,
                               struct choice *choice)
{
	TRY(code_to_number(c, &choice->test, c->expr->code.len, what));
	choice->test_jump = c->expr->code.len;
	emit(c, OP_JUMP_ZERO, what->at, 0);
	c->maybe++;
	return NULL;
}

void code_choice_yes(struct compiler *c, struct choice *choice)
{
	choice->yes_jump = c->expr->code.len;
	emit(c, OP_JUMP, c->at, 0);
}

struct error *code_choice_end(struct compiler *c, const struct token *what,
                              struct choice *choice, struct piece *result)
{
	struct expr *e = c->expr;
	struct piece *yes = &choice->yes, *no = &choice->no;
	size_t start = choice->test.start;

	c->maybe--;
	if (yes->type != EXPR_STRING || no->type != EXPR_STRING) {
		TRY(code_to_number(c, yes, choice->yes_jump, what));
		TRY(code_to_number(c, no, e->code.len, what));
	}
	*result = (struct piece){ .start = start, .type = yes->type };
	if (no->type == EXPR_UINT)
		result->type = EXPR_UINT;
	e->code.items[choice->test_jump].arg =
		choice->yes_jump - choice->test_jump;
	e->code.items[choice->yes_jump].arg =
		e->code.len - choice->yes_jump - 1;
	if (!code_is_constant(e, start, choice->test_jump))
		return NULL;
	if (e->code.items[start].arg) {
		e->code.len = choice->yes_jump;
		cut(e, start, yes->start);
	} else {
		cut(e, start, no->start);
	}
	return NULL;
}

bool code_fits_stack(const struct expr *e)
{
	size_t depth = 0;

	for (size_t i = 0; i < e->code.len; i++) {
		enum expr_op op = e->code.items[i].op;

		if (op <= OP_LOAD_STRING)
			depth++;
		else if (op >= OP_COMPARE)
			depth--; /* after a jump, what it jumped over */
		if (depth > EXPR_STACK)
			return false;
	}
	return true;
}
