/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text backend: streams, colours, bytes that can't be shown. */
#include "ui/out_text.h"

#include "session/settings.h"

#include <fcntl.h>
#include <signal.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct pipes {
	int out[2], err[2];
	struct out_text text;
};

static void open_pipes(struct pipes *p)
{
	assert_int_equal(pipe2(p->out, O_NONBLOCK), 0);
	assert_int_equal(pipe2(p->err, O_NONBLOCK), 0);
	out_text_init(&p->text, p->out[1], p->err[1]);
}

static void close_pipes(struct pipes *p)
{
	out_text_deinit(&p->text);
	for (int i = 0; i < 2; i++) {
		close(p->out[i]);
		close(p->err[i]);
	}
}

static void gets(int fd, const char *wanted)
{
	char data[512];
	ssize_t len = read(fd, data, sizeof(data) - 1);

	data[len > 0 ? len : 0] = '\0';
	assert_string_equal(data, wanted);
}

static void streams(void **state)
{
	struct pipes p;
	struct out *o = &p.text.out;

	(void)state;
	open_pipes(&p);
	out_text(o, ROLE_PLAIN, "half");
	gets(p.out[0], "");
	out_text(o, ROLE_NAME, " a line\nand");
	gets(p.out[0], "half a line\n");
	/* What stands before an error is written before it. */
	out_message(o, "error", ROLE_ERROR, "no %s", "luck");
	gets(p.out[0], "and");
	gets(p.err[0], "no luck\n");
	out_begin(o, "warning");
	out_begin(o, "inner");
	out_text(o, ROLE_PLAIN, "w");
	out_end(o);
	out_end(o);
	out_text(o, ROLE_PLAIN, "o\n");
	out_flush(o);
	gets(p.err[0], "w");
	gets(p.out[0], "o\n");
	out_hidden_int(o, "secret", 5);
	out_flush(o);
	gets(p.out[0], "");
	close_pipes(&p);
}

static void colors(void **state)
{
	unsigned mode = COLOR_ON;
	struct pipes p;
	struct out *o = &p.text.out;

	(void)state;
	open_pipes(&p);
	out_str(o, "f", ROLE_ERROR, "x");
	out_text(o, ROLE_ERROR, "\n");
	gets(p.out[0], "x\n"); /* a pipe is no terminal */
	p.text.color = &mode;
	out_text(o, ROLE_ERROR, "a\nb\n");
	gets(p.out[0], "\033[31ma\033[m\n\033[31mb\033[m\n");
	out_text(o, ROLE_PLAIN, "c\n");
	gets(p.out[0], "c\n");
	mode = COLOR_OFF;
	out_text(o, ROLE_ERROR, "d\n");
	gets(p.out[0], "d\n");
	close_pipes(&p);
}

/* Nothing that comes from outside drives a terminal, with colours or not. */
static void escapes(void **state)
{
	unsigned mode = COLOR_ON;
	struct pipes p;
	struct out *o = &p.text.out;

	(void)state;
	open_pipes(&p);
	p.text.color = &mode;
	p.text.out.utf8 = true;
	out_str(o, "f", ROLE_PLAIN, "\033[2J\nx\xc3\xa4\xff");
	out_text(o, ROLE_PLAIN, "\n");
	gets(p.out[0], "\\033[2J\\012x\xc3\xa4\\377\n");
	p.text.out.utf8 = false;
	out_str(o, "f", ROLE_PLAIN, "\xc3\xa4");
	out_text(o, ROLE_PLAIN, "\n");
	gets(p.out[0], "\\303\\244\n");
	close_pipes(&p);
}

static void tables(void **state)
{
	static const struct out_column columns[] = {
		{ "a", "A", false }, { "b", "Bee", true },
	};
	struct pipes p;
	struct out *o = &p.text.out;

	(void)state;
	open_pipes(&p);
	out_table_begin(o, "t", columns, 2);
	out_row(o);
	out_str(o, "a", ROLE_PLAIN, "long cell");
	out_int(o, "b", ROLE_NUMBER, 5, "%d", 5);
	out_table_end(o);
	gets(p.out[0], "A          Bee\nlong cell    5\n");
	close_pipes(&p);
}

static void note_failure(void *ctx)
{
	++*(int *)ctx;
}

static void broken_pipe(void **state)
{
	int failures = 0;
	struct pipes p;

	(void)state;
	open_pipes(&p);
	p.text.on_failure = note_failure;
	p.text.ctx = &failures;
	close(p.out[0]);
	p.out[0] = -1;
	out_text(&p.text.out, ROLE_PLAIN, "a\n");
	out_text(&p.text.out, ROLE_PLAIN, "b\n");
	assert_int_equal(failures, 1);
	assert_true(p.text.failed);
	close_pipes(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(streams),
		cmocka_unit_test(colors),
		cmocka_unit_test(escapes),
		cmocka_unit_test(tables),
		cmocka_unit_test(broken_pipe),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
