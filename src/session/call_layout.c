/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/call_layout.h"

#include <stddef.h>
#include <string.h>

#define AT(field) offsetof(struct user_regs_struct, field)

enum { MAX_DEPTH = 8, MAX_PARTS = 64 };

/* Two classes that share eight bytes. */
static enum pass merge(enum pass a, enum pass b)
{
	if (a == b || b == PASS_NONE)
		return a;
	if (a == PASS_NONE)
		return b;
	if (a == PASS_MEMORY || b == PASS_MEMORY || a == PASS_X87 ||
	    b == PASS_X87)
		return PASS_MEMORY;
	return PASS_INTEGER;
}

static void classify(const struct type *t, uint64_t offset, unsigned depth,
                     struct passing *p);

static void add(struct passing *p, uint64_t offset, uint64_t size,
                enum pass pass)
{
	if (offset + size > 16) {
		p->pass[0] = PASS_MEMORY;
		return;
	}
	for (uint64_t at = offset / 8; at * 8 < offset + size; at++)
		p->pass[at] = merge(p->pass[at], pass);
}

static void classify_members(const struct type *t, uint64_t offset,
                             unsigned depth, struct passing *p)
{
	size_t count;
	const struct type_member *m = type_members(t, &count);

	for (size_t i = 0; i < count && i < MAX_PARTS; i++)
		if (!m[i].is_static)
			classify(m[i].type, offset + m[i].offset, depth, p);
	if (count > MAX_PARTS)
		p->pass[0] = PASS_MEMORY;
}

static void classify(const struct type *t, uint64_t offset, unsigned depth,
                     struct passing *p)
{
	uint64_t size;

	t = type_strip(t);
	size = type_size(t);
	if (depth > MAX_DEPTH || offset + size > 16) {
		p->pass[0] = PASS_MEMORY;
		return;
	}
	switch (t->kind) {
	case TYPE_FLOAT:
		add(p, offset, size, size > 8 ? PASS_X87 : PASS_SSE);
		break;
	case TYPE_COMPLEX:
		add(p, offset, size, size > 16 ? PASS_MEMORY : PASS_SSE);
		break;
	case TYPE_VECTOR:
		add(p, offset, size, PASS_SSE);
		break;
	case TYPE_ARRAY:
		for (uint64_t i = 0; i < t->count && i < 16; i++)
			classify(type_target(t),
			         offset + i * type_size(type_target(t)),
			         depth + 1, p);
		break;
	case TYPE_STRUCT: case TYPE_CLASS: case TYPE_UNION:
		classify_members(t, offset, depth + 1, p);
		break;
	default:
		add(p, offset, size, PASS_INTEGER);
	}
}

struct passing call_classify(const struct type *t)
{
	struct passing p = { .eights = 1 };

	t = type_strip(t);
	if (t->kind == TYPE_VARIANT || type_size(t) > 16 || !type_size(t) ||
	    type_is_by_reference(t))
		p.pass[0] = PASS_MEMORY;
	else
		classify(t, 0, 0, &p);
	if (p.pass[1] == PASS_MEMORY || p.pass[1] == PASS_X87)
		p.pass[0] = p.pass[0] == PASS_X87 ? PASS_X87 : PASS_MEMORY;
	/* A struct around a long double is in memory as an argument. */
	if (p.pass[0] != PASS_MEMORY && p.pass[0] != PASS_X87 &&
	    type_size(t) > 8)
		p.eights = 2;
	return p;
}

static bool add_memory(struct call_frame *f, const uint8_t *data, size_t size,
                       size_t align)
{
	size_t at = (f->used + align - 1) & ~(align - 1);
	size_t room = (size + f->arch->word - 1) & ~(size_t)(f->arch->word - 1);

	if (at + room > sizeof(f->stack))
		return false;
	memset(f->stack + at, 0, room);
	memcpy(f->stack + at, data, size);
	f->used = at + room;
	return true;
}

static void set_vector(struct call_frame *f, unsigned number,
                       const uint8_t *data, size_t size)
{
	uint8_t bytes[ARCH_XREG_MAX_BYTES] = { 0 };
	struct arch_xreg reg = { .kind = XREG_VECTOR, .size = 16,
	                         .number = (uint8_t)number };

	memcpy(bytes, data, size);
	arch_xreg_set(&reg, f->state, bytes);
}

static bool is_vector(const struct type *t)
{
	return type_strip(t)->kind == TYPE_VECTOR;
}

bool call_add(struct call_frame *f, const struct type *t, const uint8_t *data,
              size_t size)
{
	static const uint16_t order[] = { AT(rdi), AT(rsi), AT(rdx), AT(rcx),
	                                  AT(r8), AT(r9) };
	struct passing p = call_classify(t);
	unsigned integers = 0, vectors = 0;

	if (f->arch->word == 4)
		return add_memory(f, data, size, 4);
	for (unsigned i = 0; i < p.eights; i++) {
		integers += p.pass[i] == PASS_INTEGER;
		vectors += p.pass[i] == PASS_SSE;
	}
	if (p.pass[0] == PASS_MEMORY || p.pass[0] == PASS_X87 ||
	    f->integers + integers > ARRAY_LEN(order) ||
	    f->vectors + vectors > 8)
		return add_memory(f, data, size, p.pass[0] == PASS_X87 ? 16 : 8);
	if (is_vector(t)) {
		set_vector(f, f->vectors++, data, size);
		return true;
	}
	for (unsigned i = 0; i < p.eights; i++) {
		size_t len = size - i * 8 < 8 ? size - i * 8 : 8;
		uint64_t word = 0;

		memcpy(&word, data + i * 8, len);
		if (p.pass[i] == PASS_SSE)
			set_vector(f, f->vectors++, data + i * 8, len);
		else if (p.pass[i] == PASS_INTEGER)
			arch_word_set(&f->regs, order[f->integers++], word);
	}
	return true;
}

bool call_result_in_memory(const struct arch *arch, const struct type *t)
{
	t = type_strip(t);
	if (t->kind == TYPE_VOID)
		return false;
	if (arch->word == 4)
		return type_is_aggregate(t) || t->kind == TYPE_VARIANT ||
		       t->kind == TYPE_ARRAY;
	return call_classify(t).pass[0] == PASS_MEMORY;
}

static void get_x(const struct arch_xstate *state, enum arch_xreg_kind kind,
                  unsigned number, uint8_t data[ARCH_XREG_MAX_BYTES])
{
	struct arch_xreg reg = { .kind = kind, .number = (uint8_t)number,
	                         .size = kind == XREG_X87 ? 10 : 16 };

	arch_xreg_get(&reg, state, data);
}

/* The top of the x87 stack, as T. */
static void x87_result(const struct type *t, const struct arch_xstate *state,
                       uint8_t data[16])
{
	uint8_t bytes[ARCH_XREG_MAX_BYTES];
	long double value = 0;
	double wide;
	float narrow;

	get_x(state, XREG_X87, 0, bytes);
	memcpy(&value, bytes, 10);
	wide = (double)value;
	narrow = (float)value;
	memset(data, 0, 16);
	if (type_size(t) == 4)
		memcpy(data, &narrow, 4);
	else if (type_size(t) == 8)
		memcpy(data, &wide, 8);
	else
		memcpy(data, bytes, 10);
}

void call_result(const struct arch *arch, const struct type *t,
                 const struct arch_regs *regs,
                 const struct arch_xstate *state, uint8_t data[16])
{
	const uint64_t words[2] = { regs->user.rax, regs->user.rdx };
	struct passing p = call_classify(t);
	unsigned integers = 0, vectors = 0;
	uint8_t bytes[ARCH_XREG_MAX_BYTES];

	memset(data, 0, 16);
	if (arch->word == 4) {
		uint64_t both = (uint32_t)words[0] | words[1] << 32;

		memcpy(data, &both, sizeof(both));
		if (type_strip(t)->kind == TYPE_FLOAT)
			x87_result(t, state, data);
		return;
	}
	if (p.pass[0] == PASS_X87) {
		x87_result(t, state, data);
		return;
	}
	for (unsigned i = 0; i < p.eights; i++) {
		if (p.pass[i] == PASS_INTEGER) {
			memcpy(data + i * 8, &words[integers++], 8);
			continue;
		}
		get_x(state, XREG_VECTOR, vectors, bytes);
		if (is_vector(t)) {
			memcpy(data, bytes, 16);
			return;
		}
		memcpy(data + i * 8, bytes, 8);
		vectors++;
	}
}
