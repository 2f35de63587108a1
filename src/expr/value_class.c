/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Classes of C++, as the Itanium ABI lays them out: pointers to members, base
 * classes, tables of virtual functions.
 */
#include "expr/value_impl.h"

#include <string.h>

enum { BASE_DEPTH = 16 };

struct value *value_at_offset(struct value *v, const struct type *t,
                              int64_t offset)
{
	return value_in_memory(v->world, t, v->addr + (taddr)offset);
}

static bool is_called(const struct type *t, const char *name)
{
	const char *whole = type_strip(t)->name;
	size_t len, end = strlen(name);

	if (!whole)
		return false;
	len = strlen(whole);
	return len >= end && strcmp(whole + len - end, name) == 0 &&
	       (len == end || whole[len - end - 1] == ':');
}

static struct error *find_base(struct value *v, const char *name,
                               unsigned depth, struct value **part)
{
	size_t count;
	const struct type_member *m = type_members(v->type, &count);

	if (is_called(v->type, name)) {
		*part = value_ref(v);
		return NULL;
	}
	for (size_t i = 0; i < count && depth < BASE_DEPTH && !*part; i++) {
		AUTO_VALUE struct value *base = NULL;

		if (!m[i].is_base)
			continue;
		TRY(value_member(v, &m[i], &base));
		TRY(find_base(base, name, depth + 1, part));
	}
	return NULL;
}

struct error *value_as_base(struct value *v, const char *name,
                            struct value **part)
{
	AUTO_VALUE struct value *plain = NULL;
	struct value *found = NULL;

	TRY(value_unreferenced(v, &plain));
	TRY(find_base(plain, name, 0, &found));
	if (!found)
		return error_new(ERROR_NOT_FOUND, "it has no base class %s",
		                 name);
	*part = found;
	return NULL;
}

static const struct type_method *find_method(const struct type *class,
                                             const char *name)
{
	size_t count;
	const struct type_method *m = type_methods(class, &count);

	for (size_t i = 0; i < count; i++)
		if (!m[i].artificial && strcmp(m[i].name, name) == 0)
			return &m[i];
	return NULL;
}

static struct error *no_code(const struct type_method *m)
{
	return error_new(ERROR_NOT_FOUND, "the program has no code of its own "
	                 "for %s", m->name);
}

/* The two words of a pointer to a method. */
static struct error *method_pointer(const struct value_world *w,
                                    const struct type *class,
                                    const struct type_method *m,
                                    struct value **made)
{
	uint64_t word = type_size(type_pointer_to(w->pool, class));
	uint8_t data[16] = { 0 };
	taddr addr = 0;

	if (m->is_virtual && m->has_slot)
		addr = m->slot * word + 1;
	else if (!m->linkage_name || !w->symbol_address ||
	         !w->symbol_address(w->ctx, m->linkage_name, &addr))
		return no_code(m);
	if (m->is_static) {
		*made = value_of_integer(w, type_pointer_to(w->pool, m->type),
		                         addr);
		return NULL;
	}
	value_store(data, word, addr);
	*made = value_of_bytes(w, type_member_pointer(w->pool, class, m->type),
	                       data);
	return NULL;
}

struct error *value_member_pointer(const struct value_world *w,
                                   const struct type *class, const char *name,
                                   struct value **made)
{
	const struct type_method *method = find_method(class, name);
	size_t count;
	const struct type_member *m = type_members(class, &count);

	if (method)
		return method_pointer(w, class, method, made);
	for (size_t i = 0; i < count; i++) {
		if (!m[i].name || m[i].is_base || m[i].is_static ||
		    strcmp(m[i].name, name) != 0)
			continue;
		if (m[i].bit_size)
			return error_new(ERROR_USAGE, "a bit-field has no "
			                 "address");
		*made = value_of_integer(w, type_member_pointer(w->pool, class,
		                         m[i].type), m[i].offset);
		return NULL;
	}
	return NULL;
}

/* V, an object of CLASS or of one that is made of it, as CLASS. */
static struct error *as_class(struct value *v, const struct type *class,
                              struct value **object)
{
	struct value *part = NULL;

	if (class)
		TRY(value_base_of(v, class, &part));
	if (!part)
		return error_new(ERROR_USAGE, "the pointer is to members of "
		                 "another class");
	*object = part;
	return NULL;
}

static struct error *by_method(struct value *v, struct value *pointer,
                               struct value **object, struct value **part)
{
	const struct type *t = type_strip(pointer->type);
	size_t word = type_size(t) / 2;
	const uint8_t *data;
	uint64_t addr, table;
	int64_t move;

	TRY(value_bytes(pointer, &data));
	addr = (uint64_t)value_load(data, word, false);
	move = (int64_t)value_load(data + word, word, true);
	if (!addr)
		return error_new(ERROR_USAGE, "the pointer to a member is "
		                 "NULL");
	*object = value_at_offset(v, v->type, move);
	if (addr & 1) {
		TRY(value_word_at(v->world, (*object)->addr, &table));
		TRY(value_word_at(v->world, table + addr - 1, &addr));
	}
	*part = value_in_memory(v->world, type_target(t), addr);
	return NULL;
}

struct error *value_by_member_pointer(struct value *v, struct value *pointer,
                                      struct value **object,
                                      struct value **part)
{
	AUTO_VALUE struct value *plain = NULL, *whole = NULL, *bare = NULL;
	const struct type *t;
	taddr addr;
	wide n;

	TRY(value_unreferenced(v, &plain));
	TRY(value_unreferenced(pointer, &bare));
	t = type_strip(bare->type);
	if (t->kind != TYPE_MEMBER_POINTER)
		return error_new(ERROR_USAGE,
		                 "that is no pointer to a member");
	if (!type_is_aggregate(plain->type) || !value_address(plain, &addr))
		return error_new(ERROR_USAGE, "that is no object in memory");
	TRY(as_class(plain, t->container, &whole));
	if (type_is_kind(type_target(t), TYPE_FUNCTION))
		return by_method(whole, bare, object, part);
	TRY(value_wide(bare, &n));
	if ((uint64_t)n == UINT64_MAX || (type_size(t) == 4 &&
	                                  (uint32_t)n == UINT32_MAX))
		return error_new(ERROR_USAGE, "the pointer to a member is "
		                 "NULL");
	*part = value_at_offset(whole, type_target(t), (int64_t)n);
	return NULL;
}

struct error *value_method_address(struct value *v, const struct type_method *m,
                                   bool is_virtual, taddr *addr)
{
	const struct value_world *w = v->world;
	uint64_t word = type_size(type_pointer_to(w->pool, v->type));
	uint64_t table;
	taddr at;

	if (is_virtual && m->is_virtual && m->has_slot &&
	    value_address(v, &at)) {
		TRY(value_word_at(w, at, &table));
		return value_word_at(w, table + m->slot * word, addr);
	}
	if (m->linkage_name && w->symbol_address &&
	    w->symbol_address(w->ctx, m->linkage_name, addr))
		return NULL;
	return no_code(m);
}

/* The member at OFFSET of CLASS or its bases. */
static bool find_offset(const struct type *class, uint64_t offset,
                        unsigned depth, const struct type **owner,
                        const char **name)
{
	size_t count;
	const struct type_member *m = type_members(class, &count);

	for (size_t i = 0; i < count && depth < BASE_DEPTH; i++) {
		if (m[i].is_static || m[i].is_virtual)
			continue;
		if (m[i].is_base && offset >= m[i].offset &&
		    offset - m[i].offset < type_size(m[i].type) &&
		    find_offset(m[i].type, offset - m[i].offset, depth + 1,
		                owner, name))
			return true;
		if (m[i].is_base || !m[i].name || m[i].offset != offset)
			continue;
		*owner = type_strip(class);
		*name = m[i].name;
		return true;
	}
	return false;
}

static void print_data_pointer(struct printer *p, const struct type *t,
                               int64_t n)
{
	const struct type *owner;
	const char *name;

	if (n == -1)
		buf_puts(p->text, "NULL");
	else if (t->container && n >= 0 &&
	         find_offset(t->container, (uint64_t)n, 0, &owner, &name))
		buf_printf(p->text, "&%s::%s", owner->name ? owner->name : "",
		           name);
	else
		print_wide(p->text, (wide)(swide)n, true);
}

/* The class that has the virtual method in SLOT first. */
static const struct type_method *find_slot(const struct type *class,
                                           uint64_t slot, unsigned depth,
                                           const struct type **owner)
{
	size_t count;
	const struct type_method *m = type_methods(class, &count), *found;
	const struct type_member *bases;

	for (size_t i = 0; i < count; i++)
		if (m[i].is_virtual && m[i].has_slot && m[i].slot == slot) {
			*owner = type_strip(class);
			return &m[i];
		}
	bases = type_members(class, &count);
	for (size_t i = 0; i < count && depth < BASE_DEPTH; i++)
		if (bases[i].is_base && !bases[i].is_virtual &&
		    !bases[i].offset) {
			found = find_slot(bases[i].type, slot, depth + 1,
			                  owner);
			if (found)
				return found;
		}
	return NULL;
}

static void print_virtual(struct printer *p, const struct type *t,
                          uint64_t offset)
{
	const struct type *owner = NULL;
	const struct type_method *m = t->container
		? find_slot(t->container, offset / (t->size / 2), 0, &owner)
		: NULL;
	const struct type_member *params;
	const char *between = "";
	size_t count;

	if (!m) {
		buf_puts(p->text, "&virtual table offset ");
		print_wide(p->text, offset, false);
		return;
	}
	buf_printf(p->text, "&virtual %s::%s(", owner->name ? owner->name : "",
	           m->name);
	params = type_members(m->type, &count);
	for (size_t i = 0; i < count; i++) {
		if (params[i].artificial)
			continue;
		buf_puts(p->text, between);
		type_name(params[i].type, "", p->text);
		between = ", ";
	}
	buf_puts(p->text, m->is_const ? ") const" : ")");
}

void print_member_pointer(struct printer *p, const struct type *t,
                          const uint8_t *data)
{
	size_t word = type_size(t) / 2;
	uint64_t addr;
	int64_t move;

	if (!type_is_kind(type_target(t), TYPE_FUNCTION) || !word) {
		print_data_pointer(p, t, (int64_t)value_load(data,
		                   type_size(t), true));
		return;
	}
	addr = (uint64_t)value_load(data, word, false);
	move = (int64_t)value_load(data + word, word, true);
	if (addr & 1) {
		print_virtual(p, t, addr - 1);
	} else if (addr) {
		buf_putc(p->text, '(');
		type_name(t, "", p->text);
		buf_puts(p->text, ") ");
		print_address(p, addr, true);
	} else {
		buf_puts(p->text, "NULL");
		return;
	}
	if (move) {
		buf_puts(p->text, ", this adjustment ");
		print_wide(p->text, (wide)(swide)move, true);
	}
}
