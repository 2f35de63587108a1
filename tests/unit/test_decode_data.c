/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data as a person writes it. */
#include "decode_fake.h"

#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { LIMIT = 64 };

/* DATA for argument INDEX of the call NAME of ABI. */
static struct error *parse(enum abi abi, const char *name, unsigned index,
                           const char *data, uint8_t **bytes, size_t *len)
{
	static struct fake f;

	fake_init(&f);
	fake_call(&f, abi, name, (const uint64_t[SYSCALL_ARGS]){ 0 });
	assert_non_null(f.call.desc);
	return decode_data_parse(&f.call, index, data, LIMIT, bytes, len);
}

static void check(enum abi abi, const char *name, unsigned index,
                  const char *data, const void *expected, size_t size)
{
	uint8_t *bytes = NULL;
	size_t len = 12345;
	struct error *err = parse(abi, name, index, data, &bytes, &len);

	if (err)
		fail_msg("%s: %s", data, err->message);
	if (len != size)
		fail_msg("%s: %zu bytes", data, len);
	assert_memory_equal(bytes, expected, size);
	free(bytes);
}

static void check_error(const char *name, unsigned index, const char *data,
                        const char *expected)
{
	uint8_t *bytes = (uint8_t *)&bytes;
	size_t len = 12345;
	struct error *err = parse(ABI_X86_64, name, index, data, &bytes, &len);

	if (!err)
		fail_msg("%s is taken", data);
	assert_string_equal(err->message, expected);
	assert_int_equal(len, 12345);
	assert_ptr_equal(bytes, &bytes);
	error_destroy(err);
}

#define READ(data, expected) \
	check(ABI_X86_64, "read", 1, data, expected, sizeof(expected) - 1)

static void strings(void **state)
{
	(void)state;
	READ("\"hello\\n\"", "hello\n");
	READ("  \"a\"  ", "a");
	READ("\"\"", "");
	READ("\"\\a\\b\\t\\v\\f\\r\\e\\\\\\\"\\'\\?\"",
	     "\a\b\t\v\f\r\033\\\"'?");
	READ("\"\\0\\18\\377\\1012\"", "\0\0018\377A2");
	READ("\"\\x41\\x4g\\xffz\"", "A\004g\377z");
	READ("\"\303\244\"", "\303\244");
	check_error("read", 1, "\"abc", "the string has no closing quote");
	check_error("read", 1, "\"abc\\", "no such escape in a string: \\");
	check_error("read", 1, "\"\\q\"", "no such escape in a string: \\q\"");
	check_error("read", 1, "\"\\xz\"",
	            "no such escape in a string: \\xz\"");
	check_error("read", 1, "\"\\400\"",
	            "no such escape in a string: \\400");
	check_error("read", 1, "\"a\" b", "junk after the data: b");
	/* A path has a NUL. */
	check(ABI_X86_64, "openat", 1, "\"/x\"", "/x", 3);
	check(ABI_X86_64, "openat", 1, "\"\"", "", 1);
}

static void lengths(void **state)
{
	char data[LIMIT + 4];

	(void)state;
	memset(data, 'a', sizeof(data));
	data[0] = '"';
	data[LIMIT + 1] = '"';
	data[LIMIT + 2] = '\0';
	check(ABI_X86_64, "read", 1, data, data + 1, LIMIT);
	check_error("openat", 1, data,
	            "the data is longer than the 64 bytes it may have");
	data[LIMIT + 1] = 'a';
	data[LIMIT + 2] = '"';
	data[LIMIT + 3] = '\0';
	check_error("read", 1, data,
	            "the data is longer than the 64 bytes it may have");
}

static void hex(void **state)
{
	(void)state;
	READ("x\"00ff7F\"", "\0\377\177");
	READ("x\" 00 ff \"", "\0\377");
	READ("x\"\"", "");
	check_error("read", 1, "x\"0\"",
	            "hex bytes are pairs of digits, not '0\"'");
	check_error("read", 1, "x\"0g\"",
	            "hex bytes are pairs of digits, not '0g'");
	check_error("read", 1, "x\"00",
	            "the hex bytes have no closing quote");
	check_error("read", 1, "x\"00\"ff", "junk after the data: ff");
}

static void numbers(void **state)
{
	static const int32_t fds[] = { 3, 4, -1 };
	static const int64_t longs[] = { -1, 5 };
	static const uint16_t gids[] = { 1, 65535 };
	static const uint64_t big[] = { UINT64_MAX };

	(void)state;
	check(ABI_X86_64, "pipe", 0, "{3,4,-1}", fds, sizeof(fds));
	check(ABI_X86_64, "pipe", 0, " { 3 , 0x4 , -1 } ", fds, sizeof(fds));
	check(ABI_X86_64, "pipe", 0, "{}", fds, 0);
	check(ABI_X86_64, "time", 0, "{-1,5}", longs, sizeof(longs));
	check(ABI_I386, "time", 0, "{-1}", longs, 4);
	check(ABI_X86_64, "sendfile", 2, "{0xffffffffffffffff}", big, 8);
	check(ABI_I386, "getgroups", 1, "{1,-1}", gids, 4);
	check(ABI_X86_64, "getgroups", 1, "{3,4,-1}", fds, sizeof(fds));
	/* A struct has no size of an element: ints. */
	check(ABI_X86_64, "stat", 1, "{3,4,-1}", fds, sizeof(fds));
	check(ABI_X86_64, "read", 1, "{104,105}", "hi", 2);
	check(ABI_X86_64, "wait4", 1, "{SIGKILL}", "\11\0\0\0", 4);
	check_error("pipe", 0, "{4294967296}",
	            "4294967296 does not fit into 4 bytes");
	check_error("pipe", 0, "{-2147483649}",
	            "-2147483649 does not fit into 4 bytes");
	check_error("read", 1, "{256}", "256 does not fit into 1 byte");
	check_error("pipe", 0, "{18446744073709551616}",
	            "18446744073709551616 is out of range");
	check_error("pipe", 0, "{3", "numbers need commas and a closing brace");
	check_error("pipe", 0, "{3 4}",
	            "numbers need commas and a closing brace");
	check_error("pipe", 0, "{3,,4}", "a number is missing: ,4}");
	check_error("pipe", 0, "{", "a number is missing: ");
	check_error("pipe", 0, "{abc}", "abc is no number");
	check_error("pipe", 0, "{3}x", "junk after the data: x");
	check_error("pipe", 0, "{1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17}",
	            "the data is longer than the 64 bytes it may have");
}

static void files(void **state)
{
	char name[] = "/tmp/scdb-data-XXXXXX";
	char data[64];
	char message[160];
	int fd = mkstemp(name);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "a\0b", 3), 3);
	snprintf(data, sizeof(data), "@%s", name);
	check(ABI_X86_64, "read", 1, data, "a\0b", 3);
	/* A file is taken as it is. */
	check(ABI_X86_64, "openat", 1, data, "a\0b", 3);
	assert_int_equal(ftruncate(fd, LIMIT), 0);
	check(ABI_X86_64, "read", 1, data,
	      (const char[LIMIT]){ 'a', 0, 'b' }, LIMIT);
	assert_int_equal(ftruncate(fd, LIMIT + 1), 0);
	snprintf(message, sizeof(message),
	         "%s is longer than the 64 bytes it may have", name);
	check_error("read", 1, data, message);
	close(fd);
	unlink(name);
	snprintf(message, sizeof(message),
	         "%s: No such file or directory", name);
	check_error("read", 1, data, message);
	check_error("read", 1, "@/tmp", "/tmp is not a regular file");
	/* A FIFO is not waited for. */
	assert_int_equal(mkfifo(name, 0600), 0);
	snprintf(message, sizeof(message), "%s is not a regular file", name);
	check_error("read", 1, data, message);
	unlink(name);
}

static void other_words(void **state)
{
	static const char *const words[] = { "", "  ", "5", "x", "x00", "'a'" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		check_error("read", 1, words[i],
		            "data is \"TEXT\", x\"HEX\", @FILE or "
		            "{NUMBER,...}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings),
		cmocka_unit_test(lengths),
		cmocka_unit_test(hex),
		cmocka_unit_test(numbers),
		cmocka_unit_test(files),
		cmocka_unit_test(other_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
