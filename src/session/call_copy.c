/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/call_copy.h"

#include "base/alloc.h"
#include "session/internal.h"
#include "session/world.h"

#include <stdlib.h>
#include <string.h>

enum { CLASS_DEPTH = 8, MAX_COPY = 1 << 16 };

static const struct type_method *special(const struct type *t, bool end)
{
	size_t count;
	const struct type_method *m = type_methods(t, &count);

	for (size_t i = 0; i < count; i++)
		if (end ? type_method_destroys(&m[i])
		        : type_method_copies(t, &m[i]))
			return &m[i];
	return NULL;
}

/*
 * The compiler names a constructor that is only declared "...C4E...", of which
 * C1, or where nothing is to be told apart C2, is code: D4, D1, D2 likewise.
 */
static taddr code_of(struct session *s, const struct type_method *m, bool end)
{
	const struct value_world *w = s->world;
	const char *mark = end ? "D4E" : "C4E", *at;
	AUTO_FREE char *name = m->linkage_name ? xstrdup(m->linkage_name)
	                                       : NULL;
	char *variant = NULL;
	taddr addr;

	for (at = name; at && (at = strstr(at, mark)); at++)
		variant = name + (at - name) + 1;
	for (char which = '1'; variant && which <= '2'; which++) {
		*variant = which;
		if (w->symbol_address &&
		    w->symbol_address(w->ctx, name, &addr))
			return addr;
	}
	return 0;
}

/* Whether bytes of a T, copied, are a copy. */
static bool is_plain(const struct type *t, unsigned depth)
{
	size_t count;
	const struct type_member *m;

	t = type_strip(t);
	while (t->kind == TYPE_ARRAY)
		t = type_strip(type_target(t));
	if (!type_is_by_reference(t))
		return true;
	if (depth > CLASS_DEPTH || special(t, false))
		return false;
	m = type_members(t, &count);
	for (size_t i = 0; i < count; i++)
		if (m[i].is_virtual || (!m[i].is_static && m[i].artificial) ||
		    (!m[i].is_static && !is_plain(m[i].type, depth + 1)))
			return false;
	return true;
}

static struct error *run(struct call_copies *c, struct session *s,
                         struct thread *t, taddr function, taddr object,
                         const taddr *from)
{
	struct type_pool *pool = s->world->pool;
	const struct type *pointer = type_pointer_to(pool, type_void(pool));
	AUTO_VALUE struct value *this = value_of_integer(s->world, pointer,
	                                                 object);
	AUTO_VALUE struct value *other = value_of_integer(s->world, pointer,
	                                                  from ? *from : 0);
	AUTO_VALUE struct value *nothing = NULL;
	struct value *items[] = { this, other };
	const struct call_args args = { .items = items,
	                                .count = from ? 2 : 1 };

	return session_call_below(s, t, function, type_function_to(pool,
	                          type_void(pool)), &args, c->sp, &nothing);
}

static struct error *no_copy(const struct type *t)
{
	return error_new(ERROR_UNSUPPORTED, "the program has no code to copy "
	                 "a %s, which is passed by value", t->name);
}

static taddr reserve(struct call_copies *c, uint64_t size)
{
	c->sp = (c->sp - size) & ~(taddr)15;
	return c->sp;
}

/* Where V is as a T; pushed where it is nowhere. */
static struct error *place(struct call_copies *c, struct session *s,
                           struct thread *t, struct value *v,
                           const struct type *type, taddr *addr)
{
	AUTO_VALUE struct value *cast = NULL, *pointer = NULL, *as = NULL;
	const uint8_t *data;

	if (value_address(v, addr)) {
		TRY(value_address_of(v, &pointer));
		TRY(value_cast(pointer, type_pointer_to(s->world->pool, type),
		               &as));
		return value_as_address(as, addr);
	}
	TRY(value_cast(v, type, &cast));
	TRY(value_bytes(cast, &data));
	*addr = reserve(c, type_size(type));
	return target_write(t->process, *addr, data, type_size(type));
}

/* V, as the class TYPE, copied as the class has it. */
static struct error *copy(struct call_copies *c, struct session *s,
                          struct thread *t, struct value *v,
                          const struct type *type, struct value **made)
{
	const struct type_method *m = special(type, false);
	AUTO_FREE uint8_t *zeros = NULL;
	uint64_t size = type_size(type);
	taddr from, at, code;

	if (!type_is_aggregate(value_type(v)) || !size || size > MAX_COPY)
		return error_new(ERROR_USAGE, "an argument is not of the type "
		                 "that the function wants");
	code = m ? code_of(s, m, false) : 0;
	if (!code && !is_plain(type, 0))
		return no_copy(type);
	TRY(place(c, s, t, v, type, &from));
	at = reserve(c, size);
	zeros = xcalloc(1, size);
	if (!code)
		TRY(target_read(t->process, from, zeros, size));
	TRY(target_write(t->process, at, zeros, size));
	if (code)
		TRY(run(c, s, t, code, at, &from));
	vec_push(&c->made, ((struct call_copy){ .addr = at, .type = type }));
	*made = value_in_memory(s->world, type, at);
	return NULL;
}

static bool is_reference(const struct value *v)
{
	const struct type *t = type_strip(value_type(v));

	return t->kind == TYPE_REFERENCE || t->kind == TYPE_RVALUE_REFERENCE;
}

struct error *call_copies_make(struct call_copies *c, struct session *s,
                               struct thread *t, const struct type *function,
                               struct value *const *args, size_t count)
{
	size_t wanted;
	const struct type_member *m = type_members(function, &wanted);

	c->args.items = xcalloc(count + 1, sizeof(*c->args.items));
	for (size_t i = 0; i < count; i++) {
		AUTO_VALUE struct value *plain = value_ref(args[i]);
		struct value *made = NULL;
		const struct type *as = i < wanted ? type_strip(m[i].type)
		                                   : NULL;

		if (as && type_is_by_reference(as)) {
			if (is_reference(args[i])) {
				value_unref(plain);
				plain = NULL;
				TRY(value_deref(args[i], &plain));
			}
			TRY(copy(c, s, t, plain, as, &made));
		}
		c->args.items[c->args.count++] = made ? made
		                                      : value_ref(args[i]);
	}
	return NULL;
}

struct error *call_copies_end(struct call_copies *c, struct session *s,
                              struct thread *t)
{
	struct error *err = NULL;

	for (size_t i = c->made.len; i-- > 0 && !err;) {
		const struct call_copy *made = &c->made.items[i];
		const struct type_method *m = special(made->type, true);
		taddr code = m ? code_of(s, m, true) : 0;

		if (code)
			err = run(c, s, t, code, made->addr, NULL);
	}
	return err;
}

void call_copies_deinit(struct call_copies *c)
{
	for (size_t i = 0; i < c->args.count; i++)
		value_unref(c->args.items[i]);
	free(c->args.items);
	vec_deinit(&c->made);
}
