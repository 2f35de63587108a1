/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a call's end tells: results that are more than a number, lengths that
 * were written over, counts that the kernel refuses.
 */
#include "decode_fake.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define ARGS(...) ((const uint64_t[SYSCALL_ARGS]){ __VA_ARGS__ })

static ssize_t socket_text(void *ctx, int fd, char *data, size_t size)
{
	(void)ctx;
	if (fd == 6)
		return snprintf(data, size, "TCP:[1.2.3.4:5->6.7.8.9:10]");
	return snprintf(data, size, fd == 7 ? "/a->b\n\tc" : "UNIX:[1->2>3]");
}

static void check_result(struct fake *f, enum abi abi, const char *name,
                         const uint64_t *args, int64_t result,
                         const char *expected)
{
	AUTO_BUF struct buf out = { 0 };

	buf_init(&out);
	fake_call(f, abi, name, args);
	f->c.phase = DECODE_EXIT;
	f->c.result = result;
	decode_result(&f->c, &out);
	assert_string_equal(out.data, expected);
}

static void check_exit(struct fake *f, const char *name, const uint64_t *args,
                       int64_t result, const char *expected)
{
	AUTO_BUF struct buf out = { 0 };

	buf_init(&out);
	fake_call(f, ABI_X86_64, name, args);
	f->c.phase = DECODE_EXIT;
	f->c.result = result;
	fake_text(f, &out);
	assert_string_equal(out.data, expected);
}

static void notes(void **state)
{
	struct fake f;

	(void)state;
	fake_init(&f);
	f.c.host = &f.host;
	check_result(&f, ABI_X86_64, "fcntl", ARGS(3, F_GETFD), 1,
	             "0x1 (flags FD_CLOEXEC)");
	check_result(&f, ABI_X86_64, "fcntl", ARGS(3, F_GETFD), 0, "0");
	check_result(&f, ABI_I386, "fcntl64", ARGS(3, F_GETFL), O_RDWR,
	             "0x2 (flags O_RDWR)");
	check_result(&f, ABI_X86_64, "fcntl", ARGS(3, F_DUPFD, 0), 3,
	             "3</etc/hosts>");
	check_result(&f, ABI_X86_64, "fcntl", ARGS(3, 10, 0), 0, "0");
	check_result(&f, ABI_X86_64, "fcntl", ARGS(3, 11), 10, "10 (SIGUSR1)");
	check_result(&f, ABI_X86_64, "fcntl", ARGS(3, F_GETFD), -9, "-EBADF");
	check_result(&f, ABI_X86_64, "poll", ARGS(0), 0, "0 (Timeout)");
	check_result(&f, ABI_X86_64, "poll", ARGS(0), 2, "2");
	check_result(&f, ABI_I386, "signal", ARGS(10), 1, "0x1 (SIG_IGN)");
	check_result(&f, ABI_I386, "ssetmask", ARGS(0), 0x800,
	             "0x800 (old mask [USR2])");
	check_result(&f, ABI_X86_64, "sched_getscheduler", ARGS(0), 1,
	             "1 (SCHED_FIFO)");
}

/* No more of an address is shown than there was room for. */
static void lengths_before(void **state)
{
	struct fake f;
	struct sockaddr_in in = { AF_INET, htons(80), { htonl(0x01020304) },
	                          { 0 } };
	uint32_t after = sizeof(in);
	int32_t before = 0;
	taddr addr, len;

	(void)state;
	fake_init(&f);
	addr = fake_put(&f, &in, sizeof(in));
	len = fake_put(&f, &after, sizeof(after));
	fake_call(&f, ABI_X86_64, "getsockname", ARGS(3, addr, len));
	assert_true(decode_length_before(&f.call, &f.memory, &before));
	assert_int_equal(before, sizeof(in));
	fake_call(&f, ABI_X86_64, "getsockname", ARGS(3, addr, 16));
	assert_false(decode_length_before(&f.call, &f.memory, &before));
	fake_call(&f, ABI_X86_64, "read", ARGS(3, addr, len));
	assert_false(decode_length_before(&f.call, &f.memory, &before));
	check_exit(&f, "getsockname", ARGS(3, addr, len), 0,
	           "3, {sa_family=AF_INET, sin_port=htons(80), "
	           "sin_addr=inet_addr(\"1.2.3.4\")}, [16]");
	f.c.has_length_before = true;
	f.c.length_before = 4;
	check_exit(&f, "getsockname", ARGS(3, addr, len), 0,
	           "3, {sa_family=AF_INET, sa_data=\"\\0P\"}, [4 => 16]");
	f.c.length_before = 100;
	check_exit(&f, "getsockname", ARGS(3, addr, len), 0,
	           "3, {sa_family=AF_INET, sin_port=htons(80), "
	           "sin_addr=inet_addr(\"1.2.3.4\")}, [100 => 16]");
}

static void counts_refused(void **state)
{
	struct fake f;
	taddr at;

	(void)state;
	fake_init(&f);
	at = fake_put(&f, "abc", 4);
	assert_int_equal(at, BASE);
	check_exit(&f, "sethostname", ARGS(at, UINT32_MAX), -22,
	           "0x10000, -1");
	check_exit(&f, "setsockopt", ARGS(3, 1, 999, at, UINT32_MAX), -22,
	           "3, SOL_SOCKET, 0x3e7 /* SO_??? */, 0x10000, -1");
	check_exit(&f, "setgroups", ARGS(UINT32_MAX, at), -22, "-1, 0x10000");
	/* So many leave the address space. */
	check_exit(&f, "writev", ARGS(3, at, UINT64_MAX), -22,
	           "3, 0x10000, 18446744073709551615");
	/* A length is no count: what is there is shown. */
	memset(f.data, 'a', 40);
	check_exit(&f, "write", ARGS(3, at, UINT64_MAX), -14,
	           "3, \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"..., "
	           "18446744073709551615");
	/* How much there would be is no data. */
	check_exit(&f, "llistxattr", ARGS(at, at, 0), 10,
	           "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", 0x10000, 0");
	check_exit(&f, "mincore", ARGS(BASE, 5000, at), 0,
	           "0x10000, 5000, [1, 1]");
}

static void ends_of_sockets(void **state)
{
	struct fake f;

	(void)state;
	fake_init(&f);
	f.host.fd_text = socket_text;
	f.c.host = &f.host;
	check_exit(&f, "close", ARGS(6), 0, "6<TCP:[1.2.3.4:5->6.7.8.9:10]>");
	check_exit(&f, "close", ARGS(7), 0, "7</a-\\76b\\n\\tc>");
	check_exit(&f, "close", ARGS(8), 0, "8<UNIX:[1->2\\763]>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(notes),
		cmocka_unit_test(lengths_before),
		cmocka_unit_test(counts_refused),
		cmocka_unit_test(ends_of_sockets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
