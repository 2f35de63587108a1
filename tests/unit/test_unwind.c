/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Unwinding over memory that is made up: code without tables, stacks that lie,
 * and the operations of call frame information.
 */
#include "symbols/unwind_internal.h"

#include "base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { CODE = 0x400000, STACK = 0x700000, SIZE = 4096 };

struct world {
	uint8_t code[SIZE], stack[SIZE];
	struct symbols *symbols;
	struct image *image;
	struct arch_regs regs;
	uint8_t word;
};

static size_t read_made_up(void *ctx, taddr addr, void *data, size_t len)
{
	const struct world *w = ctx;
	const uint8_t *from;

	if (addr >= CODE && addr < CODE + SIZE) {
		from = w->code;
		addr -= CODE;
	} else if (addr >= STACK && addr < STACK + SIZE) {
		from = w->stack;
		addr -= STACK;
	} else {
		return 0;
	}
	if (len > SIZE - addr)
		len = SIZE - addr;
	memcpy(data, from + addr, len);
	return len;
}

static struct error *mappings(void *ctx,
                              void (*fn)(void *arg,
                                         const struct image_mapping *m),
                              void *arg)
{
	const struct image_mapping code = {
		.start = CODE, .end = CODE + SIZE, .executable = true,
		.name = "" };
	const struct image_mapping stack = {
		.start = STACK, .end = STACK + SIZE, .name = "[stack]" };

	(void)ctx;
	fn(arg, &code);
	fn(arg, &stack);
	return NULL;
}

static int open_nothing(void *ctx, const struct image_mapping *m)
{
	(void)ctx;
	(void)m;
	return -1;
}

static int open_no_path(void *ctx, const char *path)
{
	(void)ctx;
	(void)path;
	return -1;
}

static bool no_auxv(void *ctx, uint64_t type, uint64_t *value)
{
	(void)ctx;
	(void)type;
	(void)value;
	return false;
}

static int set_up(void **state)
{
	struct world *w = xcalloc(1, sizeof(*w));
	const struct image_source source = {
		.memory = { .read = read_made_up, .ctx = w }, .ctx = w,
		.word = 8,
		.mappings = mappings, .open = open_nothing,
		.open_path = open_no_path, .auxv = no_auxv,
	};

	memset(w->code, 0x90, sizeof(w->code));
	w->symbols = symbols_create();
	w->image = image_create(w->symbols, &source);
	w->regs.user.cs = 0x33;
	w->regs.user.rip = CODE + 0x100;
	w->regs.user.rsp = STACK + 0x100;
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;

	image_destroy(w->image);
	symbols_destroy(w->symbols);
	free(w);
	return 0;
}

static void put(struct world *w, taddr addr, uint64_t value)
{
	memcpy(w->stack + (addr - STACK), &value, sizeof(value));
}

/* The place behind a call at OFFSET of the code. */
static taddr behind_call(struct world *w, size_t offset)
{
	w->code[offset] = 0xe8;
	return CODE + offset + 5;
}

static struct backtrace *trace(struct world *w)
{
	return backtrace_create(w->image, arch_x86_64(), &w->regs, NULL, NULL);
}

static void frame_pointers(void **state)
{
	struct world *w = *state;
	taddr a = behind_call(w, 0x200), c = behind_call(w, 0x300);
	struct backtrace *b;

	w->regs.user.rbp = STACK + 0x200;
	put(w, STACK + 0x200, STACK + 0x300);
	put(w, STACK + 0x208, a);
	put(w, STACK + 0x300, 0);
	put(w, STACK + 0x308, c);
	b = trace(w);
	assert_int_equal(backtrace_frame(b, 0)->pc, CODE + 0x100);
	assert_int_equal(backtrace_frame(b, 1)->pc, a);
	assert_int_equal(backtrace_frame(b, 1)->lookup_pc, a - 1);
	assert_int_equal(backtrace_frame(b, 1)->source,
	                 FRAME_BY_FRAME_POINTER);
	assert_int_equal(backtrace_frame(b, 2)->pc, c);
	assert_int_equal(backtrace_frame(b, 2)->regs.saved_at[6],
	                 STACK + 0x300);
	assert_null(backtrace_frame(b, 3));
	assert_null(backtrace_frame(b, 100000));
	backtrace_destroy(b);
}

/* On top of the stack only what a call can have left is believed. */
static void return_addresses(void **state)
{
	struct world *w = *state;
	struct backtrace *b;

	put(w, STACK + 0x100, behind_call(w, 0x200));
	b = trace(w);
	assert_int_equal(backtrace_frame(b, 1)->pc, CODE + 0x205);
	assert_int_equal(backtrace_frame(b, 1)->source, FRAME_BY_STACK);
	backtrace_destroy(b);
	put(w, STACK + 0x100, CODE + 0x250);
	b = trace(w);
	assert_null(backtrace_frame(b, 1));
	backtrace_destroy(b);
	/* But at a `ret` it is one whatever stands before it. */
	w->code[0x100] = 0xc3;
	b = trace(w);
	assert_int_equal(backtrace_frame(b, 1)->pc, CODE + 0x250);
	backtrace_destroy(b);
}

static void loops_end(void **state)
{
	struct world *w = *state;
	struct backtrace *b;

	w->regs.user.rbp = STACK + 0x200;
	put(w, STACK + 0x200, STACK + 0x200);
	put(w, STACK + 0x208, behind_call(w, 0x200));
	b = trace(w);
	assert_non_null(backtrace_frame(b, 1));
	assert_null(backtrace_frame(b, 10));
	backtrace_destroy(b);
}

static void signal_frames(void **state)
{
	static const uint8_t trampoline[] = { 0x48, 0xc7, 0xc0, 15, 0, 0, 0,
	                                      0x0f, 0x05 };
	struct world *w = *state;
	struct backtrace *b;

	memcpy(w->code + 0x100, trampoline, sizeof(trampoline));
	put(w, STACK + 0x100 + 40 + 15 * 8, STACK + 0x800); /* rsp */
	put(w, STACK + 0x100 + 40 + 16 * 8, CODE + 0x400);  /* rip */
	put(w, STACK + 0x100 + 40, 88);                     /* r8 */
	b = trace(w);
	assert_int_equal(backtrace_frame(b, 0)->kind, FRAME_SIGNAL);
	assert_int_equal(backtrace_frame(b, 1)->pc, CODE + 0x400);
	assert_int_equal(backtrace_frame(b, 1)->lookup_pc, CODE + 0x400);
	assert_int_equal(backtrace_frame(b, 1)->regs.value[8], 88);
	backtrace_destroy(b);
}

/* Whatever is on the stack: it ends, and soon. */
static void random_stacks(void **state)
{
	struct world *w = *state;
	unsigned seed = 4;

	for (int round = 0; round < 3000; round++) {
		struct backtrace *b;
		unsigned level = 0;

		for (size_t i = 0; i < SIZE; i += 8) {
			static const uint64_t bases[] = { CODE, STACK, 0,
			                                  1ull << 63 };

			put(w, STACK + i, bases[rand_r(&seed) % 4] +
			                  (uint64_t)rand_r(&seed) % SIZE);
		}
		for (size_t i = 0; i < SIZE; i++)
			w->code[i] = (uint8_t)rand_r(&seed);
		w->regs.user.rsp = STACK + (uint64_t)rand_r(&seed) % SIZE;
		w->regs.user.rbp = STACK + (uint64_t)rand_r(&seed) % SIZE / 8 * 8;
		w->regs.user.rip = CODE + (uint64_t)rand_r(&seed) % SIZE;
		b = trace(w);
		while (backtrace_frame(b, level))
			level++;
		assert_in_range(level, 1, SIZE);
		backtrace_destroy(b);
	}
}

static uint64_t evaluated(struct world *w, const Dwarf_Op *ops, size_t count,
                          enum cfi_kind kind)
{
	struct frame_regs regs = { .known = 1 << 7 };
	const struct cfi_machine m = { .memory = image_memory(w->image),
	                               .word = 8, .regs = &regs,
	                               .cfa = STACK + 0x10 };
	struct cfi_result r = { 0 };

	regs.value[7] = STACK;
	put(w, STACK + 0x20, 0x1234);
	cfi_evaluate(&m, ops, count, &r);
	assert_int_equal(r.kind, kind);
	return r.value;
}
#define EVALUATED(w, kind, ...)                                        \
	evaluated(w, (const Dwarf_Op[]){ __VA_ARGS__ },                \
	          sizeof((const Dwarf_Op[]){ __VA_ARGS__ }) /          \
	          sizeof(Dwarf_Op), kind)

static void cfi_operations(void **state)
{
	struct world *w = *state;

	assert_int_equal(EVALUATED(w, CFI_ADDRESS,
		{ .atom = DW_OP_breg7, .number = 8 }), STACK + 8);
	assert_int_equal(EVALUATED(w, CFI_VALUE,
		{ .atom = DW_OP_call_frame_cfa },
		{ .atom = DW_OP_plus_uconst, .number = 16 },
		{ .atom = DW_OP_deref }, { .atom = DW_OP_stack_value }),
		0x1234);
	/* The linker's for entries of a PLT. */
	assert_int_equal(EVALUATED(w, CFI_ADDRESS,
		{ .atom = DW_OP_breg7, .number = 8 },
		{ .atom = DW_OP_lit11 }, { .atom = DW_OP_lit15 },
		{ .atom = DW_OP_and }, { .atom = DW_OP_lit11 },
		{ .atom = DW_OP_ge }, { .atom = DW_OP_lit3 },
		{ .atom = DW_OP_shl }, { .atom = DW_OP_plus }), STACK + 16);
	assert_int_equal(EVALUATED(w, CFI_FAULT, { .atom = DW_OP_lit5 },
	                           { .atom = DW_OP_deref }), 5);
	assert_int_equal(EVALUATED(w, CFI_REGISTER,
		{ .atom = DW_OP_regx, .number = 3 }), 3);
	EVALUATED(w, CFI_BAD, { .atom = DW_OP_plus });
	EVALUATED(w, CFI_BAD, { .atom = DW_OP_breg3 });
	EVALUATED(w, CFI_BAD, { .atom = DW_OP_bregx, .number = UINT64_MAX });
	EVALUATED(w, CFI_BAD, { .atom = DW_OP_lit1 }, { .atom = DW_OP_lit0 },
	          { .atom = DW_OP_div });
	EVALUATED(w, CFI_BAD, { .atom = DW_OP_lit1 },
	          { .atom = DW_OP_pick, .number = UINT64_MAX });
	EVALUATED(w, CFI_BAD, { .atom = DW_OP_lit1 },
	          { .atom = DW_OP_deref_size, .number = 200 });
	EVALUATED(w, CFI_BAD, { .atom = DW_OP_call4 });
	/* Round and round; and a stack that grows. */
	EVALUATED(w, CFI_BAD,
	          { .atom = DW_OP_skip, .number = (Dwarf_Word)-3 });
	EVALUATED(w, CFI_BAD, { .atom = DW_OP_lit1 },
	          { .atom = DW_OP_skip, .number = (Dwarf_Word)-4,
	            .offset = 1 });
	EVALUATED(w, CFI_BAD, { .atom = DW_OP_bra, .number = 0 });
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(frame_pointers, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(return_addresses, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(loops_end, set_up, tear_down),
		cmocka_unit_test_setup_teardown(signal_frames, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(random_stacks, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(cfi_operations, set_up,
		                                tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
