/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instructions as text; a script compares whole libraries with objdump. */
#include "arch/disasm.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { PC = 0x1000 };

static void check(const struct arch *arch, enum disasm_syntax syntax,
                  const char *bytes, size_t len, const char *expected)
{
	struct insn_text text;
	char shown[256];

	disasm_insn(arch, PC, (const uint8_t *)bytes, len, syntax, &text);
	snprintf(shown, sizeof(shown), "%s%s%s", text.mnemonic,
	         *text.operands ? " " : "", text.operands);
	assert_string_equal(shown, expected);
	if (!text.bad)
		assert_int_equal(text.len, len);
}

#define ATT(bytes, expected) \
	check(arch_x86_64(), DISASM_ATT, bytes, sizeof(bytes) - 1, expected)
#define INTEL(bytes, expected) \
	check(arch_x86_64(), DISASM_INTEL, bytes, sizeof(bytes) - 1, expected)
#define ATT32(bytes, expected) \
	check(arch_i386(), DISASM_ATT, bytes, sizeof(bytes) - 1, expected)

static void test_att(void **state)
{
	(void)state;
	ATT("\x55", "push %rbp");
	ATT("\x48\x89\xe5", "mov %rsp,%rbp");
	ATT("\x48\x83\xe4\xf0", "and $0xfffffffffffffff0,%rsp");
	ATT("\xc7\x45\xfc\x00\x00\x00\x00", "movl $0x0,-0x4(%rbp)");
	ATT("\x48\xc7\x45\xf8\xff\xff\xff\xff",
	    "movq $0xffffffffffffffff,-0x8(%rbp)");
	ATT("\x64\x48\x8b\x04\x25\x28\x00\x00\x00", "mov %fs:0x28,%rax");
	ATT("\x0f\xb6\x00", "movzbl (%rax),%eax");
	ATT("\x48\x98", "cltq");
	ATT("\xf3\x48\xab", "rep stos %rax,%es:(%rdi)");
	ATT("\xf2\xae", "repnz scas %es:(%rdi),%al");
	ATT("\x41\x80\x7d\x00\x2f", "cmpb $0x2f,0x0(%r13)");
	ATT("\x66\x2e\x0f\x1f\x84\x00\x00\x00\x00\x00",
	    "cs nopw 0x0(%rax,%rax,1)");
	ATT("\xd1\xe8", "shr %eax");
	ATT("\xd3\x20", "shll %cl,(%rax)");
	ATT("\xde\xe9", "fsubrp %st,%st(1)");
	ATT("\xdb\x2c\x24", "fldt (%rsp)");
	ATT("\x9b\xd9\x3c\x24", "fstcw (%rsp)");
	ATT("\x66\x90", "xchg %ax,%ax");
	ATT("\x48\xb8\x88\x77\x66\x55\x44\x33\x22\x11",
	    "movabs $0x1122334455667788,%rax");
	ATT("\xff\x14\xc5\x00\x00\x00\x00", "call *0x0(,%rax,8)");
	ATT("\x3e\xff\xe0", "notrack jmp *%rax");
	ATT("\xf3\x0f\x1e\xfa", "endbr64");
}

static void test_vectors(void **state)
{
	(void)state;
	ATT("\xf2\x48\x0f\x2a\x00", "cvtsi2sdq (%rax),%xmm0");
	ATT("\x0f\xc2\xc1\x01", "cmpltps %xmm1,%xmm0");
	ATT("\x62\xf1\xfe\x28\x6f\x06", "vmovdqu64 (%rsi),%ymm0");
	ATT("\x62\xf1\x7d\x49\x74\xcb", "vpcmpeqb %zmm3,%zmm0,%k1{%k1}");
	ATT("\xc5\xfb\x93\xc0", "kmovd %k0,%eax");
	ATT("\x66\x0f\x38\x10\xd1", "pblendvb %xmm0,%xmm1,%xmm2");
	ATT("\x62\xf1\x74\x18\x58\xc2", "vaddps {rn-sae},%zmm2,%zmm1,%zmm0");
}

static void test_intel(void **state)
{
	(void)state;
	INTEL("\x48\x89\x7c\x24\x08", "mov QWORD PTR [rsp+0x8],rdi");
	INTEL("\x66\x0f\x1f\x44\x00\x00", "nop WORD PTR [rax+rax*1+0x0]");
	INTEL("\x64\x48\x8b\x04\x25\x28\x00\x00\x00",
	      "mov rax,QWORD PTR fs:0x28");
	INTEL("\xd1\xe8", "shr eax,1");
	INTEL("\xf3\x48\xa5",
	      "rep movs QWORD PTR es:[rdi],QWORD PTR ds:[rsi]");
	INTEL("\x48\x8d\x05\xfe\xff\xff\xff", "lea rax,[rip+0xfffffffffffffffe]");
}

static void test_32_bit(void **state)
{
	(void)state;
	ATT32("\x65\xa1\x14\x00\x00\x00", "mov %gs:0x14,%eax");
	ATT32("\x40", "inc %eax");
	ATT32("\xcd\x80", "int $0x80");
	ATT32("\x8b\x04\x85\x00\x00\x00\x00", "mov 0x0(,%eax,4),%eax");
	ATT32("\x60", "pusha");
	ATT32("\xea\x78\x56\x34\x12\x23\x00", "ljmp $0x23,$0x12345678");
}

static void test_places(void **state)
{
	struct insn_text text;

	(void)state;
	disasm_insn(arch_x86_64(), PC, (const uint8_t *)"\xe8\xfb\xff\xff\xff", 5,
	            DISASM_ATT, &text);
	assert_true(text.has_target && text.is_branch && !text.has_address);
	assert_int_equal(text.target, PC);
	assert_string_equal(text.operands, "");
	disasm_insn(arch_x86_64(), PC,
	            (const uint8_t *)"\x48\x8d\x05\x10\x00\x00\x00", 7,
	            DISASM_ATT, &text);
	assert_true(text.has_address && !text.is_branch);
	assert_int_equal(text.address, PC + 7 + 0x10);
	assert_string_equal(text.operands, "0x10(%rip),%rax");
	disasm_insn(arch_i386(), 0xfffffff0, (const uint8_t *)"\xeb\x7f", 2,
	            DISASM_ATT, &text);
	assert_int_equal(text.target, 0x71);
}

static void test_bad(void **state)
{
	struct insn_text text;

	(void)state;
	ATT("\x06", "(bad)");
	ATT("\x48", "(bad)");
	ATT("", "(bad)");
	ATT("\x0f\xff\xff", "ud0 %edi,%edi");
	disasm_insn(arch_x86_64(), PC, (const uint8_t *)"\x48\x8d", 2,
	            DISASM_ATT, &text);
	assert_true(text.bad);
	assert_int_equal(text.len, 1);
}

/* Whatever the bytes are: some text, and no more bytes than there are. */
static void test_random(void **state)
{
	uint64_t random = 88172645463325252u;

	(void)state;
	for (unsigned i = 0; i < 300000; i++) {
		struct insn_text text;
		uint8_t bytes[16];
		size_t len = 1 + i % 16;

		for (size_t j = 0; j < sizeof(bytes); j++) {
			random ^= random << 13;
			random ^= random >> 7;
			random ^= random << 17;
			bytes[j] = (uint8_t)random;
		}
		if (i & 1)
			bytes[0] = "\x62\xc4\xc5\x0f\x66\xf2\xf3\x8f"[i / 2 % 8];
		disasm_insn(i & 2 ? arch_x86_64() : arch_i386(), random, bytes,
		            len, i & 4 ? DISASM_ATT : DISASM_INTEL, &text);
		assert_true(text.len >= 1 && text.len <= len);
		assert_true(*text.mnemonic);
		for (const char *c = text.operands; *c; c++)
			assert_true(*c > ' ' || *c == ' ');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_att),
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_intel),
		cmocka_unit_test(test_32_bit),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
