/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluates members, and what C++ adds to them. */
#include "expr/internal.h"

#include <string.h>

/* A structure, or what a pointer to one points at. */
struct error *tree_object(struct tree_run *r, const struct node *n,
                          struct value **object)
{
	AUTO_VALUE struct value *a = NULL, *whole = NULL, *found = NULL;

	TRY(tree_node(r, n->a, &a));
	TRY(value_is_void(a) ? tree_error(r, n->what.at, error_new(ERROR_USAGE,
		"a void value has no members")) : NULL);
	TRY_AT(r, n, type_strip(value_type(a))->kind == TYPE_REFERENCE ||
	       type_strip(value_type(a))->kind == TYPE_RVALUE_REFERENCE
	       ? value_deref(a, &whole) : (whole = value_ref(a), NULL));
	if (type_strip(value_type(whole))->kind == TYPE_POINTER)
		TRY_AT(r, n, value_deref(whole, &found));
	else
		found = value_ref(whole);
	if (n->scope && type_is_aggregate(value_type(found)))
		TRY_AT(r, n, value_as_base(found, n->scope, object));
	else
		*object = value_ref(found);
	return NULL;
}

static struct error *function_value(struct tree_run *r,
                                    const struct callable *f,
                                    struct value **value)
{
	taddr addr;

	TRY(callable_address(f, &addr));
	*value = value_in_memory(r->world, f->type, addr);
	return NULL;
}

/* X.NAME where NAME is a method. */
static struct error *method_value(struct tree_run *r, const struct node *n,
                                  struct value **value)
{
	CLEANUP(callables_deinit) callable_list list = { 0 };

	TRY(callables_of(r, n, &list));
	if (!list.len)
		return NULL;
	if (list.len > 1)
		return error_new(ERROR_USAGE, "there are several methods "
		                 "called %s: say which, as in %s(int)",
		                 n->text, n->text);
	list.items[0].fixed = true;
	return function_value(r, &list.items[0], value);
}

struct error *tree_member(struct tree_run *r, const struct node *n,
                          struct value **value)
{
	AUTO_VALUE struct value *object = NULL;
	struct value *method = NULL;
	struct error *err, *other;

	TRY(tree_object(r, n, &object));
	err = value_find_member(object, n->text, value);
	if (!err || err->kind != ERROR_NOT_FOUND)
		return tree_error(r, n->what.at, err);
	other = method_value(r, n, &method);
	if (!other && !method)
		return tree_error(r, n->what.at, err);
	error_destroy(err);
	*value = method;
	return tree_error(r, n->what.at, other);
}

struct error *tree_member_pointer(struct tree_run *r, const struct node *n,
                                  struct value **object, struct value **value)
{
	AUTO_VALUE struct value *whole = NULL, *pointer = NULL, *own = NULL;

	TRY(tree_object(r, n, &whole));
	TRY(tree_node(r, n->b, &pointer));
	TRY_AT(r, n, value_by_member_pointer(whole, pointer, &own, value));
	if (object && own)
		*object = value_ref(own);
	return NULL;
}

static struct error *this_object(struct tree_run *r, struct value **object)
{
	return r->env && r->env->object
	       ? r->env->object(r->env->ctx, object) : NULL;
}

/* CLASS::MEMBER of the object that the code is about. */
struct error *tree_scoped(struct tree_run *r, const struct node *n,
                          struct value **value)
{
	AUTO_VALUE struct value *object = NULL, *part = NULL;
	const struct type *class = type_strip(n->type);

	TRY(this_object(r, &object));
	if (object)
		error_destroy(value_as_base(object, class->name ? class->name
		                            : "", &part));
	if (!part)
		return tree_error(r, n->what.at, error_new(ERROR_USAGE,
			"%s is a member of an object, and none is named",
			n->text));
	TRY_AT(r, n, value_find_member(part, n->scope, value));
	return NULL;
}

struct error *tree_address_in_class(struct tree_run *r, const struct node *n,
                                    struct value **value)
{
	if ((n->kind != NODE_SYMBOL && n->kind != NODE_SCOPED) || !n->type)
		return NULL;
	TRY_AT(r, n, value_member_pointer(r->world, n->type, n->scope, value));
	return NULL;
}

/* Whether the parameters of F, `this` aside, are the types of N. */
static bool takes(const struct callable *f, const struct node *n)
{
	size_t count, at = 0;
	const struct type_member *m = type_members(f->type, &count);

	if (f->method && f->method->is_const != n->is_const)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (m[i].artificial)
			continue;
		if (at == n->arg_count ||
		    !type_same(m[i].type, n->args[at]->type))
			return false;
		at++;
	}
	return at == n->arg_count;
}

struct error *tree_pick(struct tree_run *r, const struct node *n,
                        struct value **value)
{
	CLEANUP(callables_deinit) callable_list list = { 0 };

	TRY(callables_of(r, n->a, &list));
	for (size_t i = 0; i < list.len; i++) {
		struct callable f = list.items[i];

		f.fixed = true;
		if (takes(&f, n))
			return tree_error(r, n->what.at,
			                  function_value(r, &f, value));
	}
	/* One without debug information has its name alone. */
	if (n->b)
		return tree_node(r, n->b, value);
	return tree_error(r, n->what.at, error_new(ERROR_USAGE, "no function "
		"%s has these parameters", n->a->text ? n->a->text : ""));
}
