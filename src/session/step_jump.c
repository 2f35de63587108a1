/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Non-local jumps out of a function that is run through: longjmp, and exceptions.
 * Libraries may tell of them by probes; Debian's don't, so the places are found
 * otherwise: longjmp by its name (the jmp_buf says where it goes), the unwinder
 * by the instructions with which __builtin_eh_return leaves.
 */
#include "session/step_internal.h"

#include "base/alloc.h"

#include <string.h>

enum { MAX_JUMPS = 64, MAX_CODE = 1 << 14 };

/* While they are looked for. */
struct finding {
	struct session *s;
	struct thread *t;
	struct step *step;
};

static void add_jump(struct finding *f, taddr addr)
{
	struct step_place place = { .addr = addr };

	for (size_t i = 0; i < f->step->jumps.len; i++)
		if (f->step->jumps.items[i].addr == addr)
			return;
	if (f->step->jumps.len < MAX_JUMPS)
		vec_push(&f->step->jumps, place);
}

static bool take_longjmp(void *ctx, const struct symbol *symbol)
{
	if (symbol->kind == SYMBOL_FUNCTION)
		add_jump(ctx, symbol->addr);
	return true;
}

/* `mov %ecx,%esp` (or all of them), then `ret`, or `pop %ecx; jmp *%ecx`. */
static bool take_unwinder(void *ctx, const struct symbol *symbol)
{
	struct finding *f = ctx;
	size_t len = symbol->size < MAX_CODE ? symbol->size : MAX_CODE;
	AUTO_FREE uint8_t *code = NULL;

	if (symbol->kind != SYMBOL_FUNCTION || !len)
		return true;
	code = xmalloc(len);
	len = memory_read(&f->t->process->memory, symbol->addr, code, len);
	for (size_t i = 0; i + 2 < len; i++) {
		if (code[i] != 0x89 || code[i + 1] != 0xcc)
			continue;
		if (code[i + 2] == 0xc3)
			add_jump(f, symbol->addr + i + 2);
		else if (i + 4 < len && memcmp(code + i + 2, "\x59\xff\xe1",
		                               3) == 0)
			add_jump(f, symbol->addr + i + 3);
	}
	return true;
}

static void find_jumps(struct finding *f)
{
	static const char *const longjmps[] = {
		"longjmp", "_longjmp", "siglongjmp", "__longjmp_chk",
	};
	static const char *const unwinders[] = {
		"_Unwind_RaiseException", "_Unwind_Resume",
		"_Unwind_Resume_or_Rethrow", "_Unwind_ForcedUnwind",
	};
	struct image *image = session_image(f->s, f->t->process);

	for (size_t i = 0; i < ARRAY_LEN(longjmps); i++)
		image_symbols_named(image, NULL, longjmps[i], take_longjmp, f);
	for (size_t i = 0; i < ARRAY_LEN(unwinders); i++)
		image_symbols_named(image, NULL, unwinders[i], take_unwinder,
		                    f);
}

/* A step by single instructions sees where they go without that. */
void step_jumps_plant(struct session *s, struct thread *t)
{
	struct step *step = step_of(t);
	struct finding f = { .s = s, .t = t, .step = step };

	if (step->jumps_planted)
		return;
	step->jumps_planted = true;
	find_jumps(&f);
	for (size_t i = 0; i < step->jumps.len; i++)
		step->jumps.items[i].site =
			step_site(s, t, step->jumps.items[i].addr);
}

/* glibc's PTR_MANGLE (sysdeps/unix/sysv/linux/x86_64/sysdep.h and i386's). */
static taddr demangle(taddr value, taddr guard, bool wide)
{
	if (wide)
		return (value >> 17 | value << 47) ^ guard;
	return (uint32_t)((uint32_t)value >> 9 | (uint32_t)value << 23) ^
	       (uint32_t)guard;
}

static bool is_code(struct session *s, struct thread *t, taddr addr)
{
	return image_module_at(session_image(s, t->process), addr);
}

/* Where the jmp_buf that T has just called longjmp with leads to. */
static bool read_buffer(struct session *s, struct thread *t, taddr *pc,
                        taddr *sp)
{
	const struct arch_regs *regs;
	struct error *err = target_regs(t, &regs);
	const struct memory *m = &t->process->memory;
	taddr where = 0, guard = 0, words[8] = { 0 };
	bool wide;
	size_t word;

	if (err) {
		error_destroy(err);
		return false;
	}
	wide = arch_of_regs(regs)->word == 8;
	word = wide ? 8 : 4;
	where = regs->user.rdi;
	if (!wide && memory_read(m, arch_sp(regs) + 4, &where, 4) != 4)
		return false;
	if (!wide)
		where = (uint32_t)where;
	/* sp and pc: the 7th and 8th word; i386: the 5th and 6th. */
	for (size_t i = 0; i < 2; i++)
		if (memory_read(m, where + (i + (wide ? 6 : 4)) * word,
		                &words[i], word) != word)
			return false;
	*sp = words[0];
	*pc = words[1];
	if (is_code(s, t, *pc))
		return true;
	if (memory_read(m, wide ? regs->user.fs_base + 0x30
	                        : regs->user.gs_base + 0x18, &guard,
	                word) != word)
		return false;
	*sp = demangle(words[0], guard, wide);
	*pc = demangle(words[1], guard, wide);
	return is_code(s, t, *pc);
}

/* The unwinder is about to leave: by a register, or by `ret`. */
static bool read_landing(struct session *s, struct thread *t, uint8_t byte,
                         taddr *pc, taddr *sp)
{
	const struct arch_regs *regs;
	struct error *err = target_regs(t, &regs);
	size_t word;

	if (err) {
		error_destroy(err);
		return false;
	}
	word = arch_of_regs(regs)->word;
	*sp = arch_sp(regs);
	*pc = regs->user.rcx;
	if (byte == 0xc3) {
		*pc = 0;
		if (memory_read(&t->process->memory, *sp, pc, word) != word)
			return false;
		*sp += word;
	}
	return is_code(s, t, *pc);
}

bool step_jump_at(struct session *s, struct thread *t, taddr pc)
{
	struct step *step = step_of(t);
	enum step_aim aim = step->aim;
	taddr to = 0, sp = 0;
	uint8_t code[2];
	size_t i = 0;
	bool leaves;

	while (i < step->jumps.len && step->jumps.items[i].addr != pc)
		i++;
	if (i == step->jumps.len ||
	    memory_read(&t->process->memory, pc, code, 2) != 2)
		return false;
	leaves = code[0] == 0xc3 || (code[0] == 0xff && code[1] == 0xe1);
	if (leaves ? !read_landing(s, t, code[0], &to, &sp)
	           : !read_buffer(s, t, &to, &sp))
		return false;
	if (aim != AIM_HANDLER && !step->landing) {
		step->before = aim;
		step->before_resume = step->resume;
	}
	step_run_to(s, t, AIM_RETURN, to, sp);
	step->landing = true;
	return true;
}
