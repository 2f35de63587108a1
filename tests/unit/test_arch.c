/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registers by name, system-call ABIs, results and flags of x86. */
#include "arch/arch.h"

#include <errno.h>
#include <linux/audit.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define AT(field) offsetof(struct user_regs_struct, field)

/* Every word another value, of which all bytes differ. */
static struct arch_regs numbered(void)
{
	struct arch_regs regs;

	for (unsigned at = 0; at < sizeof(regs.user); at += 8)
		arch_word_set(&regs, at,
		              0x8877665544332211ull + at * 0x0101010101ull);
	return regs;
}

static uint64_t get(const struct arch *arch, const char *name,
                    const struct arch_regs *regs)
{
	const struct arch_reg *reg = arch_reg_find(arch, name);

	if (!reg)
		fail_msg("no register %s", name);
	return arch_reg_get(reg, regs);
}

/* The order in which gdb 13 lists them. */
static void names_and_order_are_gdbs(void **state)
{
	static const char *const wide[] = {
		"rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp",
		"r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
		"rip", "eflags", "cs", "ss", "ds", "es", "fs", "gs",
		"fs_base", "gs_base", "orig_rax",
	};
	static const char *const narrow[] = {
		"eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi",
		"eip", "eflags", "cs", "ss", "ds", "es", "fs", "gs",
		"orig_eax",
	};
	const struct {
		const struct arch *arch;
		const char *const *names;
		size_t count;
	} sets[] = {
		{ arch_x86_64(), wide, ARRAY_LEN(wide) },
		{ arch_i386(), narrow, ARRAY_LEN(narrow) },
	};

	(void)state;
	for (size_t s = 0; s < ARRAY_LEN(sets); s++) {
		size_t listed = 0;

		for (size_t i = 0; i < sets[s].arch->reg_count; i++) {
			const struct arch_reg *r = &sets[s].arch->regs[i];

			if (r->alias)
				continue;
			assert_in_range(listed, 0, sets[s].count - 1);
			assert_string_equal(r->name, sets[s].names[listed]);
			listed++;
		}
		assert_int_equal(listed, sets[s].count);
	}
}

static void rows_are_sound(void **state)
{
	const struct arch *archs[] = { arch_x86_64(), arch_i386() };

	(void)state;
	for (size_t a = 0; a < ARRAY_LEN(archs); a++)
		for (size_t i = 0; i < archs[a]->reg_count; i++) {
			const struct arch_reg *r = &archs[a]->regs[i];

			/* A name is there once: its row is what is found. */
			assert_ptr_equal(arch_reg_find(archs[a], r->name), r);
			assert_int_equal(r->offset % 8, 0);
			assert_true(r->offset <
			            sizeof(struct user_regs_struct));
			assert_in_range(r->size * 8 + r->shift, 8, 64);
		}
	assert_null(arch_reg_find(arch_x86_64(), ""));
	assert_null(arch_reg_find(arch_x86_64(), "RAX"));
	assert_null(arch_reg_find(arch_x86_64(), "rax "));
	assert_null(arch_reg_find(arch_i386(), "rax"));
	assert_null(arch_reg_find(arch_i386(), "r8"));
	assert_null(arch_reg_find(arch_i386(), "sil"));
}

static void parts_of_registers_are_read(void **state)
{
	const struct arch *w = arch_x86_64(), *n = arch_i386();
	struct arch_regs regs = numbered();

	(void)state;
	regs.user.rax = 0x8877665544332211ull;
	regs.user.rsp = 0xfedcba9876543210ull;
	regs.user.r9 = 0x0102030405060708ull;
	assert_int_equal(get(w, "rax", &regs), 0x8877665544332211ull);
	assert_int_equal(get(w, "eax", &regs), 0x44332211);
	assert_int_equal(get(w, "ax", &regs), 0x2211);
	assert_int_equal(get(w, "al", &regs), 0x11);
	assert_int_equal(get(w, "ah", &regs), 0x22);
	assert_int_equal(get(w, "sp", &regs), regs.user.rsp);
	assert_int_equal(get(w, "esp", &regs), 0x76543210);
	assert_int_equal(get(w, "spl", &regs), 0x10);
	assert_int_equal(get(w, "pc", &regs), regs.user.rip);
	assert_int_equal(get(w, "fp", &regs), regs.user.rbp);
	assert_int_equal(get(w, "r9d", &regs), 0x05060708);
	assert_int_equal(get(w, "r9w", &regs), 0x0708);
	assert_int_equal(get(w, "r9b", &regs), 0x08);
	assert_int_equal(get(w, "r9l", &regs), 0x08);
	assert_int_equal(get(w, "orig_rax", &regs), regs.user.orig_rax);
	assert_int_equal(get(w, "fs_base", &regs), regs.user.fs_base);
	assert_int_equal(get(n, "eax", &regs), 0x44332211);
	assert_int_equal(get(n, "ah", &regs), 0x22);
	assert_int_equal(get(n, "sp", &regs), 0x76543210);
	assert_int_equal(get(n, "orig_eax", &regs),
	                 (uint32_t)regs.user.orig_rax);
	assert_int_equal(arch_pc(&regs), regs.user.rip);
	assert_int_equal(arch_sp(&regs), regs.user.rsp);
}

static void each_row_reads_the_field_of_its_name(void **state)
{
	static const struct { const char *name; unsigned offset; } rows[] = {
		{ "rax", AT(rax) }, { "rbx", AT(rbx) }, { "rcx", AT(rcx) },
		{ "rdx", AT(rdx) }, { "rsi", AT(rsi) }, { "rdi", AT(rdi) },
		{ "rbp", AT(rbp) }, { "rsp", AT(rsp) }, { "r8", AT(r8) },
		{ "r9", AT(r9) }, { "r10", AT(r10) }, { "r11", AT(r11) },
		{ "r12", AT(r12) }, { "r13", AT(r13) }, { "r14", AT(r14) },
		{ "r15", AT(r15) }, { "rip", AT(rip) }, { "eip", AT(rip) },
		{ "eflags", AT(eflags) }, { "rflags", AT(eflags) },
		{ "cs", AT(cs) }, { "ss", AT(ss) }, { "ds", AT(ds) },
		{ "es", AT(es) }, { "fs", AT(fs) }, { "gs", AT(gs) },
		{ "gs_base", AT(gs_base) }, { "eax", AT(rax) },
		{ "ebx", AT(rbx) }, { "ecx", AT(rcx) }, { "edx", AT(rdx) },
		{ "esi", AT(rsi) }, { "edi", AT(rdi) }, { "ebp", AT(rbp) },
		{ "esp", AT(rsp) }, { "bh", AT(rbx) + 1 },
		{ "ch", AT(rcx) + 1 }, { "dh", AT(rdx) + 1 },
		{ "bl", AT(rbx) }, { "cx", AT(rcx) }, { "si", AT(rsi) },
		{ "di", AT(rdi) }, { "bp", AT(rbp) }, { "orig_eax",
		AT(orig_rax) }, { "r15w", AT(r15) }, { "sil", AT(rsi) },
	};
	struct arch_regs regs = numbered();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct arch_reg *in[] = {
			arch_reg_find(arch_x86_64(), rows[i].name),
			arch_reg_find(arch_i386(), rows[i].name),
		};

		assert_true(in[0] || in[1]);
		for (size_t a = 0; a < 2; a++) {
			uint64_t want = 0;

			if (!in[a])
				continue;
			memcpy(&want,
			       (const char *)&regs.user + rows[i].offset,
			       in[a]->size);
			assert_int_equal(arch_reg_get(in[a], &regs), want);
		}
	}
}

static void writing_a_part_keeps_the_rest(void **state)
{
	static const struct {
		const char *name;
		uint64_t value, rax;
	} rows[] = {
		{ "rax", 1, 1 },
		{ "eax", 1, 0x8877665500000001ull },
		{ "eax", UINT64_MAX, 0x88776655ffffffffull },
		{ "ax", 0xabcd, 0x887766554433abcdull },
		{ "al", 0xee, 0x88776655443322eeull },
		{ "ah", 0xee, 0x887766554433ee11ull },
		{ "ah", 0xfffee, 0x887766554433ee11ull },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arch_regs regs = numbered(), before;

		regs.user.rax = 0x8877665544332211ull;
		before = regs;
		arch_reg_set(arch_reg_find(arch_x86_64(), rows[i].name),
		             &regs, rows[i].value);
		assert_int_equal(regs.user.rax, rows[i].rax);
		regs.user.rax = before.user.rax;
		assert_memory_equal(&regs, &before, sizeof(regs));
	}
}

static void what_fits_is_known(void **state)
{
	static const struct {
		const char *name;
		int64_t value;
		bool as_signed, as_unsigned;
	} rows[] = {
		{ "al", 0, true, true },       { "al", 255, true, true },
		{ "al", 256, false, false },   { "al", -1, true, false },
		{ "al", -128, true, false },   { "al", -129, false, false },
		{ "ah", -128, true, false },   { "ah", 256, false, false },
		{ "ax", 65535, true, true },   { "ax", 65536, false, false },
		{ "ax", -32768, true, false }, { "ax", -32769, false, false },
		{ "cs", 0x10000, false, false },
		{ "eax", 0xffffffffll, true, true },
		{ "eax", 0x100000000ll, false, false },
		{ "eax", INT32_MIN, true, false },
		{ "eax", INT32_MIN - 1ll, false, false },
		{ "eax", INT64_MIN, false, false },
		{ "rax", INT64_MAX, true, true }, { "rax", -1, true, true },
		{ "rax", INT64_MIN, true, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct arch_reg *reg =
			arch_reg_find(arch_x86_64(), rows[i].name);

		assert_int_equal(arch_reg_fits(reg, rows[i].value, true),
		                 rows[i].as_signed);
		assert_int_equal(arch_reg_fits(reg, rows[i].value, false),
		                 rows[i].as_unsigned);
	}
}

static void abis_say_where_a_call_is(void **state)
{
	static const unsigned wide[] = { AT(rdi), AT(rsi), AT(rdx), AT(r10),
	                                 AT(r8), AT(r9) };
	static const unsigned narrow[] = { AT(rbx), AT(rcx), AT(rdx), AT(rsi),
	                                   AT(rdi), AT(rbp) };

	(void)state;
	for (int id = 0; id < ABI_COUNT; id++) {
		const struct arch_abi *a = arch_abi((enum abi)id);

		assert_int_equal(a->id, id);
		assert_int_equal(a->nr_offset, AT(orig_rax));
		assert_int_equal(a->ret_offset, AT(rax));
		assert_int_equal(a->insn_len, 2);
		assert_int_equal(a->word, id == ABI_X86_64 ? 8 : 4);
		assert_int_equal(a->nr_bit, id == ABI_X32 ? 1u << 30 : 0);
		for (int i = 0; i < 6; i++)
			assert_int_equal(a->arg_offsets[i], id == ABI_I386
			                 ? narrow[i] : wide[i]);
	}
	assert_string_equal(arch_abi(ABI_X86_64)->name, "x86_64");
	assert_string_equal(arch_abi(ABI_X32)->name, "x32");
	assert_string_equal(arch_abi(ABI_I386)->name, "i386");
	assert_int_equal(arch_x86_64()->word, 8);
	assert_int_equal(arch_i386()->word, 4);
}

static void abi_of_a_call(void **state)
{
	enum abi abi = ABI_COUNT;

	(void)state;
	assert_true(arch_abi_of_call(AUDIT_ARCH_X86_64, 0, &abi));
	assert_int_equal(abi, ABI_X86_64);
	assert_true(arch_abi_of_call(AUDIT_ARCH_X86_64, 0x40000208, &abi));
	assert_int_equal(abi, ABI_X32);
	assert_true(arch_abi_of_call(AUDIT_ARCH_X86_64, UINT64_MAX, &abi));
	assert_int_equal(abi, ABI_X86_64);
	assert_true(arch_abi_of_call(AUDIT_ARCH_X86_64, 0xffffffff, &abi));
	assert_int_equal(abi, ABI_X86_64);
	assert_true(arch_abi_of_call(AUDIT_ARCH_I386, 0x40000001, &abi));
	assert_int_equal(abi, ABI_I386);
	assert_false(arch_abi_of_call(AUDIT_ARCH_AARCH64, 0, &abi));
	assert_false(arch_abi_of_call(0, 0, &abi));
	assert_int_equal(abi, ABI_I386); /* untouched */
}

static void code_segment_chooses_the_arch(void **state)
{
	static const struct { uint64_t cs; bool wide; } rows[] = {
		{ 0x33, true }, { 0xe033, true }, { 0x23, false },
		{ 0x0f, false }, /* an LDT segment */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arch_regs regs = { .user = { .cs = rows[i].cs } };

		assert_ptr_equal(arch_of_regs(&regs), rows[i].wide
		                 ? arch_x86_64() : arch_i386());
	}
}

static void results_are_widened(void **state)
{
	(void)state;
	assert_int_equal(arch_result(ABI_I386, 0xfffffffeu), -ENOENT);
	assert_int_equal(arch_result(ABI_I386, 0x1fffffffeull), -ENOENT);
	assert_int_equal(arch_result(ABI_I386, 0x7fffffff), INT32_MAX);
	assert_int_equal(arch_result(ABI_X86_64, 0xfffffffeu), 0xfffffffell);
	assert_int_equal(arch_result(ABI_X86_64, UINT64_MAX - 1), -ENOENT);
	assert_int_equal(arch_result(ABI_X32, UINT64_MAX - 1), -ENOENT);
	assert_true(arch_is_error(-1));
	assert_true(arch_is_error(-4095));
	assert_false(arch_is_error(-4096));
	assert_false(arch_is_error(0));
	assert_true(arch_is_restart(-512));
	assert_true(arch_is_restart(-513));
	assert_true(arch_is_restart(-514));
	assert_false(arch_is_restart(-515));
	assert_true(arch_is_restart(-516));
	assert_false(arch_is_restart(-4));
}

static void flags_have_gdbs_names(void **state)
{
	static const struct { uint64_t flags; const char *text; } rows[] = {
		{ 0, "[ ]" },
		{ 0x202, "[ IF ]" },
		{ 0x246, "[ PF ZF IF ]" },
		{ 0x10346, "[ PF ZF TF IF RF ]" },
		{ 0x54fd7, "[ CF PF AF ZF SF TF IF DF OF NT RF AC ]" },
		{ UINT64_MAX, "[ CF PF AF ZF SF TF IF DF OF NT RF VM AC VIF "
		              "VIP ID ]" },
	};
	char text[80], cut[6] = "?????";

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		arch_flags_text(rows[i].flags, text, sizeof(text));
		assert_string_equal(text, rows[i].text);
	}
	arch_flags_text(0x246, cut, sizeof(cut) - 1);
	assert_string_equal(cut, "[ PF");
	arch_flags_text(0, cut, 0);
	assert_string_equal(cut, "[ PF");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_order_are_gdbs),
		cmocka_unit_test(rows_are_sound),
		cmocka_unit_test(parts_of_registers_are_read),
		cmocka_unit_test(each_row_reads_the_field_of_its_name),
		cmocka_unit_test(writing_a_part_keeps_the_rest),
		cmocka_unit_test(what_fits_is_known),
		cmocka_unit_test(abis_say_where_a_call_is),
		cmocka_unit_test(abi_of_a_call),
		cmocka_unit_test(code_segment_chooses_the_arch),
		cmocka_unit_test(results_are_widened),
		cmocka_unit_test(flags_have_gdbs_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
