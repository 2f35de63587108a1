/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The structs of the kernel's interface: their sizes and their fields. */
#include "syscalls/decode_struct.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

/* As the C compiler lays them out for each ABI. */
static void sizes_are_those_of_c(void **state)
{
	static const struct {
		const char *name;
		size_t wide, i386;
	} sizes[] = {
		{ "stat", 144, 64 }, { "stat64", 144, 96 },
		{ "oldstat", 32, 32 }, { "statx", 256, 256 },
		{ "statfs", 120, 64 },
		{ "statfs64", 120, 84 }, { "timespec", 16, 8 },
		{ "timespec64", 16, 16 }, { "itimerspec", 32, 16 },
		{ "timex", 208, 128 }, { "timex64", 208, 208 },
		{ "rusage", 144, 72 }, { "rlimit", 16, 8 },
		{ "rlimit64", 16, 16 }, { "tms", 32, 16 },
		{ "utsname", 390, 390 }, { "flock", 32, 16 },
		{ "flock64", 32, 24 }, { "sigaction", 32, 20 },
		{ "siginfo", 128, 128 }, { "sigevent", 64, 60 },
		{ "stack_t", 24, 12 }, { "epoll_event", 12, 12 },
		{ "iovec", 16, 8 }, { "iocb", 64, 64 }, { "io_event", 32, 32 },
		{ "io_uring_params", 120, 120 }, { "mq_attr", 64, 32 },
		{ "sembuf", 6, 6 }, { "user_desc", 16, 16 },
		{ "kexec_segment", 32, 16 }, { "futex_waitv", 24, 24 },
		{ "bpf_map_create", 72, 72 }, { "bpf_prog_load", 128, 128 },
		{ "bpf_link_create", 48, 48 }, { "bpf_insn", 8, 8 },
		{ "sock_fprog", 16, 8 }, { "perf_event_attr", 136, 136 },
		{ "keyctl_kdf_params", 56, 44 },
		{ "keyctl_pkey_query", 56, 56 },
		{ "io_uring_rsrc_update_files", 32, 32 },
		{ "io_uring_restriction", 16, 16 },
		{ "io_uring_buf_reg", 40, 40 },
	};
	const struct layout *layout;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		const char *name = sizes[i].name;

		layout = layout_find(name, ABI_X86_64);
		if (layout_size(layout, ABI_X86_64) != sizes[i].wide)
			fail_msg("%s has %zu bytes", name,
			         layout_size(layout, ABI_X86_64));
		layout = layout_find(name, ABI_I386);
		if (layout_size(layout, ABI_I386) != sizes[i].i386)
			fail_msg("%s has %zu bytes on i386", name,
			         layout_size(layout, ABI_I386));
	}
}

static void names_and_bounds(void **state)
{
	const struct layout *layout;

	(void)state;
	for (size_t i = 0; (layout = layout_at(i)); i++) {
		for (int abi = 0; abi < ABI_COUNT; abi++) {
			const struct layout *found =
				layout_find(layout->name, (enum abi)abi);

			assert_non_null(found);
			assert_in_range(layout_size(found, (enum abi)abi), 1,
			                LAYOUT_MAX);
		}
		for (size_t j = 0; j < layout->field_count; j++) {
			const struct field *field = &layout->fields[j];
			bool listed = field->show == SHOW_FLAGS ||
			              field->show == SHOW_ENUM;

			if (listed && !constant_list_find(field->list))
				fail_msg("%s.%s: no list %s", layout->name,
				         field->name, field->list);
			if (field->type == FIELD_STRUCT)
				assert_non_null(layout_find(field->list,
				                            ABI_I386));
		}
	}
	assert_null(layout_find("no such struct", ABI_X86_64));
}

static void fields(void **state)
{
	struct stat st = { .st_mode = 0100644, .st_size = -5, .st_ino = 77 };
	const struct layout *layout = layout_find("stat", ABI_X86_64);
	const uint8_t *data = (const uint8_t *)&st;

	(void)state;
	assert_int_equal(layout_get(layout, ABI_X86_64, data, "st_mode"),
	                 0100644);
	assert_int_equal(layout_get(layout, ABI_X86_64, data, "st_size"), -5);
	assert_int_equal(layout_get(layout, ABI_X86_64, data, "st_ino"), 77);
	assert_int_equal(layout_get(layout, ABI_X86_64, data, "nothing"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_are_those_of_c),
		cmocka_unit_test(names_and_bounds),
		cmocka_unit_test(fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
