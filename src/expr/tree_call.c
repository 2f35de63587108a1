/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls in expressions: scdb's own functions, and those of the tracee. */
#include "expr/internal.h"


#include <string.h>

enum { TEXT_MOST = 65536, COMPARE_MOST = 16 * 1024 * 1024 };

struct call {
	struct tree_run *r;
	const struct node *n;
	struct value **args;
	size_t count;
	const struct type *as;  /* what its result is cast to; or NULL */
};

static struct error *give_integer(struct call *c, uint64_t number,
                                  struct value **value)
{
	*value = value_of_integer(c->r->world, type_builtin(
		c->r->world->pool, "int"), number);
	return NULL;
}

static struct error *call_strlen(struct call *c, struct value **value)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	TRY(value_text(c->args[0], TEXT_MOST, &text));
	return give_integer(c, text.len, value);
}

static struct error *call_streq(struct call *c, struct value **value)
{
	AUTO_BUF struct buf a = { 0 }, b = { 0 };

	buf_init(&a);
	buf_init(&b);
	TRY(value_text(c->args[0], TEXT_MOST, &a));
	TRY(value_text(c->args[1], TEXT_MOST, &b));
	return give_integer(c, a.len == b.len &&
	                    memcmp(a.data, b.data, a.len) == 0, value);
}

static struct error *call_regex(struct call *c, struct value **value)
{
	AUTO_BUF struct buf text = { 0 }, pattern = { 0 };
	struct pattern *regex;
	struct error *err;
	bool matches;

	buf_init(&text);
	buf_init(&pattern);
	TRY(value_text(c->args[0], TEXT_MOST, &text));
	TRY(value_text(c->args[1], TEXT_MOST, &pattern));
	TRY(pattern_make(pattern.data, pattern.len, PATTERN_EXTENDED, &regex));
	err = match_regex(regex, &text, &matches);
	pattern_destroy(regex);
	return err ? err : give_integer(c, matches, value);
}

static struct error *call_memeq(struct call *c, struct value **value)
{
	const struct memory *m = &c->r->world->memory;
	uint64_t a, b, len;
	uint8_t from[4096], to[4096];

	TRY(value_as_address(c->args[0], &a));
	TRY(value_as_address(c->args[1], &b));
	TRY(value_as_integer(c->args[2], &len));
	if (len > COMPARE_MOST)
		return error_new(ERROR_USAGE, "at most %d bytes are compared",
		                 (int)COMPARE_MOST);
	for (uint64_t done = 0; done < len; done += sizeof(from)) {
		size_t part = len - done < sizeof(from) ? len - done
		                                        : sizeof(from);

		if (!m->read || memory_read(m, a + done, from, part) != part)
			return error_fault(a + done, "can't read memory at "
			                   "0x%llx",
			                   (unsigned long long)(a + done));
		if (memory_read(m, b + done, to, part) != part)
			return error_fault(b + done, "can't read memory at "
			                   "0x%llx",
			                   (unsigned long long)(b + done));
		if (memcmp(from, to, part) != 0)
			return give_integer(c, 0, value);
	}
	return give_integer(c, 1, value);
}

static struct error *call_isvoid(struct call *c, struct value **value)
{
	return give_integer(c, value_is_void(c->args[0]), value);
}

static struct error *call_as_string(struct call *c, struct value **value)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	TRY(value_print_bare(c->args[0], &value_style_default, &text));
	*value = value_of_string(c->r->world, text.data, text.len);
	return NULL;
}

static struct error *call_half(struct call *c, bool imaginary,
                               struct value **value)
{
	const struct type *t = type_strip(value_type(c->args[0]));
	const struct type *half;
	const uint8_t *data;

	if (t->kind != TYPE_COMPLEX)
		return error_new(ERROR_USAGE, "that is no complex number");
	half = type_float(c->r->world->pool, (unsigned)(t->size / 2));
	TRY(value_bytes(c->args[0], &data));
	if (!half)
		return error_new(ERROR_UNSUPPORTED, "no such complex number");
	*value = value_of_bytes(c->r->world, half,
	                        data + (imaginary ? t->size / 2 : 0));
	return NULL;
}

static struct error *call_creal(struct call *c, struct value **value)
{
	return call_half(c, false, value);
}

static struct error *call_cimag(struct call *c, struct value **value)
{
	return call_half(c, true, value);
}

/* Texts and numbers, one behind the other. */
static struct error *call_join(struct call *c, struct value **value)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	for (size_t i = 0; i < c->count; i++) {
		const struct type *t = type_strip(value_type(c->args[i]));
		uint64_t n;

		if (!type_is_integral(t)) {
			TRY(value_text(c->args[i], TEXT_MOST, &text));
			continue;
		}
		TRY(value_as_integer(c->args[i], &n));
		buf_printf(&text, t->is_signed ? "%lld" : "%llu",
		           (unsigned long long)n);
	}
	*value = value_of_string(c->r->world, text.data, text.len);
	return NULL;
}

static struct error *call_below(struct call *c, struct value **value)
{
	AUTO_BUF struct buf path = { 0 }, dir = { 0 };

	buf_init(&path);
	buf_init(&dir);
	TRY(value_text(c->args[0], TEXT_MOST, &path));
	TRY(value_text(c->args[1], TEXT_MOST, &dir));
	return give_integer(c, path_is_below(path.data, dir.data), value);
}

/* What PATH has behind DIR; nothing where it is not below. */
static struct error *call_behind(struct call *c, struct value **value)
{
	AUTO_BUF struct buf path = { 0 }, dir = { 0 };
	size_t len;

	buf_init(&path);
	buf_init(&dir);
	TRY(value_text(c->args[0], TEXT_MOST, &path));
	TRY(value_text(c->args[1], TEXT_MOST, &dir));
	for (len = dir.len; len && dir.data[len - 1] == '/'; len--)
		;
	if (!path_is_below(path.data, dir.data))
		len = path.len;
	*value = value_of_string(c->r->world, path.data + len,
	                         path.len - len);
	return NULL;
}

static const struct {
	const char *name;
	size_t args;        /* 0: any number */
	struct error *(*run)(struct call *c, struct value **value);
} functions[] = {
	{ "_strlen", 1, call_strlen },
	{ "_streq", 2, call_streq },
	{ "_regex", 2, call_regex },
	{ "_memeq", 3, call_memeq },
	{ "_isvoid", 1, call_isvoid },
	{ "_as_string", 1, call_as_string },
	{ "_creal", 1, call_creal },
	{ "_cimag", 1, call_cimag },
	{ "_join", 0, call_join },
	{ "_below", 2, call_below },
	{ "_behind", 2, call_behind },
};

enum { FUNCTIONS = ARRAY_LEN(functions) };

/* FUNCTIONS: none is called NAME. */
static size_t find_function(const char *name)
{
	size_t i = 0;

	while (i < FUNCTIONS && strcmp(name, functions[i].name) != 0)
		i++;
	return i;
}

/* What is called is `$_NAME`, which is no function of the program. */
static bool is_own(const struct node *call)
{
	return call->a->kind == NODE_DOLLAR && call->a->text[0] == '_';
}

struct error *tree_call_check(const struct compiler *c,
                              const struct node *call)
{
	const struct expr_scope *scope = c->scope;
	size_t count = call->arg_count, least = 0, most = SIZE_MAX, i;
	const char *name = call->a->text;

	if (!is_own(call))
		return NULL;
	i = find_function(name);
	if (i < FUNCTIONS && functions[i].args)
		least = most = functions[i].args;
	else if (i == FUNCTIONS && !(scope && scope->function &&
	         scope->function(scope->ctx, name, &least, &most)))
		return compiler_error(c, ERROR_NOT_FOUND, call->a->what.at,
		                      "there is no function $%s", name);
	if (count >= least && count <= most)
		return NULL;
	if (least != most)
		return compiler_error(c, ERROR_USAGE, call->what.at,
		                      "$%s wants %zu or %zu arguments", name,
		                      least, most);
	return compiler_error(c, ERROR_USAGE, call->what.at,
	                      "$%s wants %zu argument%s", name, least,
	                      least == 1 ? "" : "s");
}

static struct error *own_function(struct call *c, struct value **value)
{
	const struct expr_env *env = c->r->env;
	const char *name = c->n->a->text;
	size_t i = find_function(name);

	if (i < FUNCTIONS)
		return functions[i].run(c, value);
	*value = NULL;
	if (env && env->function)
		TRY(env->function(env->ctx, name, c->args, c->count, value));
	return *value ? NULL : error_new(ERROR_NOT_FOUND,
	                                 "there is no function $%s", name);
}

/* Of assembler, whose debug information says no more than a name. */
static bool says_nothing(const struct type *t)
{
	size_t count;

	return type_strip(type_target(t))->kind == TYPE_VOID &&
	       !t->prototyped && (type_members(t, &count), count == 0);
}

/* *T with what the cast says of a function without debug information. */
static struct error *known_result(const struct call *c, const struct type **t)
{
	const struct node *callee = c->n->a;

	if (type_strip(type_target(*t))->kind != TYPE_UNKNOWN &&
	    !(c->as && says_nothing(*t)))
		return NULL;
	if (!c->as)
		return error_new(ERROR_UNSUPPORTED, "'%s' has unknown return "
		                 "type; cast the call to its declared return "
		                 "type", callee->text ? callee->text
		                                      : "the function");
	*t = type_function_to(c->r->world->pool, c->as);
	return NULL;
}

/* The function of type T at ADDR; THIS: of that object, or NULL. */
static struct error *carry_out(struct call *c, const struct type *t,
                               taddr addr, struct value *this,
                               struct value **value)
{
	const struct value_world *w = c->r->world;
	struct value *args[NODE_MAX_ARGS + 1];
	size_t count = 0;
	AUTO_VALUE struct value *pointer = NULL;

	if (c->r->quiet) {
		*value = type_strip(type_target(t))->kind == TYPE_VOID
			? value_void(w)
			: value_in_memory(w, type_target(t), 0);
		return NULL;
	}
	if (!w->call_function)
		return error_new(ERROR_UNSUPPORTED, "functions of the program "
		                 "can't be called yet");
	if (this) {
		taddr at;

		/* What has no place gets one from who calls. */
		if (!value_address(this, &at) &&
		    value_place(this) == VALUE_NOWHERE)
			pointer = value_ref(this);
		else
			TRY(value_address_of(this, &pointer));
		args[count++] = pointer;
	}
	memcpy(args + count, c->args, c->count * sizeof(*args));
	return w->call_function(w->ctx, addr, t, args, count + c->count,
	                        value);
}

/* One of several functions, or a method; *VALUE stays NULL: it is neither. */
static struct error *chosen_function(struct call *c, struct value **value)
{
	CLEANUP(callables_deinit) callable_list list = { 0 };
	const struct callable *f = NULL;
	const struct type *t;
	bool on_object;
	taddr addr = 0;

	/* C has one function of a name. */
	if (c->n->a->kind != NODE_SYMBOL || c->r->e->cplus)
		TRY(callables_of(c->r, c->n->a, &list));
	if (!list.len)
		return NULL;
	TRY(callable_choose(c->n, &list, c->args, c->count, &f));
	t = f->type;
	TRY(known_result(c, &t));
	on_object = f->method && !f->method->is_static;
	if (!c->r->quiet)
		TRY(callable_address(f, &addr));
	return carry_out(c, t, addr, on_object ? f->object : NULL, value);
}

/* (X.*P)(ARGS) */
static struct error *pointed_method(struct call *c, struct value **value)
{
	AUTO_VALUE struct value *object = NULL, *function = NULL;
	const struct type *t;
	taddr addr;

	TRY(tree_member_pointer(c->r, c->n->a, &object, &function));
	t = type_strip(value_type(function));
	if (t->kind != TYPE_FUNCTION || !value_address(function, &addr))
		return error_new(ERROR_USAGE, "that is no function");
	return carry_out(c, t, addr, object, value);
}

static struct error *tracee_function(struct call *c, struct value **value)
{
	AUTO_VALUE struct value *callee = NULL, *function = NULL;
	const struct type *t;
	taddr addr;

	if (c->n->a->kind == NODE_MEMBER_POINTER)
		return pointed_method(c, value);
	TRY(chosen_function(c, value));
	if (*value)
		return NULL;
	TRY(tree_node(c->r, c->n->a, &callee));
	if (type_strip(value_type(callee))->kind == TYPE_POINTER)
		TRY(value_deref(callee, &function));
	else
		function = value_ref(callee);
	t = type_strip(value_type(function));
	if (t->kind != TYPE_FUNCTION || !value_address(function, &addr))
		return error_new(ERROR_USAGE, "that is no function");
	TRY(known_result(c, &t));
	return carry_out(c, t, addr, NULL, value);
}

struct error *tree_call(struct tree_run *r, const struct node *n,
                        struct value **value)
{
	struct value *args[NODE_MAX_ARGS] = { NULL };
	struct call c = { .r = r, .n = n, .args = args, .as = r->call_as };
	struct error *err = NULL;

	r->call_as = NULL;
	*value = NULL;
	for (size_t i = 0; i < n->arg_count && !err; i++) {
		err = tree_node(r, n->args[i], &args[i]);
		c.count++;
	}
	if (!err && is_own(n))
		err = own_function(&c, value);
	else if (!err)
		err = tracee_function(&c, value);
	for (size_t i = 0; i < n->arg_count; i++)
		value_unref(args[i]);
	return tree_error(r, n->what.at, err);
}
