/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets of calls: what they take in, and what they refuse. */
#include "syscalls/syscalls.h"

#include "base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#include <cmocka.h>

enum { I386_SOCKETCALL = 102, I386_IPC = 117, I386_CONNECT = 362 };

static struct syscall_set *parse(const char *text)
{
	struct syscall_set *set = NULL;
	struct error *err = syscall_set_parse(text, &set);

	if (err)
		fail_msg("%s: %s", text, err->message);
	assert_non_null(set);
	return set;
}

static void refuse(const char *text, enum error_kind kind, const char *message)
{
	struct syscall_set *set = NULL;
	struct error *err = syscall_set_parse(text, &set);

	if (!err)
		fail_msg("taken: %s", text);
	assert_null(set);
	assert_string_equal(err->message, message);
	assert_int_equal(err->kind, kind);
	error_destroy(err);
}

static bool has_call(const struct syscall_set *set, enum abi abi, uint64_t nr)
{
	struct syscall_made made = { .abi = abi, .nr = nr };
	struct syscall_view view;

	syscall_resolve(&made, NULL, &view);
	assert_int_equal(syscall_set_has(set, &view),
			 syscall_set_has_number(set, abi, nr));
	return syscall_set_has(set, &view);
}

static size_t read_zeros(void *ctx, taddr addr, void *data, size_t len)
{
	(void)ctx;
	(void)addr;
	memset(data, 0, len);
	return len;
}

/* i386's NR with CALL as its first argument. */
static bool has_subcall(const struct syscall_set *set, uint64_t nr,
                        uint64_t call)
{
	struct syscall_made made = {
		.abi = ABI_I386, .nr = nr, .args = { call },
	};
	struct memory mem = { .read = read_zeros };
	struct syscall_view view;

	syscall_resolve(&made, &mem, &view);
	assert_true(view.multiplexed);
	return syscall_set_has(set, &view);
}

static void a_name_is_that_call_in_every_abi(void **state)
{
	struct syscall_set *set = parse("connect, openat");

	(void)state;
	assert_true(has_call(set, ABI_X86_64, SYS_connect));
	assert_true(has_call(set, ABI_X32, 0x40000000 + SYS_connect));
	assert_true(has_call(set, ABI_X32, SYS_connect));
	assert_true(has_call(set, ABI_I386, I386_CONNECT));
	assert_true(has_call(set, ABI_I386, 295));
	assert_false(has_call(set, ABI_I386, SYS_connect));
	assert_false(has_call(set, ABI_X86_64, SYS_bind));
	assert_false(has_call(set, ABI_X86_64, 5000));
	assert_true(syscall_set_has_number(set, ABI_I386, I386_SOCKETCALL));
	assert_true(has_subcall(set, I386_SOCKETCALL, 3));
	assert_false(has_subcall(set, I386_SOCKETCALL, 2));
	assert_false(syscall_set_has_number(set, ABI_I386, I386_IPC));
	assert_string_equal(syscall_set_text(set), "connect,openat");
	assert_false(syscall_set_is_all(set));
	syscall_set_destroy(set);
}

static void abis_can_be_chosen(void **state)
{
	struct syscall_set *set = parse("connect@64");

	(void)state;
	assert_true(has_call(set, ABI_X86_64, SYS_connect));
	assert_true(has_call(set, ABI_X32, SYS_connect));
	assert_false(has_call(set, ABI_I386, I386_CONNECT));
	assert_false(has_subcall(set, I386_SOCKETCALL, 3));
	syscall_set_destroy(set);

	set = parse("connect @ 32 , all@64,!read@x32");
	assert_string_equal(syscall_set_text(set),
			    "connect@32,all@64,!read@x32");
	assert_true(has_call(set, ABI_I386, I386_CONNECT));
	assert_true(has_subcall(set, I386_SOCKETCALL, 3));
	assert_false(has_call(set, ABI_I386, 3));
	assert_true(has_call(set, ABI_X86_64, SYS_read));
	assert_true(has_call(set, ABI_X86_64, 70000));
	assert_false(has_call(set, ABI_X32, SYS_read));
	assert_true(has_call(set, ABI_X32, SYS_write));
	syscall_set_destroy(set);

	set = parse("/^send$/@32");
	assert_true(has_subcall(set, I386_SOCKETCALL, 9));
	assert_string_equal(syscall_set_text(set), "/^send$/@32");
	syscall_set_destroy(set);

	refuse("socketcall@64", ERROR_NOT_FOUND,
	       "that ABI has no system call \"socketcall\"");
	refuse("read@16", ERROR_USAGE,
	       "no ABI \"16\"; there are @64, @x32 and @32");
	refuse("read@", ERROR_USAGE,
	       "no ABI \"\"; there are @64, @x32 and @32");
}

static void numbers_are_of_the_stops_abi(void **state)
{
	struct syscall_set *set = parse("59,0x3e8,5000@32");

	(void)state;
	assert_true(has_call(set, ABI_X86_64, 59));
	assert_true(has_call(set, ABI_I386, 59));
	assert_true(has_call(set, ABI_X86_64, 1000));
	assert_true(has_call(set, ABI_I386, 5000));
	assert_false(has_call(set, ABI_X86_64, 5000));
	assert_false(has_call(set, ABI_X86_64, 60));
	syscall_set_destroy(set);

	set = parse("0x40000200");
	assert_true(has_call(set, ABI_X32, 512));
	assert_true(has_call(set, ABI_X32, 0x40000200));
	assert_false(has_call(set, ABI_X86_64, 512));
	syscall_set_destroy(set);

	set = parse("all,!5000,5000@32");
	assert_true(has_call(set, ABI_I386, 5000));
	assert_false(has_call(set, ABI_X86_64, 5000));
	assert_true(has_call(set, ABI_X86_64, 5001));
	assert_false(syscall_set_is_all(set));
	syscall_set_destroy(set);

	/* The number of a multiplexer is all that it does. */
	set = parse("102@32");
	assert_true(has_subcall(set, I386_SOCKETCALL, 3));
	assert_true(has_call(set, ABI_I386, I386_SOCKETCALL));
	assert_false(has_call(set, ABI_I386, I386_CONNECT));
	syscall_set_destroy(set);

	refuse("99999999999999999999", ERROR_USAGE,
	       "no system call has the number \"99999999999999999999\"");
	refuse("0x80000000", ERROR_USAGE,
	       "no system call has the number \"0x80000000\"");
	refuse("12x", ERROR_USAGE, "\"12x\" is no number");
	refuse("0x40000200@32", ERROR_USAGE,
	       "the number \"0x40000200\" is of the x32 ABI");
}

static void classes_are_straces(void **state)
{
	struct syscall_set *set = parse("%network");
	size_t count;
	const char *const *classes = syscall_class_names(&count);

	(void)state;
	assert_true(has_call(set, ABI_X86_64, SYS_connect));
	assert_true(has_call(set, ABI_X86_64, SYS_sendfile));
	assert_false(has_call(set, ABI_X86_64, SYS_read));
	assert_true(has_subcall(set, I386_SOCKETCALL, 3));
	assert_true(has_subcall(set, I386_SOCKETCALL, 9));
	assert_true(syscall_set_has_number(set, ABI_I386, I386_SOCKETCALL));
	syscall_set_destroy(set);

	/* Descriptors are socketcall's class, not its subcalls'. */
	set = parse("%desc");
	assert_false(has_subcall(set, I386_SOCKETCALL, 3));
	assert_true(has_call(set, ABI_I386, I386_SOCKETCALL));
	assert_true(has_call(set, ABI_I386, 3));
	syscall_set_destroy(set);

	set = parse("%ipc,!%memory");
	assert_true(has_subcall(set, I386_IPC, 1));
	assert_false(has_subcall(set, I386_IPC, 21));
	assert_false(has_call(set, ABI_X86_64, SYS_shmat));
	assert_true(has_call(set, ABI_X86_64, SYS_shmget));
	syscall_set_destroy(set);

	assert_int_equal(count, 10);
	for (size_t i = 0; i < count; i++)
		syscall_set_destroy(parse(classes[i]));
	refuse("%fiel", ERROR_NOT_FOUND,
	       "no class of system calls \"%fiel\"; did you mean %file?");
	refuse("%", ERROR_NOT_FOUND, "no class of system calls \"%\"; there "
	       "are %file, %network, %desc, %process, %memory, %signal, %ipc, "
	       "%clock, %creds, %pure");
}

static void regexes_match_anywhere(void **state)
{
	struct syscall_set *set = parse("/open/,!/^open_by|at2?$/");

	(void)state;
	assert_true(has_call(set, ABI_X86_64, SYS_open));
	assert_true(has_call(set, ABI_X86_64, 434)); /* pidfd_open */
	assert_false(has_call(set, ABI_X86_64, SYS_openat));
	assert_false(has_call(set, ABI_X86_64, SYS_open_by_handle_at));
	assert_string_equal(syscall_set_text(set), "/open/,!/^open_by|at2?$/");
	syscall_set_destroy(set);

	/* Commas, blanks, at signs and slashes inside belong to it. */
	set = parse("/^(read|x, y@\\/64){1,2}$/ , close");
	assert_true(has_call(set, ABI_X86_64, SYS_read));
	assert_false(has_call(set, ABI_X86_64, SYS_readv));
	assert_true(has_call(set, ABI_X86_64, SYS_close));
	syscall_set_destroy(set);

	refuse("/(/", ERROR_USAGE,
	       "/(/: bad regular expression (Unmatched ( or \\()");
	refuse("/x", ERROR_USAGE, "no slash at the end of \"/x\"");
	refuse("/", ERROR_USAGE, "no slash at the end of \"/\"");
	refuse("//", ERROR_USAGE, "nothing to look for in \"//\"");
	refuse("/read/x", ERROR_USAGE, "no slash at the end of \"/read/x\"");
	refuse("/^nothing$/", ERROR_NOT_FOUND,
	       "no system call matches \"/^nothing$/\"");
	refuse("/((a{99}){99}){99}/", ERROR_USAGE,
	       "/((a{99}){99}){99}/: the pattern repeats too much");
	refuse("/(a)\\1/", ERROR_USAGE,
	       "/(a)\\1/: the pattern has a back-reference");
	refuse("/a{1,99999999999999999999}/", ERROR_USAGE,
	       "/a{1,99999999999999999999}/: the pattern repeats too much");
}

/* The set is ELEMENT, COUNT times, with commas between. */
static void refuse_many(const char *element, size_t count, const char *why)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	for (size_t i = 0; i < count; i++)
		buf_printf(&text, "%s%s", i ? "," : "", element);
	refuse(text.data, ERROR_USAGE, why);
}

static void many_regexes(void **state)
{
	AUTO_BUF struct buf text = { 0 };

	(void)state;
	refuse_many("! /a/", 257,
	            "over 256 regular expressions in a set of system calls");
	buf_init(&text);
	buf_puts(&text, "/a{");
	for (size_t i = 0; i < 60000; i++)
		buf_putc(&text, '1');
	buf_puts(&text, "}/");
	refuse(text.data, ERROR_USAGE,
	       "too large a regular expression: \"/a{1111111111111111111111111"
	       "11111111111111111111111111111111...\"");
}

static void exclusions_take_out(void **state)
{
	struct syscall_set *set = parse("! connect,!%memory");

	(void)state;
	assert_string_equal(syscall_set_text(set), "!connect,!%memory");
	assert_false(has_call(set, ABI_X86_64, SYS_connect));
	assert_false(has_subcall(set, I386_SOCKETCALL, 3));
	assert_true(has_subcall(set, I386_SOCKETCALL, 2));
	assert_false(has_call(set, ABI_X86_64, SYS_mmap));
	assert_true(has_call(set, ABI_X86_64, SYS_read));
	assert_true(has_call(set, ABI_X86_64, 9999));
	syscall_set_destroy(set);

	set = parse("read,write,!read");
	assert_false(has_call(set, ABI_X86_64, SYS_read));
	assert_true(has_call(set, ABI_X86_64, SYS_write));
	assert_false(has_call(set, ABI_X86_64, SYS_close));
	syscall_set_destroy(set);

	set = parse("%network,!socketcall");
	assert_false(syscall_set_has_number(set, ABI_I386, I386_SOCKETCALL));
	assert_true(has_call(set, ABI_I386, I386_CONNECT));
	syscall_set_destroy(set);
}

static void all_is_all(void **state)
{
	static const char *const texts[] = {
		"", "  ", "all", "read,all", "!read,read", "!5000,5000",
		"all@64,all@32",
	};
	struct syscall_set *set;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		set = parse(texts[i]);
		if (!syscall_set_is_all(set))
			fail_msg("\"%s\" is not all", texts[i]);
		assert_string_equal(syscall_set_text(set), "all");
		assert_true(has_call(set, ABI_X86_64, UINT64_MAX));
		assert_true(has_subcall(set, I386_SOCKETCALL, 3));
		syscall_set_destroy(set);
	}
	set = parse(NULL);
	assert_true(syscall_set_is_all(set));
	syscall_set_destroy(set);
	set = parse("all,!read");
	assert_false(syscall_set_is_all(set));
	syscall_set_destroy(set);
	set = parse("all@64");
	assert_false(syscall_set_is_all(set));
	syscall_set_destroy(set);
}

static void wrong_words_are_refused(void **state)
{
	char *text = xmalloc(70000);

	(void)state;
	refuse("opennat", ERROR_NOT_FOUND,
	       "no system call \"opennat\"; did you mean openat, openat2?");
	refuse("file", ERROR_NOT_FOUND,
	       "no system call \"file\"; did you mean %file?");
	refuse("qqqqqqqq", ERROR_NOT_FOUND, "no system call \"qqqqqqqq\"");
	refuse("read write", ERROR_NOT_FOUND,
	       "no system call \"read write\"");
	refuse("read,", ERROR_USAGE, "a name is missing in the set of calls");
	refuse(",read", ERROR_USAGE, "a name is missing in the set of calls");
	refuse("read,,write", ERROR_USAGE,
	       "a name is missing in the set of calls");
	refuse("!", ERROR_USAGE, "a name is missing in the set of calls");
	refuse("@64", ERROR_USAGE, "a name is missing in the set of calls");
	refuse("!!read", ERROR_NOT_FOUND,
	       "no system call \"!read\"; did you mean read, break, creat?");
	refuse("a\033[31m\n", ERROR_NOT_FOUND,
	       "no system call \"a\\033[31m\"");
	memset(text, 'a', 69999);
	text[69999] = '\0';
	refuse(text, ERROR_USAGE, "a set of system calls of over 64 KB");
	text[100] = '\0';
	refuse(text, ERROR_NOT_FOUND,
	       "no system call \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	       "aaaaaaaaaaaaaaaa...\"");
	free(text);
}

struct seen {
	size_t count;
	const char *last;
	bool send;
};

static void see(void *ctx, const struct syscall_desc *desc)
{
	struct seen *seen = ctx;

	if (seen->last)
		assert_true(strcmp(seen->last, desc->name) < 0);
	seen->last = desc->name;
	seen->count++;
	if (!strcmp(desc->name, "send"))
		seen->send = true;
}

static void each_call_is_told_once(void **state)
{
	struct seen seen = { 0 };
	struct syscall_set *set = parse("read,write,read@32,102@32,5000");
	size_t count;

	(void)state;
	syscall_set_each(set, see, &seen);
	/* read, write, socketcall and its 20, getrlimit of 64 bits not. */
	assert_int_equal(seen.count, 23);
	assert_true(seen.send);
	syscall_set_destroy(set);
	seen = (struct seen){ 0 };
	syscall_set_each(NULL, see, &seen);
	syscall_names(&count);
	assert_int_equal(seen.count, count);
}

static void copies_are_equal_and_apart(void **state)
{
	struct syscall_set *set = parse("read,5000");
	struct syscall_set *copy = syscall_set_copy(set);

	(void)state;
	syscall_set_destroy(set);
	assert_string_equal(syscall_set_text(copy), "read,5000");
	assert_true(has_call(copy, ABI_X86_64, SYS_read));
	assert_true(has_call(copy, ABI_X86_64, 5000));
	assert_false(has_call(copy, ABI_X86_64, SYS_write));
	syscall_set_destroy(copy);
	assert_null(syscall_set_copy(NULL));
	syscall_set_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_that_call_in_every_abi),
		cmocka_unit_test(abis_can_be_chosen),
		cmocka_unit_test(numbers_are_of_the_stops_abi),
		cmocka_unit_test(classes_are_straces),
		cmocka_unit_test(regexes_match_anywhere),
		cmocka_unit_test(many_regexes),
		cmocka_unit_test(exclusions_take_out),
		cmocka_unit_test(all_is_all),
		cmocka_unit_test(wrong_words_are_refused),
		cmocka_unit_test(each_call_is_told_once),
		cmocka_unit_test(copies_are_equal_and_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
