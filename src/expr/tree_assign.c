/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Assignments in trees: =, += and its like, ++ and --. */
#include "expr/internal.h"

#include <string.h>

/* A variable of the user's has no type of its own: it takes the value's. */
static struct error *store(struct tree_run *r, const struct node *n,
                           struct value *to, struct value *from,
                           struct value **value)
{
	AUTO_VALUE struct value *made = NULL;
	AUTO_VALUE struct value *zero = value_of_integer(r->world,
		tree_builtin(r, "int"), 0);
	taddr addr;

	if (r->quiet) {
		*value = value_ref(to);
		return NULL;
	}
	if (n->a->kind != NODE_DOLLAR ||
	    value_place(to) == VALUE_IN_REGISTER) {
		TRY_AT(r, n, value_assign(to, from, value));
		return NULL;
	}
	if (!r->world->write_variable)
		return error_new(ERROR_REFUSED, "there are no variables");
	/* As in gdb: an array in memory becomes a pointer, no copy. */
	if (type_strip(value_type(from))->kind == TYPE_ARRAY &&
	    value_address(from, &addr))
		TRY_AT(r, n, value_binary(VALUE_ADD, from, zero, &made));
	else
		made = value_ref(from);
	TRY_AT(r, n, r->world->write_variable(r->world->ctx, n->a->text,
	                                      made));
	*value = value_ref(made);
	return NULL;
}

/* The members of a structure from a list of values. */
static struct error *filled(struct tree_run *r, const struct node *list,
                            const struct type *t, struct value **value)
{
	size_t count, at = 0, size = type_size(t);
	const struct type_member *m = type_members(t, &count);
	AUTO_BUF struct buf bytes = { 0 };

	buf_init(&bytes);
	for (size_t i = 0; i < size && size < 1 << 20; i++)
		buf_putc(&bytes, 0);
	for (size_t i = 0; i < list->arg_count; i++) {
		AUTO_VALUE struct value *item = NULL, *made = NULL;
		const uint8_t *data;
		size_t len;

		while (at < count && m[at].is_static)
			at++;
		if (at == count)
			return error_new(ERROR_USAGE, "it has fewer members");
		if (m[at].bit_size || m[at].is_base)
			return error_new(ERROR_UNSUPPORTED, "no list fills "
			                 "bit-fields and base classes");
		TRY(tree_node(r, list->args[i], &item));
		TRY_AT(r, list, value_cast(item, m[at].type, &made));
		TRY_AT(r, list, value_bytes(made, &data));
		len = type_size(m[at].type);
		if (m[at].offset > bytes.len || len > bytes.len - m[at].offset)
			return error_new(ERROR_UNSUPPORTED, "the member is "
			                 "outside of its structure");
		memcpy(bytes.data + m[at++].offset, data, len);
	}
	*value = value_of_bytes(r->world, t, bytes.data);
	return NULL;
}

struct error *tree_assign(struct tree_run *r, const struct node *n,
                          struct value **value)
{
	AUTO_VALUE struct value *to = NULL, *from = NULL, *made = NULL;

	TRY(tree_node(r, n->a, &to));
	if (n->b->kind == NODE_LIST && n->what.kind == TOKEN_ASSIGN &&
	    type_is_aggregate(value_type(to)))
		TRY(filled(r, n->b, value_type(to), &from));
	else
		TRY(tree_node(r, n->b, &from));
	if (n->what.kind == TOKEN_ASSIGN)
		return store(r, n, to, from, value);
	TRY_AT(r, n, value_binary(tree_op(n->what.op), to, from, &made));
	return store(r, n, to, made, value);
}

struct error *tree_step(struct tree_run *r, const struct node *n,
                        struct value **value)
{
	AUTO_VALUE struct value *to = NULL, *one = NULL, *made = NULL,
		*now = NULL, *before = NULL;
	const uint8_t *data;

	TRY(tree_node(r, n->a, &to));
	one = value_of_integer(r->world, tree_builtin(r, "int"), 1);
	TRY_AT(r, n, value_binary(n->what.kind == TOKEN_INCREMENT ? VALUE_ADD
	                          : VALUE_SUBTRACT, to, one, &made));
	TRY_AT(r, n, value_bytes(to, &data));
	before = value_of_bytes(r->world, value_type(to), data);
	TRY(store(r, n, to, made, &now));
	*value = value_ref(n->behind ? before : now);
	return NULL;
}
