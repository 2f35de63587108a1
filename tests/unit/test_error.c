/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors, allocation that fails, and the log. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/log.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* AddressSanitizer would end the program where malloc should return NULL. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

static void test_stays_one_line(void **state)
{
	struct error *err = error_new(ERROR_USAGE, "no \"%s\"", "a\tb\n\033");

	(void)state;
	assert_string_equal(err->message, "no \"a\\011b\\012\\033\"");
	error_destroy(err);
}

static void errors_have_kind_and_message(void **state)
{
	struct error *err = error_new(ERROR_USAGE, "no %s %d", "such", 3);

	(void)state;
	assert_int_equal(err->kind, ERROR_USAGE);
	assert_int_equal(err->errnum, 0);
	assert_int_equal(err->addr, 0);
	assert_string_equal(err->message, "no such 3");
	error_destroy(err);
	err = error_fault(0x7fff1000, "can't read %s", "memory");
	assert_int_equal(err->kind, ERROR_FAULT);
	assert_int_equal(err->errnum, EFAULT);
	assert_int_equal(err->addr, 0x7fff1000);
	assert_string_equal(err->message, "can't read memory");
	error_destroy(err);
	error_destroy(NULL);
}

static void an_errno_decides_the_kind(void **state)
{
	static const struct { int errnum; enum error_kind kind; } rows[] = {
		{ ENOENT, ERROR_NOT_FOUND }, { ENOTDIR, ERROR_NOT_FOUND },
		{ ESRCH, ERROR_GONE },       { EFAULT, ERROR_FAULT },
		{ EIO, ERROR_FAULT },        { ENOSYS, ERROR_UNSUPPORTED },
		{ EOPNOTSUPP, ERROR_UNSUPPORTED },
		{ EINTR, ERROR_INTERRUPTED }, { ENOMEM, ERROR_NO_MEMORY },
		{ EPERM, ERROR_REFUSED },    { EACCES, ERROR_REFUSED },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct error *err = error_errno(rows[i].errnum, "open %s",
		                                "/x");
		char text[200];

		snprintf(text, sizeof(text), "open /x: %s",
		         strerror(rows[i].errnum));
		assert_int_equal(err->kind, rows[i].kind);
		assert_int_equal(err->errnum, rows[i].errnum);
		assert_string_equal(err->message, text);
		error_destroy(err);
	}
}

static void prefixes_come_before(void **state)
{
	struct error *err = error_errno(EPERM, "attach");
	struct error *same = error_prefix(err, "process %d", 12);

	(void)state;
	assert_ptr_equal(err, same);
	same = error_prefix(same, "line 1");
	assert_string_equal(same->message,
	                    "line 1: process 12: attach: "
	                    "Operation not permitted");
	assert_int_equal(same->kind, ERROR_REFUSED);
	assert_int_equal(same->errnum, EPERM);
	error_destroy(same);
	assert_null(error_prefix(NULL, "nothing"));
}

/* It is the room's, until a message of its own is put before. */
static void lent_errors_take_no_memory(void **state)
{
	struct error_room room;
	struct error *err = error_new_in(&room, ERROR_NOT_FOUND, "no %s\n",
	                                 "field");
	char big[2 * sizeof(room.text)];

	(void)state;
	assert_ptr_equal(err, &room.error);
	assert_int_equal(err->kind, ERROR_NOT_FOUND);
	assert_string_equal(err->message, "no field?");
	err = error_at(err, 4);
	assert_int_equal(err->column, 5);
	error_destroy(err);
	err = error_fault_in(&room, 0x1000, "can't read");
	assert_int_equal(err->addr, 0x1000);
	assert_int_equal(err->column, 0);
	err = error_prefix(err, "rule %d", 1);
	assert_ptr_not_equal(err, &room.error);
	assert_string_equal(err->message, "rule 1: can't read");
	assert_int_equal(err->kind, ERROR_FAULT);
	assert_int_equal(err->addr, 0x1000);
	error_destroy(err);
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	err = error_new_in(&room, ERROR_USAGE, "%s", big);
	assert_int_equal(strlen(err->message), sizeof(room.text) - 1);
	err = error_new_in(NULL, ERROR_USAGE, "of its own");
	assert_ptr_not_equal(err, &room.error);
	error_destroy(err);
}

static void the_memory_error_is_always_there(void **state)
{
	struct error *err = error_no_memory();

	(void)state;
	assert_int_equal(err->kind, ERROR_NO_MEMORY);
	assert_int_equal(err->errnum, ENOMEM);
	error_destroy(err);
	assert_ptr_equal(error_prefix(err, "more"), error_no_memory());
	assert_string_equal(err->message, "out of memory");
}

static struct error *try_it(struct error *inner, bool *reached)
{
	*reached = false;
	TRY(inner);
	*reached = true;
	return NULL;
}

static void try_returns_errors(void **state)
{
	struct error *err = error_new(ERROR_GONE, "gone");
	bool reached;

	(void)state;
	assert_ptr_equal(try_it(err, &reached), err);
	assert_false(reached);
	assert_null(try_it(NULL, &reached));
	assert_true(reached);
	error_destroy(err);
}

static void strings_are_copied(void **state)
{
	char *s;

	(void)state;
	assert_null(xstrdup(NULL));
	assert_null(xstrndup(NULL, 5));
	s = xstrdup("");
	assert_string_equal(s, "");
	free(s);
	s = xstrndup("hello", 3);
	assert_string_equal(s, "hel");
	free(s);
	s = xstrndup("hello", 99);
	assert_string_equal(s, "hello");
	free(s);
	s = xasprintf("%s-%03d", "a", 7);
	assert_string_equal(s, "a-007");
	free(s);
	/* No size is no reason to return NULL. */
	s = xmalloc(0);
	assert_non_null(s);
	s = xrealloc(s, 0);
	assert_non_null(s);
	free(s);
	s = xcalloc(0, 8);
	assert_non_null(s);
	free(s);
}

static void leave_with(void *arg)
{
	_exit(*(int *)arg);
}

static void the_handler_runs_when_memory_is_out(void **state)
{
	pid_t child = fork();
	int status;

	(void)state;
	if (child == 0) {
		int code = 42;
		volatile size_t much = SIZE_MAX / 4;

		alloc_on_failure(leave_with, &code);
		xmalloc(much);
		_exit(1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 42);
}

static void without_a_handler_it_aborts(void **state)
{
	pid_t child = fork();
	int status;

	(void)state;
	if (child == 0) {
		const struct rlimit no_core = { 0, 0 };
		volatile size_t much = SIZE_MAX / 4;

		setrlimit(RLIMIT_CORE, &no_core);
		signal(SIGABRT, SIG_DFL);
		free(xcalloc(much, 16)); /* its product is too large */
		_exit(1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

/* What log_write sends to standard error with SCDB_LOG as LIST says. */
static void logged(const char *list, char *data, size_t size)
{
	int saved = dup(STDERR_FILENO), ends[2];
	ssize_t got;

	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	if (list)
		setenv("SCDB_LOG", list, 1);
	log_init();
	LOG(LOG_EXPR, "value %d \033\n", 5);
	LOG(LOG_TARGET, "%s", "wait");
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(ends[1]);
	got = read(ends[0], data, size - 1);
	close(ends[0]);
	data[got > 0 ? got : 0] = '\0';
}

static void the_log_is_by_room(void **state)
{
	static const struct { const char *list, *text; } rows[] = {
		{ NULL, "" },
		{ "target", "scdb[target] wait\n" },
		{ "expr", "scdb[expr] value 5 \\033\\012\n" },
		{ "all", "scdb[expr] value 5 \\033\\012\n"
		         "scdb[target] wait\n" },
		{ "ui,target", "scdb[target] wait\n" },
		{ "", "" }, { "targets", "" }, { "xtarget", "" },
		{ "expr,targetx", "scdb[expr] value 5 \\033\\012\n" },
	};
	char data[256];

	(void)state;
	unsetenv("SCDB_LOG");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		logged(rows[i].list, data, sizeof(data));
		assert_string_equal(data, rows[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stays_one_line),
		cmocka_unit_test(errors_have_kind_and_message),
		cmocka_unit_test(an_errno_decides_the_kind),
		cmocka_unit_test(prefixes_come_before),
		cmocka_unit_test(lent_errors_take_no_memory),
		cmocka_unit_test(the_memory_error_is_always_there),
		cmocka_unit_test(try_returns_errors),
		cmocka_unit_test(strings_are_copied),
		cmocka_unit_test(the_handler_runs_when_memory_is_out),
		cmocka_unit_test(without_a_handler_it_aborts),
		cmocka_unit_test(the_log_is_by_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
