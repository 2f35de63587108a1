/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which of several functions of one name a call means: each argument is ranked
 * against its parameter, and the function that no other beats anywhere wins.
 * Templates and conversions by constructors are not tried.
 */
#include "expr/internal.h"

#include <string.h>

enum { BASES_MOST = 16 };

enum rank { RANK_SAME, RANK_PROMOTED, RANK_CONVERTED, RANK_LOSSY,
	RANK_ELLIPSIS, RANK_NEVER };

void callables_deinit(callable_list *list)
{
	for (size_t i = 0; i < list->len; i++)
		value_unref(list->items[i].object);
	vec_deinit(list);
}

/* The same in another library is found after the one that the program has. */
static bool known(const callable_list *list, const struct type *t, taddr addr)
{
	for (size_t i = 0; i < list->len; i++)
		if (list->items[i].addr == addr ||
		    type_same(list->items[i].type, t))
			return true;
	return false;
}

static void add_function(void *arg, const struct type *t, taddr addr)
{
	callable_list *list = arg;

	if (list->len < 1000 && !known(list, t, addr))
		vec_push(list, ((struct callable){ .type = type_strip(t),
		                                   .addr = addr }));
}

/* Those of OBJECT's class, or where it has none, of its bases. */
static struct error *add_methods(struct value *object, const char *name,
                                 bool fixed, unsigned depth,
                                 callable_list *list)
{
	const struct type *t = value_type(object);
	size_t count, before = list->len;
	const struct type_method *m = type_methods(t, &count);
	const struct type_member *bases;

	for (size_t i = 0; i < count; i++)
		if (!m[i].artificial && strcmp(m[i].name, name) == 0)
			vec_push(list, ((struct callable){
				.type = m[i].type, .method = &m[i],
				.object = value_ref(object),
				.fixed = fixed }));
	if (list->len > before)
		return NULL;
	bases = type_members(t, &count);
	for (size_t i = 0; i < count && depth < BASES_MOST; i++) {
		AUTO_VALUE struct value *base = NULL;

		if (!bases[i].is_base)
			continue;
		TRY(value_member(object, &bases[i], &base));
		TRY(add_methods(base, name, fixed, depth + 1, list));
	}
	return NULL;
}

static struct error *of_symbol(struct tree_run *r, const struct node *n,
                               callable_list *list)
{
	AUTO_VALUE struct value *object = NULL;

	if (!r->env || !r->env->functions)
		return NULL;
	TRY(r->env->functions(r->env->ctx, &n->symbol, add_function, list,
	                      &object));
	return object ? add_methods(object, n->text, false, 0, list) : NULL;
}

/* The type first: what is called for its effects is called once. */
static struct error *of_member(struct tree_run *r, const struct node *n,
                               callable_list *list)
{
	AUTO_VALUE struct value *shape = NULL, *object = NULL;
	struct tree_run quiet = *r;
	struct error *err;

	quiet.quiet = true;
	err = tree_object(&quiet, n, &shape);
	if (!err && type_is_aggregate(value_type(shape)))
		err = add_methods(shape, n->text, n->scope != NULL, 0, list);
	if (err || !list->len || r->quiet) {
		if (err)
			list->len = 0;
		return err;
	}
	callables_deinit(list);
	*list = (callable_list){ 0 };
	TRY(tree_object(r, n, &object));
	return add_methods(object, n->text, n->scope != NULL, 0, list);
}

struct error *callables_of(struct tree_run *r, const struct node *n,
                           callable_list *list)
{
	if (n->kind == NODE_SYMBOL && n->symbol.known)
		return of_symbol(r, n, list);
	if (n->kind == NODE_MEMBER || n->kind == NODE_ARROW)
		return of_member(r, n, list);
	return NULL;
}

struct error *callable_address(const struct callable *f, taddr *addr)
{
	if (f->method)
		return value_method_address(f->object, f->method, !f->fixed,
		                            addr);
	*addr = f->addr;
	return NULL;
}

static enum rank rank_numbers(const struct type *from, const struct type *to)
{
	bool whole = type_is_integral(from), into = type_is_integral(to);

	if (whole && into) {
		if (to->kind == TYPE_INT && to->size == 4 && to->is_signed &&
		    (from->size < 4 || from->kind == TYPE_ENUM))
			return RANK_PROMOTED;
		return RANK_CONVERTED;
	}
	if (!whole && !into)
		return to->size == 8 && from->size == 4 ? RANK_PROMOTED
		                                        : RANK_CONVERTED;
	return RANK_LOSSY;
}

static bool is_base_of(const struct type *derived, const struct type *base,
                       unsigned depth)
{
	size_t count;
	const struct type_member *m = type_members(derived, &count);

	if (type_same(derived, base))
		return true;
	for (size_t i = 0; i < count && depth < BASES_MOST; i++)
		if (m[i].is_base && is_base_of(m[i].type, base, depth + 1))
			return true;
	return false;
}

static enum rank rank_pointers(const struct type *from, const struct type *to)
{
	from = type_strip(from);
	to = type_strip(to);
	if (type_same(from, to))
		return RANK_SAME;
	if (to->kind == TYPE_VOID)
		return RANK_CONVERTED;
	return type_is_aggregate(from) && type_is_aggregate(to) &&
	       is_base_of(from, to, 0) ? RANK_CONVERTED : RANK_NEVER;
}

static bool is_number(const struct type *t)
{
	return type_is_integral(t) || t->kind == TYPE_FLOAT;
}

static const struct type *unreferenced(const struct type *t)
{
	t = type_strip(t);
	if (t->kind == TYPE_REFERENCE || t->kind == TYPE_RVALUE_REFERENCE)
		t = type_strip(type_target(t));
	return t;
}

static enum rank rank_argument(struct value *v, const struct type *to)
{
	const struct type *from = unreferenced(value_type(v));
	uint64_t n = 1;

	to = unreferenced(to);
	if (type_same(from, to))
		return RANK_SAME;
	if (to->kind == TYPE_POINTER) {
		if (from->kind == TYPE_POINTER || from->kind == TYPE_ARRAY)
			return rank_pointers(type_target(from),
			                     type_target(to));
		if (from->kind == TYPE_FUNCTION)
			return rank_pointers(from, type_target(to));
		if (value_place(v) != VALUE_NOWHERE || !type_is_integral(from))
			return RANK_NEVER;
		/* The literal 0 is a pointer too. */
		error_destroy(value_as_integer(v, &n));
		return n ? RANK_NEVER : RANK_CONVERTED;
	}
	if (is_number(from) && is_number(to))
		return rank_numbers(from, to);
	if (to->kind == TYPE_BOOL && from->kind == TYPE_POINTER)
		return RANK_LOSSY;
	return type_is_aggregate(from) && type_is_aggregate(to) &&
	       is_base_of(from, to, 0) ? RANK_CONVERTED : RANK_NEVER;
}

/* The Ith of the parameters that are written down; NULL: there is none. */
static const struct type *parameter(const struct type *t, size_t i)
{
	size_t count;
	const struct type_member *m = type_members(t, &count);

	for (size_t at = 0; at < count; at++)
		if (!m[at].artificial && !i--)
			return m[at].type;
	return NULL;
}

static enum rank rank_this(const struct callable *f)
{
	const struct type *t;

	if (!f->method || f->method->is_static)
		return RANK_SAME;
	for (t = value_type(f->object); t->kind == TYPE_TYPEDEF;)
		t = type_target(t);
	if (t->kind == TYPE_CONST)
		return f->method->is_const ? RANK_SAME : RANK_NEVER;
	return f->method->is_const ? RANK_PROMOTED : RANK_SAME;
}

/* RANKS of COUNT arguments and of `this`; false: it can't be called so. */
static bool rank_all(const struct callable *f, struct value *const *args,
                     size_t count, enum rank *ranks)
{
	for (size_t i = 0; i < count; i++) {
		const struct type *t = parameter(f->type, i);

		if (!t && !f->type->varargs)
			return false;
		ranks[i] = t ? rank_argument(args[i], t) : RANK_ELLIPSIS;
		if (ranks[i] == RANK_NEVER)
			return false;
	}
	ranks[count] = rank_this(f);
	return !parameter(f->type, count) && ranks[count] != RANK_NEVER;
}

/* Nowhere worse, and somewhere better. */
static bool beats(const enum rank *a, const enum rank *b, size_t count)
{
	bool better = false;

	for (size_t i = 0; i <= count; i++) {
		if (a[i] > b[i])
			return false;
		better |= a[i] < b[i];
	}
	return better;
}

static struct error *no_choice(const struct node *n, bool ambiguous)
{
	const char *name = n->a->text ? n->a->text : "of that name";

	if (ambiguous)
		return error_new(ERROR_USAGE, "several functions %s take such "
		                 "arguments: say which, as in '%s(int)'", name,
		                 name);
	return error_new(ERROR_USAGE, "no function %s takes such arguments",
	                 name);
}

struct error *callable_choose(const struct node *n, const callable_list *list,
                              struct value *const *args, size_t count,
                              const struct callable **chosen)
{
	enum rank best[NODE_MAX_ARGS + 1], ranks[NODE_MAX_ARGS + 1];
	const struct callable *found = NULL;

	if (list->len == 1) {
		*chosen = &list->items[0];
		return NULL;
	}
	for (size_t i = 0; i < list->len; i++) {
		if (!rank_all(&list->items[i], args, count, ranks) ||
		    (found && !beats(ranks, best, count)))
			continue;
		found = &list->items[i];
		memcpy(best, ranks, sizeof(best));
	}
	if (!found)
		return no_choice(n, false);
	for (size_t i = 0; i < list->len; i++)
		if (found != &list->items[i] &&
		    rank_all(&list->items[i], args, count, ranks) &&
		    !beats(best, ranks, count))
			return no_choice(n, true);
	*chosen = found;
	return NULL;
}
