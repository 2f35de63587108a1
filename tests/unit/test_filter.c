/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Filters: what a machine for such programs, made here, says of every number of
 * each ABI, against the set that the filter was made of.
 */
#include "target/filter.h"
#include "target/served.h"

#include "base/alloc.h"
#include "syscalls/syscalls.h"

#include <linux/audit.h>
#include <linux/seccomp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct sock_filter program[FILTER_MAX];

static uint32_t load(const struct seccomp_data *data, uint32_t at)
{
	uint32_t word;

	assert_true(at % 4 == 0 && at < sizeof(*data));
	memcpy(&word, (const char *)data + at, 4);
	return word;
}

static bool holds(uint16_t code, uint32_t a, uint32_t k)
{
	switch (BPF_OP(code)) {
	case BPF_JEQ:
		return a == k;
	case BPF_JGE:
		return a >= k;
	case BPF_JGT:
		return a > k;
	}
	fail_msg("code %#x", code);
	return false;
}

/* Every jump goes forward, so that it ends. */
static uint32_t run(size_t len, const struct seccomp_data *data)
{
	uint32_t a = 0;

	for (size_t at = 0; at < len; at++) {
		const struct sock_filter *i = &program[at];

		switch (i->code) {
		case BPF_LD | BPF_W | BPF_ABS:
			a = load(data, i->k);
			break;
		case BPF_LD | BPF_IMM:
			a = i->k;
			break;
		case BPF_ALU | BPF_AND | BPF_K:
			a &= i->k;
			break;
		case BPF_JMP | BPF_JA:
			at += i->k;
			break;
		case BPF_RET | BPF_K:
			return i->k;
		default:
			at += holds(i->code, a, i->k) ? i->jt : i->jf;
		}
	}
	fail_msg("it runs over its end");
	return 0;
}

static const uint32_t archs[ABI_COUNT] = {
	[ABI_X86_64] = AUDIT_ARCH_X86_64, [ABI_X32] = AUDIT_ARCH_X86_64,
	[ABI_I386] = AUDIT_ARCH_I386,
};

static uint32_t answer(size_t len, enum abi abi, uint32_t nr, uint64_t first)
{
	struct seccomp_data data = {
		.nr = (int)(nr | arch_abi(abi)->nr_bit), .arch = archs[abi],
		.args = { first },
	};

	return run(len, &data);
}

static void check_set(const char *text)
{
	struct call_bits bits = { 0 };
	struct syscall_set *set;
	struct error *err = syscall_set_parse(text, &set);
	size_t len;

	if (err)
		fail_msg("%s", err->message);
	syscall_set_numbers(set, &bits);
	len = filter_build(&bits, program);
	assert_in_range(len, 1, FILTER_MAX);
	for (unsigned abi = 0; abi < ABI_COUNT; abi++)
		for (uint32_t nr = 0; nr < CALL_BITS + 50; nr++) {
			bool in = nr == served_calls[abi].userfaultfd ||
			          syscall_set_has_number(set, (enum abi)abi,
			                                 nr);
			uint32_t said = answer(len, (enum abi)abi, nr, 99);

			if (said != (in ? SECCOMP_RET_TRACE | FILTER_DATA
			             : SECCOMP_RET_ALLOW))
				fail_msg("%s: %s %u is %s", text,
				         arch_abi((enum abi)abi)->name, nr,
				         in ? "in" : "out");
		}
	syscall_set_destroy(set);
}

static void test_sets(void **state)
{
	static const char *const sets[] = {
		"read", "openat,close@32", "%file", "%network", "!read", "all",
		"0", "getppid@x32", "/^get/", "connect", "!connect", "mseal",
		"470", "1023", "%desc,!%file", "shmget", "all,!470@32",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sets); i++)
		check_set(sets[i]);
}

static void test_random_sets(void **state)
{
	(void)state;
	srandom(4711);
	for (int round = 0; round < 50; round++) {
		char text[400];
		size_t at = 0;

		for (int i = 0; i < 40; i++)
			at += (size_t)snprintf(text + at, sizeof(text) - at,
			                       "%s%ld", i ? "," : "",
			                       random() % 480);
		check_set(text);
	}
}

/* Whatever is caught: what gives a process a filter stops. */
static void test_makers(void **state)
{
	static const struct {
		enum abi abi;
		uint32_t prctl, seccomp;
	} rows[] = {
		{ ABI_X86_64, 157, 317 }, { ABI_X32, 157, 317 },
		{ ABI_I386, 172, 354 },
	};
	struct call_bits none = { 0 };
	size_t len = filter_build(&none, program);
	uint32_t stop = SECCOMP_RET_TRACE | FILTER_DATA;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		enum abi abi = rows[i].abi;

		for (uint32_t op = 0; op < 60; op++) {
			struct target_call call = {
				.abi = abi, .args = { op },
				.nr = rows[i].prctl | arch_abi(abi)->nr_bit,
			};

			assert_int_equal(answer(len, abi, rows[i].prctl, op),
			                 op == 22 ? stop : SECCOMP_RET_ALLOW);
			assert_int_equal(filter_is_made_by(&call), op == 22);
			assert_int_equal(answer(len, abi, rows[i].seccomp, op),
			                 op < 2 ? stop : SECCOMP_RET_ALLOW);
			call.nr = rows[i].seccomp | arch_abi(abi)->nr_bit;
			assert_int_equal(filter_is_made_by(&call), op < 2);
		}
	}
}

/* ... and what has memory served by a process: by name and request. */
static void test_served(void **state)
{
	struct call_bits none = { 0 };
	size_t len = filter_build(&none, program);

	(void)state;
	for (unsigned abi = 0; abi < ABI_COUNT; abi++) {
		const struct served_calls *calls = &served_calls[abi];
		uint32_t bit = arch_abi((enum abi)abi)->nr_bit;
		struct seccomp_data data = {
			.nr = (int)(calls->ioctl | bit), .arch = archs[abi],
			.args = { 3, SERVED_REQUEST },
		};

		assert_string_equal(syscall_by_number((enum abi)abi,
			calls->userfaultfd | bit)->name, "userfaultfd");
		assert_string_equal(syscall_by_number((enum abi)abi,
			calls->ioctl | bit)->name, "ioctl");
		assert_int_equal(run(len, &data),
		                 SECCOMP_RET_TRACE | FILTER_DATA);
		data.args[0] = SERVED_REQUEST;
		data.args[1]++;
		assert_int_equal(run(len, &data), SECCOMP_RET_ALLOW);
	}
}

/* -1, which a skipped call has, is no call of x32. */
static void test_no_call(void **state)
{
	struct call_bits bits = { .rest = { [ABI_X32] = true } };
	struct seccomp_data data = { .nr = -1, .arch = AUDIT_ARCH_X86_64 };
	size_t len = filter_build(&bits, program);

	(void)state;
	assert_int_equal(run(len, &data), SECCOMP_RET_ALLOW);
	data.arch = 4711;
	assert_int_equal(run(len, &data), SECCOMP_RET_ALLOW);
}

static void test_too_long(void **state)
{
	struct call_bits bits = { 0 };

	(void)state;
	for (unsigned abi = 0; abi < ABI_COUNT; abi++)
		for (unsigned nr = 0; nr < CALL_BITS; nr += 2)
			call_bits_set(&bits, (enum abi)abi, nr);
	assert_int_equal(filter_build(&bits, program), 0);
}

static void test_bits(void **state)
{
	struct call_bits a = { 0 }, b = { 0 };

	(void)state;
	assert_true(call_bits_empty(&a));
	call_bits_set(&a, ABI_I386, 5);
	call_bits_set(&a, ABI_X32, 2000);
	assert_true(call_bits_has(&a, ABI_I386, 5));
	assert_false(call_bits_has(&a, ABI_X86_64, 5));
	assert_true(call_bits_has(&a, ABI_X32, 1024));
	assert_false(call_bits_cover(&b, &a));
	call_bits_add(&b, &a);
	assert_true(call_bits_cover(&b, &a));
	call_bits_set(&b, ABI_X86_64, 1);
	assert_false(call_bits_cover(&a, &b));
	call_bits_remove(&b, &a);
	assert_false(call_bits_has(&b, ABI_I386, 5));
	assert_false(call_bits_has(&b, ABI_X32, 1024));
	assert_true(call_bits_has(&b, ABI_X86_64, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sets),
		cmocka_unit_test(test_random_sets),
		cmocka_unit_test(test_makers),
		cmocka_unit_test(test_served),
		cmocka_unit_test(test_no_call),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_bits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
