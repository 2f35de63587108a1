/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/fast.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "session/symbol_place.h"
#include "symbols/debug.h"
#include "symbols/unwind.h"

#include <stdlib.h>
#include <string.h>

enum { SLOT_LOCAL, SLOT_REG };

enum { AT_ADDRESS = -1 };

struct local {
	bool in_register;     /* all of it; else in memory */
	int base;             /* DWARF's register; AT_ADDRESS: none */
	int64_t offset;       /* from it; or the address */
	unsigned size;        /* bytes */
	bool is_signed;
};

struct fast_condition {
	struct expr *expr;
	const struct arch *arch;
	VEC(struct local *) locals;
};

/* While it is compiled. */
struct compiling {
	struct session *s;
	const struct code_scope *scope;
	struct fast_condition *fast;
};

void fast_destroy(struct fast_condition *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->locals.len; i++)
		free(f->locals.items[i]);
	vec_deinit(&f->locals);
	expr_destroy(f->expr);
	free(f);
}

/*
 * Registers that no program has, in two settings: what a place does from one to
 * the other tells which it hangs on, and no sum of two looks like a third.
 */
static uint64_t made_up(const struct arch *arch, unsigned reg, unsigned trial)
{
	unsigned shift = arch->word == 8 ? 32 : 16;
	uint64_t n = reg + 1;

	return (n * n + 8 * trial * n) << shift;
}

static bool no_register(void *ctx, unsigned reg, uint8_t data[REG_MAX_BYTES],
                        size_t *len)
{
	(void)ctx, (void)reg, (void)data, (void)len;
	return false;
}

static bool locate(const struct compiling *c, const struct debug_function *f,
                   const struct debug_variable *v, unsigned trial,
                   struct location *location)
{
	const struct arch *arch = c->fast->arch;
	struct arch_regs regs = { 0 };
	const struct frame *frame;
	struct backtrace *b;
	struct error *err = NULL;

	for (unsigned i = 0; i < arch->dwarf_count; i++)
		arch_word_set(&regs, arch->dwarf_regs[i],
		              made_up(arch, i, trial));
	arch_word_set(&regs, arch->pc_offset, c->scope->pc);
	b = backtrace_create(c->scope->image, arch, &regs, no_register, NULL);
	backtrace_set_entered(b, UINT32_MAX);
	frame = backtrace_frame(b, 0);
	if (frame)
		err = debug_locate(v, f, frame_context(frame), location);
	backtrace_destroy(b);
	error_destroy(err);
	return frame && !err && location->count == 1;
}

/* A and B: where it is in the two settings. */
static bool take_address(const struct arch *arch, taddr a, taddr b,
                         struct local *local)
{
	const int64_t most = arch->word == 8 ? INT32_MAX : INT16_MAX;
	uint64_t mask = arch->word == 8 ? UINT64_MAX : UINT32_MAX;

	local->base = AT_ADDRESS;
	local->offset = (int64_t)a;
	if (a == b)
		return true;
	for (unsigned i = 0; i < arch->dwarf_count; i++) {
		uint64_t first = made_up(arch, i, 0);
		int64_t offset = (int64_t)(a - first);

		if (((b - a) & mask) != ((made_up(arch, i, 1) - first) & mask))
			continue;
		if (arch->word == 4)
			offset = (int32_t)offset;
		local->base = (int)i;
		local->offset = offset;
		return offset <= most && offset >= -most;
	}
	return false;
}

static bool find_local(const struct compiling *c,
                       const struct debug_function *f,
                       const struct debug_variable *v, struct local *local)
{
	AUTO_FREE struct location *one = xcalloc(1, sizeof(*one));
	AUTO_FREE struct location *two = xcalloc(1, sizeof(*two));
	const struct location_piece *a = &one->pieces[0], *b = &two->pieces[0];

	if (!locate(c, f, v, 0, one) || !locate(c, f, v, 1, two) ||
	    a->kind != b->kind || a->bit_offset || b->bit_offset ||
	    (a->bits && a->bits != local->size * 8u))
		return false;
	if (a->kind == LOCATION_MEMORY)
		return take_address(c->fast->arch, a->addr, b->addr, local);
	local->in_register = a->kind == LOCATION_REGISTER;
	local->base = (int)a->reg;
	return local->in_register && a->reg == b->reg &&
	       a->reg < c->fast->arch->dwarf_count;
}

/* A number or a pointer. */
static bool fits_machine(const struct type *t, struct local *local,
                         struct expr_ref *ref)
{
	uint64_t size = type_size(t);

	if (t->kind != TYPE_POINTER && !type_is_integral(t))
		return false;
	if (size != 1 && size != 2 && size != 4 && size != 8)
		return false;
	local->size = (unsigned)size;
	local->is_signed = t->kind != TYPE_POINTER && t->is_signed;
	ref->is_pointer = t->kind == TYPE_POINTER;
	ref->bits = (uint8_t)(size * 8);
	ref->zero_extended = !local->is_signed;
	ref->type = size == 8 && !local->is_signed ? EXPR_UINT : EXPR_INT;
	/* Of an i386 program: C compares it without a sign. */
	return !(ref->is_pointer && size < 8);
}

static struct error *lookup_local(void *ctx, const char *name,
                                  struct expr_ref *ref)
{
	struct compiling *c = ctx;
	struct debug_variable v;
	struct local found = { 0 }, *local;
	struct value *member;
	struct place p;

	if (!symbol_place_init(&p, c->s, NULL) || !p.function)
		return NULL;
	member = symbol_find_in_this(&p, name);
	value_unref(member);
	if (member ||
	    !debug_variable_find(p.image, p.function, p.pc, NULL, name, &v) ||
	    v.is_constant || !v.type ||
	    !fits_machine(type_strip(v.type), &found, ref) ||
	    !find_local(c, p.function, &v, &found))
		return NULL;
	local = xmalloc(sizeof(*local));
	*local = found;
	vec_push(&c->fast->locals, local);
	ref->kind = EXPR_REF_SLOT;
	ref->slot = SLOT_LOCAL;
	ref->data = local;
	return NULL;
}

static struct error *lookup_reg(void *ctx, const char *name,
                                struct expr_ref *ref)
{
	const struct compiling *c = ctx;
	const struct arch_reg *reg = arch_reg_find(c->fast->arch, name);

	if (!reg || reg->size != 8)
		return NULL;
	ref->kind = EXPR_REF_SLOT;
	ref->slot = SLOT_REG;
	ref->data = reg;
	ref->type = reg->code ? EXPR_UINT : EXPR_INT;
	return NULL;
}

/* Others are for the long way. */
static bool any_dollar(void *ctx, const char *name)
{
	(void)ctx, (void)name;
	return true;
}

struct fast_condition *fast_compile(struct session *s, struct process *p,
                                    const struct code_scope *where,
                                    const char *text)
{
	struct fast_condition *f = xcalloc(1, sizeof(*f));
	struct compiling c = { s, where, f };
	struct expr_scope scope = {
		.ctx = &c, .typed = true, .exact = true,
		.name = lookup_local, .reg = lookup_reg, .dollar = any_dollar,
		.world = s->world,
	};
	const struct code_scope *before = s->compiling;
	struct error *err;

	f->arch = process_word(p) == 4 ? arch_i386() : arch_x86_64();
	s->compiling = where;
	err = expr_compile_bool(text, &scope, &f->expr);
	s->compiling = before;
	if (!err)
		return f;
	error_destroy(err);
	fast_destroy(f);
	return NULL;
}

/* Where it is evaluated. */
struct standing {
	struct thread *thread;
	const struct arch *arch;
	const struct arch_regs *regs;
};

static uint64_t dwarf_register(const struct standing *at, int reg)
{
	uint64_t value = arch_word_get(at->regs, at->arch->dwarf_regs[reg]);

	return at->arch->word == 8 ? value : (uint32_t)value;
}

static struct error *get_local(const struct standing *at,
                               const struct local *local, uint64_t *value)
{
	uint64_t raw = 0;
	unsigned spare = 64 - local->size * 8;
	taddr addr = (taddr)local->offset;

	if (local->in_register) {
		raw = dwarf_register(at, local->base);
	} else {
		if (local->base != AT_ADDRESS)
			addr += dwarf_register(at, local->base);
		if (memory_read(&at->thread->process->memory, addr, &raw,
		                local->size) != local->size)
			return error_fault(addr, "can't read memory at 0x%llx",
			                   (unsigned long long)addr);
	}
	*value = local->is_signed
		? (uint64_t)((int64_t)(raw << spare) >> spare)
		: raw << spare >> spare;
	return NULL;
}

static struct error *get(void *ctx, const struct expr_ref *ref, bool as_string,
                         struct expr_value *value)
{
	const struct standing *at = ctx;

	(void)as_string;
	value->type = ref->type;
	if (ref->slot == SLOT_LOCAL)
		return get_local(at, ref->data, &value->u);
	value->u = arch_reg_get(ref->data, at->regs);
	return NULL;
}

struct error *fast_evaluate(const struct fast_condition *f, struct thread *t,
                            bool *truth)
{
	struct standing at = { .thread = t, .arch = f->arch };
	struct expr_env env = { .ctx = &at, .get = get };

	TRY(target_regs(t, &at.regs));
	if (arch_of_regs(at.regs) != f->arch)
		return error_new(ERROR_UNSUPPORTED, "other code");
	return expr_eval_bool(f->expr, &env, truth);
}
