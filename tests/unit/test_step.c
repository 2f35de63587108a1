/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a single step must know of an instruction: arch/step.h. */
#include "arch/step.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { TRIES = 200000 };

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* The quick look may say yes too often, but never no where there is something. */
static void compare(const struct arch *arch, uint64_t *state)
{
	static const uint8_t starts[] = { 0xe8, 0x9c, 0xcd, 0x0f, 0xff, 0x66,
	                                  0x41, 0x48, 0xf2, 0x3e };
	unsigned told = 0;

	for (unsigned i = 0; i < TRIES; i++) {
		uint64_t words[2] = { next_random(state), next_random(state) };
		uint8_t bytes[16];
		struct arch_step step;
		uint64_t word;

		memcpy(bytes, words, sizeof(bytes));
		bytes[i & 1] = starts[words[1] % sizeof(starts)];
		memcpy(&word, bytes, sizeof(word));
		arch_step_look(arch, bytes, 15, 0x401000, &step);
		if (!step.call && !step.syscall && !step.pushes_flags)
			continue;
		told++;
		assert_true(arch_step_matters(arch, word));
	}
	assert_true(told > TRIES / 100);
}

static void test_quick_look(void **state)
{
	uint64_t seed = 88172645463325252ull;

	(void)state;
	compare(arch_x86_64(), &seed);
	compare(arch_i386(), &seed);
}

static struct arch_step look(const struct arch *arch, const char *bytes,
                             size_t n)
{
	struct arch_step step;

	arch_step_look(arch, (const uint8_t *)bytes, n, 0x401000, &step);
	return step;
}

static void test_instructions(void **state)
{
	const struct arch *wide = arch_x86_64();
	struct arch_step step;

	(void)state;
	step = look(wide, "\xe8\x10\x00\x00\x00", 5);
	assert_true(step.call && step.len == 5);
	step = look(wide, "\x41\xff\x54\xc5\x08", 5);
	assert_true(step.call && step.len == 5);
	step = look(wide, "\xff\x25\x10\x00\x00\x00", 6);
	assert_true(!step.call && step.len == 6);
	step = look(wide, "\x0f\x05", 2);
	assert_true(step.syscall && step.syscall_register);
	step = look(wide, "\xcd\x80", 2);
	assert_true(step.syscall && !step.syscall_register);
	step = look(wide, "\xcd\x81", 2);
	assert_false(step.syscall);
	step = look(wide, "\x66\x9c", 2);
	assert_true(step.pushes_flags && step.len == 2);
	step = look(wide, "\x90", 1);
	assert_true(!step.call && !step.syscall && !step.pushes_flags);
	step = look(arch_i386(), "\x9c", 1);
	assert_true(step.pushes_flags);
	/* Cut off: not understood. */
	step = look(wide, "\xe8\x10", 2);
	assert_true(!step.call && !step.len);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quick_look),
		cmocka_unit_test(test_instructions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
