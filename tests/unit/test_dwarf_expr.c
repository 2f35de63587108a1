/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DWARF expressions: each operator on a frame that was made up. */
#include "symbols/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { MAX_OPS = 12 };

/* Register N holds N * 0x1000; 9 is not known.  Memory: the byte at A is A's
 * lowest; what lies above 0x10000 can't be read. */
static bool some_reg(void *ctx, unsigned reg, uint8_t data[REG_MAX_BYTES],
                     size_t *len)
{
	uint64_t value = reg * 0x1000ull;

	(void)ctx;
	memcpy(data, &value, sizeof(value));
	*len = 8;
	return reg != 9;
}

static bool some_cfa(void *ctx, taddr *cfa)
{
	(void)ctx;
	*cfa = 0x7000;
	return true;
}

static size_t some_memory(void *ctx, taddr addr, void *data, size_t len)
{
	uint8_t *bytes = data;

	(void)ctx;
	for (size_t i = 0; i < len; i++)
		bytes[i] = (uint8_t)(addr + i);
	return addr > 0x10000 ? 0 : len;
}

struct fixture {
	struct symbols *symbols;
	struct image *image;
	struct location_context context;
	struct expr_machine machine;
};

static void set_up(struct fixture *f, unsigned word)
{
	struct image_source source = { .memory = { .read = some_memory },
	                               .word = (uint8_t)word };

	f->symbols = symbols_create();
	f->image = image_create(f->symbols, &source);
	f->context = (struct location_context){ .image = f->image,
	                                        .reg = some_reg,
	                                        .cfa = some_cfa };
	f->machine = (struct expr_machine){ .context = &f->context,
	                                    .word = word };
}

static void tear_down(struct fixture *f)
{
	image_destroy(f->image);
	symbols_destroy(f->symbols);
}

static size_t count_ops(const Dwarf_Op *ops)
{
	size_t count = 0;

	while (count < MAX_OPS && ops[count].atom)
		count++;
	return count;
}

#define NUM(n) { DW_OP_constu, (Dwarf_Word)(n), 0, 0 }
#define OP(name) { DW_OP_##name, 0, 0, 0 }
#define OP1(name, n) { DW_OP_##name, (Dwarf_Word)(n), 0, 0 }

struct expectation {
	const char *what;
	Dwarf_Op ops[MAX_OPS];
	uint64_t value;
	const char *error;       /* a part of it; NULL: none */
};

static const struct expectation values[] = {
	{ "lit", { OP(lit31) }, 31, NULL },
	{ "breg", { OP1(breg3, -8) }, 0x3000 - 8, NULL },
	{ "bregx", { { DW_OP_bregx, 5, 16, 0 } }, 0x5010, NULL },
	{ "unknown register", { OP1(breg9, 0) }, 0, "optimized out" },
	{ "cfa", { OP(call_frame_cfa) }, 0x7000, NULL },
	{ "reg as value", { OP(reg6) }, 0x6000, NULL },
	{ "dup", { NUM(3), OP(dup), OP(mul) }, 9, NULL },
	{ "drop", { NUM(3), NUM(4), OP(drop) }, 3, NULL },
	{ "over", { NUM(3), NUM(4), OP(over) }, 3, NULL },
	{ "pick", { NUM(1), NUM(2), NUM(3), OP1(pick, 2) }, 1, NULL },
	{ "swap", { NUM(1), NUM(5), OP(swap), OP(minus) }, 4, NULL },
	{ "rot", { NUM(1), NUM(2), NUM(3), OP(rot) }, 2, NULL },
	{ "abs", { NUM(-5), OP(abs) }, 5, NULL },
	{ "neg", { NUM(5), OP(neg) }, (uint64_t)-5, NULL },
	{ "not", { NUM(0), OP(not) }, UINT64_MAX, NULL },
	{ "and", { NUM(12), NUM(10), OP(and) }, 8, NULL },
	{ "or", { NUM(12), NUM(10), OP(or) }, 14, NULL },
	{ "xor", { NUM(12), NUM(10), OP(xor) }, 6, NULL },
	{ "plus", { NUM(-1), NUM(2), OP(plus) }, 1, NULL },
	{ "plus_uconst", { NUM(5), OP1(plus_uconst, 7) }, 12, NULL },
	{ "div is signed", { NUM(-9), NUM(2), OP(div) }, (uint64_t)-4, NULL },
	{ "mod is not", { NUM(-1), NUM(10), OP(mod) }, 5, NULL },
	{ "div by -1", { NUM(INT64_MIN), NUM(-1), OP(div) },
	  (uint64_t)INT64_MIN, NULL },
	{ "div by 0", { NUM(1), NUM(0), OP(div) }, 0, "division by zero" },
	{ "mod by 0", { NUM(1), NUM(0), OP(mod) }, 0, "division by zero" },
	{ "shl", { NUM(1), NUM(63), OP(shl) }, 1ull << 63, NULL },
	{ "shl too far", { NUM(1), NUM(64), OP(shl) }, 0, NULL },
	{ "shr", { NUM(-1), NUM(60), OP(shr) }, 15, NULL },
	{ "shra", { NUM(-16), NUM(2), OP(shra) }, (uint64_t)-4, NULL },
	{ "shra too far", { NUM(-16), NUM(200), OP(shra) }, UINT64_MAX,
	  NULL },
	{ "lt is signed", { NUM(-1), NUM(1), OP(lt) }, 1, NULL },
	{ "ge", { NUM(1), NUM(-1), OP(ge) }, 1, NULL },
	{ "eq", { NUM(4), NUM(4), OP(eq) }, 1, NULL },
	{ "ne", { NUM(4), NUM(4), OP(ne) }, 0, NULL },
	{ "deref", { NUM(0x20), OP(deref) }, 0x2726252423222120, NULL },
	{ "deref_size", { NUM(0x20), OP1(deref_size, 2) }, 0x2120, NULL },
	{ "deref of nothing", { NUM(0x20000), OP(deref) }, 0,
	  "cannot access memory at address 0x20000" },
	{ "deref_size 17", { NUM(0x20), OP1(deref_size, 17) }, 0, "size" },
	{ "bra", { NUM(1), { DW_OP_bra, 1, 0, 2 }, { DW_OP_lit1, 0, 0, 5 },
	           { DW_OP_lit2, 0, 0, 6 } }, 2, NULL },
	{ "bra not taken", { NUM(0), { DW_OP_bra, 1, 0, 2 },
	                     { DW_OP_lit1, 0, 0, 5 } }, 1, NULL },
	{ "skip back for ever", { NUM(0), { DW_OP_skip, (Dwarf_Word)-3, 0,
	                                    2 } }, 0, "does not end" },
	{ "skip to nowhere", { NUM(0), { DW_OP_skip, (Dwarf_Word)-4, 0, 2 } },
	  0, "a jump to nowhere" },
	{ "stack_value", { NUM(8), OP(stack_value) }, 8, NULL },
	{ "empty stack", { OP(plus) }, 0, "stack is empty" },
	{ "xderef", { NUM(1), NUM(2), OP(xderef) }, 0, "address spaces" },
	{ "unknown", { OP(hi_user) }, 0, "operation 0xff" },
	{ "typed without types", { OP1(convert, 7) }, 0, "type" },
	{ "generic convert", { NUM(7), OP(convert) }, 7, NULL },
};

static void test_values(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, 8);
	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		const struct expectation *e = &values[i];
		struct expr_machine m = f.machine;
		uint64_t value = 0;
		struct error *err = expr_value(&m, e->ops, count_ops(e->ops),
		                               NULL, &value);

		if (!!err != !!e->error || (!err && value != e->value) ||
		    (err && !strstr(err->message, e->error)))
			fail_msg("%s: %s 0x%llx", e->what,
			         err ? err->message : "gave",
			         (unsigned long long)value);
		error_destroy(err);
	}
	tear_down(&f);
}

/* Addresses of 4 bytes wrap round. */
static void test_narrow(void **state)
{
	static const Dwarf_Op wraps[] = { NUM(0xffffffff), NUM(2), OP(plus) };
	static const Dwarf_Op compares[] = { NUM(0xffffffff), NUM(1),
	                                     OP(lt) };
	static const Dwarf_Op deref[] = { NUM(0x20), OP(deref) };
	struct fixture f;
	uint64_t value, initial = 0x1234;

	(void)state;
	set_up(&f, 4);
	assert_null(expr_value(&f.machine, wraps, 3, NULL, &value));
	assert_int_equal(value, 1);
	assert_null(expr_value(&f.machine, compares, 3, NULL, &value));
	assert_int_equal(value, 1);
	assert_null(expr_value(&f.machine, deref, 2, NULL, &value));
	assert_int_equal(value, 0x23222120);
	assert_null(expr_value(&f.machine, NULL, 0, &initial, &value));
	assert_int_equal(value, 0x1234);
	tear_down(&f);
}

static void test_pieces(void **state)
{
	static const Dwarf_Op ops[] = {
		OP(reg3), OP1(piece, 4), OP1(piece, 2), OP1(piece, 0),
		OP1(breg6, -4), { DW_OP_bit_piece, 5, 3, 0 },
		NUM(9), OP(stack_value), OP1(piece, 8),
	};
	static const Dwarf_Op single[] = { { DW_OP_regx, 17, 0, 0 } };
	struct location l;
	struct fixture f;

	(void)state;
	set_up(&f, 8);
	assert_null(expr_location(&f.machine, ops, ARRAY_LEN(ops), &l));
	assert_int_equal(l.count, 4);
	assert_int_equal(l.pieces[0].kind, LOCATION_REGISTER);
	assert_int_equal(l.pieces[0].reg, 3);
	assert_int_equal(l.pieces[0].bits, 32);
	assert_int_equal(l.pieces[1].kind, LOCATION_OPTIMIZED_OUT);
	assert_int_equal(l.pieces[1].bits, 16);
	assert_int_equal(l.pieces[2].kind, LOCATION_MEMORY);
	assert_int_equal(l.pieces[2].addr, 0x6000 - 4);
	assert_int_equal(l.pieces[2].bits, 5);
	assert_int_equal(l.pieces[2].bit_offset, 3);
	assert_int_equal(l.pieces[3].kind, LOCATION_VALUE);
	assert_int_equal(l.pieces[3].value, 9);
	assert_null(expr_location(&f.machine, single, 1, &l));
	assert_int_equal(l.count, 1);
	assert_int_equal(l.pieces[0].reg, 17);
	assert_int_equal(l.pieces[0].bits, 0);
	tear_down(&f);
}

/* More pieces, or more on the stack, than there is room for. */
static void test_bounds(void **state)
{
	static Dwarf_Op pieces[200], pushes[2000];
	struct fixture f;
	struct location l;
	struct error *err;
	uint64_t value;

	(void)state;
	set_up(&f, 8);
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++)
		pieces[i] = (Dwarf_Op)OP1(piece, 1);
	for (size_t i = 0; i < ARRAY_LEN(pushes); i++)
		pushes[i] = (Dwarf_Op)OP(lit1);
	err = expr_location(&f.machine, pieces, ARRAY_LEN(pieces), &l);
	assert_non_null(err);
	error_destroy(err);
	err = expr_value(&f.machine, pushes, ARRAY_LEN(pushes), NULL, &value);
	assert_non_null(err);
	assert_non_null(strstr(err->message, "stack is full"));
	error_destroy(err);
	tear_down(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_narrow),
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
