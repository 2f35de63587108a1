/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of constants, names of errors and signals. */
#include "syscalls/constants.h"
#include "syscalls/decode.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>

#include <cmocka.h>

static void check_flags(const char *list, uint64_t value, const char *expected)
{
	AUTO_BUF struct buf out;

	buf_init(&out);
	constant_put_flags(constant_list_find(list), value, &out);
	assert_string_equal(out.data, expected);
}

static void flags(void **state)
{
	(void)state;
	check_flags("open", 0, "O_RDONLY");
	check_flags("open", O_RDWR | O_CREAT, "O_RDWR|O_CREAT");
	check_flags("open", O_SYNC, "O_RDONLY|O_SYNC");
	check_flags("open", O_TMPFILE, "O_RDONLY|O_TMPFILE");
	check_flags("open", 0x80000001, "O_WRONLY|0x80000000");
	check_flags("open", 1ull << 40, "O_RDONLY|0x10000000000");
	check_flags("mmap_prot", 0, "PROT_NONE");
	check_flags("mmap_prot", 7, "PROT_READ|PROT_WRITE|PROT_EXEC");
	check_flags("splice", 0, "0");
	check_flags("splice", 0x101, "SPLICE_F_MOVE|0x100");
	/* A value of a field that has no name; one that has, with a bit. */
	check_flags("sock_type", 0x7, "0x7 /* SOCK_??? */");
	check_flags("sock_type", 0x807, "0x7 /* SOCK_??? */|SOCK_NONBLOCK");
	check_flags("sock_type", 0x11, "SOCK_STREAM|0x10");
	/* A mark in bits that have names of their own. */
	check_flags("mount", 0xc0ed0001, "MS_MGC_VAL|MS_RDONLY");
	check_flags("mount", 1 << 17, "MS_UNBINDABLE");
	check_flags("splice", 0x100, "0x100 /* SPLICE_F_??? */");
	check_flags("mmap", 0x22, "MAP_PRIVATE|MAP_ANONYMOUS");
	check_flags("mmap", 3, "MAP_SHARED_VALIDATE");
	check_flags("mmap", 5, "0x5 /* MAP_??? */");
	check_flags("sock_type", SOCK_STREAM | SOCK_CLOEXEC,
	            "SOCK_STREAM|SOCK_CLOEXEC");
	check_flags("statx_flags", 0, "AT_STATX_SYNC_AS_STAT");
	check_flags("personality", 0x40008, "PER_LINUX32|ADDR_NO_RANDOMIZE");
	check_flags("no such list", 3, "0x3");
}

static void enumerators(void **state)
{
	AUTO_BUF struct buf out;

	(void)state;
	buf_init(&out);
	constant_put_enum(constant_list_find("whence"), 2, &out);
	constant_put_enum(constant_list_find("whence"), 99, &out);
	constant_put_enum(constant_list_find("rusage_who"), 0xffffffff, &out);
	constant_put_enum(NULL, 5, &out);
	assert_string_equal(out.data, "SEEK_END0x63 /* SEEK_??? */RUSAGE_CHILDREN0x5");
}

static void values(void **state)
{
	int64_t value = 0;

	(void)state;
	assert_true(constant_value("O_CREAT", &value));
	assert_int_equal(value, O_CREAT);
	assert_true(constant_value("AF_INET", &value));
	assert_int_equal(value, AF_INET);
	assert_true(constant_value("ENOENT", &value));
	assert_int_equal(value, ENOENT);
	assert_true(constant_value("SIGTERM", &value));
	assert_int_equal(value, SIGTERM);
	assert_true(constant_value("AT_FDCWD", &value));
	assert_int_equal(value, -100);
	assert_false(constant_value("O_NOTHING", &value));
	assert_false(constant_value("", &value));
}

/* The same name must mean the same number wherever it stands. */
static void lists_agree(void **state)
{
	const struct constant_list *list;
	size_t count = 0;

	(void)state;
	for (size_t i = 0; (list = constant_list_at(i)); i++) {
		assert_ptr_equal(constant_list_find(list->name), list);
		assert_true(list->count > 0);
		for (size_t j = 0; j < list->count; j++, count++) {
			const struct constant *item = &list->items[j];
			int64_t value = 0;

			assert_true(constant_value(item->name, &value));
			if ((uint64_t)value != item->value)
				fail_msg("%s differs in %s", item->name,
				         list->name);
			if (item->mask && item->value & ~item->mask)
				fail_msg("%s is outside its field",
				         item->name);
		}
	}
	assert_true(count > 2500);
}

static void errors(void **state)
{
	char data[16];

	(void)state;
	assert_string_equal(errno_name(ENOENT), "ENOENT");
	assert_string_equal(errno_name(EAGAIN), "EAGAIN");
	assert_string_equal(errno_name(EOPNOTSUPP), "EOPNOTSUPP");
	assert_string_equal(errno_name(512), "ERESTARTSYS");
	assert_null(errno_name(0));
	assert_null(errno_name(-1));
	assert_null(errno_name(4000));
	assert_int_equal(errno_number("EWOULDBLOCK"), EAGAIN);
	assert_int_equal(errno_number("ENOTSUP"), EOPNOTSUPP);
	assert_int_equal(errno_number("EDEADLOCK"), EDEADLK);
	assert_int_equal(errno_number("ENOSUCH"), 0);
	assert_int_equal(errno_number(""), 0);
	/* The C library knows the same. */
	for (int i = 1; i < 134; i++) {
		const char *libc = strerrorname_np(i);

		if (libc && strcmp(libc, "ENOTSUP")) {
			assert_non_null(errno_name(i));
			assert_string_equal(errno_name(i), libc);
		}
	}
	for (int i = 1; i < 32; i++) {
		const char *libc = sigabbrev_np(i);

		if (libc && i != SIGPOLL) {
			assert_string_equal(signal_name(i, data) + 3, libc);
			assert_int_equal(signal_number(libc), i);
		}
	}
}

static void signals(void **state)
{
	char data[16];

	(void)state;
	assert_string_equal(signal_name(SIGINT, data), "SIGINT");
	assert_string_equal(signal_name(32, data), "SIGRTMIN");
	assert_string_equal(signal_name(35, data), "SIGRT_3");
	assert_string_equal(signal_name(64, data), "SIGRT_32");
	assert_null(signal_name(0, data));
	assert_null(signal_name(65, data));
	assert_null(signal_name(-1, data));
	assert_int_equal(signal_number("SIGINT"), SIGINT);
	assert_int_equal(signal_number("INT"), SIGINT);
	assert_int_equal(signal_number("2"), SIGINT);
	assert_int_equal(signal_number("SIGRT_3"), 35);
	assert_int_equal(signal_number("RT_32"), 64);
	assert_int_equal(signal_number("SIGRT_33"), 0);
	assert_int_equal(signal_number("65"), 0);
	assert_int_equal(signal_number("0"), 0);
	assert_int_equal(signal_number("2x"), 0);
	assert_int_equal(signal_number("99999999999999999999"), 0);
	assert_int_equal(signal_number(""), 0);
	assert_int_equal(signal_number("SIG"), 0);
	assert_int_equal(signal_number("SIGNONSENSEANDMORE"), 0);
	assert_int_equal(signal_number("SIGPOLL"), SIGIO);
	assert_int_equal(signal_number("SIGCLD"), SIGCHLD);
}

static void count_name(void *ctx, const char *name)
{
	size_t *count = ctx;

	assert_true(*name != 0);
	++*count;
}

static size_t count_of(const char *prefix)
{
	size_t count = 0;

	constant_each(prefix, count_name, &count);
	return count;
}

static void each(void **state)
{
	(void)state;
	assert_int_equal(count_of("CLONE_VM"), 1); /* three lists have it */
	assert_int_equal(count_of("SEEK_"), 5);
	assert_int_equal(count_of("NO_SUCH"), 0);
	assert_true(count_of("") > 2000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flags),
		cmocka_unit_test(enumerators),
		cmocka_unit_test(values),
		cmocka_unit_test(lists_agree),
		cmocka_unit_test(errors),
		cmocka_unit_test(signals),
		cmocka_unit_test(each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
