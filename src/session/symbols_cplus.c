/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the program in C++: `this`, methods, overloaded functions. */
#include "session/symbol_place.h"

#include "base/alloc.h"
#include "session/internal.h"

#include <string.h>

/* What `this` points at; NULL: there is none. */
static struct value *object_of(const struct place *p)
{
	AUTO_VALUE struct value *pointer = NULL;
	struct value *object = NULL;
	struct debug_variable v;
	struct error *err;

	if (!symbol_find_local(p, "this", &v) || !v.is_argument)
		return NULL;
	err = symbol_variable_at(p, &v, &pointer);
	if (!err)
		err = value_deref(pointer, &object);
	error_destroy(err);
	return err ? NULL : object;
}

static const struct type_method *find_method(const struct type *class,
                                             const char *name, unsigned depth)
{
	size_t count;
	const struct type_method *m = type_methods(class, &count), *found;
	const struct type_member *bases;

	for (size_t i = 0; i < count; i++)
		if (!m[i].artificial && strcmp(m[i].name, name) == 0)
			return &m[i];
	bases = type_members(class, &count);
	for (size_t i = 0; i < count && depth < 16; i++) {
		found = bases[i].is_base
			? find_method(bases[i].type, name, depth + 1) : NULL;
		if (found)
			return found;
	}
	return NULL;
}

struct value *symbol_method_of_this(const struct place *p, const char *name)
{
	const struct value_world *w = p->s->world;
	AUTO_VALUE struct value *object = NULL;
	const struct type_method *m;
	struct debug_variable v;
	taddr addr = 0;

	if (strstr(name, "::") || symbol_find_local(p, name, &v))
		return NULL;
	object = object_of(p);
	m = object ? find_method(value_type(object), name, 0) : NULL;
	if (!m)
		return NULL;
	/* One without code of its own can be called by its table at least. */
	if (m->linkage_name && w->symbol_address)
		w->symbol_address(w->ctx, m->linkage_name, &addr);
	return value_in_memory(w, m->type, addr);
}

struct error *symbol_this(struct session *s, struct thread *t,
                          struct value **object)
{
	struct place p;

	*object = symbol_place_init(&p, s, t) ? object_of(&p) : NULL;
	return NULL;
}

/* While functions are told. */
struct telling {
	const struct place *p;
	const char *name;
	bool exact;            /* those of that very name */
	bool any;
	void (*fn)(void *arg, const struct type *t, taddr addr);
	void *arg;
};

static bool tell(void *ctx, const struct debug_function *f)
{
	struct telling *t = ctx;
	const struct type *type = debug_function_type(f);

	if (!type || f->inlined || !f->name ||
	    symbol_is_indirect(t->p, f->entry) ||
	    (t->exact && strcmp(f->name, t->name) != 0) ||
	    (symbol_is_constructor(f->name) &&
	     !symbol_is_constructor(t->name)))
		return true;
	t->any = true;
	t->fn(t->arg, type, f->entry);
	return true;
}

/* Of several scopes those of the name alone are meant, if there are any. */
static void tell_functions(const struct place *p, const char *name,
                           void (*fn)(void *arg, const struct type *t,
                                      taddr addr),
                           void *arg)
{
	struct telling t = { .p = p, .exact = true, .fn = fn, .arg = arg,
	                     .name = name[0] == ':' ? name + 2 : name };

	debug_functions_named(p->image, t.name, false, tell, &t);
	t.exact = false;
	if (!t.any && name[0] != ':')
		debug_functions_named(p->image, t.name, false, tell, &t);
}

struct error *symbol_functions(struct session *s, struct thread *t,
                               const struct expr_symbol *symbol,
                               void (*fn)(void *arg, const struct type *t,
                                          taddr addr),
                               void *arg, struct value **object)
{
	const struct kept_symbol *kept = symbol->data;
	AUTO_VALUE struct value *member = NULL, *method = NULL;
	struct debug_variable v;
	struct place p;

	if (!symbol_place_init(&p, s, t))
		return NULL;
	member = symbol_find_in_this(&p, kept->name);
	if (member)
		return NULL;
	method = symbol_method_of_this(&p, kept->name);
	if (method) {
		*object = object_of(&p);
		return NULL;
	}
	if (!symbol_find_variable(&p, kept->name, &v))
		tell_functions(&p, kept->name, fn, arg);
	return NULL;
}

/* For an environment. */

static struct error *get_symbol(void *data, const struct expr_symbol *symbol,
                                struct value **value)
{
	const struct symbol_env *env = data;

	return symbol_evaluate(env->s, env->thread, symbol, value);
}

static struct error *get_functions(void *data,
                                   const struct expr_symbol *symbol,
                                   void (*fn)(void *arg, const struct type *t,
                                              taddr addr),
                                   void *arg, struct value **object)
{
	const struct symbol_env *env = data;

	return symbol_functions(env->s, env->thread, symbol, fn, arg, object);
}

static struct error *get_object(void *data, struct value **object)
{
	const struct symbol_env *env = data;

	return symbol_this(env->s, env->thread, object);
}

static struct error *get_dollar(void *data, const char *name,
                                struct value **value)
{
	const struct symbol_env *env = data;

	return dollar_value(env->s, env->thread, name, value);
}

void symbol_env_init(struct expr_env *env, struct symbol_env *place)
{
	env->ctx = place;
	env->symbol = get_symbol;
	env->functions = get_functions;
	env->object = get_object;
	env->dollar = get_dollar;
}

static bool take_main(void *ctx, const struct debug_function *f)
{
	*(taddr *)ctx = f->entry;
	return false;
}

static bool take_main_symbol(void *ctx, const struct symbol *symbol)
{
	*(taddr *)ctx = symbol->addr;
	return false;
}

/* What main was written in; its symbol is sooner found than its entry. */
static unsigned language_of_main(struct image *image)
{
	const struct module *program = image_main_module(image);
	struct debug_unit_info unit;
	taddr entry = 0;

	if (program)
		image_symbols_named(image, program, "main", take_main_symbol,
		                    &entry);
	if (entry && debug_unit_at(image, entry, &unit))
		return unit.language;
	entry = 0;
	debug_functions_named(image, "main", false, take_main, &entry);
	return entry && debug_unit_at(image, entry, &unit) ? unit.language : 0;
}

unsigned session_language(struct session *s, struct thread *t)
{
	struct debug_unit_info unit;
	struct place p;

	if (!symbol_place_init(&p, s, t))
		return 0;
	if (!p.frame || !debug_unit_at(p.image, p.pc, &unit))
		return language_of_main(p.image);
	return unit.language;
}

bool symbol_is_cplus(struct session *s, struct thread *t)
{
	unsigned language;

	if (s->settings.language != LANGUAGE_AUTO)
		return s->settings.language == LANGUAGE_CPLUS ||
		       s->settings.language == LANGUAGE_RUST;
	language = session_language(s, t);
	return debug_language_is_cplus(language) ||
	       debug_language_is_rust(language);
}
