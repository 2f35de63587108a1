/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluates trees, with typed values. */
#include "expr/internal.h"


#include <fnmatch.h>
#include <string.h>

enum { TEXT_MOST = 65536 }; /* bytes of a string that is compared */

struct error *tree_error(const struct tree_run *r, size_t at,
                         struct error *err)
{
	struct error *placed;

	if (!err || err->kind != ERROR_USAGE ||
	    strstr(err->message, " at column "))
		return err;
	placed = error_new(err->kind, "%s at column %u", err->message,
	                   lexer_column(r->e->source, at));
	error_destroy(err);
	return placed;
}

const struct type *tree_builtin(const struct tree_run *r, const char *name)
{
	const struct type *t = type_builtin(r->world->pool, name);

	return t ? t : type_builtin(r->world->pool, "int");
}

/* The first type that holds it, as C chooses; a suffix leaves some out. */
static const struct type *number_type(const struct tree_run *r,
                                      const struct node *node)
{
	const struct token *t = &node->what;
	uint64_t n = t->value.u;
	bool wide = t->longs || n > UINT32_MAX;
	bool long8 = type_size(tree_builtin(r, "long")) == 8;

	if (node->type)
		return node->type;
	if (t->is_bool)
		return tree_builtin(r, "bool");
	if (t->is_character)
		return tree_builtin(r, "char");
	if (!wide && !t->has_u && n <= INT32_MAX)
		return tree_builtin(r, "int");
	if (!wide && (t->has_u || t->based))
		return tree_builtin(r, "unsigned int");
	if (t->has_u || t->value.type == EXPR_UINT)
		return tree_builtin(r, long8 ? "unsigned long"
		                        : "unsigned long long");
	return tree_builtin(r, long8 ? "long" : "long long");
}

static struct value *of_plain(const struct tree_run *r,
                              const struct expr_value *v, bool constant)
{
	if (v->type == EXPR_STRING)
		return value_of_string(r->world, v->s.data, v->s.len);
	if (constant && v->type == EXPR_INT && v->i == (int32_t)v->i)
		return value_of_integer(r->world, tree_builtin(r, "int"), v->u);
	/* A long of a 32-bit program does not hold all. */
	if (type_size(tree_builtin(r, "long")) < 8 &&
	    (v->type == EXPR_INT ? v->i != (int32_t)v->i : v->u > UINT32_MAX))
		return value_of_integer(r->world, tree_builtin(r,
			v->type == EXPR_INT ? "long long"
			                    : "unsigned long long"), v->u);
	return value_of_integer(r->world, tree_builtin(r, v->type == EXPR_INT
	                        ? "long" : "unsigned long"), v->u);
}

/* A pointer to a string is a char *; what has no number is a string. */
static struct error *eval_ref(struct tree_run *r, const struct node *n,
                              bool as_string, struct value **value)
{
	const struct expr_ref *ref = &n->ref;
	struct expr_value v = { .type = EXPR_INT };
	struct error *err;

	if (ref->kind == EXPR_REF_CONSTANT) {
		*value = of_plain(r, &ref->value, true);
		return NULL;
	}
	if (!r->env || !r->env->get)
		return error_new(ERROR_NOT_FOUND, "there is nothing to ask");
	if (ref->type != EXPR_STRING) {
		TRY(r->env->get(r->env->ctx, ref, false, &v));
		*value = of_plain(r, &v, false);
		return NULL;
	}
	err = as_string ? error_new(ERROR_USAGE, "-")
	                : r->env->get(r->env->ctx, ref, false, &v);
	if (!err) {
		const struct type *t = type_pointer_to(r->world->pool,
			type_qualified(r->world->pool, tree_builtin(r, "char"),
			               TYPE_CONST));

		*value = value_of_integer(r->world, t, v.u);
		return NULL;
	}
	if (err->kind != ERROR_USAGE)
		return err;
	error_destroy(err);
	TRY(r->env->get(r->env->ctx, ref, true, &v));
	*value = of_plain(r, &v, false);
	return NULL;
}

static struct error *eval_dollar(struct tree_run *r, const struct node *n,
                                 struct value **value)
{
	if (r->env && r->env->dollar)
		return r->env->dollar(r->env->ctx, n->text, value);
	return eval_ref(r, n, false, value);
}

static struct error *eval_symbol(struct tree_run *r, const struct node *n,
                                 struct value **value)
{
	if (!r->env || !r->env->symbol)
		return error_new(ERROR_NOT_FOUND, "there is nothing to ask");
	return r->env->symbol(r->env->ctx, &n->symbol, value);
}

/* What has no debug information is good for casts and addresses alone. */
static struct error *eval_known(struct tree_run *r, const struct node *n,
                                struct value **value)
{
	AUTO_VALUE struct value *v = NULL;
	const struct type *t;

	TRY(eval_symbol(r, n, &v));
	t = type_strip(value_type(v));
	if (t->kind == TYPE_UNKNOWN && t->name)
		return error_new(ERROR_UNSUPPORTED, "'%s' has unknown type; "
		                 "cast it to its declared type", n->text);
	*value = value_ref(v);
	return NULL;
}

static struct value *truth_value(const struct tree_run *r, bool truth)
{
	return value_of_integer(r->world, tree_builtin(r, r->e->cplus ? "bool"
	                                               : "int"), truth);
}

/* *VALUE, 0 or 1, as the language has it. */
static void as_truth(const struct tree_run *r, struct value **value)
{
	struct value *made;
	bool truth;
	struct error *err;

	if (!r->e->cplus)
		return;
	err = value_as_bool(*value, &truth);
	if (!err) {
		made = truth_value(r, truth);
		value_unref(*value);
		*value = made;
	}
	error_destroy(err);
}

static struct error *eval_unary_op(struct tree_run *r, const struct node *n,
                                   struct value **value)
{
	AUTO_VALUE struct value *a = NULL;
	enum value_op op = n->what.kind == TOKEN_MINUS ? VALUE_NEGATE
		: n->what.kind == TOKEN_PLUS ? VALUE_PLUS
		: n->what.kind == TOKEN_NOT ? VALUE_NOT : VALUE_COMPLEMENT;

	TRY(tree_node(r, n->a, &a));
	TRY_AT(r, n, value_unary(op, a, value));
	if (op == VALUE_NOT)
		as_truth(r, value);
	return NULL;
}

enum value_op tree_op(enum token_kind kind)
{
	switch (kind) {
	case TOKEN_PLUS:    return VALUE_ADD;
	case TOKEN_MINUS:   return VALUE_SUBTRACT;
	case TOKEN_STAR:    return VALUE_MULTIPLY;
	case TOKEN_SLASH:   return VALUE_DIVIDE;
	case TOKEN_PERCENT: return VALUE_REST;
	case TOKEN_SHL:     return VALUE_SHL;
	case TOKEN_SHR:     return VALUE_SHR;
	case TOKEN_AND:     return VALUE_AND;
	case TOKEN_OR:      return VALUE_OR;
	case TOKEN_XOR:     return VALUE_XOR;
	case TOKEN_EQ:      return VALUE_EQ;
	case TOKEN_NE:      return VALUE_NE;
	case TOKEN_LT:      return VALUE_LT;
	case TOKEN_LE:      return VALUE_LE;
	case TOKEN_GT:      return VALUE_GT;
	default:            return VALUE_GE;
	}
}

static bool compares(enum token_kind kind)
{
	return tree_op(kind) >= VALUE_EQ && tree_op(kind) <= VALUE_GE;
}

static bool is_string_ref(const struct node *n)
{
	return n->kind == NODE_REF && n->ref.type == EXPR_STRING;
}

static bool glob_matches(const char *pattern, struct buf *text)
{
	/* A NUL ends fnmatch's string: byte 1 stands for it. */
	for (size_t i = 0; i < text->len; i++)
		if (!text->data[i])
			text->data[i] = 1;
	return fnmatch(pattern, text->data, 0) == 0;
}

/* Made at the first evaluation, and kept in the tree. */
static struct error *regex_of(const struct tree_run *r, const struct node *n,
                              struct pattern **regex)
{
	struct node *keeper = (struct node *)(uintptr_t)n;
	struct error *err = NULL;

	if (!n->regex)
		err = pattern_make(n->b->text, n->b->len, PATTERN_EXTENDED,
		                   &keeper->regex);
	*regex = keeper->regex;
	return err ? tree_error(r, n->b->what.at, err) : NULL;
}

struct error *match_regex(struct pattern *regex, const struct buf *text,
                          bool *matches)
{
	enum pattern_answer answer = pattern_match(regex, text->data,
	                                           text->len);

	*matches = answer == PATTERN_YES;
	return answer != PATTERN_TOO_LONG ? NULL
	       : error_new(ERROR_USAGE, "too long a text for the pattern");
}

static struct error *eval_match(struct tree_run *r, const struct node *n,
                                struct value *left, struct value **value)
{
	AUTO_BUF struct buf text = { 0 };
	struct pattern *regex;
	bool matches;

	buf_init(&text);
	if (strlen(n->b->text) != n->b->len)
		return tree_error(r, n->b->what.at, error_new(ERROR_USAGE,
			"the pattern has a NUL in it"));
	TRY_AT(r, n, value_text(left, TEXT_MOST, &text));
	if (n->what.kind == TOKEN_TILDE) {
		matches = glob_matches(n->b->text, &text);
	} else {
		TRY(regex_of(r, n, &regex));
		TRY_AT(r, n, match_regex(regex, &text, &matches));
	}
	*value = truth_value(r, matches);
	return NULL;
}

static struct error *eval_logic(struct tree_run *r, const struct node *n,
                                struct value *left, struct value **value)
{
	AUTO_VALUE struct value *right = NULL;
	bool truth;

	TRY_AT(r, n, value_as_bool(left, &truth));
	if (truth == (n->what.kind == TOKEN_AND_AND)) {
		TRY(tree_node(r, n->b, &right));
		TRY_AT(r, n, value_as_bool(right, &truth));
	}
	*value = truth_value(r, truth);
	return NULL;
}

/* N, whose left side is LEFT. */
static struct error *eval_link(struct tree_run *r, const struct node *n,
                               struct value *left, struct value **value)
{
	AUTO_VALUE struct value *right = NULL;

	if (n->kind == NODE_MATCH)
		return eval_match(r, n, left, value);
	if (n->kind == NODE_LOGIC)
		return eval_logic(r, n, left, value);
	if (is_string_ref(n->b) && n->a->kind == NODE_STRING)
		TRY(eval_ref(r, n->b, true, &right));
	else
		TRY(tree_node(r, n->b, &right));
	TRY_AT(r, n, value_binary(tree_op(n->what.kind), left, right, value));
	if (compares(n->what.kind))
		as_truth(r, value);
	return NULL;
}

static bool is_chain(const struct node *n)
{
	return n->kind == NODE_BINARY || n->kind == NODE_LOGIC ||
	       n->kind == NODE_MATCH;
}

/* The leftmost operand: beside a string a name of one is its string. */
static struct error *eval_first(struct tree_run *r, const struct node *link,
                                struct value **value)
{
	const struct node *n = link->a;

	if (is_string_ref(n) && (link->kind == NODE_MATCH ||
	    (link->kind == NODE_BINARY && link->b->kind == NODE_STRING)))
		return eval_ref(r, n, true, value);
	return tree_node(r, n, value);
}

/* A chain may be as long as the text: no recursion along it. */
static struct error *eval_chain(struct tree_run *r, const struct node *n,
                                struct value **value)
{
	VEC(const struct node *) chain = { 0 };
	struct value *left = NULL;
	struct error *err;

	for (; is_chain(n); n = n->a)
		vec_push(&chain, n);
	err = eval_first(r, chain.items[chain.len - 1], &left);
	for (size_t i = chain.len; i-- > 0 && !err;) {
		struct value *made = NULL;

		err = eval_link(r, chain.items[i], left, &made);
		value_unref(left);
		left = made;
	}
	vec_deinit(&chain);
	if (err)
		value_unref(left);
	else
		*value = left;
	return err;
}

static struct error *eval_choice(struct tree_run *r, const struct node *n,
                                 struct value **value)
{
	AUTO_VALUE struct value *test = NULL;
	bool truth;

	TRY(tree_node(r, n->a, &test));
	TRY_AT(r, n, value_as_bool(test, &truth));
	return tree_node(r, truth ? n->b : n->c, value);
}

static struct error *eval_index(struct tree_run *r, const struct node *n,
                                struct value **value)
{
	AUTO_VALUE struct value *a = NULL, *b = NULL, *whole = NULL,
		*pointer = NULL;
	enum type_kind kind;
	uint64_t index;

	TRY(tree_node(r, n->a, &a));
	TRY(tree_node(r, n->b, &b));
	kind = type_strip(value_type(a))->kind;
	if (kind == TYPE_REFERENCE || kind == TYPE_RVALUE_REFERENCE)
		TRY_AT(r, n, value_deref(a, &whole));
	else
		whole = value_ref(a);
	kind = type_strip(value_type(whole))->kind;
	if (kind != TYPE_POINTER) {
		TRY_AT(r, n, value_as_integer(b, &index));
		TRY_AT(r, n, value_indexed(whole, (int64_t)index, value));
		if (*value)
			return NULL;
		return tree_error(r, n->what.at, error_new(ERROR_USAGE,
			"only arrays and pointers have elements"));
	}
	if (value_is_synthetic(whole)) {
		TRY_AT(r, n, value_as_integer(b, &index));
		if (!index)
			pointer = value_ref(whole);
	}
	if (!pointer)
		TRY_AT(r, n, value_binary(VALUE_ADD, whole, b, &pointer));
	TRY_AT(r, n, value_deref(pointer, value));
	return NULL;
}

static struct error *eval_repeat(struct tree_run *r, const struct node *n,
                                 struct value **value)
{
	AUTO_VALUE struct value *a = NULL, *b = NULL;
	uint64_t count;

	TRY(tree_node(r, n->a, &a));
	TRY(tree_node(r, n->b, &b));
	TRY_AT(r, n, value_as_integer(b, &count));
	TRY_AT(r, n, value_repeat(a, (int64_t)count, value));
	return NULL;
}

static struct error *eval_sizeof(struct tree_run *r, const struct node *n,
                                 struct value **value)
{
	AUTO_VALUE struct value *a = NULL;
	const struct type *t = n->type;
	bool quiet = r->quiet;
	struct error *err;

	if (!t) {
		r->quiet = true;
		err = tree_node(r, n->a, &a);
		r->quiet = quiet;
		TRY(err);
		t = value_type(a);
	}
	if (type_strip(t)->kind == TYPE_REFERENCE ||
	    type_strip(t)->kind == TYPE_RVALUE_REFERENCE)
		t = type_target(type_strip(t));
	/* As in gdb, whose sizeof is an int. */
	*value = value_of_integer(r->world, tree_builtin(r, "int"), type_size(t));
	return NULL;
}

static struct error *eval_address(struct tree_run *r, const struct node *n,
                                  struct value **value)
{
	AUTO_VALUE struct value *a = NULL;
	taddr addr;

	TRY(tree_address_in_class(r, n->a, value));
	if (*value)
		return NULL;
	TRY(n->a->kind == NODE_SYMBOL ? eval_symbol(r, n->a, &a)
	                              : tree_node(r, n->a, &a));
	if (r->quiet && n->a->kind == NODE_STRING &&
	    !value_address(a, &addr))
		*value = value_of_integer(r->world, type_pointer_to(
			r->world->pool, value_type(a)), 0);
	else
		TRY_AT(r, n, value_address_of(a, value));
	return NULL;
}

static struct error *eval_deref(struct tree_run *r, const struct node *n,
                                struct value **value)
{
	AUTO_VALUE struct value *a = NULL, *pointer = NULL;
	enum type_kind kind;

	TRY(tree_node(r, n->a, &a));
	kind = type_strip(value_type(a))->kind;
	if (kind == TYPE_ARRAY) {
		TRY_AT(r, n, value_element(a, 0, value));
		return NULL;
	}
	if (kind == TYPE_REFERENCE || kind == TYPE_RVALUE_REFERENCE) {
		TRY_AT(r, n, value_deref(a, &pointer));
		TRY_AT(r, n, value_deref(pointer, value));
		return NULL;
	}
	TRY_AT(r, n, value_deref(a, value));
	return NULL;
}

static struct error *eval_typed(struct tree_run *r, const struct node *n,
                                struct value **value)
{
	AUTO_VALUE struct value *a = NULL;
	taddr addr;

	if (n->kind == NODE_CAST && !n->cast && n->a->kind == NODE_CALL)
		r->call_as = n->type;
	TRY(n->kind == NODE_CAST && n->a->kind == NODE_SYMBOL
	    ? eval_symbol(r, n->a, &a) : tree_node(r, n->a, &a));
	if (n->kind == NODE_CAST) {
		TRY_AT(r, n, value_cast_cplus(a, n->type, n->cast, value));
		return NULL;
	}
	TRY_AT(r, n, value_as_address(a, &addr));
	*value = value_in_memory(r->world, n->type, addr);
	return NULL;
}

/* {1, 2}: an array of what the first one is. */
static struct error *eval_list(struct tree_run *r, const struct node *n,
                               struct value **value)
{
	AUTO_BUF struct buf bytes = { 0 };
	const struct type *t = NULL;

	buf_init(&bytes);
	for (size_t i = 0; i < n->arg_count; i++) {
		AUTO_VALUE struct value *item = NULL, *made = NULL;
		const uint8_t *data;

		TRY(tree_node(r, n->args[i], &item));
		t = t ? t : value_type(item);
		TRY_AT(r, n, value_cast(item, t, &made));
		TRY_AT(r, n, value_bytes(made, &data));
		buf_add(&bytes, data, type_size(t));
	}
	*value = value_of_bytes(r->world, type_array_of(r->world->pool, t,
	                                                n->arg_count),
	                        bytes.data);
	return NULL;
}

static struct error *eval_comma(struct tree_run *r, const struct node *n,
                                struct value **value)
{
	AUTO_VALUE struct value *first = NULL;

	TRY(tree_node(r, n->a, &first));
	return tree_node(r, n->b, value);
}

static struct error *eval_leaf(struct tree_run *r, const struct node *n,
                               struct value **value)
{
	switch (n->kind) {
	case NODE_NUMBER:
		*value = value_of_integer(r->world, number_type(r, n),
		                          n->what.value.u);
		return NULL;
	case NODE_FLOAT:
		*value = value_of_float(r->world, tree_builtin(r, n->what.narrow
			? "float" : n->what.longs ? "long double" : "double"),
			n->what.f);
		return NULL;
	case NODE_STRING:
		*value = value_of_text(r->world, n->type, n->text, n->len);
		return NULL;
	case NODE_REF:
		return eval_ref(r, n, false, value);
	case NODE_DOLLAR:
		return eval_dollar(r, n, value);
	case NODE_SYMBOL:
		return eval_known(r, n, value);
	default:
		return tree_error(r, n->what.at, error_new(ERROR_USAGE,
			"a type is no value"));
	}
}

struct error *tree_node(struct tree_run *r, const struct node *n,
                        struct value **value)
{
	switch (n->kind) {
	case NODE_UNARY:   return eval_unary_op(r, n, value);
	case NODE_BINARY:
	case NODE_LOGIC:
	case NODE_MATCH:   return eval_chain(r, n, value);
	case NODE_CHOICE:  return eval_choice(r, n, value);
	case NODE_CAST:
	case NODE_AT_TYPE: return eval_typed(r, n, value);
	case NODE_DEREF:   return eval_deref(r, n, value);
	case NODE_ADDRESS: return eval_address(r, n, value);
	case NODE_MEMBER:
	case NODE_ARROW:   return tree_member(r, n, value);
	case NODE_SCOPED:  return tree_scoped(r, n, value);
	case NODE_PICK:    return tree_pick(r, n, value);
	case NODE_MEMBER_POINTER:
		return tree_member_pointer(r, n, NULL, value);
	case NODE_INDEX:   return eval_index(r, n, value);
	case NODE_REPEAT:  return eval_repeat(r, n, value);
	case NODE_SIZEOF:  return eval_sizeof(r, n, value);
	case NODE_ASSIGN:  return tree_assign(r, n, value);
	case NODE_STEP:    return tree_step(r, n, value);
	case NODE_COMMA:   return eval_comma(r, n, value);
	case NODE_LIST:    return eval_list(r, n, value);
	case NODE_CALL:    return tree_call(r, n, value);
	default:           return eval_leaf(r, n, value);
	}
}

struct error *expr_eval_value(const struct expr *e, const struct expr_env *env,
                              bool quiet, struct value **value)
{
	struct tree_run r = { .e = e, .env = env, .quiet = quiet };

	if (!e->tree || !env || !env->world)
		return error_new(ERROR_USAGE, "there are no typed values "
		                 "here");
	r.world = env->world;
	return tree_node(&r, e->tree, value);
}

struct error *tree_evaluate(const struct expr *e, const struct expr_env *env,
                            struct value **value)
{
	return expr_eval_value(e, env, false, value);
}
