/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Unwinding without tables: the trampolines that signal handlers return to, by
 * their bytes; a function whose first instructions are the usual ones, by
 * where in them it stands; and else whatever looks like a return address, on
 * top of the stack or behind the frame pointer.
 *
 * An address looks like one where it is executable and a call stands before it.
 */
#include "symbols/unwind_internal.h"

#include <string.h>

static void read_ranges(void *arg, const struct image_mapping *m)
{
	struct backtrace *b = arg;

	if (m->executable)
		vec_push(&b->executable, (struct range){ m->start, m->end });
}

static bool is_executable(struct backtrace *b, taddr addr)
{
	const struct image_source *source = &b->image->source;

	if (!b->ranges_read) {
		b->ranges_read = true;
		error_destroy(source->mappings(source->ctx, read_ranges, b));
	}
	for (size_t i = 0; i < b->executable.len; i++)
		if (addr >= b->executable.items[i].start &&
		    addr < b->executable.items[i].end)
			return true;
	return false;
}

/*
 * Whether the bytes before a place can be a call that returns to it: `call
 * rel32`, or `call *...` (ff /2, 2 to 7 bytes).
 */
static bool ends_in_call(const uint8_t *end, size_t len)
{
	if (len >= 5 && end[-5] == 0xe8)
		return true;
	for (size_t size = 2; size <= 7 && size <= len; size++)
		if (end[-(ptrdiff_t)size] == 0xff &&
		    (end[1 - (ptrdiff_t)size] >> 3 & 7) == 2)
			return true;
	return false;
}

static bool is_return_address(struct backtrace *b, taddr addr)
{
	uint8_t before[7];

	/* No call ends within the first bytes of the address space. */
	if (addr < 4096 || !is_executable(b, addr - 1))
		return false;
	for (size_t len = sizeof(before); len >= 2; len--)
		if (memory_read(image_memory(b->image), addr - len,
		                before + sizeof(before) - len, len) == len)
			return ends_in_call(before + sizeof(before), len);
	return false;
}

/* The return address is at AT: what is above belongs to the caller. */
static bool return_at(const struct stand *at, taddr addr, struct step *step)
{
	const struct arch *arch = at->b->arch;
	uint64_t pc;

	if (!unwind_read(at->b, addr, &pc)) {
		step->result = STEP_FAULT;
		step->fault = addr;
		return false;
	}
	step->cfa = addr + arch->word;
	regs_put_saved(&step->regs, arch->dwarf_pc, pc, addr);
	regs_put(&step->regs, arch->dwarf_sp, step->cfa);
	step->result = STEP_CALLER;
	return true;
}

static bool by_stack(const struct stand *at, taddr addr, bool checked,
                     struct step *step)
{
	uint64_t pc;

	if (checked && (!unwind_read(at->b, addr, &pc) ||
	                !is_return_address(at->b, pc)))
		return false;
	step->source = FRAME_BY_STACK;
	return return_at(at, addr, step);
}

/* A frame pointer that is on the stack, above its pointer, and aligned. */
static bool by_frame_pointer(const struct stand *at, bool checked,
                             struct step *step)
{
	const struct arch *arch = at->b->arch;
	uint64_t sp = at->regs->value[arch->dwarf_sp];
	uint64_t fp = at->regs->value[arch->dwarf_fp], pc, outer;

	if (!regs_known(at->regs, arch->dwarf_fp) || fp < sp ||
	    fp % arch->word || !unwind_read(at->b, fp, &outer) ||
	    !unwind_read(at->b, fp + arch->word, &pc))
		return false;
	if (!pc) {
		step->result = STEP_OUTERMOST;
		return true;
	}
	if (checked && !is_return_address(at->b, pc))
		return false;
	step->source = FRAME_BY_FRAME_POINTER;
	regs_put_saved(&step->regs, arch->dwarf_fp, outer, fp);
	return return_at(at, fp + arch->word, step);
}

/* Where in the usual beginning, or at the end, of a function pc stands. */
enum prologue { PROLOGUE_NONE, BEFORE_PUSH, BEHIND_PUSH, IN_BODY, AT_RETURN };

static enum prologue prologue_at(const struct stand *at)
{
	static const uint8_t marks[2][4] = { { 0xf3, 0x0f, 0x1e, 0xfb },
	                                     { 0xf3, 0x0f, 0x1e, 0xfa } };
	bool wide = at->b->arch->word == 8;
	const struct memory *memory = image_memory(at->b->image);
	uint8_t code[16] = { 0 }, *c = code, here = 0;
	struct symbol symbol;
	taddr start;

	if (at->exact && memory_read(memory, at->pc, &here, 1) == 1 &&
	    (here == 0xc3 || here == 0xc2))
		return AT_RETURN;
	if (!image_symbol_at(at->b->image, at->lookup_pc, &symbol) ||
	    symbol.addr > at->pc)
		return PROLOGUE_NONE;
	start = symbol.addr;
	memory_read(memory, start, code, sizeof(code));
	if (memcmp(c, marks[wide], 4) == 0)
		c += 4;
	if (at->exact && at->pc <= start + (taddr)(c - code))
		return BEFORE_PUSH;
	if (*c++ != 0x55)
		return PROLOGUE_NONE;
	if (at->exact && at->pc <= start + (taddr)(c - code))
		return BEHIND_PUSH;
	if (wide && *c++ != 0x48)
		return PROLOGUE_NONE;
	/* mov %rsp,%rbp in either encoding */
	return (c[0] == 0x89 && c[1] == 0xe5) || (c[0] == 0x8b && c[1] == 0xec)
	       ? IN_BODY : PROLOGUE_NONE;
}

static void by_code(const struct stand *at, struct step *step)
{
	const struct arch *arch = at->b->arch;
	uint64_t sp = at->regs->value[arch->dwarf_sp], fp;

	switch (prologue_at(at)) {
	case BEFORE_PUSH: case AT_RETURN:
		by_stack(at, sp, false, step);
		return;
	case BEHIND_PUSH:
		if (!unwind_read(at->b, sp, &fp))
			return;
		regs_put_saved(&step->regs, arch->dwarf_fp, fp, sp);
		by_stack(at, sp + arch->word, false, step);
		return;
	case IN_BODY:
		if (by_frame_pointer(at, false, step))
			return;
		break;
	case PROLOGUE_NONE:
		break;
	}
	if (at->exact && by_stack(at, sp, true, step))
		return;
	by_frame_pointer(at, true, step);
}

/*
 * What the kernel saved for a handler's return: sigcontext, as the two
 * architectures lay it out (arch/x86/include/uapi/asm/sigcontext.h).
 */
static void restore_context(const struct stand *at, taddr context,
                            const uint8_t *order, size_t count,
                            struct step *step)
{
	const struct arch *arch = at->b->arch;

	step->signal = true;
	step->source = FRAME_BY_STACK;
	step->cfa = at->regs->value[arch->dwarf_sp];
	step->result = STEP_CALLER;
	for (size_t i = 0; i < count; i++) {
		taddr addr = context + i * arch->word;
		uint64_t value;

		if (order[i] >= arch->dwarf_count)
			continue;
		if (!unwind_read(at->b, addr, &value)) {
			step->result = STEP_FAULT;
			step->fault = addr;
			return;
		}
		regs_put_saved(&step->regs, order[i], value, addr);
	}
}

enum { NO_REG = 255 };

static bool trampoline_64(const struct stand *at, const uint8_t *code,
                          struct step *step)
{
	static const uint8_t insns[] = { 0x48, 0xc7, 0xc0, 15, 0, 0, 0,
	                                 0x0f, 0x05 };
	/* r8 to r15, rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp, rip */
	static const uint8_t order[] = { 8, 9, 10, 11, 12, 13, 14, 15, 5, 4,
	                                 6, 3, 1, 0, 2, 7, 16 };
	uint64_t sp = at->regs->value[at->b->arch->dwarf_sp];

	/* At its first instruction, or at the call itself. */
	if (memcmp(code, insns, sizeof(insns)) != 0 &&
	    memcmp(code - 7, insns, sizeof(insns)) != 0)
		return false;
	/* uc_flags, uc_link, uc_stack */
	restore_context(at, sp + 40, order, ARRAY_LEN(order), step);
	return true;
}

static bool trampoline_32(const struct stand *at, const uint8_t *code,
                          struct step *step)
{
	static const uint8_t old[] = { 0x58, 0xb8, 119, 0, 0, 0, 0xcd, 0x80 };
	static const uint8_t rt[] = { 0xb8, 173, 0, 0, 0, 0xcd, 0x80 };
	/* gs fs es ds, edi esi ebp esp ebx edx ecx eax, trapno err, eip */
	static const uint8_t order[] = { NO_REG, NO_REG, NO_REG, NO_REG,
	                                 7, 6, 5, 4, 3, 2, 1, 0,
	                                 NO_REG, NO_REG, 8 };
	uint64_t sp = at->regs->value[at->b->arch->dwarf_sp], context;

	if (memcmp(code, old, sizeof(old)) == 0) {
		context = sp + 4;          /* behind the signal's number */
	} else if (memcmp(code - 1, old, sizeof(old)) == 0 ||
	           memcmp(code - 6, old, sizeof(old)) == 0) {
		context = sp;              /* which was popped */
	} else if (memcmp(code, rt, sizeof(rt)) == 0 ||
	           memcmp(code - 5, rt, sizeof(rt)) == 0) {
		if (!unwind_read(at->b, sp + 8, &context))
			return false;
		context += 20;             /* uc_flags, uc_link, uc_stack */
	} else {
		return false;
	}
	restore_context(at, context, order, ARRAY_LEN(order), step);
	return true;
}

static bool by_trampoline(const struct stand *at, struct step *step)
{
	/* From 8 bytes before pc; what can't be read is 0. */
	uint8_t code[24] = { 0 };
	const struct memory *memory = image_memory(at->b->image);

	memory_read(memory, at->pc - 8, code, 8);
	if (!memory_read(memory, at->pc, code + 8, 16))
		return false;
	return at->b->arch->word == 8 ? trampoline_64(at, code + 8, step)
	                              : trampoline_32(at, code + 8, step);
}

void step_by_guess(const struct stand *at, struct step *step)
{
	step->result = STEP_UNKNOWN;
	step->cfa = 0;
	step->signal = false;
	step->regs = *at->regs;
	step->regs.known &= ~(1U << at->b->arch->dwarf_pc);
	if (!regs_known(at->regs, at->b->arch->dwarf_sp))
		return;
	if (!by_trampoline(at, step))
		by_code(at, step);
}
