/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the program in expressions. */
#include "session/symbol_place.h"

#include "base/alloc.h"
#include "session/frames.h"
#include "session/internal.h"
#include "symbols/debug.h"

#include <string.h>

/* Of what is known by its symbol alone. */
static const struct type no_debug_result = {
	.kind = TYPE_UNKNOWN, .name = "<unknown return type>",
};
static const struct type no_debug_text = {
	.kind = TYPE_FUNCTION, .name = "<text variable, no debug info>",
	.size = 1, .target = &no_debug_result,
};
static const struct type no_debug_ifunc = {
	.kind = TYPE_FUNCTION, .size = 1, .target = &no_debug_result,
	.name = "<text gnu-indirect-function variable, no debug info>",
};
static const struct type no_debug_data = {
	.kind = TYPE_UNKNOWN, .name = "<data variable, no debug info>",
};
static const struct type no_debug_tls = {
	.kind = TYPE_UNKNOWN, .name = "<thread local variable, no debug info>",
};

/* Where nobody stands yet; FUNCTION is filled in. */
static void place_at(struct place *p, const struct code_scope *scope,
                     struct debug_function *function)
{
	struct debug_function all[16];

	p->image = scope->image;
	p->pc = scope->pc;
	if (!debug_functions_at(scope->image, scope->pc, all, ARRAY_LEN(all)))
		return;
	*function = all[0];
	p->function = function;
}

bool symbol_place_init(struct place *p, struct session *s, struct thread *t)
{
	*p = (struct place){ .s = s, .thread = t ? t : s->current };
	if (s->compiling) {
		place_at(p, s->compiling, &p->there);
		return true;
	}
	if (!p->thread) {
		/* Of the program's file, where nothing runs yet. */
		p->image = session_current_image(s);
		return p->image != NULL;
	}
	if (!p->thread->process->alive)
		return false;
	p->image = session_image(s, p->thread->process);
	p->frame = session_frame_of(s, p->thread);
	if (p->frame) {
		p->pc = p->frame->lookup_pc;
		if (p->frame->function.die.info)
			p->function = &p->frame->function;
	}
	return true;
}

static bool take_address(void *ctx, const struct symbol *s)
{
	*(taddr *)ctx = s->kind == SYMBOL_TLS ? 0 : s->addr;
	return false;
}

/* One that is only declared, by its symbol: `environ`. */
static bool declared_at(const struct place *p, const struct debug_variable *v,
                        taddr *addr)
{
	struct debug_variable other;

	*addr = 0;
	/* A local one is not the symbol of that name. */
	if (v->is_argument || v->is_constant ||
	    (p->function && (!debug_variable_find(p->image, NULL, p->pc, NULL,
	                                          v->name, &other) ||
	                     other.die.offset != v->die.offset)))
		return false;
	image_symbols_named(p->image, NULL, v->name, take_address, addr);
	return *addr != 0;
}

/* Whether V is at one place whichever thread asks. */
static bool is_fixed(const struct debug_variable *v)
{
	struct location location;
	struct error *err = debug_locate(v, NULL, NULL, &location);

	error_destroy(err);
	return !err;
}

/* For who wants to know what an evaluation depends on. */
static void note_use(const struct place *p, const struct debug_variable *v,
                     const struct value *made)
{
	bool memory = value_place(made) == VALUE_IN_MEMORY;

	if (!world_records(p->s) || v->is_constant)
		return;
	if (!memory || !is_fixed(v))
		world_note(p->s, !memory, p->function != NULL);
}

struct error *symbol_variable_at(const struct place *p,
                                 const struct debug_variable *v,
                                 struct value **value)
{
	const struct location_context *context = p->frame
		? frame_context(p->frame) : NULL;
	struct location location;
	struct value *made;
	taddr addr;

	TRY(debug_locate(v, p->function, context, &location));
	made = value_at_location(p->s->world, debug_resolve_type(v->type,
	                         p->s->world->pool, v->module, context),
	                         &location, context, p->frame);
	if (value_place(made) == VALUE_OPTIMIZED_OUT &&
	    declared_at(p, v, &addr)) {
		value_unref(made);
		made = value_in_memory(p->s->world, v->type, addr);
	}
	note_use(p, v, made);
	*value = made;
	return NULL;
}

/* Whether NAME is that of the function, or its last parts. */
static bool is_called(const struct debug_function *f, const char *name)
{
	size_t len = strlen(name), all = f->name ? strlen(f->name) : 0;
	const char *end;

	if (!f->die.info || all < len)
		return false;
	end = f->name + (all - len);
	if (strcmp(end, name) != 0)
		return false;
	return all == len || (all > len + 1 && end[-1] == ':' &&
	                      end[-2] == ':');
}

/* A local variable of P's function, where its frame stands. */
bool symbol_find_local(const struct place *p, const char *name,
                       struct debug_variable *v)
{
	return p->function &&
	       debug_variable_find(p->image, p->function, p->pc, NULL, name,
	                           v) && v->is_local;
}

static void place_in(struct place *p, const struct frame *frame)
{
	p->frame = frame;
	p->pc = frame->lookup_pc;
	p->function = frame->function.die.info ? &frame->function : NULL;
}

/* FUNCTION::x: of the nearest frame of the function, the selected one or one
 * further out. */
static bool find_in_frames(struct place *p, const char *function,
                           const char *name, struct debug_variable *v)
{
	enum { MOST = 1000 };
	const unsigned from = p->frame ? p->frame->level : 0;
	const struct frame *f;

	for (unsigned i = 0; p->frame && i < MOST; i++) {
		struct place there = *p;

		f = session_frame_at(p->s, p->thread, from + i);
		if (!f)
			break;
		place_in(&there, f);
		if (is_called(&f->function, function) &&
		    symbol_find_local(&there, name, v)) {
			*p = there;
			return true;
		}
	}
	return false;
}

/* A type of C++, which is known in all files, is called NAME. */
static bool is_type(const struct place *p, const char *name)
{
	const struct module *here = p->pc ? image_module_at(p->image, p->pc)
	                                  : NULL;
	const struct type *t = debug_type_find(p->image, here, 0, name);

	return t && t->name && strcmp(t->name, name) == 0 && t->no_tag &&
	       (type_is_aggregate(t) || t->kind == TYPE_ENUM);
}

static bool take_any(void *ctx, const struct debug_function *f)
{
	*(bool *)ctx = !f->name || !symbol_is_constructor(f->name);
	return !*(bool *)ctx;
}

/*
 * V is another file's own: what is known everywhere comes before it, that is
 * functions, and C++'s types.
 */
static bool outranked(const struct place *p, const char *name,
                      const struct debug_variable *v)
{
	bool found = false;

	if (!v->is_distant)
		return false;
	debug_functions_named(p->image, name, false, take_any, &found);
	return found || is_type(p, name);
}

/* FILE::x, FUNCTION::x, or a name with its namespaces.  P moves to the frame
 * that the variable is of. */
bool symbol_find_variable(struct place *p, const char *name,
                          struct debug_variable *v)
{
	const char *last = NULL;
	AUTO_FREE char *left = NULL;

	if (debug_variable_find(p->image, p->function, p->pc, NULL, name, v))
		return !outranked(p, name, v);
	for (const char *at = name; (at = strstr(at, "::")) != NULL; at += 2)
		last = at;
	if (!last)
		return false;
	left = xstrndup(name, (size_t)(last - name));
	return debug_static_find(p->image, left, last + 2, v) ||
	       debug_variable_find(p->image, p->function, p->pc, left,
	                           last + 2, v) ||
	       find_in_frames(p, left, last + 2, v);
}

/* Where nobody stands yet no object is there: one of its type is. */
static struct error *this_object(const struct place *p,
                                 const struct debug_variable *v,
                                 struct value **object)
{
	AUTO_VALUE struct value *pointer = NULL;
	const struct type *t = type_strip(v->type);

	if (p->s->compiling && t->kind == TYPE_POINTER) {
		*object = value_in_memory(p->s->world, type_target(t), 0);
		return NULL;
	}
	TRY(symbol_variable_at(p, v, &pointer));
	return value_deref(pointer, object);
}

/* NAME as a member of what `this` points at; NULL: it is none. */
struct value *symbol_find_in_this(const struct place *p, const char *name)
{
	AUTO_VALUE struct value *object = NULL;
	struct value *member = NULL;
	struct debug_variable v, local;
	struct error *err;

	if (strstr(name, "::") || !symbol_find_local(p, "this", &v) ||
	    !v.is_argument || symbol_find_local(p, name, &local))
		return NULL;
	err = this_object(p, &v, &object);
	if (!err)
		err = value_find_member(object, name, &member);
	error_destroy(err);
	return err ? NULL : member;
}

struct found_function {
	const struct place *p;
	const char *name;
	struct value **value;
	bool found;
	struct error *err;                 /* why it has no address */
};

/* Whether it ends with "D::D" or "D<int>::D": by D the class is meant. */
bool symbol_is_constructor(const char *name)
{
	size_t end = strlen(name), part = 0;
	int depth = 0;

	while (part < end && name[end - part - 1] != ':')
		part++;
	if (!part || end < 2 * part + 2)
		return false;
	end -= part;
	for (size_t at = end - 2; at; at--) {
		depth += name[at - 1] == '>' ? 1 : name[at - 1] == '<' ? -1 : 0;
		if (depth || name[at - 1] == '<')
			continue;
		return at >= part &&
		       strncmp(name + at - part, name + end, part) == 0 &&
		       (at == part || name[at - part - 1] == ':');
	}
	return false;
}

/* Debug information of an indirect function is that of its resolver. */
bool symbol_is_indirect(const struct place *p, taddr addr)
{
	struct symbol symbol;

	return image_symbol_at(p->image, addr, &symbol) &&
	       symbol.kind == SYMBOL_IFUNC && symbol.addr == addr;
}

/* Of functions written in assembly debug information says no types. */
static bool is_assembly(const struct place *p, taddr addr)
{
	enum { LANG_ASSEMBLER = 0x8001 };
	struct debug_unit_info unit;

	return debug_unit_at(p->image, addr, &unit) &&
	       unit.language == LANG_ASSEMBLER;
}

static bool take_function(void *ctx, const struct debug_function *f)
{
	struct found_function *found = ctx;
	const struct type *t = debug_function_type(f);

	if (!t || f->inlined || is_assembly(found->p, f->entry) ||
	    symbol_is_indirect(found->p, f->entry) ||
	    (f->name && symbol_is_constructor(f->name) &&
	     !symbol_is_constructor(found->name)))
		return true;
	*found->value = value_in_memory(found->p->s->world, t, f->entry);
	found->found = true;
	return false;
}

/*
 * The type of the function that begins at ADDR, by another name: libc's
 * debug information calls puts _IO_puts.  NULL: none, or one that says nothing,
 * as that of assembly.
 */
static const struct type *type_of_alias(const struct place *p, taddr addr)
{
	struct debug_function functions[8];
	size_t count = debug_functions_at(p->image, addr, functions,
	                                  ARRAY_LEN(functions));
	const struct type *t;

	if (!count || functions[count - 1].entry != addr ||
	    functions[count - 1].inlined)
		return NULL;
	t = debug_function_type(&functions[count - 1]);
	return t && t->prototyped ? t : NULL;
}

static bool take_symbol(void *ctx, const struct symbol *s)
{
	struct found_function *found = ctx;
	const struct type *alias = s->kind == SYMBOL_FUNCTION
		? type_of_alias(found->p, s->addr) : NULL;
	const struct type *t = alias ? alias
		: s->kind == SYMBOL_FUNCTION ? &no_debug_text
		: s->kind == SYMBOL_IFUNC ? &no_debug_ifunc : &no_debug_data;
	taddr addr = s->addr;

	if (s->kind == SYMBOL_TLS) {
		t = &no_debug_tls;
		if (!found->p->thread)
			return true;
		found->err = session_tls_address(found->p->thread, s->module,
		                                 s->addr, &addr);
	}
	if (!found->err)
		*found->value = value_in_memory(found->p->s->world, t, addr);
	found->found = true;
	return false;
}

static bool take_file(void *ctx, const struct source_line *line)
{
	(void)line;
	*(bool *)ctx = true;
	return false;
}

static bool is_file(struct image *image, const char *name, size_t len)
{
	AUTO_FREE char *file = xstrndup(name, len);
	bool found = false;

	if (strchr(file, '.'))
		debug_files_named(image, file, take_file, &found);
	return found;
}

/* True, and *VALUE is untouched where *ERR says why it can't be told. */
static bool find_function(const struct place *p, const char *name,
                          struct value **value, struct error **err)
{
	struct found_function found = { .p = p, .name = name,
	                                .value = value };
	const char *last = strstr(name, "::");

	debug_functions_meant(p->image, p->pc, name, take_function, &found);
	/* 'file.c'::f is f. */
	if (!found.found && last && is_file(p->image, name,
	                                    (size_t)(last - name)))
		debug_functions_meant(p->image, p->pc, last + 2,
		                      take_function, &found);
	/* What debug information knows comes before mere symbols. */
	if (!found.found && !is_type(p, name))
		image_symbols_named(p->image, NULL, name, take_symbol, &found);
	*err = found.err;
	return found.found;
}

static struct error *value_in_place(struct place *p, const char *name,
                                    struct debug_variable *v, bool *variable,
                                    struct value **value)
{
	struct error *err;

	*variable = false;
	*value = symbol_find_in_this(p, name);
	if (!*value)
		*value = symbol_method_of_this(p, name);
	if (*value)
		return NULL;
	*variable = symbol_find_variable(p, name, v);
	if (*variable)
		return symbol_variable_at(p, v, value);
	if (find_function(p, name, value, &err))
		return err;
	return error_new(ERROR_NOT_FOUND, "unknown name \"%s\"", name);
}

struct error *symbol_value(struct session *s, struct thread *t,
                           const char *name, struct value **value)
{
	struct debug_variable v;
	struct place p;
	bool variable;

	if (!symbol_place_init(&p, s, t))
		return error_new(ERROR_NOT_FOUND, "unknown name \"%s\"", name);
	return value_in_place(&p, name, &v, &variable, value);
}


static void destroy_kept(void *data)
{
	struct kept_symbol *k = data;

	free(k->name);
	free(k);
}

struct error *symbol_compile(struct session *s, struct thread *t,
                             const char *name, struct expr_symbol *symbol)
{
	struct debug_variable v;
	struct kept_symbol *kept;
	struct value *value = NULL;
	struct error *err = NULL;
	struct place p;

	if (!symbol_place_init(&p, s, t))
		return NULL;
	value = symbol_find_in_this(&p, name);
	if (!value)
		value = symbol_method_of_this(&p, name);
	if (!value && !symbol_find_variable(&p, name, &v) &&
	    !find_function(&p, name, &value, &err))
		return NULL;
	/* Why it has no address is said when it is evaluated. */
	error_destroy(err);
	value_unref(value);
	kept = xcalloc(1, sizeof(*kept));
	kept->name = xstrdup(name);
	*symbol = (struct expr_symbol){
		.known = true, .data = kept, .destroy = destroy_kept,
	};
	return NULL;
}

struct error *symbol_evaluate(struct session *s, struct thread *t,
                              const struct expr_symbol *symbol,
                              struct value **value)
{
	struct kept_symbol *kept = symbol->data;
	struct debug_variable v;
	struct place p;
	struct thread *of = t ? t : s->current;
	bool variable;
	taddr addr;

	if (of && kept->image &&
	    kept->image == session_image(s, of->process) &&
	    !kept->module->gone) {
		*value = value_in_memory(s->world, kept->type, kept->addr);
		return NULL;
	}
	if (!symbol_place_init(&p, s, t))
		return session_need_stopped(s, &of);
	TRY(value_in_place(&p, kept->name, &v, &variable, value));
	/* A variable of the program that no frame is needed for. */
	if (variable && v.module && !p.function &&
	    value_address(*value, &addr) && is_fixed(&v)) {
		kept->image = p.image;
		kept->module = v.module;
		kept->type = v.type;
		kept->addr = addr;
	}
	return NULL;
}

const struct type *symbol_type(struct session *s, struct thread *t, char tag,
                               const char *name)
{
	const struct module *module = NULL;
	struct place p;

	if (!symbol_place_init(&p, s, t))
		return NULL;
	if (p.frame)
		module = p.frame->module;
	return debug_type_find(p.image, module, tag == 'c' ? 's' : tag, name);
}
