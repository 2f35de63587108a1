/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON backend and the tee: shape, numbers, bytes, a reader that left. */
#include "ui/out_json.h"
#include "ui/out_tee.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct pipes {
	int fd[2];
	struct out_json json;
	struct out *o;
};

static int open_pipes(void **state)
{
	static struct pipes p;

	if (pipe2(p.fd, O_NONBLOCK) < 0)
		return -1;
	out_json_init(&p.json, p.fd[1]);
	p.o = &p.json.out;
	*state = &p;
	return 0;
}

static int close_pipes(void **state)
{
	struct pipes *p = *state;

	out_json_deinit(&p->json);
	close(p->fd[0]);
	close(p->fd[1]);
	return 0;
}

static void gets(const struct pipes *p, const char *wanted)
{
	char data[1024];
	ssize_t len = read(p->fd[0], data, sizeof(data) - 1);

	data[len > 0 ? len : 0] = '\0';
	assert_string_equal(data, wanted);
}

static void shapes(void **state)
{
	struct pipes *p = *state;
	struct out *o = p->o;

	out_begin(o, "outer");
	out_text(o, ROLE_PLAIN, "for people");
	out_int(o, "number", ROLE_NUMBER, -3, "(%d)", -3);
	out_list_begin(o, "list");
	out_begin(o, "item");
	out_bool(o, "yes", true, "y");
	out_end(o);
	out_hidden_str(o, "plain", "text");
	out_list_end(o);
	out_list_begin(o, "none");
	out_list_end(o);
	out_begin(o, "inner");
	out_hidden_str(o, "nothing", NULL);
	out_end(o);
	out_flush(o);
	gets(p, "");
	out_end(o);
	gets(p, "{\"type\":\"outer\",\"number\":-3,"
	     "\"list\":[{\"yes\":true},\"text\"],\"none\":[],"
	     "\"inner\":{\"nothing\":null}}\n");
	out_message(o, "note", ROLE_PLAIN, "a %s", "word");
	gets(p, "{\"type\":\"note\",\"message\":\"a word\"}\n");
}

static const struct out_column columns[] = {
	{ "a", "A", false }, { "b", "B", true },
};

static void tables(void **state)
{
	struct pipes *p = *state;
	struct out *o = p->o;

	out_table_begin(o, "table", columns, 2);
	for (int i = 0; i < 2; i++) {
		out_row(o);
		out_int(o, "a", ROLE_NUMBER, i, "%d", i);
		out_str(o, "b", ROLE_PLAIN, "x");
	}
	out_row(o); /* announced, and left empty */
	out_table_end(o);
	gets(p, "{\"type\":\"table\",\"rows\":[{\"a\":0,\"b\":\"x\"},"
	     "{\"a\":1,\"b\":\"x\"}]}\n");
	out_begin(o, "record");
	out_table_begin(o, "table", columns, 2);
	out_row(o);
	out_str(o, "b", ROLE_PLAIN, "y");
	out_table_end(o);
	out_hidden_int(o, "after", 1);
	out_end(o);
	gets(p, "{\"type\":\"record\",\"table\":[{\"b\":\"y\"}],"
	     "\"after\":1}\n");
	out_table_begin(o, "empty", columns, 2);
	out_table_end(o);
	gets(p, "{\"type\":\"empty\",\"rows\":[]}\n");
}

/* What a double would round stands in a string. */
static void numbers(void **state)
{
	struct pipes *p = *state;
	struct out *o = p->o;

	out_begin(o, "n");
	out_hidden_int(o, "a", INT64_C(9007199254740991));
	out_hidden_int(o, "b", INT64_C(9007199254740992));
	out_hidden_int(o, "c", -INT64_C(9007199254740991));
	out_hidden_int(o, "d", INT64_MIN);
	out_hidden_uint(o, "e", UINT64_MAX);
	out_hidden_uint(o, "f", UINT64_C(9007199254740991));
	out_hidden_word(o, "g", 0);
	out_word(o, "h", ROLE_ADDRESS, UINT64_MAX, "shown");
	out_end(o);
	gets(p, "{\"type\":\"n\",\"a\":9007199254740991,"
	     "\"b\":\"9007199254740992\",\"c\":-9007199254740991,"
	     "\"d\":\"-9223372036854775808\",\"e\":\"18446744073709551615\","
	     "\"f\":9007199254740991,\"g\":\"0x0\","
	     "\"h\":\"0xffffffffffffffff\"}\n");
}

static void string(struct pipes *p, const char *text, const char *wanted)
{
	char line[400];

	snprintf(line, sizeof(line), "{\"type\":\"s\",\"t\":%s}\n", wanted);
	out_begin(p->o, "s");
	out_str(p->o, "t", ROLE_STRING, text);
	out_end(p->o);
	gets(p, line);
}

static void strings(void **state)
{
	struct pipes *p = *state;

	string(p, "", "\"\"");
	string(p, "a\"b\\c\n", "\"a\\\"b\\\\c\\n\"");
	/* ESC, DEL, a C1 control, a mark that turns text around, beyond BMP. */
	string(p, "\033[2J", "\"\\u001B[2J\"");
	string(p, "\177x\177\177", "\"\\u007fx\\u007f\\u007f\"");
	string(p, "\302\233", "\"\\u009B\"");
	string(p, "\342\200\256", "\"\\u202E\"");
	string(p, "\360\237\230\200", "\"\\uD83D\\uDE00\"");
	/* Not UTF-8: Latin-1, cut short, overlong, a surrogate. */
	string(p, "caf\351", "{\"text\":\"caf\\\\351\","
	       "\"bytes\":\"636166e9\"}");
	string(p, "\303", "{\"text\":\"\\\\303\",\"bytes\":\"c3\"}");
	string(p, "\300\200", "{\"text\":\"\\\\300\\\\200\","
	       "\"bytes\":\"c080\"}");
	string(p, "\355\240\200\177", "{\"text\":"
	       "\"\\\\355\\\\240\\\\200\\\\177\",\"bytes\":\"eda0807f\"}");
}

static void errors(void **state)
{
	struct pipes *p = *state;
	struct error *err = error_new(ERROR_NOT_FOUND, "no %s", "luck");

	out_error(p->o, err);
	error_destroy(err);
	gets(p, "{\"type\":\"error\",\"message\":\"no luck\","
	     "\"kind\":\"not-found\"}\n");
	out_json_greet(&p->json.out, "1.2");
	gets(p, "{\"type\":\"scdb\",\"version\":\"1.2\",\"schema\":1}\n");
}

/* Lines of JSON behind what a buffer has. */
static void into_a_buffer(void **state)
{
	AUTO_BUF struct buf to = { 0 };
	struct out *o;

	(void)state;
	buf_init(&to);
	buf_puts(&to, "before\n");
	o = out_json_create(&to);
	out_json_greet(o, "1.2");
	out_message(o, "note", ROLE_PLAIN, "said");
	out_begin(o, "never ended");
	out_json_destroy(o);
	assert_string_equal(to.data, "before\n"
		"{\"type\":\"scdb\",\"version\":\"1.2\",\"schema\":1}\n"
		"{\"type\":\"note\",\"message\":\"said\"}\n");
}

static void count_failure(void *ctx)
{
	++*(int *)ctx;
}

static void nobody_reads(void **state)
{
	struct pipes p;
	int failures = 0;

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe2(p.fd, O_NONBLOCK), 0);
	out_json_init(&p.json, p.fd[1]);
	p.json.on_failure = count_failure;
	p.json.ctx = &failures;
	close(p.fd[0]);
	out_message(&p.json.out, "note", ROLE_PLAIN, "one");
	out_message(&p.json.out, "note", ROLE_PLAIN, "two");
	assert_true(p.json.failed);
	assert_int_equal(failures, 1);
	/* A record that never ends is given back too. */
	out_begin(&p.json.out, "open");
	out_json_deinit(&p.json);
	close(p.fd[1]);
}

static void both(void **state)
{
	struct pipes *p = *state;
	struct out_capture text;
	struct out_tee t;
	struct out *o = &t.out;

	out_capture_init(&text);
	text.out.width = 33;
	text.out.utf8 = true;
	out_tee_init(&t, &text.out, p->o);
	assert_int_equal(o->width, 33);
	assert_true(o->utf8);
	text.out.width = 44;
	out_tee_resize(&t);
	assert_int_equal(o->width, 44);
	out_aside(o, "note", ROLE_DIM, "%d", 1);
	gets(p, "{\"type\":\"note\",\"message\":\"1\"}\n");
	assert_string_equal(text.text.data, "1\n");
	buf_reset(&text.text);
	out_begin(o, "r");
	out_text(o, ROLE_PLAIN, "people, ");
	out_list_begin(o, "l");
	out_aside(p->o, "note", ROLE_DIM, "2");
	out_aside(p->o, "note", ROLE_DIM, "3");
	gets(p, "{\"type\":\"note\",\"message\":\"2\"}\n"
	     "{\"type\":\"note\",\"message\":\"3\"}\n");
	out_str_shown(o, "s", ROLE_PLAIN, "programs", "and more\n");
	out_list_end(o);
	out_end(o);
	out_table_begin(o, "t", columns, 2);
	out_row(o);
	out_str(o, "a", ROLE_PLAIN, "1");
	out_str(o, "b", ROLE_PLAIN, "2");
	out_table_end(o);
	out_flush(o);
	gets(p, "{\"type\":\"r\",\"l\":[\"programs\"]}\n"
	     "{\"type\":\"t\",\"rows\":[{\"a\":\"1\",\"b\":\"2\"}]}\n");
	assert_string_equal(text.text.data,
	                    "people, and more\\012A  B\n1  2\n");
	out_capture_deinit(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(shapes, open_pipes,
		                                close_pipes),
		cmocka_unit_test_setup_teardown(tables, open_pipes,
		                                close_pipes),
		cmocka_unit_test_setup_teardown(numbers, open_pipes,
		                                close_pipes),
		cmocka_unit_test_setup_teardown(strings, open_pipes,
		                                close_pipes),
		cmocka_unit_test_setup_teardown(errors, open_pipes,
		                                close_pipes),
		cmocka_unit_test(into_a_buffer),
		cmocka_unit_test(nobody_reads),
		cmocka_unit_test_setup_teardown(both, open_pipes, close_pipes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
