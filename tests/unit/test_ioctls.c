/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of ioctl's requests: src/syscalls/ioctls.h. */
#include "syscalls/constants.h"
#include "syscalls/decode_struct.h"
#include "syscalls/decode_types.h"
#include "syscalls/ioctls.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>

#include <cmocka.h>

static void test_names_are_sorted(void **state)
{
	const struct ioctl_name *last = ioctl_name_at(0);
	const struct ioctl_name *name;

	(void)state;
	for (size_t i = 1; (name = ioctl_name_at(i)); last = name, i++) {
		assert_true(name->request >= last->request);
		assert_non_null(strpbrk(name->name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
		assert_true(name->abis != 0);
	}
}

static void test_a_number_has_all_its_names(void **state)
{
	const struct ioctl_name *first, *second;

	(void)state;
	first = ioctl_name_next(ABI_X86_64, TCSETS, NULL);
	assert_string_equal(first->name, "SNDCTL_TMR_START");
	second = ioctl_name_next(ABI_X86_64, TCSETS, first);
	assert_string_equal(second->name, "TCSETS");
	assert_null(ioctl_name_next(ABI_X86_64, TCSETS, second));
	assert_null(ioctl_name_next(ABI_X86_64, 0xdead1234, NULL));
}

static void test_abis_differ(void **state)
{
	int64_t number;

	(void)state;
	assert_true(ioctl_number("DRM_IOCTL_VERSION", &number));
	assert_int_equal(number, 0xc0406400);
	assert_null(ioctl_name_next(ABI_I386, 0xc0406400, NULL));
	assert_string_equal(ioctl_name_next(ABI_I386, 0xc0246400, NULL)->name,
	                    "DRM_IOCTL_VERSION");
	assert_false(ioctl_number("NO_SUCH_REQUEST", &number));
}

/* What the type's parameters name is there. */
static void check_params(const struct syscall_arg *arg)
{
	const char *type = arg->type->name;
	bool both = !strcmp(type, "both");

	if (strstr("flags flags_ptr enum", type))
		assert_non_null(constant_list_find(arg->params[0]));
	if (!strcmp(type, "struct") || both)
		assert_non_null(layout_find(arg->params[0], ABI_X86_64));
	if (both)
		assert_non_null(layout_find(arg->params[1], ABI_X86_64));
}

static void test_arguments_are_well_formed(void **state)
{
	const struct ioctl_arg *arg;
	const char *last = "";
	struct syscall_desc desc;
	int64_t number;

	(void)state;
	for (size_t i = 0; (arg = ioctl_arg_at(i)); last = arg->name, i++) {
		assert_true(strcmp(last, arg->name) < 0);
		if (!ioctl_number(arg->name, &number))
			fail_msg("%s is no request", arg->name);
		if (!signature_parse(arg->signature, &desc) || desc.nargs != 1)
			fail_msg("%s: %s", arg->name, arg->signature);
		check_params(&desc.args[0]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_are_sorted),
		cmocka_unit_test(test_a_number_has_all_its_names),
		cmocka_unit_test(test_abis_differ),
		cmocka_unit_test(test_arguments_are_well_formed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
